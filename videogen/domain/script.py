"""What is told: the brief of a script, the script, its scenes, and whom to credit."""

from __future__ import annotations

from dataclasses import dataclass

SECONDS_PER_SCENE = 12.0
PAUSE_SECONDS = 0.6


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
    `english` is what a scene told in another language speaks of, where nobody named its pictures.
    """

    number: int
    text: str
    title: str = ""
    keywords: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    on_screen: str = ""
    is_drawn: bool = False
    english: tuple[str, ...] = ()


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
