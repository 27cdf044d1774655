"""The web app's database file as its owner described it, with the app's own rows in it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

APP_PROJECT = "3f1c9f0e-6d3a-4a7e-9f0b-0d9a6f1f2a11"

SYSTEM_PROMPTS = """
CREATE TABLE system_prompts (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  prompt TEXT NOT NULL,
  created_at TEXT DEFAULT (datetime('now'))
)"""

PROJECTS = """
CREATE TABLE projects (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  topic TEXT,
  current_step TEXT DEFAULT 'topic' CHECK(current_step IN ('topic', 'voice', 'script-generation', 'voiceover', 'visual-sourcing', 'visual-curation', 'editing', 'export')),
  status TEXT DEFAULT 'draft',
  config_json TEXT,
  system_prompt_id TEXT,
  voice_id TEXT,
  niche TEXT,
  script_generated BOOLEAN DEFAULT 0,
  voice_selected BOOLEAN DEFAULT 0,
  target_duration INTEGER DEFAULT 2,
  total_duration REAL,
  visuals_generated BOOLEAN DEFAULT 0,
  visuals_provider TEXT,
  visuals_download_progress INTEGER DEFAULT 0,
  video_path TEXT,
  video_total_duration REAL,
  video_file_size INTEGER,
  thumbnail_path TEXT,
  rag_enabled INTEGER DEFAULT 0,
  rag_config TEXT,
  rag_last_sync TEXT,
  created_at TEXT DEFAULT (datetime('now')),
  last_active TEXT DEFAULT (datetime('now')),
  FOREIGN KEY (system_prompt_id) REFERENCES system_prompts(id) ON DELETE SET NULL
)"""

SCENES = """
CREATE TABLE scenes (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL,
  scene_number INTEGER NOT NULL,
  text TEXT NOT NULL,
  sanitized_text TEXT,
  audio_file_path TEXT,
  duration REAL,
  selected_clip_id TEXT,
  visual_keywords TEXT,
  created_at TEXT DEFAULT (datetime('now')),
  updated_at TEXT DEFAULT (datetime('now')),
  FOREIGN KEY (project_id) REFERENCES projects(id) ON DELETE CASCADE,
  UNIQUE(project_id, scene_number)
)"""

SUGGESTIONS_A_SEARCH = """
CREATE TABLE visual_suggestions (
  id TEXT PRIMARY KEY,
  scene_id TEXT NOT NULL,
  query TEXT NOT NULL,
  source TEXT NOT NULL,
  suggestions_json TEXT NOT NULL,
  created_at TEXT DEFAULT (datetime('now')),
  FOREIGN KEY (scene_id) REFERENCES scenes(id) ON DELETE CASCADE
)"""

SUGGESTIONS_A_CLIP = """
CREATE TABLE visual_suggestions (
  id TEXT PRIMARY KEY,
  scene_id TEXT NOT NULL,
  video_id TEXT NOT NULL,
  title TEXT NOT NULL,
  thumbnail_url TEXT,
  channel_title TEXT,
  embed_url TEXT NOT NULL,
  rank INTEGER NOT NULL,
  duration INTEGER,
  default_segment_path TEXT,
  download_status TEXT DEFAULT 'pending' CHECK(download_status IN ('pending', 'queued', 'downloading', 'complete', 'error')),
  cv_score REAL,
  provider TEXT,
  source_url TEXT,
  created_at TEXT DEFAULT (datetime('now')),
  FOREIGN KEY (scene_id) REFERENCES scenes(id) ON DELETE CASCADE,
  UNIQUE(scene_id, video_id)
)"""

ASSEMBLY_JOBS = """
CREATE TABLE assembly_jobs (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending' CHECK(status IN ('pending', 'processing', 'complete', 'error')),
  progress INTEGER DEFAULT 0 CHECK(progress BETWEEN 0 AND 100),
  current_stage TEXT CHECK(current_stage IN ('initializing', 'downloading', 'trimming', 'concatenating', 'audio_overlay', 'thumbnail', 'finalizing')),
  current_scene INTEGER,
  total_scenes INTEGER NOT NULL,
  error_message TEXT,
  started_at TEXT,
  completed_at TEXT,
  created_at TEXT DEFAULT (datetime('now')),
  FOREIGN KEY (project_id) REFERENCES projects(id) ON DELETE CASCADE
)"""

THE_APPS_OWN = """
CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, executed_at TEXT);
CREATE TABLE messages (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK(role IN ('user', 'assistant')),
  content TEXT NOT NULL COLLATE NOCASE
);
CREATE INDEX idx_messages_project ON messages(project_id);
CREATE INDEX idx_projects_last_active ON projects(last_active DESC);
CREATE INDEX idx_scenes_project ON scenes(project_id);
CREATE TRIGGER messages_touch AFTER INSERT ON messages BEGIN
  UPDATE projects SET last_active = datetime('now') WHERE id = NEW.project_id;
