"""Whether git ignores a file: as ``git check-ignore`` says for the same patterns."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from nango_scaffold.project.ignoring import is_ignored

if TYPE_CHECKING:
    from pathlib import Path

PATTERNS = (
    ".env",
    "/.env",
    ".env*",
    ".e?v",
    ".[a-e]nv",
    ".[!a]nv",
    "*.env",
    "**/.env",
    "app/.env",
    "/app/.env",
    "app/",
    "/app",
    "app/*",
    "app/**",
    "**/app/**/.env",
    "a*/.env",
    "*",
    "env",
    "# .env",
    "\\#.env",
    ".env/",
    "  .env",
    ".env   ",
    ".env\\ ",
    "!.env",
    ".env\n!.env",
    "*\n!.env",
    "app/\n!app/.env",
    "app/*\n!app/.env",
    ".env.local",
    ".env.*",
    "[",
    "\\.env",
    "sub/.env",
    "app",
    "",
)


def test_every_pattern_means_what_git_takes_it_for(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "app").mkdir()
    (tmp_path / "app/.env").touch()
    (tmp_path / ".env").touch()
    wrong = []
    for pattern in PATTERNS:
        (tmp_path / ".gitignore").write_text(pattern + "\n")
        process = subprocess.run(
            ["git", "check-ignore", "--no-index", ".env", "app/.env"],
            cwd=tmp_path,
            text=True,
            capture_output=True,
            check=False,
        )
        ignored = process.stdout.split()
        for path in (".env", "app/.env"):
            if is_ignored(path, {"": pattern}) != (path in ignored):
                wrong.append((pattern, path, path in ignored))
    assert not wrong


@pytest.mark.parametrize(
    ("texts", "ignored"),
    [
        ({"": ".env", "app": "!.env"}, False),
        ({"": "!.env", "app": ".env"}, True),
        ({"": "app/", "app": "!.env"}, True),
        ({"app": "/.env"}, True),
        ({"other": ".env"}, False),
        ({}, False),
    ],
)
def test_a_nearer_file_is_heard_last(texts: dict[str, str], ignored: bool) -> None:
    assert is_ignored("app/.env", texts) is ignored
