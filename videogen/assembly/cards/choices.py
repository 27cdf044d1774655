"""What a card could show of a stretch of speech, the most telling first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache

from videogen.domain.script import Scene
from videogen.language.keywords import key_phrases
from videogen.language.statements.comparisons import comparisons
from videogen.language.statements.content import (
    Comparison,
    Content,
    Dates,
    Idea,
    Number,
    Place,
    Quotation,
    Said,
    parts,
)
from videogen.language.statements.dates import dates
from videogen.language.statements.definitions import definitions
from videogen.language.statements.figures import numbers
from videogen.language.statements.icons import FLOOR, icon_of
from videogen.language.statements.places import places
from videogen.language.statements.quotations import quotations
from videogen.language.statements.sequences import enumerations, processes
from videogen.language.statements.told import Told

_FINDERS: tuple[Callable[[Told], Iterator[Content]], ...] = (
    quotations,
    processes,
    comparisons,
    enumerations,
    dates,
    definitions,
    numbers,
    places,
)
_SINGLE_DATE = 6.5  # after numbers, before places
_SEVERAL_PLACES = 2.5  # before lists, since their names are listed
_REPEATED = 2.5  # what the kind of the card before costs
_MOST_PHRASES, _MOST_WORDS = 4, 6
_POINTING = frozenset("it he she they this that these those we i you there".split())
_LEAST_BEHIND_PRONOUN = 3
# A single word is near to much.
_SINGLE_WORD = 0.06
# A phrase that tells more is worth that much of an icon's nearness.
_TELLING = 0.04


def statements(told: Told, on_screen: str, last_kind: str) -> list[Content]:
    """Return what a text states, in the order in which it is worth a card.

    What the writer wants on screen comes first, then what is of another kind than the last card.
    """
    wanted = told.text.casefold().find(on_screen.casefold()) if on_screen else -1
    end = wanted + len(on_screen)

    def cost(ranked: tuple[float, Content]) -> float:
        rank, content = ranked
        is_wanted = wanted >= 0 and any(wanted <= part.at < end for part in parts(content))
        return rank + _REPEATED * (content.kind == last_kind) - len(_FINDERS) * is_wanted

    return [content for _, content in sorted(_stated(told.text, told.language), key=cost)]


# A film that is cut while it is still spoken asks for the same sentences again.
@lru_cache(maxsize=2048)
def _stated(text: str, language: str) -> tuple[tuple[float, Content], ...]:
    """Return what a text states, each with the rank of its kind."""
    told = Told(text, language)
    found: list[tuple[float, Content]] = []
    for rank, find in enumerate(_FINDERS):
        for content in find(told):
            if isinstance(content, Dates) and len(content.moments) == 1:
                found.append((_SINGLE_DATE, content))
            elif isinstance(content, Place) and len(content.sites) > 1:
                found.append((_SEVERAL_PLACES, content))
            else:
                found.append((rank, content))
    return tuple(found)


def ideas(
    told: Told, scene: Scene, shown: Collection[str], taken: Collection[str]
) -> Iterator[Idea]:
    """Yield a phrase that was not shown yet with a free icon, or without one where none fits.

    English phrases are compared with icons themselves; in other languages the scene's queries are,
    which are English.
    """
    fresh = [one for one in _phrases(told, scene) if one.text.casefold() not in shown]
    hints = () if told.is_english else (*scene.queries, *scene.keywords)
    found: list[tuple[float, Idea]] = []
    for rank, phrase in enumerate(fresh[:_MOST_PHRASES]):
        texts = [(hint, hint) for hint in hints] or [(phrase.text, told.text)]
        near = max((icon_of(*text, taken) for text in texts), key=lambda one: one[1])
        floor = FLOOR + _SINGLE_WORD * (" " not in phrase.text)
        icon = near[0] if near[1] >= floor and (told.is_english or hints) else ""
        found.append((near[1] * bool(icon) - _TELLING * rank, Idea(phrase, icon)))
    if found:
        yield max(found, key=lambda one: one[0])[1]


def _phrases(told: Told, scene: Scene) -> Iterator[Said]:
    """Yield what stands for a text in a few words, as it is written there, the best first."""
    on_screen = scene.on_screen if len(scene.on_screen.split()) <= _MOST_WORDS else ""
    folded = told.text.casefold()
    for phrase in (on_screen, *_short_phrases(told.text, told.language)):
        at = folded.find(phrase.casefold())
        if phrase and at >= 0:
            yield Said(told.text[at : at + len(phrase)], at)


@lru_cache(maxsize=2048)
def _short_phrases(text: str, language: str) -> tuple[str, ...]:
    """Return phrases, then short clauses, and single words only where there is nothing else."""
    told = Told(text, language)
    phrases = key_phrases(Scene(1, text), language)
    telling = [one for one in phrases if len(one.split()) > 1 or not told.is_spaced]
    clauses = [
        clause.text
        for start, end in told.clauses()
        if (clause := told.whole(start, end, _MOST_WORDS)) and _stands_alone(clause.text)
    ]
    short = told.shortened(0, len(text), _MOST_WORDS)
    return tuple(dict.fromkeys((*telling, *clauses, *((short.text,) if short else ()), *phrases)))


def _stands_alone(clause: str) -> bool:
    """Tell a clause that says something from one that only points back: "it cooled"."""
    first, *others = clause.split()
    return len(others) >= (_LEAST_BEHIND_PRONOUN if first.lower() in _POINTING else 1)


def essential(content: Content) -> list[Said]:
    """Return the parts without which a card would say nothing, in the order of speech."""
    if isinstance(content, Number):
        return [Said(content.figure.text, content.figure.at)]
    if isinstance(content, Comparison):
        return [Said(bar.figure.text, bar.figure.at) for bar in content.bars]
    if isinstance(content, Dates):
        return [moment.date for moment in content.moments]
    if isinstance(content, Place):
        return [site.name for site in content.sites]
    if isinstance(content, Quotation):
        return [content.words]
    return parts(content)


def main_text(content: Content) -> str:
    """Return what a card is known by: it must not be shown twice."""
    return " ".join(part.text for part in essential(content)).casefold()


def shown_texts(content: Content) -> Sequence[str]:
    """Return the phrases that a card has shown."""
    return (main_text(content), *(part.text.casefold() for part in parts(content)))
