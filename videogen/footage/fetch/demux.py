"""A remote recording opened by libav, which fetches of it what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import av
from av.container import InputContainer
from av.stream import Discard
from av.video.stream import VideoStream

from videogen.errors import UnusableClip
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
            if not opened.streams.video:
                raise UnusableClip("The file has no picture")
            stream = opened.streams.video[0]
            for other in opened.streams:
                other.discard = Discard.default if other is stream else Discard.all
            yield opened, stream
    except (av.FFmpegError, OSError, ValueError, LookupError) as exc:
        raise UnusableClip("The video can't be read") from exc
