"""Letters and shapes laid over YUV frames, touching only the pixels in their box."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from av import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from videogen.media.frames import BLACK, Yuv, planes_of

Mask = NDArray[np.uint8]
Weights = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class _Layer:
    """What one plane becomes: itself x `keep` / 256 + `add` / 256."""

    keep: Weights
    add: Weights


class Overlay:
    """A coloured shape with its shade at one place; built once, laid over many frames.

    `left` and `top` are even, in pixels of the frame; `cover` and `shade` hold 0 to 255, rows x
    columns, both sides even.
    """

    def __init__(
        self, left: int, top: int, cover: Mask, colour: Yuv, shade: Mask | None = None
    ) -> None:
        self._left, self._top = left, top
        shades = np.zeros_like(cover) if shade is None else shade
        halves = (_halved(cover), _halved(shades))
        self._layers = (
            _layer(cover, shades, colour.luma, BLACK.luma),
            _layer(*halves, colour.blue, BLACK.blue),
            _layer(*halves, colour.red, BLACK.red),
        )

    def draw(self, frame: VideoFrame, opacity: float = 1.0, drop: int = 0) -> None:
        """Lay the shape over a frame that may be written to, `drop` pixels (even) lower."""
        share = np.uint16(round(min(1.0, max(0.0, opacity)) * 256))
        for number, (plane, layer) in enumerate(zip(planes_of(frame), self._layers, strict=True)):
            scale = 1 if number == 0 else 2
            rows, columns = layer.keep.shape
            top, left = (self._top + drop) // scale, self._left // scale
            seen = plane[max(0, top) : max(0, top + rows), max(0, left) : max(0, left + columns)]
            row, column = max(0, -top), max(0, -left)
            inside = np.s_[row : row + seen.shape[0], column : column + seen.shape[1]]
            keep, add = layer.keep[inside], layer.add[inside]
            if share < 256:  # noqa: PLR2004 - 256 is whole
                keep = (256 - ((256 - keep) * share >> 8)).astype(np.uint16)
                add = (add.astype(np.uint32) * share >> 8).astype(np.uint16)
            mixed = seen.astype(np.uint16)
            mixed *= keep
            mixed += add
            mixed >>= 8
            seen[:] = mixed


def _layer(cover: Mask, shade: Mask, value: float, shaded: float) -> _Layer:
    """Return the weights of a shape over its shade over the picture."""
    top = cover.astype(np.float32) / 255
    under = shade.astype(np.float32) / 255 * (1 - top)
    keep = (1 - top) * (1 - shade.astype(np.float32) / 255)
    add = top * value + under * shaded
    # Rounded by adding a half, which a later shift by 8 cuts.
    return _Layer(np.rint(keep * 256).astype(np.uint16), np.rint(add * 256 + 127).astype(np.uint16))


def _halved(mask: Mask) -> Mask:
    rows, columns = mask.shape
    return np.asarray(Image.fromarray(mask).resize((columns // 2, rows // 2), Image.Resampling.BOX))
