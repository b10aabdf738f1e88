"""The verb at the head of an action's name: it determines the kind of the action and its HTTP method."""

from __future__ import annotations

from ..frozen import frozen
from .words import singular, words

# Verbs for one existing record: most APIs have a path below the record for each.
_ON_RECORD = frozenset("""
    accept activate approve archive assign cancel close complete confirm copy deactivate decline disable
    enable execute lock move pause pin publish reject reopen resolve restore resume run share start stop
    trigger unarchive unassign unlock unpin unpublish void
    """.split())
_VERBS_BY_KIND = {
    ("create", "POST"): "add create import insert invite new open post register submit",
    ("update", "PATCH"): "change edit modify patch rename set update",
    ("update", "PUT"): "put replace upsert",
    ("delete", "DELETE"): "delete destroy detach remove revoke unlink unsubscribe",
    ("get", "GET"): "check describe download fetch find get lookup read retrieve show",
    ("list", "GET"): "browse list query search",
    ("other", "POST"): " ".join(["apply attach link send subscribe sync upload", *_ON_RECORD]),
}
"""The verbs by the kind of their action, and the HTTP method that such an action usually has."""
_VERBS = {verb: kind for kind, verbs in _VERBS_BY_KIND.items() for verb in verbs.split()}
_OTHER_PHRASES = {"lookup": "Looks up", "new": "Creates"}

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
    known = _VERBS.get(first)
    if known is None:
        return Verb("other", "POST", "Runs", action, known=False, word=first)
    kind, method = known
    entity, preposition, last = _split_at_preposition(
        rest, ("by", *_PREPOSITIONS.get(kind, _ANY_PREPOSITION))
    )
    key = owner = ""
    if preposition == "by":
        key, preposition = last, ""
    elif preposition:
        owner = singular(last)
    return Verb(
        kind,
        method,
        _third_person(first),
        entity or "record",
        known=True,
        word=first,
        key=key,
        owner=owner,
        preposition=preposition,
    )


def _third_person(verb: str) -> str:
    """The head of a description: ``create`` -> ``Creates``, ``copy`` -> ``Copies``."""
    if verb in _OTHER_PHRASES:
        return _OTHER_PHRASES[verb]
    head = verb.capitalize()
    if verb.endswith(("ch", "sh")):
        return f"{head}es"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{head[:-1]}ies"
    return f"{head}s"


def _split_at_preposition(rest: list[str], prepositions: tuple[str, ...]) -> tuple[str, str, str]:
    """The words before, at and behind the first preposition inside a name; all of them before it where there is none."""
    for at in range(1, len(rest) - 1):
        if rest[at] in prepositions:
            return "-".join(rest[:at]), rest[at], "-".join(rest[at + 1 :])
    return "-".join(rest), "", ""
