"""What asking for help costs."""

from __future__ import annotations

import json
import subprocess
import sys

# What the command line itself is made of, and what an editable installation looks names up by.
OWN = {"click", "videogen", "__editable___videogen_0_1_0_finder", "_distutils_hack"}
LISTING = (
    "import json, sys, videogen.cli;"
    "print(json.dumps([m.__name__ for m in list(sys.modules.values())"
    " if 'site-packages' in (getattr(m, '__file__', None) or '')]))"
)


def test_help_loads_no_library_but_the_one_that_prints_it() -> None:
    listed = subprocess.run(
        [sys.executable, "-c", LISTING], check=True, capture_output=True, text=True
    )
    loaded = {name.split(".")[0] for name in json.loads(listed.stdout)}
    assert "click" in loaded
    assert loaded <= OWN
