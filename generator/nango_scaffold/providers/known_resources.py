"""The catalogue of known resources: one small file a provider, of which only what is asked for is parsed.

``resources/hubspot.yaml`` has a key ``provider`` and one for each resource, in the words of the answers
(``answers/resource_format.py``). What several operations share is written once, for a resource or for all of them:

- ``path``: that of the list and of a new record; a record's own is below it, ``/${input.id}``;
- ``docs``, ``reads`` and ``writes``: the page of the documentation, the scopes to read and to write;
- ``paginate``, ``records_path`` and ``record_path``: the pagination of lists, where the records or one record are;
- ``checked``, ``metadata`` and ``lookups``, which belong to the resource as a whole.

What the paths in a file are relative to stands in it: facts with another base URL, those of an older providers.yaml or
answers that state one, have no known resources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..naming.words import singular
from .catalogue import entry_text, keys, parse_entry
from .catalogue_locations import RESOURCES, resources_text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from .facts import ProviderFacts

_ABOUT = "provider"
_SHARED = ("path", "docs", "reads", "writes", "paginate", "records_path", "record_path")
_OF_RESOURCE = ("checked", "metadata", "lookups")
_OPERATIONS = ("list", "get", "create", "update", "delete")


def known_providers() -> list[str]:
    """The providers with a file, sorted."""
    return sorted(path.stem for path in RESOURCES.glob("*.yaml"))


def resource_names(facts: ProviderFacts) -> list[str]:
    """The names of a provider's known resources, in the order of the file; none for a provider without one."""
    return _names(_text_for(facts))


def known_resources(facts: ProviderFacts, entities: Collection[str] | None = None) -> dict[str, Any]:
    """What is known of a provider's resources.

    Args:
        facts: the provider's.
        entities: the resources that are wanted, each in the singular; None for all of them.

    Returns:
        The resources by name, each as plain data in the format of ``answers/resource_format.py``.

    Raises:
        CatalogueError: a resource of the file cannot be parsed.
    """
    # Most runs are about other resources, and need no YAML parsed to learn that.
    if entities is not None and not _may_know(facts, entities):
        return {}
    text = _text_for(facts)
    names = [name for name in _names(text) if entities is None or singular(name) in entities]
    shared = _entry(text, _ABOUT) if names else {}
    return {name: _expanded(_entry(text, name), shared) for name in names}


def _may_know(facts: ProviderFacts, entities: Collection[str]) -> bool:
    """Whether a provider's file has one of these resources, or has those of another: seen without parsing YAML."""
    texts = (resources_text(key) for key in (facts.key, facts.alias_of) if key)
    names = _names(next(filter(None, texts), ""))
    return not names or any(singular(name) in entities for name in names)


def _expanded(resource: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """A resource with what its operations share written out."""
    whole = {**{key: shared[key] for key in (*_SHARED, *_OF_RESOURCE) if key in shared}, **resource}
    rest = {key: value for key, value in whole.items() if key not in (*_SHARED, *_OPERATIONS)}
    operations = {name: _operation(name, whole) for name in _OPERATIONS if name in whole}
    return {**rest, **operations}


def _operation(name: str, resource: Mapping[str, Any]) -> dict[str, Any]:
    below = "" if name in ("list", "create") else "/${input.id}"
    defaults = {
        "path": resource["path"] + below if "path" in resource else None,
        "docs": resource.get("docs"),
        "scopes": resource.get("reads" if name in ("list", "get") else "writes"),
    }
    if name == "list":
        defaults |= {"paginate": resource.get("paginate"), "response_path": resource.get("records_path")}
    elif name != "delete":
        defaults["response_path"] = resource.get("record_path")
    # An operation that is listed without any key of its own has the defaults; null in one unsets a default.
    own = resource[name] or {}
    return {key: value for key, value in {**defaults, **own}.items() if value is not None}


def _names(text: str) -> list[str]:
    return [name for name in keys(text) if name != _ABOUT] if text else []


def _text_for(facts: ProviderFacts) -> str:
    """The file for a provider; '' where there is none, or where its paths are relative to another base URL.

    An alias without a file has that of its target.
    """
    for key in filter(None, (facts.key, facts.alias_of)):
        text, base_url = _file(key)
        # The provider's own file decides, even where its paths do not fit: that of the target would fit even less.
        if text:
            return text if _same_address(base_url, facts.base_url) else ""
    return ""


def _file(key: str) -> tuple[str, str]:
    """The text of a file and the base URL that its paths are relative to; '' and '' where there is none.

    A file may say that its resources are those of another: Nango has several entries for some APIs.
    """
    text = resources_text(key)
    if not text:
        return "", ""
    about = _entry(text, _ABOUT)
    return resources_text(about.get("resources_of", key)), about["base_url"]


def _entry(text: str, key: str) -> dict[str, Any]:
    return parse_entry(entry_text(text, key) or "")


def _same_address(address: str, other: str | None) -> bool:
    return address.rstrip("/") == (other or "").rstrip("/")
