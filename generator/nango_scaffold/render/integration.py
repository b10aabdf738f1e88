"""An integration's files, in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .engine import render_tree
from .paths import ROOT
from .view import integration_view, project_view

if TYPE_CHECKING:
    from ..spec.integration import IntegrationSpec


def render_files(spec: IntegrationSpec, folder: str = ROOT) -> tuple[dict[str, str], dict[str, str]]:
    """Render the template tree for one integration.

    Args:
        spec: the integration.
        folder: what the folder of nango.yaml is called, below the project; empty for the project itself.

    Returns:
        Two mappings of path below the project to text: the integration's own files, and the project files that are
        written only where there are none.
    """
    everything = render_tree({"view": replace(integration_view(spec), project=project_view(folder))})
    own = f"{ROOT}/{spec.integration}/"
    files = {path: text for path, text in everything.items() if path.startswith(own)}
    return files, {path: text for path, text in everything.items() if path not in files}
