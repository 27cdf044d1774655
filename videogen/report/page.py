"""The page itself: one file that needs no network, the film beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from videogen.domain.footage import CARDS, Candidate
from videogen.report.film import Film
from videogen.report.pictures import thumbnails, wave


@dataclass(frozen=True, slots=True)
class _Source:
    """Something shown, and the seconds at which it is."""

    found: Candidate
    starts: tuple[float, ...]


def page(film: Film, command: str, folder: Path) -> str:
    """Return the page for a folder, from which it plays the film; `command` makes it again."""
    shots = [shot for scene in film.scenes for shot in scene.shots]
    pictures = thumbnails(film.video, film.timeline, [shot.middle for shot in shots])
    environment = Environment(
        loader=PackageLoader("videogen.report", "."),
        autoescape=select_autoescape(["jinja", "html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clock"] = _clock
    return environment.get_template("page.html.jinja").render(
        film=film,
        title=film.record.summary.name,
        address=quote(os.path.relpath(film.video, folder).replace(os.sep, "/")),
        seconds=float(film.timeline.duration),
        pictures=dict(zip((shot.first for shot in shots), pictures, strict=True)),
        wave=_wave_path(wave(film.video)),
        cues=json.dumps([[cue.start, cue.end, cue.text] for cue in film.cues]),
        sources=tuple(_sources(film)),
        command=command,
        megabytes=film.video.stat().st_size / 1e6,
    )


def _sources(film: Film) -> Iterator[_Source]:
    starts: dict[Candidate, list[float]] = {}
    for scene in film.scenes:
        for shot in scene.shots:
            if shot.choice and shot.choice.suggestion.candidate.source != CARDS:
                starts.setdefault(shot.choice.suggestion.candidate, []).append(shot.start)
    for found, times in starts.items():
        yield _Source(found, tuple(times))


def _wave_path(swings: tuple[float, ...]) -> str:
    """Return an SVG path, as many units wide as there are swings and two high."""
    above = " ".join(f"L{place} {1 - swing:.3f}" for place, swing in enumerate(swings))
    below = " ".join(
        f"L{place} {1 + swing:.3f}" for place, swing in reversed(list(enumerate(swings)))
    )
    return f"M0 1 {above} {below} Z"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
