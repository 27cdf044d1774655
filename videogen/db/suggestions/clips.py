"""`visual_suggestions` with a row a clip, as newer copies of the app have it.

The row has no place for a licence or for the piece of a clip that is shown. The licence follows the
credit in `channel_title`, where the app shows both; the piece is a media fragment of `source_url`
(https://www.w3.org/TR/media-frags/#naming-time). What the app's pages make of the other columns is
told in docs/web-app.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Select

from videogen.db.facts import ClipPicture
from videogen.db.models import CLIPS
from videogen.db.rows import ProjectRows, Row, new_id
from videogen.domain.footage import Candidate, Card, Clip, MediaFile, PlannedScene, SourcedScene
from videogen.workspace import layout_of

_LICENCE = " · "
_PIECE = "#t="
# What the app may be given where it would open an address and there is none.
_NO_PAGE = "about:blank"
# The app plays what lies in its cache, and nothing else.
_CACHE, _SERVED = ".cache/", "/api/videos/"
# An image of one transparent pixel: none at all is an error on the app's console for each clip.
_NO_PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
# Sources that the app knows by another name.
_APP_PROVIDERS = {"dvids-mcp": "dvids"}


def offer(rows: ProjectRows, scene: PlannedScene) -> None:
    """Add what was found and the scene does not have yet, after what it has."""
    scene_id = rows.scene_id(scene.number)
    ranks = {row["video_id"]: row["rank"] for row in _ranked(rows, scene_id)}
    found = {one.candidate.id: one.candidate for one in scene.suggestions}
    new = [candidate for known, candidate in found.items() if known not in ranks]
    rows.insert(
        CLIPS,
        *(
            {
                **_new(rows, scene_id),
                **_described(candidate, scene.seconds),
                "download_status": _passed_over(rows),
                "rank": rank,
            }
            for rank, candidate in enumerate(new, start=max(ranks.values(), default=0) + 1)
        ),
    )


def record(rows: ProjectRows, scene: SourcedScene) -> str:
    """Add the clips that were found and rank those that are shown first; return the first's key."""
    offer(rows, scene.planned)
    return _choose(rows, rows.scene_id(scene.number), scene.clips)


def picture(rows: ProjectRows, scene_number: int, pictures: Sequence[ClipPicture]) -> None:
    """Record what the curation page shows of a scene's clips."""
    scene_id = rows.scene_id(scene_number)
    there = {row["video_id"]: row for row in _ranked(rows, scene_id)}
    for one in pictures:
        if (row := there.get(one.clip_id)) is None:
            continue
        served = {"default_segment_path": one.preview} if one.preview else {}
        # What has no page of its own is opened where the app plays it.
        if one.preview and row["embed_url"] == _NO_PAGE:
            served["embed_url"] = _SERVED + one.preview.removeprefix(_CACHE)
        rows.update(CLIPS, CLIPS.c.id == row["id"], {"thumbnail_url": one.picture, **served})


def shown(rows: ProjectRows, scenes: Select[tuple[str]]) -> Mapping[str, tuple[Clip, ...]]:
    """Return the clips that scenes show, in order, by the scenes' keys."""
    found: defaultdict[str, list[Clip]] = defaultdict(list)
    there = rows.select(CLIPS, CLIPS.c.scene_id.in_(scenes))
    for row in sorted(there, key=lambda row: row["rank"]):
        if row["download_status"] == "complete":
            found[row["scene_id"]].append(_shown_clip(row))
    return {scene_id: tuple(clips) for scene_id, clips in found.items()}


def chosen_otherwise(rows: ProjectRows, selected: Mapping[str, str]) -> Mapping[str, Candidate]:
    """Return the candidates that scenes name, by the scenes' keys, unless a run chose them.

    `selected` are keys of clips by keys of scenes.
    """
    there = rows.select(CLIPS, CLIPS.c.id.in_(list(selected.values())))
    named = {row["id"]: row for row in there}
    return {
        scene_id: _candidate(named[clip_id])
        for scene_id, clip_id in selected.items()
        if clip_id in named and not _is_ours(named[clip_id])
    }


