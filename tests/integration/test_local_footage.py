from __future__ import annotations

import functools
import os
import random
from pathlib import Path

import av
import numpy as np
import pytest
from fakes.footage import asked
from fakes.media import make_still, make_video

from videogen.barrier import Fault, attempt
from videogen.domain.footage import MediaFile
from videogen.errors import FootageError, SourceUnavailable, UnusableClip, UsageError
from videogen.footage.sources.chain import open_chain
from videogen.footage.sources.local import LocalSource
from videogen.footage.sources.provider import FootageOptions
from videogen.settings import Settings


def test_a_clip_is_known_by_its_name_its_folder_and_the_text_beside_it(tmp_path: Path) -> None:
    make_video(tmp_path / "navy_ships" / "night-harbour_01.mp4", 1.0)
    (tmp_path / "navy_ships" / "night-harbour_01.txt").write_text(
        "Credit: Jane Doe\nLicense: CC BY 4.0\nSource: https://example.org/h\nLights on the pier.\n"
    )
    [one] = LocalSource(tmp_path).search(asked("harbour"))
    assert one.id == "navy_ships/night-harbour_01.mp4"
    assert (one.title, one.keywords) == ("night harbour 01", ("navy ships",))
    assert one.description == "Lights on the pier."
    assert (one.credit, one.license) == ("Jane Doe", "CC BY 4.0")
    assert one.url == "https://example.org/h"


def test_only_videos_and_stills_are_offered(tmp_path: Path) -> None:
    make_video(tmp_path / "b.MP4", 0.5)
    make_still(tmp_path / "a.png")
    (tmp_path / "notes.txt").write_text("none")
    assert [one.id for one in LocalSource(tmp_path).search(asked(""))] == ["a.png", "b.MP4"]


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("old.wmv", "wmv2"),
        ("disc.mpg", "mpeg2video"),
        ("camera.mts", "libx264"),
        ("studio.mxf", "mpeg2video"),
        ("phone.3gp", "mpeg4"),
        ("loop.gif", "gif"),
        ("flash.flv", "flv"),
    ],
)
def test_a_clip_in_a_less_common_container_is_a_clip_too(
    name: str, codec: str, tmp_path: Path
) -> None:
    with av.open(tmp_path / name, "w") as container:
        stream = container.add_stream(codec, rate=25)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = 176, 144
        stream.pix_fmt = "rgb8" if codec == "gif" else "yuv420p"
        for _ in range(25):
            picture = np.full((144, 176, 3), 120, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(stream.encode())
    source = LocalSource(tmp_path)

    (candidate,) = source.search(asked(""))

    clip = source.fetch(candidate, 0.5)
    assert isinstance(clip.media, MediaFile)
    assert clip.media.kind == "video"
    assert 0.5 <= clip.duration <= 1.1


def test_a_piece_of_a_long_video_starts_past_its_opening_and_pieces_differ(tmp_path: Path) -> None:
    path = make_video(tmp_path / "long.mp4", 30.0)
    source = LocalSource(tmp_path)
    candidate = source.lookup("long.mp4")
    first, second = source.fetch(candidate, 5.0), source.fetch(candidate, 5.0, take=1)
    assert first.media == MediaFile(path, "video")
    assert first.offset == first.start == pytest.approx(5.0, abs=0.1)
    assert first.offset + first.duration == pytest.approx(30.0, abs=0.1)
    assert abs(first.start - second.start) >= 5.0


def test_a_short_video_is_given_whole(tmp_path: Path) -> None:
    make_video(tmp_path / "short.mp4", 2.0)
    source = LocalSource(tmp_path)
    clip = source.fetch(source.lookup("short.mp4"), 5.0)
    assert clip.offset == 0.0
    assert clip.duration == pytest.approx(2.0, abs=0.01)


def test_a_still_lasts_as_long_as_it_is_wanted(tmp_path: Path) -> None:
    path = make_still(tmp_path / "map.png")
    source = LocalSource(tmp_path)
    clip = source.fetch(source.lookup("map.png"), 5.0)
    assert (clip.media, clip.duration) == (MediaFile(path, "still"), 5.0)


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("not a video")
    (tmp_path / "text.png").write_text("not a picture")
    (tmp_path / "list.mp4").write_text(
        f"#EXTM3U\n#EXTINF:5,\n{make_video(tmp_path / 'v.mp4', 1)}\n"
    )
    (tmp_path / "empty.mov").touch()
    source = LocalSource(tmp_path)
    for name in ("text.mp4", "text.png", "list.mp4", "empty.mov"):
        with pytest.raises(FootageError) as raised:
            source.fetch(source.lookup(name), 5.0)
        assert name in str(raised.value)


def test_metadata_that_is_no_text_does_not_matter(tmp_path: Path) -> None:
    plain = make_video(tmp_path / "plain.mp4", 1.0).read_bytes()
    assert b"Lavf" in plain
    (tmp_path / "old.mp4").write_bytes(plain.replace(b"Lavf", b"\xff\xfe\xb0\xe9"))
    source = LocalSource(tmp_path)
    assert source.fetch(source.lookup("old.mp4"), 5.0).duration == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("name", ["../secret.mp4", "missing.mp4", "/etc/passwd", "a\0b.mp4"])
def test_nothing_outside_the_folder_can_be_named(tmp_path: Path, name: str) -> None:
    make_video(tmp_path / "secret.mp4", 0.5)
    folder = tmp_path / "clips"
    folder.mkdir()
    with pytest.raises(FootageError):
        LocalSource(folder).lookup(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, "sqlite://", tmp_path / "cache")


def test_the_chain_leaves_out_what_cannot_work_and_says_why(settings: Settings) -> None:
    chain = open_chain(["local", "cards"], settings, FootageOptions(1920, 1080))
    assert list(chain.by_name) == ["cards"]
    assert chain.left_out == ("local: No folder of clips is given. Name one with --clips.",)


def test_a_folder_of_clips_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="no folder"):
        LocalSource(tmp_path / "missing")


def test_an_unknown_source_is_wrong_usage(settings: Settings) -> None:
    with pytest.raises(UsageError, match="Known are"):
        open_chain(["youtube"], settings, FootageOptions(1920, 1080))


def test_a_clip_that_cannot_be_told_of_is_named_and_the_others_are_offered(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("good", "sidecar"):
        make_still(tmp_path / f"{name}.png")
    # What /proc gives is a file that can't be read, also for who may read everything.
    (tmp_path / "sidecar.txt").symlink_to("/proc/self/mem")
    make_still(tmp_path / "old.png").rename(tmp_path / os.fsdecode(b"caf\xe9.png"))

    found = LocalSource(tmp_path).search(asked(""))

    assert [one.id for one in found] == ["good.png"]
    assert "left out: Input/output error (sidecar.png)" in caplog.text
    assert "left out: Its name is no text (caf\N{REPLACEMENT CHARACTER}.png)" in caplog.text


def test_a_damaged_file_is_offered_by_its_name_and_refused_with_the_cause(tmp_path: Path) -> None:
    whole = make_video(tmp_path / "whole.ts", 1.0).read_bytes()
    source = LocalSource(tmp_path)
    for seed in range(40):
        chance, damaged = random.Random(seed), bytearray(whole)
        for _ in range(200):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        (tmp_path / f"flipped-{seed:02}.ts").write_bytes(damaged)

    found = source.search(asked(""))

    assert len(found) == 41
    for candidate in found:
        fetched = attempt(functools.partial(source.fetch, candidate, 0.5))
        if isinstance(fetched, Fault):
            assert isinstance(fetched.error, UnusableClip)
            assert fetched.error.where == candidate.id
