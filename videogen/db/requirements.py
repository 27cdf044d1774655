"""What a run needs of each table, and what it writes there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from sqlalchemy import Table

from videogen.db.facts import JobStage
from videogen.db.models import CLIPS, JOBS, PROJECTS, SCENES, SEARCHES, SYSTEM_PROMPTS
from videogen.db.schema import Schema, Value
from videogen.domain import Stage

# The app's name of the step that a project is at, by the stage that runs.
STEPS: Mapping[Stage, str] = {
    "script": "script-generation",
    "voiceover": "voiceover",
    "footage": "visual-sourcing",
    "assembly": "editing",
}
LAST_STEP = "export"
# Without these a run can't be recorded at all.
NEEDED = {
    SYSTEM_PROMPTS: {"id"},
    PROJECTS: {"id", "name", "topic", "current_step", "status", "video_path"},
    SCENES: {"id", "project_id", "scene_number", "text"},
    SEARCHES: {"id", "scene_id", "query", "source", "suggestions_json"},
    CLIPS: {"id", "scene_id", "video_id", "title", "embed_url", "rank"},
    JOBS: {"id", "project_id", "status", "total_scenes"},
}
TABLE_NAMES = tuple(dict.fromkeys(table.name for table in NEEDED))
# These belong to the app alone.
UNUSED = {
    PROJECTS: {"system_prompt_id", "niche", "rag_enabled", "rag_config", "rag_last_sync"},
    CLIPS: {"cv_score"},
}
# Every row that a run adds has a value of its own for these.
GIVEN = {
    PROJECTS: {
        *("id", "name", "topic", "current_step", "status", "config_json", "target_duration"),
        *("created_at", "last_active"),
    },
    SCENES: {
        *("id", "project_id", "scene_number", "text", "visual_keywords"),
        *("created_at", "updated_at"),
    },
    SEARCHES: {"id", "scene_id", "query", "source", "suggestions_json", "created_at"},
    CLIPS: {
        *("id", "scene_id", "video_id", "title", "channel_title", "embed_url", "rank"),
        *("provider", "source_url", "created_at"),
    },
    JOBS: {
        *("id", "project_id", "status", "progress", "current_stage", "total_scenes"),
        *("started_at", "created_at"),
    },
}
# No two rows that a run adds are alike in one of these.
DISTINCT = {
    PROJECTS: {"id", "video_path", "thumbnail_path"},
    SCENES: {"id", "audio_file_path"},
}
# What a run writes where a CHECK may list or bound what is allowed, by the tables' names.
WRITTEN_VALUES: Mapping[str, Mapping[str, Sequence[Value]]] = {
    PROJECTS.name: {
        "current_step": (*STEPS.values(), LAST_STEP),
        "status": ("draft", "active", "error"),
        "target_duration": (1, 30),
        "visuals_download_progress": (0, 100),
    },
    SCENES.name: {"scene_number": (1, 150)},
    CLIPS.name: {"download_status": ("pending", "complete"), "rank": (1, 50)},
    JOBS.name: {
        "status": ("processing", "complete", "error"),
        "progress": (0, 100),
        "current_stage": get_args(JobStage),
        "total_scenes": (1, 150),
    },
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


def has_jobs(schema: Schema) -> bool:
    """Return whether assembly jobs can be written."""
    return JOBS.name in schema and schema[JOBS.name].writable >= NEEDED[JOBS]


def left_out(schema: Schema) -> list[str]:
    """Return the names of the columns, or tables, whose facts a run leaves out."""
    return list(_left_out(schema))


def _left_out(schema: Schema) -> Iterator[str]:
    for table in expected_tables(schema):
        if table is JOBS and not has_jobs(schema):
            yield table.name
            continue
        there = schema[table.name].writable | UNUSED.get(table, set())
        ours = [column.name for column in table.columns]
        yield from (f"{table.name}.{name}" for name in ours if name not in there)
