"""The main job as a user does it; what it leaves is read by other programs' eyes."""

from __future__ import annotations

import json
import subprocess
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from commands import PROCESSES, Ended, videogen
from fakes import app_database
from imageio_ffmpeg import get_ffmpeg_exe

SMALL = ("--size", "320x180", "--fps", "24")
DATABASE = ("--database", "output/videogen.db")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    """A root with a 30 s video made with nothing but a topic and a length."""
    root = tmp_path_factory.mktemp("standalone")
    assert videogen("db", "create", "output/videogen.db", cwd=root).code == 0
    topic = ("--topic", "Modern naval warfare", "--duration", 30)
    ended = videogen("run", "--root", root, *DATABASE, *topic, "--json", cwd=root, **PROCESSES)
    assert ended.code == 0, ended.err
    return root, ended


def test_the_video_is_what_players_and_the_app_expect(made: tuple[Path, Ended]) -> None:
    root, ended = made
    with av.open(root / ended.json["video_path"]) as file:
        video, audio = file.streams.video[0], file.streams.audio[0]
        codec = video.codec_context
        assert (codec.name, codec.profile, codec.pix_fmt) == ("h264", "High", "yuv420p")
        assert (codec.width, codec.height, video.average_rate) == (1920, 1080, 30)
        assert (codec.color_primaries, codec.color_trc, codec.colorspace) == (1, 1, 1)
        assert (audio.codec_context.name, audio.rate) == ("aac", 48000)
        assert video.time_base is not None
        times = sorted(packet.pts for packet in file.demux(video) if packet.pts is not None)
        steps = {(after - before) * video.time_base for before, after in pairwise(times)}
    assert steps == {Fraction(1, 30)}
    assert len(times) / 30 == pytest.approx(30, rel=0.02)


def test_picture_and_sound_end_within_one_frame(made: tuple[Path, Ended]) -> None:
    root, ended = made
    with av.open(root / ended.json["video_path"]) as file:
        seconds = [
            float(stream.duration * stream.time_base)
            for stream in (file.streams.video[0], file.streams.audio[0])
            if stream.duration is not None and stream.time_base is not None
        ]
    assert seconds[0] == pytest.approx(seconds[1], abs=1 / 30)


def test_the_file_can_be_played_while_it_loads(made: tuple[Path, Ended]) -> None:
    root, ended = made
    head = (root / ended.json["video_path"]).read_bytes()
    assert 0 < head.index(b"moov") < head.index(b"mdat")


def test_every_scene_is_heard(made: tuple[Path, Ended]) -> None:
    root, ended = made
    sound = _samples(root / ended.json["video_path"])
    start = 0.0
    for scene in ended.json["scenes"]:
        heard = sound[int(start * 16000) : int((start + scene["duration"]) * 16000)]
        assert np.sqrt(np.mean(heard**2)) > 0.02, f"scene {scene['number']} is silent"
        start += scene["duration"]