END;
PRAGMA user_version = 17;
"""

THE_APPS_ROWS = f"""
INSERT INTO migrations VALUES (17, 'rag', '2026-01-02 03:04:05');
INSERT INTO system_prompts VALUES ('default', 'Documentary', 'You write.', '2026-01-02 03:04:05');
INSERT INTO projects (id, name, topic, current_step, system_prompt_id, config_json, created_at, last_active)
VALUES ('{APP_PROJECT}', 'Cats', 'Cats', 'voiceover', 'default', '{{"theme": "dark"}}',
        '2026-01-28T10:07:39.000Z', '2026-01-28T10:07:39.000Z');
INSERT INTO scenes (id, project_id, scene_number, text, created_at, updated_at)
VALUES ('scene-of-the-app', '{APP_PROJECT}', 1, 'Cats purr.', '2026-01-28', '2026-01-28');
INSERT INTO messages VALUES ('m1', '{APP_PROJECT}', 'user', 'Make it about cats.');
"""

PLAIN = (SYSTEM_PROMPTS, PROJECTS, SCENES, SUGGESTIONS_A_SEARCH)
RICH = (SYSTEM_PROMPTS, PROJECTS, SCENES, SUGGESTIONS_A_CLIP, ASSEMBLY_JOBS)


def make(
    path: Path,
    tables: tuple[str, ...] = PLAIN,
    *,
    change: Callable[[str], str] = str,
    extra: str = THE_APPS_OWN + THE_APPS_ROWS,
) -> str:
    """Make the app's file with `change` applied to each table's SQL; return its URL."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in tables:
            connection.executescript(change(statement))
        connection.executescript(extra)
    return url_of(path)


def url_of(path: Path) -> str:
    """Return the SQLAlchemy URL of a file."""
    return f"sqlite:///{path.as_posix()}"


def query(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Return the rows of a query, as the app would see them."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, values).fetchall()


def execute(path: Path, sql: str) -> None:
    """Run a script on a file, as the app's owner would."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql)


def row(path: Path, table: str, where: str = "1") -> dict[str, object]:
    """Return the only row of a table that matches."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        (found,) = connection.execute(f"SELECT * FROM {table} WHERE {where}").fetchall()
        return dict(found)


def dump(path: Path) -> list[str]:
    """Return the whole file as SQL, with the settings that a dump leaves out."""
    settings = ("user_version", "application_id", "journal_mode", "encoding", "auto_vacuum")
    with closing(sqlite3.connect(path)) as connection:
        kept = [f"{name}={connection.execute(f'PRAGMA {name}').fetchone()}" for name in settings]
        return [*kept, *connection.iterdump()]


def translated(statement: str) -> str:
    """Return a statement as someone would write it who moves the tables to PostgreSQL."""
    statement = statement.replace("(datetime('now'))", "(now()::text)")
    statement = re.sub(r"BOOLEAN DEFAULT 0", "BOOLEAN DEFAULT false", statement)
    return statement.replace(" REAL", " DOUBLE PRECISION")
