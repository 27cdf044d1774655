"""`visual_suggestions` with a row a search: its results are a JSON array.

Each entry of the array is a candidate's fields; one that the cut shows has its showings beside them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, update

from videogen.db.facts import CandidatesFound, FootageChosen, ShownClip
from videogen.db.models import SEARCHES
from videogen.db.rows import ProjectRows, new_id
from videogen.domain import Candidate


@dataclass(frozen=True, slots=True)
class Showing:
    """Where in a scene a candidate is shown, as `position`, and what of it; times in seconds."""

    position: int
    start: float
    duration: float
    path: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One result of a search, and how the cut shows it."""

    candidate: Candidate
    showings: tuple[Showing, ...] = ()


_CANDIDATE = TypeAdapter(Candidate)
_SHOWINGS = TypeAdapter(tuple[Showing, ...])


def add(rows: ProjectRows, fact: CandidatesFound) -> None:
    """Record what a search found, in place of what the same search found before."""
    scene_id = rows.scene_id(fact.scene_number)
    same = (
        (SEARCHES.c.scene_id == scene_id)
        & (SEARCHES.c.query == fact.query)
        & (SEARCHES.c.source == fact.source)
    )
    rows.session.execute(delete(SEARCHES).where(same))
    entries = [Entry(candidate) for candidate in fact.candidates]
    _insert(rows, scene_id, fact.query, fact.source, entries)


def choose(rows: ProjectRows, fact: FootageChosen) -> str:
    """Mark the clips that a scene shows and return the first one's id."""
    scene_id = rows.scene_id(fact.scene_number)
    chosen = _entries_of(fact.clips)
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
        _insert(rows, scene_id, fact.query, source, list(entries))
    return fact.clips[0].candidate.id


def shown(rows: ProjectRows, scene_id: str) -> tuple[ShownClip, ...]:
    """Return the clips that a scene shows, in order."""
    placed = [
        (
            showing.position,
            ShownClip(
                entry.candidate,
                showing.start,
                showing.duration,
                showing.path,
                showing.score,
                showing.reasons,
            ),
        )
        for row in rows.select(SEARCHES, SEARCHES.c.scene_id == scene_id)
        for entry in _decoded(row["suggestions_json"])
        for showing in entry.showings
    ]
    return tuple(clip for _, clip in sorted(placed, key=lambda pair: pair[0]))


def earlier(
    rows: ProjectRows, _scene_number: int, query: str, source: str, /
) -> tuple[Candidate, ...]:
    """Return what the newest search of this service for these words found, in any project."""
    same = (SEARCHES.c.query == query) & (SEARCHES.c.source == source)
    found = rows.select(SEARCHES, same)
    newest = max(found, key=lambda row: row["created_at"] or "", default=None)
    return (
        tuple(entry.candidate for entry in _decoded(newest["suggestions_json"])) if newest else ()
    )


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


def _entries_of(clips: tuple[ShownClip, ...]) -> dict[tuple[str, str], Entry]:
    entries: dict[tuple[str, str], Entry] = {}
    for position, clip in enumerate(clips, start=1):
        key = _key(clip.candidate)
        before = entries.get(key, Entry(clip.candidate))
        showing = Showing(position, clip.start, clip.duration, clip.path, clip.score, clip.reasons)
        entries[key] = Entry(clip.candidate, (*before.showings, showing))
    return entries


def _key(candidate: Candidate) -> tuple[str, str]:
    return candidate.source, candidate.id


def _encoded(entries: list[Entry]) -> str:
    return json.dumps([_flat(entry) for entry in entries], ensure_ascii=False)


def _flat(entry: Entry) -> dict[str, Any]:
    showings = {"shown": [asdict(showing) for showing in entry.showings]} if entry.showings else {}
    return {**asdict(entry.candidate), **showings}


def _decoded(stored: str) -> list[Entry]:
    """Return our entries of a stored array; what the app wrote its own way is left to it."""
    try:
        return [
            Entry(
                _CANDIDATE.validate_python(item), _SHOWINGS.validate_python(item.get("shown", ()))
            )
            for item in json.loads(stored)
        ]
    except (ValueError, TypeError, AttributeError, ValidationError):
        return []
