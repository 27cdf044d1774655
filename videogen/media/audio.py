"""Blocks of samples decoded, through FFmpeg's audio filters, and encoded."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Literal

import av
import numpy as np
from av import AudioFrame, AudioResampler
from av.error import BlockingIOError as NotYetError
from av.error import EOFError as EndError
from av.error import FFmpegError
from av.filter import Graph
from numpy.typing import NDArray

from videogen.errors import AssemblyError, UnusableClip
from videogen.media.guarded import guarded

Samples = NDArray[np.float32]
Layout = Literal["mono", "stereo"]

UNMEASURED_LUFS = -70.0
_UNHEARD = 1e-9

_BIT_RATE = 192_000
# Sound alone or a film with sound; a playlist under a sound's name must not open further files.
_SAFE_READING = {
    "protocol_whitelist": "file",
    "format_whitelist": "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,eac3,flac,flv,matroska,mov,mp3,"
    "mpeg,mpegts,ogg,tta,voc,w64,wav,wv",
}


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
    for frame in filtered(map(_undying, blocks), rate, layout, [("ebur128", "metadata=1")]):
        measured = float(frame.metadata.get("lavfi.r128.I", measured))
    return measured


def _undying(block: Samples) -> Samples:
    """Return a block over a tone of some -180 dB, which keeps filters that fall silent from denormals.

    A processor takes many times as long for those as for other numbers.
    """
    sounding = block.copy()
    sounding[::2] += _UNHEARD
    return sounding


def decoded(path: Path, rate: int, layout: Layout) -> Generator[Samples, None, None]:
    """Yield the first sound track of a file as blocks of samples x channels, at `rate` samples a second.

    Raises:
        AssemblyError: it holds no sound that can be read.
    """
    resampler = AudioResampler("flt", layout, rate)
    heard = 0
    try:
        with av.open(path, options=_SAFE_READING, metadata_errors="ignore") as container:
            for frame in chain(container.decode(audio=0), [None]):
                for converted in resampler.resample(frame):
                    heard += converted.samples
                    yield _interleaved(converted)
    except (FFmpegError, OSError, ValueError, LookupError) as exc:
        raise AssemblyError("The sound can't be read", where=str(path)) from exc
    if not heard:
        raise AssemblyError("The file holds no sound", where=str(path))


def check_sound(path: Path) -> None:
    """Read the beginning of a file, so that one that can't be heard is told at once.

    Raises:
        AssemblyError: it holds no sound that can be read, or ended the process that tried.
    """
    try:
        guarded(_begin, path)
    except UnusableClip as exc:
        raise AssemblyError(f"The sound can't be read: {exc.what}", where=str(path)) from exc


def _begin(path: Path) -> None:
    with closing(decoded(path, 8000, "mono")) as blocks:
        next(blocks, None)


def encode_aac(
    frames: Iterable[AudioFrame], samples: int, rate: int, layout: Layout, path: Path
) -> None:
    """Encode exactly `samples` samples to an M4A file; frames are planar floats.

    Filters may have given a few more or fewer at the end.
    """
    with av.open(path, "w", format="mp4") as container:
        # The fast coder takes half the time of the default and at this rate sounds the same.
        coder = {"aac_coder": "fast"}
        stream = container.add_stream("aac", rate=rate, options=coder, layout=layout)
        stream.bit_rate = _BIT_RATE
        for frame in _exactly(frames, samples, rate, layout):
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def _exactly(
    frames: Iterable[AudioFrame], samples: int, rate: int, layout: Layout
) -> Iterator[AudioFrame]:
    position = 0
    silence = np.zeros((2 if layout == "stereo" else 1, samples), np.float32)
    for block in chain((frame.to_ndarray() for frame in frames), [silence]):
        kept = block[:, : samples - position]
        if kept.shape[1]:
            exact = AudioFrame.from_ndarray(
                np.ascontiguousarray(kept, np.float32), format="fltp", layout=layout
            )
            exact.sample_rate = rate
            exact.pts, exact.time_base = position, Fraction(1, rate)
            yield exact
            position += kept.shape[1]


def _interleaved(frame: AudioFrame) -> Samples:
    return frame.to_ndarray().reshape(frame.samples, -1).astype(np.float32)


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
