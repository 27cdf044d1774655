"""`visual_suggestions` with a row a clip, as newer copies of the app have it.

The row has no place for a licence or for the piece of a clip that is shown. The licence follows the
credit in `channel_title`, where the app shows both; the piece is a media fragment of `source_url`
(https://www.w3.org/TR/media-frags/#naming-time).
"""

from __future__ import annotations

from videogen.db.facts import CandidatesFound, FootageChosen, ShownClip
from videogen.db.models import CLIPS
from videogen.db.rows import ProjectRows, Row, new_id
from videogen.domain import Candidate

_LICENCE = " · "
_PIECE = "#t="


def add(rows: ProjectRows, fact: CandidatesFound) -> None:
    """Record the clips that a search found and the scene does not have yet, after those it has."""
    scene_id = rows.scene_id(fact.scene_number)
    ranks = {row["video_id"]: row["rank"] for row in _ranked(rows, scene_id)}
    new = {found.id: found for found in fact.candidates if found.id not in ranks}
    rows.insert(
        CLIPS,
        *(
            {**_new(rows, scene_id), **_described(candidate), "rank": rank}
            for rank, candidate in enumerate(new.values(), start=max(ranks.values(), default=0) + 1)
        ),
    )


def choose(rows: ProjectRows, fact: FootageChosen) -> str:
    """Rank the clips that a scene shows first, as complete, and return the first row's key."""
    scene_id = rows.scene_id(fact.scene_number)
    there = {row["video_id"]: row for row in _ranked(rows, scene_id)}
    # A clip has one row; where a scene shows it twice, the first piece is the one kept.
    shown = {clip.candidate.id: clip for clip in reversed(fact.clips)}
    order = list(dict.fromkeys(clip.candidate.id for clip in fact.clips))
    passed_over = [row for clip_id, row in there.items() if clip_id not in shown]
    _pass_over(rows, passed_over, len(order))
    keys = [
        _put(rows, scene_id, there.get(clip_id), {**_shown_values(shown[clip_id]), "rank": rank})
        for rank, clip_id in enumerate(order, start=1)
    ]
    return keys[0]


def shown(rows: ProjectRows, scene_id: str) -> tuple[ShownClip, ...]:
    """Return the clips that a scene shows, in order."""
    return tuple(
        _shown_clip(row) for row in _ranked(rows, scene_id) if row["download_status"] == "complete"
    )


def earlier(
    rows: ProjectRows, scene_number: int, _query: str, source: str, /
) -> tuple[Candidate, ...]:
    """Return what searches of this service for the scene found; queries are not kept here."""
    found = _ranked(rows, rows.scene_id(scene_number))
    return tuple(_candidate(row) for row in found if row["provider"] == source)


def _ranked(rows: ProjectRows, scene_id: str) -> list[Row]:
    return sorted(rows.select(CLIPS, CLIPS.c.scene_id == scene_id), key=lambda row: row["rank"])


def _pass_over(rows: ProjectRows, passed_over: list[Row], places: int) -> None:
    """Take clips that are not shown for pending, behind the places of those that are."""
    if stale := [row["id"] for row in passed_over if row["download_status"] == "complete"]:
        rows.update(CLIPS, CLIPS.c.id.in_(stale), {"download_status": "pending"})
    if passed_over and passed_over[0]["rank"] <= places:
        theirs = CLIPS.c.id.in_([row["id"] for row in passed_over])
        rows.update(CLIPS, theirs, {"rank": CLIPS.c.rank + places})


def _put(rows: ProjectRows, scene_id: str, row: Row | None, values: Row) -> str:
    if row is None:
        new = {**_new(rows, scene_id), **values}
        rows.insert(CLIPS, new)
        return str(new["id"])
    rows.update(CLIPS, CLIPS.c.id == row["id"], values)
    return str(row["id"])


def _new(rows: ProjectRows, scene_id: str) -> Row:
    return {"id": new_id(), "scene_id": scene_id, "created_at": rows.now}


def _described(candidate: Candidate) -> Row:
    return {
        "video_id": candidate.id,
        "title": candidate.title,
        "thumbnail_url": candidate.thumbnail_url or None,
        "channel_title": f"{candidate.credit}{_LICENCE}{candidate.license}",
        "embed_url": candidate.url,
        "duration": None if candidate.duration is None else round(candidate.duration),
        "provider": candidate.source,
        "source_url": candidate.url,
    }


def _shown_values(clip: ShownClip) -> Row:
    end = clip.start + clip.duration
    return {
        **_described(clip.candidate),
        "source_url": f"{clip.candidate.url}{_PIECE}{clip.start:.3f},{end:.3f}",
        "default_segment_path": clip.path or None,
        "download_status": "complete",
    }


def _shown_clip(row: Row) -> ShownClip:
    start, _, end = (row["source_url"] or "").partition(_PIECE)[2].partition(",")
    times = (float(start), float(end) - float(start)) if end else (0.0, row["duration"] or 0.0)
    return ShownClip(_candidate(row), *times, path=row["default_segment_path"] or "")


def _candidate(row: Row) -> Candidate:
    credit, _, licence = (row["channel_title"] or "").rpartition(_LICENCE)
    return Candidate(
        source=row["provider"] or "",
        id=row["video_id"],
        title=row["title"],
        credit=credit or licence,
        license=licence if credit else "",
        url=(row["source_url"] or row["embed_url"]).partition(_PIECE)[0],
        duration=row["duration"],
        thumbnail_url=row["thumbnail_url"] or "",
    )
