"""Places that a text says something to be in, near, or on the way to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from videogen.language.statements.content import Place, Said, Site
from videogen.language.statements.gazetteer import gazetteer
from videogen.language.statements.told import Told

# More are hardly read on one map; a list names them all.
_MOST_SITES = 4
# Who is seen somewhere is said to be there; "London's banks" and "the Paris treaty" are not.
_BEFORE = {
    "en": (
        "in|near|at|from|to|of|around|outside|across|through|into|reached|left|between|and",
        "the",
        "and|or|to",
    ),
    "es": ("en|desde|hasta|hacia|cerca de|a|al|de|del|entre|por|bajo|sobre", "el|la|los|las", "y|e|o|a"),
    "fr": (
        "à|au|aux|en|dans|près de|de|du|des|d'|vers|jusqu'à|jusqu'au|entre|par|depuis|sous|sur",
        "le|la|les|l'",
        "et|ou|à",
    ),
    "it": (
        "a|ad|al|in|nel|nell'|nella|nei|negli|nelle|di|del|dell'|della|dei|degli|delle|da|dal|dall'|dalla|dai|dagli|dalle|vicino a|verso|fino a|tra|fra|per|sotto|su|sul|sull'|sulla",
        "il|lo|la|l'|i|gli|le",
        "e|ed|o|a",
    ),
    "pt": (
        "em|no|na|nos|nas|de|do|da|dos|das|desde|até|para|perto de|entre|por|pelo|pela|sob|sobre|a|ao|à",
        "o|a|os|as",
        "e|ou|a|ao|à",
    ),
}  # fmt: skip
# Where words have no capitals: the name, names joined to it, and what says that one is there.
_NAMED = {
    "hi": (r"(?<![\u0900-\u097f])", r"(?:,\s|\s(?:और|या|से)\s)", r"\s(?:में|से|तक)(?![\u0900-\u0963])"),
    "ja": (r"(?<![\u30a1-\u30fa\u30fc\u4e00-\u9fff])", "[、と・]|から", "(?:で|に|から|まで|へ)"),
    "zh": ("(?<=[在从到于自])|(?<=前往)|(?<=来自)", "[、和与到]", "(?=[，。、；市的到和与有是之]|$)"),
}  # fmt: skip
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'.-]*(?:\s(?:(?:of|de|do|da|del|la|di)\s)?[A-ZÀ-Þ][\w’'.-]*)*")
# A verb that a sentence begins with, and what joins it to a name: "Partió de Lisboa".
_FIRST = re.compile(r"(?:^|[.!?…:»”\"]\s)[¿¡«“\"]?$")
_VERB = re.compile(r"[\w’']+\s(?:de|do|da|del|di)\s")
# People as well, whom only English is parsed for.
_PEOPLE = frozenset(
    "Colombo Darwin Florence Franklin Houston Jackson Lincoln Madison Nelson Salvador Santiago "
    "Santos Victoria Washington Wellington".split()
)


def places(told: Told) -> Iterator[Place]:
    """Yield the places that something is said to be in, where they are four at most."""
    language = told.language[:2]
    found = _said_after(told, language) if language in _BEFORE else _said_before(told, language)
    known = gazetteer(language)
    sites: dict[str, Site] = {}
    for name in found:
        one = known[name.text]
        sites.setdefault(name.text, Site(name, one.latitude, one.longitude, one.country))
    if 0 < len(sites) <= _MOST_SITES:
        yield Place(tuple(sites.values()))


def _said_after(told: Told, language: str) -> Iterator[Said]:
    """Yield the known names that stand behind such words as "in", and those in a row with one."""
    known = gazetteer(language)
    seen, listed = _patterns(language)
    text = told.text.replace("’", "'")
    end = 0
    for name in _in_english(told) if told.is_english else _capitals(text, language):
        follows = bool(end) and listed.fullmatch(text, end, name.at)
        if name.text in known and (follows or seen.search(text[: name.at])):
            yield Said(told.text[name.at : name.at + len(name.text)], name.at)
            end = name.at + len(name.text)


def _said_before(told: Told, language: str) -> Iterator[Said]:
    """Yield the known names before such words as "in", with those in a row with one."""
    if language not in _NAMED:
        return
    names, several = _several(language)
    for match in several.finditer(told.text):
        for name in names.finditer(match.group()):
            yield Said(name.group(), match.start() + name.start())


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what ends before a name that something is in, and what stands between two in a row."""
    words, articles, joining = _BEFORE[language]
    before = rf"\b(?:{_spaced(words)})(?:{_spaced(articles)})?"
    between = rf"(?:,\s|,?\s(?:{joining})\s)(?:{_spaced(words)})?(?:{_spaced(articles)})?"
    return re.compile(rf"(?i){before}$"), re.compile(rf"(?i){between}")


def _spaced(words: str) -> str:
    """Return words that a space follows, unless an apostrophe joins them to the next."""
    return "|".join(word if word.endswith("'") else rf"{word}\s" for word in words.split("|"))


@cache
def _several(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds a known name, and a row of them before a word such as "in"."""
    edge, joining, behind = _NAMED[language]
    longest_first = sorted(gazetteer(language), key=len, reverse=True)
    name = "|".join(map(re.escape, longest_first))
    row = rf"(?:{edge})(?:{name})(?:(?:{joining})(?:{name}))*{behind}"
    return re.compile(name), re.compile(row)


def _in_english(told: Told) -> Iterator[Said]:
    """Yield names of places; in a row with one, whatever kind of name they are taken for."""
    before = False
    for span in told.doc.ents:
        is_place = span.label_ in {"GPE", "LOC"} or (before and span.root.pos_ == "PROPN")
        before = is_place
        if is_place and not told.text[span.end_char :].startswith(("'", "’")):
            bare = span.text.removeprefix("the ").removeprefix("The ")
            yield Said(bare, span.end_char - len(bare))


def _capitals(text: str, language: str) -> Iterator[Said]:
    """Yield words with capitals, without what leads to them where a sentence begins with that."""
    known = gazetteer(language)
    leading = re.compile(rf"(?i)(?:{_spaced('|'.join(_BEFORE[language][:2]))})+")
    for match in _NAME.finditer(text):
        at = match.start()
        if lead := leading.match(match.group()):
            at += lead.end()
        elif (
            match.group() not in known
            and _FIRST.search(text[:at])
            and (verb := _VERB.match(match.group()))
        ):
            at += verb.end()
        name = text[at : match.end()].rstrip(".'")
        if name in known and name not in _PEOPLE:
            yield Said(name, at)
