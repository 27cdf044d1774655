"""Articles shortened to a number of words: whole sentences, none made up; pure.

What the thing is comes first, then its sections in their order, as many scenes of each as a reader
would want of it, and at the end a sentence that closes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from videogen.domain.script import Brief, Scene
from videogen.language.meaning import read
from videogen.language.sentences import is_english
from videogen.language.words import normalized
from videogen.script.writers.article import Article, Chapter
from videogen.script.writers.closing import closing
from videogen.script.writers.sharing import Claim, shares
from videogen.script.writers.standing import Sentence

# What is as bad in a scene as a length that is so many words off: to begin within a paragraph, to
# end within one, to end where the next sentence goes on with it, to say what was said before.
BEGUN_LATE, ENDED_EARLY, CUT_SHORT, SAID_BEFORE = 14, 3, 9, 10
LIKENESS = 0.7  # of the longer words of two sentences that say the same
# In meaning: of the nearest pairs of sentences in tests/articles, nearly all above it say the same,
# and few below.
NEARNESS = 0.75
_LONGER_WORD = 4  # letters


@dataclass(frozen=True, slots=True)
class _Piece:
    """Sentences of a chapter that follow each other; `place` counts the article."""

    place: int
    chapter: Chapter
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> int:
        return sum(sentence.words for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class _Told:
    """A scene to be: what of a piece is told in it."""

    piece: _Piece
    run: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        first, *others = self.run
        return " ".join([first.alone or first.text, *(one.text for one in others)])

    @property
    def words(self) -> int:
        return sum(sentence.words for sentence in self.run)


def condensed(
    articles: Sequence[Article], brief: Brief
) -> tuple[tuple[Article, ...], tuple[Scene, ...]]:
    """Return the articles that were used, and their scenes, to the words of the brief.

    Fewer scenes where all is too little.
    """
    pieces = [
        _Piece(place, chapter, chapter.sentences)
        for place, article in enumerate(articles)
        for chapter in article.chapters
    ]
    ending, pieces = _ending(pieces, brief)
    scenes = brief.scene_count - len(ending)
    given = shares([_claim(piece, brief) for piece in pieces], scenes)
    told = [*_scenes(pieces, given, brief, ending), *ending]
    used = [
        article
        for place, article in enumerate(articles)
        if any(one.piece.place == place for one in told)
    ]
    return tuple(used), tuple(_titled(told))


def _claim(piece: _Piece, brief: Brief) -> Claim:
    room = piece.words / brief.words_per_scene
    return Claim(piece.chapter.importance, room, is_topic=piece.place == 0)


def _ending(pieces: Sequence[_Piece], brief: Brief) -> tuple[list[_Told], list[_Piece]]:
    """Return the last scene, none where there is but one, and the pieces without it."""
    candidates = sorted(
        (
            (score, index, last)
            for index, piece in enumerate(pieces)
            if piece.place == 0
            for last, score in closing(
                piece.sentences, piece.chapter.importance, closes=piece.chapter.closes
            )
        ),
        reverse=True,
    )
    for _, index, last in candidates if brief.scene_count > 1 else ():
        piece = pieces[index]
        # The definition opens the film, so that it can't end it too.
        free = range(1 if index == 0 else 0, last + 1)
        if found := _nearest(
            piece.sentences, brief.words_per_scene, free, [last + 1], [False] * len(piece.sentences)
        ):
            before, after = piece.sentences[: found[0]], piece.sentences[found[1] :]
            left = [_Piece(piece.place, piece.chapter, one) for one in (before, after) if one]
            told = _Told(piece, piece.sentences[slice(*found)])
            return [told], [*pieces[:index], *left, *pieces[index + 1 :]]
    return [], list(pieces)


def _scenes(
    pieces: Sequence[_Piece], given: Sequence[int], brief: Brief, ending: Sequence[_Told]
) -> Iterator[_Told]:
    """Yield the scenes before the ending, as many of each piece as it was given."""
    said = [sentence for told in ending for sentence in told.run]
    alike = _alike_in_meaning if is_english(brief.language) else _alike
    wanted = brief.words_per_scene * brief.scene_count - sum(told.words for told in ending)
    owed, opens = 0.0, True
    for piece, count in zip(pieces, given, strict=True):
        for part in _parts(piece, count):
            owed += wanted / sum(given)
            free = range(1 if opens else len(part))
            again = [any(alike(one, known) for known in said) for one in part]
            if found := _nearest(part, owed, free, range(1, len(part) + 1), again):
                told = _Told(piece, tuple(part[slice(*found)]))
                owed -= told.words
                said += told.run
                opens = False
                yield told


def _parts(piece: _Piece, count: int) -> Iterator[Sequence[Sentence]]:
    """Yield a piece's sentences in `count` parts of about as many words each."""
    part: list[Sentence] = []
    left, parts = piece.words, count
    for sentence in piece.sentences if count else ():
        part.append(sentence)
        words = sum(one.words for one in part)
        if parts > 1 and words >= left / parts:
            yield part
            left, parts, part = left - words, parts - 1, []
    if part:
        yield part


def _nearest(
    part: Sequence[Sentence],
    words: float,
    starts: Sequence[int],
    ends: Sequence[int],
    again: Sequence[bool],
) -> tuple[int, int] | None:
    """Return the bounds of the neighbours that come nearest to `words`, the earliest if even.

    They begin where a listener needs nothing that was left out; None where that is nowhere. Better
    a little longer or shorter than begun or ended within a paragraph, or said before, as `again`
    tells of each.
    """
    lengths = list(accumulate((one.words for one in part), initial=0))
    costs = {
        (start, end): abs(lengths[end] - lengths[start] - words)
        + BEGUN_LATE * (not part[start].opens)
        + _break(part, end)
        + SAID_BEFORE * sum(again[start:end])
        for start in starts
        if part[start].alone
        for end in ends
        if end > start
    }
    return min(costs, key=lambda bounds: costs[bounds], default=None)


def _break(part: Sequence[Sentence], end: int) -> int:
    """Return how bad it is to leave off before the sentence at `end`."""
    if part[end - 1].ends or end == len(part):
        return 0
    return ENDED_EARLY if part[end].alone else CUT_SHORT


def _marks(sentence: Sentence) -> frozenset[str]:
    words = normalized(sentence.text).split()
    return frozenset(word for word in words if len(word) >= _LONGER_WORD)


def _alike(one: Sentence, other: Sentence) -> bool:
    """Tell whether two sentences say the same, by their words."""
    mine, theirs = _marks(one), _marks(other)
    return bool(mine and theirs) and len(mine & theirs) >= LIKENESS * min(len(mine), len(theirs))


def _alike_in_meaning(one: Sentence, other: Sentence) -> bool:
    """Tell whether two English sentences say the same, be it in other words."""
    near = float(read(one.text).whole @ read(other.text).whole)
    return near >= NEARNESS or _alike(one, other)


def _titled(told: Sequence[_Told]) -> Iterator[Scene]:
    """Yield the scenes, each chapter's heading as the title of its first."""
    before = ""
    for number, one in enumerate(told, start=1):
        heading = one.piece.chapter.heading
        yield Scene(number, one.text, "" if heading == before else heading)
        before = heading
