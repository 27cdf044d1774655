"""Fixtures that more than one kind of test needs."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def voice_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that keeps the voice model for the whole session."""
    return tmp_path_factory.mktemp("cache")
