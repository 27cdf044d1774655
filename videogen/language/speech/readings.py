"""How parts of a text are read aloud: rules claim parts of it, the first that fits wins.

Every rule sees the text as written, so none trips over what another made of it, and each reading
knows which part of the text it stands for; that is what lets a caption show "$13.3 billion" while
"thirteen point three billion dollars" is spoken.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
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


def claim(text: str, rules: Iterable[Rule]) -> tuple[Reading, ...]:
    """Return the readings of all rules in the order of the text, none overlapping another."""
    starts: list[int] = []
    claimed: list[Reading] = []
    for each in rules:
        for match in each.pattern.finditer(text):
            start, end = match.span()
            place = bisect(starts, start)
            free = (place == 0 or claimed[place - 1].end <= start) and (
                place == len(claimed) or end <= claimed[place].start
            )
            if start == end or not free or (spoken := each.say(match)) is None:
                continue
            shown = each.show(match) if each.show else match.group() if spoken.strip() else ""
            starts.insert(place, start)
            claimed.insert(place, Reading(start, end, spoken, shown))
    return tuple(claimed)


def whole(text: str, readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Fill the gaps between readings with the text itself, so that they cover all of it."""
    filled: list[Reading] = []
    at = 0
    for reading in readings:
        if at < reading.start:
            filled.append(Reading(at, reading.start, *[text[at : reading.start]] * 2))
        filled.append(reading)
        at = reading.end
    if at < len(text):
        filled.append(Reading(at, len(text), *[text[at:]] * 2))
    return tuple(filled)
