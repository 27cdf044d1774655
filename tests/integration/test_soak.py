"""Two runs and an app that all write to one file, each a process of its own, lose nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_write_of_either_side_is_lost() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "database_soak.py")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
