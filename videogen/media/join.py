"""Scenes and sound joined into the finished file, packet by packet, without encoding again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from itertools import accumulate
from pathlib import Path
from typing import Any

import av
from av import Packet
from av.container import OutputContainer
from av.stream import Stream
from av.subtitles.stream import SubtitleStream

from videogen.files import atomic_file

# FFmpeg's encoder takes the default look of a text track from a subtitle script's header; players
# use their own.
_SUBTITLE_HEADER = b"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour
Style: Default,Arial,18,&Hffffff

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A scene's rendered picture: its file, its length in frames, and its title."""

    path: Path
    frames: int
    title: str


@dataclass(frozen=True, slots=True)
class Subtitle:
    """Text shown from frame `start` up to, not including, `end` of the video."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SubtitleTrack:
    """Subtitles that a player can switch on, in a language named by ISO 639-2; may be none."""

    language: str = "und"
    subtitles: tuple[Subtitle, ...] = ()


@dataclass(frozen=True, slots=True)
class Labels:
    """The words kept in the file itself."""

    title: str
    comment: str
    description: str


def join(
    chapters: Sequence[Chapter],
    sound: Path,
    rate: Fraction,
    labels: Labels,
    track: SubtitleTrack,
    path: Path,
) -> None:
    """Write an MP4 with the chapters' pictures end to end, the sound, subtitles, marks and labels."""
    starts = list(accumulate((chapter.frames for chapter in chapters), initial=0))
    with (
        atomic_file(path) as partial,
        av.open(chapters[0].path) as pattern,
        av.open(sound) as audio,
        av.open(partial, "w", options={"movflags": "faststart"}) as container,
    ):
        picture_stream = container.add_stream_from_template(pattern.streams.video[0])
        picture_stream.time_base = 1 / rate
        sound_stream = container.add_stream_from_template(audio.streams.audio[0])
        _label(container, labels)
        _mark_chapters(container, chapters, starts, rate)
        pictures = _pictures(chapters, starts, rate, picture_stream)
        sounds = _retargeted(audio.demux(audio.streams.audio[0]), sound_stream)
        texts = _texts(container, track, rate)
        for packet in merge(pictures, sounds, texts, key=_decoding_time):
            container.mux_one(packet)


def _pictures(
    chapters: Sequence[Chapter], starts: Sequence[int], rate: Fraction, target: Stream
) -> Iterator[Packet[Any]]:
    for chapter, start in zip(chapters, starts, strict=False):
        with av.open(chapter.path) as container:
            for packet in _retargeted(container.demux(container.streams.video[0]), target):
                # Frames are counted, so that no rounding of container clocks adds up.
                ticks = packet.time_base * rate
                packet.pts = start + round((packet.pts or 0) * ticks)
                packet.dts = start + round((packet.dts or 0) * ticks)
                packet.duration = 1
                packet.time_base = 1 / rate
                yield packet


def _retargeted(packets: Iterator[Packet[Any]], target: Stream) -> Iterator[Packet[Any]]:
    for packet in packets:
        if packet.dts is None:
            continue  # the demuxer's closing packet is empty
        packet.stream = target
        yield packet


def _texts(
    container: OutputContainer, track: SubtitleTrack, rate: Fraction
) -> Iterable[Packet[Any]]:
    """Add the subtitles' stream, where there are any, and return its packets (3GPP timed text)."""
    if not track.subtitles:
        return ()
    stream = container.add_stream("mov_text")
    stream.codec_context.subtitle_header = _SUBTITLE_HEADER
    stream.time_base = 1 / rate
    stream.metadata["language"] = track.language
    return (_text_packet(one, stream, rate) for one in track.subtitles)


def _text_packet(subtitle: Subtitle, stream: SubtitleStream, rate: Fraction) -> Packet[Any]:
    text = subtitle.text.encode()
    packet: Packet[Any] = Packet(len(text).to_bytes(2, "big") + text)
    packet.pts = packet.dts = subtitle.start
    packet.duration = subtitle.end - subtitle.start
    packet.time_base = 1 / rate
    packet.stream = stream
    return packet


def _decoding_time(packet: Packet[Any]) -> Fraction:
    return (packet.dts or 0) * packet.time_base


def _label(container: OutputContainer, labels: Labels) -> None:
    named = {"title": labels.title, "comment": labels.comment, "description": labels.description}
    container.metadata.update({key: value for key, value in named.items() if value})


def _mark_chapters(
    container: OutputContainer, chapters: Sequence[Chapter], starts: Sequence[int], rate: Fraction
) -> None:
    container.set_chapters(
        [
            {
                "id": number,
                "start": start,
                "end": start + chapter.frames,
                "time_base": 1 / rate,
                "metadata": {"title": chapter.title},
            }
            for number, (chapter, start) in enumerate(zip(chapters, starts, strict=False), 1)
        ]
    )
