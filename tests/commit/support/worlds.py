"""A project, a plan for it, and the two trees it may end in."""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nango_scaffold.commit import Disk, Recovery, apply, hold, recover
from nango_scaffold.plan import Change, Plan
from nango_scaffold.plan.paths import NANGO_YAML

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Tree = dict[str, tuple[str, int, "bytes | str"]]

GITHUB = "nango-integrations/github"
YAML = b"integrations: {}\r\nmodels: {}"
PLAN = Plan(
    (
        Change(NANGO_YAML, YAML, b"integrations:\n    github: {}\n"),
        Change("package.json", b"{}\n", b"{}\n"),
        Change(f"{GITHUB}/types.ts", b"old types\n", b"new types\n"),
        Change(f"{GITHUB}/linked.ts", b"behind a link\n", b"still behind a link\n"),
        Change(f"{GITHUB}/syncs/gone.ts", b"gone\n", None),
        Change(f"{GITHUB}/syncs/deep/er/gone.ts", b"gone, too\n", None),
        Change(f"{GITHUB}/actions/create-user.ts", None, b"action\n"),
        Change("elsewhere/mappers/to-user.ts", None, b"mapper\n"),
        Change("nango-integrations/hubspot/syncs/empty.ts", None, b""),
    )
)
FIRST_PLAN = Plan(tuple(Change(change.path, None, change.after) for change in PLAN.changes if change.after))
LAST_PLAN = Plan(
    (
        Change(NANGO_YAML, YAML, None),
        Change(f"{GITHUB}/syncs/gone.ts", b"gone\n", None),
    )
)


def tree_of(top: Path) -> Tree:
    """Everything below a folder: kind, mode and bytes, or where a link points to."""
    tree: Tree = {}
    for path in sorted(top.rglob("*")):
        name, mode = str(path.relative_to(top)), stat.S_IMODE(path.lstat().st_mode)
        if path.is_symlink():
            tree[name] = ("link", 0, os.readlink(path))
        elif path.is_dir():
            tree[name] = ("folder", mode, "")
        else:
            tree[name] = ("file", mode, path.read_bytes())
    return tree


@dataclass
class World:
    """A folder with a project in it, and a plan; ``old`` and ``new`` are the trees before and after."""

    top: Path
    plan: Plan
    build: Callable[[Path], None]
    old: Tree = field(init=False)
    new: Tree = field(init=False)

    def __post_init__(self) -> None:
        self.renew()
        self.old = self.tree()
        self.run()
        self.new = self.tree()
        self.renew()

    @property
    def project(self) -> Path:
        return self.top / "project"

    def renew(self) -> None:
        """Restore the old tree."""
        if hasattr(self, "old") and self.tree() == self.old:
            return
        shutil.rmtree(self.top, ignore_errors=True)
        self.top.mkdir()
        self.build(self.top)

    def tree(self) -> Tree:
        return tree_of(self.top)

    def run(self, disk: Disk | None = None) -> None:
        """One run, as the command line does it."""
        with hold(self.project, wait=5, disk=disk) as lock:
            recover(lock)
            apply(lock, self.plan)

    def recover(self, disk: Disk | None = None) -> Recovery | None:
        """The beginning of the next run."""
        with hold(self.project, wait=5, disk=disk) as lock:
            return recover(lock)


def plain(top: Path) -> None:
    """A project with files of several modes and links inside."""
    files = {
        NANGO_YAML: (YAML, 0o640),
        f"{GITHUB}/types.ts": (b"old types\n", 0o755),
        f"{GITHUB}/syncs/gone.ts": (b"gone\n", 0o600),
        f"{GITHUB}/syncs/deep/er/gone.ts": (b"gone, too\n", 0o644),
        f"{GITHUB}/real.ts": (b"behind a link\n", 0o664),
        "package.json": (b"{}\n", 0o644),
        "user.txt": (b"mine\n", 0o444),
    }
    for name, (data, mode) in files.items():
        path = top / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(mode)
    (top / "project" / GITHUB / "linked.ts").symlink_to("real.ts")
    (top / "project" / "elsewhere").symlink_to(GITHUB)
    (top / "project" / GITHUB).chmod(0o750)


def linked(top: Path) -> None:
    """The same with a nango.yaml that lies beside the project in its git work tree, and is linked to."""
    plain(top)
    (top / ".git").mkdir()
    link = top / "project" / NANGO_YAML
    (top / "shared").mkdir()
    shutil.move(link, top / "shared" / "all.yaml")
    link.symlink_to("../../shared/all.yaml")


def last(top: Path) -> None:
    """A project that holds nothing but what goes, and a file of the user's above it."""
    for change in LAST_PLAN.changes:
        path = top / "project" / change.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(change.before or b"")
    (top / "project" / "user.txt").write_bytes(b"mine\n")


def nothing(top: Path) -> None:
    """No project yet."""
    (top / "other.txt").write_bytes(b"")


WORLDS = {
    "a plain project": (PLAN, plain),
    "nango.yaml linked from beside the project": (PLAN, linked),
    "no project yet": (FIRST_PLAN, nothing),
    "all of it goes": (LAST_PLAN, last),
}
