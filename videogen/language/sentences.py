"""Reading prose with spaCy: sentences, the phrases a text is about, the case of a name."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from videogen.language.english import load_english
from videogen.language.joints import ends_sentence
from videogen.language.speech.units import is_unit

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

LONGEST_TEXT = 1_000_000  # characters; spaCy's own limit for its parser
_NOT_FOR_SENTENCES = ["tagger", "attribute_ruler", "lemmatizer", "ner"]
# Chinese and Japanese leave no space after a full stop, nor between words.
_PARAGRAPH_END = re.compile(r"\n|(?<=[。！？])(?![」』”’）])")
_OPENING = re.compile(r"(?<=\s)[«“‘„(¿¡]+\s?$")
_MARKS = 4  # marks and spaces that may stand there
# A word with the marks that French sets apart from it, and with those that close after them.
_WORD = re.compile(r"\S+(?:\s[!?…:;»]+(?=\s|$))*")
# spaCy's tokeniser of Japanese needs sudachipy, which is not here.
_SPACY_NAMES = {"ja": "xx"}


def is_english(language: str) -> bool:
    """Tell whether a language tag such as `en-us` names English."""
    return language.lower().startswith("en")


def sentences(text: str, language: str) -> list[str]:
    """Return the sentences of a text, stripped, in their order."""
    english = is_english(language)
    paragraphs = filter(None, map(str.strip, _PARAGRAPH_END.split(text)))
    split = _split if english else _split_by_marks
    return [one for paragraph in paragraphs for one in split(paragraph)]


# A script is split again wherever it is judged, shortened or mended; thirty minutes have 150 scenes.
@functools.lru_cache(maxsize=1024)
def _split(paragraph: str) -> tuple[str, ...]:
    found: list[str] = []
    for start in range(0, len(paragraph), LONGEST_TEXT):
        piece = paragraph[start : start + LONGEST_TEXT]
        spans = [*load_english()(piece, disable=_NOT_FOR_SENTENCES).sents]
        starts = [span.start_char for span in spans]
        # A mark that opens is no end, as spaCy's rules have it.
        starts = [start - len(_opened(piece[max(0, start - _MARKS) : start])) for start in starts]
        parts = [piece[first:last] for first, last in pairwise([*starts, len(piece)])]
        found += [part.strip() for part in parts if part.strip()]
    return tuple(found)


def _split_by_marks(paragraph: str) -> tuple[str, ...]:
    """Split where a word ends its sentence; no model of such a language is shipped."""
    found: list[str] = []
    start, before = 0, ""
    for word, after in pairwise([*_WORD.finditer(paragraph)]):
        written = "".join(word.group().split())
        is_measure = before[-1:].isdigit() and is_unit(written.removesuffix("."))
        ends = written.endswith(".") if is_measure else ends_sentence(written, after.group())
        if ends and not after.group()[0].islower():
            found.append(paragraph[start : word.end()])
            start = after.start()
        before = written
    return (*found, paragraph[start:])


def _opened(text: str) -> str:
    """Return the marks at the end of a text that open what comes next."""
    match = _OPENING.search(text)
    return match.group() if match else ""


# A scene's text is asked for its phrases, its title, and whatever may stand on a card of it.
@functools.lru_cache(maxsize=512)
def parsed(text: str) -> Doc:
    """Return an English text with tags, phrases and entities; not to be changed."""
    return load_english()(text[:LONGEST_TEXT])


def tokenized(text: str, language: str) -> Doc:
    """Return a text in any language as tokens that know the stop words."""
    return _tokenizer(_SPACY_NAMES.get(language, language[:2]))(text[:LONGEST_TEXT])


def mid_sentence(name: str) -> str:
    """Return an English title as it stands in a sentence: `the history of Rome`, but `NASA`."""
    lowered = name[:1].lower() + name[1:]
    words = [token for token in parsed(f"We speak about {lowered}") if token.i >= len(_LEAD)]
    if not words:
        return name
    cased = name if _keeps_capital(words[0], name) else lowered
    return f"the {cased}" if _wants_article(words) else cased


_LEAD = ("We", "speak", "about")


def _keeps_capital(first: Token, name: str) -> bool:
    if first.pos_ in {"DET", "SCONJ", "PRON", "ADP"}:
        return False
    word, *others = name.split()
    titled = any(other[:1].isupper() for other in others[:1])
    return titled or first.pos_ == "PROPN" or first.ent_type_ == "NORP" or not word[1:].islower()


def _wants_article(words: Sequence[Token]) -> bool:
    """Tell a bare singular that something is `of`, such as `invasion of Ukraine`."""
    heads = [word for word in words if word.dep_ == "pobj" and word.head.i < words[0].i]
    return any(
        head.tag_ == "NN"
        and any(child.lower_ == "of" for child in head.children)
        and not any(child.dep_ in {"det", "poss", "nummod"} for child in head.children)
        for head in heads
    )


@functools.cache
def _tokenizer(name: str) -> Language:
    import spacy

    try:
        return spacy.blank(name)
    except ImportError:
        return spacy.blank("xx")
