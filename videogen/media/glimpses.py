"""A few small frames of a piece, whole and upright: enough to see what is in it."""

from __future__ import annotations

import math
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import numpy as np
from av import VideoFrame
from numpy.typing import NDArray

from videogen.media.conform import Conformer
from videogen.media.reading import Reader, reader_at
from videogen.media.stills import load_small

Glimpse = NDArray[np.uint8]

# As many as a detector of faces needs to find one of a tenth of the height.
_PIXELS = 320 * 180
# From a key frame that is nearer to the piece, the piece's first frame itself is decoded.
_DECODED_SECONDS = Fraction(1, 2)
_MOST_LATER = 3
# Without a key frame inside the piece so many more frames are decoded, to see what moves.
_FURTHER = 8


class VideoPiece:
    """The `frames` frames from `first` on of a video, at a rate, opened to be looked at.

    `shape` is how much wider than high it is shown.

    Raises:
        FootageError: the file can't be opened or holds not one sound frame.
    """

    def __init__(self, path: Path, rate: Fraction, first: int, frames: int) -> None:
        self._path, self._rate, self._first, self._frames = path, rate, first, frames
        self._reader = reader_at(path, rate, first)
        width, height = self._reader.shown_size
        self.shape = width / height

    def views(self) -> list[Glimpse]:
        """Return two to four views, rows x columns of RGB; to be asked for once.

        Raises:
            FootageError: the file has become unreadable.
        """
        reader, first = self._reader, self._first
        # Where key frames are rare they begin the shots, and the one before shows the same.
        is_near = first - reader.place <= self._rate * _DECODED_SECONDS
        begin = first if is_near else reader.place
        views = [_small(_shown_at(reader, begin), reader)]
        later = reader.key_frames(first, self._frames)
        if not later:
            further = begin + min(_FURTHER, self._frames - 1)
            views.append(_small(_shown_at(reader, further), reader))
        for place in later[:: max(1, -(-len(later) // _MOST_LATER))]:
            with closing(reader_at(self._path, self._rate, place + 1)) as at_key_frame:
                views.append(_small(at_key_frame.first, at_key_frame))
        return views

    def close(self) -> None:
        """Close the file."""
        self._reader.close()


def glimpse_of_still(path: Path) -> Glimpse:
    """Return a small view of a picture, rows x columns of RGB.

    Raises:
        FootageError: the file is no picture, or shows nothing.
    """
    return np.asarray(load_small(path, _PIXELS))


def frame_at(path: Path, rate: Fraction, place: int) -> Glimpse:
    """Return a small view of exactly the frame at a place, rows x columns of RGB.

    Raises:
        FootageError: the file can't be opened or holds not one sound frame.
    """
    with closing(reader_at(path, rate, place)) as reader:
        return _small(_shown_at(reader, place), reader)


def _shown_at(reader: Reader, place: int) -> VideoFrame:
    """Read on to a place; return the frame there."""
    shown = reader.first
    if reader.place < place:
        for number, frame in reader.frames:
            shown = frame
            if number >= place:
                break
    return shown


def _small(frame: VideoFrame, reader: Reader) -> Glimpse:
    width, height = reader.shown_size
    scale = math.sqrt(_PIXELS / (width * height))
    size = [max(2, round(side * scale / 2) * 2) for side in (width, height)]
    small = Conformer(size[0], size[1], reader.pixel_aspect).conform(frame)
    rgb = small.reformat(format="rgb24", src_colorspace="ITU709", src_color_range="MPEG")
    return np.asarray(rgb.to_ndarray(), np.uint8)
