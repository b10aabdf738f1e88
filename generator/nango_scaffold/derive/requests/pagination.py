"""How a request is paged: the answers, else the provider's own settings, else a guess that ends with any API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...answers import PAGINATE
from ...errors import AnswersError
from ...naming.words import snake
from ...spec.patterns import Extended
from ...spec.requests import Pagination

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...answers import RequestAnswer
    from ...providers import ProviderFacts
    from ...spec.integration import IntegrationSpec
    from ..context import Context

# A cursor ends after one page where the API knows no cursor; an offset would ask for the same page for ever.
_ANY_API = {"type": "cursor", "cursor_path_in_response": "next_cursor", "cursor_name_in_request": "cursor"}
_NEEDED = {
    "cursor": (("cursor_path_in_response",), ("cursor_name_in_request",)),
    "link": (("link_rel_in_response_header", "link_path_in_response_body"),),
    "offset": (("offset_name_in_request",),),
    "none": (),
}
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
) -> Pagination:
    """The pagination of a request; guesses are noted.

    Args:
        request: the request of the answers.
        context: the derivation.
        plural: the records' plural name, kebab-case; where the body wraps the records, its snake form is the key.
        where: the script's place in the answers.
        single: whether there is only one page.
        method: the HTTP method of the request, where it is not the answers' or GET.

    Raises:
        AnswersError: the settings lack what their type needs, or are invalid.
    """
    own, overrides = _settings(request, context.facts)
    if single:
        overrides["type"] = "none"
    place = f"{where}.request.paginate"
    keys, reason = _effective(own, overrides, place, context)
    _refuse_unusable(keys, place)
    if own and not overrides and request.paginate is None:
        _guess_paging(keys, place, context)
    is_general = "response_path" not in overrides  # the entry's own: a default for all lists of the provider
    path = _response_path(
        request, keys, plural, f"{where}.request.response_path", context, is_general=is_general
    )
    keys.pop("response_path", None)
    if path or own.get("response_path"):  # an empty one has to be written over the provider's own
        keys["response_path"] = path
    keys, cleared = _one_link(keys, overrides)
    in_body = bool(keys.get("in_body", (method or request.method) in _WITH_BODY))
    return Pagination(keys["type"], keys, {**_written(keys, own), **cleared}, path, reason, in_body)


def _settings(request: RequestAnswer, facts: ProviderFacts) -> tuple[dict[str, Any], dict[str, Any]]:
    """The settings of Nango's own entry, and those of the answers that replace them."""
    is_override = "paginate" in facts.stated  # then Nango's own entry has no such settings
    own = {} if is_override else dict(facts.paginate or {})
    overrides = (
        {**(facts.paginate or {}), **(request.paginate or {})} if is_override else request.paginate or {}
    )
    return own, {key: value for key, value in overrides.items() if value is not None}


def pagination_reasons(spec: IntegrationSpec) -> dict[str, str]:
    """How each script that reads pages does so, and why, in words: ``{"users": "cursor, the provider's own (...)"}``.

    The further requests of a sync stand behind its own: ``users, Team``, ``users, deleted``.
    """
    paged: dict[str, Pagination] = {}
    for sync in spec.syncs:
        if not isinstance(sync.pattern, Extended):
            paged[sync.name] = sync.pagination
        fetches = (*([sync.parents] if sync.parents else ()), *sync.further)
        paged.update((f"{sync.name}, {fetch.model}", fetch.pagination) for fetch in fetches)
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
    words = {"cursor": "cursor", "offset": "offset by response size"}[pagination.kind]
    if keys.get("offset_calculation_method") == "per-page":
        words = "offset by page"
    return f"{words} in the request body" if pagination.in_body else words


def _written(keys: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The settings written in the script: those that differ from the provider's entry; Nango reads in_body only there."""
    differs = not own or keys["type"] != own["type"]
    return {key: value for key, value in keys.items() if differs or key == "in_body" or own.get(key) != value}


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
    if overrides.get("type", own.get("type")) == own.get("type"):
        keys = {**own, **overrides}
    else:  # of the provider's own settings, those that apply to any type
        common = {key: own[key] for key in _ANY_TYPE if key in own}
        keys = {"type": overrides["type"], **common, **overrides}
    if not overrides:
        return keys, f"the provider's own ({facts.source})"
    return keys, "the answers, over the provider's own" if own else "the answers"


def _refuse_unusable(keys: Mapping[str, Any], where: str) -> None:
    """Refuse settings that are invalid, wherever they are set, and those that are incomplete."""
    if "type" not in keys:
        raise AnswersError(
            "the pagination has no type", where=f"{where}.type", fix="accepted: link, cursor, offset, none"
        )
    for problem in PAGINATE.problems(keys, where):
        raise AnswersError(problem.what, where=problem.where, fix=problem.fix)
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
    # A body with the next cursor or link is no bare list: the records are under a key.
    in_body = keys.get("cursor_path_in_response") or keys.get("link_path_in_response_body")
    path = snake(plural) if in_body else ""
    context.guess(
        where, path or "'' (the body is the list)", "the provider's facts do not say where the records are"
    )
    return path
