"""Names that differ only in case: one folder, or one file, on macOS and Windows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..errors import ProjectError
from ..render.paths import ROOT, YAML

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..nango_yaml import Block, Document


def refuse_twin_folder(integration: str, others: Iterable[str], where: str = YAML) -> None:
    """Refuse an integration whose folder would be that of another.

    Args:
        integration: its key, which becomes its folder.
        others: the keys, or the folders, that are there.
        where: where they are.

    Raises:
        ProjectError: one of them differs from it only in case.
    """
    twin = twin_of(integration, others)
    if twin is not None:
        raise ProjectError(
            f"{integration} would lie in the folder of {twin} on macOS and Windows, where case does not count",
            where=where,
            fix=f"say `integration: {twin}`, or take a name that differs in more than case",
        )


def refuse_twin_scripts(ours: Block, document: Document) -> None:
    """Refuse scripts whose files would be those of others of the same integration.

    Raises:
        ProjectError: the name of one differs only in case from that of an entry that is there.
    """
    entry = document.integrations.get(ours.integration)
    for section, names in (("syncs", ours.syncs), ("actions", ours.actions)):
        entries = entry.get(section) if isinstance(entry, Mapping) else None
        for name in names:
            twin = twin_of(name, map(str, entries) if isinstance(entries, Mapping) else ())
            if twin is not None:
                raise ProjectError(
                    f"{name} and {twin} are one file on macOS and Windows, where case does not count",
                    where=f"{ROOT}/{ours.integration}/{section}",
                    fix="take a name that differs in more than case",
                )


def twin_of(name: str, others: Iterable[str]) -> str | None:
    """The first of some names that is another only by its case."""
    folded = name.casefold()
    return next((other for other in others if other != name and other.casefold() == folded), None)
