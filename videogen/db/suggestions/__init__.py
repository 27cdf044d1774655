"""Which of the two known shapes of `visual_suggestions` a database has, and its adapter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from sqlalchemy import Select

from videogen.db.facts import ClipPicture
from videogen.db.models import CLIPS
from videogen.db.requirements import suggestions_of
from videogen.db.rows import ProjectRows
from videogen.db.shapes import Schema
from videogen.db.suggestions import clips, searches
from videogen.domain.footage import Candidate, Clip, PlannedScene, SourcedScene


class SuggestionTable(Protocol):
    """Keeps what was found and what is shown for a project's scenes."""

    def offer(self, rows: ProjectRows, scene: PlannedScene) -> None:
        """Record what was found for a scene, before anything of it is chosen."""
        ...

    def record(self, rows: ProjectRows, scene: SourcedScene) -> str:
        """Record what was found for a scene and what it shows; return its `selected_clip_id`."""
        ...

    def picture(
        self, rows: ProjectRows, scene_number: int, pictures: Sequence[ClipPicture]
    ) -> None:
        """Record what a page shows of a scene's clips, where there is a place for it."""
        ...

    def shown(
        self, rows: ProjectRows, scenes: Select[tuple[str]]
    ) -> Mapping[str, tuple[Clip, ...]]:
        """Return the clips that scenes show, in order, by the scenes' keys; one statement."""
        ...

    def chosen_otherwise(
        self, rows: ProjectRows, selected: Mapping[str, str]
    ) -> Mapping[str, Candidate]:
        """Return what scenes name as their clip though no run chose it, by the scenes' keys."""
        ...


def has_a_row_a_clip(schema: Schema) -> bool:
    """Tell whether the table has a place for what a page shows of each clip."""
    return suggestions_of(schema) is CLIPS


def suggestion_table(schema: Schema) -> SuggestionTable:
    """Return the adapter for the shape that the live table has."""
    return clips if has_a_row_a_clip(schema) else searches
