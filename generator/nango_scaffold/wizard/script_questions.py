"""The questions that syncs and actions share, the one that adds either, names to suggest, and paths as people paste them. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..answers.parts import SCRIPT
from ..errors import AnswersError, ScaffoldError
from ..naming.reserved import script_name_problem
from ..naming.words import kebab, singular, snake
from ..providers import strip_base_path
from ..spec.template_text import template_text
from .draft import DONE, Slot, infer_settings
from .question import Option, Question, choice
from .world import script_spec, spec_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..derive import IntegrationSpec
    from ..providers import ProviderFacts
    from ..providers.cards import ProviderCard
    from .draft import Draft
    from .world import World

_SYNC = Option("sync", "a sync", "Nango fetches records again and again, and stores them for you")
_ACTION = Option("action", "an action", "your code asks for one thing to be done or read, now")
_NO_MORE = Option(DONE, "no more", "show the whole before anything is written")
_SOURCES = (
    Option(
        "document",
        "what an API document has",
        "OpenAPI or Swagger: choose operations, and all of their answers are inferred",
    ),
    Option(
        "response",
        "what a response shows",
        "paste what the API answers: the fields, the records and, with headers, the pages are inferred",
    ),
    Option(
        "connection",
        "what a connection gives",
        "one page is fetched through Nango's proxy; the request is shown before it is sent",
    ),
)
SOURCES = tuple(option.value for option in _SOURCES)
"""What the user may have besides names."""
_HELP = "an integration is made of syncs and actions; more can be added after it"
_HELP_WITH_SOURCES = "what do you have? A name is enough; a document or a response tells more"

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
_SCRIPT_PATTERN = re.compile(SCRIPT.pattern)
_BRACED = re.compile(r"(?<!\$)\{\s*([A-Za-z_][\w-]*)\s*\}")
_ROOTED = re.compile(r"(?<!\$)\{\s*((?:lookup|parent|connection|metadata|input)\.[\w.-]+)\s*\}")
_COLON = re.compile(r"(?<=/):([A-Za-z_]\w*)")
_COLON_VALUE = re.compile(r"(?<==):([A-Za-z_]\w*)(?=&|\Z)")
_ENCODED = (("%7B", "{"), ("%7b", "{"), ("%7D", "}"), ("%7d", "}"))
_HTTP = re.compile(r"https?://")


def ask_kind(slot: Slot, draft: Draft, world: World) -> Question:
    """Ask what to add: by its name, or from what the user has besides."""
    sources = tuple(option for option in _SOURCES if _can_be_read(option.value, draft, world))
    options = (_SYNC, _ACTION, *sources)
    if draft.scripts:
        return choice(slot, "What else?", "another sync or action, or no more", (_NO_MORE, *options))
    return choice(slot, "What do you want first?", _HELP_WITH_SOURCES if sources else _HELP, options)


def _can_be_read(source: str, draft: Draft, world: World) -> bool:
    """Whether scripts can be inferred from a source: a response to a query does not tell the query."""
    if world.evidence is None:
        return False
    if source == "document":
        return True
    if source == "connection" and world.sample is None:
        return False
    return not world.facts(draft).graphql_endpoint


def suggest_sync(script: int, draft: Draft, card: ProviderCard | None, known: Sequence[str]) -> str:
    """A name to suggest for a sync: what integrations of such providers mostly sync, known resources first."""
    categories = card.categories if card else ()
    usual = [name for category, names in _USUAL.items() if category in categories for name in names]
    likely = [name for name in usual if name in known]
    return _first_free((*likely, *known, *usual, *_ANYWHERE), script, draft)


def suggest_action(script: int, draft: Draft, known: Sequence[str]) -> str:
    """A name to suggest for an action: a verb, the most likely first, and what a sync fetches, or a known resource."""
    syncs = [other for other in draft.named if draft.about(other, "kind") == "sync"]
    resources = [draft.about(sync, "name") or "" for sync in syncs]
    if not resources:
        resources = [*known[:1], "users"]
    names: list[str] = []
    for resource in resources:
        for verb in _VERBS:
            entity = resource if verb == "list" else singular(resource)
            names.append(f"{verb}-{entity}")
    return _first_free(names, script, draft)


def _first_free(names: Iterable[str], script: int, draft: Draft) -> str:
    others = draft.names_beside(script)
    return next((name for name in names if name not in others), "")


def ask_name(script: int, draft: Draft, suggestion: str, help: str, known: Sequence[str] = ()) -> Question:
    """Ask for the name; a name that is typed in another case is converted to kebab-case."""
    help = f"{help}; known: {', '.join(known)}" if known else help

    def read(text: str) -> str:
        name = text if _SCRIPT_PATTERN.fullmatch(text) else kebab(text)
        _refuse_invalid_name(name, text)
        if name in draft.names_beside(script):
            raise AnswersError(f"there is a script called {name} already", fix="another name")
        return name

    return Question(Slot(script, "name"), "Its name", help, default=suggestion, read=read)


def _refuse_invalid_name(name: str, typed: str) -> None:
    for problem in SCRIPT.problems(name or typed, "the name"):
        reason = script_name_problem(name)
        what = f"{typed[:60]!r} cannot be used as a name"
        if reason:
            what = f"{what}: {reason}"
        raise AnswersError(what, fix=problem.fix, accepted=problem.accepted)


def ask_path(
    script: int, draft: Draft, world: World, root: str, roots: frozenset[str] = frozenset()
) -> Question:
    """Ask for the path of the request; see ``read_path`` for the roots."""
    facts = world.facts(draft)
    spec, integration = derived_with_models(script, "path", draft, world)
    usual = ("id",) if root == "input" else ("owner",)
    placeholders = ", ".join(f"{{{name}}}" for name in sorted(roots or usual))
    return Question(
        Slot(script, "path"),
        "Path of the API",
        f"what follows {facts.base_url}; parts to be filled in as {placeholders}",
        default=template_text(spec.request.path) if spec else "",
        derived=spec is not None,
        known=integration is not None and bool(integration.known_resources),
        read=lambda text: read_path(text, facts, root, roots),
    )


def read_path(text: str, facts: ProviderFacts, root: str, roots: frozenset[str] = frozenset()) -> str:
    """Parse the path of a request, and its query, relative to the base URL.

    Args:
        text: as typed or pasted: ``/users``, ``https://api.example.com/v1/users?active=true``,
            ``/users/{user_id}`` or ``/users/:user_id?team={team_id}`` as documentation has it.
        facts: those of the provider.
        root: where the value of a part in braces comes from: ``metadata`` or ``input``.
        roots: names in braces that the script's pattern defines itself, such as ``folder``.

    Raises:
        AnswersError: a whole URL that does not begin with the base URL.
    """
    text = text.strip().partition("#")[0]
    # A browser encodes the braces of an address that is copied from it.
    for encoded, brace in _ENCODED:
        text = text.replace(encoded, brace)
    if facts.base_url and not _HTTP.match(text) and _is_host_first(text, facts.base_url):
        text = f"https://{text}"
    # Before the base path is stripped: `{connection.host}` may be a part of it.
    text = _ROOTED.sub(r"${\1}", text)
    path, question_mark, query = text.partition("?")
    path = strip_base_path(path, facts.base_path, facts.base_url, where="the path")

    def placeholder(part: re.Match[str]) -> str:
        name = part[1] if part[1].isidentifier() else snake(part[1])
        return f"${{{name}}}" if name in roots else f"${{{root}.{name}}}"

    path = _COLON.sub(placeholder, _BRACED.sub(placeholder, path))
    query = _COLON_VALUE.sub(placeholder, _BRACED.sub(placeholder, query))
    return path + question_mark + query


def _is_host_first(text: str, base_url: str) -> bool:
    """Whether a text begins with the host of the base URL: copied without ``https://``."""
    host = _HTTP.sub("", base_url).partition("/")[0]
    return bool(host) and "$" not in host and text.startswith(f"{host}/")


