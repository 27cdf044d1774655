"""What a person sees of a plan, and what they choose otherwise; a program never undoes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from videogen import serialization
from videogen.db.engine import Database
from videogen.db.projects import chosen_in_app
from videogen.domain import Suggestion
from videogen.footage.overrides import ShotNumber
from videogen.footage.plans import Plan
from videogen.footage.sources import PERSONS_CHOICE
from videogen.workspace import Workspace

_PLAN_FILE = "plan.json"
_CHOICES_FILE = "choices.json"


@dataclass(frozen=True, slots=True)
class _Chosen:
    scene: int
    shot: int
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class _AllChosen:
    shots: tuple[_Chosen, ...]


def keep_plan(workspace: Workspace, plan: Plan) -> None:
    """Keep what the video will show, or shows, for a person to look at."""
    serialization.save(workspace.work_folder / _PLAN_FILE, plan)


def kept_plan(workspace: Workspace) -> Plan:
    """Return what the video will show, or shows.

    Raises:
        UsageError: no plan was made yet.
    """
    what = f"There is no plan for {workspace.project_id}"
    return serialization.load_needed(Plan, workspace.work_folder / _PLAN_FILE, what)


def choose(workspace: Workspace, choices: Mapping[ShotNumber, Suggestion]) -> None:
    """Keep what a person chose for some shots, over what they chose before."""
    every = {**chosen(workspace), **choices}
    shots = tuple(_Chosen(*shot, suggestion) for shot, suggestion in sorted(every.items()))
    serialization.save(workspace.work_folder / _CHOICES_FILE, _AllChosen(shots))


def chosen(workspace: Workspace) -> dict[ShotNumber, Suggestion]:
    """Return what a person chose so far."""
    kept = serialization.load(_AllChosen, workspace.work_folder / _CHOICES_FILE)
    return {(one.scene, one.shot): one.suggestion for one in kept.shots} if kept else {}


def take_over(workspace: Workspace, database: Database) -> dict[ShotNumber, Suggestion]:
    """Return what a person chose so far, in the app too: there for a scene's first shot."""
    in_app = {
        (scene, 1): Suggestion(candidate, "", 1.0, 1.0, (PERSONS_CHOICE,))
        for scene, candidate in chosen_in_app(database, workspace.project_id).items()
    }
    if in_app:
        choose(workspace, in_app)
    return chosen(workspace)
