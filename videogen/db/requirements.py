"""What a run needs of each table; what it writes there is found by videogen.db.written."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Table

from videogen.db.models import CLIPS, JOBS, PROJECTS, SCENES, SEARCHES, SYSTEM_PROMPTS
from videogen.db.shapes import Schema, is_allowed
from videogen.domain.events import Stage

# The app's name of the step that a project is at, by the stage that runs.
# Where the app lets a person choose clips.
CURATION_STEP = "visual-curation"
STEPS: Mapping[Stage, str] = {
    "script": "script-generation",
    "voiceover": "voiceover",
    "footage": "visual-sourcing",
    "assembly": "editing",
}
LAST_STEP = "export"
MINUTES = PROJECTS.c.target_duration
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
# No two rows that a run adds are alike in one of these.
DISTINCT = {
    PROJECTS: {"id", "video_path", "thumbnail_path"},
    SCENES: {"id", SCENES.c.audio_path.name},
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


def minutes_of(seconds: float) -> int:
    """Return a duration as the app keeps it: whole minutes, rounded half up, at least 1."""
    return max(1, int(seconds / 60 + 0.5))


def holds_minutes(schema: Schema, seconds: float) -> bool:
    """Return whether the app's column takes a video of this length."""
    return is_allowed(schema[PROJECTS.name].verdicts(MINUTES.name), minutes_of(seconds))


def has_jobs(schema: Schema) -> bool:
    """Return whether assembly jobs can be written."""
    return JOBS.name in schema and schema[JOBS.name].writable >= NEEDED[JOBS]
