"""The JSON form of a script: the schema models are held to, and reading what they really send."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
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
from pydantic_core import from_json

from videogen.domain import Scene
from videogen.errors import ScriptError


class SceneAnswer(BaseModel):
    """One scene; the second names of a field are those that models use without a schema."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    number: int = Field(0, validation_alias=AliasChoices("scene_number", "number", "scene"))
    title: str = Field("", validation_alias=AliasChoices("title", "heading"))
    text: str = Field("", validation_alias=AliasChoices("text", "narration", "content"))
    keywords: tuple[str, ...] = Field(
        (), validation_alias=AliasChoices("visual_keywords", "keywords")
    )
    queries: tuple[str, ...] = Field((), validation_alias=AliasChoices("search_queries", "queries"))

    @model_validator(mode="before")
    @classmethod
    def _forgive(cls, found: Any) -> Any:
        """Take a bare text for a scene, and null for what is left out."""
        if isinstance(found, dict):
            return {name: value for name, value in found.items() if value is not None}
        return {"text": found} if isinstance(found, str) else found

    @field_validator("number", mode="before")
    @classmethod
    def _zero_where_unreadable(cls, found: Any) -> int:
        try:
            return int(found)
        except (TypeError, ValueError, OverflowError):
            return 0


class ScriptAnswer(BaseModel):
    """A whole script."""

    title: str = ""
    scenes: tuple[SceneAnswer, ...] = Field(min_length=1)


def _strict_object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_WORDS = {"type": "array", "items": {"type": "string"}}

# Strict decoding wants every field required and no other allowed.
SCHEMA = _strict_object(
    {
        "title": {"type": "string"},
        "scenes": {
            "type": "array",
            "items": _strict_object(
                {
                    "scene_number": {"type": "integer"},
                    "title": {"type": "string"},
                    "text": {"type": "string"},
                    "visual_keywords": _WORDS,
                    "search_queries": _WORDS,
                }
            ),
        },
    }
)


def read_answer(content: str) -> ScriptAnswer:
    """Return the script in a model's answer: prose around it and a cut-off end are forgiven.

    Raises:
        ScriptError: there is no script in it.
    """
    fault = "there is no JSON object in it"
    for found in _objects(content):
        try:
            return ScriptAnswer.model_validate(found)
        except ValidationError as exc:
            first = exc.errors(include_url=False, include_input=False)[0]
            fault = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    raise ScriptError(
        f"The model's answer holds no usable script: {fault}",
        cure="Run again, or choose another model or writer.",
    )


def _objects(content: str) -> Iterator[Any]:
    """Yield every JSON object that begins in a text, whole ones before a cut-off one."""
    decoder = json.JSONDecoder(strict=False)
    start = content.find("{")
    while start >= 0:
        try:
            found, end = decoder.raw_decode(content, start)
        except (ValueError, RecursionError):
            start = content.find("{", start + 1)
            continue
        # Scenes that stand alone in a cut-off script are no script.
        if "scenes" in found:
            yield found
        start = content.find("{", end)
    begun = content.rfind("{", 0, max(0, content.find('"scenes"')))
    if begun >= 0:
        try:
            yield _whole_scenes(from_json(content[begun:], allow_partial=True))
        except ValueError:
            return


def _whole_scenes(found: Any) -> Any:
    """Drop the last scene of a cut-off script: its text may end in the middle."""
    if isinstance(found, dict) and isinstance(found.get("scenes"), list):
        return found | {"scenes": found["scenes"][:-1]}
    return found


def scenes_of(answer: ScriptAnswer, count: int) -> tuple[Scene, ...]:
    """Return the scenes in order, keeping their numbers where these make sense.

    Numbers that rise within 1 to `count` show which scenes are missing; any others are replaced
    by the order itself.
    """
    numbers = [one.number for one in answer.scenes]
    if not _rising(numbers, count):
        numbers = list(range(1, len(numbers) + 1))
    return tuple(
        Scene(
            number=number,
            text=" ".join(one.text.split()),
            title=one.title.strip(),
            keywords=_distinct(one.keywords),
            queries=_distinct(one.queries),
        )
        for number, one in zip(numbers, answer.scenes, strict=True)
    )


def merged(
    scenes: Sequence[Scene], answer: ScriptAnswer, named: Sequence[int], count: int
) -> tuple[Scene, ...]:
    """Return the scenes with those of a repair's answer put in, whole scripts accepted too.

    Numbers are believed where each is another scene's; otherwise an answer as long as the script
    is taken for the whole of it, and a shorter one for the `named` scenes in their order.
    """
    mended = scenes_of(answer, count)
    numbers: Sequence[int] = [one.number for one in answer.scenes]
    if len(set(numbers)) < len(numbers) or not set(numbers) <= set(range(1, count + 1)):
        whole = len(numbers) >= count
        numbers = [scene.number for scene in mended] if whole else named
    placed = {scene.number: scene for scene in scenes}
    placed |= {
        number: replace(scene, number=number)
        for number, scene in zip(numbers, mended, strict=False)
        if scene.text
    }
    return tuple(placed[number] for number in sorted(placed))


def _rising(numbers: Sequence[int], count: int) -> bool:
    in_order = all(a < b for a, b in pairwise(numbers))
    return in_order and numbers[0] >= 1 and numbers[-1] <= count


def _distinct(phrases: Sequence[str]) -> tuple[str, ...]:
    kept = {phrase.strip().casefold(): phrase.strip() for phrase in reversed(phrases)}
    return tuple(kept[key] for key in reversed(kept) if key)
