"""A script that a person wrote as Markdown: what is spoken, what is shown, where the facts are from.

What is said of a film stands in the front matter, what is said of a scene in a comment beneath its
paragraph, both as lines of `name: value` with the names that JSON scenes have. A list under a last
heading "Sources", in any language that is spoken, is not spoken; each of its items is a credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from videogen.domain.script import Credit, Scene, Script
from videogen.script.text_files import FRONT_MATTER

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_CELLS = {"th", "td"}
_ENDS = (".", "!", "?", ":", ";")
# In the languages that are spoken.
_SOURCES = frozenset("sources fuentes fonti fontes स्रोत 出典 参考文献 来源 资料来源".split())


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading `h1` to `h6`, a paragraph `p`, a list `ul` with its items, or a comment."""

    kind: str
    texts: tuple[str, ...]
    credits: tuple[Credit, ...] = ()

    @property
    def text(self) -> str:
        """All that it says, in one line; each item of a list as a sentence."""
        if self.kind != "ul":
            return self.texts[0]
        return " ".join(text if text.endswith(_ENDS) else f"{text}." for text in self.texts)


def read_markdown(text: str) -> Script:
    """Return a script without numbers in its scenes; its title is empty where the text has none.

    The only first-level heading is the script's own title; any other heading is the title of the
    paragraph that follows it. Code, tables and HTML are not narration; a list is one paragraph.
    """
    front = FRONT_MATTER.match(text)
    named = _fields(front[1]) if front else {}
    parser = MarkdownIt("commonmark").enable("table")
    blocks = list(_blocks(parser.parse(text[front.end() :] if front else text)))
    blocks, sources = _without_sources(blocks)
    top = [block.text for block in blocks if block.kind == "h1"]
    title = top[0] if len(top) == 1 else ""
    scenes = tuple(_scenes([block for block in blocks if not (title and block.kind == "h1")]))
    return Script(
        title or named.get("title", ""),
        scenes,
        "",
        credits=sources,
        thumbnail_text=named.get("thumbnail_text", ""),
        description=named.get("description", ""),
    )


def _scenes(blocks: Sequence[_Block]) -> Iterator[Scene]:
    heading, scene = "", None
    for block in blocks:
        if block.kind == "comment":
            scene = _shown_by(scene, _fields(block.text)) if scene else None
            continue
        if scene:
            yield scene
        is_heading = block.kind.startswith("h")
        scene = None if is_heading else Scene(0, block.text, heading)
        heading = block.text if is_heading else ""
    if scene:
        yield scene


def _shown_by(scene: Scene, named: dict[str, str]) -> Scene:
    return replace(
        scene,
        keywords=_listed(named.get("keywords", "")) or scene.keywords,
        queries=_listed(named.get("queries", "")) or scene.queries,
        on_screen=named.get("on_screen", scene.on_screen),
    )


def _fields(text: str) -> dict[str, str]:
    """Return lines of `name: value`; others are left out."""
    pairs = (line.partition(":") for line in text.splitlines())
    return {
        name.strip().lower(): value.strip().strip("\"'") for name, colon, value in pairs if colon
    }


def _listed(value: str) -> tuple[str, ...]:
    """Return what stands between semicolons, or commas where there are none."""
    parts = value.split(";" if ";" in value else ",")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _without_sources(blocks: list[_Block]) -> tuple[list[_Block], tuple[Credit, ...]]:
    """Part the list of sources at a text's end from what is spoken."""
    match blocks:
        case [*spoken, heading, _Block(kind="ul") as found] if (
            heading.kind.startswith("h") and heading.text.casefold().rstrip(":：") in _SOURCES
        ):
            return spoken, found.credits
    return blocks, ()


def _blocks(tokens: Sequence[Token]) -> Iterator[_Block]:
    items: list[Token] = []
    depth, tag = 0, ""
    for token in tokens:
        if token.type.endswith("list_open"):
            depth += 1
        elif token.type.endswith("list_close"):
            depth -= 1
            if depth == 0 and items:
                yield _Block("ul", tuple(map(_line, items)), tuple(map(_credit, items)))
                items = []
        elif token.type == "html_block" and (comment := _COMMENT.search(token.content)):
            yield _Block("comment", (comment[1],))
        elif token.type == "inline" and _line(token):
            if depth:
                items.append(token)
            elif tag not in _CELLS:
                yield _Block(tag, (_line(token),))
        tag = token.tag


def _line(token: Token) -> str:
    return " ".join(token.content.split())


def _credit(item: Token) -> Credit:
    """Return a source by its words and its first link; nobody wrote the narration but its author."""
    parts = item.children or ()
    links = (str(part.attrs["href"]) for part in parts if part.type == "link_open")
    words = "".join(part.content if part.content else " " * (part.tag == "br") for part in parts)
    return Credit(" ".join(words.split()), "", "", next(links, ""))
