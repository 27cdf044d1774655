"""Roots to run in."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import videogen


@pytest.fixture
def standalone(tmp_path: Path) -> Path:
    """A root without a web app, with a database of videogen's own."""
    assert videogen("db", "create", "output/videogen.db", cwd=tmp_path).code == 0
    return tmp_path
