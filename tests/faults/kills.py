"""Runs that are killed, and what they had acknowledged: each line of stdin a kill, each of stdout an outcome.

Started by `disk.over_it`. A kill is a call of a kind at which the process ends, or a share of
an undisturbed run's time. The outcome is a JSON object; `verdict` is empty where all was well.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from faults.disk import KILL, Fault
from faults.films import (
    FAULT_OF_OURS,
    PROJECT_ID,
    Ended,
    Stage,
    film_of,
    projects_of,
    stage,
    unfinished_in,
)
from faults.forks import begun

from videogen.digests import is_whole
from videogen.workspace import Workspace

_SPOKEN = re.compile(r"^Voice: .*scene (\d+)", re.MULTILINE)
_CUT = re.compile(r"^Cut: .*scene (\d+)", re.MULTILINE)
KILLED = 137


@dataclass(frozen=True)
class Kill:
    """When a run is killed: at the n-th call of a kind, or after a share of an undisturbed run's time."""

    kind: str = ""
    at: int = 0
    share: float = 0.0

    def __str__(self) -> str:
        """Name the kill in a list of trials."""
        return (
            f"SIGKILL at {self.kind} {self.at}" if self.kind else f"SIGKILL after {self.share:.0%}"
        )


@dataclass(frozen=True)
class Outcome:
    """What came of a killed run: what it had acknowledged, and what was wrong with going on."""

    kill: str
    killed: bool
    acknowledged: int
    verdict: str


class Trials:
    """Killed runs on one stage, each gone on with and laid beside an undisturbed one."""

    def __init__(self, ground: Stage) -> None:
        self._stage = ground
        (ground.folder / "said").mkdir()
        root = ground.new_root()
        began = time.monotonic()
        whole = begun(ground, ground.made_in(root)).ended()
        assert whole.code == 0, whole.err
        self.seconds = time.monotonic() - began
        self._film = film_of(root, projects_of(root)[0].id)

    def tried(self, kill: Kill) -> Outcome:
        """Return what came of a run that was killed, and of going on with it."""
        root = self._stage.new_root()
        ended = self._killed(root, kill)
        ledger = dict(_acknowledged(root, ended))
        wrong = [f"acknowledged, not there: {path}" for path, state in ledger.items() if not state]
        again = self._gone_on(root, ended)
        if again.code or FAULT_OF_OURS.search(again.err):
            wrong.append(f"going on ended with {again.code}: {again.err!r}")
        else:
            wrong += self._changed(root, ledger, again)
        self._stage.drop(root)
        return Outcome(str(kill), ended.code == KILLED, len(ledger), "; ".join(wrong))

    def _killed(self, root: Path, kill: Kill) -> Ended:
        fault = Fault(kill.kind, kill.at, KILL) if kill.kind else None
        run = begun(self._stage, self._stage.made_in(root), fault)
        if not kill.kind:
            time.sleep(kill.share * self.seconds)
            run.kill()
        return run.ended()

    def _gone_on(self, root: Path, ended: Ended) -> Ended:
        """Resume what was begun, or begin anew where a run had not come to a project."""
        known = [one.id for one in projects_of(root)]
        told = PROJECT_ID.search(ended.err)
        if known or (
            told and _workspace(root, told[1]).work_folder.joinpath("options.json").exists()
        ):
            project_id = known[0] if known else (told[1] if told else "")
            return begun(self._stage, self._stage.resumed_in(root, project_id)).ended()
        return begun(self._stage, self._stage.made_in(root)).ended()

    def _changed(
        self, root: Path, ledger: dict[Path, tuple[int, int] | None], again: Ended
    ) -> Iterator[str]:
        projects = projects_of(root)
        if len(projects) != 1:
            yield f"{len(projects)} projects"
        elif unlike := film_of(root, projects[0].id).unlike(self._film):
            yield f"another film: {unlike}; said {again.err!r}"
        for path, state in ledger.items():
            if state and _state(path) != state:
                yield f"made twice: {path}"
        # The folder of a run that had not come to a project is `videogen clean`'s.
        mine = [root / "output", *(root / "output").rglob(projects[0].id)]
        left = {path for path in unfinished_in(root) if path.parent in mine}
        if left | unfinished_in(self._stage.cache):
            yield f"left behind: {left}, {unfinished_in(self._stage.cache)}"


def _acknowledged(root: Path, ended: Ended) -> Iterator[tuple[Path, tuple[int, int] | None]]:
    """Yield each file that a run had told to be done, and its state; None where it is not whole."""
    told = PROJECT_ID.search(ended.err)
    if not told:
        return
    workspace = _workspace(root, told[1])
    for number in map(int, _SPOKEN.findall(ended.err)):
        for path in (workspace.audio_path(number), workspace.work_folder / f"scene-{number}.flac"):
            yield path, _state(path)
    for number in _CUT.findall(ended.err):
        found = list((workspace.work_folder / "cut").glob(f"scene-{number}-*.mp4"))
        path = found[0] if found else workspace.work_folder / "cut" / f"scene-{number}"
        yield path, _state(path) if is_whole(path) else None


def _workspace(root: Path, project_id: str) -> Workspace:
    return Workspace(root, project_id, "ships")


def _state(path: Path) -> tuple[int, int] | None:
    if not path.is_file():
        return None
    facts = path.stat()
    return facts.st_ino, facts.st_mtime_ns


def main() -> None:
    """Try each kill that stdin names; the first line tells how long an undisturbed run took."""
    with stage() as ground:
        trials = Trials(ground)
        print(trials.seconds, flush=True)
        for line in sys.stdin:
            print(json.dumps(asdict(trials.tried(Kill(**json.loads(line))))), flush=True)


if __name__ == "__main__":
    main()
    # Loaded parts would clean up what is gone with the stage.
    os._exit(0)
