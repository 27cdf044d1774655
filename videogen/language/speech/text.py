"""One scene's text prepared for a voice: what is said, and how it goes with what is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise

from videogen.domain.speech import Passage, Word
from videogen.language.speech.english import AMERICAN, BRITISH
from videogen.language.speech.figures import rules
from videogen.language.speech.languages import FIGURES
from videogen.language.speech.markup import PUNCTUATION, markup
from videogen.language.speech.rules import Rule, Span, normalize

# No word and no address is so long; what reads one takes a time that grows with its square. Scripts
# that know no spaces stand above.
_ENDLESS = re.compile(r"[^\s\u0e00-\uffff]{300}(?=\S)")
_ENGLISH = {"en-us": AMERICAN, "en-gb": BRITISH}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word with the characters `start` up to `end` of the written text that it stands for."""

    start: int
    end: int
    is_spoken: bool
    text: str


def sanitize(text: str, language: str) -> str:
    """Return a text as it is to be spoken, in single spaces; `language` as `Language.code`."""
    return spoken_text(passages(text, language))


def spoken_text(passages: Sequence[Passage]) -> str:
    """Return what is spoken of passages, in single spaces."""
    return " ".join(word for passage in passages for word in passage.spoken)


def passages(text: str, language: str) -> tuple[Passage, ...]:
    """Return a text as the smallest passages whose shown and spoken words belong together."""
    text = _ENDLESS.sub(r"\g<0> ", re.sub(r"\s+", _one_break, text))
    spans = normalize(text, _rules(language))
    shown_ones = _words(spans, lambda span: span.shown, is_spoken=False)
    spoken_ones = _words(spans, lambda span: span.spoken, is_spoken=True)
    placed = sorted([*shown_ones, *spoken_ones], key=lambda word: word.start)
    found: list[Passage] = []
    for group in _overlapping(placed):
        shown = tuple(word.text for word in group if not word.is_spoken)
        spoken = tuple(word.text for word in group if word.is_spoken)
        if spoken and not shown and found:
            found[-1] = Passage(found[-1].shown, found[-1].spoken + spoken)
        elif spoken:
            found.append(Passage(shown or spoken, spoken))
    return tuple(found)


def shown_words(passages: Sequence[Passage], spoken: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words as shown with the times at which they were spoken.

    `spoken` has one word for each spoken word of the passages. Where a passage shows another
    number of words than it speaks, they share its time by their length.
    """
    timed: list[Word] = []
    at = 0
    for passage in passages:
        said = spoken[at : at + len(passage.spoken)]
        at += len(said)
        if len(said) == len(passage.shown):
            edges = [(word.start, word.end) for word in said]
        else:
            edges = _shared(passage.shown, said[0].start, said[-1].end)
        timed += [
            Word(text, start, end) for text, (start, end) in zip(passage.shown, edges, strict=True)
        ]
    return tuple(timed)


def _shared(texts: Sequence[str], start: float, end: float) -> list[tuple[float, float]]:
    letters = list(accumulate(map(len, texts), initial=0))
    return list(pairwise(round(start + (end - start) * n / letters[-1], 3) for n in letters))


def _one_break(match: re.Match[str]) -> str:
    """Keep of a run of white space whether it was a paragraph's end, a line's end or a space."""
    return ("\n" * min(2, match.group().count("\n"))) or " "


@cache
def _rules(language: str) -> tuple[Rule, ...]:
    """Return what is read otherwise than it is written; other languages' voices read figures."""
    if figures := FIGURES.get(language):
        return (*markup(figures.address), *rules(figures), *PUNCTUATION)
    return (*markup(), *_ENGLISH.get(language, ()), *PUNCTUATION)


def _words(
    spans: Sequence[Span], side: Callable[[Span], str], *, is_spoken: bool
) -> Iterator[_Placed]:
    """Yield the words that the spans make together, each with where it comes from."""
    letters = ""
    origins: list[tuple[int, int]] = []
    for span in spans:
        text = side(span)
        letters += text
        if span.spoken == span.shown and len(text) == span.end - span.start:
            origins += [(index, index + 1) for index in range(span.start, span.end)]
        else:
            origins += [(span.start, span.end)] * len(text)
    for match in re.finditer(r"\S+", letters):
        start, end = origins[match.start()][0], origins[match.end() - 1][1]
        yield _Placed(start, end, is_spoken, match.group())


def _overlapping(placed: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    group: list[_Placed] = []
    end = 0
    for word in placed:
        if group and word.start >= end:
            yield group
            group = []
        group.append(word)
        end = max(end, word.end)
    if group:
        yield group
