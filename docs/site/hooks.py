"""What the site shows beside the pages of docs/: the checkout's own texts, decisions, the rooms' docstrings."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
# Pages of the site that lie outside docs/.
TEXTS = {
    "index.md": "README.md",
    "contributing.md": "CONTRIBUTING.md",
    "changelog.md": "CHANGELOG.md",
}
_LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#)([^)#\s]+)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let the menu end with what is found: pages that it does not name, decisions, the rooms."""
    told = str(config["nav"])
    others = [path for path in sorted((ROOT / "docs").glob("*.md")) if path.name not in told]
    more = [{"More": [{_title(path): path.name} for path in others]}] if others else []
    decisions = [
        {_title(path): f"decisions/{path.name}"}
        for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))
    ]
    rooms = [{room: f"api/{room}.md"} for room in _rooms()]
    config["nav"] = [*config["nav"], *more, {"Decisions": decisions}, {"API": rooms}]
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the texts of the checkout, and the pages that mkdocstrings fills."""
    for name, source in TEXTS.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, name, content=text))
    for room in _rooms():
        text = f"# videogen.{room}\n\n::: videogen.{room}\n"
        files.append(File.generated(config, f"api/{room}.md", content=text))
    style = File.generated(
        config, "site.css", abs_src_path=str(Path(__file__).with_name("site.css"))
    )
    files.append(style)
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead each link to the file of the checkout that it names: its page here, else its source."""
    here = page.file.src_uri
    folder = posixpath.dirname(TEXTS.get(here, f"docs/{here}"))

    def led(link: re.Match[str]) -> str:
        named = posixpath.normpath(posixpath.join(folder, link[1]))
        told = next((name for name, source in TEXTS.items() if source == named), None)
        target = told or posixpath.relpath(named, "docs")
        if files.get_file_from_path(target) is not None:
            return posixpath.relpath(target, posixpath.dirname(here) or ".")
        if not (ROOT / named).exists():
            return link[1]  # MkDocs says that it leads nowhere
        return f"{config['extra']['source']}/blob/main/{named}"

    return _LINK.sub(led, markdown)


def _rooms() -> Iterator[str]:
    for path in sorted((ROOT / "videogen").iterdir()):
        if path.is_dir() and (path / "__init__.py").is_file():
            yield path.name
        elif path.suffix == ".py" and not path.stem.startswith("_"):
            yield path.stem


def _title(path: Path) -> str:
    heading: Any = re.search(r"^# (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return str(heading[1]) if heading else path.stem
