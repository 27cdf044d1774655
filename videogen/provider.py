"""What a source or a writer tells of itself in its own module: what it gives, needs and can be set by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from videogen.environment import is_destination
from videogen.shell import A_KEY, assignment


def is_key(name: str) -> bool:
    """Tell whether a variable holds a user's key, which is shown nowhere."""
    return name.endswith("_API_KEY")


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the environment, what it is for, and what counts where it is not set.

    `had_at` is the page where a key is had. The name of one that is an address says so, as what a
    folder that nobody trusts may not set: `videogen.environment` knows such names by their endings.
    """

    name: str
    purpose: str
    default: str = ""
    had_at: str = ""

    @property
    def setting(self) -> str:
        """The command that sets it, to a key of the user's own where it is one."""
        return assignment(self.name, self.default or A_KEY)

    def __post_init__(self) -> None:
        if "://" in self.default and not is_destination(self.name):
            raise ValueError(f"{self.name} leads somewhere, and any folder could set it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Its row in the documents, in Markdown, and the variables that it is set by.

    `needs` is only told where it is neither the key nor a network. `otherwise` is the command against
    what names none of its own, where that is not to ask its address.
    """

    key_word: ClassVar = "here"

    gives: str
    needs: str = ""
    key: Variable | None = None
    address: Variable | None = None
    more: tuple[Variable, ...] = ()
    otherwise: str = ""

    def __post_init__(self) -> None:
        if self.key and not is_key(self.key.name):
            raise ValueError(f"{self.key.name} would be shown")

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All that it is set by, its key first."""
        return tuple(one for one in (self.key, self.address, *self.more) if one)

    @property
    def told_needs(self) -> str:
        """What it needs, in Markdown."""
        if self.needs or not self.key:
            return self.needs or "a network"
        return f"`{self.key.name}` ([{self.key_word}]({self.key.had_at}))"
