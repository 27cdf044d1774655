"""The fonts that text is set in: Inter, and Noto for the letters that Inter lacks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Literal

from PIL import ImageDraw, ImageFont, features

from videogen.assembly.character_map import characters
from videogen.errors import AssemblyError
from videogen.files import digest_of
from videogen.shell import reinstalling

Weight = Literal["Bold", "SemiBold"]
TYPEFACES = Path(str(files("videogen.assembly") / "typefaces"))

_AXIS = {"Bold": 700, "SemiBold": 600}
# Noto's faces for ideographs, by the letters that tell whose ideographs they are.
_IDEOGRAPHS = (("[\u3040-\u30ff]", 0), ("[\u1100-\u11ff\uac00-\ud7af]", 1), ("", 2))
# What Pillow sets right without libraqm: from left to right, each letter by itself.
_PLAIN = re.compile(r"Inter|NotoEmoji|NotoSans(\[|CJK|Symbols|Armenian|Georgian|Ethiopic)")
_LAST_ASKED = ("NotoSansSymbols[wght].ttf", "NotoEmoji[wght].ttf")
# 33 MB, too much to ship; its wheel is checked before a byte of it is drawn.
CJK_PACKAGE = "manimgx-fonts-cjk"
_CJK = "NotoSansCJK-VF.otf.ttc"
_CJK_DIGEST = "d3d8256cdec8dbcb3552284bc6b20c734dd60c2ee9df83b5758e34807c4bac32"
_RIGHT_TO_LEFT = {"R", "AL"}
# Marks, joiners and variation selectors, which change the letter before them.
_JOINING = {"Mn", "Mc", "Me", "Cf"}

_Source = tuple[Path, int]


class Font:
    """One weight and size of Inter, with Noto's faces beside it; made for one text.

    `size` is in pixels an em; `right_to_left` tells how the text's lines run. Letters that no face
    has, or that can't be set right here, are left out: see `unset`.
    """

    def __init__(self, weight: Weight, size: int, ideographs: int, right_to_left: bool) -> None:
        self.size = size
        self.right_to_left = right_to_left
        self._weight = weight
        self._sources = _sources(weight, ideographs)

    @property
    def ascent(self) -> int:
        """Pixels from the top of a line to the baseline."""
        return self._typeface(0).getmetrics()[0]

    @property
    def descent(self) -> int:
        """Pixels from the baseline to the foot of a line."""
        return self._typeface(0).getmetrics()[1]

    def length(self, text: str) -> float:
        """Return how many pixels wide a line is."""
        return sum(self._typeface(number).getlength(run) for number, run in self._runs(text))

    def draw(
        self, onto: ImageDraw.ImageDraw, left: float, baseline: int, text: str, stroke: int
    ) -> None:
        """Draw a line in white; `stroke` makes letters that many pixels bolder on each side."""
        runs = list(self._runs(text))
        mixed = _shapes() and any(number for number, _ in runs)
        direction = ("rtl" if self.right_to_left else "ltr") if mixed else None
        # A face puts its own run in order; those of several faces have to be put in theirs.
        for number, run in reversed(runs) if self.right_to_left else runs:
            font = self._typeface(number)
            onto.text(
                (left, baseline),
                run,
                fill=255,
                font=font,
                anchor="ls",
                stroke_width=stroke,
                direction=direction,
            )
            left += font.getlength(run)

    def _typeface(self, number: int) -> ImageFont.FreeTypeFont:
        return _opened(*self._sources[number], self._weight, self.size)

    def _runs(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the text in parts of one face each, as numbers of faces; what none has is left out."""
        if _letters(*self._sources[0]).issuperset(map(ord, text)):
            yield 0, text
            return
        for number, run in groupby(_assigned(text, self._sources), lambda pair: pair[0]):
            if number is not None:
                yield number, "".join(letter for _, letter in run)


def font_of(weight: Weight, size: int, text: str) -> Font:
    """Return the face to set a text in; all its lines run one way and share their ideographs."""
    return _cached_font(weight, size, _ideographs(text), _is_right_to_left(text))


