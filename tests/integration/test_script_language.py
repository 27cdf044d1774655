"""A model that answers in another language than the film's."""

from __future__ import annotations

import pytest
from fakes.groq import KEY, FakeGroq
from fakes.pace import seconds, video_seconds

from videogen.domain.script import Brief, Script
from videogen.language.identification import other_language
from videogen.script.write import write_script
from videogen.script.writers.chat import ChatWriter
from videogen.script.writers.groq import GroqChat

# At which the fake voice speaks the fake model's words.
RATES = {"es": 3.6, "en-us": 2.9}


def written(language: str, *behaviours: str) -> tuple[Script, list[str]]:
    """Return the script of a model with these habits, and what it was asked."""
    with FakeGroq(*behaviours) as groq:
        writer = ChatWriter(GroqChat(KEY, groq.url, "", patience=1))
        script = write_script(Brief("Puertos", 60, RATES[language], language), writer, seconds)
        return script, [one.json["messages"][1]["content"] for one in groq.requests]


@pytest.mark.parametrize("language", ["es", "en-us"])
def test_an_answer_in_another_language_is_asked_for_anew_once(language: str) -> None:
    script, asked = written(language, "another language", "exact")
    assert len(asked) == 2
    assert [f"- Scene {n}: write it anew in" in asked[1] for n in range(1, 7)] == [True] * 5 + [
        False
    ]
    assert not any(other_language(scene.text, language) for scene in script.scenes)
    assert script.note == ""
    assert video_seconds(script, 60)[0] == pytest.approx(60, rel=0.005)


def test_a_model_that_stays_with_its_language_is_spoken_and_told() -> None:
    script, asked = written("es", "another language")
    assert sum("write it anew" in one for one in asked) == 1
    assert script.note.startswith("The narration is in English, not in Spanish, also when asked")
    assert len(script.scenes) == 5


def test_an_answer_in_the_films_language_is_asked_for_once() -> None:
    assert len(written("es", "exact")[1]) == 1