def ask_scopes(script: int, draft: Draft, world: World) -> Question | None:
    """Ask for the scopes, where connections have any."""
    facts = world.facts(draft)
    if not facts.has_scopes:
        return None
    inferred = derived(script, "scopes", draft, world).scopes if infer_settings(draft, script) else ()
    by_default = f"; by default Nango asks for {', '.join(facts.scopes[:4])}" if facts.scopes else ""
    enter = "those that were inferred" if inferred else "none"
    help = f"as the API's documentation names them, separated by commas; Enter: {enter}{by_default}"
    return Question(
        Slot(script, "scopes"), "Scopes it needs", help, default=", ".join(inferred), derived=True
    )


def derived_with_models(
    script: int, key: str, draft: Draft, world: World
) -> tuple[Any, IntegrationSpec | None]:
    """What is derived for a script, and the whole, while one of its answers is unset: where defaults come from.

    Returns:
        The ``SyncSpec`` or ``ActionSpec``, or ``None`` where there is none; and the whole.
    """
    answers = {slot: text for slot, text in draft.answers.items() if slot != Slot(script, key)}
    without = replace(draft, answers=answers)
    try:
        integration = spec_of(without, world)
    # The other answers leave no default here.
    except ScaffoldError:
        return None, None
    return script_spec(without, script, integration), integration


def derived(script: int, key: str, draft: Draft, world: World) -> Any:
    """What is derived for a script while one of its answers is unset."""
    return derived_with_models(script, key, draft, world)[0]
