"""How well a candidate serves as a picture, whatever it shows: its size, its shape, its freshness."""

from __future__ import annotations

from dataclasses import dataclass

from videogen.domain.footage import Candidate
from videogen.domain.video import Format
from videogen.footage.origin import Key, key
from videogen.footage.request import LONGEST_SHOT_SECONDS

_SHORT, _SMALL, _SHAPE = -0.1, -0.08, -0.06
_STILL = -0.04
_SHOWN_EARLIER = -0.15


@dataclass(frozen=True, slots=True)
class Mark:
    """Points, 0 at best, on the scale of a score, and the reasons for them."""

    points: float
    reasons: tuple[str, ...]


def quality(candidate: Candidate, output: Format, shown_earlier: frozenset[Key]) -> Mark:
    """Return what a candidate loses by how it looks in this output."""
    marks = [
        _length(candidate),
        _picture(candidate, output),
        (_STILL, "a picture") if candidate.kind == "still" else (0.0, ""),
        (_SHOWN_EARLIER, "shown in an earlier video")
        if key(candidate) in shown_earlier
        else (0.0, ""),
    ]
    reasons = tuple(reason for _, reason in marks if reason)
    return Mark(sum(points for points, _ in marks), reasons)


def _length(candidate: Candidate) -> tuple[float, str]:
    length = candidate.duration
    if length is None or length >= LONGEST_SHOT_SECONDS:
        return 0.0, ""
    return _SHORT * (1 - length / LONGEST_SHOT_SECONDS), f"only {length:.0f} s long"


def _picture(candidate: Candidate, output: Format) -> tuple[float, str]:
    """Return what is lost by pixels that are missing, and by a shape that must be cropped."""
    if not candidate.width or not candidate.height:
        return _SMALL / 2, ""
    shape, wanted = candidate.width / candidate.height, output.width / output.height
    points = _SHAPE * (1 - min(shape, wanted) / max(shape, wanted))
    scale = min(1.0, min(candidate.width, candidate.height) / min(output.size))
    if scale == 1.0:
        return points, ""
    return points + _SMALL * (1 - scale), f"only {candidate.width}x{candidate.height}"
