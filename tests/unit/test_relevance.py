from __future__ import annotations

from pathlib import Path

import pytest
from fakes.footage import candidate
from fakes.scenes import shown

from videogen.assembly.relevance import relevance
from videogen.domain.footage import Card, Clip, MediaFile


def clip(title: str, score: float) -> Clip:
    media = MediaFile(Path(f"{title}.mp4"), "video")
    return Clip(candidate(title), media, 0.0, 0.0, 5.0, score)


def test_what_means_the_topic_comes_before_an_aside_that_serves_its_scene_as_well() -> None:
    scenes = [shown(1, clip("Chess board", 0.8)), shown(2, clip("Tram in a city street", 0.8))]

    found = relevance("Why cities bring back trams", scenes)

    assert found[Path("Tram in a city street.mp4")] > found[Path("Chess board.mp4")]


def test_what_hardly_serves_its_scene_hardly_counts() -> None:
    scenes = [shown(1, clip("Trams", 0.3), clip("Tram in a street", 0.9))]

    found = relevance("Trams", scenes)

    assert found[Path("Trams.mp4")] < found[Path("Tram in a street.mp4")] <= 1


def test_a_file_shown_twice_counts_as_where_it_fits_best_and_a_card_not_at_all() -> None:
    card = Clip(candidate("card"), Card("Trams", 1), 0.0, 0.0, 5.0)
    scenes = [shown(1, clip("Trams", 0.9)), shown(2, clip("Trams", 0.2), card)]

    assert relevance("Trams", scenes) == {Path("Trams.mp4"): pytest.approx(0.9, abs=0.1)}
