"""The few words of a title that stand on a picture."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from videogen.language.sentences import is_english, parsed, tokenized

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


MOST_WORDS = 4
_WORTH = {"PROPN": 3, "NOUN": 2, "VERB": 1, "ADJ": 1, "NUM": 1}
_BEGINS = frozenset({"PROPN", "NOUN", "ADJ", "NUM"})
_ENDS = _BEGINS | {"VERB"}


def headline(title: str, language: str) -> str:
    """Return at most four words in a row that tell most of a title; no name is cut in two.

    All of a title that is so short; nothing where all that tells is one longer name.
    """
    if len(title.split()) <= MOST_WORDS:
        return title.strip()
    english = is_english(language)
    doc = parsed(title) if english else tokenized(title, language)
    kept = list(_kept_together(doc) if english else _capitalized(doc))
    # Of those that tell as much the first is taken, which is the shortest.
    best = max(_runs(doc, kept, english), key=lambda run: _worth(run, english), default=None)
    text = best.text if best else ""
    return text[:1].upper() + text[1:]


def _runs(doc: Doc, kept: list[Span], english: bool) -> Iterator[Span]:
    """Yield the runs of words that can stand alone, the shortest first."""
    places = range(len(doc))
    for length in range(1, len(doc) + 1):
        for start in places[: len(doc) - length + 1]:
            run = doc[start : start + length]
            if (
                len(run.text.split()) <= MOST_WORDS
                and _tells(run[0], _BEGINS, english)
                and _tells(run[-1], _ENDS, english)
                and not any(token.is_punct and token.text not in "-'’" for token in run)
                and not any(_cuts(run, span) for span in kept)
            ):
                yield run


def _tells(token: Token, parts: frozenset[str], english: bool) -> bool:
    if token.is_stop:
        return False
    return token.pos_ in parts if english else token.is_alpha or token.like_num


def _worth(run: Span, english: bool) -> int:
    if english:
        return sum(_WORTH.get(token.pos_, 0) for token in run)
    return sum(not token.is_stop and not token.is_punct for token in run)


def _cuts(run: Span, name: Span) -> bool:
    return any(name.start < edge < name.end for edge in (run.start, run.end))


def _kept_together(doc: Doc) -> Iterator[Span]:
    """Yield names, and phrases that say nothing else of a name's words, without their articles."""
    names = [_bare(span) for span in doc.ents]
    yield from names
    for phrase in map(_bare, doc.noun_chunks):
        if not any(_cuts(phrase, name) or _cuts(name, phrase) for name in names):
            yield phrase


def _bare(span: Span) -> Span:
    start = span.start
    while start < span.end - 1 and span.doc[start].pos_ in {"DET", "PRON"}:
        start += 1
    return span.doc[start : span.end]


def _capitalized(doc: Doc) -> Iterator[Span]:
    def is_capital(token: Token) -> bool:
        return token.text[:1].isupper() and not token.is_stop

    for is_name, tokens in groupby(doc, key=is_capital):
        if is_name:
            run = list(tokens)
            yield doc[run[0].i : run[-1].i + 1]
