"""A new source or writer is one file and one line in a table: everything else finds it by those."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import configuration
import pytest
from commands import CHECKOUT, videogen

from videogen.doctor.origins import known_variables, origins
from videogen.doctor.services import probes
from videogen.environment import environment, is_destination
from videogen.errors import SourceUnavailable, WriterUnavailable
from videogen.footage import sources
from videogen.footage.sources.chain import open_chain, open_source
from videogen.footage.sources.provider import FootageOptions
from videogen.printable import masked
from videogen.provider import Provider, Variable, is_key
from videogen.script import writers
from videogen.script.writers.choice import choose, with_model
from videogen.script.writers.provider import Assignment
from videogen.settings import load

SOURCE = """
from videogen.footage.sources.cards import CardSource
from videogen.footage.sources.provider import FootageProvider
from videogen.provider import Variable

KEY = Variable("TIDEPOOL_API_KEY", "footage from Tidepool", had_at="https://tidepool.test/keys")
ADDRESS = Variable("TIDEPOOL_BASE_URL", "a proxy in front of Tidepool", "https://tidepool.test")


class Tidepool(CardSource):
    name = "tide-pool"


def _open(setup):
    setup.key(KEY)
    return Tidepool()


PROVIDER = FootageProvider(open=_open, key=KEY, address=ADDRESS, gives="videos of tides")
"""
WRITER = """
from videogen.provider import Variable
from videogen.script.writers.chat import chat_provider
from videogen.script.writers.openai import OpenAIChat

KEY = Variable("SCRIBE_API_KEY", "scripts by Scribe", had_at="https://scribe.test/keys")
ADDRESS = Variable("SCRIBE_BASE_URL", "a proxy in front of Scribe", "http://127.0.0.1:9")


class Scribe(OpenAIChat):
    name = "scribe"


PROVIDER = chat_provider(
    lambda task: Scribe(task.key(KEY), task.settings.value_of(ADDRESS), "one", 0.0),
    key=KEY,
    address=ADDRESS,
    gives="written by Scribe",
)
"""
SECRET = "a-key-of-sixteen"


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One file each, and their names in the tables."""
    for package, name, text in ((sources, "tide_pool", SOURCE), (writers, "scribe", WRITER)):
        folder = tmp_path / package.__name__
        folder.mkdir()
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    tables = {"SOURCES": (sources, "tide-pool"), "WRITERS": (writers, "scribe")}
    for table, (package, name) in tables.items():
        old = getattr(package, table)
        for module in [one for one in sys.modules.values() if getattr(one, table, None) is old]:
            monkeypatch.setattr(module, table, (*old, name))
    yield
    for module_name in ("videogen.footage.sources.tide_pool", "videogen.script.writers.scribe"):
        sys.modules.pop(module_name, None)


@pytest.mark.usefixtures("added")
def test_a_source_is_opened_and_says_what_it_lacks(tmp_path: Path) -> None:
    options = FootageOptions(640, 360)
    assert (
        "TIDEPOOL_API_KEY"
        in open_chain(["tide-pool"], load(tmp_path, None, {}), options).left_out[0]
    )
    with pytest.raises(SourceUnavailable, match="no key"):
        open_source("tide-pool", load(tmp_path, None, {}), options)
    settings = load(tmp_path, None, {"TIDEPOOL_API_KEY": SECRET})
    assert open_source("tide-pool", settings, options).name == "tide-pool"
    assert "tide-pool" in open_chain(["auto"], settings, FootageOptions(640, 360, "Tides")).by_name
    assert masked(f"echoed {SECRET}") == "echoed •••"


@pytest.mark.usefixtures("added")
def test_a_writer_is_chosen_by_name_and_by_its_key(tmp_path: Path) -> None:
    given = Assignment("Tides", "en-us", load(tmp_path, None, {"SCRIBE_API_KEY": SECRET}))
    writer, reason = choose("auto", given)
    assert (writer.name, reason) == ("scribe", "Script by the scribe writer: SCRIBE_API_KEY is set")
    assert "scribe" in with_model()
    with pytest.raises(WriterUnavailable) as seen:
        choose("scribe", Assignment("Tides", "en-us", load(tmp_path, None, {})))
    assert "SCRIBE_API_KEY" in seen.value.cure


