"""What is shown: candidates and their clips, what each shot of a scene shows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

from videogen.domain.script import Scene
from videogen.domain.speech import VoicedScene

# A shot keeps running for so long while the next one fades in over it.
CROSSFADE_SECONDS = Fraction(1, 2)

# The source that draws what no other has, and the one of the user's own files.
CARDS = "cards"
LOCAL = "local"
# The terms of a file of the user's that none stand beside.
OWN_FILE = "The user's own file"


@dataclass(frozen=True, slots=True)
class Card:
    """A drawn background with a phrase on it; the same seed draws the same card."""

    phrase: str
    seed: int


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

    `query` is what the scene was searched by first, `phrases` are what a card of each shot would be
    known by; suggestions come best first.
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
