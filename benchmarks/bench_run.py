"""What a whole film costs, by stage: now, and as it was at another commit, in turns on one machine.

    python benchmarks/bench_run.py [--duration 300] [--before COMMIT] [--pairs 1] [--scenes 25]

Speaks narration.md, shows filmed clips for two scenes of three and cards for the others, and prints
CPU seconds of all processes, wall time, peak memory and seconds a stage; writes them as JSON. Where
others use the machine as well, CPU seconds are what counts, and ratios within a pair.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench_assembly import Peak, footage
from slugify import slugify

HERE = Path(__file__).resolve().parent
NOW = "now"
# Of so many scenes, one shows a card.
CARD_EVERY = 3


@dataclass(frozen=True, slots=True)
class RunCost:
    """CPU and wall in seconds, peak resident memory in MiB, bytes of the film, seconds a stage."""

    cpu: float
    wall: float
    memory: float
    size: int
    stages: dict[str, float]


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--duration", type=float, default=300)
    parser.add_argument("--scenes", type=int, default=25)
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--quality", default="good")
    parser.add_argument("--before", help="a commit to measure as well")
    parser.add_argument("--pairs", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("build/bench-run"))
    chosen = parser.parse_args()
    folder: Path = chosen.folder.resolve()
    script, clips = material(folder, chosen.scenes)
    asked = ["--script", script, "--fit", "--duration", chosen.duration, "--size", chosen.size]
    asked += ["--clips", clips, "--footage", "local,cards", "--voice", "af_sky"]
    trees = {NOW: (HERE.parent, Path(sys.executable))}
    if chosen.before:
        trees[chosen.before] = checked_out(chosen.before, folder)
    costs: dict[str, list[RunCost]] = {name: [] for name in trees}
    for _ in range(chosen.pairs):
        for name, (tree, python) in trees.items():
            own = ["--quality", chosen.quality] if name == NOW else []
            costs[name].append(measured(tree, python, folder / "film", [*asked, *own]))
            print(f"{name:>10}  {told(costs[name][-1])}", flush=True)
    figures: dict[str, object] = {
        name: [asdict(cost) for cost in found] for name, found in costs.items()
    }
    if chosen.before:
        for measure in ("cpu", "wall", "size"):
            pairs = zip(costs[NOW], costs[chosen.before], strict=True)
            ratios = [getattr(now, measure) / getattr(before, measure) for now, before in pairs]
            figures[f"{measure}_against_before"] = statistics.median(ratios)
            print(f"{measure} against {chosen.before}: {statistics.median(ratios):.3f}")
    (folder / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")


def told(cost: RunCost) -> str:
    """Return the figures of a run as a line."""
    stages = ", ".join(f"{name} {seconds:.0f}" for name, seconds in cost.stages.items())
    return (
        f"cpu {cost.cpu:6.1f} s  wall {cost.wall:6.1f} s  peak {cost.memory:5.0f} MiB  "
        f"{cost.size / 1e6:.1f} MB  ({stages} s)"
    )


def material(folder: Path, scenes: int) -> tuple[Path, Path]:
    """Write a script of so many scenes and clips that are named after what it says."""
    clips = folder / "clips"
    clips.mkdir(parents=True, exist_ok=True)
    filmed = footage(folder)
    texts = (HERE / "narration.md").read_text(encoding="utf-8").strip().split("\n\n")[:scenes]
    for number, text in enumerate(texts):
        shown = clips / f"{slugify(text, separator=' ', max_length=80)}.mp4"
        if number % CARD_EVERY and not shown.exists():
            shown.hardlink_to(filmed[number % len(filmed)].path)
    script = folder / "script.md"
    script.write_text("\n\n".join(texts), encoding="utf-8")
    return script, clips


def checked_out(commit: str, folder: Path) -> tuple[Path, Path]:
    """Return a work tree of this repository at a commit, and a Python with what it needed then."""
    tree = folder / commit
    if not tree.exists():
        command = ["git", "-C", str(HERE), "worktree", "add", "--detach", str(tree), commit]
        subprocess.run(command, check=True)
    python = tree / ".venv" / "bin" / "python"
    subprocess.run(
        ["make", "-C", tree, f"PYTHON={sys.executable}", ".venv/bin/.installed"], check=True
    )
    return tree, python


def measured(tree: Path, python: Path, root: Path, asked: Sequence[object]) -> RunCost:
    """Make a film anew by the program in a work tree, and watch all its processes."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    called = [str(python), "-m", "videogen"]
    # What one version keeps for later another may not read.
    cache = root.parent / "caches" / tree.name
    surroundings = {**os.environ, "PYTHONPATH": str(tree), "VIDEOGEN_CACHE": str(cache)}
    database = root / "videogen.db"
    subprocess.run([*called, "db", "create", database], check=True, cwd=root, env=surroundings)
    command = [*called, "run", "--root", root, "--database", database, *asked, "--json"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    with subprocess.Popen(
        [str(part) for part in command], cwd=root, env=surroundings, stdout=subprocess.PIPE
    ) as run:
        peak = Peak(run.pid)
        answer, _ = run.communicate()
        memory = peak.stop()
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if run.returncode:
        sys.exit(f"The run by {tree} failed")
    made = json.loads(answer)
    size = (root / made["video_path"]).stat().st_size
    return RunCost(cpu, wall, memory, size, made["timings"])


if __name__ == "__main__":
    main()
