"""Captions from the voice's own word times: broken at phrases, readable, written as SRT and WebVTT.

The measures are those of the BBC's and Netflix's timed text guides: two lines of 42 characters (a
full-width letter counts as two), 1 to 7 s, and no gap too short to be seen as one.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise

from videogen.assembly.timeline import Caption, Timeline
from videogen.domain import Word
from videogen.language.phrases import phrases

LINE_WIDTH = 42
SHORTEST_SECONDS, LONGEST_SECONDS = 1, 7

# A gap shorter than this between two captions flickers, so the first stays until the second.
_SHORTEST_GAP_SECONDS = Fraction(1, 2)

_CLOSING = "\"'”’»)]"
_SENTENCE_ENDS = ".!?…。！？।"
_CLAUSE_ENDS = ",;:—–，、；："

# A line should not end with a word that leads on to the next one, and may well begin with some.
_LEADING_ON = frozenset(
    "a an the of to in on at by for from with as and or but nor that which who whose than into is "
    "are was were be been has have had will would can could may might must not no its their his "
    "her our your my this these those very more most".split()
)
_BEGINNING = frozenset(
    "and but or nor so yet because although though while when where which who that if unless until "
    "after before since with without for from to in on at by into through between against".split()
)

# Costs of a break after a word, and of what a caption holds; found by reading captions of scripts.
_AFTER_CLAUSE, _BEFORE_PHRASE, _ANYWHERE, _BOUND = 1.0, 5.0, 10.0, 18.0
_A_CAPTION, _SENTENCE_END_WITHIN, _TOO_SHORT, _UNEVEN_LINES = 3.0, 4.0, 60.0, 3.0


@dataclass(frozen=True, slots=True)
class _Scene:
    """The words of a scene with the frame at which each is spoken, and the scene's last frame."""

    words: tuple[Word, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    rate: Fraction
    frames: int


def captions(words: Sequence[Word], rate: Fraction, frames: int) -> tuple[Caption, ...]:
    """Return a scene's captions in frames from its start; `frames` is how long the scene is.

    A caption is shorter than a second only where the scene leaves it no more time.
    """
    pieces = tuple(piece for word in words for piece in _pieces(word))
    starts = [min(round(Fraction(word.start) * rate), frames - 1) for word in pieces]
    ends = [min(math.ceil(Fraction(word.end) * rate), frames) for word in pieces]
    scene = _Scene(pieces, tuple(starts), tuple(ends), rate, frames)
    edges = _best_edges(scene)
    return tuple(_caption(scene, first, end) for first, end in pairwise(edges))


def srt(timeline: Timeline) -> str:
    """Return all captions as SubRip text."""
    cues = []
    for number, (start, end, caption) in enumerate(_timed(timeline), 1):
        times = f"{_clock(start, ',')} --> {_clock(end, ',')}"
        cues.append("\n".join([str(number), times, *caption.lines, ""]))
    return "\n".join(cues)


def vtt(timeline: Timeline) -> str:
    """Return all captions as WebVTT text (W3C)."""
    escaped = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
    cues = ["WEBVTT\n"]
    for start, end, caption in _timed(timeline):
        times = f"{_clock(start, '.')} --> {_clock(end, '.')}"
        lines = (line.translate(escaped) for line in caption.lines)
        cues.append("\n".join([times, *lines, ""]))
    return "\n".join(cues)


def _timed(timeline: Timeline) -> Iterator[tuple[Fraction, Fraction, Caption]]:
    for scene, first in zip(timeline.scenes, timeline.starts, strict=True):
        for caption in scene.captions:
            start, end = first + caption.start, first + caption.end
            yield start / timeline.rate, end / timeline.rate, caption


def _clock(seconds: Fraction, point: str) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{milliseconds:03}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _pieces(word: Word) -> Iterator[Word]:
    """Cut a word of a script without spaces at its phrases, and anywhere what no line holds.

    The space before the word is kept with its first piece.
    """
    at, each = word.start, (word.end - word.start) / max(1, len(word.text))
    space = " "
    for phrase in phrases(word.text):
        for part in _held_by_lines(phrase):
            yield Word(space + part, at, at + each * len(part))
            at += each * len(part)
            space = ""


def _held_by_lines(phrase: str) -> Iterator[str]:
    part = ""
    for letter in phrase:
        if part and _width(part + letter) > LINE_WIDTH:
            yield part
            part = ""
        part += letter
    yield part


def _best_edges(scene: _Scene) -> list[int]:
    """The word indices at which captions begin, and the end, of the least costly division."""
    count = len(scene.words)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(math.inf, 0)] * count
    for end in range(1, count + 1):
        for first in range(end - 1, -1, -1):
            cost = _cost(scene, first, end)
            if cost is None:
                break
            best[end] = min(best[end], (best[first][0] + cost, first))
    edges = [count]
    while edges[-1]:
        edges.append(best[edges[-1]][1])
    return edges[::-1]


