"""Sound files decoded, and blocks of samples through FFmpeg's audio filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Literal

import av
import numpy as np
from av import AudioFrame, AudioResampler
from av.error import BlockingIOError as NotYetError
from av.error import EOFError as EndError
from av.filter import Graph
from numpy.typing import NDArray

Samples = NDArray[np.float32]
Layout = Literal["mono", "stereo"]

UNMEASURED_LUFS = -70.0

# Sound alone or a film with sound; a playlist under a sound's name must not open further files.
_SAFE_READING = {
    "protocol_whitelist": "file",
    "format_whitelist": "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,eac3,flac,flv,matroska,mov,mp3,"
    "mpeg,mpegts,ogg,tta,voc,w64,wav,wv",
}


def decoded(path: Path, rate: int, layout: Layout) -> Iterator[Samples]:
    """Yield the first sound track of a file as blocks, samples x channels, `rate` a second.

    Raises:
        FFmpegError, OSError, ValueError, LookupError: it can't be read, or holds no sound.
    """
    resampler = AudioResampler("flt", layout, rate)
    with av.open(path, options=_SAFE_READING, metadata_errors="ignore") as container:
        for frame in chain(container.decode(audio=0), [None]):
            for part in resampler.resample(frame):
                yield part.to_ndarray().reshape(-1, part.layout.nb_channels).astype(np.float32)


def filtered(
    blocks: Iterable[Samples], rate: int, layout: Layout, filters: Sequence[tuple[str, str]]
) -> Iterator[AudioFrame]:
    """Yield what a chain of filters, each a name and its arguments, makes of blocks of samples.

    Blocks are samples x channels; `rate` is in samples a second.
    """
    graph = _graph(rate, layout, filters)
    position = 0
    for block in blocks:
        flat = np.ascontiguousarray(block, np.float32).reshape(1, -1)
        frame = AudioFrame.from_ndarray(flat, format="flt", layout=layout)
        frame.sample_rate = rate
        frame.pts, frame.time_base = position, Fraction(1, rate)
        position += len(block)
        graph.push(frame)
        yield from _ready(graph)
    graph.push(None)
    yield from _ready(graph)


def resampled(samples: Samples, rate: int, wanted: int) -> Samples:
    """Return mono samples at another rate, their first and last where they were in time.

    The last begun sample counts as one.
    """
    count = -(-len(samples) * wanted // rate)
    found: Samples = np.zeros(count, np.float32)
    at = 0
    for frame in filtered([samples], rate, "mono", [("aresample", str(wanted))]):
        part = frame.to_ndarray().ravel()[: count - at]
        found[at : at + len(part)] = part
        at += len(part)
    return found


def loudness(blocks: Iterable[Samples], rate: int, layout: Layout) -> float:
    """Return the integrated loudness of blocks in LUFS (EBU R128); `UNMEASURED_LUFS` for silence.

    Less than 0.4 s, the measure's own block, is silence to it.
    """
    measured = UNMEASURED_LUFS
    for frame in filtered(blocks, rate, layout, [("ebur128", "metadata=1")]):
        measured = float(frame.metadata.get("lavfi.r128.I", measured))
    return measured


def _graph(rate: int, layout: Layout, filters: Sequence[tuple[str, str]]) -> Graph:
    graph = Graph()
    graph.threads = 1
    source = graph.add_abuffer(
        sample_rate=rate,
        format="flt",
        layout=layout,
        time_base=Fraction(1, rate),
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
