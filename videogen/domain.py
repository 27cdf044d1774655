"""The frozen values that every stage speaks; they carry facts and know no service."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

SECONDS_PER_SCENE = 12.0
# What a video may be asked to last, in seconds.
SHORTEST_SECONDS, LONGEST_SECONDS = 5, 7200
PAUSE_SECONDS = 0.6
# A shot keeps running for so long while the next one fades in over it.
CROSSFADE_SECONDS = Fraction(1, 2)

# The source that draws what no other has, and the one of the user's own files.
CARDS = "cards"
LOCAL = "local"
# The terms of a file of the user's that none stand beside.
OWN_FILE = "The user's own file"

EncoderChoice = Literal["auto", "x264", "nvenc", "qsv", "vaapi", "videotoolbox"]
StyleName = Literal["dark", "light", "bold"]
Quality = Literal["draft", "good", "best"]


@dataclass(frozen=True, slots=True)
class Format:
    """What all frames of a cut share: frames a second, and a size in pixels."""

    rate: Fraction
    width: int
    height: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return (self.width, self.height)

    @property
    def halved(self) -> Format:
        """The format of half the width and height, in even pixels."""
        width, height = (max(2, side // 4 * 2) for side in self.size)
        return Format(self.rate, width, height)


@dataclass(frozen=True, slots=True)
class Framing:
    """What is seen of a picture whose shape is not the cut's.

    A part of it that fills the cut, as near as can be around `x` and `y`, which go from 0 to 1 over
    the picture's width and height; or, `whole`, all of it over a blurred ground of itself.
    """

    x: float = 0.5
    y: float = 0.5
    whole: bool = False


CENTRED = Framing()


def scene_frames(audio_seconds: float, pause_seconds: float, rate: Fraction) -> int:
    """Return a scene's length in frames: whole frames that hold its audio, then its pause."""
    # Audio lengths come as floats of whole samples; a billionth keeps 2.0000000001 from being 61.
    audio = math.ceil(Fraction(audio_seconds).limit_denominator(10**9) * rate)
    return max(1, audio + round(Fraction(pause_seconds) * rate))


@dataclass(frozen=True, slots=True)
class Credit:
    """Who made a text or a picture, and under which terms it may be shown."""

    title: str
    author: str
    license: str
    url: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A text that a script takes its facts from, and whom to credit for it."""

    text: str
    credit: Credit


@dataclass(frozen=True, slots=True)
class Brief:
    """What a script is asked to be: its topic and the seconds of narration it should fill.

    The seconds hold speech and the pauses between scenes. `words_per_second` is the measured rate
    of the chosen voice at speed 1. Where there are `references`, no other facts may be used.
    """

    topic: str
    seconds: float
    words_per_second: float
    language: str = "en-us"
    tone: str = ""
    audience: str = ""
    references: tuple[Reference, ...] = ()

    @property
    def scene_count(self) -> int:
        """Scenes of about twelve seconds, at least one, with no upper bound."""
        return max(1, round(self.seconds / SECONDS_PER_SCENE))

    @property
    def speech_per_scene(self) -> float:
        """Seconds of speech in one scene, its usual pause left out."""
        return max(1.0, self.seconds / self.scene_count - PAUSE_SECONDS)

    @property
    def words_per_scene(self) -> int:
        """Words that fill one scene at the voice's own speed."""
        return max(1, round(self.speech_per_scene * self.words_per_second))


