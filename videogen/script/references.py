"""Texts that a script takes its facts from: a person's file, or the topic's article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from videogen.domain.footage import OWN_FILE
from videogen.domain.options import WIKIPEDIA
from videogen.domain.script import Credit, Reference
from videogen.errors import ScriptError, UsageError
from videogen.script.encyclopedia import Encyclopedia
from videogen.script.excerpt import excerpt
from videogen.script.sections import Importance, joined, sections_of
from videogen.script.text_files import FRONT_MATTER, MARKDOWN_SUFFIXES, read_text

# Groq's free plan admits 8,000 tokens a minute, the answer's own among them.
MOST_WORDS = 1500
LARGEST_FILE = 2_000_000  # bytes; a book of 300,000 words
_CURE = "Give a UTF-8 text file: plain text or Markdown."
_FACT = re.compile(r"(title|credit|author|license|licence|source)\s*:\s*(\S.*)", re.IGNORECASE)
_HEADINGS, _CELLS = {"h1", "h2", "h3", "h4", "h5", "h6"}, {"th", "td"}
_BREAKS = {"softbreak", "hardbreak"}


def find_references(
    source: str, topic: str, language: str, encyclopedia: Encyclopedia
) -> tuple[Reference, ...]:
    """Return what a script's facts shall come from: a file, the topic's article, or nothing.

    Each is shortened to what a question to a language model has room for.

    Raises:
        UsageError: the file can't be used.
        ScriptError: there is no article on the topic.
        WriterUnavailable: Wikipedia can't be reached.
    """
    if not source:
        return ()
    if source != WIKIPEDIA:
        return (excerpt(read_reference(Path(source)), MOST_WORDS, language),)
    article = article_reference(encyclopedia, topic, language)
    if article is None:
        raise ScriptError(
            f"Wikipedia has no article on {topic!r}",
            cure="Word the topic differently, or name a file by --source.",
        )
    return (excerpt(article, MOST_WORDS, language),)


def read_reference(path: Path) -> Reference:
    """Return a text or Markdown file without its markup, its headings as `== Heading ==`.

    Its first lines may say `Title:`, `Credit:`, `License:` and `Source:`; they are the credit, not
    the text.

    Raises:
        UsageError: the file can't be read, is too large, is no text, or says nothing.
    """
    facts, text = _front(read_text(path, "source", LARGEST_FILE, _CURE))
    title = ""
    if path.suffix.lower() in MARKDOWN_SUFFIXES:
        title, text = _from_markdown(text)
    if not text.strip():
        raise UsageError("The source file holds no text", where=str(path), cure=_CURE)
    credit = Credit(
        facts.get("title") or title or re.sub(r"[\W_]+", " ", path.stem).strip(),
        facts.get("credit") or facts.get("author", ""),
        facts.get("license") or facts.get("licence") or OWN_FILE,
        facts.get("source", ""),
    )
    return Reference(text.strip(), credit)


def article_reference(encyclopedia: Encyclopedia, topic: str, language: str) -> Reference | None:
    """Return the topic's article without its appendices; None where there is none.

    Raises:
        WriterUnavailable: Wikipedia can't be reached.
    """
    page = next(encyclopedia.articles(topic, language), None)
    if page is None:
        return None
    told = (one for one in sections_of(page.extract) if one.importance > Importance.APPENDIX)
    return Reference(joined(one for one in told if one.text), page.credit)


def _front(text: str) -> tuple[dict[str, str], str]:
    """Split what the first lines say about a text from the text; a heading may stand above them."""
    facts: dict[str, str] = {}
    if matter := FRONT_MATTER.match(text):
        facts |= dict(filter(None, map(_fact, matter[0].splitlines())))
        text = text[matter.end() :]
    lines = text.splitlines()
    rest: list[str] = []
    while lines and (not lines[0].strip() or _fact(lines[0]) or _is_first_heading(lines[0], rest)):
        line = lines.pop(0)
        if fact := _fact(line):
            facts |= [fact]
        elif line.strip():
            rest.append(line)
    return facts, "\n".join([*rest, *lines])


def _is_first_heading(line: str, before: Sequence[str]) -> bool:
    return not before and line.startswith("# ")


def _fact(line: str) -> tuple[str, str] | None:
    found = _FACT.fullmatch(line.strip())
    return (found[1].lower(), found[2].strip("\"'")) if found else None


def _from_markdown(text: str) -> tuple[str, str]:
    """Return the title and the text; the only first-level heading is the title, not a heading."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    top = [
        index
        for index, token in enumerate(tokens)
        if token.type == "inline" and tokens[index - 1].tag == "h1"
    ]
    title = _plain(tokens.pop(top[0])) if len(top) == 1 else ""
    return title, "\n".join(_lines(tokens))


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield a line a paragraph, heading, item or row of a table; HTML says nothing."""
    cells: list[str] = []
    for before, token in pairwise(tokens):
        if token.type in {"fence", "code_block"}:
            yield token.content.strip()
        elif token.type == "tr_close":
            yield ", ".join(filter(None, cells))
            cells = []
        elif token.type == "inline" and before.tag in _CELLS:
            cells.append(_plain(token))
        elif token.type == "inline" and before.tag in _HEADINGS:
            marks = "=" * max(2, int(before.tag[1]))
            yield f"{marks} {_plain(token)} {marks}"
        elif token.type == "inline":
            yield _plain(token)


def _plain(token: Token) -> str:
    """Return what a reader sees of a line: no marks, no addresses behind words, no pictures."""
    pieces = token.children or ()
    seen = "".join(
        " " if one.type in _BREAKS else one.content
        for one in pieces
        if one.type in _BREAKS or one.type in {"text", "code_inline"}
    )
    return " ".join(seen.split())
