"""Which of the two known shapes of `visual_suggestions` a database has, and its adapter."""

from __future__ import annotations

from typing import Protocol

from videogen.db.facts import CandidatesFound, FootageChosen, ShownClip
from videogen.db.models import CLIPS
from videogen.db.requirements import suggestions_of
from videogen.db.rows import ProjectRows
from videogen.db.schema import Schema
from videogen.db.suggestions import clips, searches
from videogen.domain import Candidate


class SuggestionTable(Protocol):
    """Keeps what was found and what is shown for a project's scenes."""

    def add(self, rows: ProjectRows, fact: CandidatesFound) -> None:
        """Record what a search found."""
        ...

    def choose(self, rows: ProjectRows, fact: FootageChosen) -> str:
        """Record the clips that a scene shows; return the value for `selected_clip_id`."""
        ...

    def shown(self, rows: ProjectRows, scene_id: str) -> tuple[ShownClip, ...]:
        """Return the clips that a scene shows, in order."""
        ...

    def earlier(
        self, rows: ProjectRows, scene_number: int, query: str, source: str, /
    ) -> tuple[Candidate, ...]:
        """Return what an earlier search of the same service found."""
        ...


def suggestion_table(schema: Schema) -> SuggestionTable:
    """Return the adapter for the shape that the live table has."""
    return clips if suggestions_of(schema) is CLIPS else searches
