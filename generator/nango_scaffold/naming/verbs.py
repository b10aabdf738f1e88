"""What the first word of an action's name says: its kind and its HTTP method."""

from __future__ import annotations

from ..frozen import frozen
from .words import words

_VERBS: dict[str, tuple[str, str, str]] = {}


def _teach(kind: str, method: str, **verbs: str) -> None:
    for verb, third_person in verbs.items():
        _VERBS[verb] = (kind, method, third_person)


_teach("create", "POST", create="Creates", add="Adds", insert="Inserts", new="Creates", invite="Invites")
_teach(
    "create", "POST", post="Posts", register="Registers", open="Opens", import_="Imports", submit="Submits"
)
_teach(
    "update", "PATCH", update="Updates", edit="Edits", patch="Patches", modify="Modifies", change="Changes"
)
_teach(
    "update", "PATCH", rename="Renames", set="Sets", enable="Enables", disable="Disables", assign="Assigns"
)
_teach("update", "PUT", replace="Replaces", put="Puts", upsert="Upserts")
_teach("delete", "DELETE", delete="Deletes", remove="Removes", destroy="Destroys", revoke="Revokes")
_teach(
    "update",
    "PATCH",
    unassign="Unassigns",
    archive="Archives",
    cancel="Cancels",
    close="Closes",
    restore="Restores",
)
_teach("get", "GET", get="Gets", fetch="Fetches", find="Finds", read="Reads", retrieve="Retrieves")
_teach(
    "get", "GET", show="Shows", describe="Describes", lookup="Looks up", check="Checks", download="Downloads"
)
_teach("list", "GET", list="Lists", search="Searches", query="Queries", browse="Browses")
_teach("other", "POST", send="Sends", run="Runs", execute="Executes", trigger="Triggers", move="Moves")
_teach(
    "other",
    "POST",
    copy="Copies",
    share="Shares",
    upload="Uploads",
    sync="Syncs",
    start="Starts",
    stop="Stops",
)


@frozen
class Verb:
    """What an action's name tells.

    Attributes:
        kind: ``create``, ``update``, ``delete``, ``get``, ``list`` or ``other``.
        method: the HTTP method such an action usually has.
        phrase: the verb at the head of a description, ``Creates``.
        entity: the rest of the name, kebab-case, as written; the whole name when its first word is no verb, and
            ``record`` when it is nothing but a verb.
        known: whether the first word is a verb of the table.
        word: the first word of the name.
    """

    kind: str
    method: str
    phrase: str
    entity: str
    known: bool
    word: str


# Said of a sync they say nothing: fetching is what every sync does.
_FETCHING = frozenset(["fetch", "get", "list", "retrieve", "sync"])


def without_fetching(sync: str) -> str:
    """A sync's kebab-case name without a verb that only says that it fetches.

    >>> without_fetching("get-users"), without_fetching("pull-requests"), without_fetching("list")
    ('users', 'pull-requests', 'list')
    """
    first, _, rest = sync.partition("-")
    return rest if rest and first in _FETCHING else sync


def read_verb(action: str) -> Verb:
    """Read the verb of an action's kebab-case name.

    >>> read_verb("create-pull-request")
    Verb(kind='create', method='POST', phrase='Creates', entity='pull-request', known=True, word='create')
    """
    first, *rest = words(action) or ("",)
    known = _VERBS.get(first) or _VERBS.get(f"{first}_")
    if known is None:
        return Verb("other", "POST", "Runs", action, known=False, word=first)
    kind, method, phrase = known
    return Verb(kind, method, phrase, "-".join(rest) or "record", known=True, word=first)
