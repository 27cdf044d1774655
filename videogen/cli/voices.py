"""`videogen voices`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import click

from videogen.cli.options import Surroundings, json_option, option, root_option
from videogen.cli.output import echo
from videogen.errors import UsageError
from videogen.voiceover.engines.catalogue import DEFAULT_VOICE

_SAMPLE_SENTENCES = 2


@click.command(epilog="Example: videogen voices --voice bf_emma --play")
@root_option
@option("--voice", default=DEFAULT_VOICE, show_default=True, help="The voice of the sample.")
@option("--save", type=click.Path(path_type=Path), help="Speak a sample to this WAV file.")
@click.option("--play", is_flag=True, help="Play a sample by the program that plays sounds here.")
@json_option
def voices(
    surroundings: Surroundings, voice: str, save: Path | None, play: bool, as_json: bool
) -> None:
    """List the voices, or speak a sample of one."""
    from videogen.voiceover.engines.catalogue import language_of, voice_hashes
    from videogen.voiceover.engines.style import ready_voices

    cache_folder = surroundings.settings(None).cache_folder
    if save or play:
        sample = save or Path(tempfile.gettempdir(), f"{voice}.wav")
        _speak_sample(voice, sample, cache_folder)
        if play and click.launch(str(sample)):
            raise UsageError("No program plays sounds here", cure=f"Play it yourself: {sample}")
        return
    ready = ready_voices(cache_folder)
    listed = [
        {"voice": name, "language": language_of(name).code, "ready": name in ready}
        for name in voice_hashes()
    ]
    if as_json:
        echo(json.dumps({"voices": listed}))
        return
    for one in listed:
        state = "ready" if one["ready"] else "fetched on first use"
        echo(f"{one['voice']:<16}{one['language']:<8}{state}")


def _speak_sample(voice: str, path: Path, cache_folder: Path) -> None:
    import soundfile

    from videogen.files import atomic_file
    from videogen.language.sentences import sentences
    from videogen.voiceover.engines import VoiceSetup, voice_engine
    from videogen.voiceover.engines.catalogue import language_of
    from videogen.voiceover.voice import Voice

    engine = voice_engine(VoiceSetup(cache_folder))
    language = language_of(voice)
    heard = sentences(language.sample, language.code)[:_SAMPLE_SENTENCES]
    _, utterance = Voice(engine, voice).ready(" ".join(heard))
    speech = engine.speak(utterance, 1.0)
    with atomic_file(path) as partial:
        soundfile.write(partial, speech.samples, speech.sample_rate, format="WAV")
    echo(str(path))
