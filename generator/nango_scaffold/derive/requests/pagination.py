"""How a request is paged: the answers, else the provider's own settings, else a guess that ends with any API."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...answers import PAGINATE
from ...errors import AnswersError
from ...naming.words import camel, snake
from ...spec.paths import steps_of
from ...spec.patterns import Extended
from ...spec.requests import Pagination

if TYPE_CHECKING:
    from ...answers import RequestAnswer
    from ...providers import ProviderFacts
    from ...spec.integration import IntegrationSpec
    from ..context import Context

# A cursor ends after one page where the API knows no cursor; an offset would ask for the same page for ever.
_ANY_API = {"type": "cursor", "cursor_path_in_response": "next_cursor", "cursor_name_in_request": "cursor"}
_NEEDED = {
    "cursor": (("cursor_path_in_response", "cursor_in_response_header"), ("cursor_name_in_request",)),
    "link": (("link_rel_in_response_header", "link_path_in_response_body"),),
    "offset": (("offset_name_in_request",),),
    "last_id": (("cursor_name_in_request",),),
    "total": (("offset_name_in_request",), ("total_path", "total_header")),
    "graphql": (),
    "none": (),
}
_FLAGS = ("more_path", "last_path")
_SAME = (_FLAGS, ("total_path", "total_header"))
_TYPES_OF = {
    **dict.fromkeys(_FLAGS, ("cursor", "offset", "last_id")),
    "id_path": ("last_id",),
    "cursor_in_response_header": ("cursor",),
    "total_path": ("total",),
    "total_header": ("total",),
    "total_unit": ("total",),
    "page_info_path": ("graphql",),
}
"""The types of pagination that a setting belongs to, where it is not read by all."""

_IN_BODY = ("cursor_path_in_response", "link_path_in_response_body", *_FLAGS, "total_path")
_PAGE_INFO = "pageInfo"
_CURSOR_VARIABLE = r"\b(?:after|cursor)\s*:\s*\$([A-Za-z_]\w*)"
_ANY_TYPE = ("limit_name_in_request", "response_path")
_LINKS = ("link_rel_in_response_header", "link_path_in_response_body")
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


def derive_pagination(
    request: RequestAnswer,
    context: Context,
    plural: str,
    where: str,
    *,
    single: bool = False,
    method: str = "",
    id_path: str = "id",
) -> Pagination:
    """The pagination of a request; guesses are noted.

    Args:
        request: the request of the answers.
        context: the derivation.
        plural: the records' plural name, kebab-case; where the body wraps the records, its snake form is the key.
        where: the script's place in the answers.
        single: whether there is only one page.
        method: the HTTP method of the request, where it is not the answers' or GET.
        id_path: where the id is in a record.

    Raises:
        AnswersError: the settings lack what their type needs, or are invalid.
    """
    own, overrides = _settings(request, context.facts)
    if single:
        overrides["type"] = "none"
    place = f"{where}.request.paginate"
    keys, reason = _effective(own, overrides, place, context)
    # Before anything is read from them: the provider's facts and answers of Copier are not checked elsewhere.
    _refuse_unusable(keys, place)
    if own and not overrides and request.paginate is None:
        _guess_paging(keys, place, context)
    # A path that the provider's entry sets is a default for all of its lists.
    is_general = "response_path" not in overrides
    path = _response_path(
        request, keys, plural, f"{where}.request.response_path", context, is_general=is_general
    )
    keys.pop("response_path", None)
    # An empty path has to be written as well where the provider's entry has another.
    if path or own.get("response_path"):
        keys["response_path"] = path
    keys, cleared = _one_link(keys, overrides)
    keys = _with_defaults(keys, request, path, id_path, place, context)
    return Pagination(
        keys["type"],
        keys,
        {**_written(keys, own), **cleared},
        path,
        reason,
        _is_in_body(keys, method or request.method),
        item_steps=steps_of(request.record_path or ""),
    )


def _is_in_body(keys: Mapping[str, Any], method: str | None) -> bool:
    """Whether what asks for a page is sent in the body, and not in the query."""
    if keys["type"] == "graphql":
        return True
    return bool(keys.get("in_body", method in _WITH_BODY))


def id_path_of(mapping: Mapping[str, Any]) -> str:
    """Where the id is in a raw record: where the model's id is mapped from."""
    path = mapping.get("id")
    return path if isinstance(path, str) and "[" not in path else "id"


def note_read_id(pagination: Pagination, model: str, context: Context) -> None:
    """Note that a script reads the id of the last raw record of a page, where it does."""
    if pagination.kind == "last_id":
        context.reads.setdefault(model, []).append(steps_of(pagination.keys["id_path"]))


