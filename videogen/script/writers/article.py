"""An encyclopedia's article as chapters of sentences that can be spoken; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from videogen.script.sections import Importance, sections_of
from videogen.script.writers.standing import Sentence, Subject, plain, spoken


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with the sentences under it that can be spoken."""

    heading: str
    importance: Importance
    closes: bool
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> int:
        """Words in all its sentences."""
        return sum(sentence.words for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Article:
    """An article as far as it can be spoken; its introduction is the first chapter."""

    title: str
    url: str
    chapters: tuple[Chapter, ...]

    @classmethod
    def of(cls, title: str, extract: str, url: str, language: str) -> Self:
        """Return the article in a plain-text extract with `== wiki ==` headings."""
        told = [one for one in sections_of(extract) if one.importance > Importance.APPENDIX]
        subject = Subject.of(title, plain(told[0].text), language)
        chapters = (
            Chapter(
                one.heading or title,
                one.importance,
                one.closes,
                tuple(spoken(plain(one.text), subject, language, introduces=not one.headings)),
            )
            for one in told
        )
        return cls(title, url, tuple(one for one in chapters if one.sentences))

    @property
    def words(self) -> int:
        """Words in all its chapters."""
        return sum(chapter.words for chapter in self.chapters)
