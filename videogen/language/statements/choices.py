"""What a card could show of a stretch of speech, the most telling first."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache

from videogen.domain.script import Scene
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
from videogen.language.statements.gists import gists, nouns
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
_LONGEST_TEXT = 1500  # letters
_SINGLE_DATE = 6.5  # after numbers, before places
_SEVERAL_PLACES = 2.5  # before lists, since their names are listed
_REPEATED = 2.5  # what the kind of the card before costs
_MOST_PHRASES, _MOST_WORDS, _MOST_READ = 4, 6, 14
# A single word is near to much, and a word of several is not all that they say.
_SINGLE_WORD, _PART = 0.06, 0.1
_ARTICLE = re.compile(r"(?i)^(?:the|an?)\s")
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
    # No sentence that a card could show is so long, and finders go back over what they read.
    if len(text) > _LONGEST_TEXT:
        return ()
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


def card_title(sentence: str, scene: Scene, language: str) -> str:
    """Return what the card of a sentence is known by before it is drawn; it may be empty."""
    content = next(iter(statements(Told(sentence, language), scene.on_screen, "")), None)
    if isinstance(content, Number):
        tail = f" {content.tail.text}" if content.tail else ""
        return f"{content.figure.text}{tail}"
    if content is not None:
        return ", ".join(part.text for part in essential(content))
    return next((phrase.text for phrase in _phrases(Told(sentence, language), scene)), "")


def ideas(
    told: Told, scene: Scene, shown: Collection[str], taken: Collection[str]
) -> Iterator[Idea]:
    """Yield a phrase that was not shown yet with a free icon, or without one where none fits.

    English phrases are compared with icons themselves; in other languages the scene's queries are,
    where a writer gave them, since those are English. A single word is shown with an icon only;
    where there is nothing else, a short sentence is read as it is heard.
    """
    fresh = [one for one in _phrases(told, scene) if one.text.casefold() not in shown]
    wordy = [one for one in fresh if told.is_wordy(one) or one.text == scene.on_screen]
    for phrases in (wordy[:_MOST_PHRASES], fresh[:_MOST_PHRASES]):
        found: list[tuple[float, Idea]] = []
        for rank, phrase in enumerate(phrases):
            icon, near = _icon(told, phrase, scene, taken)
            if icon or phrase in wordy:
                found.append((near - _TELLING * rank, Idea(phrase, icon)))
        if found:
            yield max(found, key=lambda one: one[0])[1]
            return
    sentence = told.whole(0, len(told.text), _MOST_READ)
    if sentence and sentence.text.casefold() not in shown:
        yield Idea(sentence, "")


def _icon(told: Told, phrase: Said, scene: Scene, taken: Collection[str]) -> tuple[str, float]:
    """Return the icon that means what a phrase says, or what it tells of; empty where none does."""
    if told.is_english:
        texts = [(phrase.text, told.text, 0.0)]
        # An article makes no phrase of a word: "the lungs" are near to a cigarette.
        if len(_ARTICLE.sub("", phrase.text).split()) > 1:
            texts += [(noun, phrase.text, _PART) for noun in nouns(told, phrase)]
        else:
            texts = [(phrase.text, told.text, _SINGLE_WORD)]
    elif scene.is_drawn:
        texts = []
    else:
        texts = [
            (hint, hint, _SINGLE_WORD * (" " not in hint))
            for hint in (*scene.queries, *scene.keywords)
        ]
    best = ("", 0.0)
    for text, sentence, dearer in texts:
        icon, near = icon_of(text, sentence, taken)
        if near >= FLOOR + dearer and near - dearer > best[1]:
            best = (icon, near - dearer)
    return best


def _phrases(told: Told, scene: Scene) -> Iterator[Said]:
    """Yield what stands for a text in a few words, as it is written there, the best first."""
    wanted = scene.on_screen if len(scene.on_screen.split()) <= _MOST_WORDS else ""
    at = told.text.casefold().find(wanted.casefold()) if wanted else -1
    if at >= 0:
        yield Said(told.text[at : at + len(wanted)], at)
    yield from gists(told.text, told.language)


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
