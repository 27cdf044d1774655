"""Runs at once: on one database, one cache, one folder, one topic; and resumes at once of one project.

Each line of stdin names how many `runs`, each line of stdout an outcome; `verdict` is empty where all was well.
Started by `disk.over_it`, since forks need the disk's control to be killed at a point.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from faults.disk import KILL, Fault
from faults.films import FAULT_OF_OURS, Ended, Stage, film_of, projects_of, stage, unfinished_in
from faults.forks import begun

# The first rename of the cut: speech and pieces are there, the film is not.
_BEFORE_THE_END = Fault("rename", 12, KILL)


@dataclass(frozen=True)
class Outcome:
    """What came of so many runs at once, and of as many resumes of one killed run."""

    at_once: int
    verdict: str


class Trials:
    """Runs at once on one stage, each film laid beside an undisturbed one."""

    def __init__(self, ground: Stage) -> None:
        self._stage = ground
        (ground.folder / "said").mkdir()
        root = ground.new_root()
        whole = begun(ground, ground.made_in(root)).ended()
        assert whole.code == 0, whole.err
        self._film = film_of(root, projects_of(root)[0].id)

    def tried(self, at_once: int) -> Outcome:
        """Return what came of so many at once."""
        return Outcome(at_once, "; ".join([*self._runs(at_once), *self._resumes(at_once)]))

    def _runs(self, at_once: int) -> Iterator[str]:
        root = self._stage.new_root()
        runs = [begun(self._stage, self._stage.made_in(root)) for _ in range(at_once)]
        ended = [run.ended() for run in runs]
        yield from _failed(ended)
        projects = projects_of(root)
        paths = {one.video_path for one in projects}
        if len(projects) != at_once or len(paths) != at_once:
            yield f"{len(projects)} projects with the videos {paths}"
        for one in projects:
            if unlike := film_of(root, one.id).unlike(self._film):
                yield f"another film: {unlike}; said {[run.err for run in ended]}"
        if left := unfinished_in(self._stage.folder):
            yield f"left behind: {left}"
        self._stage.drop(root)

    def _resumes(self, at_once: int) -> Iterator[str]:
        root = self._stage.new_root()
        begun(self._stage, self._stage.made_in(root), _BEFORE_THE_END).ended()
        project_id = projects_of(root)[0].id
        resumes = [
            begun(self._stage, self._stage.resumed_in(root, project_id)) for _ in range(at_once)
        ]
        ended = [run.ended() for run in resumes]
        busy = [one for one in ended if one.code and "in the making already" in one.err]
        yield from _failed([one for one in ended if one not in busy])
        if len(busy) == at_once:
            yield "nobody went on"
        for one in busy:
            if len(one.err.strip().splitlines()) != 1:
                yield f"said {one.err!r}"
        if unlike := film_of(root, project_id).unlike(self._film):
            yield f"another film: {unlike}; said {[run.err for run in ended]}"
        self._stage.drop(root)


def _failed(ended: list[Ended]) -> Iterator[str]:
    for one in ended:
        if one.code or FAULT_OF_OURS.search(one.err):
            yield f"ended with {one.code}: {one.err!r}"


def main() -> None:
    """Try each number that stdin names."""
    with stage() as ground:
        trials = Trials(ground)
        print(json.dumps("ready"), flush=True)
        for line in sys.stdin:
            print(json.dumps(asdict(trials.tried(json.loads(line)["runs"]))), flush=True)


if __name__ == "__main__":
    main()
    # Loaded parts would clean up what is gone with the stage.
    os._exit(0)
