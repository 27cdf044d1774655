"""Damaged input through every parser: the quick part of `make fuzz`."""

from __future__ import annotations

import pytest
from fuzz.cases import UNDAMAGED, findings
from fuzz.parsers import PARSERS, Parser

CASES = 250
# On the slowest machine; what grows with the square of its input takes minutes.
LONGEST = 10.0


@pytest.mark.parametrize("name", PARSERS)
def test_damaged_input_is_refused_as_ours_and_soon(name: str) -> None:
    assert list(findings(PARSERS[name], range(CASES), LONGEST)) == []


@pytest.mark.parametrize("name", [name for name in PARSERS if name != "options"])
def test_what_is_whole_is_read(name: str) -> None:
    parser = PARSERS[name]
    assert parser.read(parser.examples()[0]) is not None or name.endswith("HTTP")


# Each was seen to walk past every list of expected exceptions, or to take seconds.
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("models' answers", b"{" * 200_000),
        ("models' answers", b'{"scenes": [{"text": "\\ud83d"}]}'),
        ("scripts in JSON", b"[" * 100_000),
        ("HLS playlists", b"#EXTM3U\n#EXTINF:inf,\na.mp4\n#EXT-X-ENDLIST\n"),
        ("HLS playlists", b"#EXTM3U\n#EXT-X-PROGRAM-DATE-TIME:9\n#EXTINF:1,\na.mp4\n"),
        ("MCP texts", b"[" * 50_000),
        ("MCP texts", b'[{"videoId": "1", "resolution": "' + b"9" * 5000 + b'x1"}]'),
        (".env", b"A=" + b"${" * 50_000),
        (".env", b"\xff\xfeA\0=\0b\0"),
        ("options", b"9" * 5000 + b"x" + b"9" * 5000),
        ("options", b"1e99999999"),
        ("options", b"9" * 5000 + b"=dvids:1"),
        (
            "kept timelines",
            b'{"length": %s, "sha256": "%s", "value":\n{}\n}\n' % (b"1" * 5000, b"0" * 64),
        ),
        ("speech", b"1" * 16_000),
        ("speech", "\N{SHIP}".encode() * 16_000),
        ("scripts in text", b"1" * 500_000),
        ("scripts in Markdown", b"[" * 50_000),
        ("scripts in Markdown", b"> " * 20_000),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:24]),
)
def test_what_broke_once_breaks_no_more(name: str, data: bytes) -> None:
    parser = PARSERS[name]
    assert list(findings(Parser(parser.read, lambda: [data]), [UNDAMAGED], LONGEST)) == []


def test_an_index_that_claims_too_much_memory_is_refused() -> None:
    assert list(findings(PARSERS["MP4 over HTTP"], [17_629, 28_757], LONGEST)) == []
