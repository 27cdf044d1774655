"""Who made what a video shows and says: over its last shot, and in a text beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from videogen.assembly.wording import Wording, wording_of
from videogen.domain.footage import LOCAL, OWN_FILE, Card, Clip, ShownScene
from videogen.domain.script import Credit, Script

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


def closing_lines(script: Script, scenes: Sequence[ShownScene], language: str) -> tuple[str, ...]:
    """Return who made the pictures and the words, a line for each collection; may be none.

    Local clips are named where a credit stands beside them.
    """
    wording = wording_of(language)
    makers: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for clip in (clip for scene in scenes for clip in scene.clips):
        found = clip.candidate
        if isinstance(clip.media, Card) or (found.source == LOCAL and not found.credit):
            continue
        collection = "" if found.source == LOCAL else _COLLECTIONS.get(found.source, found.source)
        makers[collection][_signed(found.credit, found.license)] = None
    lines = [
        f"{wording.pictures}: "
        + " – ".join(filter(None, (collection, ", ".join(filter(None, names)))))
        for collection, names in makers.items()
    ]
    for one in script.credits:
        named = " – ".join(filter(None, (one.title, one.author)))
        lines.append(f"{wording.text}: {_signed(named, one.license)}")
    return tuple(lines)


def _signed(maker: str, terms: str) -> str:
    plain = " ".join(maker.split())
    if terms == OWN_FILE:
        return plain
    return f"{plain} ({terms})" if plain and terms else plain or terms


def credits_text(
    title: str, words: Sequence[Credit], scenes: Sequence[ShownScene], language: str
) -> str:
    """Return the credits as lines, each clip once with the scenes that show it.

    `words` are the credits of the narration, `language` is the one it is spoken in. Cards are nobody's and are not listed.
    """
    shown: defaultdict[str, list[int]] = defaultdict(list)
    for scene in scenes:
        for clip in scene.clips:
            if not isinstance(clip.media, Card) and scene.number not in shown[_credit(clip)]:
                shown[_credit(clip)].append(scene.number)
    wording = wording_of(language)
    parts = [[title]]
    if words:
        texts = (_line(one.title, one.author, one.license, one.url) for one in words)
        parts.append([wording.text, *texts])
    if shown:
        listed = (f"{line} ({_scenes(numbers, wording)})" for line, numbers in shown.items())
        parts.append([wording.pictures, *listed])
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


def _scenes(numbers: Sequence[int], wording: Wording) -> str:
    name = wording.scenes if len(numbers) > 1 else wording.scene
    return f"{name} {', '.join(map(str, numbers))}"
