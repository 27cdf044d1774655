"""Every recipe of the documents, copied into a shell word for word.

`ID` stands for the last project, GitHub's address leads to this checkout, the services are the fakes, and
the environment asks for the smallest film that an option does not ask otherwise of.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from commands import CHECKOUT, IN_LINE, PATIENCE, clean_environment
from fakes import groq
from fakes.archive import Archive
from fakes.commons import Commons, CommonsFile
from fakes.media import make_long_video, make_still
from fakes.openverse import Openverse
from fakes.web import Web
from fakes.wikipedia import FakeWikipedia, article
from system_parts import missing

ORDER = ("README", *(f"docs/{name}" for name in ("recipes", "voices", "sources")))
BLOCK = re.compile(r"^```(?:sh|console|bash)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Real installations are the business of .ci/wheel, which reads the same block.
INSTALLING = "pipx install"
KEY = "gsk_your_own_key"
SMALLEST = {
    "VIDEOGEN_SIZE": "160x90",
    "VIDEOGEN_FPS": "10",
    "VIDEOGEN_DURATION": "5",
    "VIDEOGEN_QUALITY": "draft",
    "VIDEOGEN_SPEED": "1.7",
}
COMMAND = """#!{python}
import sys
from pathlib import Path
sys.path.insert(0, str(Path.cwd()) if Path("alembic.ini").exists() else "{installed}")
from videogen.cli import main
if __name__ == "__main__":
    main()
"""
SHELL = """set -eu
last() { videogen list --json | {python} -c 'import json, sys; print(json.load(sys.stdin)["projects"][0]["id"])'; }
{recipe}
pwd >"{place}"
"""


def recipes() -> Iterator[tuple[str, str]]:
    """Yield the pages and the texts of all recipes, in the order in which they are read."""
    for page in ORDER:
        for block in BLOCK.findall((CHECKOUT / f"{page}.md").read_text(encoding="utf-8")):
            if not block.startswith(INSTALLING):
                yield page, block


def first_words(value: object) -> str:
    return str(value).splitlines()[-1].partition("  #")[0]


@dataclass(frozen=True)
class Reader:
    """Somebody who copies one recipe after the other into a shell."""

    folder: Path
    variables: dict[str, str]

    @property
    def place(self) -> Path:
        """The file that says in which folder the shell is."""
        return self.folder / "place"

    def copy(self, recipe: str) -> subprocess.CompletedProcess[str]:
        """Run a recipe where the one before has ended."""
        text = SHELL.replace("{python}", sys.executable).replace("{place}", str(self.place))
        return subprocess.run(
            ["bash", "-c", text.replace("{recipe}", re.sub(r"\bID\b", '"$(last)"', recipe))],
            cwd=self.place.read_text(encoding="utf-8").strip(),
            env=self.variables,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The open services and Groq, and the variables that lead there."""
    film = make_long_video(tmp_path_factory.mktemp("film") / "tide.mp4", 30.0)
    patch = pytest.MonkeyPatch()
    patch.setattr(groq, "KEY", KEY)
    articles = {"Tides": article(400, "Causes")}
    with Web().running() as web, FakeWikipedia(articles) as wikipedia, groq.FakeGroq() as model:
        Commons(web, [CommonsFile(1234567, "File:Tide in a harbor.webm", film)])
        Archive(web, [])
        Openverse(web, [])
        names = ("COMMONS", "ARCHIVE", "OPENVERSE")
        yield {f"{name}_BASE_URL": web.url for name in names} | {
            "WIKIPEDIA_BASE_URL": wikipedia.url,
            "GROQ_BASE_URL": model.url,
        }
    patch.undo()


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory, services: dict[str, str]) -> Reader:
    """A reader with a home of their own, where videogen is installed."""
    for program in ("bash", "git", "make"):
        if shutil.which(program) is None:
            missing(f"{program} is not installed")
    folder = tmp_path_factory.mktemp("reader")
    bin_folder = folder / "venv/bin"
    bin_folder.mkdir(parents=True)
    installed = folder / "site-packages"
    shutil.copytree(CHECKOUT / "videogen", installed / "videogen")
    shutil.copytree(CHECKOUT / "migrations", installed / "videogen/migrations")
    command = bin_folder / "videogen"
    command.write_text(COMMAND.format(python=sys.executable, installed=installed))
    command.chmod(0o755)
    (bin_folder / "activate").touch()
    # make finds the environment set up, whenever its checkout was cloned.
    (bin_folder / ".installed").touch()
    os.utime(bin_folder / ".installed", (2**32, 2**32))
    variables = clean_environment() | services | SMALLEST | IN_LINE
    del variables["PYTHONPATH"]
    variables |= {
        "HOME": str(folder),
        "PATH": f"{bin_folder}:{variables['PATH']}",
        "VENV": str(bin_folder.parent),
        "VIDEOGEN_CACHE": str(folder / "cache"),
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": f"url.{CHECKOUT}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/videogen/videogen",
        "GIT_CONFIG_KEY_1": "safe.directory",
        "GIT_CONFIG_VALUE_1": "*",
    }
    made = Reader(folder, variables)
    made.place.write_text(str(folder))
    return made


def prepare(reader: Reader) -> None:
    """Lay out what is the reader's own, in the folder where the shell is."""
    here = Path(reader.place.read_text(encoding="utf-8").strip())
    if here.name == "videogen" and not (here / ".venv").exists():
        (here / ".venv").symlink_to(reader.variables["VENV"])
    if here.name != "films" or (here / "my-talk.md").exists():
        return
    (here / "my-talk.md").write_text(
        "The tide comes in twice a day, and the harbor waits for it.\n"
    )
    (here / "my-topics.txt").write_text("High tide\nLow tide\n")
    named = re.findall(r"^\{\"topic\".*$", (CHECKOUT / "docs/recipes.md").read_text(), re.MULTILINE)
    (here / "my-films.jsonl").write_text("\n".join((*named, '{"script": "my-talk.md"}')))
    (here / "my-clips").mkdir()
    make_still(here / "my-clips/harbor with fishing boats at low tide.png")
    (here / "my-voice").mkdir()
    spoken = reader.copy("videogen voices --save my-voice/scene-1.wav")
    assert spoken.returncode == 0, spoken.stderr
    music = reader.copy(
        f"{sys.executable} -c 'import soundfile, numpy; "
        'soundfile.write("my-music.mp3", numpy.sin(numpy.arange(480000) / 20) / 3, 48000)\''
    )
    assert music.returncode == 0, music.stderr


@pytest.mark.parametrize(("page", "recipe"), list(recipes()), ids=first_words)
def test_a_recipe_does_what_it_says(page: str, recipe: str, reader: Reader) -> None:
    prepare(reader)
    ended = reader.copy(recipe)
    assert ended.returncode == 0, f"{page}:\n{recipe}\n{ended.stdout}\n{ended.stderr}"
