"""The tree of errors: what happened, where, and what to do about it, each with its exit code.

VideogenError (1)
├── UsageError (64)
├── DatabaseError (2)
│   └── DriftError (2)
├── ScriptError (1)
│   └── WriterUnavailable (1)
├── VoiceError (1)
├── FootageError (1)
│   ├── SourceUnavailable (1)
│   └── UnusableClip (1)
├── AssemblyError (1)
├── WorkspaceError (1)
│   └── ProjectBusy (1)
├── WorkerDied (1)
├── ClusterError (1)
├── ProjectDeleted (1)
└── Interrupted (130)
"""

from __future__ import annotations

import errno
from typing import ClassVar


class VideogenError(Exception):
    """What went wrong, where, and the cure, as one or two lines for a person.

    All but the first may be empty; `str()` joins what there is. `command` is the one line for a shell
    that does what `advice` says, which then leads up to it.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str = "", cure: str = "", command: str = "") -> None:
        super().__init__(what, where, cure, command)
        self.what = what
        self.where = where
        self.advice = cure
        self.command = command

    @property
    def cure(self) -> str:
        """The advice and its command, as a person is told."""
        return f"{self.advice or 'Run'}: {self.command}" if self.command else self.advice

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the keywords when the error crosses from a worker process."""
        return (_rebuild, (type(self), self.what, self.where, self.advice, self.command))

    def __str__(self) -> str:
        first = f"{self.what} ({self.where})" if self.where else self.what
        return f"{first}\n{self.cure}" if self.cure else first


_SYSTEM_CURES = {
    errno.ENOSPC: "Free some space on that disk, and on that of temporary files (TMPDIR), then resume.",
    errno.EDQUOT: "Your share of that disk is full: free some of it, then resume.",
    errno.EROFS: "Choose a --root that can be written.",
    errno.EACCES: "Check the rights of that file or folder.",
    errno.EPERM: "Check the rights of that file or folder.",
    errno.EMFILE: "Too many files are open here: allow more (ulimit -n), or use fewer --workers.",
    errno.ENOMEM: "Close other programs, or use fewer --workers.",
    errno.ENOENT: "See whether that folder was moved or removed, also the one you are in.",
}


def as_ours(error: BaseException) -> VideogenError | None:
    """Return an error as one of ours: what the system refuses is nobody's fault; None for all else."""
    if isinstance(error, VideogenError):
        return error
    if not isinstance(error, OSError):
        return None
    what = f"The system refuses: {error.strerror or error}"
    where = " to ".join(str(one) for one in (error.filename, error.filename2) if one)
    return VideogenError(what, where=where, cure=_SYSTEM_CURES.get(error.errno or 0, ""))


def _rebuild(
    kind: type[VideogenError], what: str, where: str, cure: str, command: str
) -> VideogenError:
    return kind(what, where=where, cure=cure, command=command)


class UsageError(VideogenError):
    """The call itself is wrong: an option, a value, a file that was named."""

    exit_code = 64


class DatabaseError(VideogenError):
    """The database can't be reached, read or trusted."""

    exit_code = 2


class DriftError(DatabaseError):
    """The database's schema lacks what a run cannot do without."""


class ScriptError(VideogenError):
    """No usable script came out of a writer."""


class WriterUnavailable(ScriptError):
    """A writer can't work here: no key, no server, no network."""


class VoiceError(VideogenError):
    """A voice, its model or one scene's speech failed."""


class FootageError(VideogenError):
    """A clip could not be found, fetched or read."""


class SourceUnavailable(FootageError):
    """A footage service refuses or cannot be reached for the rest of the run."""


class UnusableClip(FootageError):
    """One clip is broken or shows nothing; that says nothing of the service it came from."""


class AssemblyError(VideogenError):
    """The cut could not be rendered."""


class WorkerDied(VideogenError):
    """A process that worked for the run ended in the middle of a call."""


class ClusterError(VideogenError):
    """A cluster can't be reached, or not be worked with."""


class WorkspaceError(VideogenError):
    """A file or folder of the run can't be read or written."""


class ProjectBusy(WorkspaceError):
    """Another process is at work on the project."""


class ProjectDeleted(VideogenError):
    """A person deleted the project in the app while a run was at work on it."""


class Interrupted(VideogenError):
    """The user stopped the run."""

    exit_code = 130
