"""The assembly stage: shown scenes laid out on a timeline, rendered, captioned, credited."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from videogen import serialization
from videogen.assembly.callouts import called_out
from videogen.assembly.captions.cues import captions
from videogen.assembly.captions.sidecar import srt, subtitles, vtt
from videogen.assembly.cards.explain import explained
from videogen.assembly.credits import closing_lines, credits_text
from videogen.assembly.filming import NOTHING_BEGUN, Begun
from videogen.assembly.fonts import cure, unset
from videogen.assembly.framing import framed
from videogen.assembly.interchange import otio_json
from videogen.assembly.relevance import relevance
from videogen.assembly.render import Outputs, RenderOptions, render
from videogen.assembly.segment import CaptionStyle
from videogen.assembly.sound.tracks import music_tracks
from videogen.assembly.style import look_of
from videogen.assembly.timeline import CaptionedScene, Timeline, lay_out
from videogen.assembly.titles import closed, closing_seconds, titled
from videogen.assembly.wording import wording_of
from videogen.domain.events import Notice, Progress, Tell
from videogen.domain.footage import ShownScene
from videogen.domain.options import RunOptions
from videogen.domain.script import Scene, Script
from videogen.domain.video import Video
from videogen.files import write_text
from videogen.language.headline import headline
from videogen.language.keywords import key_phrases
from videogen.media.join import SubtitleTrack
from videogen.workspace import Workspace

_BURNED = frozenset({"burned", "both"})
_SIDECAR = frozenset({"sidecar", "both"})
_MOST_LETTERS = 40
_HEADING_LETTERS = 48


@dataclass(frozen=True, slots=True)
class Assembled:
    """The finished video, and the seconds of narration and picture laid out for it."""

    video: Video
    seconds: float


def assemble(
    script: Script,
    scenes: Sequence[ShownScene],
    options: RunOptions,
    workspace: Workspace,
    language: str,
    pool: Executor,
    tell: Tell,
    begun: Begun = NOTHING_BEGUN,
) -> Assembled:
    """Lay out and render the video, its sidecars beside it.

    `language` is the narration's code. `begun` are scenes whose cut has begun already.

    Raises:
        AssemblyError: the cut could not be rendered.
    """
    timeline = timeline_of(script, scenes, options, workspace, language, pool)
    serialization.save(workspace.work_folder / "timeline.json", timeline)
    _warn_of_unset_letters(script.title, timeline, options, tell)
    credited = credits_text(script.title, script.credits, scenes, language)
    wanted = replace(
        _render_options(script, scenes, options, language),
        description="\n\n".join(filter(None, (script.description, credited))),
        music=music_tracks(options.music, workspace.project_id),
        subtitles=_subtitles(timeline, options, language),
    )
    video = render(
        timeline,
        Outputs(workspace.video_path, workspace.thumbnail_path, workspace.work_folder),
        wanted,
        pool,
        lambda done, total, scene: tell(Progress("assembly", done, total, scene)),
        begun,
    )
    write_text(workspace.sidecar_path("credits.txt"), credited)
    if options.export_otio:
        write_text(workspace.sidecar_path("otio"), otio_json(timeline, script.title))
    written = _captions(timeline, workspace) if options.captions in _SIDECAR else ()
    return Assembled(replace(video, captions_paths=written), float(timeline.duration))


def timeline_of(
    script: Script,
    scenes: Sequence[ShownScene],
    options: RunOptions,
    workspace: Workspace,
    language: str,
    pool: Executor,
) -> Timeline:
    """Return the cut of scenes, the framing of each shot decided by the pool and kept."""
    timeline = _timeline(script, scenes, options, language)
    return framed(timeline, workspace.work_folder / "framings.json", pool)


def caption_style(options: RunOptions) -> CaptionStyle | None:
    """Return how captions are burned in; None where they are not."""
    return CaptionStyle(options.highlight) if options.captions in _BURNED else None


def _render_options(
    script: Script, scenes: Sequence[ShownScene], options: RunOptions, language: str
) -> RenderOptions:
    return RenderOptions(
        script.title,
        comment=script.note,
        headline=script.thumbnail_text or headline(script.title, language),
        relevance=relevance(script.title, scenes),
        encoder=options.encoder,
        quality=options.quality,
        captions=caption_style(options),
    )


def _timeline(
    script: Script, scenes: Sequence[ShownScene], options: RunOptions, language: str
) -> Timeline:
    captioned = [_captioned(scene, options, language) for scene in scenes]
    told = lay_out(captioned, options.cut.rate, *options.cut.size)
    drawn = replace(explained(told, scenes, language), look=look_of(options.style, script.title))
    if caption_style(options) is None:
        drawn = called_out(drawn, scenes)
    lines = closing_lines(script, scenes, language)
    return titled(closed(drawn, closing_seconds(options.duration), lines), script.title)


def _captioned(shown: ShownScene, options: RunOptions, language: str) -> CaptionedScene:
    voiced, rate = shown.voiced, options.cut.rate
    cues = captions(voiced.words, language, options.cut, voiced.frames(rate))
    return CaptionedScene(shown, _heading(shown.scene, language), cues)


def _heading(scene: Scene, language: str) -> str:
    """Return what a chapter is called: its title, what it is about, or how it begins."""
    return (
        scene.title
        or key_phrases(scene, language)[0]
        or textwrap.shorten(scene.text, _HEADING_LETTERS, placeholder="…")
    )


def _warn_of_unset_letters(title: str, timeline: Timeline, options: RunOptions, tell: Tell) -> None:
    texts = [title, *(text for _, shot in timeline.shots() for text in shot.texts)]
    texts += [line for one in timeline.scenes for laid in one.inscriptions for line in laid.lines]
    if options.captions in _BURNED:
        texts += [line for one in timeline.scenes for cue in one.captions for line in cue.lines]
    if letters := unset(texts):
        shown = letters[:_MOST_LETTERS] + "…" * (len(letters) > _MOST_LETTERS)
        what = f"Letters that no font here can set are left out of the picture: {shown}"
        tell(Notice("warning", "; ".join(filter(None, (what, cure(letters))))))


def _subtitles(timeline: Timeline, options: RunOptions, language: str) -> SubtitleTrack:
    """Return the track of captions, none where they are burned in and would be read twice."""
    if options.captions != "sidecar":
        return SubtitleTrack()
    return SubtitleTrack(wording_of(language).iso_639_2, subtitles(timeline))


def _captions(timeline: Timeline, workspace: Workspace) -> tuple[Path, ...]:
    texts = {"srt": srt(timeline), "vtt": vtt(timeline)}
    paths = {extension: workspace.sidecar_path(extension) for extension in texts}
    for extension, text in texts.items():
        write_text(paths[extension], text)
    return tuple(paths.values())
