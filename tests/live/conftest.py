"""The settings of the user's own environment, and the keeping of what services answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from live.recorder import Recorder

from videogen.environment import environment
from videogen.errors import VideogenError
from videogen.settings import Settings, find_root, load
from videogen.trust import is_trusted

ANSWERS = Path(os.environ.get("VIDEOGEN_ANSWERS", Path(__file__).parent / "answers"))
_NO_CONNECTION = "There is no connection"
_ON_THIS_MACHINE = {"ollama"}

Asking = Callable[[str], AbstractContextManager[None]]


@pytest.fixture(scope="session")
def variables() -> dict[str, str]:
    root = find_root(None)
    return dict(environment(root, trusted=is_trusted(root)).variables)


@pytest.fixture
def settings(tmp_path: Path, variables: dict[str, str]) -> Settings:
    root = find_root(None)
    given = {**variables, "VIDEOGEN_CACHE": str(tmp_path)}
    return load(root, None, given, trusts_root=is_trusted(root))


@pytest.fixture
def asking(variables: dict[str, str]) -> Asking:
    """Ask a service: what it says is kept under its name, and who can't be reached was not asked."""

    @contextmanager
    def asking(name: str) -> Iterator[None]:
        recorder = Recorder(variables)
        try:
            with recorder.listening():
                yield
        except VideogenError as exc:
            if _NO_CONNECTION not in exc.what:
                raise
            if name in _ON_THIS_MACHINE:
                pytest.skip(f"There is no {name} here: {exc.what}")
            pytest.fail(f"No network here, {name} was not asked: {exc.what}", pytrace=False)
        finally:
            recorder.save(ANSWERS / f"{name}.json")

    return asking
