"""The footage of a run: planned and fetched once, kept, recorded when the voice is done."""

from __future__ import annotations

from dataclasses import replace

from videogen.db import facts
from videogen.db.projects import shown_elsewhere
from videogen.domain.events import Event, Notice, Progress, Tell
from videogen.domain.footage import LOCAL, SourcedScene
from videogen.domain.speech import PacedScene
from videogen.executors import Background
from videogen.footage.find import Footage, fetch, plan, providers_of
from videogen.footage.plans import Plan, merged, with_choices
from videogen.forecast.work import filmed_share, parts_of
from videogen.project.asked import overrides_of
from videogen.project.curation import earlier_plan, keep_plan, take_over
from videogen.project.previews import Previews
from videogen.project.state import Project
from videogen.serialization import digest, once


def plan_shots(project: Project, scenes: tuple[PacedScene, ...], tell: Tell) -> Plan:
    """Return what every shot shows, with what a person chose otherwise since it was planned."""
    options = project.options
    for line in project.chain.left_out:
        tell(Notice("line", f"Footage without {line}"))
    inputs = digest(
        scenes,
        options.footage,
        options.licenses,
        options.clips,
        options.format,
        options.pins,
        options.bans,
        *(project.chain.sight.state if project.chain.sight else ()),
    )
    earlier = earlier_plan(project.workspace)
    chosen = once(
        project.workspace.kept_path("plan", inputs),
        Plan,
        lambda: _chosen(project, scenes, earlier, tell),
    )
    sources = {LOCAL, *project.chain.by_name}
    theirs = take_over(project.workspace, project.database, chosen, earlier, sources, tell)
    planned = with_choices(chosen, theirs)
    keep_plan(project.workspace, planned)
    parts = parts_of(planned.scenes)
    project.know(replace(project.work, filmed=filmed_share(parts), parts=parts))
    return planned


def _chosen(
    project: Project, scenes: tuple[PacedScene, ...], earlier: Plan | None, tell: Tell
) -> Plan:
    """Choose what the scenes show; what is said as in an earlier plan shows what it showed."""
    options = project.options
    known = {one.scene.text for one in earlier.scenes} if earlier else set()
    new = [one for one in scenes if one.scene.text not in known]
    fresh = Plan((), ())
    if new:
        fresh = plan(
            new,
            project.chain,
            options.format,
            project.language,
            overrides_of(options, project.chain),
            shown_elsewhere(project.database, options.topic),
            tell,
        )
    return merged(scenes, earlier, fresh) if earlier else fresh


def find_footage(project: Project, scenes: tuple[PacedScene, ...], tell: Tell) -> Footage:
    """Plan the shots and fetch their clips; kept is the plan of what could be had."""
    planned = plan_shots(project, scenes, tell)
    kept = project.workspace.kept_path("footage", digest(planned.scenes))
    footage = once(kept, Footage, lambda: fetch(planned, project.chain, tell), Footage.is_whole)
    shown = replace(planned, scenes=tuple(one.planned for one in footage.scenes))
    keep_plan(project.workspace, shown)
    return footage


def record_footage(
    project: Project, background: Background[Event, Footage], previews: Previews
) -> Footage:
    """Record the footage scene by scene as the search tells it, with what was told so far first."""
    project.ledger.record(facts.StageStarted("footage"))
    recorded: list[SourcedScene] = []

    def hear(event: Event) -> None:
        project.tell(event)
        if isinstance(event, SourcedScene):
            recorded.append(event)
            previews.begin(event)
        elif isinstance(event, Progress):
            # While nothing was found yet, those that are asked.
            at_work = providers_of(recorded) or ",".join(project.chain.by_name)
            told = facts.FootageProgress(event.percent, at_work)
            project.ledger.record(told)

    footage = background.result(hear)
    # What an earlier run found was not told by this one.
    for scene in footage.scenes:
        if scene not in recorded:
            hear(scene)
    project.notices += [Notice("warning", line) for line in footage.warnings]
    project.tell(Progress("footage", 1, 1))
    project.ledger.record(facts.FootageFinished(providers_of(footage.scenes)))
    return footage
