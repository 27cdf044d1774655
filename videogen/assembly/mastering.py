"""The finished sound: -14 LUFS, limited to a true peak, AAC at 48 kHz, in two streaming passes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av import AudioFrame
from av.error import BlockingIOError as NotYetError
from av.error import EOFError as EndError
from av.filter import Graph

from videogen.assembly.mix import Samples, narration
from videogen.assembly.sound import SAMPLE_RATE, Sound

TARGET_LUFS = -14.0
# AAC gives peaks back up to about 1 dB higher; this keeps them below -1 dBTP.
_PEAK_DB = -2.2
_LOUDEST_GAIN_DB = 24.0
_SILENCE_LUFS = -60.0
_OVERSAMPLED = 4 * SAMPLE_RATE
_BIT_RATE = 192_000


def master(sound: Sound, path: Path) -> None:
    """Mix, master and encode the whole cut's sound to an M4A file.

    Raises:
        AssemblyError: a recording can't be read.
    """
    gain = _gain(_blocks(sound))
    _encode(_limited(_blocks(sound), gain), sound.samples, path)


def _blocks(sound: Sound) -> Iterator[Samples]:
    """Yield stereo blocks, samples x 2."""
    for voice in narration(sound.passages):
        yield np.repeat(voice[:, None], 2, axis=1)


def _gain(blocks: Iterable[Samples]) -> float:
    """Return the gain in dB that brings the blocks' loudness (EBU R128) to the target."""
    measured = -70.0
    for frame in _filtered(blocks, [("ebur128", "metadata=1")]):
        measured = float(frame.metadata.get("lavfi.r128.I", measured))
    if measured < _SILENCE_LUFS:
        return 0.0
    return min(_LOUDEST_GAIN_DB, TARGET_LUFS - measured)


def _limited(blocks: Iterable[Samples], gain: float) -> Iterator[AudioFrame]:
    """Yield the blocks at that gain with their true peaks limited, at four times the rate."""
    limit = 10 ** (_PEAK_DB / 20)
    yield from _filtered(
        blocks,
        [
            ("volume", f"{gain}dB:precision=float"),
            ("aresample", str(_OVERSAMPLED)),
            ("alimiter", f"limit={limit}:level=disabled:attack=5:release=60:latency=1"),
            ("aresample", str(SAMPLE_RATE)),
            ("aformat", "sample_fmts=fltp:channel_layouts=stereo"),
        ],
    )


def _filtered(
    blocks: Iterable[Samples], filters: Iterable[tuple[str, str]]
) -> Iterator[AudioFrame]:
    """Yield what a chain of FFmpeg's audio filters makes of stereo blocks at 48 kHz."""
    graph = Graph()
    graph.threads = 1
    chain = [
        graph.add_abuffer(
            sample_rate=SAMPLE_RATE,
            format="flt",
            layout="stereo",
            time_base=Fraction(1, SAMPLE_RATE),
        )
    ]
    chain += [graph.add(name, arguments) for name, arguments in filters]
    chain.append(graph.add("abuffersink"))
    graph.link_nodes(*chain)
    graph.configure(auto_buffer=False)
    position = 0
    for block in blocks:
        frame = AudioFrame.from_ndarray(block.reshape(1, -1), format="flt", layout="stereo")
        frame.sample_rate = SAMPLE_RATE
        frame.pts, frame.time_base = position, Fraction(1, SAMPLE_RATE)
        position += len(block)
        graph.push(frame)
        yield from _ready(graph)
    graph.push(None)
    yield from _ready(graph)


def _ready(graph: Graph) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except (NotYetError, EndError):
            return
        if isinstance(frame, AudioFrame):
            yield frame


def _encode(frames: Iterable[AudioFrame], samples: int, path: Path) -> None:
    """Encode exactly `samples` samples; the filters may give a few more or fewer at the end."""
    with av.open(path, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
        stream.bit_rate = _BIT_RATE
        for frame in _exactly(frames, samples):
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def _exactly(frames: Iterable[AudioFrame], samples: int) -> Iterator[AudioFrame]:
    position = 0
    for frame in frames:
        kept = frame.to_ndarray()[:, : samples - position]
        if kept.shape[1]:
            yield _planar(kept, position)
            position += kept.shape[1]
    if position < samples:
        yield _planar(np.zeros((2, samples - position), np.float32), position)


def _planar(channels: np.ndarray, position: int) -> AudioFrame:
    frame = AudioFrame.from_ndarray(
        np.ascontiguousarray(channels, np.float32), format="fltp", layout="stereo"
    )
    frame.sample_rate = SAMPLE_RATE
    frame.pts, frame.time_base = position, Fraction(1, SAMPLE_RATE)
    return frame
