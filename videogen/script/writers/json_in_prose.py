"""Scripts in what models write around them: thoughts, prose, fences, JSON that isn't quite; pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic_core import from_json

_SCENES = "scenes"
# A model writes some prose around its answer; more braces than that are no attempt at one.
_MOST_BEGINNINGS = 1000
# Some servers swallow the sign that a thought begins.
_THOUGHTS = re.compile(r"\A.*</think(?:ing)?>", re.DOTALL)
# What JSON does not allow and models write, and the strings in which it says nothing.
_STRING = r'"(?:\\.|[^"\\])*"'
_REMARK = re.compile(rf"({_STRING})|//[^\n]*")
_LAST_COMMA = re.compile(rf"({_STRING})|,(?=\s*[}}\]])")


def scripts_in(content: str) -> Iterator[dict[str, Any]]:
    """Yield what may be a script, as it was parsed: whole ones before lists and a cut-off one."""
    content = _THOUGHTS.sub("", content)
    strict = _LAST_COMMA.sub(r"\1", _REMARK.sub(r"\1", content))
    for mark in "{[":
        for text in (content, strict):
            yield from _whole(text, mark)
    yield from _cut_off(content)


def _whole(content: str, mark: str) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder(strict=False)
    start = content.find(mark)
    for _ in range(_MOST_BEGINNINGS):
        if start < 0:
            return
        end = start + 1
        found: Any = None
        try:
            found, end = decoder.raw_decode(content, start)
        except RecursionError:
            return  # no script is so deep, and what is in it would be tried anew at each depth
        except ValueError:
            pass
        script = _script_of(found)
        if script is not None:
            yield script
        start = content.find(mark, end)


def _script_of(found: Any) -> dict[str, Any] | None:
    """Return the script that an object is, holds or would be; a scene alone is none."""
    if isinstance(found, list):
        is_script = bool(found) and all(isinstance(one, dict) and "text" in one for one in found)
        return {_SCENES: found} if is_script else None
    if not isinstance(found, dict):
        return None
    inner = (one for one in found.values() if isinstance(one, dict) and _SCENES in one)
    return found if _SCENES in found else next(inner, None)


def _cut_off(content: str) -> Iterator[dict[str, Any]]:
    """Yield a script without its last scene: that one's text may end in the middle."""
    begun = content.rfind("{", 0, max(0, content.find(f'"{_SCENES}"')))
    if begun < 0:
        return
    try:
        found = from_json(content[begun:], allow_partial=True)
    except ValueError:
        return
    if isinstance(found, dict) and isinstance(found.get(_SCENES), list):
        yield found | {_SCENES: found[_SCENES][:-1]}
