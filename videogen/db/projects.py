"""Rows to values: what the database knows about projects, for reading and for going on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from videogen.db.config import OwnConfig, options_in, own
from videogen.db.engine import Database, reading
from videogen.db.models import PROJECTS, SCENES
from videogen.db.rows import ProjectRows, Row
from videogen.db.suggestions import suggestion_table
from videogen.db.voice_names import kokoro_voice
from videogen.domain.footage import Candidate, Clip
from videogen.domain.options import RunOptions
from videogen.errors import UsageError

# Older ones nobody has in mind any more.
_LATEST_VIDEOS = 20


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
    clips: tuple[Clip, ...]


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


@dataclass(frozen=True, slots=True)
class InApp:
    """What a person can change of a project in the app; `voice` is Kokoro's name of it.

    `texts` are what its scenes say, by their numbers.
    """

    name: str
    voice: str | None
    texts: tuple[tuple[int, str], ...]


def projects(database: Database) -> ProjectList:
    """Return all projects, the app's own among them, the last active first."""
    with reading(database) as session:
        rows = ProjectRows(session, database.schema, "", Path()).select(
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
        rows = ProjectRows(session, database.schema, project_id, Path())
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


def options_of(database: Database, project_id: str) -> RunOptions:
    """Return what was asked of the run that made a project.

    Raises:
        UsageError: no run of ours made such a project.
    """
    with reading(database) as session:
        rows = ProjectRows(session, database.schema, project_id, Path())
        found = rows.select(PROJECTS, PROJECTS.c.id == project_id)
    options = options_in(found[0]["config_json"]) if found else None
    if options is None:
        what = "run to resume for" if found else "project"
        raise UsageError(
            f"There is no {what} {project_id}",
            where=database.name,
            cure="Give the project id that the run printed, and its --root.",
        )
    return options


def shown_elsewhere(database: Database, topic: str) -> frozenset[tuple[str, str]]:
    """Return the clips, by source and id, of the latest videos on other topics; one statement.

    Those on the same topic may look the same: what they show is here already.
    """
    others = select(PROJECTS.c.id).where(PROJECTS.c.topic != topic, PROJECTS.c.video_path != "")
    if "last_active" in database.schema[PROJECTS.name].columns:
        others = others.order_by(PROJECTS.c.last_active.desc())
    scenes = select(SCENES.c.id).where(SCENES.c.project_id.in_(others.limit(_LATEST_VIDEOS)))
    with reading(database) as session:
        rows = ProjectRows(session, database.schema, "", Path())
        shown = suggestion_table(database.schema).shown(rows, scenes)
    return frozenset(
        (clip.candidate.source, clip.candidate.id) for clips in shown.values() for clip in clips
    )


def in_app(database: Database, project_id: str) -> InApp | None:
    """Return a project as a person may have changed it; None where it has no row."""
    with reading(database) as session:
        rows = ProjectRows(session, database.schema, project_id, Path())
        found = rows.select(PROJECTS, PROJECTS.c.id == project_id)
        scenes = rows.select(SCENES, SCENES.c.project_id == project_id)
    if not found:
        return None
    voice = found[0]["voice_id"]
    return InApp(
        found[0]["name"],
        kokoro_voice(voice) if voice else None,
        tuple(sorted((scene["scene_number"], scene["text"]) for scene in scenes)),
    )


def chosen_in_app(database: Database, project_id: str) -> dict[int, Candidate]:
    """Return the clips that a person chose in the app, by the numbers of their scenes."""
    with reading(database) as session:
        rows = ProjectRows(session, database.schema, project_id, Path())
        scenes = rows.select(SCENES, SCENES.c.project_id == project_id)
        selected = {one["id"]: one["selected_clip_id"] for one in scenes if one["selected_clip_id"]}
        chosen = suggestion_table(database.schema).chosen_otherwise(rows, selected)
    return {one["scene_number"]: chosen[one["id"]] for one in scenes if one["id"] in chosen}


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
    mine = SCENES.c.project_id == rows.project_id
    shown = suggestion_table(rows.schema).shown(rows, select(SCENES.c.id).where(mine))
    found = rows.select(SCENES, mine)
    for row in sorted(found, key=lambda row: row["scene_number"]):
        yield SceneRecord(
            number=row["scene_number"],
            text=row["text"],
            spoken_text=row["sanitized_text"],
            audio_path=row["audio_path"],
            duration=row["duration"],
            keywords=_keywords(row["visual_keywords"]),
            clips=shown.get(row["id"], ()),
        )


def _keywords(stored: str | None) -> tuple[str, ...]:
    try:
        found = json.loads(stored or "[]")
    except ValueError:
        return ()
    return tuple(str(word) for word in found) if isinstance(found, list) else ()
