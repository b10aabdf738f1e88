"""The page of the known resources: what is in the catalogue, where each fact comes from, and how it was checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nango_scaffold.answers.resource_format import OPERATIONS
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.providers.catalogue import entry_text, parse_entry
from nango_scaffold.providers.catalogue_locations import resources_text
from nango_scaffold.providers.known_resources import known_providers, known_resources
from nango_scaffold.report.providers import resource_docs

_HEAD = """\
# Known resources

Where a script is named after one of these resources (a sync `contacts` or `fetch-contacts`; an action `create-contact`,
`get-contact`, `list-contacts`, `update-contact`, `delete-contact`), names alone are enough: `new` takes the path, where
the records are, the pagination, the fields, the scopes and the page of the documentation from a catalogue that comes with
nango-scaffold, and `new --dry-run` shows it. What the answers say stays as they say it; a script that names another path
takes nothing. `nango-scaffold providers show hubspot` lists the resources of one provider.

What was taken is kept with the integration (in its manifest, and in Copier's answers), so that a later version of the
catalogue changes nothing by itself. Whatever is not in the catalogue stays a guess, and is reported as one.

The fields are the most telling ones. Each fact was compared with the source in the last column: an API document or the
types of the API's own client (`document`), recorded responses (`sample`), or the pages of its documentation (`docs`).
"""


def page() -> str:
    """The whole page."""
    targets = {name: _target(name) for name in known_providers()}
    providers = [name for name, target in targets.items() if not target]
    aliases = {name: [other for other, target in targets.items() if target == name] for name in providers}
    count = f"\n{len(targets)} providers, {len(providers)} APIs:\n"
    return "".join([_HEAD, count, *(part for name in providers for part in _section(name, aliases[name]))])


def _section(provider: str, aliases: list[str]) -> Iterator[str]:
    also = f", also for {', '.join(f'`{name}`' for name in aliases)}" if aliases else ""
    yield f"\n## {provider}\n\n`{provider}`{also}:\n\n| resource | operations | documentation | checked |\n|---|---|---|---|\n"
    facts = ProviderFacts(provider, "", base_url=_about(provider)["base_url"])
    for name, resource in known_resources(facts).items():
        yield f"| `{name}` | {_operations(resource)} | {_links(resource)} | {_checked(resource['checked'])} |\n"


def _operations(resource: dict[str, Any]) -> str:
    return ", ".join(operation for operation in OPERATIONS if operation in resource)


def _links(resource: dict[str, Any]) -> str:
    return ", ".join(f"[{number}]({url})" for number, url in enumerate(resource_docs(resource), 1))


def _checked(checked: dict[str, str]) -> str:
    source = checked["source"]
    reference = f"[page]({source})" if source.startswith("https://") else f"`{source}`"
    return f"{checked['by']}, {checked['on']}: {reference}"


def _about(provider: str) -> dict[str, Any]:
    return parse_entry(entry_text(resources_text(provider), "provider") or "")


def _target(provider: str) -> str:
    return str(_about(provider).get("resources_of", ""))
