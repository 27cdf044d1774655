"""A run, told before it is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from videogen.assembly.sound.tracks import music_tracks
from videogen.db.engine import Database, connect_to_read
from videogen.db.projects import projects
from videogen.doctor.checks import Check, Probe
from videogen.domain.options import RunOptions
from videogen.forecast.pace import kept_pace, tried_pace
from videogen.forecast.work import Forecast, Work, forecast
from videogen.project.asked import cores_of, recordings_of
from videogen.project.kept import state_of
from videogen.project.opening import prepare
from videogen.rehearsal.asking import Asking, asking
from videogen.rehearsal.film import expected_film
from videogen.rehearsal.heard import silent_sources, unpinned, without
from videogen.rehearsal.needs import probes
from videogen.settings import Settings
from videogen.workspace import Workspace, free_name


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would happen, what it needs, and what it would take.

    `sources` come in the order in which they are asked; `needs` say why others are not. Those that are
    `silent` do not answer now, and nothing is reckoned to come from them. `stopped` are
    projects of the same topic that a resume would go on with. `films` is how many of this
    machine's films the forecast rests on; none, and a short trial stands for them.
    """

    topic: str
    work: Work
    is_planned: bool
    writer: str
    reason: str
    voice: str
    recordings: int
    music: int
    sources: tuple[str, ...]
    database: str
    video_path: Path
    stopped: tuple[str, ...]
    cached_bytes: int
    silent: tuple[str, ...]
    needs: tuple[Check, ...]
    forecast: Forecast
    asking: Asking | None
    films: int


def rehearse(options: RunOptions, settings: Settings) -> Rehearsal:
    """Return what a run would do; nothing is written, and only free requests are made.

    The sources stay open until the process ends: closing them tidies their caches.

    Raises:
        VideogenError: a run could not begin.
    """
    database = connect_to_read(settings.database_url)
    providers = prepare(options, settings)
    silent = silent_sources(providers.chain, settings)
    heard = replace(providers, chain=without(providers.chain, silent))
    film = expected_film(unpinned(options, silent), settings, heard, database)
    pace = kept_pace(settings.cache_folder, film.work)
    if not pace.films:
        pace = replace(pace, processor=tried_pace())
    foretold = forecast(film.work, cores_of(options), pace)
    writer, reason = providers.chosen
    return Rehearsal(
        topic=options.topic,
        work=film.work,
        is_planned=film.is_planned,
        writer=writer.name,
        reason=reason,
        voice=options.voice,
        recordings=len(recordings_of(options)),
        music=len(music_tracks(options.music, "")),
        sources=tuple(providers.chain.by_name),
        database=database.name,
        video_path=Workspace(
            settings.root, "ID", free_name(settings.root, options.name)
        ).video_path,
        stopped=_stopped(database, options.topic, settings.root),
        cached_bytes=_cached_bytes(settings.cache_folder / "footage"),
        silent=tuple(silent),
        needs=tuple(map(Probe.check, probes(options, settings, providers.chain, foretold, silent))),
        forecast=foretold,
        asking=asking(writer, film.brief),
        films=pace.films,
    )


def _stopped(database: Database, topic: str, root: Path) -> tuple[str, ...]:
    return tuple(
        one.id
        for one in projects(database).projects
        if one.topic == topic and state_of(one, root) == "stopped"
    )


def _cached_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
