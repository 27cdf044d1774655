"""A voice heard before it is chosen."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import soundfile
from commands import videogen

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system plays itself")


def test_a_sample_is_played_by_the_program_of_the_desktop(
    tmp_path: Path, voice_cache: Path
) -> None:
    player, heard = tmp_path / "xdg-open", tmp_path / "heard"
    player.write_text(f'#!/bin/sh\necho "$1" > "{heard}"\n')
    player.chmod(0o755)
    sample = tmp_path / "sample.wav"
    ended = videogen(
        *("voices", "--save", sample, "--play"),
        cwd=tmp_path,
        PATH=f"{tmp_path}:/usr/bin:/bin",
        VIDEOGEN_CACHE=str(voice_cache),
    )
    assert ended.code == 0, ended.err
    assert heard.read_text().strip() == str(sample)
    assert 5 < soundfile.info(sample).duration < 15
