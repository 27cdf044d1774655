"""What a run writes: found by recording a sample of every fact into tables made of the models.

So a check asks of a database what the writers of facts really do, and nobody tells it twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from sqlalchemy import ColumnElement, Table, create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from videogen.db import facts
from videogen.db.models import CLIPS, JOBS, PROJECTS, SCENES, SEARCHES, SYSTEM_PROMPTS
from videogen.db.records import write
from videogen.db.requirements import expected_tables, has_jobs, minutes_of
from videogen.db.rows import ProjectRows
from videogen.db.shapes import Column, Schema, TableShape, Value
from videogen.domain.footage import Candidate, Card, Clip, PlannedScene, SourcedScene, Suggestion
from videogen.domain.script import SECONDS_PER_SCENE, Scene, Script
from videogen.domain.speech import PacedScene, Utterance, VoicedScene
from videogen.domain.video import LONGEST_SECONDS, SHORTEST_SECONDS

# Columns whose values the writers choose, where a CHECK of the app's may list or bound them.
CHOSEN: Mapping[str, frozenset[str]] = {
    PROJECTS.name: frozenset(
        {"current_step", "status", "target_duration", "visuals_download_progress"}
    ),
    SCENES.name: frozenset({"scene_number"}),
    CLIPS.name: frozenset({"download_status", "rank"}),
    JOBS.name: frozenset({"status", "progress", "current_stage", "total_scenes"}),
}
_PROJECT = "sample"


@dataclass(frozen=True, slots=True)
class Written:
    """The columns that are written in each table: all, and those that every new row has.

    `values` are those of CHOSEN, by the tables' names.
    """

    columns: Mapping[Table, frozenset[str]]
    given: Mapping[Table, frozenset[str]]
    values: Mapping[str, Mapping[str, tuple[Value, ...]]]

    def unused(self, table: Table) -> frozenset[str]:
        """Return the columns that belong to the app alone."""
        return frozenset(column.name for column in table.columns) - self.columns.get(
            table, frozenset()
        )


@dataclass(frozen=True, slots=True)
class _WatchedRows(ProjectRows):
    rows: defaultdict[Table, list[Mapping[str, object]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    changes: defaultdict[Table, list[Mapping[str, object]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def insert(self, table: Table, *rows: Mapping[str, object]) -> None:
        self.rows[table] += rows
        ProjectRows.insert(self, table, *rows)

    def update(
        self, table: Table, where: ColumnElement[bool], values: Mapping[str, object]
    ) -> None:
        self.changes[table].append(values)
        ProjectRows.update(self, table, where, values)


@cache
def written() -> Written:
    """Return what a run writes, whichever shape the table of suggestions has."""
    watched = [_recorded(shape) for shape in (SEARCHES, CLIPS)]
    columns: defaultdict[Table, frozenset[str]] = defaultdict(frozenset)
    given: dict[Table, frozenset[str]] = {}
    values: defaultdict[str, defaultdict[str, dict[Value, None]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for rows in watched:
        for table, added in rows.rows.items():
            given[table] = frozenset.intersection(*(_filled(table, row) for row in added))
        for table in {*rows.rows, *rows.changes}:
            for row in (*rows.rows[table], *rows.changes[table]):
                columns[table] |= {table.c[key].name for key in row}
                for name in CHOSEN.get(table.name, frozenset()) & row.keys():
                    if isinstance(value := row[name], str | int):
                        values[table.name][name][value] = None
    chosen = {
        table: {name: tuple(seen) for name, seen in by_column.items()}
        for table, by_column in values.items()
    }
    return Written(columns, given, chosen)


def left_out(schema: Schema) -> list[str]:
    """Return the names of the columns, or tables, whose facts a run leaves out."""
    return list(_left_out(schema))


def _left_out(schema: Schema) -> Iterator[str]:
    for table in expected_tables(schema):
        if table is JOBS and not has_jobs(schema):
            yield table.name
            continue
        there = schema[table.name].writable | written().unused(table)
        ours = [column.name for column in table.columns]
        yield from (f"{table.name}.{name}" for name in ours if name not in there)


def _recorded(suggestions: Table) -> _WatchedRows:
    tables = (SYSTEM_PROMPTS, PROJECTS, SCENES, suggestions, JOBS)
    engine = create_engine("sqlite://", poolclass=NullPool)
    with engine.connect() as connection, Session(connection) as session:
        for table in tables:
            table.create(connection)
        schema = {table.name: _shape(table) for table in tables}
        rows = _WatchedRows(session, schema, _PROJECT, Path())
        for minutes in range(minutes_of(SHORTEST_SECONDS), minutes_of(LONGEST_SECONDS) + 1):
            started = facts.ProjectStarted("A topic", 60.0 * minutes)
            write(started, replace(rows, project_id=f"{minutes}"))
        write(started, rows)
        for fact in _sample_facts():
            write(fact, rows)
        return rows


def _filled(table: Table, row: Mapping[str, object]) -> frozenset[str]:
    return frozenset(table.c[key].name for key, value in row.items() if value is not None)


def _shape(table: Table) -> TableShape:
    return TableShape(
        table.name, {one.name: Column(one.name, "", nullable=True) for one in table.columns}
    )


def _sample_facts() -> Iterator[facts.Fact]:
    """Yield every fact there is, with the least and the most that it can hold."""
    most = round(LONGEST_SECONDS / SECONDS_PER_SCENE)
    scenes = (Scene(1, "Words."), Scene(most, "Other words."))
    yield facts.StageStarted("script")
    yield facts.StageStarted("voiceover")
    yield facts.StageStarted("footage")
    yield facts.ScriptWritten(Script("A title", scenes, "file"))
    paced = PacedScene(scenes[0], (), Utterance("af_sky", ()), 1.0, 1.0, 1.0)
    yield facts.SceneSpoken(VoicedScene(paced, Path("a.mp3"), Path("a.flac"), 1.0, ()))
    yield facts.VoiceoverFinished("af_sky", 1.0)
    found = [Candidate("source", f"{n}", "A title", "", "", "") for n in range(50)]
    suggestions = tuple(Suggestion(one, "words", 1.0, 1.0, ()) for one in found)
    planned = PlannedScene(scenes[0], 1.0, "words", (), suggestions, ())
    yield facts.FootagePlanned((planned,))
    for chosen in (found[:2], found[2:4]):
        clips = tuple(Clip(one, Card("A phrase", 1), 0.0, 0.0, 1.0) for one in chosen)
        yield facts.SceneSourced(SourcedScene(planned, clips))
    pictured = facts.ClipPicture(found[0].id, "/a.jpg", ".cache/a.mp4")
    yield facts.ClipsPictured(1, (pictured,))
    for percent in (0, 100):
        yield facts.FootageProgress(percent, "source")
    yield facts.FootageFinished("source")
    for scene_total in (1, most):
        yield facts.AssemblyStarted(scene_total)
    for percent in (0, 100):
        yield facts.RenderProgress(percent, "concatenating", 1)
    yield facts.RunFailed("what happened")
    yield facts.VideoFinished("a.mp4", "a.jpg", 1.0, 1.0, 1, most)
