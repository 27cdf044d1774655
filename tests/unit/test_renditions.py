from __future__ import annotations

import pytest

from videogen.footage.fetch.pieces import Rendition, choose_rendition, piece_start

SIZES = [(640, 360), (1280, 720), (1920, 1080), (3840, 2160)]


@pytest.mark.parametrize(
    ("sizes", "output", "chosen"),
    [
        (SIZES, (1280, 720), (1280, 720)),
        (SIZES, (1000, 500), (1280, 720)),
        (SIZES, (1920, 1080), (1920, 1080)),
        (SIZES, (1080, 1920), (1920, 1080)),
        (SIZES[:2], (1920, 1080), (1280, 720)),
        (SIZES, (2560, 1440), (3840, 2160)),
        (SIZES, (2160, 3840), (3840, 2160)),
        (SIZES[3:], (1920, 1080), (3840, 2160)),
        ([(1920, 1080), (640, 360)], (3840, 2160), (1920, 1080)),
        ([(1080, 1920), (1920, 1080)], (1080, 1920), (1080, 1920)),
    ],
)
def test_the_smallest_as_high_as_the_output_else_the_largest(
    sizes: list[tuple[int, int]], output: tuple[int, int], chosen: tuple[int, int]
) -> None:
    renditions = [Rendition("", width, height, 0) for width, height in sizes]
    found = choose_rendition(renditions, *output)
    assert (found.width, found.height) == chosen


def test_of_two_alike_the_lighter_is_taken() -> None:
    heavy, light = Rendition("h", 640, 360, 3000), Rendition("l", 640, 360, 900)
    assert choose_rendition([heavy, light], 640, 360) == light


def test_pieces_lie_inside_the_recording_and_apart() -> None:
    starts = [piece_start(100.0, 6.0, take) for take in range(8)]
    assert all(0 <= start <= 94.0 for start in starts)
    gaps = [abs(a - b) for at, a in enumerate(starts) for b in starts[:at]]
    assert min(gaps) > 4.0


def test_a_recording_shorter_than_the_piece_is_shown_from_its_start() -> None:
    assert piece_start(4.0, 6.0, 3) == 0.0
