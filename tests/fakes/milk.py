"""What three open services hold on one everyday topic, among what they hold on everything else."""

from __future__ import annotations

import json
from itertools import cycle
from pathlib import Path
from typing import Any

from fakes.archive import BY, Archive, ArchiveItem
from fakes.commons import Commons, CommonsFile, terms
from fakes.openverse import Openverse, OpenversePicture
from fakes.web import Web

TESTS = Path(__file__).parents[1]
TOPIC = TESTS / "e2e" / "milk"
SCRIPT = TOPIC / "script.json"
HELD = 140  # items of each service
_VERSIONS = {"CC BY-SA": "by-sa", "CC BY": "by"}
# Of each ten pictures that Openverse knows, so many are under which licence.
_SHARES = ("by", "by-sa", "by", "by-nc-sa", "cc0", "by", "by-nd", "by", "by-sa", "pdm")
_ITEMS: dict[str, dict[str, Any]] = {
    "prelinger": {"collection": ["prelinger", "moviesandfilms"], "licenseurl": None},
    "fedflix": {"collection": ["FedFlix"], "licenseurl": None},
    "by": {"licenseurl": BY},
    "nd": {"licenseurl": "http://creativecommons.org/licenses/by-nd/3.0/"},
    "nc": {"licenseurl": "http://creativecommons.org/licenses/by-nc-sa/3.0/us/"},
}


def open_services(web: Web, film: Path = Path(), still: Path = Path()) -> dict[str, str]:
    """Open the three on a server; returns the variables that lead a run there.

    Every video has the bytes of `film`, every picture those of `still`.
    """
    services = (
        Commons(web, commons_files(film, still)),
        Archive(web, archive_items(film)),
        Openverse(web, openverse_pictures(still)),
    )
    for one in services:
        one.reads_words = True
    return {f"{type(one).__name__.upper()}_BASE_URL": web.url for one in services}


def commons_files(film: Path, still: Path) -> list[CommonsFile]:
    rows = [
        *_rows("commons"),
        *(
            [
                str(one["kind"]),
                "CC BY 4.0",
                str(one["duration"] or 0),
                f"{one['width'] or 1280}x{one['height'] or 720}",
                f"{one['title']}.{'jpg' if one['kind'] == 'still' else 'webm'}",
                one["description"],
            ]
            for one in _others("commons")
        ),
    ][:HELD]
    return [_commons_file(n, row, film, still) for n, row in enumerate(rows, start=1)]


def archive_items(film: Path) -> list[ArchiveItem]:
    rows = [
        *_rows("archive"),
        *(
            ["by", one["title"], one["description"], "; ".join(one["keywords"])]
            for one in _others("archive")
        ),
    ][:HELD]
    return [
        ArchiveItem(
            f"item-{number}",
            {"title": title, "description": described, "subject": subject, **_ITEMS[shelf]},
            {"film.mp4": film},
        )
        for number, (shelf, title, described, subject) in enumerate(rows, start=1)
    ]


def openverse_pictures(still: Path) -> list[OpenversePicture]:
    rows = [
        *_rows("openverse"),
        *([one["title"], ", ".join(one["keywords"])] for one in _others("openverse")),
    ][:HELD]
    return [
        OpenversePicture(
            number,
            still,
            {
                "title": title,
                "tags": [{"name": tag, "accuracy": None} for tag in tags.split(", ") if tag],
                "license": code,
                "license_version": "1.0" if code in ("cc0", "pdm") else "2.0",
                "license_url": _address(code),
                "attribution": f'"{title}" by Jane Doe is licensed under {code}.',
                "width": 2048,
                "height": 1365,
            },
        )
        for (number, (title, tags)), code in zip(
            enumerate(rows, start=1), cycle(_SHARES), strict=False
        )
    ]


def _address(code: str) -> str:
    part = {"cc0": "publicdomain/zero/1.0", "pdm": "publicdomain/mark/1.0"}.get(code)
    return f"https://creativecommons.org/{part or f'licenses/{code}/2.0'}/"


def _commons_file(page: int, row: list[str], film: Path, still: Path) -> CommonsFile:
    kind, license_name, seconds, size, title, description = row
    width, height = map(int, size.split("x"))
    is_video = kind == "video"
    code = _VERSIONS.get(license_name.rpartition(" ")[0])
    address = f"https://creativecommons.org/licenses/{code}/4.0" if code else ""
    suffix = title.rpartition(".")[2]
    mime = {"webm": "video/webm", "ogv": "video/ogg", "png": "image/png"}.get(suffix, "image/jpeg")
    return CommonsFile(
        page,
        f"File:{title}",
        film if is_video else still,
        (width, height),
        mime,
        float(seconds),
        terms(
            LicenseShortName=license_name,
            LicenseUrl=address,
            UsageTerms=license_name,
            ImageDescription=description,
        ),
        {"480p.vp9.webm": (854, 480)} if is_video else {},
    )


def _rows(service: str) -> list[list[str]]:
    lines = (TOPIC / f"{service}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def _others(service: str) -> list[dict[str, Any]]:
    """Return what a service holds on other topics, a few of each."""
    found: list[dict[str, Any]] = []
    for path in sorted((TESTS / "pictures" / "calibration").glob("*.json")):
        pool = json.loads(path.read_text(encoding="utf-8"))["candidates"]
        found += [one for one in pool if one["source"] == service and one["title"]][:6]
    return found
