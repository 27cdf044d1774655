"""What comes out of the voice, as independent ears hear it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from listening import align, espeak, recognise, word_errors, words_of

from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.engines.base import Speech

PLANES = (
    "Then the airplane arrived. In a few hours, pilots proved that the big gun was no longer the "
    "longest arm of the navy, and the aircraft carrier moved to the center of every plan."
)
MINES = (
    "Mines are the oldest trick in the book, and still the cheapest. A weapon that costs a few "
    "thousand dollars can close a harbor for weeks, because nobody dares to move."
)
TEXTS = {"af_sky": PLANES, "am_michael": MINES}


@pytest.fixture(scope="module")
def spoken(voice_cache: Path) -> Sequence[Speech]:
    engine = voice_engine(VoiceSetup(voice_cache, threads=1))
    return [engine.speak(engine.pronounce(text, voice), 1.0) for voice, text in TEXTS.items()]


def test_word_times_are_where_a_forced_aligner_finds_the_words(spoken: Sequence[Speech]) -> None:
    errors = []
    for text, speech in zip(TEXTS.values(), spoken, strict=True):
        found = align(speech.samples, speech.sample_rate, text)
        assert [word.text for word in found] == words_of(text)
        for ours, theirs in zip(speech.words, found, strict=True):
            errors += [abs(ours.start - theirs.start), abs(ours.end - theirs.end)]

    assert np.median(errors) < 0.06
    assert np.percentile(errors, 95) < 0.15


def test_a_recogniser_hears_the_words_better_than_from_a_simpler_voice(
    spoken: Sequence[Speech],
) -> None:
    words = ours = theirs = 0
    for text, speech in zip(TEXTS.values(), spoken, strict=True):
        words += len(words_of(text))
        ours += word_errors(words_of(text), recognise(speech.samples, speech.sample_rate))
        theirs += word_errors(words_of(text), recognise(*espeak(text)))
    print(f"\nword error rate {ours / words:.2f}, espeak-ng's {theirs / words:.2f}")

    assert ours / words < 0.35
    assert ours < theirs
