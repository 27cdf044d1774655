"""How long `videogen check` takes as a whole process, on a file with 100,000 projects and on an empty one.

Run it with: python benchmarks/schema_check.py
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from videogen.db.create import create

PROJECTS = 100_000
ROUNDS = 5


def measure(path: Path) -> tuple[float, float]:
    """Return the median seconds of a check, on the clock and of the processor."""
    walls, cpus = [], []
    for _ in range(ROUNDS):
        wall, before = time.perf_counter(), os.times()
        subprocess.run(
            [sys.executable, "-m", "videogen", "check", "--database", str(path)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        after = os.times()
        walls.append(time.perf_counter() - wall)
        cpus.append(
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )
    return statistics.median(walls), statistics.median(cpus)


def main() -> None:
    """Make both files, check them in turn, print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder) / "empty.db", Path(folder) / "full.db"
        for path in (empty, full):
            create(path)
        with closing(sqlite3.connect(full)) as connection, connection:
            connection.executemany(
                "INSERT INTO projects (id, name, topic) VALUES (?, 'n', 't')",
                ((f"id-{number}",) for number in range(PROJECTS)),
            )
        figures = {path.stem: measure(path) for path in (empty, full)}
    for name, (wall, cpu) in figures.items():
        print(f"{name}: {wall:.2f} s, {cpu:.2f} s of processor time")
    print(f"full to empty: {figures['full'][1] / figures['empty'][1]:.2f}")


if __name__ == "__main__":
    main()