def _with_defaults(
    keys: dict[str, Any],
    request: RequestAnswer,
    response_path: str,
    id_path: str,
    where: str,
    context: Context,
) -> dict[str, Any]:
    """The settings of a pagination that the script does by itself, with those that follow from the others."""
    if keys["type"] == "last_id":
        return {"id_path": id_path, **keys}
    if keys["type"] == "total":
        return _counted(keys, where, context)
    if keys["type"] != "graphql":
        return keys
    # The page info of a connection stands beside its list of nodes or edges.
    beside = response_path.rpartition(".")[0]
    info = keys.get("page_info_path") or f"{beside}.{_PAGE_INFO}".lstrip(".")
    return {
        "cursor_name_in_request": _cursor_variable(keys, request, where, context),
        "cursor_path_in_response": f"{info}.endCursor",
        "more_path": f"{info}.hasNextPage",
        **keys,
    }


def _counted(keys: dict[str, Any], where: str, context: Context) -> dict[str, Any]:
    """The settings of a pagination that ends at a total, with what it counts and how a page is asked for."""
    # By their names: `total_pages` counts pages, and `page` asks for one; `total` and `offset` are about records.
    is_of_pages = "page" in total_place(keys).rpartition(".")[2].lower()
    unit = keys.get("total_unit", "pages" if is_of_pages else "records")
    defaults: dict[str, Any] = {"total_unit": unit}
    if unit == "pages" or "page" in keys["offset_name_in_request"].lower():
        defaults |= {"offset_calculation_method": "per-page", "offset_start_value": 1}
        if "offset_start_value" not in keys:
            context.guess(f"{where}.offset_start_value", "1", "the number of the first page in most APIs")
    counted = {**defaults, **keys}
    if unit == "pages" and counted["offset_calculation_method"] != "per-page":
        raise AnswersError(
            "a total of pages says nothing of an offset that counts records",
            where=f"{where}.total_unit",
            fix="write `total_unit: records`, or `offset_calculation_method: per-page`",
        )
    return counted


def total_place(keys: Mapping[str, Any]) -> str:
    """Where a response says the total: a path in its body, or a header."""
    return str(keys.get("total_path") or keys["total_header"])


def _cursor_variable(keys: Mapping[str, Any], request: RequestAnswer, where: str, context: Context) -> str:
    """The variable of a query that holds the cursor: the one that stands for ``after``."""
    if "cursor_name_in_request" in keys:
        return str(keys["cursor_name_in_request"])
    # A query may also stand in a body that the answers write themselves, without `graphql`.
    bodies = [body for body in (request.data, request.json) if isinstance(body, Mapping)]
    named = re.search(_CURSOR_VARIABLE, " ".join(str(body.get("query", "")) for body in bodies))
    if named is not None:
        return named[1]
    context.guess(
        f"{where}.cursor_name_in_request", "after", "what the variable of a cursor is usually called"
    )
    return "after"


def _settings(request: RequestAnswer, facts: ProviderFacts) -> tuple[dict[str, Any], dict[str, Any]]:
    """The settings of Nango's own entry, and those of the answers that replace them."""
    own, overrides = dict(facts.paginate or {}), dict(request.paginate or {})
    # Nango's server does not know what the answers state of the provider, so a script has to write it.
    if "paginate" in facts.stated:
        own, overrides = {}, {**own, **overrides}
    return own, {key: value for key, value in overrides.items() if value is not None}


def pagination_reasons(spec: IntegrationSpec) -> dict[str, str]:
    """How each script that reads pages does so, and why, in words: ``{"users": "cursor, the provider's own (...)"}``.

    The further requests of a sync stand behind its own: ``users, Team``, ``users, deleted``.
    """
    paged: dict[str, Pagination] = {}
    for sync in spec.syncs:
        # The pattern extended asks for batches by settings of its own.
        if not isinstance(sync.pattern, Extended):
            paged[sync.name] = sync.pagination
        if sync.parents:
            paged[f"{sync.name}, {sync.parents.model}"] = sync.parents.pagination
        paged.update((f"{sync.name}, {fetch.model}", fetch.pagination) for fetch in sync.further)
        if sync.deleted and sync.deleted.listing:
            paged[f"{sync.name}, deleted"] = sync.deleted.listing.pagination
    paged.update((action.name, action.listing.pagination) for action in spec.actions if action.listing)
    return {name: f"{_style(pagination)}, {pagination.reason}" for name, pagination in paged.items()}


def _style(pagination: Pagination) -> str:
    """The style in words: ``link in the body``, ``offset by page``, ``cursor in the request body``."""
    keys = pagination.keys
    if pagination.kind == "none":
        return "a single page"
    if pagination.kind == "link":
        return "link in the body" if "link_path_in_response_body" in keys else "link in a header"
    words = {
        "cursor": "cursor",
        "graphql": "cursor among the variables of the query",
        "last_id": "id of the last record",
    }.get(pagination.kind, "offset by response size")
    if pagination.counts and keys.get("offset_calculation_method") == "per-page":
        words = "offset by page"
    if pagination.in_body and not pagination.inside:
        words += " in the request body"
    return f"{words}, until {_end_of(pagination)}" if pagination.turns_pages else words


def _end_of(pagination: Pagination) -> str:
    """What ends a pagination that the script does by itself: ``has_more is false``, ``a page is empty``."""
    keys = pagination.keys
    if pagination.kind == "total":
        return f"the total of {total_place(keys)} is reached"
    if "more_path" in keys:
        return f"{keys['more_path']} is false"
    if "cursor_in_response_header" in keys:
        return f"the header {keys['cursor_in_response_header']} is empty"
    if "last_path" in keys:
        return f"{keys['last_path']} is true"
    return "a page is empty"


