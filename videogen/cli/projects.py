"""`videogen list` and `videogen show`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click

from videogen.cli.options import Surroundings, database_option, json_option, root_option
from videogen.cli.output import echo

_UNITS = (("days", 86_400), ("h", 3600), ("min", 60), ("s", 1))


@click.command("list", epilog="Example: videogen list --json")
@root_option
@database_option
@json_option
def list_projects(surroundings: Surroundings, database: str | None, as_json: bool) -> None:
    """List the projects, the last active first."""
    from videogen.db.engine import connect_to_read
    from videogen.db.projects import projects
    from videogen.project.kept import state_of

    found = projects(connect_to_read(surroundings.settings(database).database_url))
    states = {one.id: state_of(one, surroundings.root) for one in found.projects}
    if as_json:
        listed = [{**asdict(one), "state": states[one.id]} for one in found.projects]
        echo(json.dumps({"projects": listed}, ensure_ascii=False, indent=1))
        return
    now = datetime.now(UTC)
    for project in found.projects:
        length = f"{project.duration:.0f} s" if project.duration else "-"
        age = _age(project.last_active, now)
        echo(
            f"{project.id}  {states[project.id]:<8} {project.step:<17} {age:>8} {length:>7}"
            f"  {project.name}"
        )


def _age(stored: str, now: datetime) -> str:
    """Return how long ago something was, in the largest unit that fits; the app has two forms."""
    try:
        then = datetime.fromisoformat(stored)
    except ValueError:
        return "-"
    seconds = (now - then.replace(tzinfo=then.tzinfo or UTC)).total_seconds()
    unit, length = next(one for one in _UNITS if seconds >= one[1] or one[1] == 1)
    return f"{max(0, int(seconds // length))} {unit}"


@click.command(epilog="Example: videogen show 5f0c2a9e-6d0b-4c57-9a63-0f6f5b1c8d2e")
@root_option
@database_option
@click.argument("project_id")
@json_option
def show(surroundings: Surroundings, database: str | None, project_id: str, as_json: bool) -> None:
    """Show one project with its scenes, timings, clips, credits and files."""
    from videogen.db.engine import connect_to_read
    from videogen.db.projects import project
    from videogen.serialization import encode

    found = project(connect_to_read(surroundings.settings(database).database_url), project_id)
    if as_json:
        echo(encode(found))
        return
    summary = found.summary
    echo(f"{summary.name}\n{summary.step}, {summary.status}, voice {found.voice or '-'}")
    echo(f"video {summary.video_path or '-'}\nthumbnail {found.thumbnail_path or '-'}")
    for scene in found.scenes:
        length = f"{scene.duration:.1f} s" if scene.duration else "-"
        echo(f"\n{scene.number}. {length}  {scene.audio_path or '-'}\n   {scene.text}")
        for clip in scene.clips:
            credit = ", ".join(
                filter(None, (clip.candidate.credit, clip.candidate.license, clip.candidate.url))
            )
            echo(f"   {clip.candidate.source}: {clip.candidate.title} ({credit})")
