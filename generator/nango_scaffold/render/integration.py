"""An integration's files, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .engine import render_tree
from .paths import ROOT
from .view import integration_view

if TYPE_CHECKING:
    from ..derive.spec import IntegrationSpec


def render_files(spec: IntegrationSpec) -> tuple[dict[str, str], dict[str, str]]:
    """Render the template tree for one integration.

    Returns:
        Two mappings of path below the project to text: the integration's own files, and the project files that are
        written only where there are none.
    """
    everything = render_tree({"view": integration_view(spec)})
    own = f"{ROOT}/{spec.integration}/"
    files = {path: text for path, text in everything.items() if path.startswith(own)}
    return files, {path: text for path, text in everything.items() if path not in files}
