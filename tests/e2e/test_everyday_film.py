"""A film of five minutes on an everyday topic, with what anyone may show and no key."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from commands import videogen
from fakes import milk
from fakes.web import Web

LEAST_SHOWN = 0.8  # of the film's time
FREE = re.compile(r"Public domain\b|CC0 1\.0$|CC0$|CC BY \d\.\d$", re.IGNORECASE)


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The planned scenes of the film."""
    return planned(tmp_path_factory.mktemp("everyday"), milk.SCRIPT)


def planned(root: Path, script: Path) -> list[dict[str, Any]]:
    """Return the scenes as planned for a script."""
    assert videogen("db", "create", "output/videogen.db", cwd=root).code == 0
    with Web().running() as web:
        ended = videogen(
            *("run", "--root", root, "--database", "output/videogen.db"),
            *("--topic", "Where our milk comes from", "--script", script),
            *("--duration", 300, "--fit", "--footage", "auto", "--plan", "--json"),
            cwd=root,
            VIDEOGEN_CACHE=str(root / "cache"),
            **milk.open_services(web),
        )
    assert ended.code == 0, ended.err
    found: list[dict[str, Any]] = ended.json["scenes"]
    return found


def shown(scene: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the candidates that a scene shows, cards left out."""
    candidates = (choice["suggestion"]["candidate"] for choice in scene["choices"])
    return [one for one in candidates if one["source"] != "cards"]


def share_shown(scenes: list[dict[str, Any]]) -> float:
    """Return in which part of its time a film shows no card."""
    whole: float = sum(scene["seconds"] for scene in scenes)
    assert whole == pytest.approx(300, abs=15)
    time: float = sum(
        scene["seconds"] * len(shown(scene)) / len(scene["choices"]) for scene in scenes
    )
    return time / whole


def test_footage_or_pictures_are_shown_most_of_the_time(scenes: list[dict[str, Any]]) -> None:
    assert share_shown(scenes) >= LEAST_SHOWN


def test_a_script_that_names_no_pictures_is_shown_most_of_its_time_too(tmp_path: Path) -> None:
    script = json.loads(milk.SCRIPT.read_text(encoding="utf-8"))
    for scene in script["scenes"]:
        del scene["visual_keywords"], scene["search_queries"]
    named_nothing = tmp_path / "script.json"
    named_nothing.write_text(json.dumps(script), encoding="utf-8")
    assert share_shown(planned(tmp_path, named_nothing)) >= LEAST_SHOWN


def test_no_moment_follows_itself(scenes: list[dict[str, Any]]) -> None:
    moments = [
        (candidate["source"], candidate["id"], choice["take"])
        for scene in scenes
        for choice in scene["choices"]
        for candidate in [choice["suggestion"]["candidate"]]
        if candidate["source"] != "cards"
    ]
    assert all(one != other for one, other in pairwise(moments))


def test_every_clip_may_be_shown_by_anyone(scenes: list[dict[str, Any]]) -> None:
    licenses = {one["license"] for scene in scenes for one in shown(scene)}
    assert {name for name in licenses if not FREE.match(name)} == set()
    sources = {one["source"] for scene in scenes for one in shown(scene)}
    assert sources == {"archive", "commons", "openverse"}
