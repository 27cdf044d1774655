"""Where a viewer looks in a piece: faces, what moves, and what stands out from the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from videogen.assembly.face_detection import Face, faces

Map = NDArray[np.float64]

_PIXELS = 96 * 54
# Deviations of a map above its mean from which on a place counts as strong.
_STRONG = 0.5
_CENTRE_SPREAD = 0.38  # of the width and height; people point cameras at what they mean
_STILL = 8.0  # levels between two frames that noise and slight shaking reach
# Beside everything else in the picture; of two people one alone is then less than is needed.
_FACES = 2.0
# A head is larger than a face, and has shoulders: parts of the face's height.
_ABOVE, _BESIDE, _BELOW = 0.4, 0.4, 1.0
_BORDER = 0.05
_PLAIN = 0.75  # of the border
# Levels by which a plain ground varies, and what is drawn on it differs at least.
_SAME_COLOUR, _OTHER_COLOUR = 6, 40


@dataclass(frozen=True, slots=True)
class Attention:
    """How much each place of a picture is looked at, rows x columns; the sum is 1.

    `stands_alone` says that it is drawn or set on a plain ground: text, a chart, a thing cut out.
    """

    weights: Map
    stands_alone: bool


def attention(views: Sequence[NDArray[np.uint8]]) -> Attention:
    """Return where viewers look while these views, rows x columns of RGB, pass."""
    small = [_reduced(view) for view in views]
    alone = all(map(_stands_alone, small))
    if alone:
        weights = np.mean([_figure(view) for view in small], axis=0)
    else:
        salient = np.mean([_salience(view) for view in small], axis=0)
        weights = _strong(_blurred((salient + _motion(small)) * _centre(salient.shape), 2.0))
    weights = _unit(weights)
    if found := [face for view in views for face in faces(view)]:
        weights = _unit(weights + _FACES * _unit(_heads(found, weights.shape)))
    return Attention(weights, alone)


def _reduced(view: NDArray[np.uint8]) -> Map:
    """Return a view of about `_PIXELS` in luma and chroma."""
    rows, columns = view.shape[:2]
    scale = (_PIXELS / (rows * columns)) ** 0.5
    size = (max(8, round(columns * scale)), max(8, round(rows * scale)))
    image = Image.fromarray(view).resize(size, Image.Resampling.BOX)
    return np.asarray(image.convert("YCbCr")).astype(np.float64)


def _salience(view: Map) -> Map:
    """Return how much places stand out: in what the others repeat, and in colour."""
    radius = max(1.0, (view.shape[0] * view.shape[1]) ** 0.5 / 28)
    odd = _blurred(_spectral_residual(view[..., 0]), radius)
    softened = np.stack([_blurred(view[..., plane], 1.5) for plane in range(3)], axis=-1)
    away = (softened - softened.mean(axis=(0, 1))) * (1.0, 1.6, 1.6)
    return _scaled(odd) + _scaled(np.sqrt((away**2).sum(axis=-1)))


def _spectral_residual(luma: Map) -> Map:
    """Return what of a picture its own usual spectrum does not tell (Hou & Zhang, 2007)."""
    spectrum = np.fft.fft2(luma)
    power = np.log(np.abs(spectrum) + 1e-6)
    around = [np.roll(power, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    residual = power - np.mean(around, axis=0)
    return np.abs(np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum)))) ** 2


def _motion(views: Sequence[Map]) -> Map:
    """Return how much more places change from view to view than most of the picture does."""
    moved = np.zeros(views[0].shape[:2])
    for before, after in pairwise(views):
        change = _blurred(np.abs(after[..., 0] - before[..., 0]), 1.5)
        moved += np.clip(change - np.median(change) - _STILL, 0, None)
    return _scaled(moved)


def _stands_alone(view: Map) -> bool:
    return bool((_off_ground(view)[_border(view.shape)] <= _SAME_COLOUR).mean() >= _PLAIN)


def _figure(view: Map) -> Map:
    """Return what is drawn on a plain ground, all of it alike."""
    return (_off_ground(view) > _OTHER_COLOUR).astype(np.float64)


def _off_ground(view: Map) -> Map:
    """Return how far each place is from the commonest colour of the border."""
    ground = np.median(view[_border(view.shape)], axis=0)
    distance: Map = np.abs(view - ground).max(axis=-1)
    return distance


def _border(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    border = np.ones(shape[:2], bool)
    top, left = (max(1, round(_BORDER * side)) for side in shape[:2])
    border[top:-top, left:-left] = False
    return border


def _heads(found: Sequence[Face], shape: tuple[int, ...]) -> Map:
    """Return a map on which each head counts by its height."""
    heads = np.zeros(shape[:2])
    for face in found:
        beside = _BESIDE * face.width
        top, foot = face.top - _ABOVE * face.height, face.top + (1 + _BELOW) * face.height
        rows = _span(top, foot, shape[0])
        columns = _span(face.left - beside, face.left + face.width + beside, shape[1])
        area = (rows.stop - rows.start) * (columns.stop - columns.start)
        heads[rows, columns] += face.height / area
    return heads


def _span(begin: float, end: float, length: int) -> slice:
    first = min(length - 1, max(0, int(begin * length)))
    return slice(first, max(first + 1, min(length, round(end * length))))


def _centre(shape: tuple[int, ...]) -> Map:
    down, across = (
        np.exp(-((((np.arange(side) + 0.5) / side - 0.5) / _CENTRE_SPREAD) ** 2) / 2)
        for side in shape[:2]
    )
    weights: Map = down[:, None] * across
    return weights


def _strong(weights: Map) -> Map:
    strong: Map = np.clip(weights - weights.mean() - _STRONG * weights.std(), 0, None)
    return strong


def _scaled(weights: Map) -> Map:
    """Return a map from 0 to 1, its few highest places cut."""
    high = float(np.percentile(weights, 99))
    return np.clip(weights / high, 0, 1) if high > 0 else np.zeros_like(weights)


def _unit(weights: Map) -> Map:
    """Return a map whose sum is 1; an empty one counts everywhere alike."""
    total = float(weights.sum())
    return weights / total if total > 0 else np.full_like(weights, 1 / weights.size)


def _blurred(weights: Map, radius: float) -> Map:
    """Return a map blurred by a Gaussian, its border carried on."""
    reach = int(3 * radius)
    kernel = np.exp(-((np.arange(-reach, reach + 1) / radius) ** 2) / 2)
    kernel /= kernel.sum()
    padded = np.pad(weights, reach, mode="edge")
    rows, columns = weights.shape
    down = sum(part * padded[at : at + rows] for at, part in enumerate(kernel))
    across: Map = sum(part * down[:, at : at + columns] for at, part in enumerate(kernel))
    return across
