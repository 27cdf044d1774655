"""What a shot shows, opened when its first frame is drawn and closed after its last."""

from __future__ import annotations

import zlib

from av import VideoFrame

from videogen.assembly.cards.card import FADED_IN, THERE, CardFootage
from videogen.assembly.picture import FrameSource
from videogen.assembly.still import StillFootage
from videogen.assembly.style import DEFAULT_LOOK, Look
from videogen.assembly.timeline import Shot
from videogen.barrier import Fault, attempt
from videogen.bounds import processor_seconds
from videogen.domain.footage import Card, MediaFile
from videogen.domain.video import Format
from videogen.media.video import VideoFootage

_SECONDS = 60.0  # of the processor, for one frame


def draw(shot: Shot, output: Format) -> None:
    """Draw all frames of a shot and keep none: what a clip does to its process is seen."""
    frames = ShotFrames(shot, shot.frames, "", output, DEFAULT_LOOK)
    for index in range(shot.frames):
        frames.frame(index)


class ShotFrames:
    """The frames of one shot; `frames` counts its slot and the crossfade that runs past it.

    From where the clip can't be shown, a card with `stand_in` on it takes its place, and `fault`
    says why.
    """

    def __init__(self, shot: Shot, frames: int, stand_in: str, output: Format, look: Look) -> None:
        self._shot, self._frames, self._stand_in = shot, frames, stand_in
        self._format, self._look = output, look
        self._source: FrameSource | None = None
        self.fault = ""

    def frame(self, index: int) -> VideoFrame:
        """Return the frame to show `index` frames into the shot."""
        found = self._attempted(index)
        if isinstance(found, Fault):
            if self.fault:
                raise found.error  # not the clip's: a card is made of nothing that can be damaged
            self.close()
            self.fault = found.told_of(str(self._shot.source))
            found = self._shown(index)
        if index == self._frames - 1:
            self.close()
        return found

    def close(self) -> None:
        """Close the clip, if it is open."""
        if self._source is not None:
            self._source.close()
            self._source = None

    def _attempted(self, index: int) -> VideoFrame | Fault:
        with processor_seconds(_SECONDS):
            return attempt(lambda: self._shown(index))

    def _shown(self, index: int) -> VideoFrame:
        if self._source is None:
            self._source = self._opened(index)
        return self._source.frame(index)

    def _opened(self, first: int) -> FrameSource:
        source = self._shot.source
        if self.fault:
            source = Card(self._stand_in, zlib.crc32(str(self._shot.source).encode()))
        if isinstance(source, MediaFile):
            return self._media(source, first)
        begin = FADED_IN if self._shot.fade else THERE
        return CardFootage(source, self._format, self._look, begin)

    def _media(self, media: MediaFile, first: int) -> FrameSource:
        if media.kind == "still":
            return StillFootage(media.path, self._format, self._frames, self._shot.framing)
        return VideoFootage(
            media.path, self._format, self._shot.source_in, first, self._shot.framing
        )
