"""The official kokoro package, real but tiny: `make test-kokoro` runs this where it is installed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from conformance.voices import TEXT, VoiceEngineShape
from kokoro.model import KModel
from kokoro_onnx.config import DEFAULT_VOCAB

from videogen.domain.script import Scene
from videogen.errors import VoiceError
from videogen.voiceover.engines import VoiceSetup, voice_engine
from videogen.voiceover.engines.base import VoiceEngine
from videogen.voiceover.speak import SpeechJob, speak_scene
from videogen.voiceover.voice import Voice

# Of kokoro 0.9.4 and torch 2.13, from inside: nothing that this package does.
pytestmark = [
    pytest.mark.filterwarnings("ignore:`torch.nn.utils.weight_norm` is deprecated:FutureWarning"),
    pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:dropout option adds dropout:UserWarning"),
]

# Kokoro's own config.json with every width and depth as small as its code allows (512 and 128 are fixed in it).
CONFIG: dict[str, Any] = {
    "istftnet": {
        "upsample_kernel_sizes": [20, 12],
        "upsample_rates": [10, 6],
        "gen_istft_hop_size": 5,
        "gen_istft_n_fft": 20,
        "resblock_dilation_sizes": [[1, 3, 5]],
        "resblock_kernel_sizes": [3],
        "upsample_initial_channel": 512,
    },
    "dim_in": 8,
    "dropout": 0.0,
    "hidden_dim": 512,
    "max_conv_dim": 16,
    "max_dur": 6,
    "n_layer": 1,
    "n_mels": 80,
    "n_token": 178,
    "style_dim": 128,
    "text_encoder_kernel_size": 5,
    "plbert": {
        "hidden_size": 16,
        "num_attention_heads": 2,
        "intermediate_size": 16,
        "max_position_embeddings": 512,
        "num_hidden_layers": 1,
        "dropout": 0.0,
    },
    "vocab": dict(DEFAULT_VOCAB),
}


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights in the official file format, made by the official package."""
    folder = tmp_path_factory.mktemp("kokoro")
    (folder / "config.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    torch.save({}, folder / "empty.pth")
    torch.manual_seed(7)
    model = KModel("hexgrad/Kokoro-82M", config=CONFIG, model=str(folder / "empty.pth"))
    parts = ("bert", "bert_encoder", "predictor", "text_encoder", "decoder")
    path = folder / "tiny.pth"
    torch.save({part: getattr(model, part).state_dict() for part in parts}, path)
    return path


@pytest.fixture(scope="session")
def setup(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> VoiceSetup:
    return VoiceSetup(tmp_path_factory.mktemp("cache"), "kokoro", weights, threads=1)


@pytest.fixture(scope="session")
def engine(setup: VoiceSetup) -> VoiceEngine:
    return voice_engine(setup)


class TestTorchVoice(VoiceEngineShape):
    """The official package, with weights that only hiss."""


def test_a_scene_is_spoken_and_written(
    setup: VoiceSetup, engine: VoiceEngine, tmp_path: Path
) -> None:
    scene = Voice(engine, "af_sky").pace(Scene(1, TEXT), 1.0, 0.6)
    job = SpeechJob(scene, setup, tmp_path / "1.mp3", tmp_path / "1.flac")

    made = speak_scene(job)

    assert made.seconds > 1
    assert made.audio_path.stat().st_size > 1000
    assert made.master_path.stat().st_size > 1000


def test_a_file_that_holds_no_weights_is_one_clear_error(weights: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pth"
    broken.write_bytes(weights.read_bytes()[:1000])
    (tmp_path / "config.json").write_text(json.dumps(CONFIG), encoding="utf-8")

    with pytest.raises(VoiceError, match="weights can't be loaded") as raised:
        voice_engine(VoiceSetup(tmp_path, "kokoro", broken)).prepare()

    assert str(broken) in str(raised.value)
