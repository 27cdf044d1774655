"""A narration that a person changed: only what they changed is spoken anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import pytest

from videogen.domain.script import Scene, Script
from videogen.domain.speech import PacedScene, Passage, Utterance
from videogen.errors import VoiceError
from videogen.script.narrate import Narration, revise

RATE = Fraction(30)
SCRIPT = Script("Tides", (Scene(1, "The moon pulls."), Scene(2, "The sea comes back.")), "groq")


@dataclass(frozen=True)
class Reader:
    """Reads three words a second, and nothing that holds no letter."""

    voice: str = "af_sky"

    def seconds(self, text: str, speed: float) -> float:
        """Return how long a text will be."""
        return len(text.split()) / 3 / speed

    def pace(self, scene: Scene, speed: float, pause: float) -> PacedScene:
        """Return a scene as it will be read."""
        if not any(letter.isalpha() for letter in scene.text):
            raise VoiceError("There is nothing to say")
        passages = tuple(Passage((word,), (word,)) for word in scene.text.split())
        seconds = self.seconds(scene.text, speed)
        return PacedScene(scene, passages, Utterance(self.voice, ()), speed, seconds, pause)


def paced_by(reader: Reader, script: Script, speed: float = 1.05, pause: float = 0.7) -> Narration:
    scenes = tuple(reader.pace(scene, speed, pause) for scene in script.scenes)
    return Narration(script, scenes, 0.0, ())


def revised(script: Script, voice: str = "af_sky", *, fit: bool = False) -> Narration:
    earlier = paced_by(Reader(), SCRIPT)
    return revise(earlier, script, Reader(voice), voice, 1.0, 6.0, RATE, fit=fit)


def test_scenes_that_say_what_they_said_keep_their_pace_and_new_ones_take_it() -> None:
    script = replace(
        SCRIPT, scenes=(Scene(1, "The sea comes back."), Scene(3, "Boats rise with it again."))
    )

    kept, new = revised(script).scenes

    before = paced_by(Reader(), SCRIPT).scenes[1]
    assert kept == replace(before, scene=script.scenes[0])
    assert (new.number, new.speed, new.pause) == (3, 1.05, 0.7)


def test_another_voice_paces_all_anew_to_the_length_that_was_asked_for() -> None:
    told = revised(SCRIPT, "am_adam")

    assert {scene.utterance.voice for scene in told.scenes} == {"am_adam"}
    assert sum(scene.seconds + scene.pause for scene in told.scenes) == pytest.approx(6.0, abs=2.5)
    assert told.scenes[0].speed == 0.9


@pytest.mark.parametrize(("speed", "seconds"), [(2.0, 1.0), (0.5, 60.0)])
def test_a_voice_at_its_bound_is_fitted_by_pauses_alone(speed: float, seconds: float) -> None:
    earlier = paced_by(Reader(), SCRIPT)

    told = revise(earlier, SCRIPT, Reader("am_adam"), "am_adam", speed, seconds, RATE, fit=True)

    assert {scene.speed for scene in told.scenes} == {speed}


def test_another_voice_reads_a_persons_own_script_as_it_is() -> None:
    told = revised(replace(SCRIPT, writer="file"), "am_adam")

    assert {(scene.speed, scene.pause) for scene in told.scenes} == {(1.0, 0.6)}
    assert told.shortfall == pytest.approx(6.0 - 7 / 3 - 1.2)


def test_a_scene_that_nobody_can_say_is_named() -> None:
    script = replace(SCRIPT, scenes=(SCRIPT.scenes[0], Scene(2, "…")))

    told = revised(script)

    assert [scene.number for scene in told.scenes] == [1]
    assert told.left_out == ("Scene 2 is left out: There is nothing to say",)
