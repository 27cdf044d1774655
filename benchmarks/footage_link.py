"""Footage for a 300 s video over a modelled link: how long it takes, what it downloads.

The link has 80 ms of latency a request and 20 Mbit/s in all; behind it lie 150 videos of 3 to 10
minutes in 1080p. Then the same again, which must ask for nothing. Run as
`python benchmarks/footage_link.py`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from fakes.dvids import KEY, Dvids, DvidsVideo
from fakes.footage import request, sourced
from fakes.media import make_long_video
from fakes.web import Link, Web

from videogen.domain.footage import MediaFile
from videogen.footage.find import Footage
from videogen.footage.sources.chain import open_chain
from videogen.footage.sources.provider import FootageOptions
from videogen.settings import Settings

SCENES, SECONDS = 25, 12.0
SUBJECTS = (
    "destroyer carrier submarine helicopter frigate missile radar harbour sailor flight cruiser "
    "torpedo drone satellite convoy minefield lifeboat engine deck storm night signal dock patrol "
    "amphibious"
).split()
SHOT_TAIL = 0.5


def source(settings: Settings) -> Footage:
    """Source the whole video."""
    chain = open_chain(["dvids", "cards"], settings, FootageOptions(1920, 1080))
    requests = [
        request(number, SECONDS, subject) for number, subject in enumerate(SUBJECTS[:SCENES], 1)
    ]
    with chain:
        return sourced(requests, chain, 1920, 1080)


def shown_bytes(footage: Footage) -> float:
    """Return the bytes of the kept pieces that are on the screen at some time."""
    total = 0.0
    for scene in footage.scenes:
        for clip in scene.clips:
            if isinstance(clip.media, MediaFile):
                shown = SECONDS / len(scene.clips) + SHOT_TAIL
                total += clip.media.path.stat().st_size * min(1.0, shown / clip.duration)
    return total


def main() -> None:
    """Source twice and print what was measured."""
    with tempfile.TemporaryDirectory() as folder, Web().running() as web:
        root = Path(folder)
        files = [
            make_long_video(
                root / f"{minutes}.mp4",
                minutes * 60,
                width=1920,
                height=1080,
                bits_a_second=3_000_000,
                index_first=minutes != 5,
            )
            for minutes in (3, 5, 7, 10)
        ]
        videos = [
            DvidsVideo(
                1000 + number,
                f"{SUBJECTS[number % len(SUBJECTS)]} {number}",
                files={(1920, 1080): files[number % len(files)]},
                duration=180.0 + 140 * (number % len(files)),
            )
            for number in range(150)
        ]
        Dvids(web, videos)
        settings = Settings(
            root,
            "sqlite://",
            root / "cache",
            variables={"DVIDS_API_KEY": KEY, "DVIDS_BASE_URL": web.url},
        )
        web.link = Link(latency=0.08, bytes_a_second=20e6 / 8)
        begin, used = time.monotonic(), time.process_time()
        footage = source(settings)
        took, used = time.monotonic() - begin, time.process_time() - used
        clips = [clip for scene in footage.scenes for clip in scene.clips]
        shown = shown_bytes(footage)
        print(f"{len(clips)} clips, {len({clip.candidate.id for clip in clips})} different")
        print(f"time: {took:.1f} s, {used:.1f} s of processor (server and client)")
        print(
            f"fetched {web.sent / 1e6:.1f} MB for {shown / 1e6:.1f} MB shown: {web.sent / shown:.2f}"
        )
        print(f"requests: {len(web.asked)}; warnings: {list(footage.warnings)}")
        asked = len(web.asked)
        begin = time.monotonic()
        again = source(settings)
        print(
            f"again: {time.monotonic() - begin:.1f} s, {len(web.asked) - asked} requests, "
            f"the same clips: {again.scenes == footage.scenes}"
        )


if __name__ == "__main__":
    main()
