from __future__ import annotations

from pathlib import Path

import pytest

from videogen.digests import digested_file, file_digest, has_digest, is_as_written, is_whole


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "scene-1.mp4"
    with digested_file(path) as partial:
        partial.write_bytes(b"film")
    return path


def test_a_file_with_its_digest_is_whole_and_nothing_is_said(
    film: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert is_whole(film)
    assert not caplog.records


@pytest.mark.parametrize("damaged", [b"", b"fi", b"films", b"fill"])
def test_a_damaged_file_is_not_whole_and_named(
    film: Path, damaged: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    film.write_bytes(damaged)
    assert not is_whole(film)
    assert [record.getMessage() for record in caplog.records] == [
        f"{film} is not as it was written, and is made again"
    ]


@pytest.mark.parametrize("digest", [b"", b"4", b"\xff", b"x y", b"1 2 3"])
def test_a_file_with_a_damaged_digest_is_not_whole(film: Path, digest: bytes) -> None:
    film.with_name("scene-1.mp4.digest").write_bytes(digest)
    assert not is_whole(film)


def test_a_file_without_a_digest_is_not_whole(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"film")
    assert not is_whole(path)
    assert not has_digest(path)


def test_a_file_that_is_not_there_is_not_whole_and_nothing_is_said(
    film: Path, caplog: pytest.LogCaptureFixture
) -> None:
    digest = file_digest(film)
    film.unlink()
    assert not is_whole(film)
    assert not is_as_written(film, digest)
    assert not caplog.records


def test_a_failed_block_leaves_neither_file_nor_digest(tmp_path: Path) -> None:
    path = tmp_path / "scene-1.mp4"
    with pytest.raises(KeyboardInterrupt), digested_file(path) as partial:
        partial.write_bytes(b"half")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []
