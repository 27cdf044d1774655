from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import soundfile
from conformance.voices import TEXT, VoiceEngineShape

from videogen import serialization
from videogen.domain.script import Scene
from videogen.errors import UsageError, VoiceError
from videogen.language.speech.text import sanitize
from videogen.voiceover import level as mastering
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.engines.base import VoiceEngine
from videogen.voiceover.engines.catalogue import language_of
from videogen.voiceover.speak import SpeechJob, speak_scene
from videogen.voiceover.voice import Voice, VoiceRate


@pytest.fixture(scope="session")
def setup(voice_cache: Path) -> VoiceSetup:
    return VoiceSetup(voice_cache, threads=1)


@pytest.fixture(scope="session")
def engine(setup: VoiceSetup) -> VoiceEngine:
    return voice_engine(setup)


class TestOnnxVoice(VoiceEngineShape):
    """The official int8 export."""


def test_speech_begins_and_ends_without_a_wait(engine: VoiceEngine) -> None:
    samples = engine.speak(engine.pronounce(TEXT, "am_michael"), 1.0).samples

    audible = abs(samples) > 0.01 * abs(samples).max()
    assert audible.argmax() / 24_000 < 0.1
    assert audible[::-1].argmax() / 24_000 < 0.5


def test_a_scene_becomes_an_mp3_and_a_master_of_its_measured_length(
    setup: VoiceSetup, engine: VoiceEngine, tmp_path: Path
) -> None:
    text = "The **USS Ford** cost a lot — see [the page](https://www.navy.mil/ford) 🚢."
    voice = Voice(engine, "af_sky")
    job = SpeechJob(
        scene=voice.pace(Scene(3, text), 1.0, 0.6),
        setup=setup,
        audio_path=tmp_path / "scene-3.mp3",
        master_path=tmp_path / "scene-3.flac",
    )

    made = speak_scene(job)

    assert made.number == 3
    assert made.paced.spoken_text == "The USS Ford cost a lot — see the page."
    assert made.seconds == voice.seconds(text, 1.0)
    assert " ".join(word.text for word in made.words) == "The USS Ford cost a lot — see the page."
    for path in (made.audio_path, made.master_path):
        assert soundfile.info(path).duration == pytest.approx(made.seconds, abs=0.001)
    samples, rate = soundfile.read(made.master_path, dtype="float32")
    assert mastering.loudness(samples, rate) == pytest.approx(-16, abs=1)


def test_the_rate_of_a_voice_is_measured_once_and_kept(engine: VoiceEngine, tmp_path: Path) -> None:
    measured = Voice(engine, "af_sky").rate(tmp_path)

    assert 2.5 < measured < 4.0
    (kept,) = (tmp_path / "voice-rates").iterdir()
    serialization.save(kept, VoiceRate(2.0))
    assert Voice(engine, "af_sky").rate(tmp_path) == 2.0


def test_a_rate_measured_on_another_text_is_not_believed(
    engine: VoiceEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Voice(engine, "af_sky").rate(tmp_path)
    other = replace(language_of("af_sky"), sample="In 1977, 2,345 men sang.")
    monkeypatch.setattr("videogen.voiceover.voice.language_of", lambda _: other)

    # Five words that are spoken as fourteen.
    assert Voice(engine, "af_sky").rate(tmp_path) < 2


def test_a_rate_counts_written_words_and_hears_spoken_ones(
    engine: VoiceEngine, tmp_path: Path
) -> None:
    voice = Voice(engine, "af_sky")
    sample = language_of("af_sky").sample

    assert sum(word[0].isdigit() for word in sample.split()) >= 2
    assert voice.rate(tmp_path) == pytest.approx(
        len(sample.split())
        / engine.measure(engine.pronounce(sanitize(sample, "en-us"), "af_sky"), 1)
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (",", "nothing to speak"),
        ("🚢🌊", "nothing to speak"),
        ("Авианосец остаётся сердцем флота.", "Cyrillic"),
        ("", "nothing to speak"),
    ],
)
def test_what_cannot_be_spoken_is_an_error_that_names_its_scene(
    engine: VoiceEngine, text: str, what: str
) -> None:
    with pytest.raises(VoiceError, match=what) as raised:
        Voice(engine, "af_sky").pace(Scene(7, text), 1.0, 0.6)

    assert "scene 7" in str(raised.value)


def test_a_scene_of_5000_letters_has_a_length_like_any_other(engine: VoiceEngine) -> None:
    text = " ".join([TEXT] * (5000 // len(TEXT) + 1))

    told = Voice(engine, "af_sky").seconds(text, 1.0)

    once = Voice(engine, "af_sky").seconds(TEXT, 1.0)
    assert told == pytest.approx(once * len(text) / len(TEXT), rel=0.1)


def test_a_text_of_several_batches_is_spoken_in_one_piece(engine: VoiceEngine) -> None:
    text = " ".join([TEXT] * 5)

    utterance = engine.pronounce(text, "af_sky")
    speech = engine.speak(utterance, 2.0)

    assert speech.duration == engine.measure(utterance, 2.0)
    assert [word.text for word in speech.words] == text.split()
    pauses = [b.start - a.end for a, b in pairwise(speech.words) if a.text.endswith(".")]
    assert min(pauses) >= 0
    assert max(pauses) < 1


def test_an_unknown_engine_is_refused(setup: VoiceSetup) -> None:
    with pytest.raises(UsageError, match="espeak"):
        voice_engine(replace(setup, engine="espeak"))