@pytest.mark.usefixtures("added")
def test_the_doctor_tries_them_and_knows_their_variables(tmp_path: Path) -> None:
    found = {one.name: one for one in probes(load(tmp_path, None, {"TIDEPOOL_API_KEY": SECRET}))}
    assert found["tide-pool"].check().ok
    assert "https://tidepool.test" in found["tide-pool"].cure
    assert "SCRIBE_API_KEY" in found["scribe"].check().cure
    shown = {one.name: one.value for one in origins({"SCRIBE_API_KEY": SECRET})}
    assert shown == {"SCRIBE_API_KEY": "16 characters"}


@pytest.mark.usefixtures("added")
def test_the_documents_are_written_with_them() -> None:
    page = configuration.page()
    assert (
        "| `TIDEPOOL_BASE_URL` | a proxy in front of Tidepool | `https://tidepool.test` |" in page
    )
    assert "| `SCRIBE_API_KEY` | scripts by Scribe ([a key](https://scribe.test/keys)) |  |" in page
    row = "| `tide-pool` | `TIDEPOOL_API_KEY` ([free](https://tidepool.test/keys)) | videos of tides |"
    providers = {"tide-pool": sources.provider_of("tide-pool")}
    assert row in configuration.with_providers(
        "| source | a | b |\n|---|---|---|\n", "source", providers
    )


@pytest.mark.usefixtures("added")
def test_a_folder_that_nobody_trusts_may_not_lead_them_elsewhere(tmp_path: Path) -> None:
    lines = "TIDEPOOL_BASE_URL=http://x.test\nSCRIBE_BASE_URL=http://x.test\nSCRIBE_API_KEY=own\n"
    (tmp_path / ".env").write_text(lines, encoding="utf-8")
    found = environment(tmp_path)
    assert set(found.withheld) == {"TIDEPOOL_BASE_URL", "SCRIBE_BASE_URL"}
    settings = load(tmp_path, None, found.variables)
    address = import_module("videogen.footage.sources.tide_pool").ADDRESS
    assert settings.value_of(address) == "https://tidepool.test"


@pytest.mark.parametrize("name", [*sources.SOURCES, *writers.WRITERS])
def test_each_module_tells_what_it_needs_and_no_variable_of_its_own_leads_astray(name: str) -> None:
    of = sources.provider_of if name in sources.SOURCES else writers.provider_of
    provider: Provider = of(name)
    assert provider.gives
    assert provider.told_needs
    assert provider.key is None or provider.key.had_at.startswith("https://")
    for one in provider.variables:
        assert one.purpose
        assert is_key(one.name) or is_destination(one.name)
    assert set(provider.variables) <= set(known_variables())


def test_an_address_that_any_folder_could_set_and_a_key_that_would_be_shown_are_refused() -> None:
    with pytest.raises(ValueError, match="could set it"):
        Variable("TIDEPOOL_SITE", "where it is", "https://tidepool.test")
    with pytest.raises(ValueError, match="would be shown"):
        Provider(gives="tides", key=Variable("TIDEPOOL_SECRET", "footage"))


def test_help_names_them_all_and_imports_none(tmp_path: Path) -> None:
    told = videogen("run", "--help", cwd=tmp_path).out
    assert all(name in told for name in writers.WRITERS)
    asks = "import sys; from videogen.cli import run_options; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asks], capture_output=True, text=True, check=True, cwd=CHECKOUT
    )
    loaded = set(done.stdout.split())
    assert "videogen.script.writers" in loaded
    assert not {f"videogen.script.writers.{name}" for name in writers.WRITERS} & loaded
    assert not any(name.startswith("videogen.footage.sources.") for name in loaded)
    assert not {"httpx", "pydantic", "groq", "mcp"} & loaded
