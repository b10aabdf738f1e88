"""What kind of project it is, and the advice on it before anything is written (pure)."""

from __future__ import annotations

import shlex
from posixpath import join, normpath
from typing import TYPE_CHECKING, Literal, TypeAlias

from ..errors import ProjectError
from ..frozen import frozen
from ..render.paths import ROOT
from ..render.pins import NANGO, PACKAGES, VITEST
from .layout import Layout
from .package_manager import PackageManager
from .versions import LAST_WITH_YAML, in_words, numbers_of, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Flavour: TypeAlias = Literal["nango-yaml", "zero-yaml", "none"]

_LONGEST_SHOWN = 40  # characters of a text of package.json


@frozen
class Advice:
    """Advice on a project: what is wrong, and what to do.

    Attributes:
        what: what is found, in one clause.
        fix: what to do, or the command that does it.
        blocks: whether the nango CLI takes nothing of the project before that is done.
    """

    what: str
    fix: str
    blocks: bool = False


@frozen
class Cli:
    """The nango CLI of a project.

    Attributes:
        version_range: what package.json asks for; None when no package.json names it.
        installed: the version that Node finds from the folder of nango.yaml; None when it finds none.
    """

    version_range: str | None = None
    installed: str | None = None

    @property
    def reads_no_yaml(self) -> bool:
        """Whether it is one that reads no nango.yaml: the one that is installed, or any that package.json lets in."""
        # What is installed is what runs, whatever package.json lets in.
        if self.installed is not None:
            return numbers_of(self.installed) > LAST_WITH_YAML
        spans = spans_of(self.version_range or "")
        return bool(spans) and all(span.is_newer_than(LAST_WITH_YAML) for span in spans)

    @property
    def may_read_no_yaml(self) -> bool:
        """Whether package.json lets one in that reads no nango.yaml, and none is installed."""
        if self.installed is not None or self.version_range is None:
            return False
        return any(span.holds_newer_than(LAST_WITH_YAML) for span in spans_of(self.version_range))


@frozen
class Folders:
    """The folders of a project, as the user would name them from where the command is run.

    Attributes:
        root: the root, which planned paths are relative to.
        folder: the folder that holds, or will hold, nango.yaml.
        packages: the folder of package.json.
        folder_from_packages: the folder as seen from that of package.json.
        root_from_folder: the root as seen from the folder.
    """

    root: str = "."
    folder: str = ROOT
    packages: str = "."
    folder_from_packages: str = ROOT
    root_from_folder: str = ".."


