"""What nango.yaml says a project holds, read without Nango's help, to hold Nango's own reading against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import yaml

from .project import INTEGRATIONS

if TYPE_CHECKING:
    from pathlib import Path

Kind = Literal["syncs", "actions", "on-events"]

KINDS: Final[tuple[Kind, ...]] = ("syncs", "actions", "on-events")


class UnreadableYamlError(ValueError):
    """nango.yaml is missing, is no YAML, or is no mapping of integrations."""


@dataclass(frozen=True, order=True)
class Script:
    """One script: its integration, its kind (the folder) and its name (the file's stem)."""

    integration: str
    kind: Kind
    name: str

    @property
    def path(self) -> str:
        """Where its source lies, below `nango-integrations/`."""
        return f"{self.integration}/{self.kind}/{self.name}.ts"

    @property
    def build(self) -> str:
        """Where the CLI puts its build, below `nango-integrations/`."""
        return f"dist/{self.name}-{self.integration}.js"


def declared(project: Path) -> frozenset[Script]:
    """Return every script that nango.yaml names.

    An integration in the style of version 1 (scripts right below the integration's key) yields its
    entries as syncs: the CLI reads no script there, so the comparison shows each of them as missing.

    Raises:
        UnreadableYamlError: when the file cannot be read as a mapping of integrations.
    """
    path = project / INTEGRATIONS / "nango.yaml"
    try:
        # BaseLoader: every scalar a string, as only names matter. Tabs: the CLI reads them, PyYAML does not.
        data = yaml.load(path.read_text(encoding="utf-8-sig").replace("\t", " "), Loader=yaml.BaseLoader)
    except (OSError, yaml.YAMLError) as error:
        raise UnreadableYamlError(f"{path}: {error}") from error
    integrations = data.get("integrations") if isinstance(data, dict) else None
    if not isinstance(integrations, dict):
        raise UnreadableYamlError(f"{path}: no mapping of integrations")
    return frozenset(
        script for key, body in integrations.items() for script in _of_integration(str(key), body)
    )


def _of_integration(integration: str, body: object) -> Iterator[Script]:
    if not isinstance(body, Mapping):
        return
    for key, entries in body.items():
        if key == "on-events":
            names = (name for event in (entries or {}).values() for name in event)
            yield from (Script(integration, "on-events", str(name)) for name in names)
        elif key in ("syncs", "actions"):
            kind: Kind = "syncs" if key == "syncs" else "actions"
            yield from (Script(integration, kind, str(name)) for name in entries or ())
        else:
            yield Script(integration, "syncs", str(key))


def on_disk(project: Path) -> frozenset[Script]:
    """Return every script that has a file in the folder of its kind."""
    root = project / INTEGRATIONS
    return frozenset(
        Script(path.parent.parent.name, kind, path.stem)
        for kind in KINDS
        for path in root.glob(f"*/{kind}/*.ts")
    )
