"""The real services, asked gently and once each: a source for a search, a lookup and a piece of a
few seconds, a writer for a short script, the place of voices for one of them.

What they say is kept in tests/live/answers/, one file a service, without keys and cookies: what the
fakes are checked against.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from fakes.footage import asked
from live.conftest import Asking

from videogen.domain.footage import Candidate, Clip, MediaFile
from videogen.domain.script import Brief
from videogen.errors import UnusableClip, WriterUnavailable
from videogen.footage.sources import SOURCES
from videogen.footage.sources import provider_of as source_of
from videogen.footage.sources.base import FootageSource
from videogen.footage.sources.chain import open_chain
from videogen.footage.sources.provider import FootageOptions
from videogen.media.probe import probe
from videogen.script.writers import WRITERS
from videogen.script.writers import provider_of as writer_of
from videogen.script.writers.choice import choose
from videogen.script.writers.provider import Assignment
from videogen.settings import Settings
from videogen.voiceover.engines.style import style

ASKED_SOURCES = [name for name in SOURCES if source_of(name).probe]
ASKED_WRITERS = [name for name in WRITERS if writer_of(name).probe]
_TRIES = 3  # clips; one that is gone is no fault of its service


@pytest.mark.parametrize("name", ASKED_SOURCES)
def test_a_source_finds_something_and_a_piece_of_it_plays(
    name: str, settings: Settings, asking: Asking
) -> None:
    with asking(name), open_chain([name], settings, FootageOptions(1280, 720)) as chain:
        if not chain.sources:
            pytest.skip(chain.left_out[0])
        [source] = chain.sources
        found = source.search(asked("rocket launch"))
        assert found
        assert all(one.license and one.title for one in found)
        assert source.lookup(found[0].id).id == found[0].id
        clip = first_that_can_be_had(source, found)
        assert isinstance(clip.media, MediaFile)
        known = probe(clip.media.path, clip.media.kind)
        assert clip.media.kind == "still" or known.duration >= min(6.0, clip.duration)


def first_that_can_be_had(source: FootageSource, found: Sequence[Candidate]) -> Clip:
    for one in found[: _TRIES - 1]:
        try:
            return source.fetch(one, 6.5)
        except UnusableClip:
            continue
    return source.fetch(found[min(len(found), _TRIES) - 1], 6.5)


@pytest.mark.parametrize("name", ASKED_WRITERS)
def test_a_writer_writes_a_short_script(name: str, settings: Settings, asking: Asking) -> None:
    with asking(name):
        try:
            writer, _ = choose(name, Assignment("Tides", "en-us", settings))
        except WriterUnavailable as exc:
            pytest.skip(str(exc))
        script = writer.write(Brief("Tides", 30, 2.9))
        assert script.writer == name
        assert script.scenes
        assert all(scene.text.strip() for scene in script.scenes)


def test_a_voice_that_does_not_come_along_is_fetched(tmp_path: Path, asking: Asking) -> None:
    with asking("voices"):
        assert style("am_puck", tmp_path).shape == (510, 256)
