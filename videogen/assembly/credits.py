"""Who made what a video shows and says: in its titles, and in a text beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from videogen.assembly.timeline import CLOSING_SECONDS, OPENING_SECONDS
from videogen.domain import LOCAL, Card, Clip, Credit, Script, ShownScene

# In a shorter video they would take more than an eighth of it.
TITLED_FROM_SECONDS = 45.0


# What collections are called where viewers read it.
_COLLECTIONS = {
    "archive": "the Internet Archive",
    "commons": "Wikimedia Commons",
    "dvids": "DVIDS",
    "dvids-mcp": "DVIDS",
    "nasa": "NASA",
    "openverse": "Openverse",
    "pexels": "Pexels",
    "pixabay": "Pixabay",
}


_DVIDS = frozenset({"dvids", "dvids-mcp"})
# What DVIDS asks of whoever shows its material, see https://www.dvidshub.net/about/copyright.
_NO_ENDORSEMENT = (
    "The appearance of U.S. Department of Defense (DoD) visual information does not imply or"
    " constitute DoD endorsement."
)


def titles_seconds(duration: float) -> float:
    """Return the seconds of the titles of a video of `duration` seconds, 0 where it has none."""
    if duration < TITLED_FROM_SECONDS:
        return 0.0
    return float(OPENING_SECONDS + CLOSING_SECONDS)


def thanks(script: Script, scenes: Sequence[ShownScene]) -> str:
    """Return the closing title: whom the pictures and the words come from."""
    clips = [clip for scene in scenes for clip in scene.clips]
    filmed = dict.fromkeys(
        _COLLECTIONS.get(clip.candidate.source, clip.candidate.source)
        for clip in clips
        if not isinstance(clip.media, Card) and clip.candidate.source != LOCAL
    )
    written = dict.fromkeys(credit.author for credit in script.credits if credit.author)
    parts = [("Footage by", filmed), ("Text by", written)]
    lines = [f"{by} {' and '.join(names)}" for by, names in parts if names]
    return ". ".join(lines) or "Thank you for watching"


def credits_text(title: str, words: Sequence[Credit], scenes: Sequence[ShownScene]) -> str:
    """Return the credits as lines, each clip once with the scenes that show it.

    `words` are the credits of the narration. Cards are nobody's and are not listed.
    """
    shown: defaultdict[str, list[int]] = defaultdict(list)
    for scene in scenes:
        for clip in scene.clips:
            if not isinstance(clip.media, Card) and scene.number not in shown[_credit(clip)]:
                shown[_credit(clip)].append(scene.number)
    parts = [[title]]
    if words:
        texts = (_line(one.title, one.author, one.license, one.url) for one in words)
        parts.append(["Text", *texts])
    if shown:
        parts.append(["Footage", *(f"{line} ({_scenes(n)})" for line, n in shown.items())])
    if any(clip.candidate.source in _DVIDS for scene in scenes for clip in scene.clips):
        parts.append([_NO_ENDORSEMENT])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _credit(clip: Clip) -> str:
    """Return a clip's line: as its service wants it, else title, maker and licence."""
    found = clip.candidate
    if not found.attribution:
        return _line(found.title, found.credit, found.license, found.url, found.license_url)
    license_url = "" if found.license_url in found.attribution else found.license_url
    return _line(found.attribution, found.url, license_url)


def _line(*facts: str) -> str:
    # A service's text may break its line, and with it the list.
    plain = (" ".join(fact.split()).rstrip(".") for fact in facts)
    return "- " + ". ".join(filter(None, plain))


def _scenes(numbers: Sequence[int]) -> str:
    return f"scene{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
