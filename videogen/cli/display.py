"""How a run's progress looks: live bars on a terminal, plain lines in a pipe."""

from __future__ import annotations

import math
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
    from rich.console import RenderableType

    from videogen.forecast.left import Remaining
    from videogen.forecast.work import Forecast

# From here on half a minute more or less is nothing, and then a whole one.
_HALVES, _MINUTES = 170.0, 585.0

TITLES: dict[Stage, str] = {
    "script": "Script",
    "voiceover": "Voice",
    "footage": "Footage",
    "assembly": "Cut",
}


def lasting(seconds: float) -> str:
    """Return a length of time as it is said: in fives of seconds, then in minutes and hours."""
    if seconds <= _HALVES:
        # Upwards: nobody minds a film that is there a little sooner.
        return f"about {max(5, math.ceil(seconds / 5) * 5)} s"
    if seconds < _MINUTES:
        minutes, is_half = divmod(round(seconds / 30), 2)
        return f"about {minutes} min" + is_half * " 30 s"
    minutes = round(seconds / 60)
    return f"about {minutes} min" if minutes < 60 else f"about {minutes // 60} h {minutes % 60} min"  # noqa: PLR2004


class Quiet:
    """Shows nothing."""

    def watch(self, progress: Progress) -> None:
        """Show nothing."""

    def say(self, line: str) -> None:
        """Show nothing."""

    def expect(self, forecast: Forecast) -> None:
        """Show nothing."""

    def close(self) -> None:
        """Show nothing."""


class Countdown:
    """What is left of the whole run, said as a person would."""

    def __init__(self) -> None:
        self._remaining: Remaining | None = None

    def expect(self, forecast: Forecast) -> None:
        """Take in what the run will take."""
        from videogen.forecast.left import Remaining

        if self._remaining is None:
            self._remaining = Remaining(forecast)
        else:
            self._remaining.expect(forecast)

    def hear(self, progress: Progress) -> None:
        """Take in how far the run is."""
        if self._remaining is not None:
            self._remaining.hear(progress, time.monotonic())

    def end(self) -> None:
        """Say no more."""
        self._remaining = None

    def __str__(self) -> str:
        """Return the time that is left, empty where nobody knows."""
        return "" if self._remaining is None else lasting(self._remaining.left(time.monotonic()))


class Lines:
    """A line for each tenth of a stage, with the time that the whole run still takes."""

    def __init__(self) -> None:
        self._left = Countdown()
        self._shown: dict[Stage, int] = {}

    def expect(self, forecast: Forecast) -> None:
        """Take in what the run will take."""
        self._left.expect(forecast)

    def watch(self, progress: Progress) -> None:
        """Show a line where another tenth is done."""
        self._left.hear(progress)
        tenth = int(progress.share * 10)
        if self._shown.get(progress.stage) == tenth:
            return
        self._shown[progress.stage] = tenth
        line = f"{TITLES[progress.stage]}: {progress.share:.0%}"
        if progress.scene:
            line += f", scene {progress.scene}"
        self.say(f"{line}, {self._left} left" if str(self._left) else line)

    def say(self, line: str) -> None:
        """Show the line on stderr."""
        echo(line, err=True)

    def close(self) -> None:
        """Leave the lines as they are."""


class Bars:
    """A live bar for each stage, on a terminal, and how long the whole run still takes."""

    def __init__(self, bars: rich.progress.Progress, left: Countdown) -> None:
        self._bars, self._left = bars, left
        self._tasks: dict[Stage, rich.progress.TaskID] = {
            stage: bars.add_task(title, total=1, start=False, scene="")
            for stage, title in TITLES.items()
        }

    def expect(self, forecast: Forecast) -> None:
        """Take in what the run will take."""
        self._left.expect(forecast)

    def watch(self, progress: Progress) -> None:
        """Move the stage's bar."""
        self._left.hear(progress)
        task = self._tasks[progress.stage]
        self._bars.start_task(task)
        scene = f"scene {progress.scene}" if progress.scene else ""
        self._bars.update(task, completed=progress.done, total=progress.total, scene=scene)

    def say(self, line: str) -> None:
        """Show the line above the bars."""
        self._bars.console.print(printable(line), markup=False, highlight=False)

    def close(self) -> None:
        """Leave the bars where they are: drawn once more, they would lie over what is printed next."""
        self._left.end()
        self._bars.stop()


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
        )
        left = Countdown()

        class Film(progress.Progress):
            """Bars under which it stands how long the whole run still takes."""

            def get_renderables(self) -> Iterator[RenderableType]:
                yield from super().get_renderables()
                yield f"{left} left" if str(left) else ""

        with Film(*columns, console=Console(stderr=True)) as bars:
            yield Bars(bars, left)
    else:
        yield Lines()
