"""A model that looks at what is about to be shown: what it changes, and what it must not."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import onnx
import pytest
from fakes.footage import Shelf, candidate
from fakes.vision import make_clip_model, make_siglip_model
from fakes.web import Reply, Web
from onnx import numpy_helper
from PIL import Image

from videogen.domain.footage import Candidate
from videogen.domain.script import Scene
from videogen.domain.video import Format
from videogen.errors import FootageError
from videogen.footage.fetch.client import footage_client
from videogen.footage.find import plan_requests
from videogen.footage.judge import FLOOR, judge
from videogen.footage.overrides import ClipOverrides
from videogen.footage.plans import Plan
from videogen.footage.request import SceneRequest
from videogen.footage.sight import Sight, weighed
from videogen.footage.sources.cards import CardSource
from videogen.footage.sources.chain import Chain
from videogen.footage.vision import _read, embedded
from videogen.http.limits import Budget

OUTPUT = Format(Fraction(30), 1920, 1080)
RED, GREEN = (200, 40, 40), (40, 200, 40)
TEXT = "A red ship is going out to sea."
# By its words the green one is the better one.
RIGHT, WRONG = ("plain", "A ship at sea", RED), ("lettered", "A red ship going out to sea", GREEN)


def jpeg(colour: tuple[int, int, int], size: tuple[int, int] = (64, 36)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "JPEG", quality=95)
    return stream.getvalue()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return make_clip_model(tmp_path / "model")


@pytest.fixture
def web() -> Iterator[Web]:
    with Web().running() as running:
        yield running


def ship(web: Web, name: str, title: str, colour: tuple[int, int, int]) -> Candidate:
    """Return a candidate whose thumbnail lies on the web."""
    web.pages[f"/{name}.jpg"] = lambda _asked: Reply(jpeg(colour), "image/jpeg")
    return replace(candidate(name, title), thumbnail_url=f"{web.url}/{name}.jpg")


def request(text: str = TEXT, keyword: str = "red ship") -> SceneRequest:
    return SceneRequest(Scene(1, text, keywords=(keyword,)), 5.0, (text,), (keyword,))


def planned(
    web: Web, model: Path | None, *found: Candidate, requests: Sequence[SceneRequest] = ()
) -> Plan:
    client = footage_client(web.url, Budget(60.0))
    sight = Sight(model, client, None) if model else None
    with Chain((Shelf(found),), CardSource(), (), sight) as chain:
        return plan_requests(
            requests or [request()],
            chain,
            OUTPUT,
            ClipOverrides(),
            frozenset(),
            lambda _event: None,
        )


def shown(plan: Plan) -> list[str]:
    return [one.suggestion.candidate.id for scene in plan.scenes for one in scene.choices]


def test_a_picture_of_what_is_said_comes_before_a_better_title(web: Web, model: Path) -> None:
    found = [ship(web, *WRONG), ship(web, *RIGHT)]
    assert shown(planned(web, None, *found)) == ["lettered"]

    plan = planned(web, model, *found)

    assert shown(plan) == ["plain"]
    [choice] = plan.scenes[0].choices
    assert choice.suggestion.reasons[0].split("; ")[-1].startswith("picture +")
    assert plan.warnings == ()


def test_pictures_that_both_fit_are_told_apart(web: Web, model: Path) -> None:
    pale = ("lettered", "A red ship going out to sea", (135, 135, 90))
    found = [ship(web, *pale), ship(web, *RIGHT)]
    assert shown(planned(web, model, *found)) == ["plain"]


def test_what_its_picture_contradicts_gives_way_to_a_card(web: Web, model: Path) -> None:
    wrong = ship(web, *WRONG)
    assert shown(planned(web, None, wrong)) == ["lettered"]

    plan = planned(web, model, wrong)

    assert plan.scenes[0].choices[0].is_card
    [seen] = plan.scenes[0].suggestions
    assert seen.relevance < FLOOR
    assert "picture -" in seen.reasons[0]


def test_what_words_just_miss_is_shown_where_its_picture_is_clear(web: Web, model: Path) -> None:
    title = "Sailing boat"
    [[by_words]] = judge([request()], [candidate("one", title)]).relevance
    assert FLOOR - 0.1 < by_words < FLOOR, "the example is no longer one"
    assert planned(web, None, ship(web, "dim", title, RED)).scenes[0].choices[0].is_card
    assert shown(planned(web, model, ship(web, "dim", title, RED))) == ["dim"]
    assert planned(web, model, ship(web, "dim", title, GREEN)).scenes[0].choices[0].is_card


def test_when_all_that_was_looked_at_falls_the_next_are_looked_at(web: Web, model: Path) -> None:
    wrong = [ship(web, f"w{number}", WRONG[1], GREEN) for number in range(8)]
    plan = planned(web, model, *wrong, ship(web, *RIGHT))
    assert shown(plan) == ["plain"]
    assert len(web.asked) == len({one.path for one in web.asked}) == 9, "each once"


def test_a_thumbnail_that_fails_changes_nothing(web: Web, model: Path) -> None:
    gone = replace(candidate("gone", WRONG[1]), thumbnail_url=f"{web.url}/gone.jpg")
    broken = replace(candidate("broken", WRONG[1]), thumbnail_url=f"{web.url}/broken.jpg")
    web.pages["/broken.jpg"] = lambda _asked: Reply(jpeg(GREEN)[:100], "image/jpeg")
    bare = candidate("bare", WRONG[1])
    for one in (gone, broken, bare):
        assert planned(web, model, one) == planned(web, None, one)


def test_a_scene_of_which_nothing_is_known_in_english_hides_no_other(web: Web, model: Path) -> None:
    text = "船が出る。"
    scene = Scene(2, text, is_drawn=True)
    mute = SceneRequest(scene, 5.0, (text,), ("船",), language="ja")
    plan = planned(web, model, ship(web, *WRONG), ship(web, *RIGHT), requests=[request(), mute])
    assert shown(plan)[0] == "plain"
    assert not any("vision" in line for line in plan.warnings)


def _no_text_model(model: Path) -> None:
    (model / "text_model.onnx").unlink()


def _garbage(model: Path) -> None:
    (model / "vision_model.onnx").write_bytes(b"no network" * 100)


def _cut_off(model: Path) -> None:
    path = model / "text_model.onnx"
    path.write_bytes(path.read_bytes()[:-500])


def _halves_of_two(model: Path) -> None:
    make_clip_model(model, width=8)


def _no_vocabulary(model: Path) -> None:
    (model / "tokenizer.json").write_text("{}")


def _no_sizes(model: Path) -> None:
    (model / "preprocessor_config.json").write_text('{"size": "large"}')


def _no_numbers(model: Path) -> None:
    path = model / "vision_model.onnx"
    network = onnx.load(path)
    [room] = [one for one in network.graph.initializer if one.name == "room"]
    room.CopyFrom(numpy_helper.from_array(np.full((3, 16), np.nan, np.float32), "room"))
    onnx.save(network, path)


def _halves_changed(model: Path) -> None:
    shutil.copy(model / "vision_model.onnx", model / "text_model.onnx")


def _nothing(model: Path) -> None:
    shutil.rmtree(model)


@pytest.mark.parametrize(
    "damage",
    [
        _no_text_model,
        _garbage,
        _cut_off,
        _halves_of_two,
        _no_vocabulary,
        _no_sizes,
        _no_numbers,
        _halves_changed,
        _nothing,
    ],
)
def test_a_model_that_is_none_is_one_warning_and_the_words_judge_alone(
    web: Web, model: Path, damage: Callable[[Path], None]
) -> None:
    damage(model)
    found = [ship(web, *WRONG), ship(web, *RIGHT)]
    plan = planned(web, model, *found)
    assert shown(plan) == shown(planned(web, None, *found))
    [line] = plan.warnings
    assert line.startswith("vision model: ")
    assert str(model) in line


def test_without_tokenizers_the_line_says_what_to_install(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(FootageError, match=r'pip install "videogen\[vision\]"'):
        _read(model, ["red"])


@pytest.mark.parametrize("make", [make_clip_model, make_siglip_model])
def test_both_kinds_of_export_are_read(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    folder = make(tmp_path / "model")
    long = "red " * 200
    texts, pictures = embedded(folder, ["a red ship", "green", long], [jpeg(RED), jpeg(GREEN)])
    nearness = texts @ pictures.T

    assert nearness[0, 0] > 0.9
    assert nearness[0, 1] < 0.1
    assert nearness[1, 1] > 0.9
    assert nearness[2, 0] > 0.9
    assert np.linalg.norm(texts, axis=1) == pytest.approx(1.0)


def test_clip_sees_the_middle_and_siglip_all_of_a_picture(tmp_path: Path) -> None:
    picture = Image.new("RGB", (320, 80), GREEN)
    picture.paste(RED, (120, 0, 200, 80))
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=95)
    red, green = nearness(make_clip_model(tmp_path / "clip"), stream.getvalue())
    assert red > 0.9 > green
    red, green = nearness(make_siglip_model(tmp_path / "siglip"), stream.getvalue())
    assert green > red


def nearness(model: Path, picture: bytes) -> tuple[float, float]:
    """Return how near a picture is to red and to green."""
    texts, pictures = embedded(model, ["red", "green"], [picture])
    red, green = texts @ pictures[0]
    return float(red), float(green)


def test_another_model_is_told_from_the_one_before_it(model: Path) -> None:
    sight = Sight(model, footage_client("https://localhost", Budget(1.0)), None)
    before = sight.state
    assert sight.state == before
    (model / "vision_model.onnx").write_bytes(b"another")
    assert sight.state != before


def test_pictures_rank_what_fits_and_leave_alone_what_nobody_looked_at() -> None:
    relevance = np.array([[0.8, 0.6, 0.5, 0.42, 0.42, 0.2, 0.9, 0.46]])
    fit = np.array([[0.5, 2.5, np.nan, 2.1, 1.9, 3.0, -0.1, 0.6]])
    [found] = weighed(relevance, fit)
    assert found[0] == pytest.approx(0.8 - 0.07)
    assert found[1] == pytest.approx(0.6 + 0.13)
    assert found[2] == 0.5, "nobody looked at it"
    assert found[3] == FLOOR, "its picture is clear"
    assert found[4] == 0.42, "its picture is not clear enough"
    assert found[5] == 0.2, "too far below the floor"
    assert found[6] < FLOOR, "nearer to anything"
    assert found[7] == FLOOR, "less than others, and still fit"
