"""Write docs/gallery.md: every kind of card in every shape and style, out of a real run.

One film is made of cards alone; what it drew, at the seconds at which it was said, is drawn again in
all shapes and styles.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import get_args

from PIL import Image

from videogen import serialization
from videogen.assembly.cards.card import CardFootage
from videogen.assembly.style import look_of
from videogen.assembly.timeline import Drawing, Shot, Timeline
from videogen.domain.video import Format, StyleName

DOCS = Path(__file__).resolve().parent.parent / "docs"
RATE = Fraction(30)
SHAPES = {"16:9": (1920, 1080), "1:1": (1080, 1080), "9:16": (1080, 1920)}
TITLE = "Cards that explain"
# Over which the film's title stands.
OPENING = "Every card of this film draws what is being said while it is seen."
SENTENCES = (
    ("an idea", "At night the central bank raised its interest rates without a word."),
    ("a number", "Nearly 2.3 million gallons of molasses burst out of the tank that day."),
    ("places", "She studied in London, Paris and Berlin before she came back home."),
    ("a share", "When the war was over, 86 percent of the houses stood empty."),
    ("a comparison", "Finland has 188,000 lakes, Sweden has 97,500 lakes and Norway 65,000 lakes."),
    ("a date", "On January 15, 1919, the people of Boston heard a strange sound."),
    (
        "dates",
        "The Berlin Wall went up in 1961, and it was torn down in 1989, to everybody's surprise.",
    ),
    (
        "a span of time",
        "The last great war in Europe lasted from 1939 to 1945, as everybody knows.",
    ),
    (
        "a quotation",
        "“Nothing in life is to be feared, it is only to be understood,” said Marie Curie to her students.",
    ),
    ("a list", "The valley grows rice, tea, cotton and silk for all of the country."),
    ("a definition", "Photosynthesis is a process by which plants turn light into sugar."),
    ("a place", "He was born near the old harbour in Lisbon and never went away."),
    (
        "a process",
        "First the milk is warmed, then rennet is added to it, and finally the curd is pressed.",
    ),
)
# How far into a card it is shown, once half told and once complete.
HALF = 0.33
ROW, GAP = 216, 8


def main() -> None:
    """Make the film, draw its cards, write the page."""
    with tempfile.TemporaryDirectory() as folder:
        timeline = filmed(Path(folder))
    kinds = dict(zip((kind for kind, _ in SENTENCES), timeline.scenes[1:], strict=True))
    lines = [
        "# Cards",
        "",
        "Made by `make gallery`: what one film of cards drew for each sentence, in the three styles from the",
        "top to the foot; in 16:9 half told and complete, then in 1:1 and 9:16.",
    ]
    (DOCS / "gallery").mkdir(exist_ok=True)
    for (kind, scene), (_, sentence) in zip(kinds.items(), SENTENCES, strict=True):
        name = kind.replace(" ", "-").removeprefix("a-").removeprefix("an-")
        shot = next(one for one in scene.shots if isinstance(one.source, Drawing))
        sheet(shot).save(DOCS / "gallery" / f"{name}.jpg", quality=82, optimize=True)
        lines += ["", f"## {kind[0].upper()}{kind[1:]}", "", f"> {sentence}", ""]
        lines += [f"![{kind} in three styles and three shapes](gallery/{name}.jpg)"]
    (DOCS / "gallery.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def filmed(folder: Path) -> Timeline:
    """Return the cut of a film in which each sentence is a scene."""
    script = folder / "script.md"
    script.write_text(f"# {TITLE}\n\n" + "\n\n".join((OPENING, *(text for _, text in SENTENCES))))
    database = folder / "videogen.db"
    videogen = Path(sys.executable).with_name("videogen")
    subprocess.run([videogen, "db", "create", database], check=True)
    subprocess.run(
        [
            videogen, "run", "--quiet", "--root", folder, "--database", database, "--script", script,
            "--footage", "cards", "--size", "320x180", "--quality", "draft",
        ],
        check=True,
    )  # fmt: skip
    (kept,) = folder.glob("output/work/*/timeline.json")
    timeline = serialization.load(Timeline, kept)
    assert timeline is not None
    return timeline


def sheet(shot: Shot) -> Image.Image:
    """Return a shot's card in all styles and shapes."""
    rows = []
    for style in get_args(StyleName):
        moments = [("16:9", HALF), *((shape, 1.0) for shape in SHAPES)]
        rows.append([drawn(shot, style, shape, share) for shape, share in moments])
    width = sum(image.width + GAP for image in rows[0]) - GAP
    whole = Image.new("RGB", (width, len(rows) * (ROW + GAP) - GAP), "white")
    for number, row in enumerate(rows):
        left = 0
        for image in row:
            whole.paste(image, (left, number * (ROW + GAP)))
            left += image.width + GAP
    return whole


def drawn(shot: Shot, style: StyleName, shape: str, share: float) -> Image.Image:
    """Return a shot's card at a share of its time."""
    source = shot.source
    assert isinstance(source, Drawing)
    size = SHAPES[shape]
    card = CardFootage(source, Format(RATE, *size), look_of(style, source.content.kind))
    frame = card.frame(round((shot.frames - 1) * share))
    rgb = frame.reformat(format="rgb24", src_colorspace="ITU709", src_color_range="MPEG")
    width = round(ROW * size[0] / size[1])
    return Image.fromarray(rgb.to_ndarray()).resize((width, ROW), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
