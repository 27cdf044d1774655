"""Scripts that a person wrote: Markdown, plain text, or scenes as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from videogen.domain import Brief, Scene, Script
from videogen.errors import UsageError
from videogen.script.text_files import FRONT_MATTER, MARKDOWN_SUFFIXES, read_text
from videogen.script.writers.answers import ScriptAnswer, scenes_of

LARGEST_FILE = 5_000_000  # bytes; some forty hours of speech
_CELLS = {"th", "td"}
_ENDS = (".", "!", "?", ":", ";")
_CURE = "Give a UTF-8 text file: Markdown, plain text, or JSON scenes."


class FileWriter:
    """Reads a script as it is: a paragraph a scene, headings as the titles of scenes."""

    name = "file"

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, brief: Brief) -> Script:
        """Return the file's scenes; only a missing title is taken from the brief.

        Raises:
            UsageError: the file can't be read, is no text, or holds no narration.
        """
        text = read_text(self.path, "script", LARGEST_FILE, _CURE)
        if self.path.suffix.lower() == ".json":
            title, scenes = _from_json(text, self.path)
        elif self.path.suffix.lower() in MARKDOWN_SUFFIXES:
            title, scenes = _from_markdown(text)
        else:
            title, scenes = "", _from_paragraphs(text)
        if not scenes:
            raise UsageError("The script file holds no narration", where=str(self.path), cure=_CURE)
        return Script(title or brief.topic, scenes, self.name)


def _from_json(text: str, path: Path) -> tuple[str, tuple[Scene, ...]]:
    try:
        found = json.loads(text)
        answer = ScriptAnswer.model_validate(
            {"scenes": found} if isinstance(found, list) else found
        )
    except ValueError as exc:
        raise UsageError(
            "The script file holds no JSON scenes",
            where=str(path),
            cure='Write {"title": "...", "scenes": [{"text": "..."}]}.',
        ) from exc
    scenes = [scene for scene in scenes_of(answer, range(1, len(answer.scenes) + 1)) if scene.text]
    return answer.title, _numbered(scenes)


def _from_paragraphs(text: str) -> tuple[Scene, ...]:
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    return _numbered([Scene(0, paragraph) for paragraph in paragraphs if paragraph])


def _from_markdown(text: str) -> tuple[str, tuple[Scene, ...]]:
    """Return the script's title and its scenes.

    The only first-level heading is the script's own title; any other heading is the title of the
    paragraph that follows it. Code, tables and HTML are not narration; a list is one paragraph.
    """
    parser = MarkdownIt("commonmark").enable("table")
    blocks = list(_blocks(parser.parse(FRONT_MATTER.sub("", text))))
    top = [block for tag, block in blocks if tag == "h1"]
    title = top[0] if len(top) == 1 else ""
    scenes, heading = [], ""
    for tag, block in blocks:
        if tag == "p":
            scenes.append(Scene(0, block, heading))
            heading = ""
        elif not (tag == "h1" and title):
            heading = block
    return title, _numbered(scenes)


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield the text blocks as `(tag, text)`: `p` for a paragraph or list, `h1` to `h6`."""
    items: list[str] = []
    depth, tag = 0, ""
    for token in tokens:
        if token.type.endswith("list_open"):
            depth += 1
        elif token.type.endswith("list_close"):
            depth -= 1
            if depth == 0 and items:
                yield "p", " ".join(items)
                items = []
        elif token.type == "inline" and (block := " ".join(token.content.split())):
            if depth:
                items.append(block if block.endswith(_ENDS) else f"{block}.")
            elif tag not in _CELLS:
                yield tag, block
        tag = token.tag


def _numbered(scenes: Sequence[Scene]) -> tuple[Scene, ...]:
    return tuple(replace(scene, number=number) for number, scene in enumerate(scenes, start=1))
