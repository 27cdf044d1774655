"""What speech costs and how good it is, over the 25 scenes of narration.md.

    python benchmarks/bench_voice.py [--scenes 25] [--workers 2] [--voice af_sky]

Prints speed, memory, the length told beforehand against the length spoken, word times against a
forced aligner's, and the words that a recogniser hears, beside espeak-ng's. Keeps them as JSON, and
the spread of the word times as a plot, in docs/benchmarks.
"""

from __future__ import annotations

import argparse
import json
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import numpy as np
import psutil
import soundfile
from listening import align, espeak, recognise, word_errors, words_of
from numpy.typing import NDArray

from videogen.domain.script import Scene
from videogen.domain.speech import VoicedScene
from videogen.executors import executor
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.level import loudness, true_peak
from videogen.voiceover.speak import SpeechJob, load_voice, speak_scene
from videogen.voiceover.voice import Voice

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs" / "benchmarks"
MEBIBYTE = 2**20

Errors = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; seconds, MiB, LUFS and dBTP, shares of one."""

    scenes: int
    workers: int
    threads_a_worker: int
    speech_seconds: float
    wall_real_time_factor: float
    cpu_real_time_factor: float
    memory_largest_worker: float
    memory_all_workers: float
    telling_share_of_speaking: float
    largest_error_of_told_length: float
    loudness_least: float
    loudness_most: float
    true_peak_most: float
    word_start_error_median: float
    word_start_error_95_percent: float
    word_end_error_median: float
    word_end_error_95_percent: float
    words: int
    word_error_rate: float
    word_error_rate_of_espeak: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """One scene as a worker made it, and the CPU seconds that took."""

    voiced: VoicedScene
    cpu: float


class MemoryWatch:
    """Watches the memory of this process's children, MiB: the largest's, and all together.

    Together, a page that several share counts once (Linux's proportional set size).
    """

    def __init__(self) -> None:
        self.largest = self.together = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        me = psutil.Process()
        while not self._done.wait(0.5):
            try:
                each = [child.memory_full_info() for child in me.children()]
            except psutil.NoSuchProcess:
                continue
            self.largest = max([self.largest, *(one.rss / MEBIBYTE for one in each)])
            self.together = max(self.together, sum(one.pss for one in each) / MEBIBYTE)


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenes", type=int, default=25)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--voice", default="af_sky")
    parser.add_argument("--folder", type=Path, default=Path("build/bench-voice"))
    chosen = parser.parse_args()
    texts = (HERE / "narration.md").read_text(encoding="utf-8").split("\n\n")[: chosen.scenes]
    folder: Path = chosen.folder
    threads = max(1, (os.cpu_count() or 1) // chosen.workers)
    setup = VoiceSetup(folder / "cache", threads=threads)
    engine = voice_engine(setup)
    engine.prepare()
    voice = Voice(engine, chosen.voice)
    jobs = [
        SpeechJob(
            voice.pace(Scene(n, text), 1.0, 0.6),
            setup,
            folder / f"{n}.mp3",
            folder / f"{n}.flac",
            folder / f"{n}.json",
        )
        for n, text in enumerate(texts, 1)
    ]
    figures, errors = measured(jobs, chosen.workers)
    for name, value in asdict(figures).items():
        print(f"{name.replace('_', ' '):34} {value:10.3f}")
    DOCS.mkdir(parents=True, exist_ok=True)
    (DOCS / "voice.json").write_text(json.dumps(asdict(figures), indent=1) + "\n", "utf-8")
    plot(errors, DOCS / "voice.svg")


def measured(jobs: Sequence[SpeechJob], workers: int) -> tuple[Figures, dict[str, Errors]]:
    """Speak all scenes in workers as a run does, and compare what came out."""
    with MemoryWatch() as memory, executor("processes", workers) as pool:
        # A run's workers load the model while the script is still being fitted.
        for each in [
            pool.submit(load_voice, job.setup, job.scene.utterance.voice) for job in jobs[:workers]
        ]:
            each.result()
        started = time.perf_counter()
        spoken = list(pool.map(timed, jobs))
        wall = time.perf_counter() - started
    made = [each.voiced for each in spoken]
    speech = sum(each.seconds for each in made)
    cpu = sum(each.cpu for each in spoken)
    told, telling = told_lengths(jobs)
    levels = [soundfile.read(each.master_path, dtype="float32") for each in made]
    loud = [loudness(*level) for level in levels]
    starts, ends = word_time_errors(jobs, made)
    words, ours, theirs = heard_errors(made)
    figures = Figures(
        scenes=len(jobs),
        workers=workers,
        threads_a_worker=jobs[0].setup.threads,
        speech_seconds=speech,
        wall_real_time_factor=wall / speech,
        cpu_real_time_factor=cpu / speech,
        memory_largest_worker=memory.largest,
        memory_all_workers=memory.together,
        telling_share_of_speaking=telling / cpu,
        largest_error_of_told_length=max(
            abs(known - each.seconds) for known, each in zip(told, made, strict=True)
        ),
        loudness_least=min(loud),
        loudness_most=max(loud),
        true_peak_most=max(true_peak(*level) for level in levels),
        word_start_error_median=float(np.median(starts)),
        word_start_error_95_percent=float(np.percentile(starts, 95)),
        word_end_error_median=float(np.median(ends)),
        word_end_error_95_percent=float(np.percentile(ends, 95)),
        words=words,
        word_error_rate=ours / words,
        word_error_rate_of_espeak=theirs / words,
    )
    return figures, {"start of a word": starts, "end of a word": ends}


def timed(job: SpeechJob) -> Spoken:
    """Speak a scene and count its CPU seconds."""
    started = time.process_time()
    made = speak_scene(job)
    return Spoken(made, time.process_time() - started)


def told_lengths(jobs: Sequence[SpeechJob]) -> tuple[list[float], float]:
    """Return each scene's length as told beforehand, and the CPU seconds that telling all took."""
    engine = voice_engine(jobs[0].setup)
    engine.measure(jobs[0].scene.utterance, 1.0)
    started = time.process_time()
    told = [engine.measure(job.scene.utterance, job.scene.speed) for job in jobs]
    return told, time.process_time() - started


def word_time_errors(
    jobs: Sequence[SpeechJob], made: Sequence[VoicedScene]
) -> tuple[Errors, Errors]:
    """Return by how many seconds each shown word's start and end differ from the aligner's.

    Where figures are shown for several words, the first's start and the last's end count.
    """
    starts, ends = [], []
    for job, scene in zip(jobs, made, strict=True):
        samples, rate = soundfile.read(scene.master_path, dtype="float32")
        found = iter(align(samples, rate, scene.paced.spoken_text))
        shown = iter(scene.words)
        for part in job.scene.passages:
            ours = [next(shown) for _ in part.shown]
            heard = [next(found) for _ in words_of(" ".join(part.spoken))]
            if heard:
                starts.append(abs(ours[0].start - heard[0].start))
                ends.append(abs(ours[-1].end - heard[-1].end))
    return np.array(starts), np.array(ends)


def heard_errors(made: Sequence[VoicedScene]) -> tuple[int, int, int]:
    """Return the words said, and how many the recogniser got wrong of ours and of espeak-ng's."""
    words = ours = theirs = 0
    for scene in made:
        said = words_of(scene.paced.spoken_text)
        words += len(said)
        samples, rate = soundfile.read(scene.master_path, dtype="float32")
        ours += word_errors(said, recognise(samples, rate))
        theirs += word_errors(said, recognise(*espeak(scene.paced.spoken_text)))
    return words, ours, theirs


def plot(errors: dict[str, Errors], path: Path) -> None:
    """Draw which share of the words lies within which error, and the two goals."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 3.6), layout="constrained")
    axes = figure.subplots()
    for name, values in errors.items():
        ordered = np.sort(values) * 1000
        axes.plot(ordered, np.arange(1, len(ordered) + 1) / len(ordered), label=name)
    axes.plot([60, 150], [0.5, 0.95], "kx", label="wanted: median 60 ms, 95 % 150 ms")
    axes.set_xlim(0, 200)
    axes.set_xlabel("difference from a forced aligner, ms")
    axes.set_ylabel("share of the words")
    axes.legend()
    figure.savefig(path)


if __name__ == "__main__":
    main()
