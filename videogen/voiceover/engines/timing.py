"""From phonemes and the frames that the model gives them to batches, cuts and word times; pure.

A frame is 600 samples at 24 kHz, 25 ms. The model puts a pad of silence before and after what it
speaks; how much of it is dropped follows from the frames alone, so that a length can be told
before anything is spoken.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from kokoro_onnx.chunker import split_phonemes

from videogen.domain.speech import Pronounced, Word

FRAME_SAMPLES = 600
SAMPLE_RATE = 24_000
FRAMES_PER_SECOND = SAMPLE_RATE / FRAME_SAMPLES

# Speech was heard to begin up to 195 ms before the end of the leading pad, and to end up to 195 ms
# after its last phoneme began (45 sentences, three voices, speeds 0.9 to 1.12), so 8 frames at
# speed 1 hold both.
_MARGIN_FRAMES = 8
# Against a forced aligner (907 words of 25 scenes) a word is heard this much before its frames say,
# it begins with the space before it, and what it holds beyond some frames before a mark is silence.
_LEAD_SECONDS = 0.04
_SOUND_FRAMES = 5
_MARKS = frozenset(';:,.!?—…"“”() ')

# The model's context is 510 phonemes; memory grows with a batch, and one of 200 is 12 s of speech.
BATCH_PHONEMES = 200


@dataclass(frozen=True, slots=True)
class Batch:
    """Phonemes spoken in one go, with the index of the word that each belongs to."""

    phonemes: str
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TimedBatch:
    """A batch with the frames of its tokens, a pad first and last, and where it is cut."""

    batch: Batch
    frames: tuple[int, ...]
    first: int
    end: int


def batches(words: Sequence[Pronounced], vocabulary: frozenset[str]) -> tuple[Batch, ...]:
    """Split words into batches at sentences, clauses or spaces; unknown phonemes are left out."""
    spoken: list[tuple[str, int]] = []
    for index, word in enumerate(words):
        known = [(phoneme, index) for phoneme in word.phonemes if phoneme in vocabulary]
        if known:
            spoken += [(" ", index), *known] if spoken else known
    owners = [index for phoneme, index in spoken if phoneme != " "]
    at = 0
    made = []
    for text in split_phonemes("".join(phoneme for phoneme, _ in spoken), BATCH_PHONEMES):
        owned: list[int] = []
        for phoneme in text:
            # The splitter moves spaces but keeps the rest in order; a space leads to what follows.
            owned.append(owners[at])
            at += phoneme != " "
        made.append(Batch(text, tuple(owned)))
    return tuple(made)


def cut(batch: Batch, frames: Sequence[int], speed: float, *, last: bool) -> TimedBatch:
    """Say which frames of a batch are kept: from just before its speech to just after it.

    Inside a text twice as much is kept after it, so that the pause between two batches is as long
    as the model's own between two sentences of one.
    """
    margin = math.ceil(_MARGIN_FRAMES / speed)
    sounds = [i for i, phoneme in enumerate(batch.phonemes) if phoneme not in _MARKS]
    spoken = sounds[-1] if sounds else 0
    begun, left = sum(frames[: spoken + 1]), frames[spoken + 1 :]
    kept = max(1, min(left[0], margin)) if last else min(sum(left), 2 * margin)
    return TimedBatch(batch, tuple(frames), max(0, frames[0] - margin), begun + kept)


def length(timed: Sequence[TimedBatch]) -> int:
    """Return the samples that all batches make together."""
    return FRAME_SAMPLES * sum(batch.end - batch.first for batch in timed)


def word_times(
    words: Sequence[Pronounced], timed: Sequence[TimedBatch], shift: float
) -> tuple[Word, ...]:
    """Return when each word is spoken; one without phonemes takes no time where it stands.

    `shift` is how many seconds the audio was moved towards its beginning.
    """
    spans: dict[int, tuple[float, float]] = {}
    offset = 0
    for part in timed:
        edges = list(accumulate(part.frames, initial=offset - part.first))
        phonemes = f"{part.batch.phonemes}."
        for token, index in enumerate(part.batch.words, 1):
            first, _ = spans.get(index, (edges[token], 0.0))
            if phonemes[token - 1] not in _MARKS:
                spans[index] = (first, _sound_end(edges, token, phonemes[token]))
            elif index not in spans and phonemes[token - 1] == " ":
                spans[index] = (first, edges[token + 1])
        offset += part.end - part.first
    longest = offset / FRAMES_PER_SECOND
    shift += _LEAD_SECONDS
    spoken: list[Word] = []
    at = 0.0
    for index, word in enumerate(words):
        frames = spans.get(index)
        start, end = (edge / FRAMES_PER_SECOND - shift for edge in frames) if frames else (at, at)
        start = round(min(max(at, start), longest), 3)
        at = round(min(max(start, end), longest), 3)
        spoken.append(Word(word.text, start, at))
    return tuple(spoken)


def _sound_end(edges: Sequence[int], token: int, following: str) -> float:
    """The frame at which a phoneme stops sounding; before a mark, its frames hold the pause."""
    end = edges[token + 1]
    return end if following not in _MARKS - {" "} else min(end, edges[token] + _SOUND_FRAMES)
