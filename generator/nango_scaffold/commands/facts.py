"""The provider's facts that a command on an integration works with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..assemble import Project
from ..assemble.adopted import adopted_answers
from ..assemble.records import last_record
from ..naming.reserved import INTEGRATION_NAME
from ..providers import find

if TYPE_CHECKING:
    from ..assemble import Reader
    from ..providers import ProviderFacts


def facts_in_force(
    integration: str, project: Path, reader: Reader, providers: str | None
) -> ProviderFacts | None:
    """Facts looked up anew, or None for those that the integration was written with.

    Args:
        integration: its key in nango.yaml, as typed.
        project: the project folder.
        reader: reads the project.
        providers: the catalogue that was named, if one was. Without, only an adopted integration has its facts looked
            up: it was not written with any.

    Raises:
        ScaffoldError: nobody knows the provider.
    """
    if not INTEGRATION_NAME.fullmatch(integration):
        return None
    inside = Project(reader)
    record = last_record(integration, inside)
    adopted = adopted_answers(integration, inside) if record is None else None
    raw = record.answers if record and providers else adopted.raw if adopted else None
    if raw is None:
        return None
    return find(
        raw["provider"],
        providers_path=Path(providers) if providers else None,
        project=project,
        generic=raw.get("provider_facts"),
    )
