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
    "thinking",
    "almost json",
    "another form",
    "one scene",
    "half scenes",
    "talk of the film",
    "another language",
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


_SPANISH_NOUNS = "barco puerto motor río canal faro museo avión pueblo capitán".split()
_SPANISH_VERBS = "cruza sigue protege mide cambia guarda mira construye".split()


def spanish() -> Iterator[list[str]]:
    """Yield sentences of eleven words, no two the same in the first hundreds."""
    for third, verb, other, one in itertools.product(
        _SPANISH_NOUNS, _SPANISH_VERBS, _SPANISH_NOUNS, _SPANISH_NOUNS
    ):
        yield ["El", one, "que", verb, "el", other, "está", "muy", "cerca", "del", f"{third}."]


def sentences() -> Iterator[list[str]]:
    """Yield sentences of ten or eleven words, no two the same in the first thousands."""
    parts = itertools.product(_ADJECTIVES, _VERBS, _ADJECTIVES, _PLACES)
    for count, (first, verb, second, place) in enumerate(parts):
        subject, thing = _NOUNS[count % 20], _NOUNS[(count * 7 + count // 20 + 3) % 20]
        words = ["The", first, subject, verb, "the", second, thing, "near", *place.split()]
        yield [*words[:-1], f"{words[-1]}."]


class Model:
    """Writes scenes of as many words as it was asked for, times what its behaviour does to them.

    It reads the request as a model would: the numbers of scenes and words are in its text, and so
    is the language, English or Spanish.
    """

    def __init__(self) -> None:
        self._english, self._spanish = sentences(), spanish()
        self._sentences = self._english

    def answer(self, prompt: str, behaviour: str) -> str:
        is_spanish = "Language of the narration: Spanish" in prompt
        if behaviour == "another language":
            is_spanish = not is_spanish
        self._sentences = self._spanish if is_spanish else self._english
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


def _halves(scene: dict[str, Any]) -> list[dict[str, Any]]:
    words = scene["text"].split()
    middle = len(words) // 2
    number = 2 * scene["scene_number"]
    return [
        scene | {"scene_number": number - 1, "text": f"{' '.join(words[:middle])}."},
        scene | {"scene_number": number, "text": " ".join(words[middle:])},
    ]


def _distorted(scenes: list[dict[str, Any]], outline: list[str], behaviour: str) -> str:
    for index, scene in enumerate(scenes):
        _spoil(scene, scenes[index - 1], index, behaviour)
    film = {
        "title": "A Film",
        "thumbnail_text": "Ships at War",
        "description": "How ships fight.",
        "outline": outline,
        "scenes": _cut_otherwise(scenes, behaviour),
    }
    return _wrapped({"script": film} if behaviour == "another form" else film, behaviour)


def _spoil(scene: dict[str, Any], before: dict[str, Any], index: int, behaviour: str) -> None:
    if behaviour == "misnumbered":
        scene["scene_number"] = 7
    if behaviour in {"duplicates", "lazy repeats"} and index % 3 == 1:
        scene["text"] = before["text"]
    if behaviour == "empty" and index % 3 == 1:
        scene["text"] = " "
    if behaviour == "another form":
        scene["visual_keywords"] = ", ".join(scene["visual_keywords"])
        scene["scene_number"] = f"Scene {scene['scene_number']}"
    if behaviour == "talk of the film":
        scene["text"] = f"In this video, we look at part {index + 1}. {scene['text']} Stay tuned!"


def _cut_otherwise(scenes: list[dict[str, Any]], behaviour: str) -> list[dict[str, Any]]:
    if behaviour == "missing":
        return [scene for index, scene in enumerate(scenes) if index % 4 != 1]
    if behaviour == "one scene":
        return [scenes[0] | {"text": " ".join(scene["text"] for scene in scenes)}]
    if behaviour == "half scenes":
        return [half for scene in scenes for half in _halves(scene)]
    return scenes


def _wrapped(film: dict[str, Any], behaviour: str) -> str:
    written = json.dumps(film)
    loose = written.replace("}", ",}").replace("],", "], // so much for these\n")
    draft = '{"scenes": [{"text": "Ships."}]}'
    wrapped = {
        "almost json": loose,
        "thinking": f"<think>Perhaps {draft}? Too short.</think>\n{written}",
        "prose": f"Sure! Here is {{your}} script:\n```json\n{written}\n```\nEnjoy, and {{ask}} again.",
        "cut off": written[: len(written) * 2 // 3],
        "declined": "I'm sorry, but I can't help with that.",
    }
    return wrapped.get(behaviour, written)
