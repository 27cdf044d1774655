"""Kept files that are damaged: each line of stdin a way, each line of stdout an outcome for every file.

`verdict` is empty where all was well. Started by `disk.over_it`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from faults.films import FAULT_OF_OURS, Stage, film_of, projects_of, stage

# What a run writes to be found by the next one; the database and the film itself are the user's.
_KEPT = ("output/work/*/*.json", "output/work/*/*.flac", "output/work/*/cut/*", "output/audio/*/*")


def _flipped(kept: bytes) -> bytes:
    middle = len(kept) // 2
    return kept[:middle] + bytes([kept[middle] ^ 1]) + kept[middle + 1 :] if kept else b"?"


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut short": lambda kept: kept[: len(kept) // 2],
    "a bit flipped": _flipped,
    "zeros": lambda kept: bytes(len(kept)),
    "longer": lambda kept: kept + b"\n",
}


@dataclass(frozen=True)
class Outcome:
    """What came of one way to damage: how many files, and what was wrong with going on."""

    way: str
    files: int
    verdict: str


class Trials:
    """A finished film whose kept files are damaged one after the other."""

    def __init__(self, ground: Stage) -> None:
        self._stage = ground
        self._root = ground.new_root()
        whole = ground.run(*ground.made_in(self._root))
        assert whole.code == 0, whole.err
        self._project_id = projects_of(self._root)[0].id
        self._film = film_of(self._root, self._project_id)

    def tried(self, way: str) -> Outcome:
        """Return what came of damaging each kept file in a way."""
        wrong: list[str] = []
        kept = sorted(self._kept())
        for path in kept:
            wrong += self._wrong(way, path)
        return Outcome(way, len(kept), "; ".join(wrong))

    def _kept(self) -> Iterator[Path]:
        for pattern in _KEPT:
            yield from self._root.glob(pattern)
        yield from (self._stage.cache / "footage").rglob("*.*")

    def _wrong(self, way: str, path: Path) -> Iterator[str]:
        if not path.exists():
            return  # an earlier one of them was made again under another name
        path.write_bytes(WAYS[way](path.read_bytes()))
        again = self._stage.run(*self._stage.resumed_in(self._root, self._project_id))
        if again.code or FAULT_OF_OURS.search(again.err):
            yield f"{path}: {again.code}: {again.err!r}"
        elif unlike := film_of(self._root, self._project_id).unlike(self._film):
            yield f"{path}: another film: {unlike}"


def main() -> None:
    """Try each way that stdin names."""
    with stage() as ground:
        trials = Trials(ground)
        print(json.dumps("ready"), flush=True)
        for line in sys.stdin:
            print(json.dumps(asdict(trials.tried(json.loads(line)))), flush=True)


if __name__ == "__main__":
    main()
    # Loaded parts would clean up what is gone with the stage.
    os._exit(0)
