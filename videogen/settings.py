"""What a run is given: the environment's keys, addresses and places, and what a user asked for."""

from __future__ import annotations

import math
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal

from videogen.domain.video import EncoderChoice, Format, Quality, StyleName
from videogen.errors import UsageError
from videogen.printable import hide

DATABASE_NAME = "ai-video-generator.db"

DEFAULT_PATIENCE = 300.0  # seconds
# The source of facts that is no file.
WIKIPEDIA = "wikipedia"
OPENAI = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run needs from outside; keys are empty where none is set and never shown.

    `dvids_origin` is the site, as protocol and domain, that the DVIDS key is bound to. `patience` is
    how many seconds a service that is busy may keep the run waiting. Only where the root is trusted
    are the commands started that its own files name.
    """

    root: Path
    database_url: str
    cache_folder: Path
    groq_api_key: str = field(default="", repr=False)
    groq_base_url: str = "https://api.groq.com"
    openai_api_key: str = field(default="", repr=False)
    openai_base_url: str = OPENAI
    anthropic_api_key: str = field(default="", repr=False)
    anthropic_base_url: str = "https://api.anthropic.com"
    ollama_host: str = "http://localhost:11434"
    wikipedia_base_url: str = "https://en.wikipedia.org"
    dvids_api_key: str = field(default="", repr=False)
    dvids_base_url: str = "https://api.dvidshub.net"
    dvids_origin: str = ""
    nasa_base_url: str = "https://images-api.nasa.gov"
    pexels_api_key: str = field(default="", repr=False)
    pexels_base_url: str = "https://api.pexels.com"
    pixabay_api_key: str = field(default="", repr=False)
    pixabay_base_url: str = "https://pixabay.com"
    commons_base_url: str = "https://commons.wikimedia.org"
    archive_base_url: str = "https://archive.org"
    openverse_base_url: str = "https://api.openverse.org"
    patience: float = DEFAULT_PATIENCE
    trusts_root: bool = False


ExecutorKind = Literal["inline", "processes"]
# Before the address of a dask scheduler.
DASK = "dask:"
Captions = Literal["burned", "sidecar", "both", "off"]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a user asked of a run, in seconds; paths are absolute, and a resumed run reads it again.

    `fit` is for a person's script, which is otherwise spoken as it is; `pins` and `bans` name
    clips, see videogen.footage.overrides. `source` is a file or `wikipedia`. `recordings` is a
    folder of the user's own voice. `duration_given` tells a wish from the default. `executor` is an
    ExecutorKind or `dask:` with a scheduler's address, whose workers reach files at `shared`, if given.
    """

    topic: str
    duration: float
    name: str
    writer: str
    fit: bool
    voice: str
    speed: float
    voice_engine: str
    footage: tuple[str, ...]
    licenses: tuple[str, ...]
    format: Format
    captions: Captions
    highlight: bool
    export_otio: bool
    encoder: EncoderChoice
    workers: int
    executor: str
    sourcing_timeout: float
    model: str
    script: Path | None
    voice_model: Path | None
    pronunciations: Path | None
    recordings: Path | None
    clips: Path | None
    music: Path | None
    pins: tuple[str, ...]
    bans: tuple[str, ...]
    tone: str = ""
    audience: str = ""
    source: str = ""
    duration_given: bool = False
    quality: Quality = "good"
    style: StyleName = "dark"
    shared: str = field(default="", repr=False)

    @property
    def scheduler(self) -> str:
        """The address of the cluster's scheduler; empty where this machine does the work."""
        return self.executor.removeprefix(DASK) if self.executor.startswith(DASK) else ""

    @property
    def kept(self) -> RunOptions:
        """What a later resume goes by: whom work is sent to is said anew by each call."""
        return replace(self, executor="processes", shared="") if self.scheduler else self

    @property
    def cut(self) -> Format:
        """The format of the finished file: a draft has half the size, from the same footage."""
        return self.format.halved if self.quality == "draft" else self.format

    @property
    def source_file(self) -> Path | None:
        """The file that all facts come from; None where they come from elsewhere."""
        return None if self.source in {"", WIKIPEDIA} else Path(self.source)


