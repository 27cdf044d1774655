"""Footage beside the voice: sourced in a thread of its own, recorded when its turn has come."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from videogen.db.facts import (
    CandidatesFound,
    FootageChosen,
    FootageFinished,
    FootageProgress,
    ShownClip,
    StageStarted,
)
from videogen.db.projects import earlier_candidates, projects
from videogen.db.projects import project as recorded_project
from videogen.domain import Candidate, Clip, MediaFile, Progress
from videogen.footage.find import Footage, shots_for, source_footage
from videogen.footage.judge import Key, key
from videogen.footage.overrides import Wishes, parse_wishes
from videogen.footage.scene import Remembered, SceneFootage
from videogen.footage.sources import Chain, FootageOptions, open_chain
from videogen.footage.sources.base import ShotRequest
from videogen.language.keywords import key_phrases
from videogen.options import RunOptions
from videogen.pipeline.narration import Narration
from videogen.pipeline.production import Production
from videogen.serialization import digest, once
from videogen.settings import Settings
from videogen.voiceover.engines.catalogue import language_of

# Older ones nobody has in mind any more.
_LATEST_VIDEOS = 20

_Event = tuple[SceneFootage, Progress] | Footage | BaseException


@dataclass(frozen=True, slots=True)
class Sourcing:
    """Footage on its way: `events` holds each scene found, then the whole or what went wrong."""

    events: queue.SimpleQueue[_Event]
    chain: Chain

    def close(self) -> None:
        """Let go of the services; what is still under way ends at once, and finds nothing."""
        self.chain.close()


def chain(options: RunOptions, settings: Settings) -> Chain:
    """Open the sources that a run asked for.

    Raises:
        UsageError: a source is unknown, or its folder can't be read.
    """
    wanted = FootageOptions(*options.size, options.clips, options.sourcing_timeout)
    return open_chain(options.footage, settings, wanted)


def begin(production: Production, narration: Narration) -> Sourcing:
    """Start to source clips for the scenes that will be spoken; returns at once."""
    options = production.options
    opened = chain(options, production.settings)
    language = language_of(options.voice).code
    for line in opened.left_out:
        production.observer.say(f"Footage without {line}")
    requests = [
        ShotRequest(
            scene,
            length,
            shots_for(length),
            *options.size,
            key_phrases(scene, language),
        )
        for scene, length in narration.slots
    ]
    sourcing = Sourcing(queue.SimpleQueue(), opened)
    inputs = digest(requests, options.footage, options.clips, options.pins, options.bans)

    def find() -> Footage:
        return source_footage(
            requests,
            opened.sources,
            opened.last_resort,
            wishes=wishes(options),
            shown_earlier=_shown_elsewhere(production),
            remembered=_memory(production),
            done=lambda scene, progress: sourcing.events.put((scene, progress)),
        )

    def work() -> None:
        try:
            sourcing.events.put(once(production.checkpoint("footage", inputs), Footage, find))
        except BaseException as exc:
            # Told to the thread that waits for the events, which raises it.
            sourcing.events.put(exc)

    threading.Thread(target=work, name="sourcing", daemon=True).start()
    return sourcing


def finish(production: Production, sourcing: Sourcing) -> Footage:
    """Wait for the footage, recording each scene and the progress as they come."""
    production.ledger.record(StageStarted("footage"))
    recorded: set[int] = set()
    footage = _followed(production, sourcing, recorded)
    for scene in footage.scenes:
        if scene.scene_number not in recorded:
            _record_scene(production, scene)
    production.warnings += footage.warnings
    production.observer.watch(Progress("footage", 1, 1))
    production.ledger.record(FootageFinished(_providers(footage.scenes)))
    return footage


def _followed(production: Production, sourcing: Sourcing, recorded: set[int]) -> Footage:
    while True:
        event = sourcing.events.get()
        if isinstance(event, Footage):
            return event
        if isinstance(event, BaseException):
            raise event
        scene, progress = event
        _record_scene(production, scene)
        recorded.add(scene.scene_number)
        percent = round(100 * progress.done / progress.total)
        production.ledger.record(FootageProgress(percent, _providers([scene])))
        production.observer.watch(progress)


def wishes(options: RunOptions) -> Wishes:
    """Return what the user pinned and banned.

    Raises:
        UsageError: a pin or a ban names no clip.
    """
    return parse_wishes(options.pins, options.bans, options.footage)


def _memory(production: Production) -> Remembered:
    """Return what looks earlier answers up in the database, each look a short read of its own."""

    def remembered(source: str, query: str, scene_number: int) -> Sequence[Candidate] | None:
        known = earlier_candidates(
            production.database, production.project_id, scene_number, query, source
        )
        return known or None

    return remembered


def _shown_elsewhere(production: Production) -> frozenset[Key]:
    """Return the clips of the latest videos on other topics.

    Those on the same topic may look the same: what they show is here already.
    """
    others = [
        project
        for project in projects(production.database).projects
        if project.topic != production.options.topic and project.video_path
    ]
    return frozenset(
        key(clip.candidate)
        for summary in others[:_LATEST_VIDEOS]
        for scene in recorded_project(production.database, summary.id).scenes
        for clip in scene.clips
    )


def _record_scene(production: Production, scene: SceneFootage) -> None:
    for search in scene.searches:
        candidates = tuple(suggestion.candidate for suggestion in search.suggestions)
        production.ledger.record(
            CandidatesFound(scene.scene_number, search.query, search.source, candidates)
        )
    query = scene.searches[0].query if scene.searches else ""
    clips = tuple(_shown(production, clip) for clip in scene.clips)
    production.ledger.record(FootageChosen(scene.scene_number, query, clips))


def _shown(production: Production, clip: Clip) -> ShownClip:
    media = clip.media
    return ShownClip(
        candidate=clip.candidate,
        start=clip.start,
        duration=clip.duration,
        path=production.workspace.stored(media.path) if isinstance(media, MediaFile) else "",
        score=clip.score,
        reasons=clip.reasons,
    )


def _providers(scenes: Sequence[SceneFootage]) -> str:
    names = dict.fromkeys(clip.candidate.source for scene in scenes for clip in scene.clips)
    return ",".join(names)
