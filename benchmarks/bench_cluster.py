"""What a film costs on a dask cluster of this machine, by how many workers, and what it costs the run itself.

    python benchmarks/bench_cluster.py [--scenes 5] [--size 640x360] [--workers 1 2]

Makes a film of the first scenes of narration.md, cards only, through a scheduler and workers on the loopback, files by a shared folder,
after one that loads the voice. The run's own processor time is what each film asks of the machine that
writes to the database; wall time counts only where nothing else is at work.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

import clusters  # noqa: E402

VIDEOGEN = (sys.executable, "-m", "videogen")


def main() -> None:
    """Measure with each number of workers, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenes", type=int, default=5)
    parser.add_argument("--size", default="640x360")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--folder", type=Path, default=Path("build/bench-cluster"))
    chosen = parser.parse_args()
    folder: Path = chosen.folder.resolve()
    shutil.rmtree(folder / "cluster", ignore_errors=True)
    texts = (HERE / "narration.md").read_text(encoding="utf-8").strip().split("\n\n")
    script = folder / "script.md"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text("\n\n".join(texts[: chosen.scenes]), encoding="utf-8")
    look = ["--size", chosen.size, "--voice", "af_sky", "--footage", "cards"]
    asked = ["--script", script, *look]
    walls = []
    for count in chosen.workers:
        place = folder / "cluster" / str(count)
        place.mkdir(parents=True)
        with ExitStack() as stack:
            address, _ = stack.enter_context(clusters.scheduler(place))
            for number in range(count):
                stack.enter_context(clusters.worker(place / f"worker-{number}", address))
            where = ["--executor", f"dask:{address}", "--shared", place / "shared"]
            made_by(place / "first", [*asked, *where])
            cpu, wall, size, kept = made_by(place / "second", [*asked, *where])
        walls.append(wall)
        print(
            f"{count} workers: wall {wall:.1f} s ({walls[0] / wall:.2f} times as fast), "
            f"the run itself {cpu:.1f} s of processor; video {size / 1e6:.1f} MB, "
            f"all that is kept {kept / 1e6:.1f} MB",
            flush=True,
        )


def made_by(root: Path, asked: list[object]) -> tuple[float, float, int, int]:
    """Make a film; return processor and wall seconds of the run, bytes of the video and of all files."""
    root.mkdir()
    database = root / "videogen.db"
    subprocess.run([*VIDEOGEN, "db", "create", database], check=True, cwd=root)
    command = [*VIDEOGEN, "run", "--root", root, "--database", database, *asked, "--json"]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [str(part) for part in command], cwd=root, check=True, stdout=subprocess.PIPE
    )
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    video = root / json.loads(done.stdout)["video_path"]
    kept = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    return cpu, wall, video.stat().st_size, kept


if __name__ == "__main__":
    main()
