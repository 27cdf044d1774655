"""The finding and severity that a person would give to each single change of the schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from fakes import app_database, run_facts

from videogen.db.drift import check
from videogen.db.engine import connect
from videogen.db.ledger import Ledger
from videogen.errors import DriftError

PLAIN, RICH = app_database.PLAIN, app_database.RICH
STEPS = (
    "'topic', 'voice', 'script-generation', 'voiceover', 'visual-sourcing', 'visual-curation',"
    " 'editing', 'export'"
)
SCENE_KEY = "  FOREIGN KEY (project_id) REFERENCES projects(id) ON DELETE CASCADE,\n"


@dataclass(frozen=True)
class Mutation:
    """One change to one table: `old` becomes `new`, or `sql` is run on the finished file."""

    name: str
    table: str
    old: str
    new: str
    findings: tuple[tuple[str, str], ...]
    tables: tuple[str, ...] = PLAIN
    sql: str = ""

    def apply(self, statement: str) -> str:
        """Change the statement that makes the table."""
        if not re.search(rf"TABLE {self.table} \(", statement) or self.sql:
            return statement
        assert self.old in statement
        return statement.replace(self.old, self.new, 1)


def change(
    name: str,
    table: str,
    old: str,
    new: str,
    *findings: tuple[str, str],
    tables: tuple[str, ...] = PLAIN,
) -> Mutation:
    return Mutation(name, table, old, new, findings, tables)


def afterwards(
    name: str, sql: str, *findings: tuple[str, str], tables: tuple[str, ...] = PLAIN
) -> Mutation:
    return Mutation(name, "-", "", "", findings, tables, sql)


def breaks(where: str) -> tuple[str, str]:
    return ("breaks", where)


def loses(where: str) -> tuple[str, str]:
    return ("loses", where)


def note(where: str) -> tuple[str, str]:
    return ("note", where)


MUTATIONS = (
    # columns
    change("needed column dropped", "projects", "  video_path TEXT,\n", "", breaks("projects.video_path")),
    change("optional column dropped", "projects", "  visuals_provider TEXT,\n", "", loses("projects.visuals_provider")),
    change("column of the app alone dropped", "projects", "  rag_config TEXT,\n", "", note("projects.rag_config")),
    change("needed column renamed", "scenes", "  text TEXT NOT NULL", "  body TEXT NOT NULL", breaks("scenes.text"), breaks("scenes.body")),
    change("optional column renamed", "scenes", "audio_file_path", "audio_path", loses("scenes.audio_file_path"), note("scenes.audio_path")),
    change("column added", "scenes", "  duration REAL,", "  duration REAL, mood TEXT,", note("scenes.mood")),
    change("column added with NOT NULL and a default", "scenes", "  duration REAL,", "  duration REAL, mood TEXT NOT NULL DEFAULT 'calm',", note("scenes.mood")),
    change("column added with NOT NULL alone", "projects", "  niche TEXT,", "  niche TEXT, owner TEXT NOT NULL,", breaks("projects.owner")),
    change("column added with NOT NULL and NULL as its default", "projects", "  niche TEXT,", "  niche TEXT, owner TEXT NOT NULL DEFAULT NULL,", breaks("projects.owner")),
    change("column made computed", "projects", "  total_duration REAL,", "  total_duration REAL AS (target_duration * 60.0),", loses("projects.total_duration")),
    change("columns in another order", "projects", "  video_path TEXT,\n  video_total_duration REAL,", "  video_total_duration REAL,\n  video_path TEXT,", note("projects")),
    # types
    change("type of another affinity", "projects", "video_total_duration REAL", "video_total_duration TEXT", loses("projects.video_total_duration")),
    change("type of the same affinity", "projects", "video_path TEXT", "video_path VARCHAR(400)"),
    change("boolean as integer", "projects", "voice_selected BOOLEAN", "voice_selected INTEGER", note("projects.voice_selected")),
    change("type of a column of the app alone", "projects", "rag_enabled INTEGER", "rag_enabled TEXT", note("projects.rag_enabled")),
    change("key retyped", "projects", "id TEXT PRIMARY KEY", "id INTEGER PRIMARY KEY AUTOINCREMENT", breaks("projects.id")),
    change("foreign key retyped", "scenes", "project_id TEXT NOT NULL", "project_id INTEGER NOT NULL", breaks("scenes.project_id")),
    # nullability and defaults
    change("NULL forbidden where rows have none yet", "scenes", "duration REAL", "duration REAL NOT NULL", breaks("scenes.duration")),
    change("NULL forbidden where rows always have a value", "projects", "topic TEXT,", "topic TEXT NOT NULL,", note("projects.topic")),
    change("NULL forbidden where there is a default", "projects", "status TEXT DEFAULT 'draft'", "status TEXT NOT NULL DEFAULT 'draft'", note("projects.status")),
    change("NULL allowed", "projects", "name TEXT NOT NULL", "name TEXT", note("projects.name")),
    change("default changed", "projects", "target_duration INTEGER DEFAULT 2", "target_duration INTEGER DEFAULT 5", note("projects.target_duration")),
    change("default dropped", "projects", "status TEXT DEFAULT 'draft'", "status TEXT", note("projects.status")),
    change("default written another way", "projects", "last_active TEXT DEFAULT (datetime('now'))", "last_active TEXT DEFAULT CURRENT_TIMESTAMP"),
    change("default in brackets", "projects", "DEFAULT 'draft'", "DEFAULT (('draft'))"),
    # keys and uniques
    change("primary key dropped", "scenes", "id TEXT PRIMARY KEY", "id TEXT", breaks("scenes.id")),
    change("primary key written as a unique", "scenes", "id TEXT PRIMARY KEY", "id TEXT NOT NULL UNIQUE", note("scenes.id")),
    change("primary key moved", "scenes", "id TEXT PRIMARY KEY,", "id TEXT, sort_key TEXT PRIMARY KEY,", breaks("scenes.id"), note("scenes.sort_key")),
    change("unique dropped", "scenes", ",\n  UNIQUE(project_id, scene_number)", "", breaks("scenes (project_id, scene_number)")),
    change("unique named", "scenes", "  UNIQUE(project", "  CONSTRAINT one_number UNIQUE(project"),
    change("unique tightened", "scenes", "UNIQUE(project_id, scene_number)", "UNIQUE(project_id)", breaks("scenes (project_id, scene_number)"), breaks("scenes (project_id)")),
    change("unique added that topics meet twice", "projects", "topic TEXT", "topic TEXT UNIQUE", loses("projects (topic)")),
    change("unique of clips dropped", "visual_suggestions", ",\n  UNIQUE(scene_id, video_id)", "", note("visual_suggestions (scene_id, video_id)"), tables=RICH),
    # foreign keys
    change("cascade dropped", "scenes", " ON DELETE CASCADE", "", breaks("scenes.project_id")),
    change("cascade changed", "visual_suggestions", "ON DELETE CASCADE", "ON DELETE SET NULL", breaks("visual_suggestions.scene_id")),
    change("foreign key dropped", "scenes", SCENE_KEY, "", breaks("scenes.project_id")),
    change("foreign key written inline", "scenes", "project_id TEXT NOT NULL", "project_id TEXT NOT NULL REFERENCES projects ON DELETE CASCADE"),
    change("foreign key of the app alone dropped", "projects", ",\n  FOREIGN KEY (system_prompt_id) REFERENCES system_prompts(id) ON DELETE SET NULL", "", note("projects.system_prompt_id")),
    change("foreign key added", "projects", "voice_id TEXT", "voice_id TEXT REFERENCES system_prompts(id)", loses("projects.voice_id")),
    change("foreign key to nothing", "projects", "niche TEXT", "niche TEXT REFERENCES niches(id)", breaks("projects.niche")),
    # CHECKs
    change("written step forbidden", "projects", ", 'export'", "", breaks("projects.current_step")),
    change("unwritten step forbidden", "projects", "'voice', ", "", note("projects.current_step")),
    change("step added", "projects", "'editing', ", "'editing', 'review', ", note("projects.current_step")),
    change("CHECK dropped", "projects", f" CHECK(current_step IN ({STEPS}))", "", note("projects.current_step")),
    change("CHECK written another way", "projects", f"CHECK(current_step IN ({STEPS}))", f"CONSTRAINT steps CHECK -- the app's ) own\n ( [current_step] IS NULL OR \"current_step\" IN /* ' */ ({STEPS}) )"),
    change("status checked", "projects", "DEFAULT 'draft'", "DEFAULT 'draft' CHECK (status IN ('draft', 'active', 'error'))", note("projects.status")),
    change("written status forbidden", "projects", "DEFAULT 'draft'", "DEFAULT 'draft' CHECK (status <> 'error')", breaks("projects.status")),
    change("CHECK on something else", "projects", "name TEXT NOT NULL", "name TEXT NOT NULL CHECK (length(name) < 500)", note("projects")),
    change("written download status forbidden", "visual_suggestions", "'complete'", "'completed'", loses("visual_suggestions.download_status"), note("visual_suggestions.download_status"), tables=RICH),
    change("written job status forbidden", "assembly_jobs", "'processing'", "'running'", loses("assembly_jobs.status"), tables=RICH),
    change("scene number bounded", "scenes", "scene_number INTEGER NOT NULL", "scene_number INTEGER NOT NULL CHECK (scene_number < 10)", breaks("scenes.scene_number")),
    # tables
    afterwards("table dropped", "DROP TABLE visual_suggestions", breaks("visual_suggestions")),
    afterwards("table renamed", "PRAGMA legacy_alter_table = ON; ALTER TABLE scenes RENAME TO scene", breaks("scenes")),
    afterwards("view in place of a table", "ALTER TABLE visual_suggestions RENAME TO kept; CREATE VIEW visual_suggestions AS SELECT * FROM kept", breaks("visual_suggestions")),
    afterwards("table that is referred to dropped", "DROP TABLE system_prompts", breaks("projects.system_prompt_id")),
    afterwards("table of the app's own added", "CREATE TABLE stickers (id TEXT NOT NULL)"),
    afterwards("index added", "CREATE INDEX by_status ON projects(status)", note("projects")),
    afterwards("unique index for some rows added", "CREATE UNIQUE INDEX one_draft ON projects(status) WHERE status = 'draft'", loses("projects (status)")),
    change("table without row ids", "scenes", "scene_number)\n)", "scene_number)\n) WITHOUT ROWID", note("scenes")),
    change("texts compared without case", "projects", "status TEXT", "status TEXT COLLATE NOCASE", note("projects.status")),
    change("needed column of the jobs dropped", "assembly_jobs", "  total_scenes INTEGER NOT NULL,\n", "", loses("assembly_jobs.total_scenes"), tables=RICH),
    change("optional column of the jobs dropped", "assembly_jobs", "  error_message TEXT,\n", "", loses("assembly_jobs.error_message"), tables=RICH),
)  # fmt: skip


@pytest.fixture(params=MUTATIONS, ids=lambda mutation: mutation.name)
def mutation(request: pytest.FixtureRequest) -> Mutation:
    found: Mutation = request.param
    return found


@pytest.fixture
def url(mutation: Mutation, tmp_path: Path) -> str:
    return app_database.make(
        tmp_path / "app.db", mutation.tables, change=mutation.apply, extra=mutation.sql
    )


def test_one_change_gives_the_finding_that_a_person_would_give_and_no_other(
    mutation: Mutation, url: str
) -> None:
    found = [(finding.severity, finding.where) for finding in check(url)]

    assert sorted(found) == sorted(mutation.findings)


def test_a_run_is_stopped_by_what_breaks_it_and_by_nothing_else(
    mutation: Mutation, url: str, tmp_path: Path
) -> None:
    severities = {severity for severity, _ in mutation.findings}
    if "breaks" in severities:
        with pytest.raises(DriftError):
            connect(url)
        return

    ledger = Ledger(connect(url), "p", tmp_path / "lost.json", Path())
    for fact in run_facts.WHOLE_RUN:
        ledger.record(fact)

    step = app_database.row(tmp_path / "app.db", "projects")["current_step"]
    if "loses" not in severities:
        assert ledger.warnings == []
    assert step == "export"


@pytest.mark.parametrize("tables", [PLAIN, RICH, RICH[:-1]], ids=["plain", "rich", "no jobs"])
def test_neither_known_shape_gives_a_finding(tmp_path: Path, tables: tuple[str, ...]) -> None:
    assert check(app_database.make(tmp_path / "app.db", tables, extra="")) == ()


def test_the_apps_own_tables_triggers_and_rows_give_no_finding(tmp_path: Path) -> None:
    extra = re.sub(r"CREATE INDEX idx_(projects|scenes).*", "", app_database.THE_APPS_OWN)
    url = app_database.make(tmp_path / "app.db", RICH, extra=extra + app_database.THE_APPS_ROWS)

    assert check(url) == ()
