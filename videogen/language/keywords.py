"""What a scene is about, in a few words: to search footage by, and to set on a card."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from videogen.domain.script import Scene
from videogen.language.gloss import glosses
from videogen.language.meaning import read
from videogen.language.sentences import is_english, parsed, tokenized

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


NOTHING: Mapping[str, str] = MappingProxyType({})
MOST_KEYWORDS = 5
MOST_QUERIES = 3
SHORTEST_PHRASE, LONGEST_PHRASE = 2, 6  # words on a card
LONGEST_KEYWORD = 4  # words; a longer one finds nothing
# Entities that are seen in a picture; dates, amounts and ordinals are not.
_VISIBLE = {"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART"}
_LONGER = 0.1
# Nouns that no camera can film, and those that anything can be.
_ABSTRACT = re.compile(
    r"(?i)(?:year|month|week|day|hour|minute|century|time|way|thing|part|kind|number|half|end|lot|"
    r"word|name|sense|idea|fact|case|place|side|people|person|one|height|length|size|degree|cent|"
    r"mile|kilomet(?:er|re)|litre|liter|million|billion|thousand|dozen|share|point|reason|result|"
    r"m[ae]n|answer|rest|middle|moment|foot|feet|inch(?:e|es)?|once)s?"
)
_SMALL_WORDS = frozenset(
    "a an and as at but by for from in into nor of off on onto or over per so than the to up via vs "
    "with yet".split()
)


def illustrate(
    scene: Scene, topic: str, language: str, known: Mapping[str, str] = NOTHING
) -> Scene:
    """Return the scene with keywords and search queries, drawn from its text where it has none.

    English phrases are ranked by how near they are in meaning to all that the scene says; the last
    query is what the whole video is about. Queries are English as far as it is known: of another
    language, what `known` tells of its `terms`, names, and what the dictionary has.
    """
    is_drawn = scene.is_drawn or not (scene.keywords or scene.queries)
    keywords = scene.keywords or _keywords(scene, topic, language) or (topic,)
    english: tuple[str, ...] = ()
    if is_english(language):
        about, phrases = subject(topic), keywords
    else:
        about = known.get(topic) or next(iter(_ranked(glosses(topic, language))), topic)
        english = _in_english(scene, keywords, language, known) if is_drawn else ()
        phrases = tuple(_ranked(english, about)) if is_drawn else keywords
    asked = phrases[: MOST_QUERIES - 1]
    if is_drawn:
        asked = tuple(_narrowed(phrase, about) for phrase in asked)
    queries = tuple(dict.fromkeys(scene.queries or (*asked, about)))
    return replace(scene, keywords=keywords, queries=queries, is_drawn=is_drawn, english=english)


def terms(scene: Scene, language: str) -> tuple[str, ...]:
    """Return what of an illustrated scene an encyclopedia may know in English."""
    names = (one for one in glosses(scene.text, language) if one in scene.text)
    return (*scene.keywords, *names)


def _in_english(
    scene: Scene, keywords: Sequence[str], language: str, known: Mapping[str, str]
) -> tuple[str, ...]:
    found = [known[one] for one in keywords if one in known]
    spoken = glosses(f"{scene.title}. {scene.text}", language)
    return tuple(dict.fromkeys((*found, *(known.get(one, one) for one in spoken))))


def _ranked(phrases: Sequence[str], about: str = "") -> list[str]:
    """Return phrases, the nearest in meaning to all of them and to what all is about first."""
    whole = read(". ".join((about, *phrases))).whole
    return sorted(phrases, key=lambda one: -float(read(one).whole @ whole))


def _narrowed(keyword: str, about: str) -> str:
    """Return a keyword with what it stands for here: `table` at chess is a `chess table`."""
    is_common = " " not in keyword and keyword.islower()
    return f"{about} {keyword}" if is_common and keyword not in about.casefold() else keyword


def subject(title: str) -> str:
    """Return the thing that an English title is about: `chess` of `A short history of chess`.

    It is the phrase that is nearest in meaning to the whole.
    """
    whole = read(title).whole
    doc = parsed(title)
    things = [_owner(tokens) for chunk in doc.noun_chunks if (tokens := _core(chunk))]
    if not things:
        telling = [token.text for token in doc if _tells(token)]
        return " ".join(telling[-2:]) or title
    named = [doc[tokens[0].i : tokens[-1].i + 1].text for tokens in things]
    return max(named, key=lambda one: float(read(one).whole @ whole))


def _owner(tokens: list[Token]) -> list[Token]:
    """Return who a thing belongs to: `Marie Curie` of `Marie Curie's life`."""
    marks = [place for place, token in enumerate(tokens) if token.tag_ == "POS"]
    return tokens[: marks[0]] if marks and marks[0] else tokens


def _keywords(scene: Scene, topic: str, language: str) -> tuple[str, ...]:
    found = [*_phrases(scene.text, language), *_phrases(scene.title, language)]
    if is_english(language):
        whole = read(f"{topic}. {scene.title}. {scene.text}").whole
        found = [one for one in found if not is_abstract(one)]
        # A phrase of two words shows more than each of them.
        found.sort(key=lambda one: -float(read(one).whole @ whole) - _LONGER * (_length(one) > 1))
    # The first wording of each, whatever its case.
    alike = {one.casefold(): one for one in reversed(found)}
    return tuple(sorted(alike.values(), key=found.index))[:MOST_KEYWORDS]


def is_abstract(noun: str) -> bool:
    """Tell an English noun that no camera can film, or that anything can be."""
    return _ABSTRACT.fullmatch(noun) is not None


def key_phrases(scene: Scene, language: str) -> tuple[str, ...]:
    """Return phrases of two to six words that stand for a scene, the best first, no two alike.

    The title where it is short enough, then phrases of the text and of the title, the keywords
    where there is neither; a shorter one only where there is nothing else. At least one, and in
    title case where English.
    """
    candidates = [
        scene.title,
        *scene.title.split(": "),
        *_phrases(scene.text, language),
        *_phrases(scene.title, language),
    ]
    # Keywords name pictures ("warning sign"); as a headline they are a last resort.
    candidates = list(filter(None, candidates)) or list(scene.keywords)
    fitting = [one for one in candidates if SHORTEST_PHRASE <= _length(one) <= LONGEST_PHRASE]
    shorter = [one for one in candidates if 0 < _length(one) < SHORTEST_PHRASE]
    phrases = fitting or shorter[:1] or [""]
    cased = map(_title_case, phrases) if is_english(language) else phrases
    return tuple(dict.fromkeys(cased))


def _length(phrase: str) -> int:
    return len(phrase.split())


def _phrases(text: str, language: str) -> Iterator[str]:
    """Yield the phrases of a text, the most telling first, no two with the same words."""
    if text:
        yield from _noun_phrases(text) if is_english(language) else _term_runs(text, language)


def _term_runs(text: str, language: str) -> Iterator[str]:
    """Yield what stands between stop words and marks, where no parser of the language is shipped.

    The first step of RAKE (Rose et al. 2010), ranked by how often and how much.
    """
    runs: Counter[str] = Counter()
    for telling, tokens in groupby(tokenized(text, language), key=_tells):
        run = list(tokens)
        if telling and len(run) <= LONGEST_KEYWORD:
            runs["".join(token.text_with_ws for token in run).strip()] += len(run)
    for phrase, _ in runs.most_common():
        yield phrase


def _tells(token: Token) -> bool:
    return token.is_alpha and not token.is_stop


def _noun_phrases(text: str) -> Iterator[str]:
    doc = parsed(text)
    weights: Counter[str] = Counter()
    wording: dict[str, str] = {}
    for span in (*doc.ents, *doc.noun_chunks):
        tokens = _core(span)
        if not tokens or len(tokens) > LONGEST_KEYWORD:
            continue
        key = " ".join(token.lemma_.lower() for token in tokens)
        wording.setdefault(key, doc[tokens[0].i : tokens[-1].i + 1].text)
        weights[key] += _weight(tokens)
    for key, _ in weights.most_common():
        yield wording[key]


def _core(span: Span) -> list[Token]:
    """Return a phrase without what leads into it: articles, pronouns, amounts."""
    if span.label_ and span.label_ not in _VISIBLE | {"NP"}:
        return []
    tokens = list(span)
    while tokens and (tokens[0].is_stop or tokens[0].pos_ in {"DET", "PRON", "NUM", "PUNCT"}):
        tokens = tokens[1:]
    while tokens and tokens[-1].pos_ in {"PUNCT", "PART"}:
        tokens = tokens[:-1]
    telling = any(token.pos_ in {"NOUN", "PROPN"} and not token.is_stop for token in tokens)
    return tokens if telling else []


def _weight(tokens: list[Token]) -> int:
    """Return how telling a phrase is: names and phrases of several words before single words."""
    names = any(token.pos_ == "PROPN" for token in tokens)
    return 1 + names + (len(tokens) > 1)


def _title_case(phrase: str) -> str:
    words = phrase.split()
    last = len(words) - 1
    return " ".join(
        word
        if any(letter.isupper() for letter in word) or (word in _SMALL_WORDS and 0 < index < last)
        else word[:1].upper() + word[1:]
        for index, word in enumerate(words)
    )
