"""The films of a batch: each made in a process that keeps its models, and kept as it comes."""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Literal

from videogen import serialization
from videogen.barrier import Fault
from videogen.cli.display import Quiet
from videogen.cli.options import Surroundings
from videogen.cli.rows import Row
from videogen.cli.run import run
from videogen.cli.run_options import run_options
from videogen.db.engine import connect
from videogen.domain.options import RunOptions
from videogen.errors import UsageError
from videogen.executors import end_with_parent, executor
from videogen.project.kept import is_deleted
from videogen.project.opening import prepare, reopen, start
from videogen.run import produce
from videogen.serialization import digest
from videogen.settings import Settings


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What came of a row: its project once there is one, the film, or what went wrong."""

    number: int
    topic: str
    status: Literal["complete", "incomplete", "failed", "begun"]
    project_id: str = ""
    video_path: str = ""
    seconds: float = 0.0
    told: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """What all rows share; `workers` is how many cores one film may use."""

    root: Path
    database: str | None
    arguments: tuple[str, ...]
    folder: Path
    workers: int


def outcomes_of(rows: Sequence[Row], call: Call, most: int) -> Iterator[RowOutcome]:
    """Yield what comes of each row, as it ends; on any exception every film stops."""
    waiting = list(reversed(rows))
    makers = [_Maker(call) for _ in range(min(most, len(rows)))]
    try:
        busy = list(makers)
        for maker in busy:
            maker.begin(waiting.pop())
        while busy:
            ended = wait([maker.answers for maker in busy])
            for maker in [one for one in busy if one.answers in ended]:
                yield maker.outcome()
                if waiting:
                    maker.begin(waiting.pop())
                else:
                    busy.remove(maker)
                    maker.end()
    except BaseException:
        for maker in makers:
            maker.stop()
        raise


class _Maker:
    """A process that makes one film after the other and keeps what it has loaded."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._start()

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.answers, theirs = spawn.Pipe()
        # No daemon: those may not begin workers of their own.
        self._process = spawn.Process(target=_make_films, args=(theirs, self._call))
        self._process.start()
        theirs.close()

    def begin(self, row: Row) -> None:
        """Hand a row over, to another process where the last one died."""
        if not self._process.is_alive():
            self._start()
        self._row = row
        self.answers.send(row)

    def outcome(self) -> RowOutcome:
        """Return what came of the row."""
        try:
            outcome: RowOutcome = self.answers.recv()
        except (EOFError, ConnectionResetError):
            self._process.join()
            told = "Its process was ended from outside, or by a fault of a library"
            outcome = RowOutcome(self._row.number, self._row.topic, "failed", told=told)
        return outcome

    def end(self) -> None:
        """Let the process end."""
        self.answers.close()
        self._process.join()

    def stop(self) -> None:
        """End the process and all that it began."""
        self._process.terminate()
        self._process.join()


def _make_films(rows: Connection, call: Call) -> None:
    # The parent alone answers Ctrl-C, and passes it on once, as this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        with executor("processes", call.workers) as pool:
            while True:
                rows.send(_made(rows.recv(), call, pool))
    except (EOFError, KeyboardInterrupt):
        return  # the parent has no more rows, or wants none


def _made(row: Row, call: Call, pool: Executor) -> RowOutcome:
    """Make a row's film, or go on with it; whatever fails is what came of it."""
    path = call.folder / f"{digest(row.arguments)}-{row.number}.json"
    before = serialization.load(RowOutcome, path)
    started = time.monotonic()
    try:
        outcome = _attempted(row, call, before, path, pool)
    except Exception as exc:
        known = serialization.load(RowOutcome, path) or RowOutcome(row.number, row.topic, "begun")
        outcome = replace(known, status="failed", told=Fault(exc).told_of(""))
    if outcome == before:
        return outcome
    outcome = replace(outcome, seconds=round(time.monotonic() - started, 1))
    serialization.save(path, outcome)
    return outcome


def _asked(row: Row, call: Call) -> tuple[RunOptions, Settings]:
    """Return what a row asks for, as `videogen run` would read it."""
    place = ("--root", str(call.root), *(("--database", call.database) if call.database else ()))
    shared = ("--workers", str(call.workers), *call.arguments)
    with run.make_context("run", [*place, *shared, *row.arguments]) as ctx:
        asked = dict(ctx.params)
        surroundings: Surroundings = asked.pop("surroundings")
        database: str | None = asked.pop("database")
        for name in ("as_json", "quiet", "until", "dry_run", "trusts"):
            del asked[name]
        options = run_options(ctx, asked)
    return options, surroundings.allowed(False, options.footage).settings(database)


def _attempted(
    row: Row, call: Call, before: RowOutcome | None, path: Path, pool: Executor
) -> RowOutcome:
    if row.fault:
        raise UsageError(row.fault)
    options, settings = _asked(row, call)
    opened = connect(settings.database_url)
    news = ""
    if before and before.project_id and is_deleted(settings.root, before.project_id, opened):
        news, before = f"Made anew: project {before.project_id} was deleted", None
    if before and before.status == "complete":
        return before
    if before and before.project_id:
        opening = reopen(before.project_id, settings, opened, Quiet())
    else:
        opening = start(options, settings, opened, prepare(options, settings), Quiet())
    with opening as project:
        workspace = project.workspace
        begun = RowOutcome(row.number, options.topic, "begun", workspace.project_id)
        serialization.save(path, begun)
        outcome = produce(project, pool if options.executor == "processes" else None)
    told = "; ".join(filter(None, (news, *outcome.warnings[:1])))
    video = workspace.stored(outcome.video.path)
    return replace(begun, status=outcome.status, video_path=video, told=told)
