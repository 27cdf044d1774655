"""The labelled scenes under tests/pictures, as the program's own values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from videogen.domain.footage import Candidate
from videogen.domain.script import Scene
from videogen.footage.request import ENGLISH, SceneRequest, shot_words
from videogen.footage.search import Pool
from videogen.language.keywords import illustrate, key_phrases

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "pictures"
RIGHT, HALF = 1.0, 0.5
_SECONDS, _SHOTS = 12.0, 2

Part = Literal["calibration", "unseen", "fresh", "broad"]
PARTS: tuple[Part, ...] = get_args(Part)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Scene(_Model):
    number: int
    title: str
    text: str
    keywords: tuple[str, ...]
    queries: tuple[str, ...]
    right: tuple[str, ...]
    half: tuple[str, ...]


class _Said(_Model):
    title: str
    text: str


class _Translation(_Model):
    film: str
    language: str
    topic: str
    scenes: tuple[_Said, ...]


class _Candidate(_Model):
    id: str
    source: str
    kind: Literal["video", "still"]
    title: str
    description: str
    keywords: tuple[str, ...]
    duration: float | None
    width: int | None
    height: int | None
    found_by: tuple[int, ...]


class _Topic(_Model):
    topic: str
    scenes: tuple[_Scene, ...]
    candidates: tuple[_Candidate, ...]


@dataclass(frozen=True, slots=True)
class LabelledFilm:
    """The scenes of one topic with what searches found.

    `labels[scene, candidate]` is RIGHT, HALF or 0 for a wrong one.
    """

    name: str
    requests: tuple[SceneRequest, ...]
    candidates: tuple[Candidate, ...]
    pool: Pool
    labels: NDArray[np.float64]


def labelled_films(part: Part) -> list[LabelledFilm]:
    """Return the films of a part, by their names."""
    return [_film(path.stem, topic) for path, topic in _topics(part)]


def bare_films(part: Part) -> list[LabelledFilm]:
    """Return the films of a part as if no writer had named what is to be seen."""
    return [
        _film(
            path.stem,
            topic.model_copy(
                update={
                    "scenes": tuple(
                        one.model_copy(update={"keywords": (), "queries": ()})
                        for one in topic.scenes
                    )
                }
            ),
        )
        for path, topic in _topics(part)
    ]


def translated_films() -> list[LabelledFilm]:
    """Return films of the calibration part as told in another language by somebody who named nothing."""
    found = []
    for path in sorted((FOLDER / "translated").glob("*.json")):
        told = _Translation.model_validate_json(path.read_bytes())
        file = FOLDER / "calibration" / f"{told.film}.json"
        topic = _Topic.model_validate_json(file.read_bytes())
        nothing = {"keywords": (), "queries": ()}
        scenes = tuple(
            one.model_copy(update={**nothing, "title": said.title, "text": said.text})
            for one, said in zip(topic.scenes, told.scenes, strict=True)
        )
        update = {"topic": told.topic, "scenes": scenes}
        found.append(_film(told.film, topic.model_copy(update=update), told.language))
    return found


def _topics(part: Part) -> Iterator[tuple[Path, _Topic]]:
    for path in sorted((FOLDER / part).glob("*.json")):
        yield path, _Topic.model_validate_json(path.read_bytes())


def _film(name: str, topic: _Topic, language: str = ENGLISH) -> LabelledFilm:
    candidates = tuple(_candidate(one) for one in topic.candidates)
    requests = tuple(_request(one, topic.topic, language) for one in topic.scenes)
    pool = Pool()
    for request in requests:
        found = [
            candidate
            for one, candidate in zip(topic.candidates, candidates, strict=True)
            if request.number in one.found_by
        ]
        pool.add(request.number, request.queries[0], found)
    labels = np.array(
        [
            [RIGHT * (one.id in scene.right) + HALF * (one.id in scene.half) for one in candidates]
            for scene in topic.scenes
        ]
    )
    return LabelledFilm(name, requests, candidates, pool, labels)


def _request(one: _Scene, topic: str, language: str) -> SceneRequest:
    written = Scene(one.number, one.text, one.title, one.keywords, one.queries)
    scene = illustrate(written, topic, language)
    words = shot_words(scene.text, _SHOTS)
    return SceneRequest(scene, _SECONDS, words, key_phrases(scene, language), language=language)


def _candidate(one: _Candidate) -> Candidate:
    return Candidate(
        one.source,
        one.id,
        one.title,
        credit="",
        license="",
        url="",
        description=one.description,
        keywords=one.keywords,
        duration=one.duration,
        width=one.width,
        height=one.height,
        kind=one.kind,
    )
