"""A cut rendered for real and decoded again."""

from __future__ import annotations

import multiprocessing
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import ParamSpec, TypeVar

import av
import numpy as np
import pytest
import soundfile
from fakes.disk import disk_full_after
from fakes.media import make_still, make_video
from numpy.typing import NDArray
from PIL import Image

from videogen.assembly import filming
from videogen.assembly.composition import Composition
from videogen.assembly.framing import framed
from videogen.assembly.render import Outputs, RenderOptions, render
from videogen.assembly.segment import Segment, segments_of
from videogen.assembly.sound.track import Sound
from videogen.assembly.timeline import Shot, TimedScene, Timeline
from videogen.domain.footage import Card, MediaFile
from videogen.domain.options import ExecutorKind
from videogen.errors import AssemblyError, WorkerDied
from videogen.executors import InlineExecutor, executor
from videogen.media.encoding import ENCODERS, SOFTWARE, Encoder
from videogen.media.join import Subtitle, SubtitleTrack

P = ParamSpec("P")
R = TypeVar("R")

RATE = Fraction(30)
SIZE = (320, 180)
# A text's length stands before it.
EMPTY_TEXT = 2
OPTIONS = RenderOptions(
    "Modern naval warfare", comment="Made in a test", description="What ships do.\n\nCredits"
)


def silent(_done: float, _total: float, _scene: int | None) -> None:
    """Take progress and do nothing with it."""


@pytest.fixture
def outputs(tmp_path: Path) -> Outputs:
    return Outputs(tmp_path / "out.mp4", tmp_path / "out.jpg", tmp_path / "work")


@pytest.fixture
def recording(tmp_path: Path) -> Callable[[int, float], Path]:
    def record(number: int, seconds: float) -> Path:
        path = tmp_path / f"scene-{number}.flac"
        times = np.arange(round(seconds * 24_000)) / 24_000
        soundfile.write(path, 0.2 * np.sin(2 * np.pi * 220 * times), 24_000)
        return path

    return record


@pytest.fixture
def timeline(tmp_path: Path, recording: Callable[[int, float], Path]) -> Timeline:
    video = MediaFile(make_video(tmp_path / "clip.mp4", 2.0), "video")
    still = MediaFile(make_still(tmp_path / "still.png"), "still")
    first = (Shot(video, 31, 0, 0), Shot(Card("Steel fleets", 1), 29, 10, 0))
    second = (Shot(still, 40, 10, 0), Shot(video, 21, 10, 30))
    return Timeline(
        RATE,
        *SIZE,
        (
            TimedScene(1, "Fleets", recording(1, 1.8), first),
            TimedScene(2, "Carriers", recording(2, 2.0), second),
        ),
    )


def test_a_cut_has_exactly_the_frames_and_samples_of_its_timeline(
    timeline: Timeline, outputs: Outputs
) -> None:
    video = render(timeline, outputs, OPTIONS, InlineExecutor(), silent)

    with av.open(video.path) as container:
        times = [frame.time for frame in container.decode(video=0)]
    with av.open(video.path) as container:
        samples = sum(frame.samples for frame in container.decode(audio=0))
    assert times == pytest.approx([number / 30 for number in range(121)])
    assert abs(samples - 121 * 1600) < 1600


def test_a_cut_is_tagged_and_labelled_as_players_expect(
    timeline: Timeline, outputs: Outputs
) -> None:
    render(timeline, outputs, OPTIONS, InlineExecutor(), silent)

    with av.open(outputs.video) as container:
        stream = container.streams.video[0]
        chapters = [(c["start"], c["metadata"]["title"]) for c in container.chapters()]
        assert (stream.profile, stream.pix_fmt) == ("High", "yuv420p")
        assert (stream.colorspace, stream.color_primaries, stream.color_trc) == (1, 1, 1)
        assert container.metadata["title"] == "Modern naval warfare"
        assert container.metadata["comment"] == "Made in a test"
        assert container.metadata["description"] == "What ships do.\n\nCredits"
        assert chapters == [(0, "Fleets"), (2000, "Carriers")]


def test_subtitles_are_a_track_in_their_language_on_the_frame_and_escape_nothing(
    timeline: Timeline, outputs: Outputs
) -> None:
    said = (Subtitle(15, 60, "Señor & <wind>\nand sea"), Subtitle(60, 90, "海"))
    options = replace(OPTIONS, subtitles=SubtitleTrack("spa", said))

    render(timeline, outputs, options, InlineExecutor(), silent)

    with av.open(outputs.video) as container:
        stream = container.streams.subtitles[0]
        assert (stream.codec_context.name, stream.metadata["language"]) == ("mov_text", "spa")
        unit = stream.time_base
        assert unit is not None
        shown = [
            (float(packet.pts * unit), float((packet.duration or 0) * unit), bytes(packet)[2:])
            for packet in container.demux(stream)
            if packet.pts is not None and packet.size > EMPTY_TEXT
        ]
    assert shown == [(0.5, 1.5, "Señor & <wind>\nand sea".encode()), (2.0, 1.0, "海".encode())]


