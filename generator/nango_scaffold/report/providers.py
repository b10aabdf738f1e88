"""What ``providers`` says: a table, a card, what a refresh changed."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..answers.resource_format import OPERATIONS
from ..frozen import frozen
from ..visible import shortened, visible_line
from .page import Page, Part, Rows, counted, line, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ..providers import ConnectionField, ProviderFacts
    from ..providers.cards import ProviderCard
    from ..providers.catalogue_locations import Catalogue

_HEADS = ("KEY", "NAME", "AUTH", "PAGES", "BASE URL")
_MOST_NAMES = 12  # of the providers that came and went


def table(cards: Sequence[ProviderCard], width: int | None) -> str:
    """The cards in columns, and how many there are.

    Args:
        cards: in the order to show.
        width: of the terminal; None where lines may be of any length.
    """
    rows = [_HEADS, *(_row(card) for card in cards)]
    lines = "".join(f"{line}\n" for line in _aligned(rows, width))
    return f"{lines}\n{counted(len(cards), 'provider')}\n"


def no_match(words: Sequence[str], near: Sequence[ProviderCard], width: int | None) -> str:
    """That nothing matches, and what may have been meant."""
    none = f"No provider matches {' '.join(words)!r}." if words else "There are no such providers."
    if not near:
        return f"{none}\n"
    lines = _aligned([_row(card) for card in near], width)
    return "".join([f"{none} Did you mean:\n", *(f"  {line}\n" for line in lines)])


def catalogue_order(catalogues: Iterable[Catalogue]) -> str:
    """Which catalogues were asked, in that order, where they lie and where they came from."""
    lines = (f"  {catalogue.place}{_whence(catalogue)}\n" for catalogue in catalogues)
    return "".join(["\nCatalogues, the first that has a provider holds:\n", *lines])


def _whence(catalogue: Catalogue) -> str:
    if catalogue.is_embedded:
        return ", facts about popular providers that come with nango-scaffold"
    origin = f", from {catalogue.origin}" if catalogue.origin else ""
    return f", {catalogue.path}{origin}"


def cards_as_data(cards: Iterable[ProviderCard], near: Iterable[ProviderCard]) -> dict[str, Any]:
    """A list of providers as plain data."""
    providers = [_card_as_data(card) for card in cards]
    data: dict[str, Any] = {"providers": providers, "count": len(providers)}
    meant = [card.key for card in near]
    if meant:
        data["did_you_mean"] = meant
    return data


def card(facts: ProviderFacts, options: str = "", resources: Mapping[str, Any] = MappingProxyType({})) -> str:
    """All that is known of a provider, and what to do with it.

    Args:
        facts: the provider's.
        options: those that the next commands need too, such as `` --project ../mine``.
        resources: what is known of its resources, by name.
    """
    known = [(label, visible_line(text)) for label, text in _labelled(facts) if text]
    indent = max(len(label) for label, _ in known) + 2
    lines = (f"  {label:<{indent}}{text}\n" for label, text in known)
    title = f"{visible_line(f'{facts.display_name or facts.key} ({facts.key})')}\n"
    parts = (*_connection(facts.connection_config), *_resources(resources), *_next(facts, options))
    return "".join([title, *lines, *parts])


def resources_as_data(resources: Mapping[str, Any]) -> dict[str, Any]:
    """The known resources of a provider as plain data: nothing for a provider without any."""
    known = [
        {
            "name": name,
            "operations": [operation for operation in OPERATIONS if operation in resource],
            "docs": resource_docs(resource),
            "checked": dict(resource["checked"]),
        }
        for name, resource in resources.items()
    ]
    return {"known_resources": known} if known else {}


def resource_docs(resource: Mapping[str, Any]) -> list[str]:
    """The pages of the API's documentation that the facts about a resource come from, each once."""
    operations = (operation for operation in OPERATIONS if operation in resource)
    return list(dict.fromkeys(resource[operation]["docs"] for operation in operations))


@frozen
class Refreshed:
    """What a refresh changed.

    Args:
        version: of the catalogue it brought.
        before: of the one that was known until now; '' for the built-in facts.
        new: the providers that came.
        gone: those that went.
        count: how many there are.
        path: where the catalogue is kept.
        over: the version of the project's own, which goes before it; '' when it has none.
        origin: the registry it came from; '' when npm does not say.
    """

    version: str
    before: str
    new: frozenset[str]
    gone: frozenset[str]
    count: int
    path: str
    over: str = ""
    origin: str = ""


def refresh_text(refresh: Refreshed) -> str:
    """What a refresh changed, for people."""
    since = f"version {refresh.before}" if refresh.before else "the built-in facts"
    lines = [
        f"@nangohq/providers {refresh.version}: {counted(refresh.count, 'provider')}, kept as {refresh.path}\n",
        f"From {refresh.origin or 'a registry that npm does not name'}, as your own npm is set up.\n",
        f"Since {since}: {len(refresh.new)} new, {len(refresh.gone)} gone.\n",
        _names("New", refresh.new),
        _names("Gone", refresh.gone),
    ]
    if refresh.over:
        lines.append(f"This project's own providers.yaml ({refresh.over}) goes before it, for what it has.\n")
    return "".join(lines)


def refresh_as_data(refresh: Refreshed) -> dict[str, Any]:
    """What a refresh changed, as plain data."""
    return {
        "version": refresh.version,
        "before": refresh.before or "embedded",
        "count": refresh.count,
        "new": sorted(refresh.new),
        "gone": sorted(refresh.gone),
        "path": refresh.path,
        "origin": refresh.origin,
    }


_COUNTED = {"by-response-size": "by the records received", "per-page": "page by page"}


