"""Pictures that fit the words: seen before the cut, changed by a person, and in the film."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from commands import videogen
from fakes import app_database
from fakes.vision import make_clip_model

SMALL = ("--size", "320x180", "--fps", "15", "--duration", "20")
DATABASE = ("--database", "output/videogen.db")
CLIPS = {
    "cyclists in city traffic": (200, 40, 40),
    "tram passing the town hall": (40, 200, 40),
    "starry night with galaxy over water": (40, 40, 200),
    "chess board with figures": (200, 200, 40),
    "cartoon rabbit in a meadow": (200, 40, 200),
    "press briefing bridge to the future": (40, 200, 200),
}
SCRIPT = """# The city changes

Bicycles return to the street, and people pedal to work.

Trams carry people through the town again.

At night the Milky Way rises over the sea.

Nobody knows what a mortgage will cost in ten years.
"""


def make_clip(path: Path, colour: Sequence[int]) -> None:
    """Write thirty seconds of one colour with something that moves in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=5, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for number in range(150):
            picture = np.full((180, 320, 3), colour, np.uint8)
            picture[:40, number : number + 40] = 255
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode())


def colours(path: Path, at: float) -> tuple[int, ...]:
    """Return the colour of the picture's lower half at a time in seconds."""
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            if frame.time is not None and frame.time >= at:
                mean = frame.to_ndarray(format="rgb24")[100:].mean(axis=(0, 1))
                return tuple(int(one) for one in mean)
    raise AssertionError(f"{path} has no picture at {at} s")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    for name, colour in CLIPS.items():
        make_clip(folder / "clips" / f"{name}.mp4", colour)
    (folder / "script.md").write_text(SCRIPT)
    assert videogen("db", "create", "output/videogen.db", cwd=folder).code == 0
    return folder


@pytest.fixture(scope="module")
def planned(root: Path) -> Any:
    """The plan of a film, as JSON, and the project's id under `id`."""
    asked = ("--script", "script.md", "--footage", "local", "--clips", "clips", *SMALL)
    ended = videogen("run", "--root", root, *DATABASE, *asked, "--plan", "--json", cwd=root)
    assert ended.code == 0, ended.err
    listed = videogen("list", "--root", root, *DATABASE, cwd=root).out
    return ended.json | {"id": listed.split()[0]}


def chosen(plan: Any) -> list[list[str]]:
    return [
        [choice["suggestion"]["candidate"]["title"] for choice in scene["choices"]]
        for scene in plan["scenes"]
    ]


def test_a_plan_shows_what_fits_and_says_what_found_nothing(root: Path, planned: Any) -> None:
    titles = chosen(planned)
    assert titles[0][0] == "cyclists in city traffic"
    assert titles[1][0] == "tram passing the town hall"
    assert titles[2][0] == "starry night with galaxy over water"
    assert all(choice["suggestion"]["relevance"] == 0 for choice in planned["scenes"][3]["choices"])
    shown = videogen("plan", planned["id"], "--root", root, cwd=root)
    assert "cyclists in city traffic" in shown.out
    assert "nothing fits" in shown.out


def test_the_page_holds_a_picture_of_every_clip(root: Path, planned: Any) -> None:
    ended = videogen("plan", planned["id"], "--root", root, "--html", "plan.html", cwd=root)
    assert ended.code == 0, ended.err
    page = (root / "plan.html").read_text(encoding="utf-8")
    assert page.count("data:image/jpeg;base64,") >= 3
    assert "http" not in page


