"""What the app's curation page shows of clips: short previews and pictures, drawn beside the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path

from videogen.assembly.preview import Sight, draw_picture, draw_preview
from videogen.assembly.style import look_of
from videogen.barrier import Fault, attempt
from videogen.db import facts
from videogen.db.suggestions import has_a_row_a_clip
from videogen.domain.footage import LOCAL, Candidate, Clip, MediaFile, PlannedScene, SourcedScene
from videogen.project.state import Project
from videogen.serialization import digest, file_state


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A clip's row, and the drawing that it waits for; None where all is there already."""

    clip: facts.ClipPicture
    drawing: Future[None] | None


@dataclass(slots=True)
class Previews:
    """Draws what a page shows of clips, in the pool; records it when all is drawn.

    Where no app serves it, or its table has no place for it, nothing is drawn.
    """

    project: Project
    pool: Executor
    scenes: dict[int, list[_Drawn]] = field(default_factory=dict)
    drawings: dict[Path, Future[None]] = field(default_factory=dict)

    def begin(self, scene: SourcedScene) -> None:
        """Draw what a scene shows, and what else it might."""
        if self._is_wanted:
            shown = {clip.candidate.id: clip for clip in reversed(scene.clips)}
            drawn = [self._preview(scene.number, clip) for clip in shown.values()]
            self.scenes[scene.number] = [*drawn, *self._offered(scene.planned, set(shown))]

    def offer(self, scene: PlannedScene) -> None:
        """Draw what a scene might show."""
        if self._is_wanted:
            self.scenes[scene.number] = list(self._offered(scene, set()))

    def record(self) -> None:
        """Record what was drawn; a clip that can't be drawn keeps what its service has of it."""
        for number in sorted(self.scenes):
            done = [one.clip for one in self.scenes[number] if _is_drawn(one.drawing)]
            if done:
                self.project.ledger.record(facts.ClipsPictured(number, tuple(done)))

    @property
    def _is_wanted(self) -> bool:
        project = self.project
        return bool(project.workspace.layout.preview) and has_a_row_a_clip(project.database.schema)

    def _preview(self, number: int, clip: Clip) -> _Drawn:
        workspace = self.project.workspace
        sight = Sight(clip.media, clip.candidate.title, clip.offset, clip.duration)
        name = f"scene-{number:02}-{self._key(sight)}"
        video, picture = workspace.preview_path(name), workspace.picture_path(name)
        drawing = self._drawing(video, draw_preview, sight, video, picture)
        stored = workspace.stored(video)
        return _Drawn(
            facts.ClipPicture(clip.candidate.id, workspace.address(picture), stored), drawing
        )

    def _offered(self, scene: PlannedScene, shown: set[str]) -> Iterator[_Drawn]:
        """Draw the user's own clips: of all others a service has a picture."""
        for one in scene.suggestions:
            candidate = one.candidate
            if candidate.source == LOCAL and candidate.id not in shown:
                sight = Sight(MediaFile(self._path(candidate), candidate.kind), candidate.title)
                picture = self.project.workspace.picture_path(f"clip-{self._key(sight)}")
                drawing = self._drawing(picture, draw_picture, sight, picture)
                address = self.project.workspace.address(picture)
                yield _Drawn(facts.ClipPicture(candidate.id, address), drawing)

    def _path(self, candidate: Candidate) -> Path:
        return (self.project.options.clips or Path()) / candidate.id

    def _key(self, sight: Sight) -> str:
        state = file_state(sight.media.path) if isinstance(sight.media, MediaFile) else ""
        return digest(sight, state, self.project.options.format)

    def _drawing(
        self, made: Path, draw: Callable[..., None], sight: Sight, *paths: Path
    ) -> Future[None] | None:
        if made.exists():
            return None
        if made not in self.drawings:
            options = self.project.options
            look = look_of(options.style, options.topic)
            self.drawings[made] = self.pool.submit(draw, sight, options.format, look, *paths)
        return self.drawings[made]


def _is_drawn(drawing: Future[None] | None) -> bool:
    return drawing is None or not isinstance(attempt(drawing.result), Fault)
