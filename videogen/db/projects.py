"""Rows to values: what the database knows about projects, for reading and for going on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.exc import NoResultFound

from videogen.db.config import OwnConfig, own
from videogen.db.engine import Database, reading
from videogen.db.facts import ShownClip
from videogen.db.models import PROJECTS, SCENES
from videogen.db.rows import ProjectRows, Row
from videogen.db.suggestions import suggestion_table
from videogen.db.voice_names import kokoro_voice
from videogen.domain import Candidate
from videogen.errors import UsageError


@dataclass(frozen=True, slots=True)
class ProjectSummary:
    """A project in a list; times as stored, durations in seconds, paths as stored.

    `duration` is the finished file's own, else that of the narration so far.
    """

    id: str
    name: str
    topic: str
    step: str
    status: str
    duration: float | None
    video_path: str | None
    created_at: str
    last_active: str


@dataclass(frozen=True, slots=True)
class ProjectList:
    """Projects, the last active first."""

    projects: tuple[ProjectSummary, ...]


@dataclass(frozen=True, slots=True)
class SceneRecord:
    """A scene as recorded; what its stage has not made yet is None or empty."""

    number: int
    text: str
    spoken_text: str | None
    audio_path: str | None
    duration: float | None
    keywords: tuple[str, ...]
    clips: tuple[ShownClip, ...]


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """Everything recorded about one project; `voice` is Kokoro's name, `file_size` bytes.

    `own` is what videogen keeps for itself: the exact target, the writer, the script's credits.
    """

    summary: ProjectSummary
    voice: str | None
    thumbnail_path: str | None
    file_size: int | None
    target_seconds: float
    own: OwnConfig
    scenes: tuple[SceneRecord, ...]


def projects(database: Database) -> ProjectList:
    """Return all projects, the app's own among them, the last active first."""
    with reading(database) as session:
        rows = ProjectRows(session, database.schema, "").select(
            PROJECTS, PROJECTS.c.id.is_not(None)
        )
    summaries = [_summary(row) for row in rows]
    newest_first = sorted(summaries, key=lambda project: project.last_active, reverse=True)
    return ProjectList(tuple(newest_first))


def project(database: Database, project_id: str) -> ProjectRecord:
    """Return one project with its scenes and clips.

    Raises:
        UsageError: there is no such project.
    """
    with reading(database) as session:
        rows = ProjectRows(session, database.schema, project_id)
        try:
            row = rows.project()
        except NoResultFound as exc:
            raise UsageError(
                f"There is no project {project_id}",
                where=database.name,
                cure="videogen list shows all projects.",
            ) from exc
        scenes = tuple(_scenes(rows))
    config = own(row["config_json"])
    return ProjectRecord(
        summary=_summary(row),
        voice=kokoro_voice(row["voice_id"]) if row["voice_id"] else None,
        thumbnail_path=row["thumbnail_path"],
        file_size=row["video_file_size"],
        target_seconds=config.target_seconds or 60.0 * (row["target_duration"] or 0),
        own=config,
        scenes=scenes,
    )


def earlier_candidates(
    database: Database, project_id: str, scene_number: int, query: str, source: str
) -> tuple[Candidate, ...]:
    """Return what an earlier search of this service found, so that it need not be asked again.

    None where it was never asked or nothing was kept.
    """
    with reading(database) as session:
        rows = ProjectRows(session, database.schema, project_id)
        return suggestion_table(database.schema).earlier(rows, scene_number, query, source)


def _summary(row: Row) -> ProjectSummary:
    return ProjectSummary(
        id=row["id"],
        name=row["name"],
        topic=row["topic"] or "",
        step=row["current_step"] or "",
        status=row["status"] or "",
        duration=row["video_total_duration"] or row["total_duration"],
        video_path=row["video_path"],
        created_at=row["created_at"] or "",
        last_active=row["last_active"] or "",
    )


def _scenes(rows: ProjectRows) -> Iterator[SceneRecord]:
    suggestions = suggestion_table(rows.schema)
    found = rows.select(SCENES, SCENES.c.project_id == rows.project_id)
    for row in sorted(found, key=lambda row: row["scene_number"]):
        yield SceneRecord(
            number=row["scene_number"],
            text=row["text"],
            spoken_text=row["sanitized_text"],
            audio_path=row["audio_file_path"],
            duration=row["duration"],
            keywords=_keywords(row["visual_keywords"]),
            clips=suggestions.shown(rows, row["id"]),
        )


def _keywords(stored: str | None) -> tuple[str, ...]:
    try:
        found = json.loads(stored or "[]")
    except ValueError:
        return ()
    return tuple(str(word) for word in found) if isinstance(found, list) else ()
