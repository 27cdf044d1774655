"""What the documents point at is there, and what they say of the program is so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click
import configuration
import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from markdown_it.token import Token

from videogen.cli import cli
from videogen.doctor.origins import known_variables
from videogen.footage.sources import SOURCES
from videogen.footage.sources import provider_of as source_of
from videogen.script.writers import WRITERS
from videogen.script.writers import provider_of as writer_of

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
# Of other programs that a user calls as well.
FOREIGN = {"--file", "--tag"}
USERS_PAGES = (
    "README.md",
    *(
        f"docs/{name}.md"
        for name in ("recipes", "writers", "voices", "sources", "web-app", "troubleshooting")
    ),
)
documents = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)


def tokens(document: Path) -> Iterator[Token]:
    for token in MarkdownIt().enable("table").parse(document.read_text(encoding="utf-8")):
        yield token
        yield from token.children or ()


def links(document: Path) -> list[str]:
    """Return where its links and pictures lead."""
    found = (token.attrGet("href") or token.attrGet("src") for token in tokens(document))
    return [str(target) for target in found if target]


def anchors(document: Path) -> set[str]:
    """Return the names of its headings, as GitHub makes them."""
    found = list(tokens(document))
    headings = [
        found[at + 1].content for at, token in enumerate(found) if token.type == "heading_open"
    ]
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
    return set(plain)


def options(command: click.Command) -> set[str]:
    own = set(command.get_help_option_names(click.Context(command)))
    own.update(name for one in command.params for name in (*one.opts, *one.secondary_opts))
    within = command.commands.values() if isinstance(command, click.Group) else ()
    return own.union(*map(options, within))


@documents
def test_every_link_leads_to_a_file_and_a_heading_of_it(document: Path) -> None:
    def leads(target: str) -> bool:
        name, _, anchor = target.partition("#")
        path = document.parent / name if name else document
        return path.exists() and (not anchor or anchor in anchors(path))

    ours = [target for target in links(document) if "://" not in target]
    assert [target for target in ours if not leads(target)] == []


@documents
def test_every_address_is_well_formed(document: Path) -> None:
    addresses = [target for target in links(document) if "://" in target]
    parts = [urlsplit(address) for address in addresses]
    assert {one.scheme for one in parts} <= {"https", "http"}
    assert all("." in (one.hostname or "") or one.hostname == "localhost" for one in parts)


@pytest.mark.parametrize("name", USERS_PAGES)
def test_every_option_that_is_named_is_one(name: str) -> None:
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", (ROOT / name).read_text("utf-8")))
    assert named - options(cli) <= FOREIGN


def test_the_pages_of_commands_settings_sources_and_writers_are_what_the_program_has() -> None:
    for path, text in configuration.pages():
        assert path.read_text(encoding="utf-8") == text, "make docs"


def test_every_variable_of_the_code_has_its_line() -> None:
    page = configuration.page()
    assert {one.name for one in known_variables() if f"| `{one.name}` |" not in page} == set()
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "videogen").rglob("*.py")]
    read = {name for text in sources for name in re.findall(r'"(VIDEOGEN_[A-Z]+)"', text)}
    # What no file may say is left out of every file, and is no option's.
    assert {name for name in read if f"`{name}`" not in page} <= {"VIDEOGEN_TRUSTS"}


def test_the_changelog_the_package_and_the_command_name_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = CliRunner().invoke(cli, ["--version"], prog_name="videogen").output
    assert told == f"videogen, version {project['version']}\n"
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", changelog, re.MULTILINE)
    assert headings[0] == f"{project['version']} (unreleased)"


def test_each_plain_dependency_earns_its_row_and_no_other_has_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    plain = {re.split(r"[^\w-]", one)[0] for one in project["dependencies"]}
    document = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")

    table = document.split("| package | MiB |")[1].split("\n\n")[0].splitlines()[2:]
    cells = [re.sub(r" \(.*?\)", "", row.split("|")[1]).split(",") for row in table]
    named = [name.strip() for cell in cells for name in cell]

    assert sorted(named) == sorted(plain)
    assert f"| {len(plain)} |" in next(
        row for row in document.splitlines() if row.startswith("| plain dependencies")
    )


def test_every_service_that_is_asked_has_its_facts_told() -> None:
    sources = {name for name in SOURCES if source_of(name).probe}
    writers = {name for name in WRITERS if writer_of(name).probe}
    table = (ROOT / "docs" / "services.md").read_text("utf-8").partition("\n## ")[0]
    named = re.findall(r"^\| [^|`]+ `([\w-]+)` \|", table, re.MULTILINE)
    assert sorted(named) == sorted(sources | writers | {"voices"})


def test_the_drawing_of_the_house_names_each_room_that_there_is() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    drawing = contributing.split("```\nvideogen/\n")[1].split("```")[0]
    package = ROOT / "videogen"
    folders = {path.parent for path in package.rglob("*.py")} - {package}
    modules = {path.name for path in package.glob("*.py") if not path.name.startswith("__")}

    drawn = set(re.findall(r"\b[a-z_]+(?:\.py|/)(?=\s)", drawing))

    assert drawn == modules | {f"{folder.name}/" for folder in folders}


def test_every_test_that_the_facts_of_services_name_is_one() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "services.md").read_text("utf-8")))
    tests = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    known = {name for text in tests for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}
    assert len(named) > 40
    assert named <= known
