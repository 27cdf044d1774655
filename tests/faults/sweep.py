"""Trials of one disk: each line of stdin is a fault, each line of stdout what came of a run under it.

The first line tells how many calls of each kind an undisturbed run makes.

Started by `disk.over_it`. The outcome is a JSON object; `verdict` is empty where all was well.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from faults.disk import Disk, Fault
from faults.films import (
    FAULT_OF_OURS,
    PROJECT_ID,
    Ended,
    Film,
    Stage,
    film_of,
    projects_of,
    stage,
    temporary_in,
    unfinished_in,
)


@dataclass(frozen=True)
class Outcome:
    """What came of a run: how many calls failed, how it ended, and what was wrong with that."""

    fault: str
    failed: int
    where: str
    ended: str
    verdict: str


class Trials:
    """Runs under faults on one stage, each beside what an undisturbed run makes."""

    def __init__(self, ground: Stage) -> None:
        self._stage = ground
        self._disk = Disk()
        root = ground.new_root()
        self._disk.arm(ground.folder, Fault("open", 0, 0))
        whole = ground.run(*ground.made_in(root))
        self.calls, _, _ = self._disk.disarm()
        assert whole.code == 0, whole.err
        self._film = film_of(root, projects_of(root)[0].id)
        # What loaded parts keep for as long as the process lasts.
        self._known = temporary_in(ground.folder)

    def tried(self, fault: Fault) -> Outcome:
        """Return what came of a run under a fault, and of going on without it."""
        root = self._stage.new_root()
        self._disk.arm(self._stage.folder, fault)
        ended = self._stage.run(*self._stage.made_in(root))
        _, failed, where = self._disk.disarm()
        verdict = "; ".join(self._wrong(root, ended)) if failed else ""
        told = "done" if ended.code == 0 else f"exit {ended.code}: {_message(ended)}"
        outcome = Outcome(str(fault), failed, where, told, verdict)
        self._stage.drop(root)
        return outcome

    def _wrong(self, root: Path, ended: Ended) -> list[str]:
        wrong = [f"said {ended.err!r}"] if FAULT_OF_OURS.search(ended.err) else []
        if ended.code and not _message(ended):
            wrong.append("stopped without a message")
        film, again = self._gone_on(root, ended)
        if again.code or FAULT_OF_OURS.search(again.err):
            wrong.append(f"going on ended with {again.code}: {again.err!r}")
        elif film and (unlike := film.unlike(self._film)) and not _replaced(ended):
            wrong.append(f"another film: {unlike}")
        folder = self._stage.folder
        if left := unfinished_in(folder) | temporary_in(folder) - self._known:
            wrong.append(f"left behind: {sorted(left)}")
        return wrong

    def _gone_on(self, root: Path, ended: Ended) -> tuple[Film | None, Ended]:
        """Resume what was begun, or begin anew where the run had not come to a project."""
        found = PROJECT_ID.search(ended.err)
        known = [one.id for one in projects_of(root)]
        begun = found and (found[1] in known or "Go on with" in ended.err)
        if found and begun:
            again = self._stage.run(*self._stage.resumed_in(root, found[1]))
            project_id = found[1]
        else:
            again = self._stage.run(*self._stage.made_in(root))
            project_id = projects_of(root)[0].id if again.code == 0 else ""
        return (None if again.code else film_of(root, project_id)), again


def _replaced(ended: Ended) -> bool:
    """Tell whether a run was done and said that something is missing or another thing shown."""
    return "Warning" in ended.err or "WARNING" in ended.err


def _message(ended: Ended) -> str:
    return ended.err.strip().splitlines()[-1] if ended.err.strip() else ""


def main() -> None:
    """Try each fault that stdin names."""
    with stage() as ground:
        trials = Trials(ground)
        print(json.dumps(trials.calls), flush=True)
        for line in sys.stdin:
            print(json.dumps(asdict(trials.tried(Fault(**json.loads(line))))), flush=True)


if __name__ == "__main__":
    main()
    # Loaded parts would clean up what is gone with the stage.
    os._exit(0)
