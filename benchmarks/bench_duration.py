"""How far a finished film is from the length that was asked for, in the real voice's own lengths.

    python benchmarks/bench_duration.py [--targets 30 60 180 300 600 1800] [--voice af_sky]

Prints a row a writer and target: scenes, requests, speed, seconds finished, error and shortfall. The
models are the tests' fakes, each with one bad habit, in the first answer or ("twice") in the repair
as well; lengths are the voice's `measure`, which the tests hold to be the lengths that it speaks.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from fakes.groq import KEY, FakeGroq
from fakes.loopback import Loopback
from fakes.model import BEHAVIOURS
from fakes.pace import FPS, finished, paced
from fakes.wikipedia import FakeWikipedia, article

from videogen.domain.script import Brief
from videogen.script.pacing import fit
from videogen.script.write import write_script
from videogen.script.writers.base import ScriptWriter
from videogen.script.writers.chat import ChatWriter
from videogen.script.writers.groq import GroqChat
from videogen.script.writers.outline import OutlineWriter
from videogen.script.writers.wikipedia import WikipediaWriter
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.engines.base import VoiceEngine
from videogen.voiceover.voice import Voice

TARGETS = [30, 60, 180, 300, 600, 1800]
TOPIC = "Modern naval warfare"
GROQ = [f"groq {habit}" for habit in BEHAVIOURS]
WRITERS = ["outline", "wikipedia", *GROQ, *(f"{name} twice" for name in GROQ[1:])]


@contextmanager
def writer(name: str) -> Iterator[tuple[ScriptWriter, Loopback | None]]:
    """Open a writer with the habit that its name tells, and the service that it asks."""
    if name == "outline":
        yield OutlineWriter(), None
    elif name == "wikipedia":
        with FakeWikipedia({TOPIC: article(12_000, "History", "Ships", "Tactics")}) as wikipedia:
            yield WikipediaWriter(wikipedia.url), wikipedia
    else:
        habit = name.removeprefix("groq ").removesuffix(" twice")
        with FakeGroq(habit, habit if name.endswith("twice") else "exact") as groq:
            yield ChatWriter(GroqChat(KEY, groq.url, "", patience=1)), groq


def row(engine: VoiceEngine, voice: str, rate: float, name: str, target: float) -> str:
    """Return one line of the table."""
    known: dict[tuple[str, float], float] = {}

    def measure(text: str, speed: float = 1.0) -> float:
        key = (text, speed)
        if key not in known:
            known[key] = Voice(engine, voice).seconds(text, speed)
        return known[key]

    with writer(name) as (chosen, service):
        script = write_script(Brief(TOPIC, target, rate), chosen, measure)
        asked = len(service.requests) if service else 0
    texts = [scene.text for scene in script.scenes]
    pacing = fit(lambda speed: [paced(measure(text, speed), speed) for text in texts], target, FPS)
    seen, speed = finished(pacing.scenes), pacing.scenes[0].speed
    return (
        f"| {name} | {target:g} | {len(texts)} | {asked} | {speed:.3f} | {seen:.2f} "
        f"| {100 * (seen / target - 1):+.2f} % | {pacing.shortfall:.1f} |"
    )


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--targets", type=float, nargs="+", default=TARGETS)
    options.add_argument("--writers", nargs="+", default=WRITERS, choices=WRITERS)
    options.add_argument("--voice", default="af_sky")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = voice_engine(VoiceSetup(Path(folder)))
        rate = Voice(engine, chosen.voice).rate(Path(folder))
        print(f"{chosen.voice} speaks {rate:.2f} words a second at speed 1")
        print("| writer | asked, s | scenes | requests | speed | finished, s | error | short, s |")
        print("|---|---|---|---|---|---|---|---|")
        for name in chosen.writers:
            for target in chosen.targets:
                print(row(engine, chosen.voice, rate, name, target), flush=True)


if __name__ == "__main__":
    main()
