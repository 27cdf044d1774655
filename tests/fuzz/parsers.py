"""Every parser of what comes from outside, with whole examples of it; damage makes of them the rest."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import click
from fakes.media import make_video, make_webm

from videogen.assembly.captions.cues import captions
from videogen.assembly.captions.sidecar import srt, vtt
from videogen.assembly.timeline import Shot, TimedScene, Timeline
from videogen.cli.values import FrameRate, Names, Seconds, Size
from videogen.domain.footage import Card
from videogen.domain.script import Brief, Scene
from videogen.domain.speech import Word
from videogen.domain.video import Format
from videogen.environment import FILE, environment
from videogen.errors import VideogenError
from videogen.footage.fetch.mp4 import cut_mp4
from videogen.footage.fetch.pieces import Wanted
from videogen.footage.fetch.playlist import parse
from videogen.footage.fetch.webm import cut_webm
from videogen.footage.overrides import parse_overrides
from videogen.footage.sources.base import Query
from videogen.footage.sources.dvids_mcp import DvidsMcpSource
from videogen.http.limits import Budget
from videogen.http.ranged import ByteRange, RangedFile
from videogen.language.sentences import sentences
from videogen.language.speech.text import passages, spoken_text
from videogen.language.statements.choices import card_title
from videogen.script.writers.answers import read_answer, scenes_of
from videogen.script.writers.file import FileWriter
from videogen.serialization import encode, load, save

# What a parser may say against what it gets.
OURS = (VideogenError, click.UsageError)

BRIEF = Brief("Ships", 60.0, 2.5, "en-us")
WIDE = Format(Fraction(30), 640, 360)
# Removed with the object, when the process ends.
_HELD = tempfile.TemporaryDirectory(prefix="fuzz-")
_ROOM = Path(_HELD.name)


@dataclass(frozen=True)
class Parser:
    """What reads, and whole examples of what it reads."""

    read: Callable[[bytes], object]
    examples: Callable[[], Sequence[bytes]]


def text_of(data: bytes) -> str:
    """Return data as text, halves of letters among it, as JSON may bring them."""
    return data.decode("utf-8", errors="surrogatepass" if b"\xed\xa0" in data else "replace")


def _texts(*texts: str) -> Callable[[], Sequence[bytes]]:
    return lambda: [text.encode() for text in texts]


def _script(suffix: str) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        path = _ROOM / f"script{suffix}"
        path.write_bytes(data)
        return FileWriter(path).write(BRIEF)

    return read


def _answer(data: bytes) -> object:
    with suppress(UnicodeDecodeError):
        return scenes_of(read_answer(text_of(data)), range(1, 6))
    return None


class _Bytes:
    """A remote file's bytes, as the client gives them."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read_range(self, url: str, start: int, length: int, _most: int) -> ByteRange:
        return ByteRange(start, self._data[start : start + length], len(self._data), url)


def _remote(cut: Callable[[RangedFile, Wanted, Path], object]) -> Callable[[bytes], object]:
    wanted = Wanted("fuzz", "1", 640, 360, 0.5, 0)
    return lambda data: cut(
        RangedFile(_Bytes(data).read_range, "https://x.example/a"),
        wanted,
        _ROOM / "piece",
    )


