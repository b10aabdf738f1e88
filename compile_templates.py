"""Puts the compiled form of the templates beside them: as a step of building a wheel, and by itself for a checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # nothing is being built
    BuildHookInterface = object


class CompileTemplates(BuildHookInterface):  # type: ignore[misc]
    """What hatch calls before it gathers the files of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the templates."""
        compile_templates()


def compile_templates() -> None:
    """Write the module that `nango_scaffold.render.compiled` looks for, in one piece; not again when it is there."""
    sys.path.insert(0, str(ROOT / "generator"))
    from nango_scaffold.render.compiled import MODULE
    from nango_scaffold.render.engine import compiled_templates

    path, text = ROOT / MODULE, compiled_templates()
    if path.exists() and path.read_text("utf-8") == text:
        return  # Python's own compiled form of it stays good too
    # Renamed into its place: a run beside this one imports the old module or the new one, never a half of it.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(text, "utf-8")
    draft.replace(path)


if __name__ == "__main__":
    compile_templates()
