"""The main job with services that answer, each a fake on loopback speaking the real protocol."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import videogen
from fakes import app_database
from fakes.dvids import KEY as DVIDS_KEY
from fakes.dvids import Dvids, DvidsVideo
from fakes.groq import KEY, FakeGroq
from fakes.media import make_long_video
from fakes.web import Web
from fakes.wikipedia import FakeWikipedia, article

SMALL = ("--size", "320x180", "--fps", "10")
DATABASE = ("--database", "output/videogen.db")


def test_a_language_model_writes_what_the_voice_says(standalone: Path) -> None:
    with FakeGroq("short") as groq:
        ended = videogen(
            *("run", "--root", standalone, *DATABASE, "--topic", "Tides", "--duration", 30),
            *(*SMALL, "--footage", "cards", "--json"),
            cwd=standalone,
            GROQ_API_KEY=KEY,
            GROQ_BASE_URL=groq.url,
        )
        asked = [request.path for request in groq.requests]
    assert ended.code == 0, ended.err
    assert set(asked) == {"/openai/v1/chat/completions"}
    assert 2 <= len(asked) <= 4
    assert abs(ended.json["duration"] - 30) < 0.6
    assert KEY not in ended.err + ended.out
    text = app_database.dump(standalone / "output/videogen.db")
    assert KEY not in "\n".join(text)


def test_footage_of_a_service_is_shown_credited_and_never_asked_for_again(
    standalone: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    clip = make_long_video(outside / "ship.mp4", 60.0)
    (standalone / "ships.md").write_text("A grey ship sails out.\n\nThe ship comes home.\n")
    run = ("run", "--root", standalone, *DATABASE, "--script", "ships.md", "--duration", 10)
    options = (*SMALL, "--footage", "dvids,cards", "--json")
    with Web().running() as web:
        Dvids(
            web,
            [
                DvidsVideo(n, f"Ship {n}", files={(640, 360): clip}, duration=60.0)
                for n in range(1, 7)
            ],
        )
        keys = {
            "DVIDS_API_KEY": DVIDS_KEY,
            "DVIDS_BASE_URL": web.url,
            "VIDEOGEN_CACHE": str(outside / "cache"),
        }
        first = videogen(*run, *options, cwd=standalone, **keys)
        assert first.code == 0, first.err
        asked = len(web.asked)
        again = videogen(*run, *options, cwd=standalone, **keys)
        assert again.code == 0, again.err
        assert len(web.asked) == asked > 0
    shown = [clip for scene in first.json["scenes"] for clip in scene["clips"]]
    assert {clip["source"] for clip in shown} == {"dvids"}
    assert all(clip["credit"] and clip["license"] and clip["url"] for clip in shown)
    beside = (standalone / first.json["video_path"]).with_suffix(".credits.txt")
    assert shown[0]["title"] in beside.read_text(encoding="utf-8")
    told = [first.out, first.err, *app_database.dump(standalone / "output/videogen.db")]
    files = [path.read_bytes() for path in standalone.rglob("*") if path.is_file()]
    assert not any(DVIDS_KEY in text for text in told)
    assert not any(DVIDS_KEY.encode() in content for content in files)


def test_wikipedia_is_asked_each_question_once(standalone: Path) -> None:
    with FakeWikipedia({"Tides": article(600, "Causes", "Measurement")}) as wikipedia:
        ended = videogen(
            *("run", "--root", standalone, *DATABASE, "--topic", "Tides", "--duration", 30),
            *(*SMALL, "--footage", "cards", "--json"),
            cwd=standalone,
            WIKIPEDIA_BASE_URL=wikipedia.url,
        )
        asked = [tuple(sorted(request.query.items())) for request in wikipedia.requests]
    assert ended.code == 0, ended.err
    assert asked
    assert len(asked) == len(set(asked))