def _is_ours(row: Row) -> bool:
    # A run ranks first what it shows first, and has it already.
    return bool(row["rank"] == 1 and row["download_status"] == "complete")


def _choose(rows: ProjectRows, scene_id: str, clips: Sequence[Clip]) -> str:
    there = {row["video_id"]: row for row in _ranked(rows, scene_id)}
    # A clip has one row; where a scene shows it twice, the first piece is the one kept.
    chosen = {clip.candidate.id: clip for clip in reversed(clips)}
    order = list(dict.fromkeys(clip.candidate.id for clip in clips))
    _pass_over(rows, [row for known, row in there.items() if known not in chosen], len(order))
    keys = [
        _put(rows, scene_id, there.get(known), {**_shown_values(rows, chosen[known]), "rank": rank})
        for rank, known in enumerate(order, start=1)
    ]
    return keys[0]


def _ranked(rows: ProjectRows, scene_id: str) -> list[Row]:
    return sorted(rows.select(CLIPS, CLIPS.c.scene_id == scene_id), key=lambda row: row["rank"])


def _pass_over(rows: ProjectRows, passed_over: list[Row], places: int) -> None:
    """Put clips that are not shown behind the places of those that are."""
    if stale := [row["id"] for row in passed_over if row["download_status"] == "complete"]:
        rows.update(CLIPS, CLIPS.c.id.in_(stale), {"download_status": _passed_over(rows)})
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


def _passed_over(rows: ProjectRows) -> str | None:
    """Return the status of a clip that nobody has asked for: nothing, or the app says it is queued."""
    column = rows.schema[CLIPS.name].columns.get(CLIPS.c.download_status.name)
    return None if column is None or column.nullable else "pending"


def _described(candidate: Candidate, seconds: float) -> Row:
    """Return what a row says of a candidate, which lasts `seconds` where nobody knows better."""
    return {
        "video_id": candidate.id,
        "title": candidate.title,
        "thumbnail_url": candidate.thumbnail_url or _NO_PICTURE,
        "channel_title": _LICENCE.join(filter(None, (candidate.credit, candidate.license))),
        "embed_url": candidate.url or _NO_PAGE,
        # The app's own cut refuses a clip without a length, and one of none.
        "duration": max(1, round(candidate.duration or seconds)),
        "provider": _APP_PROVIDERS.get(candidate.source, candidate.source),
        "source_url": candidate.url,
    }


def _shown_values(rows: ProjectRows, clip: Clip) -> Row:
    end = clip.start + clip.duration
    return {
        **_described(clip.candidate, clip.duration),
        "source_url": f"{clip.candidate.url}{_PIECE}{clip.start:.3f},{end:.3f}",
        "default_segment_path": _segment(rows, clip),
        "download_status": "complete",
    }


def _segment(rows: ProjectRows, clip: Clip) -> str | None:
    """Return where the clip lies; an app can play its preview only, once that is drawn."""
    is_served = layout_of(rows.root).preview is not None
    return None if is_served or isinstance(clip.media, Card) else rows.stored(clip.media.path)


def _shown_clip(row: Row) -> Clip:
    start, _, end = (row["source_url"] or "").partition(_PIECE)[2].partition(",")
    begin, length = (
        (float(start), float(end) - float(start)) if end else (0.0, row["duration"] or 0.0)
    )
    path = row["default_segment_path"]
    # The row does not tell a still from a video, and nobody who reads it back asks.
    media = MediaFile(Path(path), "video") if path else Card(row["title"], 0)
    return Clip(_candidate(row), media, begin, offset=0.0, duration=length)


def _page(row: Row) -> str:
    address: str = row["embed_url"]
    return "" if address.startswith((_NO_PAGE, _SERVED)) else address


def _candidate(row: Row) -> Candidate:
    credit, _, licence = (row["channel_title"] or "").rpartition(_LICENCE)
    return Candidate(
        source=row["provider"] or "",
        id=row["video_id"],
        title=row["title"],
        credit=credit or licence,
        license=licence if credit else "",
        url=(row["source_url"] or _page(row)).partition(_PIECE)[0],
        duration=row["duration"],
        thumbnail_url=(row["thumbnail_url"] or "").removeprefix(_NO_PICTURE),
    )
