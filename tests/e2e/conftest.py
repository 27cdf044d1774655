"""Roots to run in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from commands import videogen


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of videogen's own, as its command creates it."""
    root = tmp_path_factory.mktemp("empty")
    assert videogen("db", "create", "videogen.db", cwd=root).code == 0
    return root / "videogen.db"


@pytest.fixture
def standalone(tmp_path: Path, empty_database: Path) -> Path:
    """A root without a web app, with a database of videogen's own."""
    (tmp_path / "output").mkdir()
    shutil.copy(empty_database, tmp_path / "output/videogen.db")
    return tmp_path
