"""Three ways to make one cut, each run as a program of its own: ours, FFmpeg by hand, MoviePy.

python benchmarks/assembly_ways.py WAY TIMELINE.json RESULT.mp4
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

from videogen import serialization
from videogen.assembly.timeline import Shot, Timeline
from videogen.domain.footage import MediaFile

AUDIO_RATE = 48_000
X264 = {"preset": "veryfast", "crf": "20", "profile:v": "high", "g": "60"}
TAGS = {"colorspace": "bt709", "color_primaries": "bt709", "color_trc": "bt709"}


def ours(timeline: Timeline, path: Path) -> None:
    """Render by videogen, a worker a core."""
    from videogen.assembly.render import Outputs, RenderOptions, render
    from videogen.executors import executor

    outputs = Outputs(path, path.with_suffix(".jpg"), path.with_suffix(".work"))
    cores = os.cpu_count() or 1
    options = RenderOptions("Benchmark")
    with executor("processes", cores) as workers:
        render(timeline, outputs, options, workers, lambda *_: None)


def by_hand(timeline: Timeline, path: Path) -> None:
    """Render by one FFmpeg filtergraph, encoded as careful people do."""
    _ffmpeg(timeline, path, X264)


def lossless(timeline: Timeline, path: Path) -> None:
    """Render by the same filtergraph without loss, to compare pictures with."""
    _ffmpeg(timeline, path, {"preset": "ultrafast", "qp": "0"})


def usual_moviepy(timeline: Timeline, path: Path) -> None:
    """Render as most projects use MoviePy: resize, fade, compose, write."""
    from moviepy import (
        AudioFileClip,
        CompositeAudioClip,
        CompositeVideoClip,
        VideoFileClip,
        vfx,
    )

    rate, size = timeline.rate, (timeline.width, timeline.height)
    clips = []
    for start, shot, frames in _shown(timeline):
        begin = float(shot.source_in / rate)
        clip = VideoFileClip(str(_path(shot))).without_audio()
        clip = clip.subclipped(begin, min(clip.duration, begin + float(frames / rate)))
        clip = clip.resized(new_size=size).with_start(float((start) / rate))
        if shot.fade:
            clip = clip.with_effects([vfx.CrossFadeIn(float(shot.fade / rate))])
        clips.append(clip)
    video = CompositeVideoClip(clips, size=size)
    voices = [
        AudioFileClip(str(scene.audio)).with_start(float(start / rate))
        for start, scene in timeline.placed()
    ]
    video = video.with_audio(CompositeAudioClip(voices)).with_duration(float(timeline.duration))
    video.write_videofile(
        str(path),
        fps=float(rate),
        preset=X264["preset"],
        ffmpeg_params=["-crf", X264["crf"]],
        audio_codec="aac",
        temp_audiofile_path=str(path.parent),
        threads=os.cpu_count(),
        logger=None,
    )


def _ffmpeg(timeline: Timeline, path: Path, video_options: Mapping[str, str]) -> None:
    from imageio_ffmpeg import get_ffmpeg_exe

    rate = timeline.rate
    command = [get_ffmpeg_exe(), "-y", "-loglevel", "error"]
    for _, shot, frames in _shown(timeline):
        seconds = (frames + 1) / rate
        command += ["-ss", str(float(shot.source_in / rate)), "-t", str(float(seconds))]
        command += ["-i", str(_path(shot))]
    for scene in timeline.scenes:
        command += ["-i", str(scene.audio)]
    command += ["-filter_complex", _graph(timeline), "-map", "[v]", "-map", "[a]"]
    command += ["-c:v", "libx264"]
    for name, value in {**video_options, **TAGS}.items():
        command += [f"-{name}", value]
    command += ["-c:a", "aac", "-b:a", "192k", "-movflags", "+faststart", str(path)]
    subprocess.run(command, check=True)


def _graph(timeline: Timeline) -> str:
    """Return the filtergraph that a careful person would write for the cut."""
    rate, width, height = timeline.rate, timeline.width, timeline.height
    shown = list(_shown(timeline))
    parts = [
        f"[{number}:v]scale={width}:{height}:force_original_aspect_ratio=increase,"
        f"crop={width}:{height},setsar=1,fps={rate},format=yuv420p,"
        f"tpad=stop_mode=clone:stop={frames},trim=end_frame={frames},settb={1 / rate}[s{number}]"
        for number, (_, _, frames) in enumerate(shown)
    ]
    label = "s0"
    for number, (start, shot, _) in enumerate(shown[1:], 1):
        seconds, offset = float(shot.fade / rate), float(start / rate)
        parts.append(f"[{label}][s{number}]xfade=duration={seconds}:offset={offset}[x{number}]")
        label = f"x{number}"
    parts.append(f"[{label}]format=yuv420p[v]")
    voices = ""
    for number, scene in enumerate(timeline.scenes):
        samples = round(Fraction(scene.frames * AUDIO_RATE) / rate)
        assert scene.audio is not None
        parts.append(
            f"[{len(shown) + number}:a]aresample={AUDIO_RATE},apad=whole_len={samples},"
            f"atrim=end_sample={samples},aformat=channel_layouts=stereo[a{number}]"
        )
        voices += f"[a{number}]"
    parts.append(
        f"{voices}concat=n={len(timeline.scenes)}:v=0:a=1,"
        f"loudnorm=I=-14:TP=-2,aresample={AUDIO_RATE}[a]"
    )
    return ";".join(parts)


def _shown(timeline: Timeline) -> list[tuple[int, Shot, int]]:
    """Return each shot with its start and the frames it is seen, the next crossfade included."""
    shots = list(timeline.shots())
    fades = [shot.fade for _, shot in shots[1:]] + [0]
    return [
        (start, shot, shot.frames + fade) for (start, shot), fade in zip(shots, fades, strict=True)
    ]


def _path(shot: Shot) -> Path:
    assert isinstance(shot.source, MediaFile)
    return shot.source.path


WAYS: Mapping[str, Callable[[Timeline, Path], None]] = {
    "ours": ours,
    "ffmpeg": by_hand,
    "lossless": lossless,
    "moviepy": usual_moviepy,
}


if __name__ == "__main__":
    way, plan, result = sys.argv[1:]
    WAYS[way](serialization.decode(Timeline, Path(plan).read_text(encoding="utf-8")), Path(result))
