"""What the templates of the scripts for a connection's events are filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..spec.syncs import CREATION, VALIDATION
from ..typescript.printer import (
    ListLiteral,
    Name,
    ObjectLiteral,
    Property,
    Spread,
    Text,
    doc_comment,
    expression_statement,
)
from .statements import at, imports, nango_call, proxy_config

if TYPE_CHECKING:
    from ..spec.syncs import OnEvent

_COMMENTS = {
    CREATION: "Runs once a connection has been made: says so, and what its syncs still wait for.",
    VALIDATION: (
        "Asks the API once with the credentials of a new connection, and refuses one that does not work. "
        "Nango 0.58 does not know this event."
    ),
}
_ENDING = "Runs before a connection is deleted, while its credentials still work."


@frozen
class OnEventView:
    """The texts of one script.

    Attributes:
        part: the template of what stands in its function.
        imports: import lines.
        comment: lines of the comment above the function.
        defaults: gives the connection empty lists to begin with; empty for none.
        waiting: says which settings the syncs wait for; empty for none.
        proxy_config: the request that checks the connection; empty for none.
    """

    name: str
    part: str
    imports: tuple[str, ...]
    comment: tuple[str, ...]
    defaults: str = ""
    waiting: str = ""
    proxy_config: str = ""


def on_event_view(script: OnEvent) -> OnEventView:
    """Everything the template needs to write a script."""
    types = ["NangoAction", *(["ProxyConfiguration"] if script.check else [])]
    return OnEventView(
        name=script.name,
        part={CREATION: "creation", VALIDATION: "validation"}.get(script.event, "deletion"),
        imports=imports(types),
        comment=tuple(doc_comment([_COMMENTS.get(script.event, _ENDING)])),
        defaults=_defaults(script.lists),
        waiting=_waiting(script.settings),
        proxy_config=at(1, proxy_config(script.check, {})) if script.check else "",
    )


def _defaults(lists: tuple[str, ...]) -> str:
    if not lists:
        return ""
    empty = (Property(name, ListLiteral(())) for name in lists)
    given = ObjectLiteral((*empty, Spread(Name("metadata"))), expanded=False)
    return at(1, expression_statement(nango_call("setMetadata", given)))


def _waiting(settings: tuple[str, ...]) -> str:
    if not settings:
        return ""
    text = Text(f"Its syncs can be started once the metadata has: {', '.join(settings)}")
    return at(1, expression_statement(nango_call("log", text)))
