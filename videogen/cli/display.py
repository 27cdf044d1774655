"""How a run's progress looks: live bars on a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from videogen.cli.output import echo
from videogen.domain.events import Progress, Stage
from videogen.printable import printable

if TYPE_CHECKING:
    import rich.progress

TITLES: dict[Stage, str] = {
    "script": "Script",
    "voiceover": "Voice",
    "footage": "Footage",
    "assembly": "Cut",
}


class Quiet:
    """Shows nothing."""

    def watch(self, progress: Progress) -> None:
        """Show nothing."""

    def say(self, line: str) -> None:
        """Show nothing."""


class Lines:
    """A line for each tenth of a stage, with the seconds that its pace leaves to go."""

    def __init__(self) -> None:
        self._started: dict[Stage, float] = {}
        self._shown: dict[Stage, int] = {}

    def watch(self, progress: Progress) -> None:
        """Show a line where another tenth is done."""
        now = time.monotonic()
        started = self._started.setdefault(progress.stage, now)
        share = progress.done / progress.total if progress.total else 1.0
        tenth = int(share * 10)
        if self._shown.get(progress.stage) == tenth:
            return
        self._shown[progress.stage] = tenth
        line = f"{TITLES[progress.stage]}: {share:.0%}"
        if progress.scene:
            line += f", scene {progress.scene}"
        if 0 < share < 1:
            line += f", about {(now - started) * (1 - share) / share:.0f} s left"
        self.say(line)

    def say(self, line: str) -> None:
        """Show the line on stderr."""
        echo(line, err=True)


class Bars:
    """A live bar for each stage, on a terminal."""

    def __init__(self, bars: rich.progress.Progress) -> None:
        self._bars = bars
        self._tasks: dict[Stage, rich.progress.TaskID] = {
            stage: bars.add_task(title, total=1, start=False, scene="")
            for stage, title in TITLES.items()
        }

    def watch(self, progress: Progress) -> None:
        """Move the stage's bar."""
        task = self._tasks[progress.stage]
        self._bars.start_task(task)
        scene = f"scene {progress.scene}" if progress.scene else ""
        self._bars.update(task, completed=progress.done, total=progress.total, scene=scene)

    def say(self, line: str) -> None:
        """Show the line above the bars."""
        self._bars.console.print(printable(line), markup=False, highlight=False)


@contextmanager
def display(quiet: bool) -> Iterator[Quiet | Lines | Bars]:
    """Yield what shows a run on stderr: bars on a terminal, lines in a pipe."""
    if quiet:
        yield Quiet()
    elif sys.stderr.isatty():
        from rich import progress
        from rich.console import Console

        columns = (
            progress.TextColumn("[bold]{task.description:<8}"),
            progress.BarColumn(),
            progress.TaskProgressColumn(),
            progress.TextColumn("{task.fields[scene]:<12}"),
            progress.TimeElapsedColumn(),
            progress.TextColumn("left"),
            progress.TimeRemainingColumn(),
        )
        with progress.Progress(*columns, console=Console(stderr=True)) as bars:
            yield Bars(bars)
    else:
        yield Lines()
