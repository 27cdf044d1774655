"""The small words of each language, which lean on the word before or after them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SmallWords:
    """`leading` lead on to the next word, `beginning` begin a phrase, `trailing` end one."""

    leading: frozenset[str]
    beginning: frozenset[str]
    trailing: frozenset[str] = frozenset()


def _small(leading: str, beginning: str, trailing: str = "") -> SmallWords:
    return SmallWords(*(frozenset(words.split()) for words in (leading, beginning, trailing)))


_NONE = _small("", "")

# By the first letters of a language's code.
_SMALL_WORDS = {
    "en": _small(
        "a an the of to in on at by for from with as and or but nor that which who whose than into "
        "is are was were be been has have had will would can could may might must not no its their "
        "his her our your my this these those very more most",
        "and but or nor so yet because although though while when where which who that if unless "
        "until before after since with without for from to in on at by into through between against",
    ),
    "es": _small(
        "el la los las un una unos unas lo de del al a en con por para sin sobre entre desde hasta "
        "y e o u ni que se su sus mi tu este esta estos estas ese esa muy más tan como es son fue "
        "era eran fueron ha han no ya cada",
        "y e o u ni pero porque aunque mientras cuando donde que quien si como con sin para por en "
        "de del al a desde hasta entre sobre contra hacia",
    ),
    "fr": _small(
        "le la les un une des de du au aux à en dans par pour sans sur sous entre et ou ni que qui "
        "se sa son ses leur leurs ce cette ces très plus si comme est sont fut était ont a ne pas "
        "il elle ils elles on je nous vous",
        "et ou mais car donc parce quand lorsque où que qui si comme avec sans pour par dans en de "
        "du des à au aux sur sous entre contre vers depuis pendant",
    ),
    "it": _small(
        "il lo la i gli le un uno una di del dello della dei degli delle a al allo alla ai agli "
        "alle da dal dalla in nel nella nei con per su sul sulla tra fra e ed o che si suo sua suoi "
        "sue questo questa molto più come è sono fu era ha hanno non",
        "e ed o ma perché mentre quando dove che chi se come con senza per in nel nella di del "
        "della dei a al da dal su tra fra contro verso",
    ),
    "pt": _small(
        "o a os as um uma uns umas de do da dos das em no na nos nas ao à aos às por pelo pela para "
        "com sem sobre entre e ou nem que se seu sua seus suas este esta esse essa muito mais como "
        "é são foi era eram foram não",
        "e ou mas porque embora enquanto quando onde que quem se como com sem para por pelo pela em "
        "no na nos nas de do da dos das ao desde até entre sobre contra",
    ),
    "hi": _small(
        "और या एक यह वह इस उस",
        "और या लेकिन परंतु क्योंकि जब जहाँ जो कि अगर तो",
        "का की के को में से पर ने तक है हैं था थी थे गया गई गए ही भी",
    ),
}


def small_words(language: str) -> SmallWords:
    """Return the small words of a language, named by a code such as `en-us`; none if unknown."""
    return _SMALL_WORDS.get(language.lower().partition("-")[0], _NONE)
