"""What a text names one after another: the things of a list, the steps of a process."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from videogen.language.statements.content import Enumeration, Process, Said
from videogen.language.statements.rows import rows
from videogen.language.statements.told import Told

if TYPE_CHECKING:
    from spacy.tokens import Token


_LEAST_ITEMS, _MOST_ITEMS, _MOST_ITEM, _MOST_LEAD = 3, 6, 5, 7
_LEAST_STEPS, _MOST_STEPS, _MOST_STEP = 3, 5, 7
_AND = "and|or|y|e|o|u|et|ou|और|या|तथा"
_LEADING_AND = re.compile(rf"(?:{_AND})\s+")
_STEP = {
    "en": r"first|second|third|fourth|then|next|after that|afterwards|finally|lastly|at last",
    "es": r"primero|segundo|luego|después|entonces|finalmente|por último|al final|por fin",
    "fr": r"d[’']abord|ensuite|puis|après|enfin|finalement|pour finir",
    "it": r"prima|dapprima|poi|quindi|dopo|infine|alla fine",
    "pt": r"primeiro|depois|então|em seguida|por fim|finalmente|no final|ao final",
    "hi": r"पहले|सबसे पहले|फिर|इसके बाद|उसके बाद|अंत में|आख़िर में|आखिर में",
}
_ALSO = "(?:and|y|e|et|ed)"
# Up to the end of its sentence; a point in a number is none.
_BEHIND_COLON = re.compile(r"[:：]\s?((?:[^.:!?。！？]|\.(?=\d))+)(?=[.!?。！？]*(?:\s|$))")
_ARROW = re.compile(r"\s*(?:→|->|⟶)\s*")


def enumerations(told: Told) -> Iterator[Enumeration]:
    """Yield three to six things that are named in a row."""
    yield from _behind_a_colon(told)
    for items in rows(told):
        if _LEAST_ITEMS <= len(items) <= _MOST_ITEMS:
            yield _listed(told, items)
    if told.is_english:
        for token in told.doc:
            if token.dep_ != "conj" and len(token.conjuncts) >= _LEAST_ITEMS - 1:
                yield from _conjoined(told, [token, *token.conjuncts])


def _behind_a_colon(told: Told) -> Iterator[Enumeration]:
    found = _BEHIND_COLON.search(told.text)
    if not found:
        return
    lead = told.whole(told.clause(found.start(), found.start())[0], found.start(), _MOST_LEAD)
    pieces = [
        piece
        for part in re.finditer(r"[^,，、;；]+", found[1])
        for piece in _split_at_and(part.group(), found.start(1) + part.start())
    ]
    items = [told.whole(start, end, _MOST_ITEM) for start, end in pieces]
    if lead and _LEAST_ITEMS <= len(items) <= _MOST_ITEMS and all(items):
        yield Enumeration(lead, tuple(item for item in items if item))


def _split_at_and(text: str, at: int) -> Iterator[tuple[int, int]]:
    for part in re.finditer(rf"(?:(?!\s(?:{_AND})\s).)+", text):
        begin = at + part.start()
        lead = _LEADING_AND.match(part.group().lstrip())
        if lead:
            begin += len(part.group()) - len(part.group().lstrip()) + lead.end()
        yield begin, at + part.end()


def _conjoined(told: Told, tokens: list[Token]) -> Iterator[Enumeration]:
    if len(tokens) > _MOST_ITEMS or any(token.pos_ not in {"NOUN", "PROPN"} for token in tokens):
        return
    chunks = {token.i: chunk for chunk in told.doc.noun_chunks for token in chunk}
    items = []
    for token in tokens:
        chunk = chunks.get(token.i)
        start, end = (
            (chunk.start_char, chunk.end_char) if chunk else (token.idx, token.idx + len(token))
        )
        item = told.whole(start, end, _MOST_ITEM)
        if item is None:
            return
        items.append(item)
    yield _listed(told, items)


def _listed(told: Told, items: list[Said]) -> Enumeration:
    first, _ = told.clause(items[0].at, items[0].at + 1)
    return Enumeration(told.whole(first, items[0].at, _MOST_LEAD), tuple(items))


def processes(told: Told) -> Iterator[Process]:
    """Yield three to five steps that a text puts in an order by its words, or by arrows."""
    if len(_ARROW.findall(told.text)) >= _LEAST_STEPS - 1:
        yield from _between(told, [one.span() for one in _ARROW.finditer(told.text)])
    if words := _STEP.get(told.language[:2]):
        pattern = rf"(?i)(?:^|[.;:!?,।]\s(?:{_ALSO}\s)?|\b{_ALSO}\s)({words}),?\s"
        yield from _marked(told, [*re.finditer(pattern, told.text)])


def _between(told: Told, marks: list[tuple[int, int]]) -> Iterator[Process]:
    starts = [told.clause(*marks[0])[0], *(end for _, end in marks)]
    ends = [*(start for start, _ in marks), told.clause(*marks[-1])[1]]
    yield from _process(
        [told.whole(start, end, _MOST_STEP) for start, end in zip(starts, ends, strict=True)]
    )


def _marked(told: Told, marks: list[re.Match[str]]) -> Iterator[Process]:
    edge = re.compile(r"[.;!?,।](?=\s|$)")
    steps = []
    for mark, following in zip_longest(marks, marks[1:]):
        end = following.start() if following else len(told.text)
        stop = edge.search(told.text, mark.end(), end)
        step = told.shortened(mark.end(), stop.start() if stop else end, _MOST_STEP)
        steps.append(step and Said(step.text, mark.start(1)))
    yield from _process(steps)


def _process(steps: list[Said | None]) -> Iterator[Process]:
    found = tuple(step for step in steps if step)
    if len(found) == len(steps) and _LEAST_STEPS <= len(found) <= _MOST_STEPS:
        yield Process(found)
