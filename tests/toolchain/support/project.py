"""A project on disk that the real tools can work on: files, `node_modules` above them, a closed environment."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Version = Literal["0.69", "0.58"]

VERSIONS: Final[tuple[Version, ...]] = ("0.69", "0.58")
REPOSITORY: Final = Path(__file__).resolve().parents[3]
INTEGRATIONS: Final = "nango-integrations"

# Nothing a run leaves behind, and nothing a user's own checkout holds, belongs into a prepared copy.
_NOT_COPIED: Final = ("node_modules", ".nango", "dist", "build", ".git")
ANSI: Final = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
MINIMAL_PACKAGE: Final = '{"name": "under-test", "private": true, "devDependencies": {"zod": "3.24.2"}}\n'


class ToolchainMissingError(RuntimeError):
    """The pinned tools are not installed; the message is the command that installs them."""


@dataclass(frozen=True)
class CommandResult:
    """What one command did: exit code, streams without colours, and the seconds it took."""

    exit_code: int
    stdout: str
    stderr: str
    seconds: float

    @property
    def output(self) -> str:
        """Both streams, one after the other."""
        return self.stdout + self.stderr


def node_modules(version: Version = "0.69") -> Path:
    """Return the pinned `node_modules`.

    Raises:
        ToolchainMissingError: when it is not installed. A test must fail then, never skip.
    """
    folder = REPOSITORY / "toolchain" / f"nango-{version}"
    modules = folder / "node_modules"
    if not (modules / "nango" / "dist" / "index.js").is_file():
        raise ToolchainMissingError(
            f"{modules} is not installed. Run: npm ci --prefix {folder.relative_to(REPOSITORY)}"
        )
    return modules


def prepare(tree: Path | Mapping[str, str], version: Version, where: Path) -> Path:
    """Copy a project to `where` and link the tools of `version` above its `nango-integrations/`.

    Args:
        tree: a folder that holds `nango-integrations/`, or its files as path -> text.
        version: the CLI the project is for.
        where: a folder of the test's own; created when absent. Existing files are overwritten.

    Returns:
        The project folder, the one above `nango-integrations/`.

    Raises:
        ToolchainMissingError: when the tools are not installed.
        ValueError: when a path of the mapping leaves the project.
    """
    modules = node_modules(version)
    where.mkdir(parents=True, exist_ok=True)
    if isinstance(tree, Path):
        shutil.copytree(tree, where, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_NOT_COPIED))
    else:
        write_files(where, tree)
    link = where / "node_modules"
    link.unlink(missing_ok=True)
    link.symlink_to(modules, target_is_directory=True)
    if not (where / "package.json").exists():
        (where / "package.json").write_text(MINIMAL_PACKAGE, encoding="utf-8")
    return where


def write_files(root: Path, files: Mapping[str, str]) -> None:
    """Write `files` (path -> text, LF as given) below `root`; a path outside it is a ValueError."""
    for name, text in files.items():
        target = (root / name).resolve()
        if not target.is_relative_to(root.resolve()):
            raise ValueError(f"{name!r} leaves {root}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8"))


def read_tree(root: Path) -> dict[str, str]:
    """Read a folder of text files as path -> text: what `prepare` takes, ready to be varied."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    copied = (path for path in files if not set(path.relative_to(root).parts) & set(_NOT_COPIED))
    return {path.relative_to(root).as_posix(): path.read_bytes().decode("utf-8") for path in copied}


def environment(project: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Build the environment of a call: nothing of the user's, nothing that reaches beyond loopback.

    The proxies lead to a closed port, so a tool that tried to phone home would fail at once.
    """
    home = project / ".home"
    home.mkdir(exist_ok=True)
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "npm_config_cache": str(home / ".npm"),
        "npm_config_userconfig": str(home / ".npmrc"),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "CI": "1",
        "TSESTREE_SINGLE_RUN": "true",  # eslint: the files do not change while it runs
        "NO_COLOR": "1",
        "FORCE_COLOR": "0",
        "NANGO_CLI_UPGRADE_MODE": "ignore",
        "NANGO_CLI_DEPENDENCY_UPDATE": "false",
        "NANGO_CLI_TELEMETRY": "false",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "NO_PROXY": "127.0.0.1,localhost",
        **(extra or {}),
    }


def run_node(
    arguments: Sequence[str | Path],
    project: Path,
    *,
    cwd: Path | None = None,
    extra: Mapping[str, str] | None = None,
    timeout: float = 300,
) -> CommandResult:
    """Run node on `arguments` (script first), with stdin closed and colours taken out of what it prints.

    Raises:
        subprocess.TimeoutExpired: after `timeout` seconds; the process is killed.
    """
    started = time.monotonic()
    process = subprocess.run(
        ["node", *map(str, arguments)],
        cwd=cwd or project,
        env=environment(project, extra),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=timeout,
        check=False,
    )
    seconds = time.monotonic() - started
    return CommandResult(
        process.returncode, ANSI.sub("", process.stdout), ANSI.sub("", process.stderr), seconds
    )
