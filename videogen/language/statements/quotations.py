"""Words that a text gives as somebody's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from videogen.language.statements.content import Quotation, Said
from videogen.language.statements.told import Told

_QUOTED = re.compile(r"“([^“”]+)”|«\s?([^«»]+?)\s?»|„([^„“”]+)[“”]|「([^「」]+)」|\"([^\"]+)\"")
_LEAST_WORDS, _MOST_WORDS = 4, 32
_LEAST_LETTERS = 8  # where words have no spaces between them
_SAID = (
    "said|says|wrote|writes|declared|declares|told|put it|recalled|recalls|remarked|asked|replied|"
    "observed|warned|argued|explained|noted|announced|promised|cried|shouted|answered|insisted|"
    "complained|added|admitted|boasted|claimed|confessed|joked|concluded|predicted|thought|called|"
    "dijo|escribió|declaró|afirmó|respondió|dit|écrivit|écrit|déclara|répondit|disse|scrisse|affermò|"
    "dichiarò|rispose|escreveu|afirmou|declarou|respondeu|decía|disait|diceva|dizia|explicó|expliqua|"
    "spiegò|explicou|raconta|raccontò|contou"
)
_CAPITAL_NAME = (
    r"(?:the\s)?[A-ZÀ-Þ][\w.’'-]*(?:\s(?:(?:of|de|von|van|da|the)\s)?[A-ZÀ-Þ][\w.’'-]*){0,4}"
)
_BEHIND = re.compile(
    rf"^[\s,.—–-]*(?:(?:{_SAID})\s(?P<one>{_CAPITAL_NAME})|(?P<two>{_CAPITAL_NAME})\s(?:{_SAID})\b)"
)
_AHEAD = re.compile(
    rf"(?:(?P<one>{_CAPITAL_NAME})(?:\s\w+)?\s(?:{_SAID})|(?:{_SAID})\s(?P<two>{_CAPITAL_NAME}))"
    r"(?:\s[\w\s]{0,24})?\s?[,:：]\s?$"
)
# Hindi has no capitals: its sentence begins with who said it.
_AHEAD_IN_HINDI = re.compile(
    r"(?:^|।\s)(?P<one>[\u0900-\u0963]+(?:\s[\u0900-\u0963]+){0,2})(?P<two>)\sने\s(?:कहा|लिखा|बताया)(?:\sकि)?\s?[,:]?\s?$"
)
_NOBODY = frozenset(
    "he she it they we i you one he’s she’s the in as and but when उन्होंने उस इस".split()
)


def quotations(told: Told) -> Iterator[Quotation]:
    """Yield what is quoted at some length, with its speaker where the same sentence names them."""
    for match in _QUOTED.finditer(told.text):
        number = next(n for n in range(1, 6) if match[n] is not None)
        words = match[number].strip(" ,;")
        count = len(words.split())
        if not (
            _LEAST_WORDS <= count <= _MOST_WORDS or (count == 1 and len(words) >= _LEAST_LETTERS)
        ):
            continue
        at = match.start(number) + match[number].index(words[0])
        yield Quotation(Said(words, at), _speaker(told.text, match))


def _speaker(text: str, quoted: re.Match[str]) -> Said | None:
    for pattern, offset, part in (
        (_BEHIND, quoted.end(), text[quoted.end() :]),
        (_AHEAD, 0, text[: quoted.start()]),
        (_AHEAD_IN_HINDI, 0, text[: quoted.start()]),
    ):
        if found := pattern.search(part):
            group = "one" if found["one"] else "two"
            if found[group].casefold() not in _NOBODY:
                return Said(found[group].rstrip(".,"), offset + found.start(group))
    return None
