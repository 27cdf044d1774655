from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from videogen.errors import VoiceError
from videogen.files import digest_of
from videogen.voiceover.engines.model import NAME, SHA256, model_files


@pytest.fixture
def cache(voice_cache: Path, tmp_path: Path) -> Path:
    """A cache of its own that a test may spoil."""
    model_files(voice_cache)
    return Path(shutil.copytree(voice_cache, tmp_path / "cache"))


def test_the_joined_wheels_are_the_official_model(voice_cache: Path) -> None:
    model_files(voice_cache)

    assert digest_of(voice_cache / "voice-model" / NAME) == SHA256


@pytest.mark.parametrize("name", [NAME, "speech-*.onnx"])
def test_a_truncated_file_in_the_cache_is_made_again(cache: Path, name: str) -> None:
    (kept,) = (cache / "voice-model").glob(name)
    whole = kept.read_bytes()
    kept.write_bytes(whole[:1_000_000])

    model_files(cache)

    assert kept.read_bytes() == whole


def test_a_given_model_that_was_altered_is_refused(cache: Path, tmp_path: Path) -> None:
    given = tmp_path / "mine.onnx"
    altered = bytearray((cache / "voice-model" / NAME).read_bytes())
    altered[50_000_000] ^= 1
    given.write_bytes(altered)

    with pytest.raises(VoiceError, match="sha256") as raised:
        model_files(cache, given)

    assert str(given) in str(raised.value)


def test_a_given_model_serves_without_a_copy_of_it(cache: Path, tmp_path: Path) -> None:
    given = tmp_path / "mine.onnx"
    (cache / "voice-model" / NAME).rename(given)
    shutil.rmtree(cache)

    made = model_files(cache, given)

    assert made.speech.is_file()
    assert made.durations.is_file()
    assert not (cache / "voice-model" / NAME).exists()


def test_a_given_model_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="no such voice model"):
        model_files(tmp_path, tmp_path / "missing.onnx")
