"""The blocks of the page "From an API's page to answers", each as the answers of an integration of its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from nango_scaffold.yaml12 import load

PAGE: Final = Path(__file__).parents[2] / "docs" / "from-api-docs.md"
PROVIDER: Final = {
    "provider": "acme",
    "provider_facts": {"base_url": "https://api.acme.example"},
    "prefix_models": True,
}
_BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks() -> list[dict[str, Any]]:
    """The answers of every block, with a provider that only they know and a name from its first script."""
    return [_answers_of(load(text)) for text in _BLOCK.findall(PAGE.read_text("utf-8"))]


def _answers_of(block: dict[str, Any]) -> dict[str, Any]:
    scripts = [*block.get("syncs", ()), *block.get("actions", ())]
    return {**PROVIDER, "integration": f"acme-{scripts[0]['name']}", **block}


_PAGINATION = re.compile(r"^\| .* \| `(\{ type: .* \})` \|$", re.MULTILINE)


def paginations() -> list[dict[str, Any]]:
    """What each row of the table of pages says."""
    return [load(text) for text in _PAGINATION.findall(PAGE.read_text("utf-8"))]
