"""How English reads numbers, money, dates, units and abbreviations aloud."""

from __future__ import annotations

from videogen.stages.speech.readings import Rule, rule

ENGLISH: tuple[Rule, ...] = (rule(r"\s*&\s*", " and "),)
