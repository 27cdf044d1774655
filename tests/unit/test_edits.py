"""What a person changed of a project in the app: found, said once, and made of the script."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from videogen.db.projects import InApp
from videogen.domain.script import Scene, Script
from videogen.project.edits import Edits, edited, edits_of, news
from videogen.workspace import Workspace

SCRIPT = Script(
    "The tides",
    (
        Scene(1, "The moon pulls.", queries=("moon",)),
        Scene(2, "The sea comes back.", queries=("flood",)),
        Scene(3, "Boats rise.", queries=("boats",)),
    ),
    "groq",
)
AS_MADE = ((1, "The moon pulls."), (2, "The sea comes back."), (3, "Boats rise."))
UNTOUCHED = InApp("Tides of the sea", "af_sky", AS_MADE)


def found(row: InApp | None, voice: str = "") -> Edits:
    return edits_of(row, " Tides  of the sea", voice, SCRIPT)


@pytest.mark.parametrize(
    "row",
    [UNTOUCHED, None, replace(UNTOUCHED, texts=())],
    ids=["as made", "no row", "no scene yet"],
)
def test_a_project_that_nobody_touched_has_no_edits(row: InApp | None) -> None:
    assert found(row) == Edits()
    assert edited(SCRIPT, found(row), "en-us") == SCRIPT


def test_a_new_name_is_the_films_title() -> None:
    script = edited(SCRIPT, found(replace(UNTOUCHED, name="Moon and sea")), "en-us")

    assert script == replace(SCRIPT, title="Moon and sea")


def test_a_scene_whose_words_stayed_keeps_what_belongs_to_it_wherever_it_stands() -> None:
    texts = ((1, "Boats rise."), (2, "The sea returns twice a day."), (4, "The moon pulls."))

    script = edited(SCRIPT, found(replace(UNTOUCHED, texts=texts)), "en-us")

    assert [(scene.number, scene.text) for scene in script.scenes] == list(texts)
    first, new, last = script.scenes
    assert (first.queries, last.queries) == (("boats",), ("moon",))
    assert "sea" in new.keywords or "sea" in new.queries


@pytest.mark.parametrize(
    ("row", "voice", "told"),
    [
        (UNTOUCHED, "am_adam", ["the voice is am_adam"]),
        (replace(UNTOUCHED, name="Sea"), "", ["the project is called “Sea”"]),
        (replace(UNTOUCHED, texts=AS_MADE[:2]), "", ["scene 3 is gone"]),
        (
            replace(UNTOUCHED, texts=((1, AS_MADE[0][1]), (2, AS_MADE[2][1]))),
            "",
            ["scene 2 is gone"],
        ),
        (
            replace(UNTOUCHED, texts=(AS_MADE[0], (2, "Low water."), AS_MADE[2])),
            "",
            ["scene 2 says something else"],
        ),
        (
            replace(UNTOUCHED, texts=((1, AS_MADE[1][1]), (2, AS_MADE[0][1]), AS_MADE[2])),
            "",
            ["the scenes are in another order"],
        ),
    ],
)
def test_what_changed_is_said_once(tmp_path: Path, row: InApp, voice: str, told: list[str]) -> None:
    workspace = Workspace(tmp_path, "p", "p")

    edits = found(row, voice)

    assert news(workspace, edits, SCRIPT) == [f"Changed in the app: {line}" for line in told]
    assert news(workspace, edits, SCRIPT) == []


def test_what_is_put_back_is_said_as_well(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, "p", "p")
    news(workspace, found(replace(UNTOUCHED, name="Sea", texts=AS_MADE[:2]), "am_adam"), SCRIPT)

    told = news(workspace, found(UNTOUCHED), SCRIPT)

    assert [line.removeprefix("Changed in the app: ") for line in told] == [
        "the project has its first name again",
        "the voice is the first one again",
        "scene 3 is new",
    ]
