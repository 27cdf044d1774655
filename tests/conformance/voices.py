"""What every voice engine keeps, whichever library runs it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from videogen.errors import VoiceError
from videogen.voiceover.engines.base import VoiceEngine
from videogen.voiceover.engines.catalogue import DEFAULT_VOICE

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
        utterance = engine.pronounce(TEXT, voice)

        told = engine.measure(utterance, speed)

        assert engine.speak(utterance, speed).duration == told

    def test_faster_is_shorter(self, engine: VoiceEngine) -> None:
        utterance = engine.pronounce(TEXT, "af_sky")

        assert engine.measure(utterance, 1.5) < engine.measure(utterance, 1.0)

    def test_every_piece_between_spaces_is_a_timed_word(self, engine: VoiceEngine) -> None:
        speech = engine.speak(engine.pronounce(TEXT, "af_sky"), 1.0)

        assert [word.text for word in speech.words] == TEXT.split()
        assert all(word.start <= word.end for word in speech.words)
        assert all(before.end <= after.start for before, after in pairwise(speech.words))
        assert speech.words[0].start >= 0
        assert speech.words[-1].end <= speech.duration

    def test_sound_is_one_channel_of_floats(self, engine: VoiceEngine) -> None:
        samples = engine.speak(engine.pronounce("Ships.", "af_sky"), 1.0).samples

        assert samples.dtype == np.float32
        assert samples.ndim == 1
        assert np.abs(samples).max() > 0

    @pytest.mark.parametrize(
        ("text", "voice", "what"),
        [
            (TEXT, "af_skyy", "no voice called 'af_skyy'"),
            ("…", "af_sky", "nothing to speak"),
            ("Корабли", "af_sky", "Cyrillic"),
        ],
    )
    def test_what_it_cannot_speak_it_refuses_to_pronounce(
        self, engine: VoiceEngine, text: str, voice: str, what: str
    ) -> None:
        with pytest.raises(VoiceError, match=what):
            engine.pronounce(text, voice)

    def test_a_speed_that_no_voice_has_is_refused(self, engine: VoiceEngine) -> None:
        utterance = engine.pronounce(TEXT, "af_sky")

        for call in (engine.measure, engine.speak):
            with pytest.raises(VoiceError, match="speed 3"):
                call(utterance, 3.0)
