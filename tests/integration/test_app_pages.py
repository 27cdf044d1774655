"""What the pages of a running copy of the app ask of its file, answered by a run as by the app itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import app_database, run_facts

from videogen.db import facts
from videogen.db.engine import connect
from videogen.db.ledger import Ledger
from videogen.db.projects import chosen_in_app, in_app
from videogen.domain.footage import Candidate, Card, Clip, PlannedScene, SourcedScene, Suggestion

PROJECT = "7d8a2c1e-0000-4000-8000-000000000001"

# What "Assemble Video" reads; it refuses a clip whose length is NULL.
ASSEMBLE = """
SELECT s.scene_number, vs.video_id, vs.duration, vs.provider FROM scenes s
INNER JOIN visual_suggestions vs ON s.selected_clip_id = vs.id
WHERE s.project_id = ? ORDER BY s.scene_number
"""
# What the curation page shows of each suggestion.
CURATION = """
SELECT vs.title, vs.channel_title, vs.embed_url, vs.download_status, vs.duration
FROM visual_suggestions vs JOIN scenes s ON s.id = vs.scene_id
WHERE s.project_id = ? ORDER BY s.scene_number, vs.rank
"""

OWN_CLIP = Candidate(
    "local", "harbour.mp4", "harbour", credit="", license="The user's own file", url=""
)
CARD = Candidate("cards", "1-1", "The harbour", credit="", license="Made by videogen", url="")


@pytest.fixture
def app_file(tmp_path: Path) -> Path:
    path = tmp_path / "app.db"
    app_database.make(path, app_database.RICH)
    return path


@pytest.fixture
def ledger(app_file: Path, tmp_path: Path) -> Ledger:
    ledger = Ledger(connect(app_database.url_of(app_file)), PROJECT, tmp_path / "lost.json", Path())
    for fact in run_facts.TO_VOICEOVER:
        ledger.record(fact)
    return ledger


def planned(number: int, *found: Candidate) -> PlannedScene:
    suggestions = tuple(Suggestion(one, "harbour", 0.5, 0.5, ()) for one in found)
    scene = run_facts.SCRIPT.scenes[number - 1]
    return PlannedScene(scene, 4.6, "harbour", (), suggestions, ())


def test_the_apps_own_cut_finds_a_length_for_every_clip_that_is_shown(
    app_file: Path, ledger: Ledger
) -> None:
    own = replace(run_facts.shown("a", 0.0), candidate=OWN_CLIP)
    card = Clip(CARD, Card("The harbour", 1), 0.0, 0.0, 0.4)
    ledger.record(facts.SceneSourced(SourcedScene(planned(1, OWN_CLIP), (own,))))
    ledger.record(facts.SceneSourced(SourcedScene(planned(2), (card,))))

    assert app_database.query(app_file, ASSEMBLE, PROJECT) == [
        (1, "harbour.mp4", 5, "local"),
        (2, "1-1", 1, "cards"),
    ]


def test_a_clip_of_unknown_length_that_a_person_may_choose_lasts_as_long_as_its_scene(
    app_file: Path, ledger: Ledger
) -> None:
    ledger.record(facts.FootagePlanned((planned(1, OWN_CLIP),)))

    assert app_database.row(app_file, "visual_suggestions")["duration"] == 5


def test_a_clip_had_by_the_apps_own_server_is_called_as_the_app_calls_it(
    app_file: Path, ledger: Ledger
) -> None:
    clip = run_facts.shown("video:949873", 0.0, "dvids-mcp")
    ledger.record(facts.SceneSourced(SourcedScene(planned(1, clip.candidate), (clip,))))

    assert app_database.query(app_file, ASSEMBLE, PROJECT) == [(1, "video:949873", 42, "dvids")]


def test_the_curation_page_shows_a_licence_alone_and_no_file_for_an_address(
    app_file: Path, ledger: Ledger
) -> None:
    ledger.record(facts.FootagePlanned((planned(1, OWN_CLIP, run_facts.candidate("a")),)))

    own, service = app_database.query(app_file, CURATION, PROJECT)
    assert own == ("harbour", "The user's own file", "about:blank", None, 5)
    assert service[1:3] == ("NASA/JPL · Public domain", "https://nasa.example/a.mp4")


def test_a_clip_that_nobody_asked_for_is_not_called_queued(app_file: Path, ledger: Ledger) -> None:
    for shown in ("a", "b"):
        ledger.record(run_facts.sourced(1, "warship", "abc", run_facts.shown(shown, 0.0)))

    statuses = [row[3] for row in app_database.query(app_file, CURATION, PROJECT)]
    assert statuses == ["complete", None, None]


def test_where_a_status_is_needed_a_clip_that_nobody_asked_for_has_the_apps_own(
    tmp_path: Path,
) -> None:
    path = tmp_path / "strict.db"
    app_database.make(
        path,
        app_database.RICH,
        change=lambda sql: sql.replace(
            "download_status TEXT DEFAULT", "download_status TEXT NOT NULL DEFAULT"
        ),
    )
    ledger = Ledger(connect(app_database.url_of(path)), PROJECT, tmp_path / "lost.json", Path())

    for fact in run_facts.WHOLE_RUN:
        ledger.record(fact)

    assert ledger.warnings == []
    statuses = app_database.query(path, "SELECT DISTINCT download_status FROM visual_suggestions")
    assert sorted(statuses) == [("complete",), ("pending",)]


def test_a_job_keeps_its_scene_while_the_titles_are_cut(app_file: Path, ledger: Ledger) -> None:
    ledger.record(facts.AssemblyStarted(2))
    ledger.record(facts.RenderProgress(80, "concatenating", 2))
    ledger.record(facts.RenderProgress(90, "concatenating", None))

    job = app_database.row(app_file, "assembly_jobs")
    assert (job["current_scene"], job["total_scenes"], job["progress"]) == (2, 2, 90)


def test_a_voice_that_a_person_set_while_the_scenes_were_spoken_stays(
    app_file: Path, tmp_path: Path
) -> None:
    ledger = Ledger(connect(app_database.url_of(app_file)), PROJECT, tmp_path / "lost.json", Path())
    *before, finished = run_facts.TO_VOICEOVER
    for fact in before:
        ledger.record(fact)
    app_database.execute(app_file, f"UPDATE projects SET voice_id = 'emma' WHERE id = '{PROJECT}'")

    ledger.record(finished)

    project = app_database.row(app_file, "projects", f"id = '{PROJECT}'")
    assert (project["voice_id"], project["voice_selected"]) == ("emma", 1)
    found = in_app(connect(app_database.url_of(app_file)), PROJECT)
    assert found is not None
    assert found.voice == "af_bella"


def test_a_clip_that_a_person_picked_while_clips_were_fetched_stays_picked(
    app_file: Path, ledger: Ledger
) -> None:
    found = planned(1, *(run_facts.candidate(one) for one in "abc"))
    ledger.record(facts.FootagePlanned((found,)))
    picked = app_database.row(app_file, "visual_suggestions", "video_id = 'c'")["id"]
    app_database.execute(
        app_file, f"UPDATE scenes SET selected_clip_id = '{picked}' WHERE scene_number = 1"
    )

    ledger.record(facts.SceneSourced(SourcedScene(found, (run_facts.shown("a", 0.0),))))

    (chosen,) = chosen_in_app(connect(app_database.url_of(app_file)), PROJECT).values()
    assert chosen.id == "c"


def test_a_scene_that_a_person_deleted_meanwhile_stays_deleted_and_is_no_loss(
    app_file: Path, ledger: Ledger
) -> None:
    app_database.execute(
        app_file, f"DELETE FROM scenes WHERE scene_number = 2 AND project_id = '{PROJECT}'"
    )

    for fact in (run_facts.spoken(2), *run_facts.TO_FOOTAGE[len(run_facts.TO_VOICEOVER) :]):
        ledger.record(fact)

    assert ledger.warnings == []
    numbers = f"SELECT scene_number FROM scenes WHERE project_id = '{PROJECT}'"
    assert app_database.query(app_file, numbers) == [(1,)]
