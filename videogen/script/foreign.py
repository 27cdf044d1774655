"""Scenes that a model wrote in another language than the film's; pure."""

from __future__ import annotations

from collections.abc import Sequence

from videogen.domain.script import Brief, Scene
from videogen.language.identification import name_of, other_language
from videogen.script.writers.base import Fault


def foreign(scenes: Sequence[Scene], brief: Brief) -> list[Fault]:
    """Return the scenes that are to be written anew in the film's language; all, if most of it is."""
    is_all = bool(other_language(" ".join(one.text for one in scenes), brief.language))
    return [
        Fault(one.number, "foreign", brief.words_per_scene)
        for one in scenes
        if is_all or other_language(one.text, brief.language)
    ]


def foreign_note(scenes: Sequence[Scene], language: str) -> str:
    """Return what to say of scenes that stayed in another language; nothing of none."""
    found = {one.number: other_language(one.text, language) for one in scenes}
    odd = [number for number, code in found.items() if code]
    if not odd:
        return ""
    names = " and ".join(sorted({name_of(found[number]) for number in odd}))
    told = "The narration is" if len(odd) == len(scenes) else _counted(odd)
    return (
        f"{told} in {names}, not in {name_of(language)}, also when asked for again. "
        "Run again, or choose another --model."
    )


def _counted(numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, numbers))
    return f"Scene {listed} is" if len(numbers) == 1 else f"Scenes {listed} are"
