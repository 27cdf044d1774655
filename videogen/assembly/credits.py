"""Who made what a video shows and says: in its titles, and in a text beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from videogen.assembly.timeline import CLOSING_SECONDS, OPENING_SECONDS
from videogen.domain import Card, Clip, Credit, Script, ShownScene

# In a shorter video they would take more than an eighth of it.
TITLED_FROM_SECONDS = 45.0


def titles_seconds(duration: float) -> float:
    """Return the seconds of the titles of a video of `duration` seconds, 0 where it has none."""
    if duration < TITLED_FROM_SECONDS:
        return 0.0
    return float(OPENING_SECONDS + CLOSING_SECONDS)


def thanks(script: Script, scenes: Sequence[ShownScene]) -> str:
    """Return the closing title: whom the pictures and the words come from."""
    clips = [clip for scene in scenes for clip in scene.clips]
    filmed = dict.fromkeys(
        clip.candidate.source.upper() for clip in clips if not isinstance(clip.media, Card)
    )
    filmed.pop("LOCAL", None)
    written = dict.fromkeys(credit.author for credit in script.credits if credit.author)
    parts = [("Footage by", filmed), ("Text by", written)]
    lines = [f"{by} {' and '.join(names)}" for by, names in parts if names]
    return ". ".join(lines) or "Thank you for watching"


def credits_text(title: str, words: Sequence[Credit], scenes: Sequence[ShownScene]) -> str:
    """Return the credits as lines, each clip once with the scenes that show it.

    `words` are the credits of the narration. Cards are nobody's and are not listed.
    """
    shown: defaultdict[Credit, list[int]] = defaultdict(list)
    for scene in scenes:
        for clip in scene.clips:
            if not isinstance(clip.media, Card) and scene.number not in shown[_credit(clip)]:
                shown[_credit(clip)].append(scene.number)
    parts = [[title]]
    if words:
        parts.append(["Text", *(_line(credit) for credit in words)])
    if shown:
        parts.append(["Footage", *(f"{_line(c)} ({_scenes(n)})" for c, n in shown.items())])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _credit(clip: Clip) -> Credit:
    found = clip.candidate
    return Credit(found.title, found.credit, found.license, found.url)


def _line(credit: Credit) -> str:
    # A service's text may break its line, and with it the list.
    facts = (credit.title, credit.author, credit.license, credit.url)
    return "- " + ". ".join(" ".join(fact.split()) for fact in facts if fact.strip())


def _scenes(numbers: Sequence[int]) -> str:
    return f"scene{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
