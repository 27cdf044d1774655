"""What videogen expects of a database, and which of it no run can do without."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Table

from videogen.db.models import CLIPS, JOBS, PROJECTS, SCENES, SEARCHES, SYSTEM_PROMPTS
from videogen.db.schema import Schema

NEEDED = {
    SYSTEM_PROMPTS: {"id"},
    PROJECTS: {"id", "name", "topic", "current_step", "status", "video_path"},
    SCENES: {"id", "project_id", "scene_number", "text"},
    SEARCHES: {"id", "scene_id", "query", "source", "suggestions_json"},
    CLIPS: {"id", "scene_id", "video_id", "title", "embed_url", "rank"},
    JOBS: {"id", "project_id", "status", "total_scenes"},
}


def suggestions_of(schema: Schema) -> Table:
    """Return the known table that the live `visual_suggestions` is most like."""
    live = schema.get(SEARCHES.name)
    columns = live.columns.keys() if live else set()
    return max((SEARCHES, CLIPS), key=lambda table: len(NEEDED[table] & columns))


def expected_tables(schema: Schema) -> tuple[Table, ...]:
    """Return the tables to expect; a copy of the app without assembly jobs is a whole one."""
    jobs = (JOBS,) if JOBS.name in schema else ()
    return (SYSTEM_PROMPTS, PROJECTS, SCENES, suggestions_of(schema), *jobs)


def missing(schema: Schema) -> list[str]:
    """Return the names of the tables and columns without which no run can be recorded."""
    return list(_missing(schema))


def _missing(schema: Schema) -> Iterator[str]:
    for table in expected_tables(schema):
        live = schema.get(table.name)
        if live is None or live.is_view:
            yield table.name
        else:
            yield from (
                f"{table.name}.{name}" for name in sorted(NEEDED[table] - live.columns.keys())
            )


def absent(schema: Schema) -> list[str]:
    """Return the names of the columns that a run can leave out because they are not there."""
    return [
        f"{table.name}.{column.name}"
        for table in expected_tables(schema)
        for column in table.columns
        if column.name not in NEEDED[table]
        and table.name in schema
        and column.name not in schema[table.name].columns
    ]
