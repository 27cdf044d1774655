"""Figures of one unit that a text sets beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from videogen.language.statements.content import Bar, Comparison, Figure, Said
from videogen.language.statements.figures import figures
from videogen.language.statements.told import Told

if TYPE_CHECKING:
    from spacy.tokens import Span


_MOST_BARS, _MOST_LABEL, _MOST_LEAD = 5, 5, 9
_FROM_TO = re.compile(r"(?i)\b(from|de|da)\s+(?:about |nearly |some |just |only )?$")
_TO = re.compile(r"\s+(to|a|à|para)\s+(?:about |nearly |some |more than |over )?$")
_IN_YEAR = re.compile(r"\b(?:in|by|en|em|nel)\s(1\d{3}|20\d\d)\b")
# Without a parser, owners are told by their capital letters.
_OWNER = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:\s(?:(?:de|do|da|del|la)\s)?[A-ZÀ-Þ][\w’'-]+)*")
_WORD = re.compile(r"\s([^\W\d_]+)")
_OF = re.compile(r"\s+(?:of|for|in)\s+")


def comparisons(told: Told) -> Iterator[Comparison]:
    """Yield runs of two to five figures of a unit whose owners the text names."""
    if not told.is_spaced:
        return
    for _, run in groupby(figures(told), key=lambda figure: _unit(told, figure)):
        found = tuple(run)
        if not 2 <= len(found) <= _MOST_BARS or min(one.value for one in found) <= 0:  # noqa: PLR2004
            continue
        if change := _change(told, found):
            yield change
        elif labels := (
            _behind(told, found) or _before(told, found)
            if told.is_english
            else _capitals(told, found)
        ):
            nouns = [_counted(told, one) for one in found]
            bars = (
                Bar(label, _with_noun(told, one, noun))
                for label, one, noun in zip(labels, found, nouns, strict=True)
            )
            yield Comparison(None, tuple(bars))


def _unit(told: Told, figure: Figure) -> str:
    """Return what tells whether two figures measure the same: sign and unit, or what is counted.

    How something is measured belongs to it: 9 feet long is no more than 8 feet wide.
    """
    after = re.sub(r"\b(?:thousand|million|billion|trillion|bn|mn)\b", "", figure.after)
    unit = f"{figure.before.strip()} {after.strip(' -')}".replace("percent", "%").strip()
    counted = None if unit else _counted(told, figure)
    _, end = told.clause(figure.at, figure.end)
    at = counted.at + len(counted.text) if counted else figure.end
    way = next((token for token in told.doc if at <= token.idx < end), None)
    noun = counted.text.casefold().removesuffix("s") if counted else ""
    return f"{unit}{noun} {way.lower_ if way is not None and way.pos_ == 'ADJ' else ''}"


def _with_noun(told: Told, figure: Figure, noun: Said | None) -> Figure:
    """Return a figure with what it counts where that stands right behind it, or behind one word."""
    between = told.text[figure.end : noun.at] if noun else ""
    if noun is None or len(between.split()) > 1:
        return figure
    return replace(figure, after=f"{figure.after}{between}{noun.text}")


def _counted(told: Told, figure: Figure) -> Said | None:
    """Return the noun behind a figure that has no unit."""
    if figure.before or figure.after.strip() not in {"", "thousand", "million", "billion"}:
        return None
    _, end = told.clause(figure.at, figure.end)
    if not told.is_english:
        word = _WORD.match(told.text, figure.end, end)
        return Said(word[1], word.start(1)) if word else None
    behind = (token for token in told.doc if figure.end <= token.idx < end)
    noun = next((token for token in behind if token.pos_ == "NOUN"), None)
    return Said(noun.text, noun.idx) if noun is not None else None


def _change(told: Told, found: Sequence[Figure]) -> Comparison | None:
    """Return "rose from 12 percent to 45 percent" as two bars, named by their years where it tells them."""
    if len(found) != 2:  # noqa: PLR2004
        return None
    start, _ = told.clause(found[0].at, found[0].end)
    first = _FROM_TO.search(told.text[start : found[0].at])
    second = _TO.search(told.text[found[0].end : found[1].at])
    if not first or not second:
        return None
    lead = told.whole(start, start + first.start(), _MOST_LEAD)
    if lead is None:
        return None
    labels = _years(told, found) or (
        Said(first[1], start + first.start(1)),
        Said(second[1], found[0].end + second.start(1)),
    )
    figured = [_with_noun(told, one, _counted(told, one)) for one in found]
    return Comparison(lead, tuple(Bar(*pair) for pair in zip(labels, figured, strict=True)))


def _years(told: Told, found: Sequence[Figure]) -> tuple[Said, ...]:
    """Return the year that stands behind each figure; nothing where one has none."""
    ends = (*(one.at for one in found[1:]), told.clause(found[-1].at, found[-1].end)[1])
    years = [_IN_YEAR.search(told.text, one.end, end) for one, end in zip(found, ends, strict=True)]
    return tuple(Said(one[1], one.start(1)) for one in years if one) if all(years) else ()


def _behind(told: Told, found: Sequence[Figure]) -> list[Said] | None:
    """Return what figures are shares of: "40 percent of men"."""
    labels = []
    for figure in found:
        _, end = told.clause(figure.at, figure.end)
        of = _OF.match(told.text[figure.end : end])
        at = figure.end + of.end() if of else end
        chunk = next((one for one in told.doc.noun_chunks if one.start_char == at), None)
        label = told.whole(at, chunk.end_char, _MOST_LABEL) if chunk else None
        if label is None:
            return None
        labels.append(label)
    return _distinct(labels)


def _before(told: Told, found: Sequence[Figure]) -> list[Said] | None:
    """Return the subjects of figures, each named since the figure before."""
    labels, after = [], 0
    for figure in found:
        chunks = [
            chunk
            for chunk in told.doc.noun_chunks
            if after <= chunk.start_char
            and chunk.end_char <= figure.at
            and chunk.root.pos_ in {"NOUN", "PROPN"}
            and not any(token.like_num for token in chunk)
        ]
        subjects = [chunk for chunk in chunks if "subj" in chunk.root.dep_]
        named = subjects[-1:] or [chunk for chunk in chunks if chunk.root.pos_ == "PROPN"][-1:]
        label = _owner(told, named[0], figure.at) if named else None
        if label is None:
            return None
        labels.append(label)
        after = figure.end
    return _distinct(labels)


def _owner(told: Told, chunk: Span, end: int) -> Said | None:
    """Return a thing with what tells it from others of its kind: "a kilometer of road"."""
    last = chunk.root.right_edge
    whole = told.whole(chunk.start_char, min(end, last.idx + len(last)), _MOST_LABEL)
    return whole or told.whole(chunk.start_char, chunk.end_char, _MOST_LABEL)


def _capitals(told: Told, found: Sequence[Figure]) -> list[Said] | None:
    """Return the names that stand before figures, each since the figure before."""
    labels, after = [], 0
    for figure in found:
        named = [*_OWNER.finditer(told.text, after, figure.at)]
        if not named:
            return None
        labels.append(Said(named[-1].group(), named[-1].start()))
        after = figure.end
    return _distinct(labels)


def _distinct(labels: list[Said]) -> list[Said] | None:
    return labels if len({label.text.casefold() for label in labels}) == len(labels) else None
