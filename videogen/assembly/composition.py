"""A scene composed with MoviePy and rendered: its shots, their crossfades, what stands on them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from av import VideoFrame
from moviepy import Effect, VideoClip, concatenate_videoclips

from videogen.assembly.captions.burned import BurnedCaptions
from videogen.assembly.inscriptions import Inscribed
from videogen.assembly.picture import Picture, mixed
from videogen.assembly.segment import Segment
from videogen.assembly.shots import ShotFrames
from videogen.assembly.timeline import Shot
from videogen.digests import write_digest
from videogen.files import atomic_file
from videogen.media.encoding import encode


class Composition:
    """A segment's shots, composed; a context manager that closes whatever was opened.

    MoviePy reckons in floating seconds. Asked in the middle of each frame, it never comes near an
    edge between two of them, so the frames are exact at any length.
    """

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._sources: list[ShotFrames] = []
        self._clip = self._composed()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for source in self._sources:
            source.close()

    @property
    def faults(self) -> tuple[str, ...]:
        """What could not be shown and was replaced, known once the frames were drawn."""
        return tuple(source.fault for source in self._sources if source.fault)

    def frames(self) -> Iterator[VideoFrame]:
        """Yield the segment's frames in order."""
        for index in range(self._segment.scene.frames):
            picture: Picture = self._clip.get_frame(_middle(index, self._segment.format.rate))
            yield picture.draw()

    def _composed(self) -> Any:
        scene, rate = self._segment.scene, self._segment.format.rate
        before = self._lead_in()
        clips = []
        fades = [shot.fade for shot in scene.shots[1:]] + [0]
        for shot, next_fade in zip(scene.shots, fades, strict=True):
            clip = self._clip_of(shot, shot.frames + next_fade)
            fade = shot.fade if before is not None else 0
            if fade:
                clips.append(_crossfade(before, clip, fade, rate))
            clips.append(clip.subclipped(float(fade / rate), float(shot.frames / rate)))
            before = clip.subclipped(float(shot.frames / rate)) if next_fade else None
        composed = concatenate_videoclips(clips, method="chain")
        return composed.with_effects(list(self._laid_over()))

    def _laid_over(self) -> Iterator[Effect]:
        scene, output, style = self._segment.scene, self._segment.format, self._segment.captions
        if scene.inscriptions:
            yield Inscribed(scene.inscriptions, output, self._segment.look)
        if style is not None and scene.captions:
            yield BurnedCaptions(scene.captions, output, style, self._segment.look)

    def _lead_in(self) -> Any | None:
        shot = self._segment.lead_in
        if shot is None:
            return None
        frames = shot.frames + self._segment.scene.shots[0].fade
        return self._clip_of(shot, frames).subclipped(
            float(shot.frames / self._segment.format.rate)
        )

    def _clip_of(self, shot: Shot, frames: int) -> Any:
        output, title = self._segment.format, self._segment.scene.title
        source = ShotFrames(shot, frames, title, output, self._segment.look)
        self._sources.append(source)

        def picture(t: float) -> Picture:
            index = int(t * output.rate)
            return Picture(*output.size, lambda: source.frame(index))

        return VideoClip(picture, duration=float(frames / output.rate))


def render_segment(segment: Segment, path: Path) -> tuple[str, ...]:
    """Render one scene's picture to `path`, in this process; return what had to be replaced.

    A scene of which something had to be is left without a digest, so that the next run tries again.

    Raises:
        AssemblyError: the encoder failed.
    """
    with Composition(segment) as composition, atomic_file(path) as partial:
        encode(composition.frames(), partial, segment.format, segment.encoder)
        if not composition.faults:
            write_digest(partial, path)
        return composition.faults


def _crossfade(before: Any, after: Any, frames: int, rate: Fraction) -> Any:
    """Return a clip of `frames` frames that goes from one clip's start to the other's."""

    def picture(t: float) -> Picture:
        first: Picture = before.get_frame(t)
        second: Picture = after.get_frame(t)
        share = (int(t * rate) + 1) / (frames + 1)
        return Picture(
            second.width, second.height, lambda: mixed(first.draw(), second.draw(), share)
        )

    return VideoClip(picture, duration=float(frames / rate))


def _middle(index: int, rate: Fraction) -> float:
    return float((index + Fraction(1, 2)) / rate)
