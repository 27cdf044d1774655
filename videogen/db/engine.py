"""The way into the database: engines that hold no connection, and the unit of work."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, false, make_url, update
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

from videogen.db.cures import another_address, checking, making
from videogen.db.models import PROJECTS
from videogen.db.refusals import CURES, translated
from videogen.db.rules import compare
from videogen.db.schema.reflection import read_schema
from videogen.db.shapes import Schema
from videogen.errors import DatabaseError, DriftError

# The app's server writes in one thread; under its constant writes a wait this long is never used up.
BUSY_SECONDS = 10.0
_FIRST_PAUSE_SECONDS = 0.0003
_LONGEST_PAUSE_SECONDS = 0.01
# A file is locked as a whole: the app, which sleeps while it waits, has to find it free.
FILE_REST = 3


@dataclass(frozen=True, slots=True)
class Database:
    """A database that a run can use, with the shape its tables had when it was opened.

    `name` is for messages: a file, or an address without its password. `rest` is how many times as
    long as a write took it is to be left alone afterwards.
    """

    name: str
    rest: int
    writers: sessionmaker[Session]
    readers: sessionmaker[Session]
    schema: Schema


def connect(url: str) -> Database:
    """Open a database for a run, having shown that it can be read, locked and written.

    Raises:
        DatabaseError: the file is missing, unreadable, read-only, locked or no database, or the
            server can't be reached.
        DriftError: the schema has drifted so far that no run can be recorded.
    """
    engine, name = open_engine(url, "rw")
    writers = sessionmaker(engine.execution_options(begin="BEGIN IMMEDIATE"))
    with translated(name), writers() as session:
        schema = read_schema(session.connection())
        _require(schema, name)
        # Changes no row, but SQLite tells only at a write that a file is read-only.
        session.execute(update(PROJECTS).where(false()).values(id=PROJECTS.c.id))
    rest = FILE_REST if engine.dialect.name == "sqlite" else 0
    return Database(name, rest, writers, sessionmaker(engine), schema)


def connect_to_read(url: str) -> Database:
    """Open a database that is only looked at: no lock is taken, and a write is refused.

    Raises:
        DatabaseError: the file is missing, unreadable or no database, or the server can't be reached.
        DriftError: the schema has drifted so far that no run can have been recorded.
    """
    engine, name = open_engine(url, "ro")
    with translated(name), engine.connect() as connection:
        schema = read_schema(connection)
    _require(schema, name)
    return Database(name, 0, sessionmaker(engine), sessionmaker(engine), schema)


@contextmanager
def unit_of_work(database: Database) -> Iterator[Session]:
    """Yield a session that commits at the end, rolls back on any error, and gives back its connection.

    Raises:
        DatabaseError: a statement or the commit failed; its cause is SQLAlchemy's own error.
    """
    with translated(database.name), database.writers.begin() as session:
        yield session


@contextmanager
def reading(database: Database) -> Iterator[Session]:
    """Yield a session for reading, which takes no write lock.

    Raises:
        DatabaseError: the database could not be read.
    """
    with translated(database.name), database.readers() as session:
        yield session


def open_engine(url: str, mode: str) -> tuple[Engine, str]:
    """Return an engine that keeps no connection open, and the database's name for messages.

    `mode` is SQLite's own: `rw` or `ro`; neither makes a file.

    Raises:
        DatabaseError: the address can't be used, or its file is not there.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return create_engine(_patient(parsed), poolclass=NullPool), parsed.render_as_string()
        path = _file(parsed)
        _roll_back(path)
        engine = create_engine(_sqlite_address(parsed, path, mode), poolclass=NullPool)
    except (ArgumentError, ModuleNotFoundError) as exc:
        raise DatabaseError(
            f"The database's address can't be used: {exc}",
            cure="Give --database a path, or an SQLAlchemy URL whose driver is installed",
            command=another_address(exc),
        ) from exc
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine, str(path)


def _require(schema: Schema, name: str) -> None:
    if broken := [finding for finding in compare(schema) if finding.severity == "breaks"]:
        raise DriftError(
            "; ".join(f"{finding.where}: {finding.what}" for finding in broken),
            where=name,
            cure=f"{CURES}; to see more",
            command=checking(name),
        )


def _patient(url: URL) -> URL:
    """Return a server's address with the wait for a lock bounded, where its driver can be told."""
    if not url.drivername.startswith("postgresql+psycopg"):
        return url
    given = str(url.query.get("options", ""))
    wait = f"-c lock_timeout={round(BUSY_SECONDS * 1000)}"
    return url.update_query_dict({"options": f"{wait} {given}".strip()})


def _file(url: URL) -> Path:
    path = Path(url.database or "").absolute()
    if not path.is_file():
        raise DatabaseError(
            "There is no database", where=str(path), cure=CURES, command=making(str(path))
        )
    return path


def _roll_back(path: Path) -> None:
    """Take back what a killed program left half written, which one who only reads may not.

    https://www.sqlite.org/lockingv3.html#hot_journals; what can't be taken back is told by the reader.
    """
    journal = Path(f"{path}-journal")
    with suppress(OSError, sqlite3.Error):
        if journal.stat().st_size:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _sqlite_address(url: URL, path: Path, mode: str) -> URL:
    wait = max(BUSY_SECONDS, float(str(url.query.get("timeout", 0))))
    options = {"uri": "true", "mode": mode, "timeout": str(wait)}
    if mode == "ro" and _is_wal_at_rest(path):
        options["immutable"] = "1"
    return url.set(database=path.as_uri()).update_query_dict(options)


def _is_wal_at_rest(path: Path) -> bool:
    """Tell a WAL file that no program has open: a reader would leave a log and an index beside it.

    Bytes 18 and 19 of the header are 2 in WAL mode: https://www.sqlite.org/fileformat.html
    """
    try:
        with path.open("rb") as file:
            header = file.read(20)
    except OSError:
        return False
    return header[18:] == b"\x02\x02" and not Path(f"{path}-wal").exists()


def _on_connect(connection: Any, _record: object) -> None:
    # SQLAlchemy's cure for pysqlite's savepoints: the driver begins nothing, we do.
    # https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON").close()


def _on_begin(connection: Connection) -> None:
    begin = connection.get_execution_options().get("begin", "BEGIN")
    if begin == "BEGIN":
        connection.exec_driver_sql(begin)
        return
    # SQLite's own wait backs off to a tenth of a second, and a busy app takes the lock between.
    wait = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    deadline = time.monotonic() + wait / 1000
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    pause = _FIRST_PAUSE_SECONDS
    while not _locked(connection, begin, deadline):
        time.sleep(pause)
        pause = min(1.001 * pause, _LONGEST_PAUSE_SECONDS)
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {wait}")


def _locked(connection: Connection, begin: str, deadline: float) -> bool:
    try:
        connection.exec_driver_sql(begin)
    except OperationalError as exc:
        # The low byte is the error, the others are its kind.
        code = getattr(exc.orig, "sqlite_errorcode", 0) & 0xFF
        if code != sqlite3.SQLITE_BUSY or time.monotonic() >= deadline:
            raise
        return False
    return True