def pagination_in_words(paginate: Any) -> str:
    """How an API gives the next page, from its `paginate` settings; '' when none are known."""
    if not paginate:
        return ""
    ways = {"link": _link_in_words, "cursor": _cursor_in_words, "offset": _offset_in_words}
    return "; ".join([ways[paginate["type"]](paginate), *_page_details(paginate)])


def _link_in_words(paginate: Any) -> str:
    if paginate.get("link_path_in_response_body"):
        return f"by link: {paginate['link_path_in_response_body']} of the response"
    return f"by link: the one named {paginate.get('link_rel_in_response_header')} in the Link header"


def _cursor_in_words(paginate: Any) -> str:
    path, name = paginate.get("cursor_path_in_response"), paginate.get("cursor_name_in_request")
    return f"by cursor: {path} of the response is sent as {name}"


def _offset_in_words(paginate: Any) -> str:
    start = f", from {paginate['offset_start_value']}" if "offset_start_value" in paginate else ""
    method = _COUNTED.get(str(paginate.get("offset_calculation_method", "")), "page by page")
    return f"by offset: sent as {paginate.get('offset_name_in_request')}{start}, counted {method}"


def _page_details(paginate: Any) -> Iterator[str]:
    """What holds for every type of pagination: the place of its parameters, the page size, the records' path."""
    if paginate.get("in_body"):
        yield "sent in the request's body"
    if paginate.get("limit_name_in_request"):
        yield f"page size sent as {paginate['limit_name_in_request']}"
    if paginate.get("limit"):
        yield f"{paginate['limit']} a page"
    if paginate.get("response_path"):
        yield f"records under {paginate['response_path']}"


def retry_in_words(retry: Any) -> str:
    """When Nango's proxy waits and tries again; '' when nothing is known."""
    conditions = ", ".join(_retry_conditions(retry or {}))
    return f"waits {conditions}" if conditions else ""


def _retry_conditions(rules: Any) -> Iterator[str]:
    if rules.get("at"):
        yield f"until the time in {' or '.join(rules['at'])}"
    if rules.get("after"):
        yield f"for the seconds in {' or '.join(rules['after'])}"
    if rules.get("remaining"):
        yield f"when {rules['remaining']} is 0"
    if rules.get("error_code"):
        yield f"on {', '.join(rules['error_code'])}"
    if rules.get("in_body"):
        yield f"as the body says ({', '.join(rules['in_body'].values())})"


def _labelled(facts: ProviderFacts) -> Iterator[tuple[str, str]]:
    yield "alias of", facts.alias_of or ""
    yield "auth mode", facts.auth_mode
    yield "base URL", facts.base_url or "none known: the answers give one, as provider_facts.base_url"
    pages = pagination_in_words(facts.paginate)
    yield "pages", pages or "nothing known: the answers say, as request.paginate"
    yield "headers", ", ".join(f"{name}: {value}" for name, value in facts.headers.items())
    yield "retries", retry_in_words(facts.retry)
    yield "scopes", (", ".join(facts.scopes) or "none by default") if facts.has_scopes else ""
    yield "categories", ", ".join(facts.categories)
    yield "docs", facts.docs or ""
    yield "known from", facts.source_in_words


def _connection(fields: Sequence[ConnectionField]) -> Iterator[str]:
    if not fields:
        return
    yield "\nA connection carries:\n"
    indent = max(len(field.name) for field in fields) + 2
    for field in fields:
        yield visible_line(f"  {field.name:<{indent}}{', '.join(_field_notes(field))}") + "\n"


def _field_notes(field: ConnectionField) -> Iterator[str]:
    if field.automated:
        yield "found by Nango"
    else:
        yield "required" if field.required else "optional"
    if field.type != "string":
        yield field.type
    if field.example:
        yield f"such as {field.example}"
    if field.pattern:
        yield f"matches {field.pattern}"


def _resources(resources: Mapping[str, Any]) -> Iterator[str]:
    if not resources:
        return
    yield "\nKnown resources, whose names are enough:\n"
    indent = max(map(len, resources)) + 2
    for name, resource in resources.items():
        operations = ", ".join(operation for operation in OPERATIONS if operation in resource)
        yield f"  {name:<{indent}}{operations}\n  {'':<{indent}}{resource_docs(resource)[0]}\n"


def _next(facts: ProviderFacts, options: str) -> Iterator[str]:
    start = f"  nango-scaffold new{options} --set provider={facts.key}"
    yield "\nNext:\n"
    yield f"{start} --set sync_names=users --dry-run\n"
    yield f"{start} --set action_names=create-user,list-users --dry-run\n"
    if facts.categories:
        yield f"  nango-scaffold providers list{options} --category {facts.categories[0]}\n"


def _row(card: ProviderCard) -> tuple[str, ...]:
    return (card.key, card.name, card.auth_mode, card.paginate or "-", card.base_url or "-")


def _card_as_data(card: ProviderCard) -> dict[str, Any]:
    names = ("key", "name", "auth_mode", "base_url", "paginate", "categories", "docs", "alias_of")
    return {name: getattr(card, name) for name in names}


def _aligned(rows: Sequence[Sequence[str]], width: int | None) -> Iterator[str]:
    """Rows in columns, each as wide as its widest cell; cut at the terminal's width."""
    table = Rows(tuple(line(*row) for row in rows), 0)
    for text in plain(Page((Part((table,)),))).splitlines():
        yield text if width is None else shortened(text, width)


def _names(label: str, keys: Collection[str]) -> str:
    if not keys:
        return ""
    more = f" and {len(keys) - _MOST_NAMES} more" if len(keys) > _MOST_NAMES else ""
    return f"  {label}: {', '.join(sorted(keys)[:_MOST_NAMES])}{more}\n"
