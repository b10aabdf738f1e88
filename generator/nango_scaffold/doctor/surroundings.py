"""What was seen around a project, as plain data, and what a check finds in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..frozen import frozen
from ..project.versions import Version, numbers_of

if TYPE_CHECKING:
    from ..project import NangoProject

State = Literal["ok", "warning", "missing"]


@frozen
class Finding:
    """What a check says.

    Attributes:
        name: what was looked at.
        state: ``ok``; ``warning``: it works, but could be better; ``missing``: something will not work.
        what: what was found, in a few words.
        fix: the command that mends it, or what to do.
    """

    name: str
    state: State
    what: str
    fix: str = ""


@frozen
class Package:
    """A package as Node finds it from ``nango-integrations/``.

    Attributes:
        version: as its package.json says.
        node: the Node versions it asks for; empty when it does not say.
    """

    version: str
    node: str = ""

    @property
    def numbers(self) -> Version:
        """The version, to be compared."""
        return numbers_of(self.version)


@frozen
class NangoYaml:
    """The project's nango.yaml.

    Attributes:
        integrations: how many it holds.
        refused: why our editor does not touch it, with line and column; empty when it does.
        fix: what to do then.
    """

    integrations: int = 0
    refused: str = ""
    fix: str = ""


@frozen
class Surroundings:
    """All that the checks judge.

    Attributes:
        project: the project.
        python: the version that runs this.
        git: its version; None when there is none. So are the next two.
        node: its version.
        client: that of the project's package manager.
        packages: those of `look.PACKAGES` that Node finds from ``nango-integrations/``, by name.
        has_tsconfig: whether the project has a tsconfig.json.
        catalogue: where facts about providers come from, best first.
        nango_yaml: None when there is none.
        bare_records: lines of schema.zod.ts that hold a ``z.record`` with one argument.
        is_unfinished: whether a run was killed here, or is at work.
        manifests: how many integrations have one.
        broken_manifests: those that cannot be read: the path and why.
        platform: the operating system, as ``sys.platform`` has it; empty when it was not looked at.
        installer: ``uv`` or ``pipx``, by which people without a Python project install this program; empty for neither.
        origin: the argument for such a program to install this one; ``.`` in a clone.
    """

    project: NangoProject
    python: Version
    git: str | None = None
    node: str | None = None
    client: str | None = None
    packages: tuple[tuple[str, Package], ...] = ()
    has_tsconfig: bool = False
    catalogue: tuple[str, ...] = ("embedded",)
    nango_yaml: NangoYaml | None = None
    bare_records: tuple[int, ...] = ()
    is_unfinished: bool = False
    manifests: int = 0
    broken_manifests: tuple[tuple[str, str], ...] = ()
    platform: str = ""
    installer: str = ""
    origin: str = "."

    def package(self, name: str) -> Package | None:
        """A package by its name; None when Node does not find it."""
        return dict(self.packages).get(name)
