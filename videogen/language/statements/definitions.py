"""A term and what a text says that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from videogen.language.statements.content import Definition
from videogen.language.statements.told import Told

_MOST_TERM, _MOST_MEANING = 4, 16
_LEAST_MEANING = 4
# What stands between a term and its meaning, by the first letters of a language's code.
_IS = {
    "en": r"\s(?:is|are|was)\s(?=(?:an?|the)\s)|\s(?:means|refers to)\s",
    "es": r"\s(?:es|son)\s(?=(?:una?|el|la|los|las)\s)|\ssignifica\s",
    "fr": r"\s(?:est|sont)\s(?=(?:une?|le|la|les)\s|l[’'])|\ssignifie\s",
    "it": r"\s(?:è|sono)\s(?=(?:un[ao]?|il|lo|la|i|gli|le)\s|(?:un|l)[’'])|\ssignifica\s",
    "pt": r"\s(?:é|são)\s(?=(?:uma?|os?|as?)\s)|\ssignifica\s",
}
_POINTS = re.compile(
    r"(?i)^(?:it|this|that|there|he|she|they|these|those|what|which|who|here|one|we|i|you|nothing|"
    r"everything|today|esto|eso|este|esta|ese|ils?(?=\s(?:est|sont)\s)|elles?|ce|cela|c|lui|lei|"
    r"questo|questa|ele|ela|isso|isto)\b"
)
_ARTICLE = re.compile(
    r"(?i)^(?:an?|the|una?|el|la|los|las|le|les|l[’']|une?|il|lo|gli|i|o|os|as|uma?)\s+"
)


def definitions(told: Told) -> Iterator[Definition]:
    """Yield what the first sentence of a text defines, where it begins with the term."""
    pattern = _IS.get(told.language[:2])
    found = re.search(pattern, told.text) if pattern else None
    if (
        not found
        or _POINTS.match(told.text)
        or re.search(r"[,.:;!?]\s", told.text[: found.start()])
    ):
        return
    article = _ARTICLE.match(told.text)
    term = told.whole(article.end() if article else 0, found.start(), _MOST_TERM)
    end = re.compile(r"[.;:!?—](?=\s|$)").search(told.text, found.end())
    meaning = told.shortened(found.end(), end.start() if end else len(told.text), _MOST_MEANING)
    if term and meaning and len(meaning.text.split()) >= _LEAST_MEANING:
        yield Definition(term, meaning)
