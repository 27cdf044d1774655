"""The cut: voice and clips laid out on a timeline, rendered, captioned and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from videogen import codec
from videogen.assembly.render import Outputs, RenderOptions, render
from videogen.assembly.segment import CaptionStyle
from videogen.captions import captions, srt, vtt
from videogen.db.facts import AssemblyStarted, RenderProgress, VideoFinished
from videogen.domain import Clip, Progress, Video, Voiceover
from videogen.pipeline.narration import Narration
from videogen.pipeline.production import Production
from videogen.timeline import SceneMaterial, Timeline, lay_out, scene_frames
from videogen.workspace import write_text


def cut(
    production: Production,
    narration: Narration,
    voiceovers: Sequence[Voiceover],
    clips: dict[int, tuple[Clip, ...]],
    pool: Executor,
) -> Video:
    """Lay out and render the video, then record it as finished.

    `clips` are by scene number.

    Raises:
        AssemblyError: the cut could not be rendered.
    """
    ledger = production.ledger
    ledger.record(AssemblyStarted(len(voiceovers)))
    timeline = _timeline(production, narration, voiceovers, clips)
    codec.save(production.workspace.work_folder / "timeline.json", timeline)
    video = _rendered(production, narration.script.title, timeline, pool)
    stored = production.workspace.stored
    ledger.record(
        VideoFinished(
            video_path=stored(video.path),
            thumbnail_path=stored(video.thumbnail_path),
            duration=video.duration,
            total_duration=float(timeline.duration),
            file_size=video.file_size,
            scene_total=len(voiceovers),
        )
    )
    return video


def _timeline(
    production: Production,
    narration: Narration,
    voiceovers: Sequence[Voiceover],
    clips: dict[int, tuple[Clip, ...]],
) -> Timeline:
    options = production.options
    scenes = {scene.number: scene for scene in narration.spoken}
    pauses = dict(zip(scenes, narration.pacing.pauses, strict=True))
    materials = []
    for voiceover in voiceovers:
        number, pause = voiceover.scene_number, pauses[voiceover.scene_number]
        frames = scene_frames(voiceover.duration, pause, options.fps)
        materials.append(
            SceneMaterial(
                number,
                scenes[number].title,
                voiceover.master_path,
                voiceover.duration,
                pause,
                clips[number],
                captions(voiceover.words, options.fps, frames),
            )
        )
    return lay_out(materials, options.fps, options.width, options.height)


def _rendered(production: Production, title: str, timeline: Timeline, pool: Executor) -> Video:
    workspace, options = production.workspace, production.options

    def on_progress(done: float, total: float, scene: int | None) -> None:
        production.observer.watch(Progress("assembly", done, total, scene))
        percent = round(100 * done / total)
        production.ledger.record(RenderProgress(percent, "concatenating", scene))

    video = render(
        timeline,
        Outputs(workspace.video_path, workspace.thumbnail_path, workspace.work_folder),
        RenderOptions(
            title,
            encoder=options.encoder,
            music=options.music,
            captions=CaptionStyle() if options.captions in {"burned", "both"} else None,
            threads=production.threads,
        ),
        pool,
        on_progress,
    )
    return replace(video, captions_paths=_sidecars(production, timeline))


def _sidecars(production: Production, timeline: Timeline) -> tuple[Path, ...]:
    if production.options.captions not in {"sidecar", "both"}:
        return ()
    texts = {"srt": srt(timeline), "vtt": vtt(timeline)}
    paths = {extension: production.workspace.sidecar_path(extension) for extension in texts}
    for extension, text in texts.items():
        write_text(paths[extension], text)
    return tuple(paths.values())
