"""Runs the migrations on a file of videogen's own; the app's file is never touched."""

from __future__ import annotations

from alembic import context
from alembic.util import CommandError
from sqlalchemy import Connection, inspect

from videogen import settings
from videogen.db.engine import open_engine
from videogen.db.models import PROJECTS
from videogen.errors import VideogenError


def main() -> None:
    """Run what was asked for, all of it in one transaction."""
    try:
        engine, name = open_engine(database_url(), "rw")
    except VideogenError as exc:
        raise CommandError(str(exc)) from exc
    with engine.begin() as connection:
        refuse_the_apps(connection, name)
        context.configure(connection=connection)
        context.run_migrations()


def database_url() -> str:
    """Return the database of `-x database=PATH`, else the one that videogen would use."""
    given = context.config.attributes.get("database")
    given = given or context.get_x_argument(as_dictionary=True).get("database")
    root = settings.find_root(None)
    return settings.load(root, given, settings.environment(root)).database_url


def refuse_the_apps(connection: Connection, name: str) -> None:
    """Stop at a file whose tables were not made by these migrations."""
    tables = inspect(connection).get_table_names()
    if PROJECTS.name in tables and "alembic_version" not in tables:
        raise CommandError(
            f"{name} holds the web app's tables, and the app alone changes them. "
            "These migrations are for databases made with: videogen db create PATH"
        )


main()
