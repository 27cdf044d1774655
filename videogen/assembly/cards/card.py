"""A card as a clip: a still ground on which parts come in as they are said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from av import VideoFrame

from videogen.assembly.cards.bars import comparison_card
from videogen.assembly.cards.blocks import Block, Sheet
from videogen.assembly.cards.dates import dates_card
from videogen.assembly.cards.ground import ground
from videogen.assembly.cards.maps import place_card
from videogen.assembly.cards.numbers import number_card
from videogen.assembly.cards.parts import Part, Rectangle
from videogen.assembly.cards.steps import process_card
from videogen.assembly.cards.words import (
    definition_card,
    idea_card,
    list_card,
    quotation_card,
    title_card,
)
from videogen.assembly.style import Look, even, grid_of
from videogen.assembly.timeline import Drawing
from videogen.domain.footage import Card
from videogen.domain.video import Format
from videogen.media.frames import copy_of

_LAYOUTS: dict[str, Callable[[Sheet, Any], Block]] = {
    "number": number_card,
    "comparison": comparison_card,
    "dates": dates_card,
    "quotation": quotation_card,
    "list": list_card,
    "definition": definition_card,
    "place": place_card,
    "process": process_card,
    "idea": idea_card,
}
# The first at which a card fits is taken; where the frame is narrow, type may be larger.
_SCALES = (1.25, 1.12, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)


# When the first part begins to come in: so soon that it is there at once, where no other picture is.
FADED_IN, THERE = 0.2, -0.35
_TOGETHER_SECONDS = 0.9


class CardFootage:
    """Draws a card at the cut's size and rate; parts that have come in are drawn once.

    The first of them begins to come in at `begin` seconds, if it would later.
    """

    def __init__(
        self, source: Card | Drawing, output: Format, look: Look, begin: float = FADED_IN
    ) -> None:
        self._rate = output.rate
        self._still = ground(look.ground, output.size)
        self._coming = _at_once(parts_of(source, output.size, look), begin)

    def frame(self, index: int) -> VideoFrame:
        """Return the card `index` frames after it appeared; it must not be written to."""
        seconds = float(index / self._rate)
        settled = [part for part in self._coming if part.end <= seconds]
        if settled:
            self._coming = [part for part in self._coming if part.end > seconds]
            self._still = _drawn(self._still, settled, seconds)
        moving = [part for part in self._coming if part.begin < seconds]
        return _drawn(self._still, moving, seconds) if moving else self._still

    def close(self) -> None:
        """Nothing is held open."""


def parts_of(source: Card | Drawing, size: tuple[int, int], look: Look) -> list[Part]:
    """Return the parts of a card in a frame of that size, from the lowest to the uppermost."""
    grid = grid_of(size)
    for scale in _SCALES[2 if grid.is_wide else 0 :]:
        block = _block(source, Sheet(grid, look, scale, _seconds_of(source)))
        if block.height <= grid.height:
            break
    return [*block.place(grid.top + max(0, even((grid.height - block.height) / 2)))]


def _at_once(parts: Sequence[Part], begin: float) -> list[Part]:
    """Have what would come in first come in at once: nobody looks at an empty card."""
    first = min((one.begin for one in parts if not isinstance(one, Rectangle)), default=0.0)
    ahead = first - begin
    if ahead <= 0:
        return list(parts)
    # The lines of one phrase, and the bar of a figure, stay together.
    together = (first - _TOGETHER_SECONDS, first + _TOGETHER_SECONDS)
    return [one.sooner(ahead) if together[0] <= one.begin <= together[1] else one for one in parts]


def _block(source: Card | Drawing, sheet: Sheet) -> Block:
    if isinstance(source, Card):
        return title_card(sheet, source)
    return _LAYOUTS[source.content.kind](sheet, source.content)


def _seconds_of(source: Card | Drawing) -> Callable[[int], float]:
    return source.second if isinstance(source, Drawing) else lambda _: 0.0


def _drawn(frame: VideoFrame, parts: list[Part], seconds: float) -> VideoFrame:
    result = copy_of(frame)
    for part in parts:
        part.draw(result, seconds)
    return result
