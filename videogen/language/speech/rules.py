"""Text normalization by rules: each rewrites the spans it matches, the first that fits wins.

Every rule sees the text as written, so none trips over what another made of it, and each span
knows which part of the text it stands for; that is what lets a caption show "$13.3 billion" while
"thirteen point three billion dollars" is spoken.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """What is said, and what is shown, for the characters `start` up to `end` of a text."""

    start: int
    end: int
    spoken: str
    shown: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what is said for a match of it; None leaves the match to later rules.

    `show` is what a caption shows; None shows the match as it is written, and nothing where
    nothing is said.
    """

    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str | None]
    show: Callable[[re.Match[str]], str] | None = None


def rule(
    pattern: str, say: str | Callable[[re.Match[str]], str | None], flags: re.RegexFlag = re.NOFLAG
) -> Rule:
    """Return a rule from a pattern's source; a text to say is a template of its groups."""
    compiled = re.compile(pattern, flags)
    if isinstance(say, str):
        template = say
        return Rule(compiled, lambda match: match.expand(template))
    return Rule(compiled, say)


def normalize(text: str, rules: Iterable[Rule]) -> tuple[Span, ...]:
    """Return a text as spans in its order: those that rules rewrite, the rest as it is written."""
    spans: list[Span] = []
    at = 0
    for span in (*_rewritten(text, rules), Span(len(text), len(text), "", "")):
        if at < span.start:
            spans.append(Span(at, span.start, *[text[at : span.start]] * 2))
        spans.append(span)
        at = span.end
    return tuple(spans[:-1])


def _rewritten(text: str, rules: Iterable[Rule]) -> Sequence[Span]:
    """Return the spans that rules rewrite in the order of the text, none overlapping another."""
    starts: list[int] = []
    found: list[Span] = []
    for each in rules:
        for match in each.pattern.finditer(text):
            start, end = match.span()
            place = bisect(starts, start)
            free = (place == 0 or found[place - 1].end <= start) and (
                place == len(found) or end <= found[place].start
            )
            if start == end or not free or (spoken := each.say(match)) is None:
                continue
            shown = each.show(match) if each.show else match.group() if spoken.strip() else ""
            starts.insert(place, start)
            found.insert(place, Span(start, end, spoken, shown))
    return found
