"""How a rehearsal of a run is shown: what would happen, what it needs, what it would take."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from videogen.cli.display import TITLES, lasting
from videogen.cli.doctor import print_checks
from videogen.cli.output import echo

if TYPE_CHECKING:
    from videogen.rehearsal.rehearse import Rehearsal


def print_rehearsal(rehearsal: Rehearsal) -> None:
    """Print it for a person."""
    echo(rehearsal.topic)
    _print(_happens(rehearsal))
    print_checks(rehearsal.needs)
    echo("\nIt takes")
    _print(_takes(rehearsal))


def rehearsal_json(rehearsal: Rehearsal) -> str:
    """Return it as one object: seconds, bytes, pixels; what is not known is null."""
    from videogen.serialization import encode

    found = json.loads(encode(rehearsal))
    cut = rehearsal.work.cut
    found["work"]["cut"] = {"width": cut.width, "height": cut.height, "fps": float(cut.rate)}
    found["forecast"]["seconds"] = rehearsal.forecast.seconds
    return json.dumps(found, ensure_ascii=False, indent=1)


def _print(lines: Iterator[tuple[str, str]]) -> None:
    for name, told in lines:
        echo(f"  {name:<10}  {told}")


def _happens(rehearsal: Rehearsal) -> Iterator[tuple[str, str]]:
    work = rehearsal.work
    size = f"{work.cut.width}x{work.cut.height} at {float(work.cut.rate):g} frames a second"
    yield "film", f"{work.seconds:.0f} s in {work.scenes} scenes, {size}, {work.quality}"
    yield "script", rehearsal.reason.removeprefix("Script by the ")
    own = f", {rehearsal.recordings} scenes in your own" if rehearsal.recordings else ""
    yield "voice", rehearsal.voice + own
    known = "as chosen" if rehearsal.is_planned else "as such sources usually fill"
    if rehearsal.silent:
        known += f"; no answer now from {', '.join(rehearsal.silent)}"
    yield "pictures", f"{', '.join(rehearsal.sources)}; {work.filmed:.0%} of the film, {known}"
    if rehearsal.music:
        yield "music", f"{rehearsal.music} pieces"
    yield "database", rehearsal.database
    yield "video", str(rehearsal.video_path)
    if rehearsal.cached_bytes:
        yield "kept", f"{_megabytes(rehearsal.cached_bytes)} of footage, fetched by earlier runs"
    for project in rehearsal.stopped:
        yield "or", f"videogen resume {project} goes on with a film of this topic that stopped"


def _takes(rehearsal: Rehearsal) -> Iterator[tuple[str, str]]:
    told, asking = rehearsal.forecast, rehearsal.asking
    stages = ", ".join(f"{TITLES[stage]} {spent:.0f} s" for stage, spent in told.stages.items())
    basis = f"the latest {rehearsal.films} films here" if rehearsal.films else "a short trial"
    yield "time", f"{lasting(told.seconds)} where nothing else is at work, by {basis}: {stages}"
    yield "processor", f"{told.processor:.0f} s of all cores"
    yield "size", f"about {_megabytes(told.file_bytes)}"
    if told.fetched_bytes:
        yield "fetched", f"about {_megabytes(told.fetched_bytes)} of footage"
    if asking:
        price = "its price is not known" if asking.dollars is None else f"${asking.dollars:.4f}"
        tokens = f"about {asking.tokens_in:,} tokens in and {asking.tokens_out:,} out"
        yield "model", f"{asking.model}: {asking.requests} requests, {tokens}, {price}"
    else:
        yield "money", "none"


def _megabytes(count: float) -> str:
    return f"{count / 1e6:.1f} MB"
