"""What each scene asks of footage: how many shots, the words said in each, and what to search by."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from videogen.domain.footage import CROSSFADE_SECONDS
from videogen.domain.script import Scene
from videogen.domain.speech import PacedScene
from videogen.language.gloss import glosses
from videogen.language.keywords import key_phrases
from videogen.language.sentences import is_english, sentences, tokenized
from videogen.language.statements.choices import card_title

ENGLISH = "en-us"
LONGEST_SHOT_SECONDS = 6.0
_SEPARATOR = " / "
# A shot keeps running while the next one fades in over it.
TAIL_SECONDS = float(CROSSFADE_SECONDS)


@dataclass(frozen=True, slots=True)
class SceneRequest:
    """A scene to be shown for `seconds`, in as many shots as there are `words`.

    `words` are what is said in each shot, `phrases` the scene in a few words each, the best first,
    `titles` what a card of each of its sentences is known by, each at the word that it begins with.
    `language` is the narration's; services write English.
    """

    scene: Scene
    seconds: float
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    titles: tuple[tuple[int, str], ...] = ()
    language: str = ENGLISH

    @property
    def cards(self) -> tuple[str, ...]:
        """What a card of each shot is known by: what is drawn of the sentences that it shows."""
        count, edge, names = len(self.scene.text.split()), 0, []
        for shot in range(self.shots):
            begin, edge = edge, round(count * (shot + 1) / self.shots)
            first = max((at for at, _ in self.titles if at <= begin), default=0)
            names.append(_SEPARATOR.join(one for at, one in self.titles if first <= at < edge))
        return tuple(name or self.phrases[0] for name in names)

    @property
    def number(self) -> int:
        """The scene's number, from 1."""
        return self.scene.number

    @property
    def is_english(self) -> bool:
        """Whether the narration is in the language that services write."""
        return is_english(self.language)

    @property
    def shots(self) -> int:
        """How many shots the scene is cut into."""
        return len(self.words)

    @property
    def shot_seconds(self) -> float:
        """What a clip must last to fill a shot, and the crossfade after it."""
        return self.seconds / self.shots + TAIL_SECONDS

    @property
    def asked(self) -> tuple[str, ...]:
        """How a writer named what is to be seen; nothing where that was drawn from the text.

        Drawn phrases blur a text: its sentences tell right pictures from wrong ones better.
        """
        scene = self.scene
        return () if scene.is_drawn else tuple(dict.fromkeys((*scene.queries, *scene.keywords)))

    @property
    def text(self) -> str:
        """What a picture is compared with: what is said, in English or as far as that is known."""
        scene = self.scene
        if self.is_english:
            return f"{scene.title}. {scene.text}" if scene.title else scene.text
        return ". ".join(scene.english if scene.is_drawn else self.asked)

    @property
    def read_words(self) -> tuple[str, ...]:
        """What is said in each shot, in English or as far as that is known."""
        if self.is_english:
            return self.words
        return tuple(". ".join(glosses(said, self.language)) for said in self.words)

    @property
    def queries(self) -> tuple[str, ...]:
        """What to ask a search for, the concrete first; never empty."""
        scene = self.scene
        found = (*scene.queries, *scene.keywords, *self.phrases)
        if scene.queries and scene.is_drawn and not self.is_english:
            # Services write English; their words in another language would be others.
            found = scene.queries
        return tuple(dict.fromkeys(query for query in found if query.strip())) or (self.scene.text,)


def scene_request(paced: PacedScene, language: str) -> SceneRequest:
    """Return what a scene of a narration in `language` asks for."""
    seconds = paced.seconds + paced.pause
    scene = paced.scene
    return SceneRequest(
        scene,
        seconds,
        shot_words(scene.text, shots_for(seconds)),
        key_phrases(scene, language),
        tuple(_titles(scene, language)),
        language,
    )


def as_said(request: SceneRequest) -> SceneRequest:
    """Return a request that compares pictures with the narration's own telling words alone."""
    scene = request.scene
    title, text = (_telling(one, request.language) for one in (scene.title, scene.text))
    bare = replace(scene, title=title, text=text, is_drawn=True)
    return replace(request, scene=bare, language=ENGLISH)


def _telling(text: str, language: str) -> str:
    """Return a text without its small words, which it shares with every title."""
    return "".join(one.text_with_ws for one in tokenized(text, language) if not one.is_stop)


def _titles(scene: Scene, language: str) -> Iterator[tuple[int, str]]:
    at = 0
    for sentence in sentences(scene.text, language):
        if title := card_title(sentence, scene, language):
            yield at, title[:1].upper() + title[1:]
        at += len(sentence.split())


def with_shots(request: SceneRequest, shots: int) -> SceneRequest:
    """Return the request of a scene that is cut into so many shots."""
    return replace(request, words=shot_words(request.scene.text, shots))


def shots_for(seconds: float) -> int:
    """Return into how many shots a scene is cut, so that none is held for too long."""
    return max(1, math.ceil(seconds / LONGEST_SHOT_SECONDS))


def shot_words(text: str, shots: int) -> tuple[str, ...]:
    """Split a text into what is said in each of its shots, alike in length."""
    words: Sequence[str] = text.split()
    if len(words) < shots:
        return (text,) * shots
    edges = [round(len(words) * shot / shots) for shot in range(shots + 1)]
    return tuple(" ".join(words[start:end]) for start, end in pairwise(edges))
