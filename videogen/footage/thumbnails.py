"""What candidates look like, small, before anything of them is fetched."""

from __future__ import annotations

import io
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import Literal

from PIL import Image

from videogen.barrier import attempt
from videogen.domain.footage import LOCAL, Candidate
from videogen.domain.video import Format
from videogen.footage.fetch.client import footage_client
from videogen.http.client import Client
from videogen.http.limits import Budget
from videogen.media.guarded import guarded
from videogen.media.stills import bounded, open_still
from videogen.media.video import keyframe_near

_WIDTH, _HEIGHT = 320, 180
_MOST_BYTES = 8 * 2**20
_LOOKED_AT_SECOND = 2
_AT_ONCE = 4


def thumbnail_client(budget: Budget) -> Client:
    """Return the client that fetches them: of no service, since they lie anywhere, and without a key."""
    return footage_client("https://localhost", budget)


def thumbnails(
    candidates: Iterable[Candidate], client: Client, clips: Path | None
) -> dict[Candidate, bytes]:
    """Return small JPEGs of those candidates that have a picture which can be had.

    `clips` is the user's own folder.
    """
    every = [*candidates]
    with ThreadPoolExecutor(_AT_ONCE, "thumbnails") as threads:
        try:
            found = [*threads.map(lambda one: attempt(lambda: _jpeg(one, client, clips)), every)]
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            client.close()
            raise
    return {one: jpeg for one, jpeg in zip(every, found, strict=True) if isinstance(jpeg, bytes)}


def _jpeg(candidate: Candidate, client: Client, clips: Path | None) -> bytes | None:
    if candidate.source == LOCAL:
        return guarded(_small_frame, (clips or Path()) / candidate.id, candidate.kind)
    if not candidate.thumbnail_url:
        return None
    return guarded(_small, client.read(candidate.thumbnail_url, _MOST_BYTES))


def _small(picture: bytes) -> bytes:
    return _shrunk(Image.open(io.BytesIO(picture)))


def _small_frame(path: Path, kind: Literal["video", "still"]) -> bytes:
    if kind == "still":
        return _shrunk(open_still(path))
    shape = Format(Fraction(1), _WIDTH, _HEIGHT)
    found = keyframe_near(path, shape, _LOOKED_AT_SECOND)
    return _shrunk(Image.fromarray(found.frame.to_ndarray(format="rgb24")))


def _shrunk(picture: Image.Image) -> bytes:
    bounded(picture, _WIDTH)
    small = picture.convert("RGB")
    small.thumbnail((_WIDTH, _HEIGHT * 2))
    jpeg = io.BytesIO()
    small.save(jpeg, "JPEG", quality=80)
    return jpeg.getvalue()
