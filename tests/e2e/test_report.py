"""The page that tells a finished film, opened in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from commands import videogen
from fakes.media import make_still
from playwright.sync_api import Browser, Page, Request, sync_playwright
from system_parts import missing

DATABASE = ("--database", "output/videogen.db")
SIZES = [(1400, "light"), (1400, "dark"), (390, "light")]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with one finished film of a still, a card and a line that looks like markup."""
    root = tmp_path_factory.mktemp("reported")
    (root / "clips").mkdir()
    make_still(root / "clips/harbor with fishing boats.png")
    (root / "clips/harbor with fishing boats.txt").write_text("Credit: Ada\nLicense: CC BY 4.0\n")
    (root / "boats.md").write_text(
        "Fishing boats wait in the harbor.\n\nNobody knows </script><b>why</b> 40 % of it rose.\n"
    )
    assert videogen("db", "create", "output/videogen.db", cwd=root).code == 0
    ended = videogen(
        *("run", "--root", root, *DATABASE, "--topic", "Boats", "--script", "boats.md"),
        *("--clips", "clips", "--footage", "local", "--size", "320x180", "--fps", "10", "--quiet"),
        cwd=root,
    )
    assert ended.code == 0, ended.err
    return root


@pytest.fixture(scope="module")
def report(root: Path) -> Path:
    """The page of the film."""
    listed = videogen("list", "--root", root, *DATABASE, "--json", cwd=root).json
    project = listed["projects"][0]["id"]
    ended = videogen("report", project, "--root", root, *DATABASE, cwd=root)
    assert ended.code == 0, ended.err
    return Path(ended.out.strip())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        missing("Chromium is not installed (apt install chromium)")
    with sync_playwright() as playwright:
        # Chromium's own sandbox can't be made by root, which CI often is.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def told() -> list[str]:
    """What the browser complains of, and what it asks beyond the page's folder."""
    return []


def opened(browser: Browser, report: Path, told: list[str], width: int, scheme: str) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()

    def note_request(asked: Request) -> None:
        if not asked.url.startswith(("file:", "data:")):
            told.append(asked.url)

    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", note_request)
    page.goto(report.as_uri())
    page.wait_for_function("document.getElementById('film').readyState >= 1")
    return page


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_it_is_without_faults_and_asks_nothing_of_the_network(
    width: int, scheme: str, browser: Browser, report: Path, told: list[str]
) -> None:
    page = opened(browser, report, told, width, scheme)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert told == []
    page.context.close()


def test_it_is_one_small_file(report: Path) -> None:
    assert report.parent.name == "output"
    assert report.stat().st_size < 2_000_000


def test_a_click_plays_from_there_and_captions_are_shown(
    browser: Browser, report: Path, told: list[str]
) -> None:
    page = opened(browser, report, told, 1400, "light")
    last = page.locator("nav button").last
    start = float(last.get_attribute("data-at") or 0)
    assert start > 0
    last.click()
    page.wait_for_function(f"document.getElementById('film').currentTime >= {start}")
    page.wait_for_function("!document.getElementById('film').paused")
    assert page.evaluate("film.textTracks[0].mode") == "showing"
    page.evaluate("film.pause(); film.currentTime = film.textTracks[0].cues[0].startTime + 0.1")
    page.wait_for_function("film.textTracks[0].activeCues.length == 1")
    assert "Fishing boats" in page.evaluate("film.textTracks[0].activeCues[0].text")
    page.context.close()


def test_a_keyboard_reaches_every_shot(browser: Browser, report: Path, told: list[str]) -> None:
    page = opened(browser, report, told, 1400, "light")
    shots = page.locator(".strip button")
    shots.last.focus()
    page.keyboard.press("Enter")
    wanted = float(shots.last.get_attribute("data-at") or 0)
    page.wait_for_function(f"document.getElementById('film').currentTime >= {wanted}")
    page.context.close()


def test_it_says_what_is_shown_why_by_whom_and_how_to_make_it_again(
    browser: Browser, report: Path, told: list[str]
) -> None:
    page = opened(browser, report, told, 1400, "light")
    text = page.inner_text("main")
    for said in (
        "harbor with fishing boats",
        "Ada",
        "CC BY 4.0",
        "Fits ",
        "forty percent",
        "40 %",
        "nothing fits",
        "voiceover",
        "videogen run --topic Boats",
        "--size 320x180",
    ):
        assert said in text, said
    page.context.close()


def test_a_project_without_a_film_is_refused(root: Path) -> None:
    ended = videogen("report", "no-such-id", "--root", root, *DATABASE, cwd=root)
    assert ended.code == 64
    assert "no-such-id" in ended.err
