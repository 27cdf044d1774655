"""FFmpeg's audio filters over streams of sample blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import numpy as np
from av import AudioFrame
from av.error import BlockingIOError as NotYetError
from av.error import EOFError as EndError
from av.filter import Graph
from numpy.typing import NDArray

from videogen.assembly.sound import SAMPLE_RATE

Samples = NDArray[np.float32]

_UNMEASURED_LUFS = -70.0


def filtered(blocks: Iterable[Samples], filters: Sequence[tuple[str, str]]) -> Iterator[AudioFrame]:
    """Yield what a chain of filters, each a name and its arguments, makes of stereo blocks.

    Blocks are samples x 2, at 48 kHz.
    """
    graph = _graph(filters)
    position = 0
    for block in blocks:
        flat = np.ascontiguousarray(block, np.float32).reshape(1, -1)
        frame = AudioFrame.from_ndarray(flat, format="flt", layout="stereo")
        frame.sample_rate = SAMPLE_RATE
        frame.pts, frame.time_base = position, Fraction(1, SAMPLE_RATE)
        position += len(block)
        graph.push(frame)
        yield from _ready(graph)
    graph.push(None)
    yield from _ready(graph)


def loudness(blocks: Iterable[Samples]) -> float:
    """Return the integrated loudness of stereo blocks in LUFS (EBU R128); -70 for silence."""
    measured = _UNMEASURED_LUFS
    for frame in filtered(blocks, [("ebur128", "metadata=1")]):
        measured = float(frame.metadata.get("lavfi.r128.I", measured))
    return measured


def _graph(filters: Sequence[tuple[str, str]]) -> Graph:
    graph = Graph()
    graph.threads = 1
    source = graph.add_abuffer(
        sample_rate=SAMPLE_RATE,
        format="flt",
        layout="stereo",
        time_base=Fraction(1, SAMPLE_RATE),
    )
    chain = [source, *(graph.add(name, arguments) for name, arguments in filters)]
    graph.link_nodes(*chain, graph.add("abuffersink"))
    graph.configure(auto_buffer=False)
    return graph


def _ready(graph: Graph) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except (NotYetError, EndError):
            return
        if isinstance(frame, AudioFrame):
            yield frame