def test_the_film_shows_the_bicycles_under_the_bicycles_and_what_a_person_chose(
    root: Path, planned: Any
) -> None:
    place = ("--root", root, *DATABASE)
    rabbit = ("4.1", "local:cartoon rabbit in a meadow.mp4")
    swapped = videogen("swap", planned["id"], *rabbit, *place, cwd=root)
    assert swapped.code == 0, swapped.err

    ended = videogen("resume", planned["id"], *place, "--json", cwd=root)

    assert ended.code == 0, ended.err
    film = root / ended.json["video_path"]
    starts = [0.0]
    for scene in ended.json["scenes"]:
        starts.append(starts[-1] + scene["duration"] + 0.6)
    expected = [*list(CLIPS.values())[:3], CLIPS["cartoon rabbit in a meadow"]]
    for start, colour in zip(starts, expected, strict=False):
        assert colours(film, start + 1.5) == pytest.approx(colour, abs=25)
    assert not any("Scene 4" in warning for warning in ended.json["warnings"])

    stars = ("4.1", "card")
    assert videogen("swap", planned["id"], *stars, *place, cwd=root).code == 0
    again = videogen("resume", planned["id"], *place, "--json", cwd=root)
    assert [one["clips"] for one in again.json["scenes"][:3]] == [
        one["clips"] for one in ended.json["scenes"][:3]
    ]
    assert again.json["scenes"][3]["clips"][0]["source"] == "cards"


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("9.1", "card"), "no shot 9.1"),
        (("x", "card"), "names no scene"),
        (("1.1", "local:missing.mp4"), "no such clip"),
        (("1.1", "youtube:5"), "among the sources"),
    ],
)
def test_a_swap_that_cannot_be_is_refused(
    root: Path, planned: Any, arguments: tuple[str, str], what: str
) -> None:
    ended = videogen("swap", planned["id"], *arguments, "--root", root, *DATABASE, cwd=root)
    assert ended.code != 0
    assert what in ended.err


@pytest.mark.parametrize("shape", [app_database.RICH, app_database.PLAIN])
def test_what_a_person_chooses_in_the_app_is_made(
    tmp_path: Path, root: Path, shape: tuple[str, ...]
) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "package.json").write_text("{}")
    database = tmp_path / "ai-video-generator.db"
    app_database.make(database, shape)
    asked = ("--script", root / "script.md", "--footage", "local", "--clips", root / "clips")
    ended = videogen("run", *asked, *SMALL, "--plan", cwd=tmp_path)
    assert ended.code == 0, ended.err
    project = app_database.row(database, "projects", "current_step = 'visual-curation'")
    scene = app_database.row(database, "scenes", "scene_number = 4")
    choose_in_app(database, str(scene["id"]), "chess board with figures.mp4", shape)

    resumed = videogen("resume", project["id"], "--json", cwd=tmp_path)

    assert resumed.code == 0, resumed.err
    clips = [scene["clips"][0]["title"] for scene in resumed.json["scenes"]]
    assert clips[3] == "chess board with figures"
    assert clips[0] == "cyclists in city traffic"
    again = videogen("resume", project["id"], "--json", cwd=tmp_path)
    assert again.json["scenes"] == resumed.json["scenes"]


def choose_in_app(database: Path, scene_id: str, clip: str, shape: tuple[str, ...]) -> None:
    """Select a clip as the app's curation page does: by the row's id where a clip has a row."""
    key = clip
    if shape == app_database.RICH:
        where = f"scene_id = '{scene_id}' AND video_id = '{clip}'"
        key = str(app_database.row(database, "visual_suggestions", where)["id"])
    app_database.execute(
        database, f"UPDATE scenes SET selected_clip_id = '{key}' WHERE id = '{scene_id}'"
    )


