"""The cut: voice and clips laid out on a timeline, rendered, captioned and recorded."""

from __future__ import annotations

import textwrap
import zlib
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from videogen import serialization
from videogen.assembly.captions.cues import captions, srt, vtt
from videogen.assembly.credits import credits_text
from videogen.assembly.interchange import otio_json
from videogen.assembly.render import Outputs, RenderOptions, render
from videogen.assembly.segment import CaptionStyle
from videogen.assembly.timeline import SceneMaterial, Timeline, lay_out, with_titles
from videogen.assembly.titles import thanks, titles_seconds
from videogen.db.facts import AssemblyStarted, RenderProgress, VideoFinished
from videogen.domain import Card, Progress, Scene, Script, Video, Voiceover, scene_frames
from videogen.footage.find import Footage
from videogen.language.keywords import key_phrases
from videogen.pipeline.narration import Narration
from videogen.pipeline.production import Production
from videogen.voiceover.engines.catalogue import language_of
from videogen.workspace import write_text

_BURNED = frozenset({"burned", "both"})
_MOST_LETTERS = 40
_HEADING_LETTERS = 48


def cut(
    production: Production,
    narration: Narration,
    voiceovers: Sequence[Voiceover],
    footage: Footage,
    pool: Executor,
) -> Video:
    """Lay out and render the video, then record it as finished.

    Raises:
        AssemblyError: the cut could not be rendered.
    """
    ledger = production.ledger
    ledger.record(AssemblyStarted(len(voiceovers)))
    timeline = _timeline(production, narration, voiceovers, footage)
    serialization.save(production.workspace.work_folder / "timeline.json", timeline)
    _warn_of_unset_letters(production, narration.script.title, timeline)
    video = _rendered(production, narration.script, timeline, footage, pool)
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
    footage: Footage,
) -> Timeline:
    options = production.options
    clips = {scene.scene_number: scene.clips for scene in footage.scenes}
    scenes = {scene.number: scene for scene in narration.spoken}
    pauses = dict(zip(scenes, narration.pacing.pauses, strict=True))
    language = language_of(options.voice).code
    materials = []
    for voiceover in voiceovers:
        number, pause = voiceover.scene_number, pauses[voiceover.scene_number]
        frames = scene_frames(voiceover.duration, pause, options.fps)
        materials.append(
            SceneMaterial(
                number,
                _heading(scenes[number], language),
                voiceover.master_path,
                voiceover.duration,
                pause,
                clips[number],
                captions(voiceover.words, options.fps, frames),
            )
        )
    timeline = lay_out(materials, options.fps, *options.size)
    if not titles_seconds(options):
        return timeline
    opening, closing = narration.script.title, thanks(narration.script, footage)
    return with_titles(timeline, _title_card(production, opening), _title_card(production, closing))


def _heading(scene: Scene, language: str) -> str:
    """Return what a chapter is called: its title, what it is about, or how it begins."""
    return (
        scene.title
        or key_phrases(scene, language)[0]
        or textwrap.shorten(scene.text, _HEADING_LETTERS, placeholder="…")
    )


def _title_card(production: Production, phrase: str) -> Card:
    return Card(phrase, zlib.crc32(f"{production.project_id} {phrase}".encode()))


def _rendered(
    production: Production, script: Script, timeline: Timeline, footage: Footage, pool: Executor
) -> Video:
    workspace, options = production.workspace, production.options
    credits_lines = credits_text(script.title, script.credits, footage.scenes)

    def on_progress(done: float, total: float, scene: int | None) -> None:
        production.observer.watch(Progress("assembly", done, total, scene))
        percent = round(100 * done / total)
        production.ledger.record(RenderProgress(percent, "concatenating", scene))

    video = render(
        timeline,
        Outputs(workspace.video_path, workspace.thumbnail_path, workspace.work_folder),
        RenderOptions(
            script.title,
            comment=script.note,
            credits=credits_lines,
            encoder=options.encoder,
            music=options.music,
            captions=CaptionStyle(options.highlight) if options.captions in _BURNED else None,
            workers=production.options.workers,
            cores=production.cores,
        ),
        pool,
        on_progress,
    )
    write_text(workspace.sidecar_path("credits.txt"), credits_lines)
    if options.export_otio:
        write_text(workspace.sidecar_path("otio"), otio_json(timeline, script.title))
    return replace(video, captions_paths=_captions(production, timeline))


def _warn_of_unset_letters(production: Production, title: str, timeline: Timeline) -> None:
    from videogen.assembly.fonts import cure, unset

    cards = (shot.source for _, shot in timeline.shots() if isinstance(shot.source, Card))
    texts = [title, *(text for card in cards for text in (card.phrase, *card.lines))]
    if production.options.captions in _BURNED:
        scenes = timeline.scenes
        texts += [line for scene in scenes for cue in scene.captions for line in cue.lines]
    if letters := unset(texts):
        shown = letters[:_MOST_LETTERS] + "…" * (len(letters) > _MOST_LETTERS)
        what = f"Letters that no font here can set are left out of the picture: {shown}"
        production.warnings.append("; ".join(filter(None, (what, cure(letters)))))


def _captions(production: Production, timeline: Timeline) -> tuple[Path, ...]:
    if production.options.captions not in {"sidecar", "both"}:
        return ()
    texts = {"srt": srt(timeline), "vtt": vtt(timeline)}
    paths = {extension: production.workspace.sidecar_path(extension) for extension in texts}
    for extension, text in texts.items():
        write_text(paths[extension], text)
    return tuple(paths.values())