def test_the_first_word_comes_at_once_and_no_silence_is_dead(made: tuple[Path, Ended]) -> None:
    root, ended = made
    sound = _samples(root / ended.json["video_path"]).astype(float)
    levels = 10 * np.log10((sound[: len(sound) // 320 * 320].reshape(-1, 320) ** 2).mean(axis=1))

    assert np.argmax(levels > -35) * 0.02 < 0.5
    dead = "".join("_" if level < -60 else "." for level in levels)
    assert max(map(len, dead.split("."))) * 0.02 < 0.3


def test_no_frame_is_dark_from_the_first_on(made: tuple[Path, Ended]) -> None:
    root, ended = made
    with av.open(root / ended.json["video_path"]) as file:
        brightness = [
            float(frame.reformat(64, 36, format="gray").to_ndarray().mean())
            for index, frame in enumerate(file.decode(video=0))
            if index % 30 == 0
        ]
    assert min(brightness) > 24


def test_the_database_holds_one_finished_project(made: tuple[Path, Ended]) -> None:
    root, ended = made
    path = root / "output/videogen.db"
    project = app_database.row(path, "projects")
    assert project["id"] == ended.json["project_id"]
    assert (project["current_step"], project["status"]) == ("export", "active")
    assert project["topic"] == "Modern naval warfare"
    assert (project["script_generated"], project["voice_selected"]) == (1, 1)
    assert (project["visuals_generated"], project["visuals_download_progress"]) == (1, 100)
    assert project["visuals_provider"] == "cards"
    assert project["target_duration"] == 1
    assert json.loads(str(project["config_json"]))["videogen"]["target_seconds"] == 30
    assert project["video_path"] == "output/modern-naval-warfare_video.mp4"
    video = root / str(project["video_path"])
    assert project["video_file_size"] == video.stat().st_size
    assert project["video_total_duration"] == pytest.approx(30, rel=0.02)
    assert project["total_duration"] == pytest.approx(30, rel=0.02)
    assert (root / str(project["thumbnail_path"])).is_file()


def test_the_database_holds_every_scene_with_its_mp3(made: tuple[Path, Ended]) -> None:
    root, ended = made
    rows = app_database.query(
        root / "output/videogen.db",
        "SELECT scene_number, text, sanitized_text, audio_file_path, duration, selected_clip_id,"
        " visual_keywords FROM scenes ORDER BY scene_number",
    )
    assert [row[0] for row in rows] == [scene["number"] for scene in ended.json["scenes"]]
    for _, text, spoken, audio, duration, clip, keywords in rows:
        assert text
        assert spoken
        assert clip
        assert json.loads(str(keywords))
        with av.open(root / str(audio)) as file:
            assert file.format.name == "mp3"
            assert file.duration is not None
            assert file.duration / 1e6 == pytest.approx(duration, abs=0.1)


def test_captions_lie_beside_the_video_in_both_formats(made: tuple[Path, Ended]) -> None:
    root, ended = made
    video = root / ended.json["video_path"]
    assert video.with_suffix(".vtt").read_text(encoding="utf-8").startswith("WEBVTT")
    words = video.with_suffix(".srt").read_text(encoding="utf-8")
    assert ended.json["scenes"][0]["text"].split()[0] in words


def test_captions_are_a_track_of_the_video_that_breaks_as_the_files_do(
    made: tuple[Path, Ended],
) -> None:
    root, ended = made
    video = root / ended.json["video_path"]
    words = video.with_suffix(".srt").read_text(encoding="utf-8")
    with av.open(video) as file:
        stream = file.streams.subtitles[0]
        assert stream.metadata["language"] == "eng"
        texts = [bytes(packet)[2:].decode() for packet in file.demux(stream)]
    shown = ["\n".join(cue.splitlines()[2:]) for cue in words.split("\n\n")]
    assert [text for text in texts if text] == shown


def test_a_finished_project_resumes_to_the_same_file(made: tuple[Path, Ended]) -> None:
    root, ended = made
    before = (root / ended.json["video_path"]).read_bytes()
    again = videogen(
        "resume", ended.json["project_id"], "--root", root, *DATABASE, "--json", cwd=root
    )
    assert again.code == 0, again.err
    assert (root / again.json["video_path"]).read_bytes() == before


def test_a_draft_that_pleased_is_cut_anew_and_not_spoken_again(standalone: Path) -> None:
    asked = ("--topic", "Tides", "--duration", 6, "--quality", "draft")
    draft = videogen(
        "run", "--root", standalone, *DATABASE, *asked, *SMALL, "--json", cwd=standalone
    )
    assert draft.code == 0, draft.err
    assert size_of(standalone / draft.json["video_path"]) == (160, 90)
    spoken = {path: path.stat().st_mtime_ns for path in standalone.rglob("*.mp3")}
    project, quality = draft.json["project_id"], ("--quality", "good", "--json")

    good = videogen("resume", project, "--root", standalone, *DATABASE, *quality, cwd=standalone)

    assert good.code == 0, good.err
    assert size_of(standalone / good.json["video_path"]) == (320, 180)
    assert {path: path.stat().st_mtime_ns for path in standalone.rglob("*.mp3")} == spoken


def size_of(path: Path) -> tuple[int, int]:
    with av.open(path) as file:
        codec = file.streams.video[0].codec_context
        return codec.width, codec.height


def test_the_same_topic_again_is_a_video_of_its_own(made: tuple[Path, Ended]) -> None:
    root, _ = made
    topic = ("--topic", "Modern naval warfare", "--duration", 6)
    again = videogen("run", "--root", root, *DATABASE, *topic, *SMALL, "--json", cwd=root)
    assert again.code == 0, again.err
    assert again.json["video_path"] == "output/modern-naval-warfare-2_video.mp4"


MARKDOWN = "# Ten short scenes\n\n" + "\n\n".join(
    f"Paragraph number {number} of the script is spoken as it is."
    for number in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
)


def test_a_script_of_ten_paragraphs_is_spoken_as_it_is(standalone: Path) -> None:
    (standalone / "ten.md").write_text(MARKDOWN, encoding="utf-8")
    script = ("--script", "ten.md", "--captions", "both", *SMALL)
    ended = videogen("run", "--root", standalone, *DATABASE, *script, "--json", cwd=standalone)
    assert ended.code == 0, ended.err
    assert [scene["text"] for scene in ended.json["scenes"]] == MARKDOWN.split("\n\n")[1:]
    assert not any("--fit" in warning for warning in ended.json["warnings"])


def test_every_chapter_says_what_its_scene_is_about_and_letters_without_a_face_are_named(
    standalone: Path,
) -> None:
    text = "The lighthouse keeper lights the lamp.\n\nA grey whale swims past the harbour."
    (standalone / "coast.md").write_text(f"# The coast 𒀀\n\n{text}\n", encoding="utf-8")

    script = ("--script", "coast.md", "--duration", 300, *SMALL)
    ended = videogen("run", "--root", standalone, *DATABASE, *script, "--json", cwd=standalone)

    assert any("not the 29" in line and "--fit" in line for line in ended.json["warnings"])
    assert any("left out of the picture: 𒀀" in line for line in ended.json["warnings"])
    with av.open(standalone / ended.json["video_path"]) as file:
        assert file.metadata["title"] == "The coast 𒀀"
        titles = [chapter["metadata"]["title"] for chapter in file.chapters()]
    assert "Lighthouse Keeper" in titles
    assert "Grey Whale" in titles
    assert all(titles)


def test_an_existing_database_gains_rows_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "ai-video-generator.db"
    app_database.make(path, app_database.RICH)
    before = app_database.dump(path)
    ended = videogen("run", "--topic", "Tides", "--duration", 6, *SMALL, "--json", cwd=tmp_path)
    assert ended.code == 0, ended.err
    app_database.execute(path, f"DELETE FROM projects WHERE id = '{ended.json['project_id']}'")
    app_database.execute(
        path, "DELETE FROM scenes WHERE project_id NOT IN (SELECT id FROM projects)"
    )
    app_database.execute(
        path, "DELETE FROM visual_suggestions WHERE scene_id NOT IN (SELECT id FROM scenes)"
    )
    app_database.execute(
        path, "DELETE FROM assembly_jobs WHERE project_id NOT IN (SELECT id FROM projects)"
    )
    assert app_database.dump(path) == before


def _samples(path: Path) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Return a file's sound as ffmpeg decodes it: 16 kHz, one channel."""
    decoded = subprocess.run(
        [
            get_ffmpeg_exe(),
            "-v",
            "error",
            "-i",
            path,
            "-ac",
            "1",
            "-ar",
            "16000",
            "-f",
            "f32le",
            "-",
        ],
        capture_output=True,
        check=True,
    )
    return np.frombuffer(decoded.stdout, np.float32)


def test_the_project_is_listed_and_shown(made: tuple[Path, Ended]) -> None:
    root, ended = made
    database = ("--root", root, *DATABASE)
    listed = videogen("list", *database, "--json", cwd=root)
    assert ended.json["project_id"] in [one["id"] for one in listed.json["projects"]]
    shown = videogen("show", ended.json["project_id"], *database, cwd=root)
    assert ended.json["scenes"][0]["text"] in shown.out
    assert ended.json["video_path"] in shown.out
