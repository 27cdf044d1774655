"""Runs the migrations on a file of videogen's own; the app's file is never touched."""

from __future__ import annotations

from alembic import context
from alembic.util import CommandError
from sqlalchemy import Connection, inspect

from videogen import settings
from videogen.db.engine import open_engine
from videogen.db.models import PROJECTS
from videogen.db.rules import compare
from videogen.db.schema.reflection import read_schema
from videogen.environment import environment
from videogen.errors import VideogenError


def main() -> None:
    """Check, or run the migrations in one transaction."""
    url = database_url()
    try:
        reader, name = open_engine(url, "ro")
        writer, _ = open_engine(url, "rw")
    except VideogenError as exc:
        raise CommandError(str(exc)) from exc
    with reader.connect() as connection:
        context.configure(connection=connection)
        if "revision_context" in context.get_context().opts:
            # alembic check; its own comparison is blind to much of what rows rely on.
            refuse_differences(connection, name)
            return
        refuse_the_apps(connection, name)
    with writer.begin() as connection:
        context.configure(connection=connection)
        context.run_migrations()


def database_url() -> str:
    """Return the database of `-x database=PATH`, else the one that videogen would use."""
    given = context.config.attributes.get("database")
    given = given or context.get_x_argument(as_dictionary=True).get("database")
    root = settings.find_root(None)
    return settings.load(root, given, environment(root).variables).database_url


def refuse_differences(connection: Connection, name: str) -> None:
    """Stop with what `videogen check` would find, if anything."""
    if found := compare(read_schema(connection)):
        told = "\n".join(f"{finding.severity} {finding.where}: {finding.what}" for finding in found)
        raise CommandError(f"{name} differs from what videogen expects\n{told}")


def refuse_the_apps(connection: Connection, name: str) -> None:
    """Stop at a file whose tables were not made by these migrations."""
    tables = inspect(connection).get_table_names()
    if PROJECTS.name in tables and "alembic_version" not in tables:
        raise CommandError(
            f"{name} holds the web app's tables, and the app alone changes them. "
            "These migrations are for databases made with: videogen db create PATH"
        )


main()
