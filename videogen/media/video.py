"""Video files as frames at the cut's rate, whatever rate, shape or damage they have."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from av import VideoFrame

from videogen.domain.video import CENTRED, Format, Framing
from videogen.media.conform import Conformer
from videogen.media.reading import reader_at

# Below this, decoding from the start costs less than the key frame before the target may.
_SEEK_FROM_SECONDS = 1


class VideoFootage:
    """Reads one video forward; index 0 is `source_in` frames into it, at the cut's rate.

    `first` is the lowest index that will be asked for: reading starts at the key frame before it.
    `framing` says which part is seen where the shapes differ.

    A frame is shown from the moment nearest its own time; where the file has none, because it is
    damaged, slower than the cut or over, the one before is held.

    Raises:
        FootageError: the file can't be opened or holds not one sound frame.
    """

    def __init__(
        self,
        path: Path,
        output: Format,
        source_in: int,
        first: int = 0,
        framing: Framing = CENTRED,
    ) -> None:
        self._source_in = source_in
        start = source_in + first
        far = start / output.rate > _SEEK_FROM_SECONDS
        self._reader = reader_at(path, output.rate, start if far else 0)
        self._conformer = Conformer(*output.size, self._reader.pixel_aspect, framing)
        self._shown = self._reader.first
        self._upcoming = next(self._reader.frames, None)
        self._conformed: VideoFrame | None = None

    def frame(self, index: int) -> VideoFrame:
        """Return the frame to show `index` frames after the shot's first."""
        wanted = self._source_in + index
        while self._upcoming is not None and self._upcoming[0] <= wanted:
            self._shown = self._upcoming[1]
            self._conformed = None
            self._upcoming = next(self._reader.frames, None)
        if self._conformed is None:
            self._conformed = self._conformer.conform(self._shown)
        return self._conformed

    def close(self) -> None:
        """Close the file."""
        self._reader.close()


@dataclass(frozen=True, slots=True)
class KeyFrame:
    """A frame at the cut's size, and the size in pixels at which the file shows it."""

    frame: VideoFrame
    shown_size: tuple[float, float]


def keyframe_near(path: Path, output: Format, index: int, framing: Framing = CENTRED) -> KeyFrame:
    """Return the key frame before the frame at `index`, for the cost of decoding that one frame.

    Raises:
        FootageError: as for VideoFootage.
    """
    with closing(reader_at(path, output.rate, index)) as reader:
        conformer = Conformer(*output.size, reader.pixel_aspect, framing)
        return KeyFrame(conformer.conform(reader.first), reader.shown_size)
