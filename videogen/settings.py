"""What a run is given by its surroundings: the variables in force, the root, the places of things."""

from __future__ import annotations

import math
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from videogen.errors import UsageError
from videogen.printable import hide
from videogen.provider import Variable, is_key

DATABASE_NAME = "ai-video-generator.db"

DEFAULT_PATIENCE = 300.0  # seconds


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run needs from outside.

    `variables` are those in force: sources and writers find their addresses and keys among them, and
    they are never shown. `patience` is how many seconds a service that is busy may keep the run
    waiting. `vision_model` is the folder of a model that sees, see videogen.footage.vision. Only
    where the root is trusted are the commands started that its own files name.
    """

    root: Path
    database_url: str
    cache_folder: Path
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)
    patience: float = DEFAULT_PATIENCE
    vision_model: Path | None = None
    trusts_root: bool = False

    def value_of(self, variable: Variable) -> str:
        """Return what a variable is set to, else its default."""
        return self.variables.get(variable.name) or variable.default


CACHE = Variable(
    "VIDEOGEN_CACHE",
    "the folder of the voice model and of pieces of footage, 10 GB at most; by default in the user's "
    "cache folder",
)
PATIENCE = Variable(
    "VIDEOGEN_PATIENCE",
    "seconds that a rate limit may keep you waiting; past that the run says when to come back",
    f"{DEFAULT_PATIENCE:g}",
)
VISION_MODEL = Variable(
    "VIDEOGEN_VISION_MODEL",
    "the folder of a CLIP or SigLIP model in ONNX, which then looks at what is about to be shown "
    "([recipes](recipes.md#with-a-model-that-looks))",
)
# What has neither an option nor a source or writer of its own.
VARIABLES = (
    Variable(
        "HTTPS_PROXY", "a company's proxy, http or https, to services that are asked by https"
    ),
    Variable("HTTP_PROXY", "the same, to services that are asked by http"),
    Variable("ALL_PROXY", "the same, to all that the other two do not name"),
    Variable("NO_PROXY", "what is reached without a proxy, with commas between"),
    CACHE,
    PATIENCE,
    VISION_MODEL,
)


def checkout() -> Path | None:
    """Return the folder of the repository that this code runs in, None where it is installed."""
    folder = Path(__file__).resolve().parent.parent
    return folder if (folder / "alembic.ini").is_file() else None


def find_root(given: Path | None) -> Path:
    """Return the root: the given one, else the nearest folder upward that holds the database.

    Where there is none, the folder of this checkout; without a checkout, the current one. A folder
    above that belongs to somebody else, or that anybody may write, is passed over.

    Raises:
        UsageError: the given root is no folder.
    """
    if given is not None:
        if not given.is_dir():
            raise UsageError("The root is not a folder", where=str(given))
        return given.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder == here or _is_our_own(folder, here)) and (folder / DATABASE_NAME).is_file():
            return folder
    return checkout() or here


def _is_our_own(folder: Path, here: Path) -> bool:
    """Tell whether a folder is the user's, or of whom the folder is that they went into."""
    if os.name == "nt":
        return True  # owners are no numbers there, and nobody else writes above one's own folders
    facts = folder.stat()
    is_shared = bool(facts.st_mode & stat.S_IWOTH)
    return not is_shared and facts.st_uid in {os.getuid(), here.stat().st_uid}


def load(
    root: Path, database: str | None, variables: Mapping[str, str], *, trusts_root: bool = False
) -> Settings:
    """Return the settings of a run.

    `database` is a path or an SQLAlchemy URL; None is the app's database in the root.
    """
    hide(*(value for name, value in variables.items() if is_key(name)))
    return Settings(
        root=root,
        database_url=_database_url(root, database),
        cache_folder=cache_folder(variables),
        variables=variables,
        patience=_patience(variables),
        vision_model=_folder(variables.get(VISION_MODEL.name)),
        trusts_root=trusts_root,
    )


def _database_url(root: Path, database: str | None) -> str:
    if database and "://" in database:
        return database
    path = Path(database).expanduser() if database else root / DATABASE_NAME
    return f"sqlite:///{path.resolve().as_posix()}"


def _folder(given: str | None) -> Path | None:
    return Path(given).expanduser().resolve() if given else None


def cache_folder(variables: Mapping[str, str]) -> Path:
    """Return where this machine keeps models and footage."""
    if given := _folder(variables.get(CACHE.name)):
        return given
    from platformdirs import user_cache_path

    return user_cache_path("videogen", appauthor=False)


def _patience(variables: Mapping[str, str]) -> float:
    given = variables.get(PATIENCE.name) or PATIENCE.default
    try:
        seconds = float(given)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < math.inf:
        raise UsageError(
            f"{PATIENCE.name} is not a number of seconds: {given!r}",
            cure="Set it to how long a busy service may keep you waiting, such as 300.",
        )
    return seconds
