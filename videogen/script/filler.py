"""What a script says and a listener would not miss: what was said before, talk of the film itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from videogen.domain.script import Scene
from videogen.language.sentences import is_english, sentences
from videogen.language.words import normalized

# Sentences that only speak of the film itself; a narration that "welcomes immigrants" has none.
_OF_ITSELF = re.compile(
    r"(?i)(?:(?:so,? )?(?:in|throughout|by the end of) this (?:video|film|episode|documentary)\b|"
    r"(?:hello|hi|hey)(?:,? (?:everyone|everybody|guys|there|friends|viewers))?[,.!]|"
    r"welcome(?: back)?(?: to (?:this|our|the|my) (?:video|film|episode|channel|documentary|series)"
    r"\b|[,.!])|(?:let's|let us) (?:dive (?:right )?in(?:to)?|get started|take a (?:closer )?look)\b|"
    r"thank(?:s| you)(?: \w+){0,3} for (?:watching|listening|joining)\b|stay tuned\b|"
    r"(?:please |don't forget to |remember to )?(?:like|subscribe)"
    r"(?:,? and (?:like|subscribe|comment|share)\b| to (?:our|the|my) channel\b|!)|"
    r"if you (?:enjoyed|liked) this\b)"
)


def without_filler(scenes: Sequence[Scene], language: str) -> tuple[Scene, ...]:
    """Return the scenes without what was said before or tells nothing, nor scenes left empty."""
    said: set[str] = set()
    kept = []
    for scene in scenes:
        fresh = []
        for sentence in sentences(scene.text, language):
            mark = normalized(sentence)
            tells = not (is_english(language) and _OF_ITSELF.match(sentence))
            if mark and mark not in said and tells:
                fresh.append(sentence)
                said.add(mark)
        if fresh:
            kept.append(replace(scene, text=" ".join(fresh)))
    return tuple(kept)
