from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from fakes.loopback import Loopback, Reply, Request

from videogen.errors import VoiceError
from videogen.voiceover.engines import style
from videogen.voiceover.engines.catalogue import voice_hashes
from videogen.voiceover.engines.integrity import download

SHIPPED = files("videogen.voiceover.engines").joinpath("styles", "af_heart.bin").read_bytes()
SHA256 = hashlib.sha256(SHIPPED).hexdigest()


class Hub(Loopback):
    """Gives one voice; another is cut off in the middle."""

    def answer(self, request: Request) -> Reply:
        match request.path:
            case "/af_nicole.bin":
                return Reply(SHIPPED)
            case "/af_cut.bin":
                return Reply(SHIPPED, fault="cut")
            case _:
                return Reply(status=404)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with Hub() as service:
        monkeypatch.setattr(style, "URL", f"{service.url}/{{voice}}.bin")
        yield service


def test_a_file_is_kept_when_its_digest_is_right(hub: Hub, tmp_path: Path) -> None:
    download(f"{hub.url}/af_nicole.bin", tmp_path / "kept.bin", SHA256)

    assert (tmp_path / "kept.bin").read_bytes() == SHIPPED


@pytest.mark.parametrize(
    ("name", "sha256", "what"),
    [
        ("af_nicole.bin", "0" * 64, "not the one expected"),
        ("af_cut.bin", SHA256, "download failed"),
        ("missing.bin", SHA256, "download failed.*404"),
    ],
)
def test_what_is_not_the_whole_right_file_is_never_kept(
    hub: Hub, tmp_path: Path, name: str, sha256: str, what: str
) -> None:
    with pytest.raises(VoiceError, match=what):
        download(f"{hub.url}/{name}", tmp_path / "new" / "kept.bin", sha256)

    assert not list((tmp_path / "new").iterdir())


def test_a_voice_is_fetched_once(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(voice_hashes(), "af_nicole", SHA256)
    assert "af_nicole" not in style.ready_voices(tmp_path)

    fetched = style.style("af_nicole", tmp_path)
    again = style.style("af_nicole", tmp_path)

    assert fetched.shape == (510, 256)
    assert (fetched == again).all()
    assert "af_nicole" in style.ready_voices(tmp_path)
    assert len(hub.requests) == 1


def test_a_voice_that_cannot_be_fetched_names_those_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(style, "URL", "http://127.0.0.1:1/{voice}.bin")

    with pytest.raises(VoiceError, match="af_nicole can't be fetched") as raised:
        style.style("af_nicole", tmp_path)

    assert "af_bella, af_heart, af_sky" in str(raised.value)
