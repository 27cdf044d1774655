"""A language model that writes as models do: badly in a way that a test chooses."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

BEHAVIOURS = (
    "exact",
    "short",
    "lazy repeats",
    "long",
    "uneven",
    "missing",
    "misnumbered",
    "prose",
    "duplicates",
    "empty",
    "cut off",
)
_ADJECTIVES = [
    "quiet",
    "modern",
    "heavy",
    "narrow",
    "distant",
    "careful",
    "silver",
    "early",
    "broad",
    "hidden",
]
_NOUNS = [
    "carrier",
    "engineer",
    "harbor",
    "signal",
    "captain",
    "reactor",
    "convoy",
    "satellite",
    "island",
    "officer",
    "turbine",
    "machine",
    "coast",
    "river",
    "sailor",
    "factory",
    "airfield",
    "museum",
    "student",
    "village",
]
_VERBS = [
    "crosses",
    "follows",
    "protects",
    "measures",
    "changes",
    "supports",
    "reaches",
    "guards",
    "watches",
    "builds",
]
_PLACES = [
    "the northern coast",
    "the open sea",
    "a crowded port",
    "the control room",
    "the old canal",
]


def sentences() -> Iterator[list[str]]:
    """Yield sentences of ten or eleven words, no two the same in the first thousands."""
    parts = itertools.product(_ADJECTIVES, _VERBS, _ADJECTIVES, _PLACES)
    for count, (first, verb, second, place) in enumerate(parts):
        subject, thing = _NOUNS[count % 20], _NOUNS[(count * 7 + count // 20 + 3) % 20]
        words = ["The", first, subject, verb, "the", second, thing, "near", *place.split()]
        yield [*words[:-1], f"{words[-1]}."]


class Model:
    """Writes scenes of as many words as it was asked for, times what its behaviour does to them.

    It reads the request as a model would: the numbers of scenes and words are in its text.
    """

    def __init__(self) -> None:
        self._sentences = sentences()

    def answer(self, prompt: str, behaviour: str) -> str:
        told = re.search(r"^Outline of all (\d+) scenes", prompt, re.MULTILINE)
        outline = [f"Part {n} tells more" for n in range(1, int(told[1]) + 1)] if told else []
        scenes = [self._scene(*asked, behaviour) for asked in _asked_for(prompt)]
        return _distorted(scenes, outline, behaviour)

    def text(self, words: int) -> str:
        said: list[str] = []
        while len(said) < words:
            said += next(self._sentences)
        if extra := len(said) - words:
            # A sentence too long by some words loses them in front of its last one.
            said = [*said[: -extra - 1], said[-1]]
        return " ".join(said)

    def _scene(self, number: int, words: int, behaviour: str) -> dict[str, Any]:
        factor = {"short": 0.6, "lazy repeats": 0.6, "long": 1.3}.get(behaviour, 1.0)
        if behaviour == "uneven":
            factor = 0.4 if number % 2 else 1.6
        return {
            "scene_number": number,
            "title": f"Part {number} of It",
            "text": self.text(max(1, round(words * factor))),
            "on_screen": "",
            "visual_keywords": ["carrier at sea", "harbor"],
            "search_queries": ["aircraft carrier", "harbor"],
        }


def _asked_for(prompt: str) -> list[tuple[int, int]]:
    """Return the scenes' numbers with the words each should have, or get in addition."""
    named = re.findall(r"^- Scene (\d+): \D*(\d+) words", prompt, re.MULTILINE)
    if named:
        return [(int(number), int(words)) for number, words in named]
    asked = re.search(r"exactly (\d+) scenes, numbered (\d+) to (\d+)", prompt)
    words = re.search(r"Words in all: (\d+)", prompt)
    assert asked, "the request does not say which scenes it wants"
    assert words, "the request does not say how long it wants them"
    count, first, last = map(int, asked.groups())
    return [(number, round(int(words[1]) / count)) for number in range(first, last + 1)]


def _distorted(scenes: list[dict[str, Any]], outline: list[str], behaviour: str) -> str:
    if behaviour == "missing":
        scenes = [scene for index, scene in enumerate(scenes) if index % 4 != 1]
    for index, scene in enumerate(scenes):
        if behaviour == "misnumbered":
            scene["scene_number"] = 7
        if behaviour in {"duplicates", "lazy repeats"} and index % 3 == 1:
            scene["text"] = scenes[index - 1]["text"]
        if behaviour == "empty" and index % 3 == 1:
            scene["text"] = " "
    film = {
        "title": "A Film",
        "thumbnail_text": "Ships at War",
        "description": "How ships fight.",
        "outline": outline,
        "scenes": scenes,
    }
    written = json.dumps(film)
    if behaviour == "prose":
        return f"Sure! Here is {{your}} script:\n```json\n{written}\n```\nEnjoy, and {{ask}} again."
    if behaviour == "cut off":
        return written[: len(written) * 2 // 3]
    if behaviour == "declined":
        return "I'm sorry, but I can't help with that."
    return written
