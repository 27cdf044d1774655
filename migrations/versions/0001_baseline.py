"""The app's tables as its owner verified them, for a database that has no app."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# "vgen": a sign by which a file of ours is told from the app's, which sets none.
APPLICATION_ID = 0x7667656E

TABLES = {
    "system_prompts": """
        CREATE TABLE system_prompts (
            id TEXT PRIMARY KEY
        )""",
    "projects": """
        CREATE TABLE projects (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            topic TEXT,
            current_step TEXT DEFAULT 'topic' CHECK (current_step IN (
                'topic', 'voice', 'script-generation', 'voiceover',
                'visual-sourcing', 'visual-curation', 'editing', 'export'
            )),
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
        )""",
    "scenes": """
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
            UNIQUE (project_id, scene_number)
        )""",
    "visual_suggestions": """
        CREATE TABLE visual_suggestions (
            id TEXT PRIMARY KEY,
            scene_id TEXT NOT NULL,
            query TEXT NOT NULL,
            source TEXT NOT NULL,
            suggestions_json TEXT NOT NULL,
            created_at TEXT DEFAULT (datetime('now')),
            FOREIGN KEY (scene_id) REFERENCES scenes(id) ON DELETE CASCADE
        )""",
}


def upgrade() -> None:
    op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in TABLES.values():
        op.execute(statement)


def downgrade() -> None:
    for name in reversed(TABLES):
        op.execute(f"DROP TABLE {name}")
