"""How well a voice's kept rate tells the seconds of texts as scripts are: numerals, years, names."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from videogen.domain.script import Brief
from videogen.language.words import word_count
from videogen.script.writers.file import FileWriter
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.voice import Voice

ROOT = Path(__file__).parents[1]
EXAMPLES = ("tacoma-narrows", "molasses-flood", "tides")
LABELLED = ("apollo", "inflation", "container-ships")
ANSWERS = ROOT / "docs" / "scripts" / "answers"
VOICES = ("af_bella", "af_heart", "am_michael", "bf_emma", "bm_george")


def texts() -> Iterator[tuple[str, list[str]]]:
    """Yield each text's name and scenes: the examples, what `bench-voice` speaks, labelled scenes.

    After those that the text for the rate was chosen by come those that it never saw: a model's
    answers.
    """
    paths = [ROOT / "docs" / "examples" / f"{name}.md" for name in EXAMPLES]
    for path in (*paths, ROOT / "benchmarks" / "narration.md"):
        script = FileWriter(path).write(Brief("", 60, 3.0))
        yield path.stem, [scene.text for scene in script.scenes]
    for name in LABELLED:
        path = ROOT / "tests" / "pictures" / "calibration" / f"{name}.json"
        topic = json.loads(path.read_text(encoding="utf-8"))
        yield name, [scene["text"] for scene in topic["scenes"]]
    for path in sorted(p for p in ANSWERS.glob("*.json") if not p.stem.endswith("repair")):
        yield path.stem, [one["text"] for one in json.loads(path.read_text("utf-8"))["scenes"]]


def main() -> None:
    """Print, for each text and voice, what it lasts beyond its words over the voice's rate."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--voices", nargs="+", default=VOICES)
    voices = options.parse_args().voices
    print("| text | words |", " | ".join(voices), "|")
    print("|---|---|", "---|" * len(voices), sep="")
    with tempfile.TemporaryDirectory() as folder:
        engine = voice_engine(VoiceSetup(Path(folder)))
        spoken = [Voice(engine, name) for name in voices]
        rates = [voice.rate(Path(folder)) for voice in spoken]
        print("| words a second | |", " | ".join(f"{rate:.2f}" for rate in rates), "|")
        for name, scenes in texts():
            words = sum(map(word_count, scenes))
            seconds = [sum(voice.seconds(text, 1.0) for text in scenes) for voice in spoken]
            off = [one * rate / words - 1 for one, rate in zip(seconds, rates, strict=True)]
            print(f"| {name} | {words} |", " | ".join(f"{100 * each:+.1f} %" for each in off), "|")


if __name__ == "__main__":
    main()
