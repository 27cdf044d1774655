"""What tests need of the machine: they skip where it is missing, but never in the gate."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(reason: str) -> NoReturn:
    """Skip a test for a part of the system that is not there; fail where CI is set."""
    if os.environ.get("CI"):
        pytest.fail(f"CI must have this: {reason}", pytrace=False)
    pytest.skip(reason)
