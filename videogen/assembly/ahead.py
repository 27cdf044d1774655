"""Scenes cut while others are still spoken or looked for, so that no core waits between stages."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from itertools import takewhile
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from videogen.assembly.assemble import caption_style, timeline_of
from videogen.assembly.composition import render_segment
from videogen.assembly.filming import Begun, segment_path
from videogen.assembly.segment import Segment, segments_of
from videogen.digests import is_whole
from videogen.domain.events import Event
from videogen.domain.footage import ShownScene, SourcedScene
from videogen.domain.options import RunOptions
from videogen.domain.script import Script
from videogen.domain.speech import VoicedScene
from videogen.executors import Background
from videogen.media.encoding import usable_encoder
from videogen.workspace import Workspace


class Ahead:
    """Cuts the scenes between the first and the last, each once it and the next one are complete.

    It hears what the stages before tell, in a thread of its own, until the block ends. As many
    scenes as there are workers wait or are made at a time, so that `assemble` still begins most of
    them in the order that serves the whole cut. A scene that comes out otherwise there, for what
    only the whole film shows, is made again.
    """

    def __init__(
        self,
        script: Script,
        options: RunOptions,
        workspace: Workspace,
        language: str,
        pool: Executor,
    ) -> None:
        self._script, self._options, self._workspace = script, options, workspace
        self._language, self._pool = language, pool
        self._voiced: dict[int, VoicedScene] = {}
        self._sourced: dict[int, SourcedScene] = {}
        self._begun: dict[Path, Future[tuple[str, ...]]] = {}
        self._cut_of = 0
        # In line, nothing can be made beside something else.
        self._workers = 0 if options.executor == "inline" else options.workers
        self._heard: SimpleQueue[Event | Future[tuple[str, ...]] | None] = SimpleQueue()
        self._cutting: Background[Event, Begun] = Background(lambda _: self._cut(), "cutting")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._heard.put(None)

    def hear(self, event: Event) -> None:
        """Take in what a stage tells; from any thread."""
        self._heard.put(event)

    def begun(self) -> Begun:
        """Begin no more; return what was begun."""
        self._heard.put(None)
        return self._cutting.result(lambda _: None)

    def _cut(self) -> Begun:
        while (heard := self._heard.get()) is not None:
            if isinstance(heard, VoicedScene):
                self._voiced[heard.number] = heard
            elif isinstance(heard, SourcedScene):
                self._sourced[heard.number] = heard
            self._begin()
        return self._begun

    def _begin(self) -> None:
        """Begin the longest scenes that can be, as long as a worker may be idle."""
        idle = self._workers - sum(not one.done() for one in self._begun.values())
        complete = self._complete()
        if idle <= 0 or len(complete) <= max(2, self._cut_of):
            return
        folder = self._workspace.work_folder
        ready = {segment_path(folder, one): one for one in self._segments(complete)}
        missing = [path for path in ready if path not in self._begun and not is_whole(path)]
        missing.sort(key=lambda path: ready[path].scene.frames, reverse=True)
        if len(missing) <= idle:
            self._cut_of = len(complete)
        for path in missing[:idle]:
            future = self._pool.submit(render_segment, ready[path], path)
            self._begun[path] = future
            # Heard, so that the next one begins.
            future.add_done_callback(self._heard.put)

    def _complete(self) -> list[ShownScene]:
        """Return the scenes from the beginning up to the first that lacks its voice or its clips."""
        numbers = takewhile(
            lambda number: number in self._voiced and number in self._sourced,
            (scene.number for scene in self._script.scenes),
        )
        return [ShownScene(self._voiced[number], self._sourced[number].clips) for number in numbers]

    def _segments(self, complete: list[ShownScene]) -> Sequence[Segment]:
        """Return what is cut of scenes, but of the first and the last.

        The first bears the title of a film that is long enough, the last may end otherwise.
        """
        options = self._options
        timeline = timeline_of(
            self._script, complete, options, self._workspace, self._language, self._pool
        )
        encoder = usable_encoder(options.encoder, options.quality, options.cut)
        return segments_of(timeline, encoder, caption_style(options))[1:-1]
