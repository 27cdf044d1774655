"""The command line: parse, call, print; the one place where an error is shown."""

from __future__ import annotations

import logging
import sys
from typing import NoReturn

import click

from videogen.cli.batch import batch
from videogen.cli.cleaning import clean
from videogen.cli.database import check, db
from videogen.cli.doctor import doctor
from videogen.cli.output import PrintableFormatter, echo, keep_streams
from videogen.cli.plan import show_plan, swap
from videogen.cli.projects import list_projects, show
from videogen.cli.report import report
from videogen.cli.run import resume, run, script
from videogen.cli.stopping import stay_stopped, stop_by_signals
from videogen.cli.trusting import trust_folder
from videogen.cli.voices import voices
from videogen.errors import as_ours


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="videogen")
@click.option("--debug", is_flag=True, help="Log everything and show tracebacks.")
def cli(debug: bool) -> None:
    """Make a narrated video of a topic and record it in your web app's database."""
    shown = logging.StreamHandler()
    shown.setFormatter(PrintableFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[shown])
    logging.getLogger().setLevel(logging.INFO if debug else logging.CRITICAL)
    logging.getLogger("videogen").setLevel(logging.DEBUG if debug else logging.WARNING)
    if not debug:
        for handler in logging.getLogger().handlers:
            handler.addFilter(_is_a_users_business)


def _is_a_users_business(record: logging.LogRecord) -> bool:
    """Keep libraries quiet, those too that set a level of their own, such as phonemizer."""
    return record.name.split(".")[0] == "videogen" or record.levelno >= logging.CRITICAL


_COMMANDS = (
    run,
    resume,
    batch,
    script,
    show_plan,
    swap,
    list_projects,
    show,
    report,
    clean,
    check,
    doctor,
    db,
    voices,
    trust_folder,
)
for command in _COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    keep_streams()
    stop_by_signals()
    try:
        sys.exit(cli.main(standalone_mode=False))
    except click.UsageError as exc:
        name = exc.ctx.command_path if exc.ctx else "videogen"
        _end(f"{name}: {exc.format_message()} Try '{name} --help'.", 64)
    except (KeyboardInterrupt, click.Abort):
        stay_stopped()
        _end("Stopped.", 130)
    except Exception as exc:
        if "--debug" in sys.argv:
            raise
        known = as_ours(exc)
        if known is None:
            _end(
                f"Unexpected: {exc!r}\nThis is a fault of videogen; videogen --debug shows where.",
                1,
            )
        else:
            _end(str(known), known.exit_code)


def _end(message: str, code: int) -> NoReturn:
    echo(message, err=True)
    sys.exit(code)
