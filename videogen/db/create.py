"""A database for use without the web app, made by the migrations."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from videogen.errors import DatabaseError
from videogen.files import atomic_file
from videogen.settings import DATABASE_NAME, checkout

# A wheel has the repository's top-level folder mapped into the package.
MIGRATIONS = (checkout() or Path(__file__).resolve().parents[1]) / "migrations"


def create(path: Path) -> None:
    """Make a database that the app can't take for its own.

    Raises:
        DatabaseError: the file exists, bears the app's name, or can't be made.
    """
    if path.name.casefold() == DATABASE_NAME:
        raise DatabaseError(
            "The web app would take this file for its own",
            where=str(path),
            cure="Give it another name, or start the web app once to get its database.",
        )
    if path.exists():
        raise DatabaseError(
            "The file exists", where=str(path), cure="Use it as it is, or give another path."
        )
    try:
        with atomic_file(path) as partial:
            _upgrade(partial)
    except OSError as exc:
        raise DatabaseError(
            f"The database can't be made: {exc.strerror}",
            where=str(path),
            cure="Choose a folder that can be written.",
        ) from exc


def _upgrade(path: Path) -> None:
    config = Config(attributes={"database": str(path)})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
