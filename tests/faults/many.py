"""Many films in one process: what it holds after each, a JSON object a line; stdin says how many.

Started by `disk.over_it`.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from faults.films import film_of, projects_of, stage, temporary_in, unfinished_in

_PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / 2**20
# Models, fonts and tables are opened by the first films.
WARM = 5


@dataclass(frozen=True)
class Held:
    """What a process holds: MiB of memory, open files, threads, temporary files."""

    memory: float
    files: float
    threads: float
    temporary: float


def held_now(folder: Path) -> Held:
    """Return what this process holds."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    files = sum(1 for _ in Path("/proc/self/fd").iterdir())
    temporary = len(temporary_in(folder) | unfinished_in(folder))
    return Held(pages * _PAGE_MIB, files, threading.active_count(), temporary)


def slopes(held: list[Held]) -> Held:
    """Return by how much each grows a film, by least squares, once all is warm."""
    warm = held[WARM:]
    films = np.arange(len(warm))
    return Held(
        *(
            round(float(np.polyfit(films, [one[field] for one in map(asdict, warm)], 1)[0]), 4)
            for field in Held.__dataclass_fields__
        )
    )


def main() -> None:
    """Make as many films as stdin says."""
    with stage() as ground:
        for _ in range(int(sys.stdin.readline())):
            root = ground.new_root()
            made = ground.run(*ground.made_in(root))
            assert made.code == 0, made.err
            film_of(root, projects_of(root)[0].id)
            ground.drop(root)
            print(json.dumps(asdict(held_now(ground.folder))), flush=True)


if __name__ == "__main__":
    main()
    # Loaded parts would clean up what is gone with the stage.
    os._exit(0)
