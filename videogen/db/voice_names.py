"""The app's names for Kokoro's voices; it shows a name only for its own."""

from __future__ import annotations

_APP_VOICES = {
    "af_sky": "sarah",
    "af_bella": "emma",
    "am_michael": "michael",
    "bf_emma": "olivia",
    "af_nova": "sophia",
    "af_jessica": "grace",
    "am_eric": "david",
    "am_fenrir": "ethan",
    "am_puck": "liam",
    "am_adam": "james",
}
_KOKORO_VOICES = {app: kokoro for kokoro, app in _APP_VOICES.items()}


def app_voice(voice: str) -> str:
    """Return the app's id of a Kokoro voice, or the voice's own name where the app has none."""
    return _APP_VOICES.get(voice, voice)


def kokoro_voice(voice_id: str) -> str:
    """Return the Kokoro voice that an id in the database stands for."""
    return _KOKORO_VOICES.get(voice_id, voice_id)
