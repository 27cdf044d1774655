"""`visual_suggestions` with a row a search: its results are a JSON array.

Each entry of the array is a candidate's fields; one that the cut shows has, under `shown`, the
clips made of it with their positions in the scene, paths as stored.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Select, delete, update

from videogen.db.facts import ClipPicture
from videogen.db.models import SEARCHES
from videogen.db.rows import ProjectRows, new_id
from videogen.domain.footage import Candidate, Card, Clip, PlannedScene, SourcedScene, Suggestion

_CANDIDATE, _CLIP = TypeAdapter(Candidate), TypeAdapter(Clip)


@dataclass(frozen=True, slots=True)
class Entry:
    """One result of a search, and the clips of it that the scene shows, by their positions."""

    candidate: Candidate
    shown: tuple[tuple[int, Clip], ...] = ()


def offer(rows: ProjectRows, scene: PlannedScene) -> None:
    """Record what searches found, in place of what the same searches found before."""
    scene_id = rows.scene_id(scene.number)
    for (source, query), found in groupby(sorted(scene.suggestions, key=_search_of), _search_of):
        _replace(rows, scene_id, query, source, [Entry(one.candidate) for one in found])


def record(rows: ProjectRows, scene: SourcedScene) -> str:
    """Record what searches found, mark what is shown, and return the first clip's id."""
    scene_id = rows.scene_id(scene.number)
    offer(rows, scene.planned)
    chosen = _entries_of(scene.clips, rows)
    for row in rows.select(SEARCHES, SEARCHES.c.scene_id == scene_id):
        before = _decoded(row["suggestions_json"])
        after = [chosen.pop(_key(entry.candidate), Entry(entry.candidate)) for entry in before]
        if after != before:
            rows.session.execute(
                update(SEARCHES)
                .where(SEARCHES.c.id == row["id"])
                .values(suggestions_json=_encoded(after))
            )
    for source, entries in groupby(chosen.values(), lambda entry: entry.candidate.source):
        _insert(rows, scene_id, scene.planned.query, source, list(entries))
    return scene.clips[0].candidate.id


def picture(rows: ProjectRows, scene_number: int, pictures: Sequence[ClipPicture]) -> None:
    """Record nothing: a search's results have no place for it."""


def shown(rows: ProjectRows, scenes: Select[tuple[str]]) -> Mapping[str, tuple[Clip, ...]]:
    """Return the clips that scenes show, in order, by the scenes' keys."""
    placed: defaultdict[str, list[tuple[int, Clip]]] = defaultdict(list)
    for row in rows.select(SEARCHES, SEARCHES.c.scene_id.in_(scenes)):
        for entry in _decoded(row["suggestions_json"]):
            placed[row["scene_id"]] += entry.shown
    return {
        scene_id: tuple(clip for _, clip in sorted(clips, key=lambda pair: pair[0]))
        for scene_id, clips in placed.items()
    }


def chosen_otherwise(rows: ProjectRows, selected: Mapping[str, str]) -> Mapping[str, Candidate]:
    """Return the candidates that scenes name, by the scenes' keys, unless a run chose them.

    `selected` are ids of candidates by keys of scenes.
    """
    found: dict[str, Candidate] = {}
    for row in rows.select(SEARCHES, SEARCHES.c.scene_id.in_(list(selected))):
        for entry in _decoded(row["suggestions_json"]):
            is_first = any(position == 1 for position, _ in entry.shown)
            if entry.candidate.id == selected[row["scene_id"]] and not is_first:
                found[row["scene_id"]] = entry.candidate
    return found


def _search_of(suggestion: Suggestion) -> tuple[str, str]:
    return suggestion.candidate.source, suggestion.query


def _replace(
    rows: ProjectRows, scene_id: str, query: str, source: str, entries: list[Entry]
) -> None:
    """Put what a search found in place of what the same search found before."""
    same = (
        (SEARCHES.c.scene_id == scene_id)
        & (SEARCHES.c.query == query)
        & (SEARCHES.c.source == source)
    )
    rows.session.execute(delete(SEARCHES).where(same))
    _insert(rows, scene_id, query, source, entries)


def _insert(
    rows: ProjectRows, scene_id: str, query: str, source: str, entries: list[Entry]
) -> None:
    rows.insert(
        SEARCHES,
        {
            "id": new_id(),
            "scene_id": scene_id,
            "query": query,
            "source": source,
            "suggestions_json": _encoded(entries),
            "created_at": rows.now,
        },
    )


def _entries_of(clips: Sequence[Clip], rows: ProjectRows) -> dict[tuple[str, str], Entry]:
    entries: dict[tuple[str, str], Entry] = {}
    for position, clip in enumerate(clips, start=1):
        known = entries.get(_key(clip.candidate), Entry(clip.candidate))
        kept = (*known.shown, (position, _stored(clip, rows.stored)))
        entries[_key(clip.candidate)] = Entry(clip.candidate, kept)
    return entries


def _stored(clip: Clip, stored: Callable[[Path], str]) -> Clip:
    if isinstance(clip.media, Card):
        return clip
    return replace(clip, media=replace(clip.media, path=Path(stored(clip.media.path))))


def _key(candidate: Candidate) -> tuple[str, str]:
    return candidate.source, candidate.id


def _encoded(entries: Sequence[Entry]) -> str:
    return json.dumps([_flat(entry) for entry in entries], ensure_ascii=False)


def _flat(entry: Entry) -> dict[str, Any]:
    pieces = [
        {"position": position, **_CLIP.dump_python(clip, mode="json", exclude={"candidate"})}
        for position, clip in entry.shown
    ]
    return {**asdict(entry.candidate), **({"shown": pieces} if pieces else {})}


def _decoded(stored: str) -> list[Entry]:
    """Return our entries of a stored array; what the app wrote its own way is left to it."""
    try:
        return [
            Entry(
                _CANDIDATE.validate_python(item),
                tuple(
                    (int(piece["position"]), _CLIP.validate_python({**piece, "candidate": item}))
                    for piece in item.get("shown", ())
                ),
            )
            for item in json.loads(stored)
        ]
    except (ValueError, TypeError, AttributeError, KeyError, ValidationError):
        return []