def unset(texts: Iterable[str]) -> str:
    """Return the letters that can't be set here, each once, in their order."""
    missing: dict[str, None] = {}
    for text in texts:
        for number, letter in _assigned(text, _sources("Bold", _ideographs(text))):
            if number is None and unicodedata.category(letter) not in _JOINING:
                missing[letter] = None
    return "".join(missing)


def cure(letters: str) -> str:
    """Return what would let unset letters be set, empty where nothing would."""
    every = _every_source("Bold", _ideographs(letters))
    if all(_first(letter, every) is None for letter in letters):
        return ""
    return "install FriBidi (libfribidi), which joins and turns letters"


def _is_right_to_left(text: str) -> bool:
    """Tell whether most letters of a text belong to a script that runs from right to left."""
    ways = [unicodedata.bidirectional(letter) for letter in text]
    return sum(way in _RIGHT_TO_LEFT for way in ways) > ways.count("L")


def _ideographs(text: str) -> int:
    return next(number for letters, number in _IDEOGRAPHS if re.search(letters, text))


@lru_cache(maxsize=64)
def _cached_font(weight: Weight, size: int, ideographs: int, right_to_left: bool) -> Font:
    return Font(weight, size, ideographs, right_to_left)


def _assigned(text: str, sources: tuple[_Source, ...]) -> Iterator[tuple[int | None, str]]:
    """Yield each letter with the number of its face, None where there is none.

    Digits, marks and spaces stay with the letters before them, or with the first ones.
    """
    firsts = (_first(letter, sources) for letter in text if letter.isalpha())
    current = last = next((number for number in firsts if number is not None), 0)
    for letter in text:
        number: int | None
        if letter.isalpha():
            number = _first(letter, sources)
            current = current if number is None else number
        else:
            near = last if unicodedata.category(letter) in _JOINING else current
            number = near if ord(letter) in _letters(*sources[near]) else _first(letter, sources)
        if number is None and letter.isspace():
            yield current, " "
            continue
        last = last if number is None else number
        yield number, letter


def _first(letter: str, sources: tuple[_Source, ...]) -> int | None:
    numbers = (n for n, source in enumerate(sources) if ord(letter) in _letters(*source))
    return next(numbers, None)


@cache
def _sources(weight: Weight, ideographs: int) -> tuple[_Source, ...]:
    """Return the faces that text can be set right in here."""
    every = _every_source(weight, ideographs)
    return tuple(source for source in every if _shapes() or _PLAIN.match(source[0].name))


def _every_source(weight: Weight, ideographs: int) -> tuple[_Source, ...]:
    """Return all faces' files, each with its number in the file, the first to be asked first."""
    inter = TYPEFACES / f"InterDisplay-{weight}.otf"
    scripts = sorted(
        path for path in TYPEFACES.glob("NotoSans*.ttf") if path.name not in _LAST_ASKED
    )
    cjk = Path(str(files("manimgx_fonts_cjk"))) / _CJK
    return (
        (inter, 0),
        *((path, 0) for path in scripts),
        (cjk, ideographs),
        *((TYPEFACES / name, 0) for name in _LAST_ASKED),
    )


@cache
def _shapes() -> bool:
    """Tell whether Pillow can join letters and turn lines: it needs libraqm and FriBidi for that."""
    return bool(features.check("raqm"))


@cache
def _letters(path: Path, number: int) -> frozenset[int]:
    if path.name == _CJK:
        _check_cjk(path)
    return characters(path, number)


@cache
def _check_cjk(path: Path) -> None:
    if digest_of(path) != _CJK_DIGEST:
        raise AssemblyError(
            "The font of Chinese, Japanese and Korean is not the expected one",
            where=str(path),
            cure="Install it again",
            command=reinstalling(CJK_PACKAGE),
        )


@lru_cache(maxsize=128)
def _opened(path: Path, number: int, weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(path, size, index=number)
    if "Inter" not in path.name:
        font.set_variation_by_axes([_AXIS[weight]])
    return font
