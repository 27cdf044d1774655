"""What every voice engine keeps, whichever library runs it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from videogen.errors import VoiceError
from videogen.providers.base import VoiceEngine
from videogen.providers.voices.catalogue import DEFAULT_VOICE

TEXT = "Ships carried the news for centuries. Today, cables on the ocean floor carry it."


class VoiceEngineShape:
    """Tests of the VoiceEngine Protocol; a subclass's module gives the fixture `engine`."""

    def test_it_names_itself_and_the_voices_that_it_has(self, engine: VoiceEngine) -> None:
        assert engine.name
        assert DEFAULT_VOICE in engine.voices()

    @pytest.mark.parametrize(("voice", "speed"), [("af_sky", 1.0), ("bm_george", 1.12)])
    def test_the_length_told_beforehand_is_the_length_spoken(
        self, engine: VoiceEngine, voice: str, speed: float
    ) -> None:
        told = engine.measure(TEXT, voice, speed)

        assert engine.speak(TEXT, voice, speed).duration == told

    def test_faster_is_shorter(self, engine: VoiceEngine) -> None:
        assert engine.measure(TEXT, "af_sky", 1.5) < engine.measure(TEXT, "af_sky", 1.0)

    def test_every_piece_between_spaces_is_a_timed_word(self, engine: VoiceEngine) -> None:
        speech = engine.speak(TEXT, "af_sky", 1.0)

        assert [word.text for word in speech.words] == TEXT.split()
        assert all(word.start <= word.end for word in speech.words)
        assert all(before.end <= after.start for before, after in pairwise(speech.words))
        assert speech.words[0].start >= 0
        assert speech.words[-1].end <= speech.duration

    def test_sound_is_one_channel_of_floats(self, engine: VoiceEngine) -> None:
        samples = engine.speak("Ships.", "af_sky", 1.0).samples

        assert samples.dtype == np.float32
        assert samples.ndim == 1
        assert np.abs(samples).max() > 0

    @pytest.mark.parametrize(
        ("text", "voice", "speed", "what"),
        [
            (TEXT, "af_skyy", 1.0, "no voice called 'af_skyy'"),
            (TEXT, "af_sky", 3.0, "speed 3"),
            ("…", "af_sky", 1.0, "nothing to speak"),
            ("Корабли", "af_sky", 1.0, "Cyrillic"),
        ],
    )
    def test_what_it_cannot_speak_it_refuses_before_and_while_speaking(
        self, engine: VoiceEngine, text: str, voice: str, speed: float, what: str
    ) -> None:
        for call in (engine.measure, engine.speak):
            with pytest.raises(VoiceError, match=what):
                call(text, voice, speed)
