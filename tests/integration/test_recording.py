"""A run's facts as the web app finds them in its file afterwards."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from fakes import app_database, run_facts
from sqlalchemy import event

from videogen.db import facts, projects
from videogen.db.create import create
from videogen.db.engine import connect
from videogen.db.ledger import Ledger
from videogen.errors import UsageError

PROJECT = "7d8a2c1e-0000-4000-8000-000000000001"
ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
SHAPES = {"a row a search": app_database.PLAIN, "a row a clip": app_database.RICH}


def record(url: str, tmp_path: Path, told: Iterable[facts.Fact]) -> Ledger:
    ledger = Ledger(connect(url), PROJECT, tmp_path / "lost.json", Path())
    for fact in told:
        ledger.record(fact)
    return ledger


@pytest.fixture(params=list(SHAPES))
def app_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "ai-video-generator.db"
    app_database.make(path, SHAPES[request.param])
    return path


def test_a_whole_run_adds_rows_and_changes_nothing_else(app_file: Path, tmp_path: Path) -> None:
    before = app_database.dump(app_file)

    ledger = record(app_database.url_of(app_file), tmp_path, run_facts.WHOLE_RUN)

    assert ledger.warnings == []
    assert not ledger.incomplete
    after = app_database.dump(app_file)
    assert [line for line in before if line not in after] == []
    added = [line for line in after if line not in before]
    assert added
    assert all(line.startswith("INSERT INTO") for line in added)


def test_a_finished_project_has_every_column_of_its_stages(app_file: Path, tmp_path: Path) -> None:
    record(app_database.url_of(app_file), tmp_path, run_facts.WHOLE_RUN)

    project = app_database.row(app_file, "projects", f"id = '{PROJECT}'")

    assert ISO.fullmatch(str(project.pop("created_at")))
    assert ISO.fullmatch(str(project.pop("last_active")))
    config = json.loads(str(project.pop("config_json")))
    assert config["videogen"]["target_seconds"] == 90.0
    assert config["videogen"]["writer"] == "outline"
    assert config["videogen"]["note"] == "The narration is a draft outline."
    assert project == {
        "id": PROJECT,
        "name": "Modern naval warfare",
        "topic": "Modern naval warfare",
        "current_step": "export",
        "status": "active",
        "system_prompt_id": None,
        "voice_id": "sarah",
        "niche": None,
        "script_generated": 1,
        "voice_selected": 1,
        "target_duration": 2,
        "total_duration": 9.0,
        "visuals_generated": 1,
        "visuals_provider": "nasa",
        "visuals_download_progress": 100,
        "video_path": "public/videos/p/final.mp4",
        "video_total_duration": 9.02,
        "video_file_size": 1_234_567,
        "thumbnail_path": "public/videos/p/thumbnail.jpg",
        "rag_enabled": 0,
        "rag_config": None,
        "rag_last_sync": None,
    }


def test_a_project_reads_back_as_it_was_told(app_file: Path, tmp_path: Path) -> None:
    url = app_database.url_of(app_file)
    record(url, tmp_path, run_facts.WHOLE_RUN)

    project = projects.project(connect(url), PROJECT)

    assert project.summary.step == "export"
    assert project.voice == "af_sky"
    assert project.target_seconds == 90.0
    assert project.own.credits == run_facts.SCRIPT.credits
    first, second = project.scenes
    assert (first.number, first.text, first.keywords) == (1, "Ships left port.", ("ship", "port"))
    assert first.spoken_text == "Scene 1, spoken."
    assert first.audio_path == ".cache/audio/projects/p/scene-1.mp3"
    assert first.duration == 4.5
    assert first.clips == (run_facts.shown("c", 12.5), run_facts.shown("a", 0.0))
    assert second.text == "They met at sea — “far out”."
    assert [clip.candidate.source for clip in second.clips] == ["cards"]


def test_what_was_asked_of_a_run_reads_back_as_it_was_asked(app_file: Path, tmp_path: Path) -> None:
    url = app_database.url_of(app_file)
    record(url, tmp_path, run_facts.WHOLE_RUN)
    assert projects.options_of(connect(url), PROJECT) == run_facts.OPTIONS


@pytest.mark.parametrize("project_id", ["nobody", app_database.APP_PROJECT])
def test_a_project_that_no_run_made_has_no_options(
    app_file: Path, tmp_path: Path, project_id: str
) -> None:
    url = app_database.url_of(app_file)
    record(url, tmp_path, run_facts.WHOLE_RUN)
    with pytest.raises(UsageError, match=f"no (project|run to resume for) {project_id}"):
        projects.options_of(connect(url), project_id)


@pytest.mark.parametrize("videos", [1, 7])
def test_the_clips_of_other_topics_videos_are_asked_for_by_one_statement(
    app_file: Path, tmp_path: Path, videos: int
) -> None:
    url = app_database.url_of(app_file)
    for number in range(videos):
        other = Ledger(connect(url), f"{PROJECT}-{number}", tmp_path / "lost.json", Path())
        for fact in run_facts.WHOLE_RUN:
            other.record(fact)
    database = connect(url)
    statements: list[str] = []
    engine = database.readers.kw["bind"]
    event.listen(
        engine, "before_cursor_execute", lambda *told: statements.append(told[2]), named=False
    )

    elsewhere = projects.shown_elsewhere(database, "Bees")
    here = projects.shown_elsewhere(database, "Modern naval warfare")

    assert elsewhere == {("nasa", "c"), ("nasa", "a"), ("cards", "card-2")}
    assert here == frozenset()
    assert sum(statement.startswith("SELECT") for statement in statements) == 2


def test_the_same_facts_told_again_leave_the_same_rows(app_file: Path, tmp_path: Path) -> None:
    url = app_database.url_of(app_file)
    record(url, tmp_path, run_facts.WHOLE_RUN)
    counted = "SELECT (SELECT count(*) FROM scenes), (SELECT count(*) FROM visual_suggestions)"
    before = app_database.query(app_file, counted)
    known = projects.project(connect(url), PROJECT).scenes

    ledger = record(url, tmp_path, run_facts.WHOLE_RUN[1:])

    assert ledger.warnings == []
    assert app_database.query(app_file, counted) == before
    assert projects.project(connect(url), PROJECT).scenes == known


def test_every_write_moves_the_times_of_what_it_wrote(app_file: Path, tmp_path: Path) -> None:
    ledger = record(app_database.url_of(app_file), tmp_path, run_facts.TO_FOOTAGE)
    aged = "2026-01-01T00:00:00.000Z"

    for fact in run_facts.WHOLE_RUN[1:]:
        app_database.execute(
            app_file,
            f"UPDATE projects SET last_active = '{aged}'; UPDATE scenes SET updated_at = '{aged}'",
        )
        ledger.record(fact)
        project = app_database.row(app_file, "projects", f"id = '{PROJECT}'")
        assert str(project["last_active"]) > aged, fact
        if isinstance(fact, facts.SceneSpoken | facts.SceneSourced):
            mine = f"project_id = '{PROJECT}' AND scene_number = {fact.scene.number}"
            scene = app_database.row(app_file, "scenes", mine)
            assert str(scene["updated_at"]) > aged, fact


def test_clips_chosen_anew_take_the_place_of_the_earlier_ones(
    app_file: Path, tmp_path: Path
) -> None:
    url = app_database.url_of(app_file)
    ledger = record(url, tmp_path, run_facts.TO_FOOTAGE)

    ledger.record(run_facts.sourced(1, "warship", "abc", run_facts.shown("b", 3.0)))

    first = projects.project(connect(url), PROJECT).scenes[0]
    assert first.clips == (run_facts.shown("b", 3.0),)


def test_clips_that_are_shown_rank_before_those_that_are_not(tmp_path: Path) -> None:
    path = tmp_path / "app.db"
    ledger = record(app_database.make(path, app_database.RICH), tmp_path, run_facts.TO_FOOTAGE)

    ledger.record(run_facts.sourced(1, "warship", "abc", run_facts.shown("c", 0.0)))

    ranked = app_database.query(
        path,
        "SELECT video_id, download_status FROM visual_suggestions JOIN scenes"
        " ON scenes.id = scene_id WHERE scene_number = 1 ORDER BY rank",
    )
    assert ranked == [("c", "complete"), ("a", None), ("b", None)]


def test_a_project_never_looks_finished_before_it_is(app_file: Path, tmp_path: Path) -> None:
    url = app_database.url_of(app_file)
    ledger = Ledger(connect(url), PROJECT, tmp_path / "lost.json", Path())

    for fact in run_facts.WHOLE_RUN[:-1]:
        ledger.record(fact)
        project = app_database.row(app_file, "projects", f"id = '{PROJECT}'")
        assert project["video_path"] is None
        assert project["current_step"] != "export"
        assert project["status"] == "draft"


def test_a_failed_run_is_marked_as_one(app_file: Path, tmp_path: Path) -> None:
    record(
        app_database.url_of(app_file),
        tmp_path,
        (*run_facts.TO_FOOTAGE, facts.AssemblyStarted(2), facts.RunFailed("no space left")),
    )

    assert app_database.row(app_file, "projects", f"id = '{PROJECT}'")["status"] == "error"


def test_a_database_of_our_own_records_the_same_run(tmp_path: Path) -> None:
    path = tmp_path / "videogen.db"
    create(path)

    ledger = record(app_database.url_of(path), tmp_path, run_facts.WHOLE_RUN)

    assert ledger.warnings == []
    assert app_database.row(path, "projects")["current_step"] == "export"


def test_columns_that_we_do_not_know_keep_what_they_hold(app_file: Path, tmp_path: Path) -> None:
    for table in ("projects", "scenes", "visual_suggestions"):
        app_database.execute(app_file, f"ALTER TABLE {table} ADD COLUMN mood TEXT DEFAULT 'calm'")
    ledger = record(app_database.url_of(app_file), tmp_path, run_facts.TO_FOOTAGE)
    for table in ("projects", "scenes", "visual_suggestions"):
        app_database.execute(app_file, f"UPDATE {table} SET mood = 'stormy' WHERE mood = 'calm'")

    for fact in run_facts.WHOLE_RUN[1:]:
        ledger.record(fact)

    assert ledger.warnings == []
    moods = "SELECT DISTINCT mood FROM projects UNION SELECT DISTINCT mood FROM scenes"
    assert app_database.query(app_file, moods) == [("stormy",)]


def test_the_apps_configuration_stays_beside_ours(tmp_path: Path) -> None:
    path = tmp_path / "app.db"
    url = app_database.make(path)
    ledger = Ledger(connect(url), app_database.APP_PROJECT, tmp_path / "lost.json", Path())

    ledger.record(facts.ScriptWritten(run_facts.SCRIPT))

    project = app_database.row(path, "projects", f"id = '{app_database.APP_PROJECT}'")
    config = json.loads(str(project["config_json"]))
    assert config["theme"] == "dark"
    assert config["videogen"]["writer"] == "outline"


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(20.0, 1), (89.9, 1), (90.0, 2), (300.0, 5), (1800.0, 30)]
)
def test_the_target_is_kept_in_minutes_rounded_half_up(
    tmp_path: Path, seconds: float, minutes: int
) -> None:
    path = tmp_path / "app.db"
    record(app_database.make(path), tmp_path, [facts.ProjectStarted("x", seconds)])

    project = app_database.row(path, "projects", f"id = '{PROJECT}'")

    assert project["target_duration"] == minutes


def test_only_the_apps_own_voices_change_their_name(tmp_path: Path) -> None:
    path = tmp_path / "app.db"
    told = (*run_facts.TO_SCRIPT, facts.VoiceoverFinished("bm_george", 9.0))
    record(app_database.make(path), tmp_path, told)

    assert app_database.row(path, "projects", f"id = '{PROJECT}'")["voice_id"] == "bm_george"


def test_a_fact_that_no_database_can_take_is_told_and_the_next_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "videogen.db"
    create(path)
    no_text = facts.ProjectStarted("half of a letter: \ud800", 30.0)

    ledger = record(app_database.url_of(path), tmp_path, (no_text, *run_facts.WHOLE_RUN))

    assert f"ProjectStarted of project {PROJECT} was not recorded" in ledger.warnings[0]
    assert app_database.row(path, "projects")["current_step"] == "export"