@frozen
class NangoProject:
    """A project, as it was found.

    Attributes:
        named: the folder that the command was given.
        root: its root, an absolute path.
        layout: where in it the integrations lie.
        folders: its folders as the user names them.
        flavour: ``nango-yaml`` or ``zero-yaml``; ``none`` while it has no integrations.
        cli: the nango CLI.
        packages: the names of the npm packages that package.json asks for; None without a package.json.
        package_manager: what installs them.
        git: the top of the git work tree, an absolute path; None outside of one.
        ignores_env: whether git passes over the ``.env`` beside nango.yaml; None when there is neither a work tree nor
            a .gitignore.
        neighbours: other projects of the same work tree, where this one is yet to be founded.
        rivals: folders beside each other that all hold a nango.yaml, where none was named.
        has_vitest: whether package.json asks for vitest, or it is installed.
    """

    named: str
    root: str
    layout: Layout = Layout()
    folders: Folders = Folders()
    flavour: Flavour = "none"
    cli: Cli = Cli()
    packages: frozenset[str] | None = None
    package_manager: PackageManager = PackageManager()
    git: str | None = None
    ignores_env: bool | None = None
    neighbours: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    has_vitest: bool = False

    @property
    def usual_files(self) -> frozenset[str]:
        """The optional files that an integration which is new here has, by the answers that decide on them.

        Where there is no package.json, the one that is written brings vitest, which runs tests.
        """
        return frozenset({"tests"} if self.packages is None or self.has_vitest else ())

    @property
    def location(self) -> str:
        """The folder of nango.yaml, an absolute path."""
        return f"{self.root}/{self.layout.folder}" if self.layout.folder else self.root

    @property
    def seeks_providers_from(self) -> str:
        """The folder that the readers of providers take for the project: Node would look from there, or below, upwards."""
        return self.root if self.layout.is_default else self.location

    @property
    def yaml(self) -> str:
        """nango.yaml, as the user would name it."""
        return normpath(join(self.folders.folder, "nango.yaml"))

    @property
    def env(self) -> str:
        """The file that we tell people to put their keys into, as the user would name it."""
        return normpath(join(self.folders.folder, ".env"))

    def refuse_unwritable(self) -> None:
        """Refuse a project that nothing may be written into.

        Raises:
            ProjectError: it is of the zero-yaml flavour, or it is not clear which one is meant.
        """
        if self.rivals:
            raise ProjectError(
                f"{' and '.join(self.rivals)} each hold a nango.yaml",
                where=self.folders.root,
                fix=f"name the one that is meant: --project {shlex.quote(normpath(join(self.folders.root, self.rivals[0])))}",
            )
        if self.flavour == "zero-yaml":
            raise ProjectError(
                "this is a zero-yaml project: its functions are named in index.ts, and there is no nango.yaml. With a "
                "nango.yaml beside it the nango CLI would no longer compile or deploy them",
                where=self.folders.folder,
                fix="nango-scaffold writes projects with a nango.yaml only, so far; the zero-yaml flavour is to come. "
                "Nothing was changed.",
            )

    def refuse_other_than_default(self, root: str = "") -> None:
        """Refuse a project that Copier cannot write into.

        Args:
            root: where Copier writes; by default the root of the project.

        Raises:
            ProjectError: its integrations lie in another folder than ``nango-integrations/``.
        """
        if self.layout.is_default and root in ("", self.root):
            return
        what = f"the nango.yaml of this project is in {self.folders.folder}, and Copier can only write into {ROOT}/"
        if self.location.endswith(f"/{ROOT}") and not self.layout.folder:
            what = f"{ROOT}/ has a package.json of its own here, and Copier would write beside it what belongs into it"
        raise ProjectError(
            what,
            where=self.folders.root,
            fix="use `nango-scaffold new` here: it writes the same files, wherever nango.yaml is",
        )

    @property
    def warnings(self) -> tuple[Advice, ...]:
        """The advice to print before something is written."""
        return tuple(self._warnings())

    def _warnings(self) -> Iterator[Advice]:
        if self.neighbours:
            yield Advice(
                f"there is a Nango project in {', '.join(self.neighbours)}; this one is founded beside it",
                f"to use that one: --project {shlex.quote(self.neighbours[0])}",
            )
        cli = self.cli
        last = in_words(LAST_WITH_YAML)
        if cli.reads_no_yaml:
            which = f"{shown(cli.version_range or '')} in package.json"
            if cli.installed:
                which = shown(cli.installed)
            yield Advice(
                f"nango {which} reads no nango.yaml; {last} was the last CLI that does",
                self.command_in_packages(self.package_manager.add([f"nango@{NANGO}"])),
            )
        elif cli.may_read_no_yaml:
            yield Advice(
                f"nango {shown(cli.version_range or '')} in package.json lets in CLIs newer than {last}, which read no nango.yaml",
                self.command_in_packages(self.package_manager.add([f"nango@{NANGO}"])),
            )

    @property
    def unignored_env(self) -> Advice | None:
        """The advice where git would commit the file with the keys; None where it would not."""
        if self.ignores_env is not False:
            return None
        return Advice(
            f".gitignore does not cover {self.env}, the file for your secret key: git would commit it",
            "add this line to .gitignore: .env",
        )

    @property
    def missing_packages(self) -> tuple[str, ...]:
        """The packages, each as ``name@version``, that package.json has to name before anything runs."""
        cli, present = self.cli, set(self.packages or ())
        # Installed is enough: it may come from a folder above, whose package.json is not this project's.
        if cli.version_range is not None or cli.installed is not None:
            present.add("nango")
        # One that reads no nango.yaml has to be replaced.
        if cli.reads_no_yaml or cli.may_read_no_yaml:
            present.discard("nango")
        # The CLI first: it decides on the versions of all others.
        names = sorted(PACKAGES, key=lambda name: name != "nango")
        return tuple(f"{name}@{PACKAGES[name]}" for name in names if name not in present)

    def install_step(self, written: Iterable[str] = (), *, has_tests: bool = False) -> str:
        """The command that installs the CLI, as it is typed in the folder of package.json; empty when it is there.

        Args:
            written: the project files that a run has just written.
            has_tests: whether it has written tests: then what runs these is installed, too.
        """
        if "package.json" in written:
            return self.package_manager.install
        vitest = (f"vitest@{VITEST}",) if has_tests and not self.has_vitest else ()
        missing = self.missing_packages
        if any(name.startswith("nango@") for name in missing):
            return self.package_manager.add((*missing, *vitest))
        if vitest:
            return self.package_manager.add(vitest)
        return "" if self.cli.installed else self.package_manager.install

    def command_in_packages(self, command: str) -> str:
        """A command to be typed where this one was, which works in the folder of package.json."""
        return in_folder(self.folders.packages, command)

    def cli_commands(self, *commands: str) -> str:
        """Commands of the nango CLI, one after the other."""
        return " && ".join(self.package_manager.run(f"nango {command}") for command in commands)


def in_folder(folder: str, command: str) -> str:
    """A command that works in a folder, typed in the one above it."""
    if folder == ".":
        return command
    change = f"cd {shlex.quote(folder)}"
    return f"{change} && {command}" if command else change


def shown(text: str) -> str:
    """A text of somebody's package.json as it can be printed."""
    plain = text if text.isprintable() else ascii(text)
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[: _LONGEST_SHOWN - 3]}..."
