"""Scenes that hold the words of several, divided where sentences end; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from videogen.domain.script import Scene
from videogen.language.sentences import sentences
from videogen.language.words import word_count


def divided(
    scenes: Sequence[Scene], wanted: Sequence[int], words: int, language: str
) -> tuple[Scene, ...]:
    """Return the scenes, those of two scenes' words and more in parts of about so many `words`.

    There are never more than the `wanted` numbers, which all get where one was divided. What its
    pictures show is known of a part that begins a scene alone.
    """
    parts: list[Scene] = []
    for index, scene in enumerate(scenes):
        room = len(wanted) - len(parts) - (len(scenes) - index - 1)
        count = min(round(word_count(scene.text) / words), room)
        parts += _parts(scene, count, language) if count > 1 else [scene]
    if len(parts) == len(scenes):
        return tuple(scenes)
    return tuple(replace(one, number=n) for one, n in zip(parts, wanted, strict=False))


def _parts(scene: Scene, count: int, language: str) -> Iterator[Scene]:
    """Yield at most so many scenes as even as whole sentences can be."""
    said = sentences(scene.text, language)
    total, before = word_count(scene.text), 0
    texts: list[list[str]] = [[] for _ in range(count)]
    for sentence in said:
        length = word_count(sentence)
        # By where its middle lies.
        texts[min(count - 1, (2 * before + length) * count // (2 * total))].append(sentence)
        before += length
    for place, text in enumerate(" ".join(one) for one in texts if one):
        shown = scene if place == 0 else Scene(scene.number, text)
        on_screen = scene.on_screen if scene.on_screen in text else ""
        yield replace(shown, text=text, on_screen=on_screen)
