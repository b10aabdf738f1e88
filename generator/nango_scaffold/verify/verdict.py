"""What the nango CLI made of a project, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Collection

Kind = Literal["sync", "action", "on-event"]


@frozen
class Script:
    """One script that nango.yaml names.

    Attributes:
        integration: its key.
        kind: what it is.
        name: its name.
        built: whether this run built it.
    """

    integration: str
    kind: Kind
    name: str
    built: bool = False


@frozen
class Fault:
    """One error that the CLI reported.

    Attributes:
        integration: whose it is; empty when it is everyone's.
        place: the file below ``nango-integrations/``, with line and column where they are known.
        what: the error.
    """

    integration: str
    place: str
    what: str


@frozen
class Verdict:
    """The outcome.

    Attributes:
        nango: the version of the CLI; empty when there is none.
        scripts: those of nango.yaml.
        faults: the errors, in the CLI's order.
        obstacle: why the CLI could not be asked; empty when it was.
        fix: what to do about that.
        new_files: what it has left that was not there before, below the project, git's ignored folders aside.
        last_words: the end of its output, where it said nothing that we understand.
    """

    nango: str = ""
    scripts: tuple[Script, ...] = ()
    faults: tuple[Fault, ...] = ()
    obstacle: str = ""
    fix: str = ""
    new_files: tuple[str, ...] = ()
    last_words: str = ""

    def of(self, integrations: Collection[str]) -> tuple[Script, ...]:
        """The scripts of some integrations."""
        return tuple(script for script in self.scripts if script.integration in integrations)

    def passes(self, integrations: Collection[str]) -> bool:
        """Whether all that is theirs was built."""
        own = self.of(integrations)
        return not self.obstacle and bool(own) and all(script.built for script in own)
