"""Articles shortened to a number of words: whole sentences in their order, none made up; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

from videogen.domain import Brief, Scene
from videogen.language.sentences import sentences, word_count

SHORTEST, LONGEST = 5, 45  # words of a sentence that is worth hearing and can be followed
# Sections of links and lists, by their usual English headings.
_APPENDICES = {
    "bibliography",
    "citations",
    "external links",
    "footnotes",
    "further reading",
    "gallery",
    "notes",
    "references",
    "see also",
    "sources",
    "works cited",
}
_HEADING = re.compile(r"^(={2,})\s*(.+?)\s*\1$")
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_ENDED = re.compile(r"[.!?。！？।]['\"”’»)]*$")
# A scene that begins with one of these speaks of something that was left out.
_LEANING = frozenset(
    "also although and another because both but he her hers his however it its moreover nor or she "
    "similarly so such that their them then there therefore these they this those thus which while "
    "who yet".split()
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the sentences under it that can be spoken."""

    heading: str
    sentences: tuple[str, ...]

    @property
    def words(self) -> int:
        """Words in all its sentences."""
        return sum(map(word_count, self.sentences))


@dataclass(frozen=True, slots=True)
class Article:
    """An article as far as it can be spoken; its introduction is the first section."""

    title: str
    url: str
    sections: tuple[Section, ...]

    @classmethod
    def of(cls, title: str, extract: str, url: str, language: str) -> Self:
        """Return the article in a plain-text extract with `== wiki ==` headings."""
        sections = (
            Section(heading, tuple(_speakable(text, language)))
            for heading, text in _split(title, extract)
            if heading.casefold() not in _APPENDICES
        )
        return cls(title, url, tuple(section for section in sections if section.sentences))

    @property
    def words(self) -> int:
        """Words in all its sections."""
        return sum(section.words for section in self.sections)


def condensed(
    articles: Sequence[Article], brief: Brief
) -> tuple[tuple[Article, ...], tuple[Scene, ...]]:
    """Return the articles that were used, and their scenes, to the words of the brief.

    Each section gives scenes in proportion to its length; fewer scenes where all is too little.
    """
    told = [(article, section) for article in articles for section in article.sections]
    shares = _shares([section.words for _, section in told], brief)
    used: dict[str, Article] = {}
    scenes: list[Scene] = []
    owed = 0
    for (article, section), share in zip(told, shares, strict=True):
        for index, part in enumerate(_parts(section, share)):
            owed += brief.words_per_scene
            text = " ".join(_run(part, owed))
            owed -= word_count(text)
            used[article.title] = article
            title = section.heading if index == 0 else ""
            scenes.append(Scene(len(scenes) + 1, text, title))
    return tuple(used.values()), tuple(scenes)


def _split(title: str, extract: str) -> Iterator[tuple[str, str]]:
    heading, lines = title, list[str]()
    for line in extract.splitlines():
        if found := _HEADING.match(line.strip()):
            yield heading, "\n".join(lines)
            heading, lines = found[2], []
        else:
            lines.append(line)
    yield heading, "\n".join(lines)


def _speakable(text: str, language: str) -> Iterator[str]:
    """Yield the whole sentences of a section without their asides; formulas are left out."""
    plain = "\n".join(line for line in text.splitlines() if "\\displaystyle" not in line)
    while (shorter := _ASIDE.sub("", plain)) != plain:
        plain = shorter
    for sentence in sentences(re.sub(r"[^\S\n]+", " ", plain), language):
        if SHORTEST <= word_count(sentence) <= LONGEST and _ENDED.search(sentence):
            yield re.sub(r"\s+([,.;:])", r"\1", sentence)


def _shares(words: Sequence[int], brief: Brief) -> list[int]:
    """Return how many scenes each section gives: in proportion, at most what it can fill."""
    rooms = [count / brief.words_per_scene for count in words]
    most = [int(room + 0.25) for room in rooms]
    wanted = min(brief.scene_count, sum(most))
    if not wanted:
        # Too little for one scene anywhere: what there is, is told all the same.
        return [1, *[0] * (len(words) - 1)]
    # Rounding the running total keeps the sum exact and the sections in proportion.
    edges = [round(edge) for edge in accumulate(room * wanted / sum(most) for room in most)]
    shares = [end - start for start, end in zip([0, *edges], edges, strict=False)]
    if shares[0] == 0 and most[0]:
        # The introduction says what it is all about, so the longest section gives way to it.
        shares[shares.index(max(shares))] -= 1
        shares[0] = 1
    return shares


def _parts(section: Section, count: int) -> Iterator[list[str]]:
    """Yield a section's sentences in `count` parts of about as many words each."""
    part: list[str] = []
    left, parts = section.words, count
    for sentence in section.sentences if count else ():
        part.append(sentence)
        if parts > 1 and sum(map(word_count, part)) >= left / parts:
            yield part
            left -= sum(map(word_count, part))
            parts, part = parts - 1, []
    if part:
        yield part


def _run(part: Sequence[str], words: int) -> Sequence[str]:
    """Return the neighbours in a part that come nearest to `words`, the earliest if even.

    They begin where a listener needs nothing that was left out, if there is such a place.
    """
    free = [index for index, sentence in enumerate(part) if not _leans(sentence)] or [0]
    lengths = list(accumulate(map(word_count, part), initial=0))
    runs = ((start, end) for start in free for end in range(start + 1, len(part) + 1))
    start, end = min(runs, key=lambda run: abs(lengths[run[1]] - lengths[run[0]] - words))
    return part[start:end]


def _leans(sentence: str) -> bool:
    return re.split(r"\W", sentence.casefold(), maxsplit=1)[0] in _LEANING
