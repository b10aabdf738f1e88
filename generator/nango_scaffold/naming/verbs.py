"""What the first word of an action's name says: its kind and its HTTP method."""

from __future__ import annotations

from ..frozen import frozen
from .words import singular, words

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
_teach("update", "PATCH", rename="Renames", set="Sets")
_teach("update", "PUT", replace="Replaces", put="Puts", upsert="Upserts")
_teach("delete", "DELETE", delete="Deletes", remove="Removes", destroy="Destroys", revoke="Revokes")
_teach("delete", "DELETE", detach="Detaches", unlink="Unlinks", unsubscribe="Unsubscribes")
_teach("get", "GET", get="Gets", fetch="Fetches", find="Finds", read="Reads", retrieve="Retrieves")
_teach(
    "get", "GET", show="Shows", describe="Describes", lookup="Looks up", check="Checks", download="Downloads"
)
_teach("list", "GET", list="Lists", search="Searches", query="Queries", browse="Browses")
_teach("other", "POST", send="Sends", upload="Uploads", sync="Syncs", attach="Attaches", link="Links")
_teach("other", "POST", subscribe="Subscribes", apply="Applies")

# What is done to one record that is there: most APIs have a path below the record for each.
_ON_RECORD = frozenset(
    [
        "accept",
        "activate",
        "approve",
        "archive",
        "assign",
        "cancel",
        "close",
        "complete",
        "confirm",
        "copy",
        "deactivate",
        "decline",
        "disable",
        "enable",
        "execute",
        "lock",
        "move",
        "pause",
        "pin",
        "publish",
        "reject",
        "reopen",
        "resolve",
        "restore",
        "resume",
        "run",
        "share",
        "start",
        "stop",
        "trigger",
        "unarchive",
        "unassign",
        "unlock",
        "unpin",
        "unpublish",
        "void",
    ]
)
_teach("other", "POST", accept="Accepts", activate="Activates", approve="Approves", archive="Archives")
_teach("other", "POST", assign="Assigns", cancel="Cancels", close="Closes", complete="Completes")
_teach("other", "POST", confirm="Confirms", copy="Copies", deactivate="Deactivates", decline="Declines")
_teach("other", "POST", disable="Disables", enable="Enables", execute="Executes", lock="Locks", move="Moves")
_teach("other", "POST", pause="Pauses", pin="Pins", publish="Publishes", reject="Rejects", reopen="Reopens")
_teach("other", "POST", resolve="Resolves", restore="Restores", resume="Resumes", run="Runs", share="Shares")
_teach("other", "POST", start="Starts", stop="Stops", trigger="Triggers", unarchive="Unarchives")
_teach("other", "POST", unassign="Unassigns", unlock="Unlocks", unpin="Unpins", unpublish="Unpublishes")
_teach("other", "POST", void="Voids")

# What brings a thing that is there to another one, or takes it away; the others make a new one there.
_LINKING = frozenset(["add", "apply", "attach", "invite", "link", "subscribe"])
# Of these, nobody adds one that is there already.
_WRITTEN_ANEW = frozenset(["attachment", "comment", "file", "message", "note", "reply"])
_PREPOSITIONS = {
    "create": ("to", "on", "for", "into"),
    "delete": ("from", "for"),
    "other": ("to", "with", "from", "for"),
}
_ANY_PREPOSITION = ("for",)
_SEARCHING = frozenset(["search", "query"])


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
        key: by what records are told apart or chosen, kebab-case: ``email`` of ``get-contact-by-email``.
        owner: what the entity belongs or goes to, in the singular: ``team`` of ``add-user-to-team``.
        preposition: the word before the owner.
    """

    kind: str
    method: str
    phrase: str
    entity: str
    known: bool
    word: str
    key: str = ""
    owner: str = ""
    preposition: str = ""

    @property
    def is_on_record(self) -> bool:
        """Whether it does something to one record that is there: archive, cancel, assign."""
        return self.word in _ON_RECORD

    @property
    def links(self) -> bool:
        """Whether it brings an entity that is there to its owner."""
        return self.word in _LINKING and bool(self.owner) and self.entity not in _WRITTEN_ANEW

    @property
    def is_search(self) -> bool:
        """Whether it looks for records by a text."""
        return self.word in _SEARCHING


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
    """Read the verb of an action's kebab-case name, and what stands behind its entity.

    >>> verb = read_verb("create-pull-request")
    >>> verb.kind, verb.method, verb.phrase, verb.entity
    ('create', 'POST', 'Creates', 'pull-request')
    >>> read_verb("get-contact-by-email").key, read_verb("remove-user-from-team").owner
    ('email', 'team')
    """
    first, *rest = words(action) or ("",)
    known = _VERBS.get(first) or _VERBS.get(f"{first}_")
    if known is None:
        return Verb("other", "POST", "Runs", action, known=False, word=first)
    kind, method, phrase = known
    entity, preposition, last = _parted(rest, ("by", *_PREPOSITIONS.get(kind, _ANY_PREPOSITION)))
    is_owner = preposition not in ("", "by")
    return Verb(
        kind,
        method,
        phrase,
        entity or "record",
        known=True,
        word=first,
        key=last if preposition == "by" else "",
        owner=singular(last) if is_owner else "",
        preposition=preposition if is_owner else "",
    )


def _parted(rest: list[str], prepositions: tuple[str, ...]) -> tuple[str, str, str]:
    """A name at its first preposition that has something on either side; the whole of it where there is none."""
    for at in range(1, len(rest) - 1):
        if rest[at] in prepositions:
            return "-".join(rest[:at]), rest[at], "-".join(rest[at + 1 :])
    return "-".join(rest), "", ""