@dataclass(frozen=True, slots=True)
class Scene:
    """One paragraph of narration with what it should be shown by; numbers count from 1.

    `is_drawn` tells that keywords and queries were drawn from the text: they find pictures, and say
    nothing of the scene that its text does not.
    `on_screen` is what a card may show of it: a figure, a date, a quotation or a phrase, in the
    narration's own words and language; empty where the writer names none.
    """

    number: int
    text: str
    title: str = ""
    keywords: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    on_screen: str = ""
    is_drawn: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """A whole narration; `note` says how far its text can be trusted, empty when as written.

    `cuts` are the sentences that its length had no room for. `thumbnail_text` is at most four words to be set on the thumbnail, `description` what a page
    says of the video; both are empty where the writer gives none.
    """

    title: str
    scenes: tuple[Scene, ...]
    writer: str
    note: str = ""
    credits: tuple[Credit, ...] = ()
    cuts: tuple[str, ...] = ()
    thumbnail_text: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Pronounced:
    """A word as it stands between spaces, and its phonemes with their punctuation; may be none."""

    text: str
    phonemes: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words as shown and the words that are spoken for them; one of each, most of the time."""

    shown: tuple[str, ...]
    spoken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text as a voice says it, a word for each piece between spaces; small and picklable."""

    voice: str
    words: tuple[Pronounced, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A spoken word with its times in seconds from the start of its scene's audio."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PacedScene:
    """A scene as it will be spoken: `seconds` of speech at `speed`, then `pause` seconds.

    `passages` pair what is shown with what is said; `utterance` is how that sounds.
    """

    scene: Scene
    passages: tuple[Passage, ...]
    utterance: Utterance
    speed: float
    seconds: float
    pause: float

    @property
    def number(self) -> int:
        """The scene's number, from 1."""
        return self.scene.number

    @property
    def spoken_text(self) -> str:
        """What is said, in single spaces."""
        return " ".join(word for passage in self.passages for word in passage.spoken)


@dataclass(frozen=True, slots=True)
class VoicedScene:
    """A paced scene as spoken.

    `audio_path` is the MP3 that the app serves, `master_path` the lossless mono recording the cut
    is made from; both last `seconds`. `words` are as shown.
    """

    paced: PacedScene
    audio_path: Path
    master_path: Path
    seconds: float
    words: tuple[Word, ...]

    @property
    def scene(self) -> Scene:
        """The scene that is spoken."""
        return self.paced.scene

    @property
    def number(self) -> int:
        """The scene's number, from 1."""
        return self.paced.scene.number

    def frames(self, rate: Fraction) -> int:
        """Return the frames of its audio and its pause."""
        return scene_frames(self.seconds, self.paced.pause, rate)


@dataclass(frozen=True, slots=True)
class Card:
    """A drawn background with a phrase on it; the same seed draws the same card.

    `lines` stand small beneath the phrase.
    """

    phrase: str
    seed: int
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A local video or still picture, probed and decodable."""

    path: Path
    kind: Literal["video", "still"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a footage search found, before anything of it was fetched.

    `duration` is in seconds; None where the service does not tell, and for stills. `attribution` is
    the line that the service wants shown as it is; empty where name, licence and page will do.
    """

    source: str
    id: str
    title: str
    credit: str
    license: str
    url: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    duration: float | None = None
    width: int | None = None
    height: int | None = None
    date: str = ""
    thumbnail_url: str = ""
    kind: Literal["video", "still"] = "video"
    license_url: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate as judged for a scene, with the query that found it and the reasons.

    `relevance` says how surely a viewer sees what is said, `score` how well it serves in all:
    its length, its size, whether it was shown before; both are 0 to 1.
    """

    candidate: Candidate
    query: str
    relevance: float
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clip:
    """A candidate that can be shown.

    `start` is where the material begins in the source, `offset` where it begins in the local file,
    and `duration` how much of it there is, all in seconds. A card never runs out.
    """

    candidate: Candidate
    media: MediaFile | Card
    start: float
    offset: float
    duration: float
    score: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What one shot shows: the `take`-th piece of a suggestion, while `words` are said.

    What a person chose is never changed by a program.
    """

    words: str
    suggestion: Suggestion
    take: int
    chosen_by: Literal["program", "person"] = "program"

    @property
    def is_card(self) -> bool:
        """Whether it is drawn, since nothing found fits."""
        return self.suggestion.candidate.source == CARDS


@dataclass(frozen=True, slots=True)
class PlannedScene:
    """A scene of so many seconds with what was found for it and what its shots will show.

    `query` is what the scene was searched by first, `phrases` are what its cards may say;
    suggestions come best first.
    """

    scene: Scene
    seconds: float
    query: str
    phrases: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    choices: tuple[Choice, ...]

    @property
    def number(self) -> int:
        """The scene's number, from 1."""
        return self.scene.number

    @property
    def shot_seconds(self) -> float:
        """What a clip must last to fill a shot, and the crossfade after it."""
        return self.seconds / len(self.choices) + float(CROSSFADE_SECONDS)

    @property
    def passed_over(self) -> tuple[Suggestion, ...]:
        """The suggestions that no shot shows, the best first."""
        shown = {choice.suggestion.candidate for choice in self.choices}
        return tuple(one for one in self.suggestions if one.candidate not in shown)


@dataclass(frozen=True, slots=True)
class SourcedScene:
    """A planned scene with a clip for each choice, in showing order."""

    planned: PlannedScene
    clips: tuple[Clip, ...]

    @property
    def scene(self) -> Scene:
        """The scene that is shown."""
        return self.planned.scene

    @property
    def number(self) -> int:
        """The scene's number, from 1."""
        return self.planned.scene.number


@dataclass(frozen=True, slots=True)
class ShownScene:
    """A spoken scene with its clips in showing order."""

    voiced: VoicedScene
    clips: tuple[Clip, ...]

    @property
    def scene(self) -> Scene:
        """The scene that is shown."""
        return self.voiced.paced.scene

    @property
    def number(self) -> int:
        """The scene's number, from 1."""
        return self.voiced.paced.scene.number


@dataclass(frozen=True, slots=True)
class Video:
    """The finished file as measured: seconds, bytes, pixels, frames a second."""

    path: Path
    thumbnail_path: Path
    captions_paths: tuple[Path, ...]
    duration: float
    file_size: int
    width: int
    height: int
    fps: float


Stage = Literal["script", "voiceover", "footage", "assembly"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is: `done` of `total` of its own units, and the scene just finished."""

    stage: Stage
    done: float
    total: float
    scene: int | None = None

    @property
    def percent(self) -> int:
        """How much is done, 0 to 100."""
        return round(100 * self.done / self.total)


@dataclass(frozen=True, slots=True)
class Notice:
    """A line for the user: at once, at the end, or at the end because something is missing."""

    kind: Literal["line", "warning", "loss"]
    text: str


# What a stage tells while it is at work.
Event = Progress | Notice | VoicedScene | SourcedScene
Tell = Callable[[Event], None]
