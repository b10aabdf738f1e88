"""How a request is paged: the answers, else the provider's own settings, else a guess that ends on any API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from ..naming.words import snake
from .spec import Guess, Pagination

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..answers import RequestAnswer
    from ..providers import ProviderFacts

# A cursor ends after one page where the API knows no cursor; an offset would ask for the same page for ever.
_ANY_API = {"type": "cursor", "cursor_path_in_response": "next_cursor", "cursor_name_in_request": "cursor"}
_NEEDED = {
    "cursor": (("cursor_path_in_response",), ("cursor_name_in_request",)),
    "link": (("link_rel_in_response_header", "link_path_in_response_body"),),
    "offset": (("offset_name_in_request",),),
    "none": (),
}


def derive_pagination(
    said: RequestAnswer, facts: ProviderFacts, plural: str, where: str
) -> tuple[Pagination, tuple[Guess, ...]]:
    """Settle the pagination of a request.

    Args:
        said: the request of the answers.
        facts: the provider's facts.
        plural: the records' plural name, kebab-case; where the body wraps the records, its snake form is the key.
        where: the script's place in the answers.

    Raises:
        AnswersError: the settings lack what their type needs.
    """
    stated_by_user = facts.source.endswith("answers")  # then Nango's own entry has no such settings
    own = {} if stated_by_user else dict(facts.paginate or {})
    asked = {**(facts.paginate or {} if stated_by_user else {}), **(said.paginate or {})}
    keys, reason, guesses = _effective(own, asked, f"{where}.request.paginate", facts)
    path, path_guess = _response_path(said, keys, plural, f"{where}.request.response_path")
    keys = {key: value for key, value in keys.items() if key != "response_path"}
    if path:
        keys["response_path"] = path
    written = (
        keys if not own or keys["type"] != own["type"] else {k: v for k, v in keys.items() if own.get(k) != v}
    )
    return Pagination(keys["type"], keys, written, path, reason), (*guesses, *path_guess)


def _effective(
    own: Mapping[str, Any], asked: Mapping[str, Any], where: str, facts: ProviderFacts
) -> tuple[dict[str, Any], str, tuple[Guess, ...]]:
    if not own and not asked:
        guess = Guess(
            where, "type: cursor, next_cursor -> cursor", f"{facts.source} has no pagination for {facts.key}"
        )
        return dict(_ANY_API), "a guess", (guess,)
    same_type = asked.get("type", own.get("type")) == own.get("type")
    keys = {**own, **asked} if same_type else dict(asked)
    if "type" not in keys:
        raise AnswersError(
            "the pagination has no type", where=f"{where}.type", fix="accepted: link, cursor, offset, none"
        )
    for alternatives in _NEEDED[keys["type"]]:
        if not any(keys.get(key) for key in alternatives):
            raise AnswersError(
                f"the {keys['type']} pagination lacks {' or '.join(alternatives)}",
                where=where,
                fix=f"add {alternatives[0]}",
            )
    reason = (
        f"the provider's own ({facts.source})"
        if not asked
        else "the answers, over the provider's own" if own else "the answers"
    )
    return keys, reason, ()


def _response_path(
    said: RequestAnswer, keys: Mapping[str, Any], plural: str, where: str
) -> tuple[str, tuple[Guess, ...]]:
    if said.response_path is not None:
        return said.response_path, ()
    if "response_path" in keys:
        return str(keys["response_path"]), ()
    # A next cursor or link inside the body leaves no room for a bare list: the records stand under a key.
    in_body = keys.get("cursor_path_in_response") or keys.get("link_path_in_response_body")
    path = snake(plural) if in_body else ""
    shown = path or "'' (the body is the list)"
    return path, (Guess(where, shown, "the provider's facts do not say where the records are"),)
