"""What a run would need: there or missing, each with its cure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from videogen.db.cures import opening_up
from videogen.doctor.checks import Probe
from videogen.doctor.cures import FREEING, nearest
from videogen.domain.options import RunOptions
from videogen.errors import DatabaseError, SourceUnavailable, VideogenError, WriterUnavailable
from videogen.footage.sources import SOURCES
from videogen.footage.sources.chain import AUTO, Chain, open_source
from videogen.footage.sources.provider import FootageOptions
from videogen.forecast.work import Forecast
from videogen.media.encoding import trial, usable_encoder
from videogen.project.asked import assignment_of, voice_setup_of
from videogen.script.writers import WRITERS, provider_of
from videogen.settings import Settings
from videogen.shell import asking, line
from videogen.voiceover.engines.model import is_ready, is_shipped
from videogen.voiceover.engines.style import ready_voices

# The scenes and the sound lie beside the finished file until it is resumed or cleaned away.
_COPIES = 2.5
_RECORDED = 150e3  # bytes a second of what is spoken, lossless and as MP3
_MODEL_BYTES = 300e6
_DOCTOR = line("videogen", "doctor")


def probes(
    options: RunOptions,
    settings: Settings,
    chain: Chain,
    foretold: Forecast,
    silent: Mapping[str, str],
) -> Iterator[Probe]:
    """Yield what this run needs, and which sources it could have besides.

    `silent` are the addresses of those that do not answer.
    """
    file = foretold.file_bytes * _COPIES + options.duration * _RECORDED
    cache = foretold.fetched_bytes + (0 if is_ready(settings.cache_folder) else _MODEL_BYTES)
    yield Probe("database", "writable", partial(_writable, settings), _DOCTOR, required=True)
    for name, folder, needed in (
        ("disk", settings.root, file),
        ("disk of the cache", settings.cache_folder, cache),
    ):
        yield Probe("machine", name, partial(free_space, folder, needed), FREEING, required=True)
    yield Probe("machine", "encoder", partial(_encoder, options), _DOCTOR, required=True)
    yield Probe("voice", "model", partial(_model, options, settings), _DOCTOR)
    yield Probe("voice", options.voice, partial(_voice, options, settings), _DOCTOR)
    for name in WRITERS:
        # What has no key `auto` has looked for already.
        is_meant = options.writer in {AUTO, name} and not options.script
        if is_meant and provider_of(name).key:
            yield Probe("writers", name, partial(_service, name, options, settings), _DOCTOR)
    for name in SOURCES:
        if name in silent:
            yield Probe("footage", name, _silent, asking(silent[name]))
        elif name in chain.by_name:
            yield Probe("footage", name, lambda: "is asked", "")
        elif {AUTO, name} & set(options.footage):
            asked = ("videogen", "run", "--topic", options.topic, "--footage", f"{AUTO},{name}")
            yield Probe("footage", name, partial(_source, name, options, settings), line(*asked))


def _writable(settings: Settings) -> str:
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    if settings.database_url.startswith("sqlite:///") and not os.access(path, os.W_OK):
        command = opening_up(str(path))
        raise DatabaseError("It can't be written", where=str(path), command=command)
    return str(path) if settings.database_url.startswith("sqlite:///") else "a server's"


def free_space(folder: Path, needed: float) -> str:
    """Return how much of a disk's free bytes is needed.

    Raises:
        VideogenError: there are fewer.
    """
    there = nearest(folder)
    free = shutil.disk_usage(there).free
    told = f"{needed / 1e6:.0f} MB of {free / 1e9:.1f} GB free"
    if free < needed:
        raise VideogenError(told, where=str(there), command=FREEING)
    return told


def _encoder(options: RunOptions) -> str:
    encoder = usable_encoder(options.encoder, options.quality, options.cut)
    if fault := trial(encoder, options.cut):
        raise VideogenError(fault)
    return f"{encoder.codec} encodes {options.cut.width}x{options.cut.height}"


def _model(options: RunOptions, settings: Settings) -> str:
    if not voice_setup_of(options, settings).is_shipped:
        return "as asked"
    if is_ready(settings.cache_folder):
        return "in the cache"
    return "made on first use" if is_shipped() else "fetched on first use, 92 MB"


def _voice(options: RunOptions, settings: Settings) -> str:
    is_there = options.voice in ready_voices(settings.cache_folder)
    return "there" if is_there else "fetched on first use"


def _service(name: str, options: RunOptions, settings: Settings) -> str:
    try:
        provider_of(name).open(assignment_of(options, settings))
    except WriterUnavailable as exc:
        what = "Not asked: it has no key that can be sent"
        raise VideogenError(what, command=exc.command) from exc
    return "has its key"


def _silent() -> str:
    raise VideogenError("Does not answer now: nothing is reckoned to come from it")


def _source(name: str, options: RunOptions, settings: Settings) -> str:
    try:
        open_source(name, settings, FootageOptions(*options.format.size, options.topic))
    except SourceUnavailable as exc:
        raise VideogenError(f"Left out: {exc.what}", command=exc.command) from exc
    raise VideogenError("Left out: its field is not the topic's")
