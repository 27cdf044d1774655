"""What a card could show of a stretch of speech, the most telling first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from videogen.domain import Scene
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
# A phrase that tells more is worth that much of an icon's nearness.
_TELLING = 0.04


def statements(told: Told, on_screen: str, last_kind: str) -> list[Content]:
    """Return what a text states, in the order in which it is worth a card.

    What the writer wants on screen comes first, then what is of another kind than the last card.
    """
    wanted = told.text.casefold().find(on_screen.casefold()) if on_screen else -1
    ranked: list[tuple[float, int, Content]] = []
    for rank, find in enumerate(_FINDERS):
        for content in find(told):
            cost = float(rank)
            if isinstance(content, Dates) and len(content.moments) == 1:
                cost = _SINGLE_DATE
            if isinstance(content, Place) and len(content.sites) > 1:
                cost = _SEVERAL_PLACES
            cost += _REPEATED * (content.kind == last_kind)
            if any(
                wanted <= part.at < wanted + len(on_screen)
                for part in parts(content)
                if wanted >= 0
            ):
                cost -= len(_FINDERS)
            ranked.append((cost, len(ranked), content))
    return [content for _, _, content in sorted(ranked, key=lambda one: one[:2])]


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
        icon = near[0] if near[1] >= FLOOR and (told.is_english or hints) else ""
        found.append((near[1] * bool(icon) - _TELLING * rank, Idea(phrase, icon)))
    if found:
        yield max(found, key=lambda one: one[0])[1]


def _phrases(told: Told, scene: Scene) -> Iterator[Said]:
    """Yield what stands for a text in a few words, as it is written there."""
    folded = told.text.casefold()
    wanted = [scene.on_screen] if len(scene.on_screen.split()) <= _MOST_WORDS else []
    said = Scene(scene.number, told.text)
    for phrase in (*wanted, *key_phrases(said, told.language)):
        at = folded.find(phrase.casefold())
        if phrase and at >= 0:
            yield Said(told.text[at : at + len(phrase)], at)
    if short := told.shortened(0, len(told.text), _MOST_WORDS):
        yield short


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
