import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path, PureWindowsPath

import pytest

from videogen.files import UNFINISHED, atomic_file
from videogen.traces import traced
from videogen.workspace import (
    STANDALONE,
    WEB_APP,
    Layout,
    Workspace,
    claim_path,
    file_name,
    layout_of,
    stored_path,
)


def web_app(root: Path) -> Path:
    (root / "public").mkdir()
    (root / "package.json").write_text("{}")
    return root


def test_a_root_with_a_package_and_a_public_folder_is_a_web_app(tmp_path: Path) -> None:
    assert layout_of(web_app(tmp_path)) is WEB_APP


def test_a_package_alone_is_not_a_web_app(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("{}")
    assert layout_of(tmp_path) is STANDALONE


def test_a_web_app_gets_its_files_where_it_serves_them(tmp_path: Path) -> None:
    workspace = Workspace(web_app(tmp_path), "5f0c", "naval-warfare")
    assert workspace.stored(workspace.video_path) == "public/videos/5f0c/final.mp4"
    assert workspace.stored(workspace.thumbnail_path) == "public/videos/5f0c/thumbnail.jpg"
    assert workspace.stored(workspace.audio_path(3)) == ".cache/audio/projects/5f0c/scene-3.mp3"


def test_a_standalone_root_gets_its_files_under_output(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, "5f0c", "naval-warfare")
    assert workspace.stored(workspace.video_path) == "output/naval-warfare_video.mp4"
    assert workspace.stored(workspace.sidecar_path("srt")) == "output/naval-warfare_video.srt"


def test_only_a_web_app_has_a_page_for_the_project(tmp_path: Path) -> None:
    assert Workspace(tmp_path, "5f0c", "naval-warfare").page is None
    assert Workspace(web_app(tmp_path), "5f0c", "naval-warfare").page == "/projects/5f0c/export"


DEVICES = [
    *("CON", "PRN", "AUX", "NUL"),
    *(f"{kind}{number}" for kind in ("COM", "LPT") for number in range(1, 10)),
]


@pytest.mark.parametrize("title", [*DEVICES, "con.", "Com¹", "aux!", "Tides"])
def test_no_file_or_folder_of_a_film_has_a_name_that_is_a_device_to_windows(title: str) -> None:
    name = file_name(title)
    workspace = Workspace(Path("root"), "5f0c", name)
    made = [
        claim_path(workspace.root, STANDALONE, name),
        claim_path(workspace.root, STANDALONE, f"{name}-2"),
        *(workspace.video_path, workspace.thumbnail_path, workspace.sidecar_path("srt")),
        *(workspace.audio_path(1), workspace.work_folder),
    ]
    for path in made:
        windows = PureWindowsPath(path.as_posix())
        assert not any(PureWindowsPath(part).is_reserved() for part in windows.parts)
    assert name.startswith(title[:3].lower())


def test_a_stored_path_leads_back_to_its_file(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, "5f0c", "naval-warfare")
    assert tmp_path / workspace.stored(workspace.video_path) == workspace.video_path


def test_what_an_ended_process_had_begun_to_write_is_removed_for_its_project_alone(
    tmp_path: Path,
) -> None:
    ours, other = (Workspace(tmp_path, project, "tides") for project in ("5f0c", "77aa"))
    done = ours.audio_path(1)
    with ExitStack() as begun:
        parts = {
            path: begun.enter_context(atomic_file(path))
            for path in (ours.audio_path(2), ours.work_folder / "cut" / "scene.mp4")
        }
        kept = begun.enter_context(atomic_file(other.audio_path(1)))
        done.write_bytes(b"sound")

        ours.drop_unfinished()

        assert not any(part.exists() for part in parts.values())
        assert kept.exists()
        assert done.exists()
        for part in parts.values():
            part.touch()


@pytest.mark.parametrize(
    ("path", "stored"),
    [
        (r"C:\app\output\a video.mp4", "output/a video.mp4"),
        (r"D:\clips\ship.mp4", "D:/clips/ship.mp4"),
    ],
)
def test_windows_paths_are_stored_with_forward_slashes(path: str, stored: str) -> None:
    assert stored_path(PureWindowsPath(path), PureWindowsPath(r"C:\app")) == stored


def test_an_atomic_file_takes_its_name_when_the_block_succeeds(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "a.txt"
    with atomic_file(target) as partial:
        partial.write_text("whole")
        assert not target.exists()
        assert partial.suffix == target.suffix
    assert [path.name for path in target.parent.iterdir()] == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="no folder can be opened there")
def test_the_disk_holds_a_file_before_its_name_and_the_name_before_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, synced = tmp_path / "deep" / "a.txt", []
    fsync = os.fsync

    def recorded(descriptor: int) -> None:
        found = os.fstat(descriptor)
        synced.append((found.st_ino, target.exists()))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", recorded)
    with atomic_file(target) as partial:
        partial.write_text("whole")

    folders = tmp_path.stat().st_ino, target.parent.stat().st_ino
    assert synced == [
        (folders[0], False),
        (target.stat().st_ino, False),
        (folders[1], True),
    ]


def test_a_failed_block_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt), atomic_file(target) as partial:
        partial.write_text("half")
        raise KeyboardInterrupt
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="no process is asked after there")
def test_what_a_killed_process_left_beside_videos_is_removed_and_a_living_ones_not(
    tmp_path: Path,
) -> None:
    workspace = Workspace(tmp_path, "p1", "ships")
    folder = workspace.video_path.parent
    folder.mkdir(parents=True)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    mine = folder / f"{traced(UNFINISHED)}x.mp4"
    left = folder / mine.name.replace(f"-{os.getpid()}-", f"-{dead.pid}-")
    for path in (mine, left):
        path.touch()

    workspace.drop_unfinished()

    assert list(folder.iterdir()) == [mine]


def test_what_a_killed_run_left_beside_videos_is_removed_once_it_is_nobodys(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, "p1", "ships")
    folder = workspace.video_path.parent
    folder.mkdir(parents=True)
    old, new = folder / ".part-old.mp4", folder / ".part-new.mp4"
    for path in (old, new, workspace.video_path):
        path.touch()
    for path in (old, workspace.video_path):
        os.utime(path, (0, 0))

    workspace.drop_unfinished()

    assert sorted(folder.iterdir()) == sorted([new, workspace.video_path])


@pytest.mark.parametrize(
    ("path", "root"),
    [
        (r"C:\App\public\videos\5f0c\final.mp4", r"C:\App"),
        (r"c:\app\output\größe_video.mp4", r"C:\App"),
        (r"D:\media\v.mp4", r"C:\App"),
        (r"\\server\share\v.mp4", r"C:\App"),
        (r"\\server\share\app\output\v.mp4", r"\\server\share\app"),
    ],
)
def test_a_stored_path_leads_back_to_its_file_on_windows(path: str, root: str) -> None:
    stored = stored_path(PureWindowsPath(path), PureWindowsPath(root))
    assert "\\" not in stored
    assert PureWindowsPath(root) / stored == PureWindowsPath(path)


@pytest.mark.parametrize("layout", [WEB_APP, STANDALONE])
def test_every_file_of_a_project_has_a_name_that_windows_takes(layout: Layout) -> None:
    templates = [text for text in asdict(layout).values() if text]
    named = [text.format(id="5f0c-9", name="tides", n=1, ext="srt") for text in templates]
    assert not any(set(name) & set('\\:*?"<>|') for name in named)
    assert not any(part.endswith((".", " ")) for name in named for part in name.split("/"))
