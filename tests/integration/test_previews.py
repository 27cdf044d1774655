"""What the app's curation page plays and shows of clips: drawn small, and where the app serves it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import pytest
from fakes import app_database, run_facts
from fakes.media import make_still, make_video
from PIL import Image

from videogen.assembly.preview import Sight, draw_picture, draw_preview
from videogen.assembly.style import look_of
from videogen.db import facts
from videogen.db.engine import connect
from videogen.db.ledger import Ledger
from videogen.db.projects import chosen_in_app, project
from videogen.domain.footage import Candidate, Card, Clip, MediaFile, PlannedScene, SourcedScene
from videogen.domain.video import Format

PROJECT = "7d8a2c1e-0000-4000-8000-000000000001"
LOOK = look_of("dark", "tides")
WIDE = Format(Fraction(30), 1920, 1080)
UPRIGHT = Format(Fraction(30), 1080, 1920)


@pytest.mark.parametrize(("output", "size"), [(WIDE, (480, 270)), (UPRIGHT, (270, 480))])
@pytest.mark.parametrize("kind", ["video", "still", "card", "damaged"])
def test_whatever_a_scene_shows_has_a_small_video_and_a_picture(
    tmp_path: Path, kind: str, output: Format, size: tuple[int, int]
) -> None:
    media: dict[str, MediaFile | Card] = {
        "video": MediaFile(make_video(tmp_path / "long.mp4", 8.0), "video"),
        "still": MediaFile(make_still(tmp_path / "still.jpg"), "still"),
        "card": Card("The harbour", 1),
        "damaged": MediaFile(tmp_path / "gone.mp4", "video"),
    }
    video, picture = tmp_path / "previews" / "p.mp4", tmp_path / "clips" / "p.jpg"

    draw_preview(Sight(media[kind], "A harbour", 2.0, 20.0), output, LOOK, video, picture)

    with av.open(str(video)) as file:
        (stream,) = file.streams
        frames = [frame.to_ndarray() for frame in file.decode(video=0)]
        assert (stream.codec_context.name, len(frames)) == ("h264", 48)
    with Image.open(picture) as shown:
        assert (shown.format, shown.size) == ("JPEG", size)
        low, high = shown.convert("L").getextrema()
    assert kind == "still" or high - low > 50


def test_a_picture_alone_is_the_first_that_is_seen(tmp_path: Path) -> None:
    media = MediaFile(make_video(tmp_path / "v.mp4", 1.0), "video")

    draw_picture(Sight(media, "A harbour"), WIDE, LOOK, tmp_path / "p.jpg")

    with Image.open(tmp_path / "p.jpg") as shown:
        assert shown.size == (480, 270)


@pytest.fixture
def app_file(tmp_path: Path) -> Path:
    """A file in the root of an app."""
    (tmp_path / "public").mkdir()
    (tmp_path / "package.json").touch()
    path = tmp_path / "app.db"
    app_database.make(path, app_database.RICH)
    return path


def test_the_curation_page_finds_what_it_plays_under_its_cache_and_no_path_elsewhere(
    app_file: Path,
) -> None:
    root = app_file.parent
    ledger = Ledger(connect(app_database.url_of(app_file)), PROJECT, root / "lost.json", root)
    for fact in run_facts.TO_VOICEOVER:
        ledger.record(fact)
    own = Candidate("local", "harbour.mp4", "harbour", "", "The user's own file", "")
    clip = replace(run_facts.shown("a", 0.0), candidate=own)
    card = Clip(replace(own, source="cards", id="1-2"), Card("The harbour", 1), 0.0, 0.0, 4.0)
    planned = PlannedScene(run_facts.SCRIPT.scenes[0], 9.0, "harbour", (), (), ())
    ledger.record(facts.SceneSourced(SourcedScene(planned, (clip, card))))

    shown = "SELECT default_segment_path, thumbnail_url, embed_url FROM visual_suggestions"
    for path, picture, page in app_database.query(app_file, shown):
        assert path is None
        assert str(picture).startswith("data:image/")
        assert page == "about:blank"

    names = {"harbour.mp4": "one", "1-2": "two"}
    pictures = tuple(
        facts.ClipPicture(
            clip_id,
            f"/videos/{PROJECT}/clips/{name}.jpg",
            f".cache/videogen/{PROJECT}/previews/{name}.mp4",
        )
        for clip_id, name in names.items()
    )
    ledger.record(facts.ClipsPictured(1, pictures))

    assert app_database.query(app_file, f"{shown} ORDER BY rank") == [
        (
            f".cache/videogen/{PROJECT}/previews/{name}.mp4",
            f"/videos/{PROJECT}/clips/{name}.jpg",
            f"/api/videos/videogen/{PROJECT}/previews/{name}.mp4",
        )
        for name in names.values()
    ]
    database = connect(app_database.url_of(app_file))
    assert [one.candidate.url for one in project(database, PROJECT).scenes[0].clips] == ["", ""]
    assert chosen_in_app(database, PROJECT) == {}
    assert ledger.warnings == []
