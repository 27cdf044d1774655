"""A long text shortened to what a reader would miss most: whole sentences, none made up; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from videogen.domain.script import Reference
from videogen.language.sentences import sentences
from videogen.language.words import word_count
from videogen.script.sections import Importance, Section, joined, sections_of

# The introduction says the most in the fewest words, yet leaves room for what it sums up.
INTRODUCTION_SHARE = 0.4
LEAST_WORDS = 40  # of a section that is worth its heading


def excerpt(reference: Reference, words: int, language: str = "en-us") -> Reference:
    """Return at most so many words of a reference, headings included: whole sentences in order.

    What matters most to a reader is kept first; sections that matter alike share what is left.
    """
    if word_count(reference.text) <= words:
        return reference
    every = [one for one in sections_of(reference.text) if one.text]
    kept: dict[int, Section] = {}
    left = words
    for importance in sorted(Importance, reverse=True):
        alike = [index for index, one in enumerate(every) if one.importance == importance]
        room = left
        if importance is Importance.INTRODUCTION:
            others = sum(map(_words, every)) - sum(_words(every[index]) for index in alike)
            room = max(round(words * INTRODUCTION_SHARE), words - others)
        for index, text in _shared(every, alike, room, language):
            kept[index] = replace(every[index], text=text)
            left -= _words(kept[index])
    return replace(reference, text=joined(kept[index] for index in sorted(kept)))


def _shared(
    every: Sequence[Section], alike: Sequence[int], room: int, language: str
) -> Iterator[tuple[int, str]]:
    """Yield the beginnings of sections that share so many words, what one leaves to the next."""
    longest = sorted(alike, key=lambda index: -_words(every[index]))
    chosen = longest[: max(1, room // LEAST_WORDS)]
    for place, index in enumerate(reversed(chosen)):
        share = room // (len(chosen) - place)
        heads = _words(replace(every[index], text=""))
        if text := _beginning(every[index].text, share - heads, language):
            room -= heads + word_count(text)
            yield index, text


def _words(section: Section) -> int:
    """Return its words and those of its headings, marks included."""
    return word_count(section.text) + sum(word_count(one) + 2 for one in section.headings)


def _beginning(text: str, words: int, language: str) -> str:
    """Return the first whole sentences of a text, in their paragraphs, in at most so many words."""
    kept = []
    for paragraph in filter(None, map(str.strip, text.splitlines())):
        if word_count(paragraph) <= words:
            kept.append(paragraph)
            words -= word_count(paragraph)
            continue
        said = sentences(paragraph, language)
        lengths = accumulate(map(word_count, said))
        kept.append(" ".join(one for one, end in zip(said, lengths, strict=True) if end <= words))
        break
    return "\n".join(filter(None, kept))
