"""Where the cache folder is."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from nango_scaffold.providers import cache

if TYPE_CHECKING:
    from pathlib import Path


def test_the_variable_names_it_on_every_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == str(tmp_path / "nango-scaffold")
    assert cache.write("a", "text").read_text("utf-8") == cache.read("a") == "text"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="where Linux keeps caches")
@pytest.mark.parametrize("relative", ["", "caches"])
def test_without_it_the_system_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, relative: str) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", relative)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.folder() == os.path.join(tmp_path, ".cache", "nango-scaffold")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a user without a home is one of Linux")
def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)

    def homeless(*_: object, **__: object) -> str:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr("platformdirs.user_cache_dir", homeless)
    assert cache.read("a") is None
    with pytest.raises(OSError, match="home"):
        cache.write("a", "text")
