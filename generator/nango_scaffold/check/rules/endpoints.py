"""The endpoints of syncs and actions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from ...naming.words import singular_word
from ..entries import all_endpoints, endpoints_of
from ..rule import EntryRule, IntegrationRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..entries import Endpoint, Entry, Integration
    from ..finding import Finding
    from ..tree import Tree

_PLAIN = re.compile(r"/[a-z0-9-]+(/[a-z0-9-]+)?")
_VERSION = re.compile(r"v[0-9]+([.-][0-9]+)*", re.IGNORECASE)
_FILLERS = frozenset({"custom", "all", "list", "api"})
_LEAST_LETTERS = 4
_DEMANDED = ("method", "path", "group")


class PlainEndpointPath(EntryRule):
    """The path of an endpoint is the name of a resource, one or two plain words.

    It is the path in Nango's API, for users of the integration, and need not follow the provider's: no version, no
    parameters, no words such as list or all.
    """

    id = "Y06"

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for endpoint in endpoints_of(entry):
            why = _too_much(endpoint.path) if endpoint.path.startswith("/") else ""
            if why:
                message = f"The path {endpoint.path} of {endpoint.owner} {why}: one or two plain words, such as /contacts, do."
                yield self.finding(tree.yaml, endpoint.path_span, message)


class EndpointPathWithoutProvider(EntryRule):
    """The path of an endpoint does not name the provider.

    Nango knows the integration from the connection.
    """

    id = "Y07"

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for endpoint in endpoints_of(entry):
            name = _provider_in(endpoint)
            if name:
                message = f"The path {endpoint.path} of {endpoint.owner} names the provider ({name}): the resource alone will do."
                yield self.finding(tree.yaml, endpoint.path_span, message)


class EndpointHasMethodPathAndGroup(EntryRule):
    """An endpoint is written with method, path and group."""

    id = "Y08"

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for endpoint in endpoints_of(entry):
            # One without a path is refused by the CLI, which Y15 says.
            missing = [key for key in _DEMANDED if key not in endpoint.keys and key != "path"]
            if endpoint.is_text:
                message = f"The endpoint of {endpoint.owner} is one text: it should have method, path and group below it."
                yield self.finding(tree.yaml, endpoint.span, message)
            elif missing:
                message = f"The endpoint of {endpoint.owner} should have method, path and group; it has no {' and no '.join(missing)}."
                yield self.finding(tree.yaml, endpoint.span, message)


class UniqueEndpoints(IntegrationRule):
    """No two syncs or actions of an integration have the same method and path."""

    id = "Y10"
    level: ClassVar = "error"

    def look(self, integration: Integration, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        first: dict[tuple[str, str], Endpoint] = {}
        for endpoint in all_endpoints(integration):
            other = first.setdefault((endpoint.method, endpoint.path), endpoint)
            if endpoint.path and other is not endpoint:
                message = (
                    f"{endpoint.method} {endpoint.path} of {endpoint.owner} is the endpoint of {other.owner} already: "
                    "each needs its own method and path."
                )
                yield self.finding(tree.yaml, endpoint.path_span, message)


class OneGroupPerResource(IntegrationRule):
    """Endpoints of the same resource have the same group.

    The same resource is that of the same path: whether ``/report`` is the same as ``/reports`` is for people to
    decide.
    """

    id = "Y14"

    def look(self, integration: Integration, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        first: dict[str, Endpoint] = {}
        for endpoint in all_endpoints(integration):
            if endpoint.path and endpoint.group:
                other = first.setdefault(endpoint.path, endpoint)
                if other.group != endpoint.group:
                    message = (
                        f"The endpoint {endpoint.path} of {endpoint.owner} is in the group {endpoint.group}, "
                        f"but that of {other.owner} in {other.group}: one resource has one group."
                    )
                    yield self.finding(tree.yaml, endpoint.span, message)


def _too_much(path: str) -> str:
    """What makes a path more than one or two plain words; empty when nothing does."""
    parts = path[1:].split("/")
    version = next(filter(_VERSION.fullmatch, parts), None)
    filler = next(filter(_FILLERS.__contains__, parts[1:]), None)
    if "{" in path or "/:" in path:
        return "holds a parameter, which belongs into the input"
    if version:
        return f"holds the version {version}"
    if filler:
        return f"holds the word {filler}, which says nothing"
    if len(parts) > 2:
        return f"has {len(parts)} parts"
    return "" if _PLAIN.fullmatch(path) else "holds more than lower-case letters, digits and dashes"


def _provider_in(endpoint: Endpoint) -> str:
    """The name of the provider in a path, as far as it is certain that the provider is meant.

    A single word of the integration's key may be that of a resource as well, such as calendars of google-calendar; it is
    taken for the provider's only when the group of the endpoint does not hold it.
    """
    key = endpoint.entry.integration.lower()
    parts = key.split("-")
    resource = {singular_word(word) for word in _words(endpoint.group)}
    is_vendor = len(parts) > 1 or singular_word(key) not in resource
    vendors = _vendors(parts, resource) if endpoint.group else set()
    for words in map(_words, endpoint.path.lower().split("/")):
        if is_vendor and _follow_each_other(words, parts):
            return key
        vendor = next(filter(vendors.__contains__, words), "")
        if vendor:
            return vendor
    return ""


def _vendors(parts: list[str], resource: set[str]) -> set[str]:
    """The words of a key that are the provider's rather than those of a resource."""
    # The last word mostly names the product, as in `google-calendar`, and short ones stand in many paths.
    long = (part for part in parts[:-1] if len(part) >= _LEAST_LETTERS)
    return {part for part in long if singular_word(part) not in resource}


def _follow_each_other(words: list[str], parts: list[str]) -> bool:
    """Whether the parts of a key stand in a row among the words of a path, the last perhaps in the plural."""
    size = len(parts)
    for start in range(len(words) - size + 1):
        row = words[start : start + size]
        # A key of one word in the plural is rather the name of a resource.
        if row == parts or (size > 1 and [*row[:-1], singular_word(row[-1])] == parts):
            return True
    return False


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[^a-z0-9]+", text.lower()) if word]
