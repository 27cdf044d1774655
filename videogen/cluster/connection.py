"""The way to a dask scheduler whose workers can do a run's work."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from videogen.cluster.work import program
from videogen.errors import ClusterError, UsageError

if TYPE_CHECKING:
    from distributed import Client

_CONNECT_SECONDS = 10.0


def check(address: str) -> None:
    """Connect once, so that what is wrong is told before anything is made.

    Raises:
        ClusterError: there is no scheduler or no worker, or one has another videogen.
        UsageError: the extra is not installed.
    """
    with connected(address):
        pass


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """Yield the client of a scheduler that has workers, all with this videogen.

    Raises:
        ClusterError: there is no scheduler or no worker, or one has another videogen.
        UsageError: the extra is not installed.
    """
    connect = _client()
    # What these would log is told by the errors here.
    for name in ("distributed", "distributed.client", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = connect(address, timeout=_CONNECT_SECONDS, set_as_default=False, name="videogen")
    except (OSError, ValueError) as exc:
        raise ClusterError(
            "There is no dask scheduler",
            where=address,
            cure="Start one (dask scheduler), or leave --executor out to work on this machine.",
        ) from exc
    try:
        _check_workers(client, address)
        yield client
    finally:
        with suppress(Exception):
            # Nobody waits for the good-bye of a scheduler that is gone.
            client.close(timeout=1)


def _client() -> type[Client]:
    try:
        from distributed import Client
    except ImportError as exc:
        raise UsageError(
            "Work on a cluster needs dask, which is not installed",
            cure='Install it: pip install "videogen[dask]"',
        ) from exc
    return Client


def _check_workers(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
    except TimeoutError as exc:
        raise idle(address) from exc
    for worker, found in client.run(program, on_error="return").items():
        if found != program():
            other = found if isinstance(found, str) else "none, or an older one"
            raise ClusterError(
                f"A worker has another videogen than this run ({program()}): {other}",
                where=worker,
                cure="Install the same one there, and start the worker again.",
            )


def idle(address: str) -> ClusterError:
    """Return what to raise where nobody works."""
    return ClusterError(
        "The cluster has no workers",
        where=address,
        cure=f"Start some: dask worker {address} --nthreads 1 --nworkers 4",
    )
