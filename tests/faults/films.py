"""The smallest whole run that uses everything: two scenes, a cached clip and a card, in one process."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path

import av
import pytest
from commands import clean_environment
from fakes.dvids import KEY, Dvids, DvidsVideo
from fakes.media import make_video
from fakes.web import Web
from faults.voice import lay_small_voice

from videogen.cli import main
from videogen.db import projects
from videogen.db.engine import Database, connect_to_read
from videogen.db.projects import ProjectSummary

SCRIPT = "A grey ship sails out.\n\nNobody knows.\n"
PROJECT_ID = re.compile(r"^Project ([0-9a-f-]{36})$", re.MULTILINE)
# What no message to a user holds.
FAULT_OF_OURS = re.compile(r"Traceback|Unexpected:|fault of videogen")


@dataclass(frozen=True)
class Ended:
    """A command that came to its end: its exit code, and all that it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Film:
    """What a viewer and the app get of a project; `frames` and `sound` are digests of what is decoded."""

    step: str
    status: str
    scenes: tuple[tuple[int, str, float], ...]
    clips: tuple[tuple[int, str, str], ...]
    words: str
    frames: tuple[int, str]
    sound: tuple[int, str]

    def unlike(self, whole: Film) -> str:
        """Name what differs from an undisturbed film, with both; empty where nothing does."""
        mine, theirs = asdict(self), asdict(whole)
        return "; ".join(
            f"{what} {mine[what]} instead of {theirs[what]}"
            for what in mine
            if mine[what] != theirs[what]
        )


class Stage:
    """A folder of trials: a cache that all share, a service, and a new root for each trial."""

    def __init__(self, folder: Path, web: Web) -> None:
        self.folder = folder
        self._count = 0
        clip = make_video(folder / "outside" / "ship.mp4", 8.0, width=64, height=64)
        videos = [
            DvidsVideo(n, f"Grey ship {n}", files={(64, 64): clip}, duration=8.0) for n in (1,)
        ]
        Dvids(web, videos)
        self.cache = folder / "cache"
        lay_small_voice(self.cache)
        temporary = folder / "tmp"
        temporary.mkdir()
        self.environment = {
            **clean_environment(),
            "DVIDS_API_KEY": KEY,
            "DVIDS_BASE_URL": web.url,
            "VIDEOGEN_CACHE": str(self.cache),
            "TMPDIR": str(temporary),
        }
        self.template = folder / "template.db"
        made = self.run("db", "create", str(self.template))
        assert made.code == 0, made.err

    def new_root(self) -> Path:
        """Return a root with a database, a script and no film; pieces of others are forgotten."""
        self._count += 1
        root = self.folder / "roots" / str(self._count)
        (root / "output").mkdir(parents=True)
        shutil.copyfile(self.template, root / "output" / "videogen.db")
        (root / "ships.md").write_text(SCRIPT)
        shutil.rmtree(self.cache / "footage", ignore_errors=True)
        return root

    def drop(self, root: Path) -> None:
        """Forget a root."""
        shutil.rmtree(root)

    def made_in(self, root: Path) -> tuple[str, ...]:
        """Return the arguments that make the film in a root."""
        chosen = ("--script", str(root / "ships.md"), "--duration", "5", "--size", "64x64")
        where = ("--footage", "dvids,cards", "--workers", "1", "--executor", "inline")
        return ("run", *_at(root), *chosen, "--fps", "10", "--captions", "both", *where)

    def resumed_in(self, root: Path, project_id: str) -> tuple[str, ...]:
        """Return the arguments that go on with a project."""
        return ("resume", *_at(root), project_id)

    def run(self, *arguments: str) -> Ended:
        """Run a command line in this process, as a process of its own would."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = self.exit_code_of(*arguments)
        return Ended(code, out.getvalue(), err.getvalue())

    def exit_code_of(self, *arguments: str) -> int:
        """Run a command line in this process, which says what it says; return its exit code."""
        # A handler of an earlier command writes to where that one wrote.
        logging.getLogger().handlers.clear()
        with _surroundings(self.environment, arguments):
            tempfile.tempdir = None
            with pytest.raises(SystemExit) as left:
                main()
        return left.value.code if isinstance(left.value.code, int) else 0


def _at(root: Path) -> tuple[str, ...]:
    return ("--root", str(root), "--database", str(root / "output" / "videogen.db"))


@contextmanager
def _surroundings(environment: dict[str, str], arguments: tuple[str, ...]) -> Iterator[None]:
    before, argv = dict(os.environ), sys.argv
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["videogen", *arguments]
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        sys.argv = argv


@contextmanager
def stage() -> Iterator[Stage]:
    """Yield a folder of trials that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="trials-") as name, Web().running() as web:
        yield Stage(Path(name), web)


def projects_of(root: Path) -> list[ProjectSummary]:
    """Return the projects that a root's database knows."""
    return list(projects.projects(_database(root)).projects)


def film_of(root: Path, project_id: str) -> Film:
    """Return what a project has come to."""
    found = projects.project(_database(root), project_id)
    assert found.summary.video_path, found.summary
    video = root / found.summary.video_path
    return Film(
        found.summary.step,
        found.summary.status,
        tuple((one.number, one.text, one.duration or 0.0) for one in found.scenes),
        tuple(
            (one.number, clip.candidate.source, clip.candidate.id)
            for one in found.scenes
            for clip in one.clips
        ),
        video.with_suffix(".srt").read_text("utf-8"),
        _decoded(video, "video"),
        _decoded(video, "audio"),
    )


def unfinished_in(folder: Path) -> set[Path]:
    """Return what was begun under a folder and never took its name."""
    return set(folder.rglob(".part-*"))


def temporary_in(folder: Path) -> set[Path]:
    """Return what lies in the temporary folder of a stage."""
    return set((folder / "tmp").iterdir())


def _database(root: Path) -> Database:
    return connect_to_read(f"sqlite:///{root.as_posix()}/output/videogen.db")


def _decoded(video: Path, kind: str) -> tuple[int, str]:
    whole, count = hashlib.sha256(), 0
    with av.open(video) as container:
        for frame in container.decode(**{kind: 0}):
            assert isinstance(frame, av.VideoFrame | av.AudioFrame)
            whole.update(frame.to_ndarray().tobytes())
            count += 1
    return count, whole.hexdigest()
