"""Runs of fifty scenes beside an app that writes all the time: is a write lost, who waits?

A person at the app renames a project, sets its voice, chooses a clip, deletes a scene, and deletes
another project in the middle. Prints how long each side waited and how long our write transactions were open; exits 1 where a
write of either side was lost. Run it with: python benchmarks/database_soak.py
"""

from __future__ import annotations

import multiprocessing
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.pool import Pool

from videogen.db import facts
from videogen.db.create import create
from videogen.db.engine import connect
from videogen.db.ledger import Ledger
from videogen.db.projects import in_app, project
from videogen.domain.footage import (
    Candidate,
    Clip,
    MediaFile,
    PlannedScene,
    SourcedScene,
    Suggestion,
)
from videogen.domain.script import Scene, Script
from videogen.domain.speech import PacedScene, Passage, Utterance, VoicedScene
from videogen.errors import ProjectDeleted

RUNS = 2
TOUCHED, DOOMED = "run-1", "doomed"
# What a person does once it can be done.
DEEDS = (
    f"UPDATE projects SET name = 'A person''s name' WHERE id = '{TOUCHED}'",
    f"UPDATE projects SET voice_id = 'emma' WHERE id = '{TOUCHED}' AND script_generated",
    (
        "UPDATE scenes SET selected_clip_id = '1-7' WHERE scene_number = 1"
        f" AND project_id = '{TOUCHED}' AND selected_clip_id IS NOT NULL"
    ),
    f"DELETE FROM scenes WHERE project_id = '{TOUCHED}' AND scene_number = {{last}}",
    (
        f"DELETE FROM projects WHERE id = '{DOOMED}' AND EXISTS (SELECT 1 FROM scenes"
        f" WHERE project_id = '{DOOMED}' AND audio_file_path IS NOT NULL)"
    ),
)
SCENES = 50
CANDIDATES = 25
FILM = MediaFile(Path("a.mp4"), "video")
APP_TIMEOUT = 5.0


@dataclass
class Measured:
    """Seconds: each wait for the write lock, each time that a transaction was open."""

    waits: list[float]
    opens: list[float]
    writes: int = 0
    lost: int = 0
    undone: int = 0
    was_deleted: bool = False


