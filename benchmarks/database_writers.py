"""How many runs one database serves: the rows of films written side by side, as fast as they can be.

    python benchmarks/database_writers.py [--scenes 25] [--writers 1 4 8]

Each writer is a process that records one film, each fact in a transaction of its own, as a run does; a
real run does so over minutes. Into an SQLite file of the app's shape, and into a PostgreSQL server that
is started for it (Debian's package) and that, as SQLite, waits for the disk at each commit.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from database_soak import whole_run
from fakes import app_database, postgres_server
from fakes.app_database import translated

from videogen.db.create import create
from videogen.db.engine import connect
from videogen.db.ledger import Ledger


def main() -> None:
    """Measure each database with each number of writers, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenes", type=int, default=25)
    parser.add_argument("--writers", type=int, nargs="+", default=[1, 4, 8])
    chosen = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        create(folder / "videogen.db")
        urls = {"SQLite": f"sqlite:///{folder}/videogen.db"}
        if binaries := postgres_server.programs():
            place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vg-pg-")))
            url = stack.enter_context(postgres_server.server(place, binaries, "-c fsync=on"))
            for statement in app_database.PLAIN:
                postgres_server.execute(url, translated(statement))
            urls["PostgreSQL"] = url
        for name, url in urls.items():
            for count in chosen.writers:
                told = measured(url, count, chosen.scenes, folder)
                print(f"{name:>10}  {count:2} writers  {told}", flush=True)


def measured(url: str, count: int, scenes: int, folder: Path) -> str:
    """Let so many writers record a film each; return what it took, as a line."""
    spawn = multiprocessing.get_context("spawn")
    results, start, opening = spawn.Queue(), spawn.Barrier(count + 1), spawn.Lock()
    names = [f"film-{count}-{number}" for number in range(count)]
    writers = [
        spawn.Process(target=record, args=(url, name, scenes, folder, opening, start, results))
        for name in names
    ]
    for writer in writers:
        writer.start()
    start.wait()
    began = time.perf_counter()
    found = [results.get() for _ in writers]
    wall = time.perf_counter() - began
    for writer in writers:
        writer.join()
    took = sorted(seconds for one, _, _ in found for seconds in one)
    lost = sum(one for _, _, one in found)
    cpu = sum(one for _, one, _ in found) / count
    return (
        f"{len(took) / wall:6.0f} writes/s  a write: median {1000 * took[len(took) // 2]:.1f} ms, "
        f"99 % {1000 * took[len(took) * 99 // 100]:.0f} ms, longest {1000 * took[-1]:.0f} ms  "
        f"{len(took) // count} writes and {cpu:.2f} s of processor a film  {lost} lost"
    )


def record(
    url: str, name: str, scenes: int, folder: Path, opening: Any, start: Any, results: Any
) -> None:
    """Record a film once all are ready; tell the seconds of each write, of the processor, and losses."""
    with opening:
        ledger = Ledger(connect(url), name, folder / f"{name}.json", folder)
    told = list(whole_run(scenes))
    start.wait()
    took, before = [], time.process_time()
    for fact in told:
        began = time.perf_counter()
        ledger.record(fact)
        took.append(time.perf_counter() - began)
    results.put((took, time.process_time() - before, len(ledger.warnings)))


if __name__ == "__main__":
    main()
