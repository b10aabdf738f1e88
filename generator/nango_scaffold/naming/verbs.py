"""The verb at the head of an action's name: it determines the kind of the action and its HTTP method."""

from __future__ import annotations

from ..frozen import frozen
from .words import singular, words

_VERBS: dict[str, tuple[str, str, str]] = {}


def _add_verbs(kind: str, method: str, **verbs: str) -> None:
    for verb, third_person in verbs.items():
        _VERBS[verb] = (kind, method, third_person)


_add_verbs("create", "POST", create="Creates", add="Adds", insert="Inserts", new="Creates", invite="Invites")
_add_verbs(
    "create", "POST", post="Posts", register="Registers", open="Opens", import_="Imports", submit="Submits"
)
_add_verbs(
    "update", "PATCH", update="Updates", edit="Edits", patch="Patches", modify="Modifies", change="Changes"
)
_add_verbs("update", "PATCH", rename="Renames", set="Sets")
_add_verbs("update", "PUT", replace="Replaces", put="Puts", upsert="Upserts")
_add_verbs("delete", "DELETE", delete="Deletes", remove="Removes", destroy="Destroys", revoke="Revokes")
_add_verbs("delete", "DELETE", detach="Detaches", unlink="Unlinks", unsubscribe="Unsubscribes")
_add_verbs("get", "GET", get="Gets", fetch="Fetches", find="Finds", read="Reads", retrieve="Retrieves")
_add_verbs(
    "get", "GET", show="Shows", describe="Describes", lookup="Looks up", check="Checks", download="Downloads"
)
_add_verbs("list", "GET", list="Lists", search="Searches", query="Queries", browse="Browses")
_add_verbs("other", "POST", send="Sends", upload="Uploads", sync="Syncs", attach="Attaches", link="Links")
_add_verbs("other", "POST", subscribe="Subscribes", apply="Applies")

# Verbs for one existing record: most APIs have a path below the record for each.
_ON_RECORD = frozenset("""
    accept activate approve archive assign cancel close complete confirm copy deactivate decline disable
    enable execute lock move pause pin publish reject reopen resolve restore resume run share start stop
    trigger unarchive unassign unlock unpin unpublish void
    """.split())
_add_verbs("other", "POST", accept="Accepts", activate="Activates", approve="Approves", archive="Archives")
_add_verbs("other", "POST", assign="Assigns", cancel="Cancels", close="Closes", complete="Completes")
_add_verbs("other", "POST", confirm="Confirms", copy="Copies", deactivate="Deactivates", decline="Declines")
_add_verbs(
    "other", "POST", disable="Disables", enable="Enables", execute="Executes", lock="Locks", move="Moves"
)
_add_verbs(
    "other", "POST", pause="Pauses", pin="Pins", publish="Publishes", reject="Rejects", reopen="Reopens"
)
_add_verbs(
    "other", "POST", resolve="Resolves", restore="Restores", resume="Resumes", run="Runs", share="Shares"
)
_add_verbs("other", "POST", start="Starts", stop="Stops", trigger="Triggers", unarchive="Unarchives")
_add_verbs("other", "POST", unassign="Unassigns", unlock="Unlocks", unpin="Unpins", unpublish="Unpublishes")
_add_verbs("other", "POST", void="Voids")

# Verbs that bring an existing entity to an owner; the other ones create a new entity there.
_LINKING = frozenset(["add", "apply", "attach", "invite", "link", "subscribe"])
# Of these, an existing one is never added.
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
    """The parts of an action's name.

    Attributes:
        kind: ``create``, ``update``, ``delete``, ``get``, ``list`` or ``other``.
        method: the HTTP method such an action usually has.
        phrase: the verb at the head of a description, ``Creates``.
        entity: the rest of the name, kebab-case, as written; the whole name when its first word is no verb, and
            ``record`` when it is nothing but a verb.
        known: whether the first word is a verb of the table.
        word: the first word of the name.
        key: the field that identifies or selects records, kebab-case: ``email`` of ``get-contact-by-email``.
        owner: the owner or the goal of the entity, in the singular: ``team`` of ``add-user-to-team``.
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
        """Whether it acts on one existing record: archive, cancel, assign."""
        return self.word in _ON_RECORD

    @property
    def links(self) -> bool:
        """Whether it brings an existing entity to its owner."""
        return self.word in _LINKING and bool(self.owner) and self.entity not in _WRITTEN_ANEW

    @property
    def is_search(self) -> bool:
        """Whether it looks for records by a text."""
        return self.word in _SEARCHING


# In the name of a sync these say nothing: every sync fetches.
_FETCHING = frozenset(["fetch", "get", "list", "retrieve", "sync"])


def without_fetching(sync: str) -> str:
    """A sync's kebab-case name without a verb that only says that it fetches.

    >>> without_fetching("get-users"), without_fetching("pull-requests"), without_fetching("list")
    ('users', 'pull-requests', 'list')
    """
    first, _, rest = sync.partition("-")
    return rest if rest and first in _FETCHING else sync


def read_verb(action: str) -> Verb:
    """Parse an action's kebab-case name: its verb, its entity, and the words behind it.

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
    entity, preposition, last = _split_at_preposition(
        rest, ("by", *_PREPOSITIONS.get(kind, _ANY_PREPOSITION))
    )
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


def _split_at_preposition(rest: list[str], prepositions: tuple[str, ...]) -> tuple[str, str, str]:
    """The words before, at and behind the first preposition inside a name; all of them before it where there is none."""
    for at in range(1, len(rest) - 1):
        if rest[at] in prepositions:
            return "-".join(rest[:at]), rest[at], "-".join(rest[at + 1 :])
    return "-".join(rest), "", ""
