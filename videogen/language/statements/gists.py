"""What a text says in a few words that are worth reading by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from videogen.domain.script import Scene
from videogen.language.keywords import is_abstract, key_phrases
from videogen.language.statements.content import Said
from videogen.language.statements.told import Told

if TYPE_CHECKING:
    from spacy.tokens import Token


_MOST_WORDS = 8
# Fewer words tell nothing where no parser says what they are.
_LEAST_WORDS = 3
_THINGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# What a verb lacks where its clause is cut off before it: "the neighbors knew".
_OBJECTS = frozenset({"dobj", "attr", "acomp", "oprd", "ccomp", "xcomp", "dative"})
_NAMES = frozenset({"PERSON", "ORG", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LOC"})
_NOBODY = frozenset("nobody everybody everyone anybody nothing everything".split())
_AND = re.compile(r"\s(?:y|e|et|ed|o|ou|और|या)\s")
_NAME = re.compile(r"(?<=[^.!?:…]\s)[A-ZÀ-Þ][\w’'-]+(?:\s(?:d[aeiou]s?\s)?[A-ZÀ-Þ][\w’'-]+)+")


@lru_cache(maxsize=2048)
def gists(text: str, language: str) -> tuple[Said, ...]:
    """Return short pieces of a text, the best first.

    Where English, that is a name, what is told of something in a whole clause, then things that are
    named by two words at least, and single things. In other languages it is clauses and names.
    """
    told = Told(text, language)
    pieces = (_english if told.is_english else _by_marks)(told)
    found: dict[str, Said] = {}
    for piece in pieces:
        found.setdefault(piece.text.casefold(), piece)
    return tuple(found.values())


def nouns(told: Told, piece: Said) -> Iterator[str]:
    """Yield the things that a piece of an English text names."""
    for token in _within(told, piece):
        if token.pos_ == "NOUN" and not is_abstract(token.text):
            yield token.text


def _english(told: Told) -> Iterator[Said]:
    for entity in told.doc.ents:
        if entity.label_ in _NAMES and len(entity.text.split()) > 1:
            yield from _bare(told, entity.start_char, entity.end_char)
    pieces = [
        (piece, tokens)
        for start, end in told.clauses()
        if (piece := told.whole(start, end, _MOST_WORDS)) and (tokens := _within(told, piece))
    ]
    clauses = [(piece, tokens) for piece, tokens in pieces if _is_whole(tokens)]
    yield from (piece for piece, tokens in clauses if _names_its_subject(tokens))
    yield from (piece for piece, tokens in pieces if _is_thing(tokens))
    things = [one for one in key_phrases(Scene(1, told.text), told.language) if one]
    yield from (one for phrase in things if " " in phrase for one in _found(told, phrase))
    yield from (piece for piece, tokens in clauses if len(tokens) > _LEAST_WORDS + 1)
    for chunk in told.doc.noun_chunks:
        # "The building of the tank" shows no building.
        if _names(chunk.root) and not chunk.root.text.endswith("ing"):
            yield Said(chunk.root.text, chunk.root.idx)


def _by_marks(told: Told) -> Iterator[Said]:
    least = _LEAST_WORDS if told.is_spaced else 1
    places = list(told.clauses())
    of_rows = [_ends_a_row(told.text, start, end) for start, end in places]
    clauses = [
        told.whole(start, end, _MOST_WORDS)
        for (start, end), is_last, is_next in zip(
            places, of_rows, [*of_rows[1:], False], strict=True
        )
        if not is_last and not is_next
    ]
    claims = [one for one in clauses if one and len(one.text.split()) >= least]
    # What is longer is more often a clause of its own, and less often leads to one.
    yield from sorted(claims, key=lambda one: -len(one.text))
    for name in _NAME.finditer(told.text):
        yield Said(name.group(), name.start())
    short = told.shortened(0, len(told.text), _MOST_WORDS)
    if short and len(short.text.split()) >= least:
        yield short


def _ends_a_row(text: str, start: int, end: int) -> bool:
    """Tell the end of what is named in a row from a clause: "i cavi e molta pazienza"."""
    return text[:start].endswith((",", "、")) and bool(_AND.search(text[start:end]))


def _within(told: Told, piece: Said) -> list[Token]:
    end = piece.at + len(piece.text)
    return [token for token in told.doc if piece.at <= token.idx < end and not token.is_punct]


def _is_whole(tokens: list[Token]) -> bool:
    """Tell a clause with a subject and all that its verb needs from one that is cut off."""
    if tokens[0].tag_ in {"WDT", "WP", "WP$"} or tokens[0].dep_ == "mark":
        return False
    inside = {token.i for token in tokens}
    subjects = [token for token in tokens if token.dep_ in _SUBJECTS and token.head.i in inside]
    return any(
        subject.head.pos_ in {"VERB", "AUX"}
        and all(child.i in inside for child in subject.head.children if child.dep_ in _OBJECTS)
        for subject in subjects
    )


def _names(noun: Token) -> bool:
    """Tell a noun that names something, and was not a verb: "all this water rubs"."""
    is_verb = noun.dep_ == "ROOT" and noun.tag_ == "NNS"
    return noun.tag_ in _THINGS and not is_verb and not is_abstract(noun.text)


def _is_thing(tokens: list[Token]) -> bool:
    """Tell a thing with more of it: "the bridge over the Narrows"."""
    heads = [token for token in tokens if token.head not in tokens or token.dep_ == "ROOT"]
    return (
        len(tokens) >= _LEAST_WORDS
        and len(heads) == 1
        and _names(heads[0])
        and not any(token.pos_ in {"VERB", "AUX", "NUM"} for token in tokens)
    )


def _names_its_subject(tokens: list[Token]) -> bool:
    """Tell a clause that can be read alone from one that points back: "it let go"."""
    subject = next(token for token in tokens if token.dep_ in _SUBJECTS)
    return subject.pos_ in {"NOUN", "PROPN"} or subject.lower_ in _NOBODY


def _found(told: Told, phrase: str) -> Iterator[Said]:
    """Yield a phrase as the text writes it, where its last word names a thing."""
    at = told.text.casefold().find(phrase.casefold())
    if at < 0:
        return
    tokens = _within(told, Said(phrase, at))
    if tokens and _names(tokens[-1]):
        yield Said(told.text[at : at + len(phrase)], at)


def _bare(told: Told, start: int, end: int) -> Iterator[Said]:
    """Yield a name without its article."""
    lead = re.match(r"(?i)the\s", told.text[start:end])
    piece = told.piece(start + (lead.end() if lead else 0), end)
    if piece and " " in piece.text and not re.search(r"\d", piece.text):
        yield piece
