"""Real films beside their forecast: what each told when, what it took, how large it is.

    python benchmarks/bench_forecast.py [NAME ...]

Speaks the first scenes of narration.md with filmed clips for two of three, or Tides by the outline
with cards alone, in several lengths, shapes and qualities, and writes each run into tests/runs. Times
are processor seconds of all processes over two cores: others may use the machine meanwhile.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from bench_run import material

from videogen.cli.display import Quiet
from videogen.cli.run import run
from videogen.cli.run_options import run_options
from videogen.db.create import create
from videogen.db.engine import connect
from videogen.domain.events import Progress
from videogen.domain.footage import CARDS
from videogen.domain.video import Format
from videogen.forecast.work import Work, forecast
from videogen.project.opening import prepare, start
from videogen.run import produce

CORES = 2
RUNS = Path(__file__).resolve().parent.parent / "tests" / "runs"
FOLDER = Path("build/bench-forecast").resolve()
FILMS = (
    "15-wide-good-cards",
    "15-wide-good-clips",
    "15-vertical-draft-cards",
    "30-square-good-cards",
    "30-wide-draft-clips",
    "30-vertical-good-clips",
    "30-wide-best-clips",
    "60-wide-good-cards",
    "60-wide-good-clips",
    "60-vertical-good-clips",
    "60-square-draft-clips",
)
SIZES = {"wide": "1920x1080"}


class Recorder(Quiet):
    """Notes what is told with the processor time of all processes so far."""

    def __init__(self) -> None:
        self.events: list[list[object]] = []
        self._ended: dict[str, float] = {}
        self._before = self._spent()

    def watch(self, progress: Progress) -> None:
        """Note it."""
        told = [progress.stage, progress.done, progress.total, progress.scene]
        self.events.append([round((self._spent() - self._before) / CORES, 2), *told])

    def _spent(self) -> float:
        for process in _descendants(os.getpid()):
            stat = (
                Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
            )
            self._ended[process] = sum(map(int, stat[11:15])) / os.sysconf("SC_CLK_TCK")
        own = os.times()
        return own.user + own.system + sum(self._ended.values())


def main() -> None:
    """Make the films, print and keep what they took."""
    for name in sys.argv[1:] or FILMS:
        found = made(name)
        told = forecast(
            Work(
                found["seconds"],
                found["scenes"],
                found["filmed"],
                Format(Fraction(30), found["width"], found["height"]),
                found["quality"],
                found["burned"],
            ),
            CORES,
        )
        cpu, size = told.processor / found["processor"], told.file_bytes / found["bytes"]
        print(
            f"{name:<26} CPU {told.processor:5.1f} s for {found['processor']:5.1f} ({cpu - 1:+.0%}), "
            f"{told.file_bytes / 1e6:4.1f} MB for {found['bytes'] / 1e6:4.1f} ({size - 1:+.0%})",
            flush=True,
        )
        RUNS.joinpath(f"{name}.json").write_text(json.dumps(found) + "\n", encoding="utf-8")


def made(name: str) -> dict[str, Any]:
    """Make a film by its name and return what it was and took."""
    seconds, shape, quality, kind = name.split("-")
    root = FOLDER / name
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    create(root / "v.db")
    asked = ["--root", str(root), "--database", str(root / "v.db"), "--duration", seconds]
    asked += ["--size", SIZES.get(shape, shape), "--quality", quality, "--voice", "af_sky"]
    if kind == "clips":
        script, clips = material(FOLDER / "material", max(2, round(int(seconds) / 11)))
        asked += ["--script", str(script), "--fit", "--clips", str(clips)]
        asked += ["--footage", "local,cards"]
    else:
        asked += ["--topic", "Tides", "--writer", "outline", "--footage", "cards"]
    with run.make_context("run", asked) as ctx:
        given = dict(ctx.params)
        settings = given.pop("surroundings").settings(given.pop("database"))
        for other in ("as_json", "quiet", "until", "dry_run", "trusts"):
            del given[other]
        options = run_options(ctx, given)
    providers = prepare(options, settings)
    recorder, before = Recorder(), sum(os.times()[:4])
    with start(options, settings, connect(settings.database_url), providers, recorder) as project:
        outcome = produce(project)
    spent = sum(os.times()[:4]) - before
    shown = [(s.voiced.seconds / len(s.clips), c) for s in outcome.scenes for c in s.clips]
    filmed = sum(length for length, clip in shown if clip.candidate.source != CARDS)
    shutil.rmtree(root)
    return {
        "asked": int(seconds),
        "seconds": round(outcome.video.duration, 2),
        "scenes": len(outcome.scenes),
        "filmed": round(filmed / sum(length for length, _ in shown), 3),
        "width": outcome.video.width,
        "height": outcome.video.height,
        "quality": quality,
        "burned": options.captions == "burned",
        "processor": round(spent, 2),
        "bytes": outcome.video.file_size,
        "events": recorder.events,
    }


def _descendants(process: int) -> list[str]:
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in task.joinpath("children").read_text(encoding="ascii").split():
            found += [child, *_descendants(int(child))]
    return found


if __name__ == "__main__":
    main()
