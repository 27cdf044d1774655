"""Reading the scripts that language models really send."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pydantic import (
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from videogen.domain.script import Scene
from videogen.errors import ScriptError
from videogen.script.writers.base import Fault
from videogen.script.writers.json_in_prose import scripts_in

_HALF = re.compile(r"[\ud800-\udfff]")


class SceneAnswer(BaseModel):
    """One scene; the second names of a field are those that models use without a schema."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    number: int = Field(0, validation_alias=AliasChoices("scene_number", "number", "scene"))
    title: str = Field("", validation_alias=AliasChoices("title", "heading"))
    text: str = Field(
        "", validation_alias=AliasChoices("text", "narration", "content", "voiceover")
    )
    keywords: tuple[str, ...] = Field(
        (), validation_alias=AliasChoices("visual_keywords", "keywords")
    )
    queries: tuple[str, ...] = Field((), validation_alias=AliasChoices("search_queries", "queries"))
    on_screen: str = ""

    @model_validator(mode="before")
    @classmethod
    def _forgive(cls, found: Any) -> Any:
        """Take a bare text for a scene, and null for what is left out."""
        told = {"text": found} if isinstance(found, str) else found
        return _present(told) if isinstance(told, dict) else told

    @field_validator("text", mode="before")
    @classmethod
    def _as_a_text(cls, found: Any) -> Any:
        """Take a list of sentences for what they say."""
        return " ".join(map(str, found)) if isinstance(found, list) else found

    @field_validator("keywords", "queries", mode="before")
    @classmethod
    def _as_phrases(cls, found: Any) -> Any:
        """Take one text for the phrases that its commas part."""
        return re.split(r"[,;\n]", found) if isinstance(found, str) else found

    @field_validator("number", mode="before")
    @classmethod
    def _zero_where_unreadable(cls, found: Any) -> int:
        try:
            return int(found)
        except (TypeError, ValueError, OverflowError):
            return 0


class ScriptAnswer(BaseModel):
    """A script, or the part of one that was asked for."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    title: str = ""
    thumbnail_text: str = ""
    description: str = ""
    outline: tuple[str, ...] = ()
    scenes: tuple[SceneAnswer, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _forgive(cls, found: Any) -> Any:
        """Take null for what is left out, no outline for one that is no list, scenes by name."""
        if not isinstance(found, dict):
            return found
        told = _present(found)
        outline, scenes = told.get("outline", []), told.get("scenes")
        return told | {
            "outline": outline if isinstance(outline, list) else [],
            "scenes": list(scenes.values()) if isinstance(scenes, dict) else scenes,
        }


def _present(found: dict[str, Any]) -> dict[str, Any]:
    """Return what is no null, its texts without halves of letters, which a cut emoji leaves."""
    return {name: _whole(value) for name, value in found.items() if value is not None}


def _whole(value: Any) -> Any:
    if isinstance(value, list):
        return [_HALF.sub("", one) if isinstance(one, str) else one for one in value]
    return _HALF.sub("", value) if isinstance(value, str) else value


def read_answer(content: str) -> ScriptAnswer:
    """Return the script in a model's answer: prose around it and a cut-off end are forgiven.

    Raises:
        ScriptError: there is no script in it.
    """
    fault = "there is no JSON object in it"
    for found in scripts_in(_HALF.sub("", content)):
        try:
            return ScriptAnswer.model_validate(found)
        except ValidationError as exc:
            first = exc.errors(include_url=False, include_input=False)[0]
            fault = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    raise ScriptError(
        f"The model's answer holds no usable script: {fault}",
        cure="Run again, or choose another model or writer.",
    )


def scenes_of(answer: ScriptAnswer, wanted: Sequence[int]) -> tuple[Scene, ...]:
    """Return the scenes in order, under the numbers that were `wanted`.

    Numbers that rise within the wanted ones show which scenes are missing; so do those of a model
    that counted from 1 again. Any others are replaced by the order itself, which goes on past the
    last number where there are more.
    """
    numbers = [one.number for one in answer.scenes]
    if not _rising_within(numbers, wanted):
        recounted = [wanted[n - 1] for n in numbers if 1 <= n <= len(wanted)]
        in_order = (*wanted, *range(wanted[-1] + 1, wanted[-1] + 1 + len(numbers)))
        fits = len(recounted) == len(numbers) and _rising_within(recounted, wanted)
        numbers = recounted if fits else list(in_order[: len(numbers)])
    return tuple(
        Scene(
            number=number,
            text=_spaced(one.text),
            title=one.title.strip(),
            keywords=_distinct(one.keywords),
            queries=_distinct(one.queries),
            on_screen=_spaced(one.on_screen),
        )
        for number, one in zip(numbers, answer.scenes, strict=True)
    )


def mended(
    scenes: Sequence[Scene], answer: ScriptAnswer, faults: Sequence[Fault]
) -> tuple[Scene, ...]:
    """Return the scenes with what a repair's answer holds: sent anew, or going on.

    Numbers are believed where each names another scene of the script or of the faults; otherwise
    what came is taken for the faults in their order, or for the whole script where it is as long.
    """
    placed = {scene.number: scene for scene in scenes}
    wanted = {fault.scene: fault for fault in faults}
    numbers = [one.number for one in answer.scenes]
    known = sorted({*placed, *wanted})
    if len(set(numbers)) < len(numbers) or not set(numbers) <= set(known):
        numbers = known if len(numbers) == len(known) else list(wanted)
    for number, one in zip(numbers, answer.scenes, strict=False):
        (sent,) = scenes_of(ScriptAnswer(scenes=(one,)), [number])
        fault = wanted.get(number)
        if not sent.text:
            continue
        if fault and fault.kind == "short":
            placed[number] = _going_on(placed[number], sent.text, fault.sentence)
        elif fault and fault.kind == "foreign":
            placed[number] = _over(replace(placed[number], title="", on_screen=""), sent)
        elif fault or number not in placed:
            placed[number] = _over(placed.get(number), sent)
    return tuple(placed[number] for number in sorted(placed))


def _going_on(scene: Scene, text: str, last: str) -> Scene:
    """Return a scene with more text, before its `last` sentence where that is to stay the last.

    Models that send some of the scene again are forgiven.
    """
    begun = scene.text.removesuffix(last).rstrip()
    added = text.removesuffix(last).strip().removeprefix(begun).strip()
    return replace(scene, text=" ".join(filter(None, (begun, added, last))))


def _over(scene: Scene | None, sent: Scene) -> Scene:
    """Return a scene as sent anew; what was left out of it stays as it was."""
    if scene is None:
        return sent
    return replace(
        sent,
        title=sent.title or scene.title,
        keywords=sent.keywords or scene.keywords,
        queries=sent.queries or scene.queries,
        on_screen=sent.on_screen or scene.on_screen,
    )


def _rising_within(numbers: Sequence[int], wanted: Sequence[int]) -> bool:
    return all(a < b for a, b in pairwise(numbers)) and set(numbers) <= set(wanted)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _distinct(phrases: Sequence[str]) -> tuple[str, ...]:
    kept = {phrase.strip().casefold(): phrase.strip() for phrase in reversed(phrases)}
    return tuple(kept[key] for key in reversed(kept) if key)
