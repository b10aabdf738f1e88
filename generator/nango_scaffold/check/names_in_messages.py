"""How messages name things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .script import Script


def named(script: Script) -> str:
    """A script at the beginning of a sentence: ``The sync users``, ``The file shop/helpers/page.ts``."""
    stem = script.path.rsplit("/", 1)[-1].removesuffix(".ts")
    if script.kind in ("sync", "action", "mapper"):
        return f"The {script.kind} {stem}"
    return f"The file {script.path}"