def _written(keys: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The settings written in the script: those that differ from the provider's entry; Nango reads in_body only there."""
    if keys["type"] != own.get("type"):
        return dict(keys)
    return {key: value for key, value in keys.items() if key == "in_body" or own.get(key) != value}


def _one_link(keys: dict[str, Any], overrides: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The settings with links in the place that the answers name, and the other place's, cleared in the script.

    nango 0.58 looks at the header alone where the provider's entry names one: the script has to clear that.
    """
    named = [key for key in _LINKS if overrides.get(key)]
    cleared = {key: "" for key in _LINKS if len(named) == 1 and key not in named and keys.get(key)}
    return {key: value for key, value in keys.items() if key not in cleared}, cleared


def _effective(
    own: Mapping[str, Any], overrides: Mapping[str, Any], where: str, context: Context
) -> tuple[dict[str, Any], str]:
    """The settings in force, and where they come from in words."""
    facts = context.facts
    if not own and not overrides:
        context.guess(
            where,
            "type: cursor, next_cursor -> cursor",
            f"{facts.source_says} nothing of the pagination of {facts.key}",
        )
        return dict(_ANY_API), "a guess"
    keys = {**own, **overrides}
    if keys.get("type") != own.get("type"):
        # Of the provider's own settings only some apply to another type of pagination.
        common = {key: own[key] for key in _ANY_TYPE if key in own}
        keys = {"type": keys["type"], **common, **overrides}
    if not overrides:
        return keys, f"the provider's own ({facts.source})"
    is_known = where.partition(".")[0] in context.known_pages
    source = "the known resource" if is_known else "the answers"
    return keys, f"{source}, over the provider's own" if own else source


def _refuse_unusable(keys: Mapping[str, Any], where: str) -> None:
    """Refuse settings that are invalid, wherever they are set, and those that are incomplete."""
    if "type" not in keys:
        raise AnswersError(
            "the pagination has no type", where=f"{where}.type", accepted=("link", "cursor", "offset", "none")
        )
    for problem in PAGINATE.problems(keys, where):
        raise AnswersError(problem.what, where=problem.where, fix=problem.fix, accepted=problem.accepted)
    _refuse_useless(keys, where)
    for alternatives in _NEEDED[keys["type"]]:
        if not any(keys.get(key) for key in alternatives):
            raise AnswersError(
                f"the {keys['type']} pagination lacks {' or '.join(alternatives)}",
                where=where,
                fix=f"add {alternatives[0]}",
            )
    if keys.get("limit") and not keys.get("limit_name_in_request"):
        raise AnswersError(
            "the pagination has a limit, and no parameter that holds it",
            where=where,
            fix="add limit_name_in_request",
        )


def _refuse_useless(keys: Mapping[str, Any], where: str) -> None:
    """Refuse settings that belong to another type of pagination, or say the same."""
    for key, types in _TYPES_OF.items():
        if key in keys and keys["type"] not in (*types, "none"):
            raise AnswersError(
                f"{key} says nothing of a pagination of the type {keys['type']}",
                where=f"{where}.{key}",
                fix=f"remove it, or write `type: {types[-1]}`",
            )
    for name, other in _SAME:
        if name in keys and other in keys:
            raise AnswersError(
                f"{name} and {other} say the same", where=f"{where}.{other}", fix="remove one of them"
            )


def _guess_paging(keys: Mapping[str, Any], where: str, context: Context) -> None:
    """Note that the provider's own settings are only likely for this list.

    A link in a header is looked for in any response, and paging ends where there is none: that is no guess.
    """
    settings = {key: value for key, value in keys.items() if key not in ("type", *_ANY_TYPE, "limit")}
    if keys["type"] == "none" or set(settings) == {"link_rel_in_response_header"}:
        return
    context.guess(
        where,
        f"type: {keys['type']}, {', '.join(f'{key}: {value}' for key, value in settings.items())}",
        f"what {context.facts.source_says} of all lists of {context.facts.key}; this one may be paged otherwise",
    )


def _response_path(
    request: RequestAnswer,
    keys: Mapping[str, Any],
    plural: str,
    where: str,
    context: Context,
    *,
    is_general: bool,
) -> str:
    if request.response_path is not None:
        return request.response_path
    if "response_path" in keys:
        path = str(keys["response_path"])
        if is_general:
            facts = context.facts
            context.guess(
                where,
                path or "'' (the body is the list)",
                f"what {facts.source_says} of all lists of {facts.key}; those of this one may stand elsewhere",
            )
        return path
    path = ""
    if keys["type"] == "graphql":
        path = f"data.{camel(plural)}.nodes"
    elif any(keys.get(key) for key in _IN_BODY):
        # A body with the next cursor, a link or a total is no bare list: the records are under a key.
        path = snake(plural)
    context.guess(
        where, path or "'' (the body is the list)", "the provider's facts do not say where the records are"
    )
    return path
