"""What a person sees of a plan, and what they choose otherwise; a program never undoes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from videogen import serialization
from videogen.db.engine import Database
from videogen.db.projects import chosen_in_app
from videogen.domain.events import Notice, Tell
from videogen.domain.footage import Suggestion
from videogen.footage.overrides import PERSONS_CHOICE, ShotNumber
from videogen.footage.plans import Plan
from videogen.workspace import Workspace

_PLAN_FILE = "plan.json"
_CHOICES_FILE = "choices.json"


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A choice for a shot of a scene, which is known by its words where its number has changed."""

    scene: int
    shot: int
    suggestion: Suggestion
    text: str = ""


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


def earlier_plan(workspace: Workspace) -> Plan | None:
    """Return the plan that was kept last, None where there is none yet."""
    return serialization.load(Plan, workspace.work_folder / _PLAN_FILE)


def choose(workspace: Workspace, choices: Mapping[ShotNumber, Suggestion]) -> None:
    """Keep what a person chose for some shots, over what they chose before."""
    texts = _texts(earlier_plan(workspace))
    every = {(one.scene, one.shot): one for one in _kept(workspace)}
    every |= {
        shot: _Chosen(*shot, suggestion, texts.get(shot[0], ""))
        for shot, suggestion in choices.items()
    }
    _keep(workspace, [every[shot] for shot in sorted(every)])


def take_over(
    workspace: Workspace,
    database: Database,
    planned: Plan,
    earlier: Plan | None,
    sources: Collection[str],
    tell: Tell,
) -> dict[ShotNumber, Suggestion]:
    """Return what a person chose so far, in the app too: there for a scene's first shot.

    `earlier` is the plan that choices were made on, since when scenes may have other numbers. What
    is of none of the `sources` can't be had, and is told.
    """
    texts = _texts(planned)
    every = {(one.scene, one.shot): one for one in _as_numbered_now(workspace, texts, earlier)}
    offered = {
        (scene.number, one.candidate.id): one.candidate
        for scene in planned.scenes
        for one in scene.suggestions
    }
    for number, row in chosen_in_app(database, workspace.project_id).items():
        candidate = offered.get((number, row.id), row)
        if candidate.source not in sources:
            told = f"no source here has {candidate.source or 'its'} clips, so it shows another"
            tell(Notice("warning", f"Scene {number}: “{candidate.title}” was chosen; {told}"))
            continue
        picked = Suggestion(candidate, "", 1.0, 1.0, (PERSONS_CHOICE,))
        if (number, 1) not in every or every[number, 1].suggestion != picked:
            tell(Notice("line", f"Changed in the app: scene {number} shows “{candidate.title}”"))
        every[number, 1] = _Chosen(number, 1, picked, texts.get(number, ""))
    if every:
        _keep(workspace, [every[shot] for shot in sorted(every)])
    return {shot: one.suggestion for shot, one in every.items()}


def _as_numbered_now(
    workspace: Workspace, texts: Mapping[int, str], earlier: Plan | None
) -> Iterator[_Chosen]:
    """Yield what was chosen here, by the scenes' numbers of now."""
    known = set(_texts(earlier).values())
    for one in _kept(workspace):
        number = _number_now(one, texts, known)
        if number is not None:
            yield replace(one, scene=number, text=texts.get(number, one.text))


def _number_now(one: _Chosen, texts: Mapping[int, str], known: Collection[str]) -> int | None:
    """Return the number that the scene of a choice has now, None where it was removed."""
    same = [number for number, text in texts.items() if text == one.text]
    if same and one.scene not in same:
        return same[0]
    # Words that are new were written over the scene's own; others are another scene's.
    is_its_own = not one.text or bool(same) or texts.get(one.scene) not in known
    return one.scene if is_its_own else None


def _texts(plan: Plan | None) -> dict[int, str]:
    return {scene.number: scene.scene.text for scene in plan.scenes} if plan else {}


def _kept(workspace: Workspace) -> tuple[_Chosen, ...]:
    kept = serialization.load(_AllChosen, workspace.work_folder / _CHOICES_FILE)
    return kept.shots if kept else ()


def _keep(workspace: Workspace, shots: Iterable[_Chosen]) -> None:
    serialization.save(workspace.work_folder / _CHOICES_FILE, _AllChosen(tuple(shots)))
