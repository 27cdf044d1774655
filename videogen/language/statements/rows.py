"""Things named in a row, in the languages that nothing here parses.

What stands between two marks is a thing. Where the first one begins and the last one ends, small
words tell: articles, or what a language puts behind its nouns. Where they don't, there is no list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from videogen.language.small_words import small_words
from videogen.language.statements.content import Said
from videogen.language.statements.told import Told

# By the first letters of a language's code: what a thing begins with, and what joins the last one.
_BEGUN = {
    "es": (r"(?:el|la|los|las|un[ao]?s?|much[oa]s?|poc[oa]s?|tant[oa]s?)\s", "y|e|o|u"),
    "fr": (
        r"(?:de\s)?l['’]|(?:beaucoup|peu|assez)\s(?:de\s|d['’])|(?:de\s)?la\s|(?:le|les|une?|du|des)\s",
        "et|ou",
    ),
    "it": (
        r"l['’]|un['’]|(?:il|lo|la|i|gli|le|un[ao]?|molt[oaie]|tant[oaie]|poc[oa]|pochi|poche)\s",
        "e|ed|o",
    ),
    "pt": (r"(?:os?|as?|uma?|uns|umas|muit[oa]s?|pouc[oa]s?|tant[oa]s?)\s", "e|ou"),
}
_WORD = r"[^\W\d][\w’'-]*"
_SENTENCE = re.compile(r"(?:[^.;:!?…()«»“”]|\.(?=\d))+")
_ENDS = frozenset(("", *".;:!?…"))
_BARE = {
    # Behind a noun's own small word another one begins; the last one is a single word.
    "hi": re.compile(
        r"(?:^|\s(?:में|से|पर|को|के लिए|तक)\s)(?P<row>(?:[\u0900-\u0963]+(?:\s[\u0900-\u0963]+)?,\s)+"
        r"[\u0900-\u0963]+(?:\s[\u0900-\u0963]+)?)\s(?:और|या|तथा)\s(?P<last>[\u0900-\u0963]+)(?=[\s।])"
    ),
    # A thing is written in one script, and hiragana stand around the row.
    "ja": re.compile(
        r"(?<![\u30a1-\u30fa\u30fc\u4e00-\u9fff])(?P<row>(?:(?:[\u30a1-\u30fa\u30fc]{2,}|[\u4e00-\u9fff]{1,6})、)+"
        r"(?:[\u30a1-\u30fa\u30fc]{2,}|[\u4e00-\u9fff]{1,6}))[、と](?P<last>[\u30a1-\u30fa\u30fc]{2,}|[\u4e00-\u9fff]{1,6})"
        r"(?=[がをはもになで])"
    ),
    "zh": re.compile(
        r"(?:包括|需要|含有|盛产|出产|种植|有|用|加)(?P<row>(?:[\u4e00-\u9fff]{1,6}、)+[\u4e00-\u9fff]{1,6})(?:[、和与]|以及)"
        r"(?P<last>[\u4e00-\u9fff]{1,4})(?=[，。；！？]|等|$)"
    ),
}


def rows(told: Told) -> Iterator[list[Said]]:
    """Yield three things and more that a text names one after another."""
    language = told.language[:2]
    if language in _BEGUN:
        yield from _begun(told, language)
    elif language in _BARE:
        for found in _BARE[language].finditer(told.text):
            at = found.start("row")
            parts = [*re.finditer(r"[^,、\s][^,、]*", found["row"])]
            yield [*(Said(one.group(), at + one.start()) for one in parts), _said(found, "last")]


def _begun(told: Told, language: str) -> Iterator[list[Said]]:
    """Yield things that each begin with an article, or with how much of it there is."""
    begins, whole, last = _patterns(language)
    for sentence in _SENTENCE.finditer(told.text):
        if told.text[sentence.end() : sentence.end() + 1] not in _ENDS:
            continue
        pieces = [
            Said(one.group(), sentence.start() + one.start())
            for one in re.finditer(r"[^,\s][^,]*", sentence.group())
        ]
        ending = last.fullmatch(pieces[-1].text) if len(pieces) > 1 else None
        if ending is None:
            continue
        items = [Said(ending["last"], pieces[-1].at + ending.start("last"))]
        for piece in (Said(ending["one"], pieces[-1].at), *reversed(pieces[:-1])):
            begun = [*begins.finditer(piece.text)]
            if not begun or not whole.fullmatch(piece.text, begun[-1].start()):
                break
            at = begun[-1].start()
            items.insert(0, Said(piece.text[at:], piece.at + at))
            if at:
                first = piece == pieces[0] or begun[0].start()
                if first and _is_first(items, piece.text[:at], language):
                    yield items
                break


def _is_first(items: list[Said], lead: str, language: str) -> bool:
    """Tell what a row begins with from what only ends with a thing.

    What stands behind "in" is where the row is, and "la mer" of "le chant de la mer" whose it is.
    """
    is_partitive = [item.text[:1].lower() == "d" for item in items[:2]]
    is_whose = language == "fr" and is_partitive[0] and not is_partitive[1]
    before = lead.rsplit(maxsplit=1)[-1].lower()
    return not is_whose and before not in small_words(language).leading


def _said(found: re.Match[str], group: str) -> Said:
    return Said(found[group], found.start(group))


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what finds where things begin, a whole one, and the last two with what joins them.

    The last one is short, since nothing tells it from a verb behind it.
    """
    begins, joining = _BEGUN[language]
    thing = rf"(?<![\w'’])(?:{begins})"
    whole = rf"{thing}{_WORD}(?:\s{_WORD}){{0,3}}"
    last = rf"(?:{begins}){_WORD}(?:\s(?:de|di|da|do)\s{_WORD})?"
    return (
        re.compile(thing, re.IGNORECASE),
        re.compile(whole, re.IGNORECASE),
        re.compile(rf"(?P<one>.+?)\s(?:{joining})\s(?P<last>{last})\s*", re.IGNORECASE),
    )
