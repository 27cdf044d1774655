"""Transcribe a finished video and say how many of its captions' words are heard again.

    python benchmarks/hear_video.py output/name_video.mp4

Reads the .srt beside it. espeak-ng speaks the same text for comparison.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import av
import numpy as np
from listening import Samples, espeak, recognise, word_errors, words_of

from videogen.language.speech.text import sanitize

_RATE = 16_000
_PIECE_SECONDS = 30


def sound_of(path: Path) -> Samples:
    """Return a video's sound as one channel at 16 kHz."""
    with av.open(str(path)) as container:
        resampler = av.AudioResampler("flt", "mono", _RATE)
        frames = [
            part.to_ndarray().ravel()
            for frame in (*container.decode(audio=0), None)
            for part in resampler.resample(frame)
        ]
    return np.concatenate(frames)


def captions_of(path: Path) -> str:
    """Return all that the captions beside a video say."""
    blocks = path.with_suffix(".srt").read_text(encoding="utf-8").split("\n\n")
    return " ".join(" ".join(block.splitlines()[2:]) for block in blocks)


def main() -> None:
    """Listen, compare, print."""
    video = Path(sys.argv[1])
    text = sanitize(captions_of(video), "en-us")
    said = words_of(text)
    sound = sound_of(video)
    step = _PIECE_SECONDS * _RATE
    pieces = (sound[start : start + step] for start in range(0, len(sound), step))
    heard = [word for piece in pieces for word in recognise(piece, _RATE)]
    sentences = re.split(r"(?<=[.!?])\s", text)
    theirs = sum(
        word_errors(words_of(sentence), recognise(*espeak(sentence))) for sentence in sentences
    )
    print(f"words                    {len(said)}")
    print(f"word error rate          {word_errors(said, heard) / len(said):.3f}")
    print(f"espeak-ng's, same text   {theirs / len(said):.3f}")


if __name__ == "__main__":
    main()
