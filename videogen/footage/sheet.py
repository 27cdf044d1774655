"""A plan as one HTML page: every shot with its picture, its words and why it was chosen."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping
from pathlib import Path

from videogen.domain.footage import Candidate, Choice, PlannedScene, Suggestion
from videogen.footage.plans import Plan
from videogen.footage.thumbnails import thumbnail_client, thumbnails
from videogen.http.limits import Budget

_RUNNERS_UP = 4
_SECONDS = 60.0
_STYLE = """
body{font:15px/1.4 system-ui,sans-serif;margin:2rem auto;max-width:1100px;padding:0 1rem}
section{border-top:1px solid #ccc;padding:1rem 0}
.shots,.others{display:flex;flex-wrap:wrap;gap:1rem}
figure{margin:0;width:320px}.others figure{width:160px;font-size:12px;opacity:.8}
img,.none{width:100%;aspect-ratio:16/9;object-fit:cover;background:#334;color:#fff;display:grid;
place-items:center;text-align:center;border-radius:4px}
code{background:#eee;padding:0 .2em}
"""


def sheet(plan: Plan, clips: Path | None) -> str:
    """Return the page, with every thumbnail in it; one that can't be had gives way to its title.

    `clips` is the user's own folder.
    """
    pictures = _thumbnails(plan, clips)
    scenes = "".join(_scene(scene, pictures) for scene in plan.scenes)
    warnings = "".join(f"<li>{html.escape(line)}</li>" for line in plan.warnings)
    return (
        "<!doctype html><meta charset=utf-8><title>What is shown</title>"
        f"<style>{_STYLE}</style><h1>What is shown</h1><ul>{warnings}</ul>{scenes}\n"
    )


def _scene(scene: PlannedScene, pictures: Mapping[Candidate, str]) -> str:
    title = html.escape(scene.scene.title or scene.query)
    shots = "".join(
        _shot(f"{scene.number}.{number}", choice, pictures)
        for number, choice in enumerate(scene.choices, start=1)
    )
    runners_up = "".join(_runner_up(one, pictures) for one in scene.passed_over[:_RUNNERS_UP])
    return (
        f"<section><h2>{scene.number}. {title}</h2><div class=shots>{shots}</div>"
        f"<h4>Next best</h4><div class=others>{runners_up}</div></section>\n"
    )


def _shot(name: str, choice: Choice, pictures: Mapping[Candidate, str]) -> str:
    found = choice.suggestion.candidate
    reasons = html.escape("; ".join(choice.suggestion.reasons))
    return (
        f"<figure>{_picture(found, pictures)}<figcaption><b>{name}</b>"
        f" “{html.escape(choice.words)}”<br>{_name(found)}<br>"
        f"{choice.suggestion.relevance:.2f} {reasons}</figcaption></figure>"
    )


def _runner_up(one: Suggestion, pictures: Mapping[Candidate, str]) -> str:
    return (
        f"<figure>{_picture(one.candidate, pictures)}<figcaption>{_name(one.candidate)}"
        f" {one.relevance:.2f}</figcaption></figure>"
    )


def _name(found: Candidate) -> str:
    title = html.escape(found.title)
    page = f'<a href="{html.escape(found.url)}">{title}</a>' if found.url else title
    return f"<code>{html.escape(f'{found.source}:{found.id}')}</code> {page}"


def _picture(found: Candidate, pictures: Mapping[Candidate, str]) -> str:
    if found in pictures:
        return f'<img alt="" src="data:image/jpeg;base64,{pictures[found]}">'
    return f"<div class=none>{html.escape(found.title)}</div>"


def _thumbnails(plan: Plan, clips: Path | None) -> dict[Candidate, str]:
    """Return small JPEGs in Base64 by candidate, for those that have a picture at all."""
    every = dict.fromkeys(
        one.candidate
        for scene in plan.scenes
        for one in (*(choice.suggestion for choice in scene.choices), *scene.suggestions)
    )
    with thumbnail_client(Budget(_SECONDS)) as client:
        found = thumbnails(every, client, clips)
    return {one: base64.b64encode(jpeg).decode() for one, jpeg in found.items()}
