"""A footage source that lives in memory: it keeps what it was asked and fails when told to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from videogen.domain.footage import Candidate, Clip, MediaFile
from videogen.domain.script import Scene
from videogen.domain.video import Format
from videogen.errors import FootageError
from videogen.footage.find import Footage, fetch, plan_requests
from videogen.footage.overrides import ClipOverrides
from videogen.footage.request import SceneRequest, shot_words, shots_for
from videogen.footage.sources.base import FootageSource, Query
from videogen.footage.sources.chain import Chain

# Opens a source by its name.
OpenSource = Callable[..., FootageSource]


def candidate(
    identifier: str,
    title: str = "",
    *,
    source: str = "shelf",
    duration: float | None = 60.0,
    keywords: tuple[str, ...] = (),
    description: str = "",
    size: tuple[int, int] = (1920, 1080),
) -> Candidate:
    return Candidate(
        source=source,
        id=identifier,
        title=title or identifier,
        credit="A. Photographer",
        license="Public domain",
        url=f"https://example.org/{identifier}",
        description=description,
        keywords=keywords,
        duration=duration,
        width=size[0],
        height=size[1],
    )


def asked(words: str) -> Query:
    return Query(words, seconds=6.0, width=640, height=360)


def request(number: int = 1, seconds: float = 10.0, keyword: str = "ship") -> SceneRequest:
    """Return a scene about one thing that is to be shown."""
    text = f"Here we speak about a {keyword} that is going out to sea."
    scene = Scene(number, text, keywords=(keyword,))
    words = shot_words(text, shots_for(seconds))
    return SceneRequest(scene, seconds, words, (f"The {keyword.title()}",))


def sourced(
    requests: Sequence[SceneRequest], chain: Chain, width: int = 640, height: int = 360
) -> Footage:
    """Plan and fetch what requests show."""
    output = Format(Fraction(30), width, height)
    plan = plan_requests(requests, chain, output, ClipOverrides(), frozenset(), lambda _event: None)
    return fetch(plan, chain, lambda _event: None)


def ids(found: Sequence[Candidate]) -> list[str]:
    """Return the ids of candidates in their order."""
    return [one.id for one in found]


def fetched(source: FootageSource, candidate: Candidate) -> None:
    """Fetch for the sake of what is asked; the files of some tests are not all what they say."""
    try:
        source.fetch(candidate, 5.0)
    except FootageError:
        return


class Shelf:
    """Offers the same candidates to every query.

    Where it `tells_lengths` only when looked up, `lookup_faults` are what becomes of that.
    """

    is_remote = True

    def __init__(
        self,
        candidates: Sequence[Candidate],
        *,
        name: str = "shelf",
        search_fault: Callable[[], Exception] | None = None,
        fetch_faults: Mapping[str, Exception] | None = None,
        tells_lengths: bool = True,
        lookup_faults: Mapping[str, Exception] | None = None,
    ) -> None:
        self.name = name
        self.closed = False
        self.searched: list[str] = []
        self.fetched: list[tuple[str, int]] = []
        self.looked_up: list[str] = []
        self.tells_lengths = tells_lengths
        self._candidates = candidates
        self._search_fault = search_fault
        self._fetch_faults = fetch_faults or {}
        self._lookup_faults = lookup_faults or {}

    def search(self, query: Query) -> Sequence[Candidate]:
        self.searched.append(query.words)
        if self._search_fault:
            raise self._search_fault()
        if self.tells_lengths:
            return self._candidates
        unmeasured = {"duration": None, "width": None, "height": None}
        return [replace(one, **unmeasured) for one in self._candidates]  # type: ignore[arg-type]

    def lookup(self, identifier: str) -> Candidate:
        self.looked_up.append(identifier)
        if fault := self._lookup_faults.get(identifier):
            raise fault
        for one in self._candidates:
            if one.id == identifier:
                return one
        raise FootageError("There is no such clip", where=identifier)

    def fetch(self, candidate: Candidate, seconds: float, take: int = 0) -> Clip:
        self.fetched.append((candidate.id, take))
        if fault := self._fetch_faults.get(candidate.id):
            raise fault
        duration = min(seconds, candidate.duration or seconds)
        media = MediaFile(Path(f"{candidate.id}.mp4"), "video")
        return Clip(candidate, media, start=0.0, offset=0.0, duration=duration)

    def close(self) -> None:
        self.closed = True