def test_a_second_render_makes_only_what_changed(
    timeline: Timeline, outputs: Outputs, recording: Callable[[int, float], Path]
) -> None:
    render(timeline, outputs, OPTIONS, InlineExecutor(), silent)
    longer = Shot(Card("Steel fleets", 2), 30, 10, 0)
    changed = Timeline(
        RATE,
        *SIZE,
        (timeline.scenes[0], TimedScene(2, "Carriers", recording(3, 0.9), (longer,))),
    )
    made: list[int | None] = []

    render(changed, outputs, OPTIONS, InlineExecutor(), lambda _d, _t, scene: made.append(scene))

    assert made == [None, 2]
    kept = {path.name.removesuffix(".digest") for path in (outputs.work_folder / "cut").iterdir()}
    assert len(kept) == 3


@pytest.mark.parametrize("damaged", [b"", b"no video at all"])
def test_a_damaged_scene_and_sound_are_made_again(
    timeline: Timeline, outputs: Outputs, damaged: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    whole = render(timeline, outputs, OPTIONS, InlineExecutor(), silent)
    *_, first, second, sound = sorted((outputs.work_folder / "cut").glob("*.m[4p]*[4a]"))
    assert (first.suffix, second.suffix, sound.suffix) == (".mp4", ".mp4", ".m4a")
    first.write_bytes(damaged)
    sound.write_bytes(damaged)
    made: list[int | None] = []

    again = render(timeline, outputs, OPTIONS, InlineExecutor(), lambda _d, _t, n: made.append(n))

    assert made == [None, 1]
    assert again == whole
    said = [record.getMessage() for record in caplog.records]
    assert sorted(said) == [
        f"{path} is not as it was written, and is made again" for path in sorted([first, sound])
    ]


def no_video(folder: Path) -> Path:
    path = folder / "broken.mp4"
    path.write_bytes(b"no video at all")
    return path


def no_file_name(folder: Path) -> Path:
    return folder / "\ud800broken.mp4"


@pytest.mark.parametrize("broken", [no_video, no_file_name])
def test_a_clip_that_cannot_be_read_is_shown_as_a_card(
    broken: Callable[[Path], Path],
    outputs: Outputs,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    scene = TimedScene(1, "Fleets", None, (Shot(MediaFile(broken(tmp_path), "video"), 10, 0, 0),))

    render(Timeline(RATE, *SIZE, (scene,)), outputs, OPTIONS, InlineExecutor(), silent)

    with av.open(outputs.video) as container:
        lumas = [frame.to_ndarray()[:180].mean() for frame in container.decode(video=0)]
    assert len(lumas) == 10
    assert min(lumas) > 40
    assert "broken.mp4" in caplog.text


def test_a_scene_whose_clip_could_not_be_read_is_tried_again_by_the_next_render(
    outputs: Outputs, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no video at all")
    shot = Shot(MediaFile(broken, "video"), 10, 0, 0)
    timeline = Timeline(RATE, *SIZE, (TimedScene(1, "Fleets", None, (shot,)),))
    render(timeline, outputs, OPTIONS, InlineExecutor(), silent)
    made: list[int | None] = []

    render(timeline, outputs, OPTIONS, InlineExecutor(), lambda _d, _t, n: made.append(n))

    assert made == [None, 1]


def test_a_crossfade_begins_with_its_slot_and_mixes_both_shots(
    outputs: Outputs, tmp_path: Path
) -> None:
    stills = []
    for luma in (60, 180):
        path = tmp_path / f"{luma}.png"
        Image.new("RGB", SIZE, (luma, luma, luma)).save(path)
        stills.append(MediaFile(path, "still"))
    scenes = tuple(
        TimedScene(number, "", None, (Shot(still, 20, 9 if number == 2 else 0, 0),))
        for number, still in enumerate(stills, 1)
    )

    render(Timeline(RATE, *SIZE, scenes), outputs, OPTIONS, InlineExecutor(), silent)

    with av.open(outputs.video) as container:
        lumas = [float(f.to_ndarray()[:180].mean()) for f in container.decode(video=0)]
    dark, bright = lumas[0], lumas[-1]
    assert lumas[:20] == pytest.approx([dark] * 20, abs=2)
    expected = [dark + (bright - dark) * (step + 1) / 10 for step in range(9)]
    assert lumas[20:29] == pytest.approx(expected, abs=2)
    assert lumas[29:] == pytest.approx([bright] * 11, abs=2)


def test_no_join_is_seen_in_packets_or_encoding(timeline: Timeline, outputs: Outputs) -> None:
    render(timeline, outputs, OPTIONS, InlineExecutor(), silent)

    with av.open(outputs.video) as container:
        packets = [
            (p.pts, p.dts, p.is_keyframe)
            for p in container.demux(video=0)
            if p.pts is not None and p.dts is not None
        ]
    decoding = [dts for _, dts, _ in packets]
    assert {after - before for before, after in pairwise(decoding)} == {512}
    assert all(pts >= dts for pts, dts, _ in packets)
    starts = {start * 512 for start, _ in timeline.placed()}
    assert starts <= {pts for pts, _, is_keyframe in packets if is_keyframe}


def test_the_index_stands_before_the_pictures(timeline: Timeline, outputs: Outputs) -> None:
    render(timeline, outputs, OPTIONS, InlineExecutor(), silent)

    content = outputs.video.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_x264_takes_over_where_another_encoder_fails_in_the_middle(
    timeline: Timeline,
    outputs: Outputs,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # As if a trial had found hardware that is gone when the scenes are rendered.
    monkeypatch.setattr(
        filming, "usable_encoder", lambda *_: Encoder("nvenc", "libx264", {"preset": "?"})
    )

    video = render(timeline, outputs, OPTIONS, InlineExecutor(), silent)

    assert "going on with x264" in caplog.text
    with av.open(video.path) as container:
        assert sum(1 for _ in container.decode(video=0)) == timeline.frames


@pytest.mark.parametrize("kind", ["inline", "processes"])
@pytest.mark.parametrize("size", [0, 1500])
def test_a_full_disk_is_one_clear_error_and_no_fault_of_the_encoder(
    timeline: Timeline, outputs: Outputs, kind: ExecutorKind, size: int
) -> None:
    with (
        executor(kind, 2) as pool,
        disk_full_after(size),
        pytest.raises(AssemblyError, match="can't be written") as raised,
    ):
        render(timeline, outputs, OPTIONS, pool, silent)

    assert "Free some space" in raised.value.cure
    assert not outputs.video.exists()


def test_an_encoder_that_was_asked_for_but_is_not_here_is_refused_with_the_cure(
    timeline: Timeline, outputs: Outputs
) -> None:
    asked = replace(OPTIONS, encoder="vaapi")

    with pytest.raises(AssemblyError, match="--encoder auto"):
        render(timeline, outputs, asked, InlineExecutor(), silent)
    assert not outputs.video.exists()


def test_auto_takes_an_encoder_that_works(timeline: Timeline, outputs: Outputs) -> None:
    video = render(timeline, outputs, replace(OPTIONS, encoder="auto"), InlineExecutor(), silent)

    with av.open(video.path) as container:
        assert container.streams.video[0].codec_context.name == "h264"


def test_workers_render_what_one_process_renders(
    timeline: Timeline, outputs: Outputs, tmp_path: Path
) -> None:
    beside = Outputs(tmp_path / "b.mp4", tmp_path / "b.jpg", tmp_path / "b")
    render(timeline, outputs, OPTIONS, InlineExecutor(), silent)

    with executor("processes", 2) as workers:
        render(timeline, beside, OPTIONS, workers, silent)

    pairs = list(zip(pictures(beside.video), pictures(outputs.video), strict=True))
    assert len(pairs) == timeline.frames
    # The last bit of a floating sum is the processor's own affair.
    assert max(float(np.abs(a - b).mean()) for a, b in pairs) < 0.5


def pictures(path: Path) -> list[NDArray[np.int16]]:
    with av.open(path) as container:
        return [frame.to_ndarray().astype(np.int16) for frame in container.decode(video=0)]


class Watched(InlineExecutor):
    """Notes the number of each scene in the order in which they begin."""

    def __init__(self) -> None:
        self.scenes: list[int] = []

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        if isinstance(args[0], Segment):
            self.scenes.append(args[0].scene.number)
        return super().submit(fn, *args, **kwargs)


class Deafened(InlineExecutor):
    """Runs all but what reads music, which is said to have ended its process."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        if isinstance(args[0], Sound) and args[0].music:
            died: Future[R] = Future()
            died.set_exception(WorkerDied("A worker process was ended"))
            return died
        return super().submit(fn, *args, **kwargs)


def test_music_that_ends_its_process_is_left_out_and_told(
    timeline: Timeline, outputs: Outputs, caplog: pytest.LogCaptureFixture
) -> None:
    options = replace(OPTIONS, music=(Path("deadly.mp3"),))

    video = render(timeline, outputs, options, Deafened(), silent)

    with av.open(video.path) as container:
        assert container.streams.audio
    assert "no music: A worker process was ended" in caplog.text


def test_the_longest_scene_begins_first(timeline: Timeline, outputs: Outputs) -> None:
    watched = Watched()

    render(timeline, outputs, OPTIONS, watched, silent)

    assert watched.scenes == [2, 1]


def test_a_cut_of_another_quality_takes_no_scene_of_the_former(
    timeline: Timeline, outputs: Outputs
) -> None:
    watched = Watched()
    render(timeline, outputs, replace(OPTIONS, quality="draft"), InlineExecutor(), silent)

    render(timeline, outputs, OPTIONS, watched, silent)

    assert watched.scenes == [2, 1]


class Interrupting(InlineExecutor):
    """Runs three calls, sound, thumbnail and a scene, then is interrupted as by Ctrl-C."""

    calls = 0

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        self.calls += 1
        if self.calls > 3:
            raise KeyboardInterrupt
        return super().submit(fn, *args, **kwargs)


def open_files() -> set[str]:
    return {path.resolve().name for path in Path("/proc/self/fd").iterdir()}


@pytest.mark.skipif(sys.platform != "linux", reason="open files are counted in /proc")
def test_nothing_stays_open_after_success_error_or_interrupt(
    timeline: Timeline, outputs: Outputs
) -> None:
    lost = replace(timeline.scenes[1], audio=Path("lost.flac"))
    # Processes that open foreign media are kept for the next file.
    before, children = open_files(), set(multiprocessing.active_children())

    render(timeline, outputs, OPTIONS, InlineExecutor(), silent)
    with pytest.raises(AssemblyError):
        render(replace(timeline, scenes=(lost,)), outputs, OPTIONS, InlineExecutor(), silent)
    shutil.rmtree(outputs.work_folder)
    with pytest.raises(KeyboardInterrupt):
        render(timeline, outputs, OPTIONS, Interrupting(), silent)

    assert open_files() <= before
    assert set(multiprocessing.active_children()) <= children
    left = [path.name for path in outputs.work_folder.rglob(".part-*")]
    assert left == []


@pytest.mark.skipif(sys.platform != "linux", reason="open files are counted in /proc")
@pytest.mark.parametrize("reached", [45, 55], ids=["in a crossfade", "in a shot"])
def test_a_scene_given_up_in_the_middle_closes_its_clips(reached: int, timeline: Timeline) -> None:
    segment = segments_of(timeline, ENCODERS[SOFTWARE]["good"], None)[1]

    with pytest.raises(KeyboardInterrupt), Composition(segment) as composition:
        for number, _ in enumerate(composition.frames()):
            if number == reached:
                assert "clip.mp4" in open_files()
                raise KeyboardInterrupt

    assert "clip.mp4" not in open_files()


def test_an_interrupted_render_goes_on_where_it_was(timeline: Timeline, outputs: Outputs) -> None:
    with pytest.raises(KeyboardInterrupt):
        render(timeline, outputs, OPTIONS, Interrupting(), silent)
    made: list[int | None] = []

    render(timeline, outputs, OPTIONS, InlineExecutor(), lambda _d, _t, scene: made.append(scene))

    assert made == [None, 1]


DEADLY = """
import os, signal
import av
open_file = av.open
def open_or_die(file, *arguments, **options):
    if "deadly" in str(file):
        os.kill(os.getpid(), signal.SIGSEGV)
    return open_file(file, *arguments, **options)
av.open = open_or_die
"""


def test_a_clip_that_ends_every_process_is_shown_as_a_card(
    outputs: Outputs,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As a fault in a codec would: no process of this test's own opens the file.
    (tmp_path / "sitecustomize.py").write_text(DEADLY)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    good, deadly = make_video(tmp_path / "good.mp4", 2.0), make_video(tmp_path / "deadly.mp4", 2.0)
    shots = [Shot(MediaFile(path, "video"), 10, 0, 0) for path in (good, deadly)]
    scenes = (
        TimedScene(1, "Fleets", None, tuple(shots)),
        TimedScene(2, "Ports", None, (shots[0],)),
    )
    timeline = Timeline(RATE, *SIZE, scenes)

    with executor("processes", 2) as pool:
        timeline = framed(timeline, tmp_path / "framings.json", pool)
        render(timeline, outputs, OPTIONS, pool, silent)

    with av.open(outputs.video) as container:
        assert sum(1 for _ in container.decode(video=0)) == 30
    assert "Scene 1 shows a card instead of a clip" in caplog.text
    assert "deadly.mp4" in caplog.text
    assert "Scene 2" not in caplog.text
    assert outputs.thumbnail.stat().st_size > 1000