def behave_as_the_app(path: Path, ready: Event, stop: Event, results: Any) -> None:
    """Write small transactions and read lists, as the app's server does, until told to stop."""
    measured = Measured([], [])
    deeds = [deed.format(last=SCENES) for deed in DEEDS]
    with closing(sqlite3.connect(path, timeout=APP_TIMEOUT, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        while not stop.is_set():
            before = time.perf_counter()
            try:
                connection.execute("BEGIN IMMEDIATE")
                measured.waits.append(time.perf_counter() - before)
                connection.execute("INSERT INTO messages (content) VALUES ('hello')")
                connection.execute(
                    "UPDATE projects SET last_active = ? WHERE id = 'app'", (str(measured.writes),)
                )
                deeds = [deed for deed in deeds if not connection.execute(deed).rowcount]
                connection.execute("COMMIT")
                measured.writes += 1
            except sqlite3.OperationalError:
                measured.lost += 1
            connection.execute("SELECT * FROM projects ORDER BY last_active DESC").fetchall()
            ready.set()
    measured.undone = len(deeds)
    results.put(("app", measured))


def record_a_run(path: Path, project_id: str, results: Any) -> None:
    """Record fifty scenes from topic to video, each fact in its own short transaction."""
    measured = Measured([], [])
    _watch(measured)
    ledger = Ledger(
        connect(f"sqlite:///{path}"), project_id, path.with_suffix(f".{project_id}"), Path()
    )
    try:
        for fact in whole_run():
            ledger.record(fact)
            measured.writes += 1
    except ProjectDeleted:
        measured.was_deleted = True
    measured.lost = len(ledger.warnings)
    results.put((project_id, measured))


def _watch(measured: Measured) -> None:
    clock = {"asked": 0.0, "begun": 0.0}

    def asked(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement == "BEGIN IMMEDIATE" and not clock["asked"]:
            clock["asked"] = time.perf_counter()

    def begun(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement == "BEGIN IMMEDIATE":
            clock["begun"] = time.perf_counter()
            measured.waits.append(clock["begun"] - clock["asked"])
            clock["asked"] = 0.0

    def given_back(*_: Any) -> None:
        if clock["begun"]:
            measured.opens.append(time.perf_counter() - clock["begun"])
            clock["begun"] = 0.0

    event.listen(Engine, "before_cursor_execute", asked)
    event.listen(Engine, "after_cursor_execute", begun)
    event.listen(Pool, "checkin", given_back)


def whole_run(count: int = SCENES) -> Iterator[facts.Fact]:
    """Yield what a run of so many scenes tells, in order."""
    numbers = range(1, count + 1)
    yield facts.ProjectStarted("Modern naval warfare", 12.0 * count)
    yield facts.StageStarted("script")
    scenes = tuple(Scene(number, f"{number}. {'words ' * 30}") for number in numbers)
    yield facts.ScriptWritten(Script("Soak", scenes, "file"))
    yield facts.StageStarted("voiceover")
    for number in numbers:
        yield facts.SceneSpoken(_voiced(number))
    yield facts.VoiceoverFinished("af_sky", 12.0 * count)
    yield facts.StageStarted("footage")
    for number in numbers:
        candidates = [_candidate(number, place) for place in range(CANDIDATES)]
        found = tuple(Suggestion(one, "warship", 0.5, 0.5, ()) for one in candidates)
        clips = tuple(Clip(one.candidate, FILM, 0.0, 0.0, 4.0) for one in found[:3])
        planned = PlannedScene(scenes[number - 1], 12.0, "warship", (), found, ())
        yield facts.SceneSourced(SourcedScene(planned, clips))
        yield facts.FootageProgress(100 * number // count, "nasa")
    yield facts.FootageFinished("nasa")
    yield facts.AssemblyStarted(count)
    for number in numbers:
        yield facts.RenderProgress(100 * number // count, "concatenating", number)
    yield facts.VideoFinished("v.mp4", "v.jpg", 12.0 * count, 12.0 * count, 10**8, count)


def _voiced(number: int) -> VoicedScene:
    words = tuple(Passage(("words",), ("words",)) for _ in range(30))
    paced = PacedScene(Scene(number, ""), words, Utterance("af_sky", ()), 1.0, 12.0, 0.6)
    return VoicedScene(paced, Path(f"audio/scene-{number}.mp3"), Path("one.flac"), 12.0, ())


def _candidate(scene: int, place: int) -> Candidate:
    name = f"{scene}-{place}"
    text = "What is to be seen in this clip. " * 5
    return Candidate("nasa", name, name, "NASA", "Public domain", f"https://e/{name}.mp4", text)


def main() -> int:
    """Run the soak in a folder of its own; return how the process should end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "videogen.db"
        create(path)
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(
                "CREATE TABLE messages (content TEXT);"
                "INSERT INTO projects (id, name) VALUES ('app', 'Cats');"
            )
        measured = _soak(path)
        lost = sum(side.lost for side in measured.values()) + _missing(path, measured)
    for name, side in sorted(measured.items()):
        print(f"{name}: {side.writes} writes, {side.lost} lost, {_summary('waits', side.waits)}")
        if side.opens:
            print(f"{name}: {_summary('transactions open', side.opens)}")
    print(f"lost in all: {lost}")
    return 1 if lost else 0


def _soak(path: Path) -> dict[str, Measured]:
    spawn = multiprocessing.get_context("spawn")
    results = spawn.Queue()
    ready, stop = spawn.Event(), spawn.Event()
    app = spawn.Process(target=behave_as_the_app, args=(path, ready, stop, results))
    app.start()
    ready.wait()
    runs = [
        spawn.Process(target=record_a_run, args=(path, name, results))
        for name in (DOOMED, *(f"run-{number}" for number in range(1, RUNS + 1)))
    ]
    for run in runs:
        run.start()
    measured = dict(results.get() for _ in runs)
    stop.set()
    measured.update([results.get()])
    for process in (app, *runs):
        process.join()
    return measured


def _missing(path: Path, measured: dict[str, Measured]) -> int:
    """Return how many writes are not found in the file afterwards."""
    with closing(sqlite3.connect(path)) as connection:
        (messages,) = connection.execute("SELECT count(*) FROM messages").fetchone()
    missing = measured["app"].writes - int(messages) + measured["app"].undone
    database = connect(f"sqlite:///{path}")
    for name in measured.keys() - {"app", DOOMED}:
        recorded = project(database, name)
        whole = [scene for scene in recorded.scenes if scene.audio_path and len(scene.clips) == 3]
        missing += SCENES - (name == TOUCHED) - len(whole)
        missing += recorded.summary.video_path is None
    return missing + _put_back(path, measured)


def _put_back(path: Path, measured: dict[str, Measured]) -> int:
    """Return how much of what a person did is not as they left it."""
    found = in_app(connect(f"sqlite:///{path}"), TOUCHED)
    chosen = "SELECT selected_clip_id FROM scenes WHERE project_id = ? AND scene_number = 1"
    left = "SELECT count(*) FROM scenes WHERE project_id = ?"
    with closing(sqlite3.connect(path)) as connection:
        as_left = (
            found is not None and (found.name, found.voice) == ("A person's name", "af_bella"),
            found is not None and SCENES not in dict(found.texts),
            connection.execute(chosen, [TOUCHED]).fetchone() == ("1-7",),
            connection.execute(left, [DOOMED]).fetchone() == (0,),
            measured[DOOMED].was_deleted,
        )
    return as_left.count(False)


def _summary(what: str, seconds: list[float]) -> str:
    ordered = sorted(seconds)
    middle, high = ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100]
    return (
        f"{what}: median {1000 * middle:.1f} ms, 99 % {1000 * high:.1f} ms,"
        f" longest {1000 * ordered[-1]:.1f} ms"
    )


if __name__ == "__main__":
    sys.exit(main())
