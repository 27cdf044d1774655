"""Interlaced frames taken apart: each of the two moments in a frame becomes a picture of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from av import VideoFrame
from av.error import BlockingIOError as NotYetError
from av.error import EOFError as EndError
from av.filter import Graph

_FILTER = ("bwdif", "mode=send_field:parity=auto:deint=interlaced")


def progressive(frames: Iterable[VideoFrame]) -> Iterator[VideoFrame]:
    """Yield frames of which none shows two moments in alternate lines; others pass as they are.

    From the first interlaced frame on, all pass FFmpeg's bwdif, which compares neighbours in time,
    so what comes out carries times in a time base of its own.
    """
    graph: Graph | None = None
    layout: tuple[int, int, str] | None = None
    for frame in frames:
        now = (frame.width, frame.height, frame.format.name)
        if graph is not None and now != layout:
            yield from _rest(graph)
            graph = None
        if graph is None and frame.interlaced_frame:
            graph, layout = _graph(frame), now
        if graph is None:
            yield frame
        else:
            graph.vpush(frame)
            yield from _ready(graph)
    if graph is not None:
        yield from _rest(graph)


def _graph(frame: VideoFrame) -> Graph:
    graph = Graph()
    graph.threads = 1
    source = graph.add_buffer(
        width=frame.width,
        height=frame.height,
        format=frame.format,
        time_base=frame.time_base or Fraction(1, 1000),
    )
    graph.link_nodes(source, graph.add(*_FILTER), graph.add("buffersink"))
    graph.configure(auto_buffer=False)
    return graph


def _rest(graph: Graph) -> Iterator[VideoFrame]:
    graph.vpush(None)
    yield from _ready(graph)


def _ready(graph: Graph) -> Iterator[VideoFrame]:
    while True:
        try:
            yield graph.vpull()
        except (NotYetError, EndError):
            return
