"""The programs that are started beside a project, so that nothing in the project decides what they do.

A project is a stranger's: its git configuration names hooks, monitors and filters, a relative entry of ``PATH`` leads
into it, and what git tells a hook of ours speaks of its repository.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_ABOUT_A_REPOSITORY = frozenset(
    {
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"),
        *("GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF"),
    }
)
"""What git tells the programs it starts, such as a hook that runs us; the repository we ask about is another."""

_NO_CODE = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "commit.gpgSign": "false",
    "protocol.ext.allow": "never",
}
"""Settings of git that would start programs, off."""


def find_program(name: str) -> str | None:
    """The absolute path of a program; None when there is none.

    Relative entries of ``PATH`` are passed over: below a project they would mean programs of the project.
    """
    program = shutil.which(name, path=_search_path())
    # On Windows, `which` looks in the current folder first, whatever the path.
    return program if program and os.path.isabs(program) else None


def _search_path() -> str:
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(filter(os.path.isabs, folders))


def git_environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment for git, or for a program that starts git: no repository of others, and nothing that runs code.

    Args:
        settings: more of git's settings; all of them go before those in any file.
    """
    environment = {key: value for key, value in os.environ.items() if key not in _ABOUT_A_REPOSITORY}
    environment["PATH"] = _search_path()
    # Behind those that the user has set in this way: the last value of a key counts.
    count = _number(environment.get("GIT_CONFIG_COUNT", ""))
    for index, (key, value) in enumerate({**_NO_CODE, **(settings or {})}.items(), count):
        environment[f"GIT_CONFIG_KEY_{index}"] = key
        environment[f"GIT_CONFIG_VALUE_{index}"] = value
        environment["GIT_CONFIG_COUNT"] = str(index + 1)
    return environment


def git_in(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder whose configuration is not trusted, without hooks, filters or remotes of that configuration.

    Raises:
        OSError: git is not there, or cannot be started.
    """
    git = find_program("git")
    if git is None:
        raise FileNotFoundError(2, "git is not installed, or not on the PATH", "git")
    # Without a protocol, no command reaches a remote: one that the repository names could be a program (ext::), and a
    # partial clone would fetch what is missing.
    local = {
        **git_environment(),
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }
    # Filters have names of the repository's own, so they have to be asked for; git has no switch for all of them.
    filters = [git, "config", "--name-only", "--null", "--get-regexp", r"^filter\."]
    listed = run_program(filters, folder, local)
    unfiltered = git_environment(dict(_without_filters(listed.stdout.decode(errors="replace"))))
    return run_program([git, *words], folder, {**local, **unfiltered})


def _without_filters(names: str) -> Iterator[tuple[str, str]]:
    """What turns off each filter that is configured; git passes a file by a filter without a command."""
    for name in filter(None, names.split("\0")):
        _, _, last = name.rpartition(".")
        # A required filter without a command would be an error.
        yield name, "false" if last == "required" else ""


def run_program(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], timeout: float | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a program that gets nothing to read, and catch what it prints.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        environment: all of its environment.
        timeout: seconds after which it is ended; None to wait for it.

    Raises:
        OSError: it cannot be started.
        subprocess.TimeoutExpired: it was ended.
    """
    # It takes 10 ms, and few runs have anything to start.
    import subprocess

    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=timeout,
        check=False,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