def _cost(scene: _Scene, first: int, end: int) -> float | None:
    """How bad the words from `first` up to `end` are as a caption; None where they can't be one."""
    laid = _lines(tuple(word.text for word in scene.words[first:end]))
    spoken = (scene.ends[end - 1] - scene.starts[first]) / scene.rate
    if end - first > 1 and (laid is None or spoken > LONGEST_SECONDS):
        return None
    time = (_next_start(scene, end) - scene.starts[first]) / scene.rate
    missing = max(0.0, SHORTEST_SECONDS - float(time))
    within = sum(_ends_with(word.text, _SENTENCE_ENDS) for word in scene.words[first : end - 1])
    after = "" if end == len(scene.words) else scene.words[end].text
    break_cost = _break_cost(scene.words[end - 1].text, after) if after else 0.0
    lines_cost = laid[0] if laid else 0.0
    return (
        _A_CAPTION
        + break_cost
        + lines_cost / 2
        + _SENTENCE_END_WITHIN * within
        + _TOO_SHORT * missing
    )


def _next_start(scene: _Scene, end: int) -> int:
    return scene.starts[end] if end < len(scene.words) else scene.frames


def _break_cost(before: str, after: str) -> float:
    before, after = before.strip(), after.strip()
    if _ends_with(before, _SENTENCE_ENDS):
        return 0.0
    if _ends_with(before, _CLAUSE_ENDS):
        return _AFTER_CLAUSE
    is_name = before[:1].isupper() and after[:1].isupper()
    if is_name or before.lower() in _LEADING_ON:
        return _BOUND
    return _BEFORE_PHRASE if after.lower() in _BEGINNING else _ANYWHERE


def _ends_with(word: str, marks: str) -> bool:
    bare = word.rstrip(_CLOSING)
    return bool(bare) and bare[-1] in marks


@cache
def _lines(words: tuple[str, ...]) -> tuple[float, tuple[str, ...]] | None:
    """The best one or two lines with their cost; None where the words need more."""
    if _width(_line(words)) <= LINE_WIDTH:
        return 0.0, (_line(words),)
    found: list[tuple[float, tuple[str, ...]]] = []
    for index in range(1, len(words)):
        lines = _line(words[:index]), _line(words[index:])
        upper, lower = map(_width, lines)
        if max(upper, lower) <= LINE_WIDTH:
            uneven = _UNEVEN_LINES * abs(upper - lower) / LINE_WIDTH
            found.append((_break_cost(words[index - 1], words[index]) + uneven, lines))
    return min(found) if found else None


def _line(pieces: Sequence[str]) -> str:
    return "".join(pieces).strip()


def _caption(scene: _Scene, first: int, end: int) -> Caption:
    start, following = scene.starts[first], _next_start(scene, end)
    stop = max(scene.ends[end - 1], start + round(SHORTEST_SECONDS * scene.rate))
    gap = math.ceil(_SHORTEST_GAP_SECONDS * scene.rate)
    if end < len(scene.words) and following - stop < gap:
        stop = following
    longest = math.floor(LONGEST_SECONDS * scene.rate)
    if end < len(scene.words) and stop - start > longest:
        # The longest a caption may stay must not end just before the next one either.
        stop = min(start + longest, following - gap)
    stop = max(start + 1, min(stop, following, start + longest))
    laid = _lines(tuple(word.text for word in scene.words[first:end]))
    lines = laid[1] if laid else (_line([scene.words[first].text]),)
    return Caption(start, stop, lines, _word_starts(scene, first, lines))


def _word_starts(scene: _Scene, first: int, lines: Sequence[str]) -> tuple[int, ...]:
    """The frame at which each word of the lines, split at spaces, begins."""
    starts = []
    for word in (word for line in lines for word in line.split()):
        starts.append(scene.starts[first])
        letters = len(word)
        while letters > 0:
            letters -= len(scene.words[first].text.strip())
            first += 1
    return tuple(starts)
