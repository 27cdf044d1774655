"""What a person chose of a plan, kept by the words of the scene that it was chosen for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import app_database, run_facts
from fakes.scenes import paced

from videogen.db import facts
from videogen.db.engine import Database, connect
from videogen.db.ledger import Ledger
from videogen.domain.events import Event
from videogen.domain.footage import Choice, PlannedScene, Suggestion
from videogen.domain.script import Scene
from videogen.footage.plans import Plan, merged
from videogen.project.curation import choose, keep_plan, take_over
from videogen.workspace import Workspace

PROJECT = "7d8a2c1e-0000-4000-8000-000000000001"
FIRST, SECOND = (scene.text for scene in run_facts.SCRIPT.scenes)
CHOSEN = Suggestion(run_facts.candidate("b"), "", 1.0, 1.0, ("a person's choice",))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path, PROJECT, "film")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    url = app_database.make(tmp_path / "app.db", app_database.RICH)
    ledger = Ledger(connect(url), PROJECT, tmp_path / "lost.json", Path())
    for fact in (*run_facts.TO_VOICEOVER, facts.FootagePlanned(plan(FIRST, SECOND).scenes)):
        ledger.record(fact)
    return connect(url)


def plan(*texts: str) -> Plan:
    found = tuple(Suggestion(run_facts.candidate(one), "sea", 0.5, 0.5, ()) for one in "ab")
    return Plan(
        tuple(
            PlannedScene(Scene(number, text), 4.0, "sea", (), found, ())
            for number, text in enumerate(texts, start=1)
            if text
        ),
        (),
    )


@pytest.mark.parametrize(
    ("texts", "number"),
    [
        ((FIRST, SECOND), 2),
        ((SECOND, FIRST), 1),
        (("New words.", FIRST, SECOND), 3),
        ((FIRST, "The scene's words, written anew."), 2),
        ((FIRST,), None),
        (("New words.", FIRST), None),
    ],
    ids=["as it was", "in another order", "one before", "rewritten", "gone", "gone, renumbered"],
)
def test_a_choice_goes_with_the_words_that_it_was_made_for(
    workspace: Workspace, database: Database, texts: tuple[str, ...], number: int | None
) -> None:
    earlier = plan(FIRST, SECOND)
    keep_plan(workspace, earlier)
    choose(workspace, {(2, 1): CHOSEN})

    told: list[Event] = []
    for _ in range(2):
        chosen = take_over(workspace, database, plan(*texts), earlier, {"nasa"}, told.append)
        wanted = {} if number is None else {(number, 1): CHOSEN}
        assert {shot: one for shot, one in chosen.items() if shot[0] <= len(texts)} == wanted
    assert told == []


def test_what_is_picked_in_the_app_is_told_once_and_is_the_very_candidate_that_was_offered(
    workspace: Workspace, database: Database, tmp_path: Path
) -> None:
    pick(tmp_path, "b", scene=1)
    told: list[Event] = []

    for _ in range(2):
        now = plan(FIRST, SECOND)
        chosen = take_over(workspace, database, now, now, {"nasa"}, told.append)
        assert chosen == {(1, 1): CHOSEN}

    assert [getattr(event, "text", "") for event in told] == [
        "Changed in the app: scene 1 shows “Title of b”"
    ]


def test_what_no_source_has_is_told_and_not_taken(
    workspace: Workspace, database: Database, tmp_path: Path
) -> None:
    app_database.execute(
        tmp_path / "app.db",
        "UPDATE visual_suggestions SET provider = 'youtube', video_id = 'dQw4'"
        " WHERE video_id = 'b'",
    )
    pick(tmp_path, "dQw4", scene=2)
    told: list[Event] = []

    now = plan(FIRST, SECOND)

    assert take_over(workspace, database, now, now, {"nasa"}, told.append) == {}
    (event,) = told
    assert "no source here has youtube clips" in getattr(event, "text", "")


def pick(folder: Path, clip: str, scene: int) -> None:
    """Select a clip as the app's curation page does."""
    number = f"SELECT id FROM scenes WHERE project_id = '{PROJECT}' AND scene_number = {scene}"
    app_database.execute(
        folder / "app.db",
        "UPDATE scenes SET selected_clip_id = (SELECT id FROM visual_suggestions"
        f" WHERE video_id = '{clip}' AND scene_id = scenes.id) WHERE id = ({number})",
    )


def test_what_is_said_as_before_shows_what_it_showed_wherever_it_stands() -> None:
    shown = (Choice("They met", CHOSEN, 0, "person"),)
    before = plan(FIRST, SECOND)
    earlier = Plan((before.scenes[0], replace(before.scenes[1], choices=shown)), ())
    fresh = Plan((replace(plan("New words.").scenes[0], query="new"),), ("a fault",))

    now = merged((paced(1, SECOND, 7.0, 0.5), paced(2, "New words.")), earlier, fresh)

    kept, new = now.scenes
    assert (kept.number, kept.scene.text, kept.seconds, kept.choices) == (1, SECOND, 7.5, shown)
    assert (new.number, new.query) == (2, "new")
    assert now.faults == ("a fault",)
