"""How a run is stopped from outside: once, whatever the signal, and it cleans up undisturbed."""

from __future__ import annotations

import os
import signal
from types import FrameType

import click

_STOPPED = 130
# A terminal that is closed, and who asks politely, stop a run as Ctrl-C does.
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")

_asked = 0


def stop_by_signals() -> None:
    """Raise KeyboardInterrupt at the first signal, and end at the third at once."""
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        # Who started us with nohup wants us to outlive the terminal.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def stay_stopped() -> None:
    """Let no further signal disturb what is left to do, which is little."""
    for name in _SIGNALS:
        if number := getattr(signal, name, None):
            # Where a handler of ours is left, Python's own end takes it away, and a signal kills.
            signal.signal(number, signal.SIG_IGN)


def _stop(_number: int, _frame: FrameType | None) -> None:
    global _asked  # noqa: PLW0603
    _asked += 1
    if _asked == 1:
        raise KeyboardInterrupt
    if _asked > 2:  # noqa: PLR2004
        os._exit(_STOPPED)
    click.echo("Stopping; once more ends it at once.", err=True)