class _Says:
    """A session whose server answers one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def call(self, *_: object) -> list[str]:
        return [self._text]


def _mcp(data: bytes) -> object:
    with suppress(UnicodeDecodeError):
        says = _Says(text_of(data))
        source = DvidsMcpSource(_ROOM, says, Budget(1e9), None, None)  # type: ignore[arg-type]
        with suppress(*OURS):
            source.lookup("1")
        return source.search(Query("ship", 6.0, 640, 360))
    return None


def _env(data: bytes) -> object:
    (_ROOM / FILE).write_bytes(data)
    return environment(_ROOM), environment(_ROOM, trusted=True)


def _options(data: bytes) -> object:
    value = data.decode("utf-8", errors="surrogateescape")
    for kind in (Seconds(1, 60), Names(("dvids", "nasa")), Names(), Size(), FrameRate()):
        with suppress(click.UsageError):
            kind.convert(value, None, None)
    return parse_overrides([value], [value], ["dvids", "local"])


def _timeline(data: bytes) -> object:
    path = _ROOM / "timeline.json"
    path.write_bytes(data)
    return load(Timeline, path)


def _kept_timeline() -> Sequence[bytes]:
    shot = Shot(Card("Ships", 1), 60, 0, 0)
    save(
        _ROOM / "whole.json",
        timeline := Timeline(WIDE.rate, 640, 360, (TimedScene(1, "A", None, (shot,)),)),
    )
    return [(_ROOM / "whole.json").read_bytes(), encode(timeline).encode()]


def _speech(data: bytes) -> object:
    text = text_of(data) if b"\xed\xa0" not in data else data.decode(errors="replace")
    return [spoken_text(passages(text, language)) for language in ("en-us", "de")]


def _cards(data: bytes) -> object:
    text = data.decode(errors="replace")
    return [
        card_title(sentence, Scene(1, text), language)
        for language in ("en-us", "es", "ja")
        for sentence in sentences(text, language)
    ]


def _captions(data: bytes) -> object:
    words, at = [], 0.0
    for word in data.decode(errors="replace").split()[:80]:
        words.append(Word(word, at, at + 0.04 * min(len(word), 100) + 0.05))
        at = words[-1].end + 0.02
    if not words:
        return None
    frames = round(at * 30) + 15
    found = captions(words, "en-us", WIDE, frames)
    scene = TimedScene(1, "A", None, (Shot(Card("A", 1), frames, 0, 0),), found)
    timeline = Timeline(WIDE.rate, 640, 360, (scene,))
    return srt(timeline), vtt(timeline)


@cache
def _video(name: str) -> Sequence[bytes]:
    if name == "mp4":
        return [make_video(_ROOM / "whole.mp4", 2.0, width=64, height=36).read_bytes()]
    return [make_webm(_ROOM / "whole.webm", "libvpx", 2).read_bytes()]


_SCENES = [
    {
        "scene_number": 1,
        "text": "Ships sail.",
        "visual_keywords": ["ship"],
        "search_queries": ["sea"],
    }
]
_SCRIPT = json.dumps({"title": "Ships", "scenes": _SCENES * 3})
_PROSE = (
    "In 1982 HMS Sheffield (a £23m ship) sank at 52°S; Dr. O'Neil's 3.5 km/h, CO2 up 12.5%.\n\n"
    "Call +1 (555) 010-9999 or see https://example.org/a?b=1#c. XIV kings, 1/2 cup, 10:30 a.m."
)
_SYNTAX = "Where does ../../etc/ \"passwd\" \\ 'quoted' $(rm -rf /) `id` # % ../ begin? It is a chest: a box, a lid."
_MASTER = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=640x360\nlow.m3u8\n"
_MEDIA = (
    "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:00Z\n"
    '#EXT-X-MAP:URI="i.mp4",BYTERANGE="600@0"\n#EXTINF:6.0,\n#EXT-X-BYTERANGE:1000@600\na.mp4\n'
    "#EXTINF:4.5,\n#EXT-X-BYTERANGE:900\na.mp4\n#EXT-X-ENDLIST\n"
)
_VIDEOS = [{"videoId": "1", "title": "A ship", "duration": 180, "resolution": "640x360"}]
_MARKDOWN = f"---\ntitle: Ships\n---\n# Ships\n\n{_PROSE}\n\n## Ports\n\nShow: harbour\n\n- [a](https://b.org) CC BY\n"
_ENV = "# keys\nGROQ_API_KEY='gsk_1'\nexport A=\"b\\n${HOME}\"\nVIDEOGEN_VOICE=af_bella # voice\n"

PARSERS = {
    "scripts in Markdown": Parser(_script(".md"), _texts(_MARKDOWN)),
    "scripts in text": Parser(_script(".txt"), _texts(_PROSE)),
    "scripts in JSON": Parser(_script(".json"), _texts(_SCRIPT)),
    "models' answers": Parser(_answer, _texts(_SCRIPT, f"Here it is:\n```json\n{_SCRIPT}\n```", _SCRIPT[:90])),
    "HLS playlists": Parser(lambda data: parse(data.decode(errors="replace"), "https://x.example/a.m3u8"), _texts(_MASTER, _MEDIA)),
    "MP4 over HTTP": Parser(_remote(cut_mp4), lambda: _video("mp4")),
    "Matroska over HTTP": Parser(_remote(cut_webm), lambda: _video("webm")),
    "MCP texts": Parser(_mcp, _texts(json.dumps(_VIDEOS), repr(_VIDEOS), '{"error": "none"}')),
    ".env": Parser(_env, _texts(_ENV)),
    "options": Parser(_options, _texts("30", "dvids,nasa", "1080x1920", "30000/1001", "3.2=dvids:video:1", "local:a b.mp4")),
    "kept timelines": Parser(_timeline, _kept_timeline),
    "speech": Parser(_speech, _texts(_PROSE)),
    "cards": Parser(_cards, _texts(_PROSE, _SYNTAX)),
    "captions": Parser(_captions, _texts(_PROSE)),
}  # fmt: skip
