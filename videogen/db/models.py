"""The app's tables as videogen expects them; these models never create or alter one.

They are the declared side of the schema check, so nothing here is read from a live file. Statements
are built on their tables and name only the columns that the live file has. A column that the app
renames keeps its key, by which everything else here knows it.
"""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    Boolean,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NOW = text("(datetime('now'))")
ZERO = text("0")


class Base(DeclarativeBase):
    """The tables as the app's owner verified them."""


class ClipBase(DeclarativeBase):
    """The richer `visual_suggestions` that newer copies of the app have."""


class SystemPrompt(Base):
    """The app's prompts; videogen only refers to the table."""

    __tablename__ = "system_prompts"

    id: Mapped[str] = mapped_column(Text, primary_key=True, nullable=True)


class Project(Base):
    """One video, from its topic to its finished file."""

    __tablename__ = "projects"
    __table_args__ = (
        CheckConstraint(
            "current_step IN ('topic', 'voice', 'script-generation', 'voiceover',"
            " 'visual-sourcing', 'visual-curation', 'editing', 'export')"
        ),
        ForeignKeyConstraint(["system_prompt_id"], ["system_prompts.id"], ondelete="SET NULL"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True, nullable=True)
    name: Mapped[str] = mapped_column(Text)
    topic: Mapped[str | None] = mapped_column(Text)
    current_step: Mapped[str | None] = mapped_column(Text, server_default="topic")
    status: Mapped[str | None] = mapped_column(Text, server_default="draft")
    config_json: Mapped[str | None] = mapped_column(Text)
    system_prompt_id: Mapped[str | None] = mapped_column(Text)
    voice_id: Mapped[str | None] = mapped_column(Text)
    niche: Mapped[str | None] = mapped_column(Text)
    script_generated: Mapped[bool | None] = mapped_column(Boolean, server_default=ZERO)
    voice_selected: Mapped[bool | None] = mapped_column(Boolean, server_default=ZERO)
    target_duration: Mapped[int | None] = mapped_column(Integer, server_default=text("2"))
    total_duration: Mapped[float | None] = mapped_column(REAL)
    visuals_generated: Mapped[bool | None] = mapped_column(Boolean, server_default=ZERO)
    visuals_provider: Mapped[str | None] = mapped_column(Text)
    visuals_download_progress: Mapped[int | None] = mapped_column(Integer, server_default=ZERO)
    video_path: Mapped[str | None] = mapped_column(Text)
    video_total_duration: Mapped[float | None] = mapped_column(REAL)
    video_file_size: Mapped[int | None] = mapped_column(Integer)
    thumbnail_path: Mapped[str | None] = mapped_column(Text)
    rag_enabled: Mapped[int | None] = mapped_column(Integer, server_default=ZERO)
    rag_config: Mapped[str | None] = mapped_column(Text)
    rag_last_sync: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[str | None] = mapped_column(Text, server_default=NOW)
    last_active: Mapped[str | None] = mapped_column(Text, server_default=NOW)


class SceneRow(Base):
    """One paragraph of a project's narration; numbers count from 1."""

    __tablename__ = "scenes"
    __table_args__ = (
        ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),
        UniqueConstraint("project_id", "scene_number"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True, nullable=True)
    project_id: Mapped[str] = mapped_column(Text)
    scene_number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    sanitized_text: Mapped[str | None] = mapped_column(Text)
    audio_path: Mapped[str | None] = mapped_column("audio_file_path", Text, key="audio_path")
    duration: Mapped[float | None] = mapped_column(REAL)
    selected_clip_id: Mapped[str | None] = mapped_column(Text)
    visual_keywords: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[str | None] = mapped_column(Text, server_default=NOW)
    updated_at: Mapped[str | None] = mapped_column(Text, server_default=NOW)


class SearchSuggestion(Base):
    """What one search for a scene found, as a JSON array."""

    __tablename__ = "visual_suggestions"
    __table_args__ = (ForeignKeyConstraint(["scene_id"], ["scenes.id"], ondelete="CASCADE"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True, nullable=True)
    scene_id: Mapped[str] = mapped_column(Text)
    query: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    suggestions_json: Mapped[str] = mapped_column(Text)
    created_at: Mapped[str | None] = mapped_column(Text, server_default=NOW)


class ClipSuggestion(ClipBase):
    """One clip suggested for a scene; durations are whole seconds."""

    __tablename__ = "visual_suggestions"
    __table_args__ = (
        CheckConstraint(
            "download_status IN ('pending', 'queued', 'downloading', 'complete', 'error')"
        ),
        UniqueConstraint("scene_id", "video_id"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True, nullable=True)
    scene_id: Mapped[str] = mapped_column(ForeignKey(SceneRow.id, ondelete="CASCADE"))
    video_id: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    thumbnail_url: Mapped[str | None] = mapped_column(Text)
    channel_title: Mapped[str | None] = mapped_column(Text)
    embed_url: Mapped[str] = mapped_column(Text)
    rank: Mapped[int] = mapped_column(Integer)
    duration: Mapped[int | None] = mapped_column(Integer)
    default_segment_path: Mapped[str | None] = mapped_column(Text)
    download_status: Mapped[str | None] = mapped_column(Text, server_default="pending")
    cv_score: Mapped[float | None] = mapped_column(REAL)
    provider: Mapped[str | None] = mapped_column(Text)
    source_url: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[str | None] = mapped_column(Text, server_default=NOW)


class AssemblyJob(Base):
    """One try at cutting a project's video; the app shows its newest."""

    __tablename__ = "assembly_jobs"

    id: Mapped[str] = mapped_column(Text, primary_key=True, nullable=True)
    project_id: Mapped[str] = mapped_column(Text)
    status: Mapped[str | None] = mapped_column(Text)
    progress: Mapped[int | None] = mapped_column(Integer)
    current_stage: Mapped[str | None] = mapped_column(Text)
    current_scene: Mapped[int | None] = mapped_column(Integer)
    total_scenes: Mapped[int] = mapped_column(Integer)
    error_message: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[str | None] = mapped_column(Text)
    completed_at: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[str | None] = mapped_column(Text)


SYSTEM_PROMPTS = Base.metadata.tables["system_prompts"]
PROJECTS = Base.metadata.tables["projects"]
SCENES = Base.metadata.tables["scenes"]
SEARCHES = Base.metadata.tables["visual_suggestions"]
CLIPS = ClipBase.metadata.tables["visual_suggestions"]
JOBS = Base.metadata.tables["assembly_jobs"]
