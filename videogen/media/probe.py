"""What a local media file really is, read by decoding it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import av

from videogen.barrier import Fault, attempt
from videogen.errors import UnusableClip
from videogen.media.guarded import guarded
from videogen.media.stills import bounded, open_still

# Brightness of a black or blue screen varies by less than this, out of 255; that of a sky does not.
_BLANK = 2.0
# Beyond 8K, film scans among it: a decoder keeps some twenty frames of it.
MOST_PIXELS = 8192 * 5120
_LOOKED_AT = 1024  # pixels that a picture is decoded to where that costs less
# A playlist under a video's name must not make the reader open further files.
SAFE_READING = {
    "protocol_whitelist": "file",
    "format_whitelist": "mov,mp4,matroska,webm,avi,mpegts,mpeg,mpegvideo,asf,flv,ogg,mxf,gif,dv",
}


@dataclass(frozen=True, slots=True)
class Probe:
    """A file of which a frame was decoded: seconds (0 for a still) and pixels."""

    kind: Literal["video", "still"]
    duration: float
    width: int
    height: int


def probe(path: Path, kind: Literal["video", "still"]) -> Probe:
    """Decode one frame of a file.

    Raises:
        UnusableClip: it holds no picture that can be decoded.
    """
    found = attempt(lambda: guarded(_probe_still if kind == "still" else _probe_video, path))
    if not isinstance(found, Fault):
        return found
    if isinstance(found.error, UnusableClip):
        raise UnusableClip(found.error.what, where=path.name) from found.error
    what = "The picture can't be read" if kind == "still" else "The video can't be read"
    raise UnusableClip(f"{what}: {found.cause}", where=path.name) from found.error


def glance(path: Path, kind: Literal["video", "still"]) -> Probe | None:
    """Return what a file says of itself, nothing decoded; None where it can't be read.

    Seconds are 0 where it does not tell.
    """
    found = attempt(lambda: guarded(_glance, path, kind))
    return None if isinstance(found, Fault) else found


def _glance(path: Path, kind: Literal["video", "still"]) -> Probe:
    if kind == "still":
        with open_still(path) as image:
            return Probe("still", 0.0, image.width, image.height)
    with av.open(str(path), options=SAFE_READING, metadata_errors="ignore") as container:
        stream = container.streams.video[0]
        seconds = (container.duration or 0) / av.time_base
        return Probe("video", seconds, stream.width, stream.height)


def _probe_still(path: Path) -> Probe:
    with open_still(path) as image:
        bounded(image, _LOOKED_AT)
        image.load()
        return Probe("still", 0.0, image.width, image.height)


def _probe_video(path: Path) -> Probe:
    with av.open(str(path), options=SAFE_READING, metadata_errors="ignore") as container:
        if not container.streams.video:
            raise UnusableClip("The file has no picture", where=path.name)
        stream = container.streams.video[0]
        if stream.width * stream.height > MOST_PIXELS:
            raise UnusableClip(f"The video is too large: {stream.width} x {stream.height} pixels")
        frame = next(container.decode(stream), None)
        if frame is None:
            raise UnusableClip("The file has no frame", where=path.name)
        if stream.duration is not None and stream.time_base is not None:
            duration = float(stream.duration * stream.time_base)
        else:
            duration = (container.duration or 0) / av.time_base
        if duration <= 0:
            raise UnusableClip("The file has no length", where=path.name)
        return Probe("video", duration, frame.width, frame.height)


def is_blank(path: Path) -> bool:
    """Tell whether a video shows an empty screen in its middle, as leaders and gaps do.

    The file has to be one that `probe` accepted.
    """
    return guarded(_is_blank, path)


def _is_blank(path: Path) -> bool:
    with av.open(str(path), options=SAFE_READING, metadata_errors="ignore") as container:
        container.seek((container.duration or 0) // 2)
        frame = next(container.decode(video=0), None)
        return frame is not None and float(frame.to_ndarray(format="gray").std()) < _BLANK
