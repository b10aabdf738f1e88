"""What the tests of the packages share: uv, versions of Python, and programs that see nothing of this checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_cache_dir
from uv import find_uv_bin

ROOT = Path(__file__).resolve().parents[2]
UV = find_uv_bin()
PIPX, TWINE = "pipx==1.18.4", "twine==7.0.0"
"""Run by uv in environments of their own: they would bring twenty packages into the development environment."""

_CACHES = {
    f"{name.upper()}_CACHE_DIR": os.environ.get(f"{name.upper()}_CACHE_DIR")
    or user_cache_dir(name, appauthor=False)
    for name in ("uv", "pip")
}
"""Where packages that were fetched once lie: tests/conftest.py has every cache elsewhere for the time of the tests."""

_OURS = ("PYTHONPATH", "VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT")


def run(*words: object, cwd: Path, settings: Mapping[str, object] | None = None) -> str:
    """Run a program that must succeed, outside the checkout; returns its output."""
    environment = {key: value for key, value in os.environ.items() if key not in _OURS}
    environment |= _CACHES | {key: str(value) for key, value in (settings or {}).items()}
    process = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


def interpreter(version: str) -> str | None:
    """The path of the Python of a version such as 3.12, if this machine has one."""
    name = f"python{version}"
    if shutil.which(name) is None:
        return None
    # A shim of pyenv runs only what PYENV_VERSION names.
    process = subprocess.run(
        [name, "-c", "import sys; print(sys.executable)"],
        env={**os.environ, "PYENV_VERSION": version},
        capture_output=True,
        text=True,
        check=False,
    )
    return process.stdout.strip() or None


def build(source: Path, target: Path, *options: str) -> list[str]:
    """Build packages of a source tree into a folder; the names of the files."""
    run(UV, "build", "--quiet", *options, "--out-dir", target, source, cwd=source)
    return sorted(path.name for path in target.glob("nango_scaffold-*"))
