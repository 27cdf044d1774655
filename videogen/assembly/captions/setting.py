"""How captions are set in frames of each shape: their size, their place, how much one holds."""

from __future__ import annotations

from dataclasses import dataclass

from videogen.assembly.fonts import Font, font_of
from videogen.domain.video import Format


@dataclass(frozen=True, slots=True)
class Setting:
    """Captions of one shape of frame.

    `size` is the letters' em and `foot` the room below the last line, in parts of the frame's
    height; `column` is the widest line in parts of its width. A line holds `letters` (a full-width
    letter counts as two), a caption `words`, for `shortest` seconds at least.
    """

    size: float
    foot: float
    column: float
    letters: int
    words: int
    shortest: float

    def face(self, output: Format, text: str) -> Font:
        """Return the face that a text is set in."""
        em = min(output.height * self.size, output.width * _WIDEST_EM)
        return font_of("SemiBold", max(1, round(em)), text)


# Of the width: what keeps letters of a very narrow frame in it.
_WIDEST_EM = 0.1

# A player's buttons lie over the lowest quarter of an upright video, which is read word by word.
_VERTICAL = Setting(size=0.055, foot=0.29, column=0.84, letters=24, words=4, shortest=0.6)
_SQUARE = Setting(size=0.058, foot=0.09, column=0.86, letters=28, words=12, shortest=1.0)
# The measures of the BBC's and Netflix's guides to timed text.
_WIDE = Setting(size=0.052, foot=0.075, column=0.8, letters=42, words=84, shortest=1.0)


def setting_of(output: Format) -> Setting:
    """Return how captions are set in frames of a shape."""
    if output.width < output.height:
        return _VERTICAL
    return _SQUARE if output.width == output.height else _WIDE
