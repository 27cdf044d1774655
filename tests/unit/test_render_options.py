"""How the workers that render a cut share the machine's cores."""

from __future__ import annotations

import pytest

from videogen.assembly.render import RenderOptions


@pytest.mark.parametrize(
    ("workers", "cores", "threads"),
    [
        (2, 2, [1, 1, 1, 2]),
        (4, 8, [2, 2, 4, 8]),
        (1, 8, [8, 8, 8, 8]),
        (8, 2, [1, 1, 1, 2]),
    ],
)
def test_the_last_scenes_share_the_cores_that_no_other_scene_needs(
    workers: int, cores: int, threads: list[int]
) -> None:
    options = RenderOptions("Fleets", workers=workers, cores=cores)

    assert [options.threads(left) for left in (4, 3, 2, 1)] == threads
