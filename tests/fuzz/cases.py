"""Damaged examples through a parser: what it raises that is none of ours, and what takes too long."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fakes.damage import damaged
from fuzz.parsers import OURS, Parser

UNDAMAGED = -1  # the number of an example as it is


@dataclass(frozen=True)
class Finding:
    """A case that a parser did not bear, by its number."""

    number: int
    what: str


def findings(parser: Parser, numbers: Iterable[int], longest: float) -> Iterator[Finding]:
    """Yield what cases of these numbers find, `longest` seconds of the processor being the most."""
    examples = parser.examples()
    for number in numbers:
        whole = examples[number % len(examples)]
        case = whole if number == UNDAMAGED else damaged(whole, number, examples)
        begun = time.process_time()
        try:
            parser.read(case)
        except OURS:
            pass
        except Exception as exc:
            yield Finding(number, repr(exc)[:200])
        if (spent := time.process_time() - begun) > longest:
            yield Finding(number, f"{spent:.1f} s")
