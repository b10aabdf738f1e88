"""The question that adds a sync or an action, or says that there are no more; and names to suggest. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..naming.words import singular
from .draft import DONE, Slot
from .question import Option, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..providers.cards import ProviderCard
    from .draft import Draft

_SYNC = Option("sync", "a sync", "Nango fetches records again and again, and keeps them for you")
_ACTION = Option("action", "an action", "your code asks for one thing to be done or read, now")
_NO_MORE = Option(DONE, "no more", "show everything that was said, before anything is written")

# What integrations of a kind of provider mostly sync, by Nango's own categories: the more telling ones first.
_USUAL = {
    "crm": ("contacts", "companies", "deals"),
    "dev-tools": ("issues", "repositories", "users"),
    "ticketing": ("tickets", "users", "comments"),
    "hr": ("employees", "departments", "time-off"),
    "ats": ("candidates", "jobs", "applications"),
    "accounting": ("invoices", "customers", "payments"),
    "invoicing": ("invoices", "customers", "payments"),
    "payment": ("customers", "payments", "invoices"),
    "storage": ("files", "folders", "users"),
    "knowledge-base": ("pages", "users", "spaces"),
    "communication": ("messages", "channels", "users"),
    "e-commerce": ("orders", "products", "customers"),
    "marketing": ("contacts", "campaigns", "lists"),
    "productivity": ("tasks", "projects", "users"),
    "surveys": ("surveys", "responses", "users"),
    "support": ("tickets", "users", "comments"),
    "video": ("meetings", "recordings", "users"),
    "erp": ("customers", "items", "orders"),
    "banking": ("accounts", "transactions", "users"),
    "legal": ("documents", "contracts", "users"),
    "cms": ("pages", "posts", "users"),
    "social": ("posts", "profiles", "comments"),
    "design": ("files", "projects", "comments"),
    "analytics": ("events", "reports", "users"),
}
_ANYWHERE = ("users", "groups", "events", "records", "items", "teams")
_VERBS = ("create", "update", "get", "list", "delete")


def ask_kind(slot: Slot, draft: Draft) -> Question:
    """Ask what to add."""
    if not draft.scripts:
        return Question(
            slot,
            "What do you want first?",
            "an integration is made of syncs and actions; more can be added after it",
            "choice",
            _SYNC.value,
            options=(_SYNC, _ACTION),
        )
    return Question(
        slot,
        "What else?",
        "another sync or action, or no more",
        "choice",
        DONE,
        options=(_NO_MORE, _SYNC, _ACTION),
    )


def sync_name(script: int, draft: Draft, card: ProviderCard | None) -> str:
    """A name to suggest for a sync: what such providers are mostly asked for."""
    of_provider = card.categories if card else ()
    usual = [name for category, names in _USUAL.items() if category in of_provider for name in names]
    return _first_free((*usual, *_ANYWHERE), script, draft)


def action_name(script: int, draft: Draft) -> str:
    """A name to suggest for an action: one on what a sync fetches, in the order people want them."""
    synced = list(_names("sync", draft)) or ["users"]
    return _first_free(
        (f"{verb}-{name if verb == 'list' else singular(name)}" for name in synced for verb in _VERBS),
        script,
        draft,
    )


def _first_free(names: Iterable[str], script: int, draft: Draft) -> str:
    taken = {draft.about(number, "name") for number in draft.scripts if number != script}
    return next((name for name in names if name not in taken), "")


def _names(kind: str, draft: Draft) -> Iterator[str]:
    for script in draft.named:
        if draft.about(script, "kind") == kind:
            yield draft.about(script, "name") or ""
