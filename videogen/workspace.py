"""Where a project's files lie: the two house layouts, names that are claimed, stored paths."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePath, PureWindowsPath

from slugify import slugify

from videogen.files import UNFINISHED
from videogen.traces import abandoned

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Layout:
    """Path templates relative to the root, with forward slashes.

    `{id}` is the project's id, `{name}` its file name, `{n}` a scene number, `{ext}` a suffix.
    `page` is the address of the project's page on the app's server; `preview` and `picture` are
    where it serves a short video and a still of a clip. All are None where there is no app.
    """

    video: str
    thumbnail: str
    sidecar: str
    audio: str
    work: str
    page: str | None
    preview: str | None = None
    picture: str | None = None


# The app serves a video only from public/ and scene audio only from .cache/audio/projects/.
WEB_APP = Layout(
    video="public/videos/{id}/final.mp4",
    thumbnail="public/videos/{id}/thumbnail.jpg",
    sidecar="public/videos/{id}/final.{ext}",
    audio=".cache/audio/projects/{id}/scene-{n}.mp3",
    work=".cache/videogen/{id}",
    page="/projects/{id}/export",
    preview=".cache/videogen/{id}/previews/{n}.mp4",
    picture="public/videos/{id}/clips/{n}.jpg",
)
STANDALONE = Layout(
    video="output/{name}_video.mp4",
    thumbnail="output/{name}_thumbnail.jpg",
    sidecar="output/{name}_video.{ext}",
    audio="output/audio/{id}/scene-{n}.mp3",
    work="output/work/{id}",
    page=None,
)


def layout_of(root: Path) -> Layout:
    """Return the layout that a root calls for: a web app has a package.json and public/."""
    is_web_app = (root / "package.json").is_file() and (root / "public").is_dir()
    return WEB_APP if is_web_app else STANDALONE


def file_name(title: str) -> str:
    """Return a file name that is legal on every platform and in every address."""
    name = slugify(title, max_length=_LONGEST_NAME, word_boundary=True) or "video"
    # To Windows some names are devices, whatever folder they stand in.
    return f"{name}-film" if PureWindowsPath(name).is_reserved() else name


def reserve_name(root: Path, name: str, project_id: str) -> str:
    """Claim a file name for a project: the given one, else the first of `name-2`, `name-3` that is free.

    A claim is a small file, made atomically, so that two runs at once never write one video. In a
    web app a project's files are named by its id, and nothing is claimed.
    """
    layout = layout_of(root)
    if "{name}" not in layout.video:
        return name
    candidates = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(one for one in candidates if _claim(root, layout, one, project_id))


def free_name(root: Path, name: str) -> str:
    """Return the name that `reserve_name` would claim now, without claiming it."""
    layout = layout_of(root)
    candidates = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(
        one
        for one in candidates
        if not (root / layout.video.format(name=one, id="")).exists()
        and not claim_path(root, layout, one).exists()
    )


def claim_path(root: Path, layout: Layout, name: str) -> Path:
    """Return the small file that says which project a file name belongs to."""
    return root / layout.work.format(id="names") / name


def claimed_name(workspace: Workspace) -> str:
    """Return the name that a project has claimed, empty where there is none."""
    for claim in claim_path(workspace.root, workspace.layout, "*").parent.glob("*"):
        with suppress(OSError, UnicodeDecodeError):
            if claim.read_text(encoding="utf-8") == workspace.project_id:
                return claim.name
    return ""


def _claim(root: Path, layout: Layout, name: str, project_id: str) -> bool:
    if (root / layout.video.format(name=name)).exists():
        return False
    claim = claim_path(root, layout, name)
    claim.parent.mkdir(parents=True, exist_ok=True)
    try:
        with claim.open("x", encoding="utf-8") as file:
            file.write(project_id)
    except FileExistsError:
        return False
    return True


def stored_path(path: PurePath, root: PurePath) -> str:
    """Return a path as the database keeps it.

    Relative to the root with forward slashes, absolute with forward slashes where it lies outside.
    Takes pure paths, so that Windows' rules can be tested anywhere.
    """
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


@dataclass(frozen=True, slots=True)
class Workspace:
    """One project's files under one root; `name` is a slug that is legal on every platform."""

    root: Path
    project_id: str
    name: str

    @property
    def layout(self) -> Layout:
        """The house layout of the root."""
        return layout_of(self.root)

    @property
    def video_path(self) -> Path:
        """The finished video."""
        return self._place(self.layout.video)

    @property
    def thumbnail_path(self) -> Path:
        """The thumbnail, a JPEG."""
        return self._place(self.layout.thumbnail)

    @property
    def work_folder(self) -> Path:
        """What a resumed run needs and a viewer does not: inputs, masters, segments."""
        return self._place(self.layout.work)

    @property
    def page(self) -> str | None:
        """The project's page, as an address on the app's own server; None without an app."""
        return self.layout.page.format(id=self.project_id) if self.layout.page else None

    def sidecar_path(self, extension: str) -> Path:
        """Return the path of a text beside the video, such as its `srt` or `vtt` captions."""
        return self._place(self.layout.sidecar, ext=extension)

    def audio_path(self, scene_number: int) -> Path:
        """Return the path of a scene's MP3."""
        return self._place(self.layout.audio, n=scene_number)

    def preview_path(self, name: str) -> Path:
        """Return the path of a short video that the app's curation page plays."""
        return self._place(self.layout.preview or "", n=name)

    def picture_path(self, name: str) -> Path:
        """Return the path of a picture that the app's curation page shows."""
        return self._place(self.layout.picture or "", n=name)

    def address(self, path: Path) -> str:
        """Return what the app's server calls a file that it serves from its public folder."""
        return "/" + self.stored(path).removeprefix("public/")

    def kept_path(self, name: str, inputs: str) -> Path:
        """Return the path of what was made from inputs of this digest, for a later resume."""
        return self.work_folder / f"{name}-{inputs}.json"

    def stored(self, path: Path) -> str:
        """Return a path as the database keeps it."""
        return stored_path(path, self.root)

    def stored_name(self, database: str) -> str:
        """Return a database's name as it is kept: a file's as a path, a server's address as it is."""
        return database if "://" in database else self.stored(Path(database))

    def drop_unfinished(self) -> None:
        """Remove what processes that were ended had begun to write for this project."""
        for folder in (self.work_folder, self.audio_path(1).parent):
            for path in folder.rglob(f"{UNFINISHED}*"):
                path.unlink(missing_ok=True)
        # Beside the video may lie what other projects are writing.
        for path in abandoned(self.video_path.parent, UNFINISHED):
            path.unlink(missing_ok=True)

    def _place(self, template: str, **fields: object) -> Path:
        return self.root / template.format(id=self.project_id, name=self.name, **fields)
