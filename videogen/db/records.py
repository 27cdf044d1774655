"""Facts to rows, one function a fact; those that are kept can be recorded twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import singledispatch

from sqlalchemy import delete

from videogen.db import facts
from videogen.db.config import stored_options, with_own
from videogen.db.models import JOBS, PROJECTS, SCENES
from videogen.db.requirements import (
    CURATION_STEP,
    LAST_STEP,
    MINUTES,
    STEPS,
    holds_minutes,
    minutes_of,
)
from videogen.db.rows import ProjectRows, Row, new_id
from videogen.db.suggestions import suggestion_table
from videogen.db.voice_names import app_voice
from videogen.domain.footage import Candidate
from videogen.domain.script import Scene


@singledispatch
def write(fact: object, rows: ProjectRows) -> None:
    """Write one fact to a project's rows.

    Raises:
        SQLAlchemyError: the database refused, or a row to change is not there.
    """
    raise TypeError(f"{type(fact).__name__} is no fact to record in {rows.project_id}")


@write.register
def _project_started(fact: facts.ProjectStarted, rows: ProjectRows) -> None:
    minutes = minutes_of(fact.target_seconds)
    held = holds_minutes(rows.schema, fact.target_seconds)
    rows.insert(
        PROJECTS,
        {
            "id": rows.project_id,
            "name": facts.project_name(fact.topic),
            "topic": fact.topic,
            "current_step": STEPS["script"],
            "status": "draft",
            "config_json": with_own(
                None,
                {"target_seconds": fact.target_seconds, "options": stored_options(fact.options)},
            ),
            "created_at": rows.now,
            "last_active": rows.now,
            **({MINUTES.name: minutes} if held else {}),
        },
    )


@write.register
def _stage_started(fact: facts.StageStarted, rows: ProjectRows) -> None:
    rows.update_project({"current_step": STEPS[fact.stage], "status": "draft"})


@write.register
def _script_written(fact: facts.ScriptWritten, rows: ProjectRows) -> None:
    script = fact.script
    rows.update_project(
        {
            "script_generated": True,
            "config_json": with_own(
                rows.project()["config_json"],
                {
                    "writer": script.writer,
                    "note": script.note,
                    "credits": [asdict(credit) for credit in script.credits],
                },
            ),
        }
    )
    _replace_scenes(rows, script.scenes)


def _replace_scenes(rows: ProjectRows, scenes: Sequence[Scene]) -> None:
    """Leave scenes that are there as they are, with their audio; remove others, add new ones."""
    there = rows.select(SCENES, SCENES.c.project_id == rows.project_id)
    wanted = {(scene.number, scene.text) for scene in scenes}
    kept = {(row["scene_number"], row["text"]) for row in there} & wanted
    for row in there:
        if (row["scene_number"], row["text"]) not in kept:
            rows.session.execute(delete(SCENES).where(SCENES.c.id == row["id"]))
    rows.insert(
        SCENES,
        *(
            {
                "id": new_id(),
                "project_id": rows.project_id,
                "scene_number": scene.number,
                "text": scene.text,
                "visual_keywords": json.dumps(scene.keywords, ensure_ascii=False),
                "created_at": rows.now,
                "updated_at": rows.now,
            }
            for scene in scenes
            if (scene.number, scene.text) not in kept
        ),
    )


@write.register
def _scene_spoken(fact: facts.SceneSpoken, rows: ProjectRows) -> None:
    scene = fact.scene
    if rows.lacks_scene(scene.number):
        return  # a person deleted it, which a resume finds
    rows.update_scene(
        scene.number,
        {
            "sanitized_text": scene.paced.spoken_text,
            "audio_path": rows.stored(scene.audio_path),
            "duration": scene.seconds,
        },
    )


@write.register
def _voiceover_finished(fact: facts.VoiceoverFinished, rows: ProjectRows) -> None:
    # A voice that a person set meanwhile is theirs; a resume speaks with it.
    is_set = rows.project()["voice_id"]
    rows.update_project(
        {
            **({} if is_set else {"voice_id": app_voice(fact.voice)}),
            "voice_selected": True,
            "total_duration": fact.total_duration,
        }
    )


@write.register
def _footage_planned(fact: facts.FootagePlanned, rows: ProjectRows) -> None:
    for scene in fact.scenes:
        if not rows.lacks_scene(scene.number):
            suggestion_table(rows.schema).offer(rows, scene)
    rows.update_project({"current_step": CURATION_STEP, "status": "draft"})


@write.register
def _scene_sourced(fact: facts.SceneSourced, rows: ProjectRows) -> None:
    number, first = fact.scene.number, fact.scene.clips[0].candidate
    if rows.lacks_scene(number):
        return
    picked = _picked(rows, number)
    clip_id = suggestion_table(rows.schema).record(rows, fact.scene)
    # What a person picked while the clips were fetched stays picked; a resume shows it.
    is_theirs = picked is not None and picked.id != first.id
    rows.update_scene(number, {} if is_theirs else {"selected_clip_id": clip_id})


def _picked(rows: ProjectRows, number: int) -> Candidate | None:
    """Return the clip that a person picked for a scene in the app, None where a run chose."""
    scene_id = rows.scene_id(number)
    (scene,) = rows.select(SCENES, SCENES.c.id == scene_id)
    picked = scene["selected_clip_id"]
    table = suggestion_table(rows.schema)
    return table.chosen_otherwise(rows, {scene_id: picked}).get(scene_id) if picked else None


@write.register
def _clips_pictured(fact: facts.ClipsPictured, rows: ProjectRows) -> None:
    if not rows.lacks_scene(fact.scene_number):
        suggestion_table(rows.schema).picture(rows, fact.scene_number, fact.clips)
        rows.update_scene(fact.scene_number, {})


@write.register
def _footage_progress(fact: facts.FootageProgress, rows: ProjectRows) -> None:
    rows.update_project(
        {"visuals_provider": fact.provider, "visuals_download_progress": fact.percent}
    )


@write.register
def _footage_finished(fact: facts.FootageFinished, rows: ProjectRows) -> None:
    rows.update_project(
        {
            "visuals_generated": True,
            "visuals_provider": fact.provider,
            "visuals_download_progress": 100,
        }
    )


@write.register
def _assembly_started(fact: facts.AssemblyStarted, rows: ProjectRows) -> None:
    rows.update_project({"current_step": STEPS["assembly"], "status": "draft"})
    if rows.has_jobs:
        rows.insert(JOBS, {**_new_job(rows, fact.scene_total), "current_stage": "initializing"})


@write.register
def _render_progress(fact: facts.RenderProgress, rows: ProjectRows) -> None:
    rows.update_project({})
    scene = {} if fact.scene_number is None else {"current_scene": fact.scene_number}
    rows.update_newest_job({"progress": fact.percent, "current_stage": fact.stage, **scene})


@write.register
def _video_finished(fact: facts.VideoFinished, rows: ProjectRows) -> None:
    # The app takes a path or the last step for a finished video: both come with the job's end.
    rows.update_project(
        {
            "video_path": fact.video_path,
            "thumbnail_path": fact.thumbnail_path,
            "video_total_duration": fact.duration,
            "total_duration": fact.total_duration,
            "video_file_size": fact.file_size,
            "current_step": LAST_STEP,
            "status": "active",
        }
    )
    ended = {
        "status": "complete",
        "progress": 100,
        "current_stage": "finalizing",
        "completed_at": rows.now,
    }
    if rows.has_jobs and not rows.update_newest_job(ended):
        rows.insert(JOBS, {**_new_job(rows, fact.scene_total), **ended})


@write.register
def _run_failed(fact: facts.RunFailed, rows: ProjectRows) -> None:
    rows.update_project({"status": "error"})
    rows.update_newest_job(
        {"status": "error", "error_message": fact.message, "completed_at": rows.now}
    )


def _new_job(rows: ProjectRows, scene_total: int) -> Row:
    return {
        "id": new_id(),
        "project_id": rows.project_id,
        "status": "processing",
        "progress": 0,
        "total_scenes": scene_total,
        "started_at": rows.now,
        "created_at": rows.now,
    }
