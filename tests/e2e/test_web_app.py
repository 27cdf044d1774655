"""A run in the web app's root, seen as the app sees it: by its rows, and by what it serves."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import PROCESSES, Ended, videogen
from fakes import app_database, faults

SHORT = ("--topic", "Tides", "--duration", 6, "--size", "320x180", "--fps", "24")


@pytest.fixture(scope="module")
def app_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkout of an app that has been started once."""
    root = tmp_path_factory.mktemp("app")
    (root / "public").mkdir()
    (root / "package.json").write_text("{}")
    app_database.make(root / "ai-video-generator.db", app_database.RICH)
    return root


@pytest.fixture(scope="module")
def made(app_root: Path) -> Ended:
    ended = videogen("run", *SHORT, cwd=app_root, **PROCESSES)
    assert ended.code == 0, ended.err
    return ended


def test_the_video_and_its_picture_lie_where_the_app_serves_them(
    app_root: Path, made: Ended
) -> None:
    project = app_database.row(app_root / "ai-video-generator.db", "projects", "topic = 'Tides'")

    assert project["video_path"] == f"public/videos/{project['id']}/final.mp4"
    assert project["thumbnail_path"] == f"public/videos/{project['id']}/thumbnail.jpg"
    assert (app_root / str(project["video_path"])).stat().st_size == project["video_file_size"]
    assert (app_root / str(project["thumbnail_path"])).is_file()
    assert str(app_root / str(project["video_path"])) in made.out


def test_every_scene_has_its_audio_where_the_app_serves_it(app_root: Path, made: Ended) -> None:
    scenes = app_database.query(
        app_root / "ai-video-generator.db",
        "SELECT project_id, scene_number, audio_file_path FROM scenes JOIN projects"
        " ON projects.id = project_id WHERE topic = 'Tides'",
    )

    assert scenes, made.err
    for project_id, number, path in scenes:
        assert path == f".cache/audio/projects/{project_id}/scene-{number}.mp3"
        assert (app_root / path).is_file()


def test_the_export_page_shows_the_video_and_is_named_at_the_end(
    app_root: Path, made: Ended
) -> None:
    database = app_root / "ai-video-generator.db"
    project = app_database.row(database, "projects", "topic = 'Tides'")
    job = app_database.row(database, "assembly_jobs", f"project_id = '{project['id']}'")

    assert (project["current_step"], project["status"]) == ("export", "active")
    assert (job["status"], job["progress"]) == ("complete", 100)
    scenes = app_database.query(
        database, f"SELECT count(*) FROM scenes WHERE project_id = '{project['id']}'"
    )
    assert [(job["total_scenes"],)] == scenes
    assert 1 <= int(str(job["current_scene"])) <= int(str(job["total_scenes"]))
    assert made.out.rstrip().endswith(f"/projects/{project['id']}/export")


def test_a_list_tells_status_step_age_and_length(app_root: Path, made: Ended) -> None:
    listed = videogen("list", cwd=app_root).out.splitlines()

    (mine,) = (line.split() for line in listed if line.endswith("Tides"))
    assert mine[1:3] == ["finished", "export"]
    assert mine[4] in {"s", "min"}
    assert mine[5:7] == ["6", "s"]
    (theirs,) = (line for line in listed if line.endswith("Cats"))
    assert theirs.split()[1:3] == ["draft", "voiceover"]
    assert made.code == 0


def test_a_video_whose_row_was_refused_is_recorded_by_a_resume(app_root: Path) -> None:
    database = app_root / "ai-video-generator.db"
    topic = ("--topic", "Storms", *SHORT[2:])

    with faults.raising_trigger(database, "UPDATE OF video_path ON projects"):
        ended = videogen("run", *topic, "--json", cwd=app_root)
    video = app_root / ended.json["video_path"]
    assert (ended.code, ended.json["status"]) == (1, "incomplete"), ended.err
    assert video.is_file()
    assert video.with_name("final.lost.json").is_file()
    assert any("VideoFinished" in warning for warning in ended.json["warnings"])
    assert app_database.row(database, "projects", "topic = 'Storms'")["video_path"] is None

    resumed = videogen("resume", ended.json["project_id"], cwd=app_root)

    assert resumed.code == 0, resumed.err
    project = app_database.row(database, "projects", "topic = 'Storms'")
    assert project["video_path"] == ended.json["video_path"]
    assert not video.with_name("final.lost.json").exists()
