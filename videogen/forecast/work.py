"""What a film takes: processor time and seconds by stage, and bytes.

The figures are those of one machine and its clips, as `docs/benchmarks.md` says; `pace.py` brings
them to another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from videogen.domain.events import Stage
from videogen.domain.footage import CARDS, PlannedScene
from videogen.domain.video import Format, Quality

_REFERENCE_RATE = 30.0
_MEGAPIXEL = 1e6
# CPU seconds of starting and a second of film: of the script, of the voice.
_START, _WORDS = 3.7, 0.045
_LOADING, _SPEECH = 1.0, 0.285
# CPU seconds a scene: judging what is found for it, which is done while the voice speaks, recording
# what was chosen, and looking at it for what is to be seen of it.
_JUDGED, _RECORDED, _LOOK = 0.6, 0.2, 0.15
# CPU seconds a million pixels, drawn and encoded by x264; a draft reduces what it shows. Captions cost
# the same a frame, however large.
_DRAWN: Mapping[Quality, float] = {"draft": 0.002, "good": 0.0042, "best": 0.0075}
_FILMED: Mapping[Quality, float] = {"draft": 0.026, "good": 0.0157, "best": 0.056}
_BURNED = 0.0022
# Seconds of joining, of the thumbnail and of ending, and CPU seconds of the same.
_END, _END_CPU = 0.9, 0.3
# Seconds a scene of waiting for services of footage, and bytes a second, over 80 ms and 20 Mbit/s.
_FETCH, _FETCHED = 2.1, 115e6 / 300
# The share that is filmed where services are asked, and where a folder alone is, until it is known.
FILMED_BY_SERVICES, FILMED_BY_FOLDER = 0.9, 0.5
# Seconds a scene that a language model writes at.
WRITING = 1.0
# Bytes a second at 30 frames: of sound, then of a picture of a million pixels; larger ones take
# more by the square root only.
_SOUND = 24e3
_CARD_BYTES: Mapping[Quality, float] = {"draft": 62e3, "good": 60e3, "best": 80e3}
_FILM_BYTES: Mapping[Quality, float] = {"draft": 335e3, "good": 660e3, "best": 1_150e3}


@dataclass(frozen=True, slots=True)
class Part:
    """A scene by its number: its seconds, and the share of them that shows something else than cards."""

    number: int
    seconds: float
    filmed: float


@dataclass(frozen=True, slots=True)
class Work:
    """A film that is to be made: its seconds and scenes, and how it is cut.

    `filmed` is the share of it, 0 to 1, that shows clips and pictures; the rest are cards. `waits`
    are seconds that its writer waits for a service, `is_remote` tells whether footage is fetched.
    `parts` are its scenes, once their pictures are chosen.
    """

    seconds: float
    scenes: int
    filmed: float
    cut: Format
    quality: Quality
    is_burned: bool = False
    waits: float = 0.0
    is_remote: bool = False
    parts: tuple[Part, ...] = ()

    @property
    def megapixels(self) -> float:
        """Millions of pixels a frame."""
        return self.cut.width * self.cut.height / _MEGAPIXEL


@dataclass(frozen=True, slots=True)
class Pace:
    """This machine and this user's films beside the reference: CPU seconds and bytes, as ratios.

    `voice` is how much slower speaking is than it would be if it differed as much as cutting does:
    what one processor does twice as fast as another, it need not for the other. `films` is how many
    finished films say so.
    """

    processor: float = 1.0
    size: float = 1.0
    voice: float = 1.0
    films: int = 0


REFERENCE = Pace()


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a film of so many scenes is foretold to take.

    `stages` are seconds on a machine at rest, `end` those after the last frame; `processor` is the
    CPU time of all processes. Sizes are bytes, of the finished file and of what services send. `cut`
    are the seconds of drawing each scene, as they are begun, `lanes` how many are drawn at once.
    """

    scenes: int
    stages: Mapping[Stage, float]
    end: float
    processor: float
    file_bytes: float
    fetched_bytes: float
    cut: Mapping[int, float] = field(default_factory=dict)
    lanes: int = 1

    @property
    def seconds(self) -> float:
        """Seconds in all."""
        return sum(self.stages.values()) + self.end


def forecast(work: Work, cores: int, pace: Pace = REFERENCE) -> Forecast:
    """Return what a film takes where `cores` are free for it."""
    cpu = {stage: pace.processor * spent for stage, spent in processor_seconds(work).items()}
    voiceover, cutting = cpu["voiceover"] / min(cores, work.scenes), cpu["assembly"] / cores
    share = (voiceover + cutting) / (pace.voice * voiceover + cutting)
    voiceover *= pace.voice * share
    # Footage is looked for while the voice speaks.
    fetching = _FETCH * work.scenes * work.filmed if work.is_remote else 0.0
    stages: Mapping[Stage, float] = {
        "script": cpu["script"] / min(cores, 2) + work.waits,
        "voiceover": voiceover,
        "footage": cpu["footage"] / cores + max(0.0, fetching - voiceover),
        "assembly": cutting * share,
    }
    fetched = _FETCHED * work.seconds * work.filmed if work.is_remote else 0.0
    # As the cut begins them: the longest first.
    parts = sorted(work.parts, key=lambda part: part.seconds, reverse=True)
    return Forecast(
        work.scenes,
        stages,
        pace.processor * _END,
        sum(cpu.values()),
        pace.size * file_bytes(work),
        fetched,
        {
            part.number: pace.processor * share * _drawing(work, part.seconds, part.filmed)
            for part in parts
        },
        cores,
    )


def processor_seconds(work: Work) -> Mapping[Stage, float]:
    """Return the CPU seconds of all processes by stage, at the reference's pace."""
    judged = _JUDGED * work.scenes if work.filmed else 0.0
    return {
        "script": _START + _WORDS * work.seconds,
        "voiceover": _LOADING + _SPEECH * work.seconds + judged,
        "footage": _RECORDED * work.scenes,
        "assembly": _drawing(work, work.seconds, work.filmed)
        + _LOOK * work.scenes * work.filmed
        + _END_CPU,
    }


def _drawing(work: Work, seconds: float, filmed: float) -> float:
    """Return the CPU seconds of so many seconds of the cut."""
    card, film = _DRAWN[work.quality], _FILMED[work.quality]
    frame = work.megapixels * (card * (1 - filmed) + film * filmed)
    return (frame + (_BURNED if work.is_burned else 0.0)) * seconds * float(work.cut.rate)


def file_bytes(work: Work) -> float:
    """Return the bytes of the finished file, of the reference's clips."""
    card, film = _CARD_BYTES[work.quality], _FILM_BYTES[work.quality]
    picture = (card * (1 - work.filmed) + film * work.filmed) * math.sqrt(work.megapixels)
    return work.seconds * (_SOUND + picture * float(work.cut.rate) / _REFERENCE_RATE)


def parts_of(planned: Sequence[PlannedScene]) -> tuple[Part, ...]:
    """Return the scenes as they are to be drawn."""
    return tuple(
        Part(
            scene.number,
            scene.seconds,
            fmean(choice.suggestion.candidate.source != CARDS for choice in scene.choices),
        )
        for scene in planned
    )


def filmed_share(parts: Sequence[Part]) -> float:
    """Return the share of all time, 0 to 1, that shows something else than cards."""
    total = sum(part.seconds for part in parts)
    return sum(part.seconds * part.filmed for part in parts) / total if total else 0.0
