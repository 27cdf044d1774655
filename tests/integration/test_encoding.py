"""The encoder of a cut, which makes of the same frames the same film."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av import VideoFrame

from videogen.domain.video import Format, Quality
from videogen.media.encoding import ENCODERS, SOFTWARE, encode

TIMES = 10


def crossfade(width: int, height: int) -> Iterator[VideoFrame]:
    """Yield frames that fade from one picture to another, which moves."""
    chance = np.random.default_rng(1)
    rows, columns = height // 8, width // 8
    before, after = (
        np.kron(chance.integers(16, 235, (rows, columns)), np.ones((8, 8))) for _ in range(2)
    )
    grey = np.full((height // 2, width), 128, np.uint8)
    for index in range(17):
        share = min(1.0, index / 4)
        luma = before * (1 - share) + np.roll(after, 2 * index, 1) * share
        yield VideoFrame.from_ndarray(np.concatenate([luma.astype(np.uint8), grey]), "yuv420p")


@pytest.mark.parametrize("quality", ["draft", "good"])
@pytest.mark.parametrize(("width", "height"), [(64, 64), (1080, 128), (1920, 128)])
def test_the_same_frames_become_the_same_film_each_time(
    width: int, height: int, quality: Quality, tmp_path: Path
) -> None:
    output, path, films = Format(Fraction(10), width, height), tmp_path / "a.mp4", set()
    for _ in range(TIMES):
        encode(crossfade(width, height), path, output, ENCODERS[SOFTWARE][quality])
        with av.open(path) as film:
            films.add(b"".join(bytes(packet) for packet in film.demux(video=0)))
    assert len(films) == 1
