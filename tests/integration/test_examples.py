"""The finished scripts that a first film is made of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from videogen.domain.script import PAUSE_SECONDS, Brief, Script
from videogen.language.sentences import sentences
from videogen.language.words import word_count
from videogen.script.write import read_script
from videogen.script.writers.file import FileWriter
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.engines.catalogue import DEFAULT_VOICE
from videogen.voiceover.voice import Voice

FOLDER = Path(__file__).parents[2] / "docs" / "examples"
# Each with the seconds that the folder's own page promises.
PROMISED = {
    name: float(seconds)
    for name, seconds in re.findall(
        r"\]\((\S+\.md)\) \| (\d+) s \|", (FOLDER / "README.md").read_text(encoding="utf-8")
    )
}
examples = pytest.mark.parametrize("name", sorted(PROMISED))


def script(name: str) -> Script:
    return read_script(Brief("", 60, 3.0), FileWriter(FOLDER / name))


def test_the_page_lists_every_script() -> None:
    assert set(PROMISED) == {path.name for path in FOLDER.glob("*.md")} - {"README.md"}
    assert len(PROMISED) >= 3


@examples
def test_an_example_is_spoken_in_the_time_that_is_promised(name: str, voice_cache: Path) -> None:
    voice = Voice(voice_engine(VoiceSetup(voice_cache)), DEFAULT_VOICE)
    scenes = script(name).scenes
    spoken = sum(voice.seconds(scene.text, 1.0) + PAUSE_SECONDS for scene in scenes)

    assert spoken == pytest.approx(PROMISED[name], abs=3)
    assert 60 <= spoken <= 105


@examples
def test_an_example_names_its_sources_and_does_not_speak_them(name: str) -> None:
    read = script(name)

    assert len(read.credits) >= 3
    assert all(credit.title and credit.url.startswith("https://") for credit in read.credits)
    assert not any("http" in scene.text for scene in read.scenes)


@examples
def test_an_example_says_one_thing_a_sentence_and_what_to_show_for_it(name: str) -> None:
    read = script(name)

    assert read.description
    assert 1 <= len(read.thumbnail_text.split()) <= 4
    for scene in read.scenes:
        assert all(word_count(said) <= 20 for said in sentences(scene.text, "en-us"))
        assert scene.title
        assert len(scene.queries) == 2
        assert scene.on_screen.casefold() in scene.text.casefold()
