"""How much each file of a cut shows of the video's topic."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from videogen.domain.footage import MediaFile, ShownScene
from videogen.language.meaning import read


def relevance(title: str, scenes: Sequence[ShownScene]) -> dict[Path, float]:
    """Return from 0 to 1 how much each file shows of what a title says.

    What it is worth to its scene counts most; that scene may be an aside, so that a file which
    means what the title does counts up to twice as much.

    Raises:
        WorkspaceError: the installed model of meanings is not the expected one.
    """
    topic = read(title).whole
    found: dict[Path, float] = {}
    for clip in (clip for scene in scenes for clip in scene.clips):
        if isinstance(clip.media, MediaFile):
            about = clip.candidate
            nearness = float(topic @ read(f"{about.title}. {about.description}").whole)
            worth = clip.score * (1 + max(0.0, nearness)) / 2
            found[clip.media.path] = max(worth, found.get(clip.media.path, 0.0))
    return found