def test_a_film_is_made_as_a_person_changed_it_in_the_app(tmp_path: Path, root: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "package.json").write_text("{}")
    database = tmp_path / "ai-video-generator.db"
    app_database.make(database, app_database.RICH)
    asked = ("--script", root / "script.md", "--footage", "local", "--clips", root / "clips")
    ended = videogen("run", *asked, *SMALL, "--plan", "--json", cwd=tmp_path)
    assert ended.code == 0, ended.err
    project = app_database.row(database, "projects", "current_step = 'visual-curation'")
    mine = f"project_id = '{project['id']}' AND scene_number"
    app_database.execute(
        database,
        f"""
        UPDATE projects SET name = 'A town by night', voice_id = 'michael'
        WHERE id = '{project["id"]}';
        UPDATE scenes SET text = 'A tram passes the town hall.' WHERE {mine} = 2;
        DELETE FROM scenes WHERE {mine} = 4;
        UPDATE scenes SET scene_number = 9 WHERE {mine} = 1;
        UPDATE scenes SET scene_number = 1 WHERE {mine} = 3;
        UPDATE scenes SET scene_number = 3 WHERE {mine} = 9;
        """,
    )

    served(tmp_path, database, str(project["id"]))
    first = videogen("resume", project["id"], cwd=tmp_path)
    assert first.code == 0, first.err
    assert [line for line in first.err.splitlines() if line.startswith("Changed in the app")] == [
        "Changed in the app: the project is called “A town by night”",
        "Changed in the app: the voice is am_michael",
        "Changed in the app: scene 2 says something else",
        "Changed in the app: scene 4 is gone",
        "Changed in the app: the scenes are in another order",
    ]
    resumed = videogen("resume", project["id"], "--json", cwd=tmp_path)
    assert "Changed in the app" not in resumed.err
    scenes = resumed.json["scenes"]
    assert [scene["text"] for scene in scenes] == [
        "At night the Milky Way rises over the sea.",
        "A tram passes the town hall.",
        "Bicycles return to the street, and people pedal to work.",
    ]
    assert [scene["clips"][0]["title"] for scene in scenes] == [
        "starry night with galaxy over water",
        "tram passing the town hall",
        "cyclists in city traffic",
    ]
    after = app_database.row(database, "projects", f"id = '{project['id']}'")
    assert (after["name"], after["voice_id"]) == ("A town by night", "michael")
    rows = app_database.query(
        database, f"SELECT text FROM scenes WHERE {mine} > 0 ORDER BY scene_number"
    )
    assert rows == [(scene["text"],) for scene in scenes]
    with av.open(tmp_path / resumed.json["video_path"]) as film:
        assert film.metadata["title"] == "A town by night"
    assert served(tmp_path, database, str(project["id"])) >= len(scenes)


def served(root: Path, database: Path, project_id: str) -> int:
    """Check that the app can show every clip and play those that are shown; return how many."""
    rows = app_database.query(
        database,
        "SELECT thumbnail_url, default_segment_path, download_status FROM visual_suggestions"
        f" JOIN scenes ON scenes.id = scene_id WHERE project_id = '{project_id}'",
    )
    played = 0
    for picture, path, status in rows:
        assert (root / f"public{picture}").read_bytes().startswith(b"\xff\xd8"), picture
        if status == "complete":
            assert str(path).startswith(".cache/")
            with av.open(str(root / str(path))) as preview:
                assert preview.streams.video[0].frames > 0
            played += 1
    return played


def test_a_model_that_sees_shows_the_red_ship_though_another_clip_is_called_so(
    tmp_path: Path,
) -> None:
    clips = {"a red ship going out to sea": (40, 200, 40), "a ship at sea": (200, 40, 40)}
    for name, colour in clips.items():
        make_clip(tmp_path / "clips" / f"{name}.mp4", colour)
    (tmp_path / "script.md").write_text("# The red ship\n\nA red ship is going out to sea.\n")
    assert videogen("db", "create", "output/videogen.db", cwd=tmp_path).code == 0
    asked = ("--script", "script.md", "--footage", "local", "--clips", "clips", *SMALL)
    run = ("run", "--root", tmp_path, *DATABASE, *asked, "--plan", "--json")
    model = str(make_clip_model(tmp_path / "model"))

    blind = videogen(*run, "--name", "blind", cwd=tmp_path)
    seeing = videogen(*run, "--name", "seeing", cwd=tmp_path, VIDEOGEN_VISION_MODEL=model)

    assert seeing.code == 0, seeing.err
    assert chosen(blind.json)[0][0] == "a red ship going out to sea"
    assert chosen(seeing.json)[0][0] == "a ship at sea"
    assert "vision model" not in seeing.err
