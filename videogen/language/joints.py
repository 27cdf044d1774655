"""How the words of a text hang together: where a line may end, and where none should."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise

from videogen.language.small_words import SmallWords, small_words
from videogen.language.speech.abbreviations import BEFORE_A_NUMBER, STARTERS, TITLES
from videogen.language.speech.dates import MONTHS
from videogen.language.speech.units import is_unit


class Joint(Enum):
    """What stands between two words, from the best place for a break to none."""

    SENTENCE = auto()
    CLAUSE = auto()
    BEFORE_PHRASE = auto()
    WORDS = auto()
    LEADING_ON = auto()
    BOUND = auto()


_CLOSING = "\"'”’»)]"
_OPENING = "\"'“‘«([¿¡"
_ONLY_OPENING = "“‘«([¿¡"
_SENTENCE_ENDS = ".!?…。！？।"
_CLAUSE_ENDS = ",;:—–，、；："

# A name follows, in the languages that the voices speak.
_BEFORE_A_NAME = frozenset(TITLES) | frozenset(
    "Mr Mrs Dr Sr Sra Srta Dra Dña Ud Uds Av Mme Mlle M MM Me Sig Dott Prof Ing Avv Sta Sto Ss EE "
    "dr dra sr sra srta sig dott prof ing avv डॉ श्री प्रो पं".split()
)
# Something always follows.
_LEADING_ON = frozenset("vs v cf e.g i.e viz esp incl av apr".split())
# A number follows.
_NUMBERED = frozenset(BEFORE_A_NUMBER) | frozenset(
    "No Nos no nos n núm págs pág pag cap pp p Nr Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec ene abr "
    "ago dic janv févr avr juil déc gen mag giu lug ott fev mai jun out dez nov feb oct sept".split()
)
# Single letters; those of Devanagari carry their vowels: "कि.मी."
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+|(?:[\u0900-\u0963]{1,3}\.){2,}")
_NUMBER = re.compile(r"[^\w\s]*\d[\w.,:/%°²³–-]*")
_SYMBOL = re.compile(r"(?:[A-Z]{0,3}[$€£¥₹]|[№§#~±])")
_SCALES = frozenset(
    "hundred thousand million billion trillion mil millón millones mille million millions milliard "
    "milliards mila milione milioni miliardo miliardi milhão milhões bilhão bilhões लाख करोड़ हज़ार".split()
)
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?,")
_YEAR = re.compile(r"(?:1\d|20)\d\d\b")
# What joins the parts of a name: Bay of Fundy, Vasco da Gama, Battle of the Bulge.
_JOINING = frozenset("of de del du des di da do das dos della dello dei von van bin ibn".split())
_ARTICLES = frozenset("the la las los le les der den el".split())


def joints(words: Sequence[str], language: str) -> tuple[Joint, ...]:
    """Return what stands between each word and the next; words are as written, marks and all."""
    small = small_words(language)
    found = [
        Joint.SENTENCE if ends_sentence(before, after) else _joint(words, number, small)
        for number, (before, after) in enumerate(pairwise(words))
    ]
    _keep_last_words(words, found)
    return tuple(found)


def _keep_last_words(words: Sequence[str], found: list[Joint]) -> None:
    """Bind the last word of each sentence, and the marks that stand alone behind it."""
    is_last = True
    for number in range(len(found) - 1, -1, -1):
        if found[number] is Joint.SENTENCE:
            is_last = True
        elif is_last:
            found[number] = Joint.BOUND
            is_last = not _has_letters(words[number + 1])


def ends_sentence(word: str, after: str) -> bool:
    """Tell whether a word ends its sentence before the next, whatever closes after it."""
    bare = word.rstrip(_CLOSING)
    if not bare or bare[-1] not in _SENTENCE_ENDS or not (_has_letters(after) or _opens(after)):
        return False
    return bare[-1] != "." or not _is_shortened(bare.lstrip(_OPENING), after.lstrip(_OPENING))


def _is_shortened(word: str, after: str) -> bool:
    """Tell a full stop that shortens a word from one that ends a sentence."""
    name = word.removesuffix(".")
    if after[:1].islower() or name in _LEADING_ON:
        return True
    if after[:1].isdigit():
        return name in _NUMBERED
    if _LETTERS.fullmatch(word):
        return after not in STARTERS
    return name in _BEFORE_A_NAME


def _joint(words: Sequence[str], number: int, small: SmallWords) -> Joint:
    before, after = words[number], words[number + 1]
    is_clause = before.rstrip(_CLOSING).endswith(tuple(_CLAUSE_ENDS))
    if not (_has_letters(after) or _opens(after)) or _is_date(before, after):
        return Joint.BOUND
    if not is_clause and _is_bound(words, number, small):
        return Joint.BOUND
    if is_clause:
        return Joint.CLAUSE
    if before.lower() in small.leading or _NUMBER.fullmatch(after):
        return Joint.LEADING_ON
    return Joint.BEFORE_PHRASE if after.lower() in small.beginning else Joint.WORDS


def _is_date(before: str, after: str) -> bool:
    return _DAY.fullmatch(before) is not None and _YEAR.match(after) is not None


def _is_bound(words: Sequence[str], number: int, small: SmallWords) -> bool:
    before, after = words[number], words[number + 1]
    bare = after.strip(_CLOSING + _CLAUSE_ENDS + _SENTENCE_ENDS)
    if not _has_letters(before):
        return before[-1] in _OPENING or _SYMBOL.fullmatch(before) is not None
    if before.endswith(".") or bare.lower() in small.trailing:
        return True  # a full stop that ended no sentence shortens a word
    if is_unit(after) or (is_unit(bare) and not _LETTERS.fullmatch(after)):
        return _NUMBER.fullmatch(before) is not None
    if _NUMBER.fullmatch(before) or before.lower() in _SCALES:
        # Some scripts have no capitals.
        is_counted = bare[:1].isalpha() and not bare[:1].isupper()
        is_counted = is_counted and bare not in small.leading | small.beginning
        return bare in MONTHS or (is_counted and not _YEAR.fullmatch(before))
    return _is_name(words, number, small)


def _is_name(words: Sequence[str], number: int, small: SmallWords) -> bool:
    """Tell whether a name goes on from a word to the next, over small words within it."""
    first, last = number, number + 1
    while first and words[first] in _JOINING | _ARTICLES:
        first -= 1
    while last < len(words) - 1 and words[last] in _JOINING | _ARTICLES:
        last += 1
    begin, end = words[first].lstrip(_OPENING), words[last].lstrip(_OPENING)
    if not begin[:1].isupper() or not begin[-1].isalnum():
        return False
    if begin.lower() in small.leading | small.beginning and _is_first(words, first):
        return False
    if last == first + 1:
        return end[:1].isupper() or end[:1].isdigit()
    return words[first + 1] in _JOINING and end[:1].isupper()


def _is_first(words: Sequence[str], number: int) -> bool:
    """Tell a word that is capital because its sentence begins with it."""
    return number == 0 or ends_sentence(words[number - 1], words[number])


def _opens(word: str) -> bool:
    """Tell a mark that stands alone before what it opens: "« Nous protestons »"."""
    return all(letter in _ONLY_OPENING for letter in word)


def _has_letters(word: str) -> bool:
    return any(letter.isalnum() for letter in word)
