"""The package manager of a project, and its words for what we tell people to do (pure)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Name = Literal["npm", "pnpm", "yarn", "bun"]

LOCK_FILES: dict[str, Name] = {
    "pnpm-lock.yaml": "pnpm",
    "yarn.lock": "yarn",
    "bun.lock": "bun",
    "bun.lockb": "bun",
    "package-lock.json": "npm",
    "npm-shrinkwrap.json": "npm",
    "pnpm-workspace.yaml": "pnpm",
}
"""The package manager that each file belongs to, in the order in which they count."""

_ADD = {
    "npm": "npm install --save-dev",
    "pnpm": "pnpm add --save-dev",
    "yarn": "yarn add --dev",
    "bun": "bun add --dev",
}
_TO_ROOT = {"pnpm": "--workspace-root", "yarn": "-W"}
_RUN = {"npm": "npx", "pnpm": "pnpm exec", "yarn": "yarn", "bun": "bunx"}
_NAMES: tuple[Name, ...] = ("npm", "pnpm", "yarn", "bun")


@frozen
class PackageManager:
    """What installs a project's packages.

    Attributes:
        name: its command.
        asks_for_root: whether it takes an option to add a package to a workspace's root.
    """

    name: Name = "npm"
    asks_for_root: bool = False

    @property
    def install(self) -> str:
        """The command that installs what package.json names."""
        return f"{self.name} install"

    def add(self, packages: Iterable[str]) -> str:
        """The command that adds packages for development, each as ``name@version``."""
        words = [_ADD[self.name]]
        if self.asks_for_root:
            words.append(_TO_ROOT[self.name])
        return " ".join([*words, *packages])

    def run(self, command: str) -> str:
        """The command that runs one of an installed package, such as ``nango generate``."""
        return f"{_RUN[self.name]} {command}"


def package_manager(
    lock_files: Iterable[str], field: object, *, is_workspace_root: bool, has_yarnrc: bool
) -> PackageManager | None:
    """The package manager of a folder.

    Args:
        lock_files: the names of `LOCK_FILES` that lie in it.
        field: ``packageManager`` of its package.json, such as ``pnpm@9.1.0``.
        is_workspace_root: whether packages are to be added to the root of a workspace.
        has_yarnrc: whether there is the ``.yarnrc.yml`` of Yarn 2 or newer, which does not ask for ``-W``.

    Returns:
        None when nothing tells.
    """
    named, version = _named(field)
    name = _preferred({LOCK_FILES[each] for each in lock_files}, named)
    if name is None:
        return None
    # Yarn 1 is what a yarn.lock without any sign of a newer one belongs to.
    is_newer_yarn = has_yarnrc or (named == "yarn" and not version.startswith("1."))
    asks = name == "pnpm" or (name == "yarn" and not is_newer_yarn)
    return PackageManager(name, is_workspace_root and asks)


def _named(field: object) -> tuple[Name | None, str]:
    text = field if isinstance(field, str) else ""
    word, _, version = text.partition("@")
    return next((name for name in _NAMES if name == word), None), version


def _preferred(locked: Collection[Name], named: Name | None) -> Name | None:
    """The lock file's; where there are several, the one that is named."""
    if named in locked or not locked:
        return named
    return next(name for name in LOCK_FILES.values() if name in locked)
