"""Damaged media through probing and cutting, in a process that may die."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Literal

from fakes.damage import damaged
from fakes.media import make_still, make_video, make_webm

from videogen.domain.video import Format
from videogen.errors import FootageError, VideogenError
from videogen.media.guarded import guarded
from videogen.media.probe import glance, is_blank, probe
from videogen.media.stills import load_small, load_still
from videogen.media.video import VideoFootage, keyframe_near

OUTPUT = Format(Fraction(10), 64, 36)


def examples(folder: Path) -> list[Path]:
    """Write a whole file of each kind."""
    return [
        make_video(folder / "a.mp4", 2.0, width=64, height=36),
        make_video(folder / "b.ts", 2.0, width=64, height=36),
        make_video(folder / "c.mkv", 2.0, width=64, height=36),
        make_webm(folder / "d.webm", "libvpx", 1),
        make_still(folder / "e.png"),
        make_still(folder / "f.jpg"),
        make_still(folder / "g.webp"),
    ]


def cut(path: Path) -> str:
    """Show what a file holds, as the cut does; return what was refused, empty where all was shown."""
    try:
        if path.suffix in {".png", ".jpg", ".webp", ".heic"}:
            load_still(path, OUTPUT.size)
            load_small(path, 1000)
            return ""
        keyframe_near(path, OUTPUT, 10)
        footage = VideoFootage(path, OUTPUT, 0)
        for index in range(20):
            footage.frame(index)
        footage.close()
    except FootageError as exc:
        return exc.what
    return ""


def outcomes(folder: Path, numbers: Iterable[int]) -> Counter[str]:
    """Return how damaged files of these numbers ended: shown, refused, or what is wrong."""
    wholes = examples(folder)
    found: Counter[str] = Counter()
    for number in numbers:
        whole = wholes[number % len(wholes)]
        path = folder / f"damaged{whole.suffix}"
        path.write_bytes(damaged(whole.read_bytes(), number))
        found[_outcome(path)] += 1
    return found


def _outcome(path: Path) -> str:
    kind: Literal["still", "video"] = (
        "still" if path.suffix in {".png", ".jpg", ".webp", ".heic"} else "video"
    )
    try:
        glance(path, kind)
        probe(path, kind)
        if kind == "video":
            is_blank(path)
        refused = guarded(cut, path)
    except VideogenError as exc:
        # A process that died or took too long is one lost clip, and is counted by itself.
        return exc.what if "Reading it" in exc.what else "refused"
    except Exception as exc:
        return f"wrong: {exc!r}"[:200]
    return "refused" if refused else "shown"
