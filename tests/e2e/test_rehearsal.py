"""`videogen run --dry-run`: what would happen, and nothing happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import PROCESSES, videogen
from fakes import app_database
from fakes.media import make_video
from fakes.web import Web

DATABASE = ("--database", "output/videogen.db")
TEXT = (
    "Ships go out to sea every morning, and come back when the tide turns.\n\n"
    "A lighthouse stands on the rock, and its lamp turns all night long.\n"
)
# A film of less than 20 s says little of a machine.
LAST_SCENE = """
Those who keep it have seen ships of wood, of iron and of steel go by, and they have written down
each of them in a book, with the day and the hour and the weather.
"""


LARGE = 10**7  # bytes; the voice's model is told apart by its size and its times


def everything_in(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return each file and folder with its size, the time of its last change, and what it holds."""
    found = {}
    for path in [folder, *folder.rglob("*")]:
        facts = path.stat()
        held = path.read_bytes() if path.is_file() and facts.st_size < LARGE else b""
        found[str(path)] = (facts.st_size, facts.st_mtime_ns, held)
    return found


@pytest.fixture
def root(standalone: Path) -> Path:
    """A root with a script and clips that fit its first scene."""
    (standalone / "words.md").write_text(TEXT)
    (standalone / "clips").mkdir()
    make_video(standalone / "clips/ships go out to sea in the morning.mp4", 4)
    (standalone / "cache").mkdir()
    return standalone


def test_nothing_is_touched_and_all_is_told(root: Path) -> None:
    asked = ("--script", "words.md", "--clips", "clips", "--footage", "local,pexels,cards")
    cache = root / "cache"
    before = everything_in(root)

    ended = videogen(
        *("run", "--dry-run", "--json", "--root", root, *DATABASE, *asked),
        *("--size", "vertical", "--quality", "draft"),
        cwd=root,
        VIDEOGEN_CACHE=str(cache),
    )

    assert ended.code == 0, ended.err
    assert everything_in(root) == before
    told = ended.json
    assert told["writer"] == "file"
    assert "words.md was given" in told["reason"]
    assert told["work"]["cut"] == {"width": 540, "height": 960, "fps": 30.0}
    assert told["work"]["scenes"] == 2
    assert 0 < told["work"]["filmed"] < 1
    assert told["sources"] == ["local", "cards"]
    assert told["video_path"] == str(root / "output/words_video.mp4")
    assert told["asking"] is None
    needs = {check["name"]: check for check in told["needs"]}
    assert (needs["pexels"]["ok"], needs["pexels"]["cure"]) == (
        False,
        "export PEXELS_API_KEY=your-own-key",
    )
    assert needs["encoder"]["ok"]
    assert needs["model"]["found"] == "made on first use"


def test_a_film_is_as_foretold_and_teaches_the_next_forecast(root: Path) -> None:
    (root / "words.md").write_text(TEXT * 2 + LAST_SCENE)
    asked = ("--script", "words.md", "--footage", "cards", "--size", "160x90", "--fps", "10")
    call = ("run", "--root", root, *DATABASE, "--topic", "Ships", *asked, "--json")
    cache = {"VIDEOGEN_CACHE": str(root / "cache")}
    begun = videogen(*call, "--until", "script", cwd=root, **cache)
    assert begun.code == 0, begun.err
    [stopped] = app_database.query(root / "output/videogen.db", "SELECT id FROM projects")

    told = videogen(*call, "--dry-run", cwd=root, **cache).json
    made = videogen(*call, cwd=root, **cache, **PROCESSES).json
    before = everything_in(root)
    again = videogen(*call, "--dry-run", cwd=root, **cache).json

    assert everything_in(root) == before
    assert told["stopped"] == again["stopped"] == [stopped[0]]
    assert told["video_path"] == str(root / made["video_path"])
    assert told["work"]["seconds"] == pytest.approx(made["duration"], rel=0.25)
    assert told["work"]["scenes"] == len(made["scenes"])
    assert (told["films"], again["films"]) == (0, 1)
    assert again["forecast"]["file_bytes"] == pytest.approx(made["file_size"], rel=0.25)


def test_what_sources_that_do_not_answer_would_show_is_reckoned_as_cards(root: Path) -> None:
    asked = ("--topic", "Tides", "--writer", "outline", "--footage", "commons,nasa")
    pinned = ("--pin", "1=nasa:KSC-2021", "--dry-run", "--root", root, *DATABASE)
    alone = videogen("run", *asked, *pinned, "--json", cwd=root).json
    with Web().running() as web:
        # It knows nothing, but it is there.
        heard = videogen("run", *asked, *pinned, cwd=root, COMMONS_BASE_URL=web.url)
        assert not web.asked  # no search: that would spend what the service allows
    assert alone["silent"] == ["commons", "nasa"]
    assert alone["sources"] == ["commons", "nasa", "cards"]
    assert (alone["work"]["filmed"], alone["forecast"]["fetched_bytes"]) == (0.0, 0.0)
    [cure] = [check["cure"] for check in alone["needs"] if check["name"] == "nasa"]
    assert cure == "curl --head http://127.0.0.1:9"
    assert "90% of the film, as such sources usually fill; no answer now from nasa" in heard.out


def test_what_a_run_would_refuse_is_refused(root: Path) -> None:
    call = ("run", "--dry-run", "--root", root)
    without_key = videogen(*call, *DATABASE, "--writer", "groq", cwd=root)
    assert without_key.code == 1
    assert "GROQ_API_KEY" in without_key.err
    without_database = videogen(*call, "--database", "none.db", cwd=root)
    assert without_database.code == 2
    assert not (root / "none.db").exists()


def test_a_person_reads_what_happens_what_is_missing_and_what_it_takes(root: Path) -> None:
    ended = videogen(
        *("run", "--dry-run", "--root", root, *DATABASE, "--topic", "Tides", "--duration", 60),
        cwd=root,
        GROQ_API_KEY="gsk_anything",
    )
    assert ended.code == 0, ended.err
    for line in ("60 s in 5 scenes", "GROQ_API_KEY is set", "tokens in and", "$0.00", "MB"):
        assert line in ended.out
    assert "  export PEXELS_API_KEY=your-own-key\n" in ended.out
    assert "gsk_anything" not in ended.out
