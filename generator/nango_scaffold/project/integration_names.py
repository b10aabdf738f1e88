"""The integrations of a nango.yaml, for those who cannot wait until it is parsed."""

from __future__ import annotations

import re

from ..naming.reserved import INTEGRATION_NAME


def integration_names(text: str) -> list[str]:
    """The integrations of a nango.yaml in block style, seen without parsing it; those that can be a folder's name."""
    if "integrations:" not in text:
        return []  # as in every new project, which need not compile the patterns
    block = re.search(r"^integrations:[ \t]*(?:#.*)?\n((?:[ \t].*\n?|#.*\n?|[ \t]*\n)*)", text, re.MULTILINE)
    names = re.findall(
        r"^( +)(?:'([^']+)'|\"([^\"]+)\"|([^\s#'\"][^:\n]*)):(?=\s|$)",
        block[1] if block else "",
        re.MULTILINE,
    )
    # Keys that stand deeper than the first belong to an integration.
    indent = names[0][0] if names else ""
    integrations = ("".join(spellings).strip() for space, *spellings in names if space == indent)
    return [name for name in integrations if INTEGRATION_NAME.fullmatch(name)]
