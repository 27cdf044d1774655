"""Draws docs/images/run.svg, a real run as a terminal shows it: python docs/site/recording.py FOLDER.

tmux is the terminal: the commands are typed into it, and what it shows is kept until a prompt is back. The
folder, which must not be there, gets the films; `videogen` is the one on the path, installed as users do.
What takes long is shown faster, evenly.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from rich.color_triplet import ColorTriplet
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "images" / "run.svg"
COMMANDS = (
    "videogen db create output/videogen.db",
    'videogen run --topic "Why the Tacoma Narrows Bridge fell" --script tacoma-narrows.md',
)
COLUMNS, ROWS = 100, 20
PROMPT = "$ "
MOST_PICTURES = 56  # of a command
LOOK, LAST_LOOK = 0.25, 6.0  # seconds that a picture stays, and the last one
LINE = 24.4  # rich's line, in its own pixels


def _colours(names: str) -> list[tuple[int, int, int]]:
    return [ColorTriplet(*bytes.fromhex(name)) for name in names.split()]


# Black, red, green, yellow, blue, magenta, cyan and white.
PLAIN = _colours("141d2b ef6b73 82c88c e5c07b 7aadff c692ea 6ec8d2 d6deeb")
BRIGHT = _colours("63758a ff828c 96dca0 f5d28c 96beff d7aafa 82dce6 ffffff")
THEME = TerminalTheme(PLAIN[0], PLAIN[-1], PLAIN, BRIGHT)
PAGE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>A run of videogen in a terminal</title>
<style>
{{styles}}
text {{{{ font: 20px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }}}}
.film {{{{ animation: film {seconds:.2f}s steps(1, end) infinite; }}}}
@keyframes film {{{{ {keyframes} }}}}
</style>
<rect width="100%" height="100%" rx="10" fill="#141d2b"/>
<svg x="16" y="14" width="{inner_width}" height="{inner_height}">
<g class="film">{{backgrounds}}{{matrix}}</g>
</svg>
</svg>
"""


def tmux(*words: str) -> str:
    """Ask the terminal of the recording; returns what it prints."""
    command = ["tmux", "-L", "videogen-recording", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def record(folder: Path) -> Iterator[tuple[float, str]]:
    """Yield each picture that the terminal shows, with the seconds that it stays."""
    shell = f"env PS1='{PROMPT}'"
    size = ("-x", str(COLUMNS), "-y", str(ROWS))
    tmux("new-session", "-d", *size, "-c", str(folder), f"{shell} bash --norc --noprofile")
    try:
        # What the reader has done before, and needs not see.
        tmux("send-keys", "export VIDEOGEN_DATABASE=output/videogen.db; clear", "Enter")
        yield 0.8, _until_prompt()[-1][1]
        for command in COMMANDS:
            tmux("send-keys", "-l", command)
            time.sleep(0.3)
            yield 1.2, _screen()
            tmux("send-keys", "Enter")
            *others, last = _thinned(_until_prompt())
            yield from ((LOOK, picture) for picture in others)
            yield LAST_LOOK if command == COMMANDS[-1] else 0.8, last
    finally:
        tmux("kill-server")


def _screen() -> str:
    return tmux("capture-pane", "-e", "-p")


def _until_prompt() -> list[tuple[float, str]]:
    """Look until a prompt waits again; returns each new picture with the time it was seen at."""
    time.sleep(0.4)
    seen = [(time.monotonic(), _screen())]
    while Text.from_ansi(seen[-1][1]).plain.rstrip("\n").splitlines()[-1:] != [PROMPT.strip()]:
        time.sleep(0.15)
        picture = _screen()
        if picture != seen[-1][1]:
            seen.append((time.monotonic(), picture))
    return seen


def _thinned(seen: list[tuple[float, str]]) -> list[str]:
    """Return what was seen at even steps of time, the last picture among it."""
    start, end = seen[0][0], seen[-1][0]
    moments = [start + (end - start) * n / MOST_PICTURES for n in range(MOST_PICTURES)]
    at = [max(n for n, (when, _) in enumerate(seen) if when <= moment) for moment in moments]
    return [seen[n][1] for n in sorted({*at, len(seen) - 1})]


def draw(pictures: list[tuple[float, str]]) -> str:
    """Return the recording as an SVG: one tall sheet of all pictures, shown one after the other."""
    console = Console(width=COLUMNS, record=True, file=io.StringIO(), force_terminal=True)
    for _, picture in pictures:
        lines = [*picture.rstrip("\n").split("\n"), *[""] * ROWS][:ROWS]
        for line in lines:
            console.print(Text.from_ansi(line), no_wrap=True, crop=True)
    whole, at, keyframes = sum(seconds for seconds, _ in pictures), 0.0, []
    for number, (seconds, _) in enumerate(pictures):
        moved = number * ROWS * LINE
        keyframes.append(f"{at / whole:.3%} {{{{ transform: translateY(-{moved:.1f}px) }}}}")
        at += seconds
    inner = (round(COLUMNS * 12.2), round(ROWS * LINE))
    form = PAGE.format(
        width=inner[0] + 32,
        height=inner[1] + 28,
        inner_width=inner[0],
        inner_height=inner[1],
        seconds=whole,
        keyframes=" ".join(keyframes),
    )
    # Rich fills its form by the same signs as Python: what is filled already has none left but its own.
    drawn = console.export_svg(code_format=form, theme=THEME, unique_id="t")
    drawn = re.sub(r' clip-path="url\([^)]*\)"', "", drawn)
    return re.sub(r"<text[^>]*>\s*</text>", "", drawn)


def main() -> None:
    """Record and draw."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True)
    script = (ROOT / "docs/examples/tacoma-narrows.md").read_text(encoding="utf-8")
    (folder / "tacoma-narrows.md").write_text(script, encoding="utf-8")
    PICTURE.write_text(draw(list(record(folder))), encoding="utf-8")


if __name__ == "__main__":
    main()