# What has no option of its own, each with what it is for.
VARIABLES = {
    "GROQ_API_KEY": "scripts by Groq's models",
    "GROQ_BASE_URL": "a proxy in front of Groq",
    "OPENAI_API_KEY": "scripts by OpenAI's models, or those of a service that speaks as it does",
    "OPENAI_BASE_URL": "another service that speaks as OpenAI's, such as LM Studio at "
    "`http://localhost:1234/v1` without a key",
    "ANTHROPIC_API_KEY": "scripts by Anthropic's models",
    "ANTHROPIC_BASE_URL": "a proxy in front of Anthropic",
    "OLLAMA_HOST": "where Ollama listens",
    "WIKIPEDIA_BASE_URL": "another Wikipedia than the one of the voice's language",
    "DVIDS_API_KEY": "footage from DVIDS",
    "DVIDS_BASE_URL": "a proxy in front of DVIDS",
    "DVIDS_ORIGIN": "the site, such as `https://example.org`, that your DVIDS key is bound to",
    "NASA_BASE_URL": "a proxy in front of NASA's library",
    "PEXELS_API_KEY": "footage from Pexels",
    "PEXELS_BASE_URL": "a proxy in front of Pexels",
    "PIXABAY_API_KEY": "footage from Pixabay",
    "PIXABAY_BASE_URL": "a proxy in front of Pixabay",
    "COMMONS_BASE_URL": "a proxy in front of Wikimedia Commons",
    "ARCHIVE_BASE_URL": "a proxy in front of the Internet Archive",
    "OPENVERSE_BASE_URL": "a proxy in front of Openverse",
    "HTTPS_PROXY": "a company's proxy, http or https, to services that are asked by https",
    "HTTP_PROXY": "the same, to services that are asked by http",
    "ALL_PROXY": "the same, to all that the other two do not name",
    "NO_PROXY": "what is reached without a proxy, with commas between",
    "VIDEOGEN_CACHE": "the folder of the voice model and of pieces of footage, 10 GB at most; by "
    "default in the user's cache folder",
    "VIDEOGEN_PATIENCE": "seconds that a rate limit may keep you waiting; past that the run says "
    "when to come back",
}
FROM_ENVIRONMENT = tuple(one.name for one in fields(Settings) if one.name.upper() in VARIABLES)


def is_openai(base_url: str) -> bool:
    """Tell whether an address is OpenAI's own, not that of another who speaks like it."""
    return base_url.rstrip("/") == OPENAI


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
    chosen = {
        name: variables[name.upper()] for name in FROM_ENVIRONMENT if variables.get(name.upper())
    }
    hide(*(value for name, value in chosen.items() if name.endswith("_key")))
    return Settings(
        root=root,
        database_url=_database_url(root, database),
        cache_folder=cache_folder(variables),
        patience=_patience(variables),
        trusts_root=trusts_root,
        **chosen,
    )


def _database_url(root: Path, database: str | None) -> str:
    if database and "://" in database:
        return database
    path = Path(database).expanduser() if database else root / DATABASE_NAME
    return f"sqlite:///{path.resolve().as_posix()}"


def cache_folder(variables: Mapping[str, str]) -> Path:
    """Return where this machine keeps models and footage."""
    if given := variables.get("VIDEOGEN_CACHE"):
        return Path(given).expanduser().resolve()
    from platformdirs import user_cache_path

    return user_cache_path("videogen", appauthor=False)


def _patience(variables: Mapping[str, str]) -> float:
    given = variables.get("VIDEOGEN_PATIENCE", "")
    if not given:
        return DEFAULT_PATIENCE
    try:
        seconds = float(given)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < math.inf:
        raise UsageError(
            f"VIDEOGEN_PATIENCE is not a number of seconds: {given!r}",
            cure="Set it to how long a busy service may keep you waiting, such as 300.",
        )
    return seconds
