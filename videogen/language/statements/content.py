"""What a card can show; all of it stands in the text, at the character where it is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a text, said from its character `at` on."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is written, from its character `at` on.

    `before` and `after` are the signs, scales and units around its `digits`; `groups` and `point`
    are the marks in it. `value` is what it amounts to, its scale included; `qualifier` are the
    words before it that take some of it back, such as "nearly".
    """

    before: str
    digits: str
    after: str
    value: float
    groups: str
    point: str
    at: int
    qualifier: str = ""

    @property
    def text(self) -> str:
        """The figure as written."""
        return f"{self.before}{self.digits}{self.after}"

    @property
    def end(self) -> int:
        """The character behind it."""
        return self.at + len(self.text)


@dataclass(frozen=True, slots=True)
class Number:
    """One figure, with what its sentence says before and behind it."""

    figure: Figure
    lead: Said | None
    tail: Said | None
    kind: Literal["number"] = "number"


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure and what has it."""

    label: Said
    figure: Figure


@dataclass(frozen=True, slots=True)
class Comparison:
    """Figures of one unit, to be seen beside each other."""

    lead: Said | None
    bars: tuple[Bar, ...]
    kind: Literal["comparison"] = "comparison"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as written, where it lies in years of our era, and what happened then."""

    date: Said
    year: float
    label: Said | None


@dataclass(frozen=True, slots=True)
class Dates:
    """Moments in their order; two that bound a span of time share their label."""

    moments: tuple[Moment, ...]
    is_span: bool
    kind: Literal["dates"] = "dates"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that somebody said, without their marks."""

    words: Said
    speaker: Said | None
    kind: Literal["quotation"] = "quotation"


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Things that are named one after another, and what leads to them."""

    lead: Said | None
    items: tuple[Said, ...]
    kind: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class Definition:
    """A term, and what it means."""

    term: Said
    meaning: Said
    kind: Literal["definition"] = "definition"


@dataclass(frozen=True, slots=True)
class Site:
    """A named place in degrees north and east; `country` is its ISO 3166 number where it is one."""

    name: Said
    latitude: float
    longitude: float
    country: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Places to be seen on one map."""

    sites: tuple[Site, ...]
    kind: Literal["place"] = "place"


@dataclass(frozen=True, slots=True)
class Process:
    """Steps, each of which follows from the one before."""

    steps: tuple[Said, ...]
    kind: Literal["process"] = "process"


@dataclass(frozen=True, slots=True)
class Idea:
    """What is spoken about, and the icon that means the most alike; empty where none does."""

    phrase: Said
    icon: str
    kind: Literal["idea"] = "idea"


Content = (
    Number | Comparison | Dates | Quotation | Enumeration | Definition | Place | Process | Idea
)


def parts(content: Content) -> list[Said]:
    """Return all words and figures that a card shows, in the order in which they are said."""
    return sorted(_parts(content), key=lambda part: part.at)


def _parts(value: object) -> Iterator[Said]:
    if isinstance(value, Said):
        yield value
    elif isinstance(value, Figure):
        yield Said(value.text, value.at)
    elif isinstance(value, tuple):
        for one in value:
            yield from _parts(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _parts(getattr(value, each.name))
