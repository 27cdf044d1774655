"""The real services, asked gently: one search and one piece of a few seconds from each.

With VIDEOGEN_KEEP_ANSWERS set, what they say in JSON is kept in tests/live/answers/, one file a
service, without keys and cookies: what the fakes are checked against.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from fakes.footage import asked

from videogen.domain import MediaFile
from videogen.footage.sources import FootageOptions, open_chain
from videogen.footage.sources.base import FootageSource
from videogen.http.session import Session
from videogen.media.probe import probe
from videogen.settings import load

KEYED = ["dvids", "pexels", "pixabay"]
OPEN = ["nasa", "commons", "archive", "openverse"]
ANSWERS = Path(__file__).parent / "answers"
_TELLING = ("retry-after", "x-ratelimit", "ratelimit", "content-type", "mediawiki-api-error", "age")


@pytest.fixture
def kept(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep what the services answer, where that is asked for."""
    answers: list[dict[str, Any]] = []
    send = Session.send

    def keeping(
        session: Session,
        request: httpx.Request,
        take: Callable[[httpx.Response], Any],
        seconds: float,
    ) -> Any:
        def take_and_keep(response: httpx.Response) -> Any:
            if "json" in response.headers.get("content-type", ""):
                response.read()
                answers.append(_described(response))
            return take(response)

        return send(session, request, take_and_keep, seconds)

    wanted = bool(os.environ.get("VIDEOGEN_KEEP_ANSWERS"))
    if wanted:
        monkeypatch.setattr(Session, "send", keeping)
    yield
    if wanted and answers:
        ANSWERS.mkdir(exist_ok=True)
        name = request.node.callspec.params["source"]
        text = json.dumps(answers, indent=1, ensure_ascii=False) + "\n"
        (ANSWERS / f"{name}.json").write_text(_scrubbed(text), encoding="utf-8")


def _described(response: httpx.Response) -> dict[str, Any]:
    headers = response.headers.items()
    return {
        "url": str(response.url),
        "status": response.status_code,
        "headers": {name: value for name, value in headers if name.startswith(_TELLING)},
        "body": response.json(),
    }


def _scrubbed(text: str) -> str:
    keys = (value for name, value in os.environ.items() if name.endswith("_API_KEY") and value)
    for key in keys:
        text = text.replace(key, "KEY").replace(quote(key, safe=""), "KEY")
    return text


@pytest.fixture
def source(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    kept: None,  # noqa: ARG001
) -> Iterator[FootageSource]:
    key = f"{request.param.upper()}_API_KEY"
    if request.param in KEYED and not os.environ.get(key):
        pytest.skip(f"no {key}")
    settings = load(tmp_path, None, {**os.environ, "VIDEOGEN_CACHE": str(tmp_path)})
    [opened] = open_chain([request.param], settings, FootageOptions(1280, 720)).sources
    yield opened
    opened.close()


@pytest.mark.parametrize("source", [*KEYED, *OPEN], indirect=True)
def test_a_service_finds_something_and_a_piece_of_it_plays(source: FootageSource) -> None:
    found = source.search(asked("rocket launch"))
    assert found
    assert all(one.license and one.title for one in found)
    clip = source.fetch(found[0], 6.5)
    assert isinstance(clip.media, MediaFile)
    known = probe(clip.media.path, clip.media.kind)
    assert clip.media.kind == "still" or known.duration == pytest.approx(6.5, abs=1.0)
