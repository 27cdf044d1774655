"""A PostgreSQL server of the tests' own, from the machine's package, on a socket in a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

# Debian keeps the server's programs off the PATH, a folder a version.
_DEBIAN = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """Return the folder of the newest server's programs; None where none is installed."""
    found = [str(path) for path in _DEBIAN.glob("*/bin/initdb")]
    if newest := max(found, key=lambda path: float(path.split("/")[-3]), default=None):
        return Path(newest).parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def server(folder: Path, binaries: Path, settings: str = "-c fsync=off") -> Iterator[str]:
    """Yield the URL of a server that lives in an empty folder and listens to no network."""
    # The server refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    cluster = folder / "cluster"

    def run(program: str, *arguments: str) -> None:
        command = [str(binaries / program), "--pgdata", str(cluster), *arguments]
        subprocess.run(command, user=user, check=True, stdout=subprocess.DEVNULL)

    run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' {settings}"
    run("pg_ctl", "start", "--wait", f"--options={options}", f"--log={folder / 'log'}")
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        run("pg_ctl", "stop", "--wait", "--mode=immediate")


def execute(url: str, sql: str) -> None:
    """Run statements on the server, as its owner would."""
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text(sql.replace(":", r"\:")))
