"""A remote recording opened by libav, which fetches of it what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import av
from av.container import InputContainer
from av.stream import Discard
from av.video.stream import VideoStream

from videogen.errors import UnusableClip, VideogenError
from videogen.http.ranged import RangedFile

# The index says all that copying needs: no packet is worth fetching to learn more.
_OPTIONS = {"protocol_whitelist": "", "probesize": "32", "analyzeduration": "0"}


@contextmanager
def demuxed(
    file: RangedFile, kind: Literal["mp4", "matroska"]
) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Yield a recording and its picture, the only one of its streams that is read.

    Raises:
        UnusableClip: it has no picture, or the block can't read it.
    """
    file.seek(0)
    try:
        with av.open(file, "r", format=kind, options=_OPTIONS, metadata_errors="ignore") as opened:
            stream = _picture(opened)
            for other in opened.streams:
                other.discard = Discard.default if other is stream else Discard.all
            yield opened, stream
    except VideogenError:
        raise
    except Exception as exc:
        # What a broken index makes the library stumble over is in no list; memory that it claims
        # is none that the run lacks.
        raise UnusableClip("The video can't be read") from exc


def _picture(opened: InputContainer) -> VideoStream:
    if not opened.streams.video:
        raise UnusableClip("The file has no picture")
    return opened.streams.video[0]
