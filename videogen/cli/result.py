"""What a finished run reports: the object that `run --json` prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from videogen.domain.footage import Clip, ShownScene
from videogen.run import Outcome

Stored = Callable[[Path], str]


def result_json(outcome: Outcome, stored: Stored) -> str:
    """Return a run's result: paths as stored, durations in seconds, the size in bytes."""
    video = outcome.video
    result = {
        "project_id": outcome.project_id,
        "status": outcome.status,
        "video_path": stored(video.path),
        "thumbnail_path": stored(video.thumbnail_path),
        "captions_path": stored(video.captions_paths[0]) if video.captions_paths else None,
        "duration": video.duration,
        "target_duration": outcome.target_duration,
        "file_size": video.file_size,
        "width": video.width,
        "height": video.height,
        "fps": video.fps,
        "scenes": [_scene(scene, stored) for scene in outcome.scenes],
        "timings": outcome.timings,
        "warnings": outcome.warnings,
    }
    return json.dumps(result, ensure_ascii=False, indent=1)


def _scene(shown: ShownScene, stored: Stored) -> dict[str, Any]:
    return {
        "number": shown.number,
        "text": shown.scene.text,
        "audio_path": stored(shown.voiced.audio_path),
        "duration": round(shown.voiced.seconds, 3),
        "clips": [_clip(clip) for clip in shown.clips],
    }


def _clip(clip: Clip) -> dict[str, Any]:
    found = clip.candidate
    return {
        "source": found.source,
        "id": found.id,
        "title": found.title,
        "credit": found.credit,
        "license": found.license,
        "url": found.url,
        "start": round(clip.start, 3),
        "duration": round(clip.duration, 3),
    }
