"""The questions about the integration itself. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..answers.format import INTEGRATION as INTEGRATION_SHAPE
from ..errors import AnswersError
from ..providers.fields import read_fields
from .as_answers import is_own_api, provider_key
from .draft import AUTH_MODE, BASE_URL, INTEGRATION, PROVIDER
from .question import Option, Question, choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from .draft import Draft
    from .world import World

_MODES = (
    Option("OAUTH2", "OAuth 2", "the user signs in at the provider, and connections have scopes"),
    Option("API_KEY", "an API key", "the user pastes a key"),
    Option("BASIC", "user and password", "basic authentication"),
    Option("NONE", "none", "the API is open"),
)


def _provider(draft: Draft, world: World) -> Question:
    help = "type a part of its name; for an API that Nango does not know, paste its base URL"
    return Question(
        PROVIDER, "Which provider?", help, "provider", read=lambda text: _read_provider(text, world)
    )


def _read_provider(text: str, world: World) -> str:
    # A key that is typed in full is meant, though a search may put another provider first.
    card = world.index.card(text)
    if card is not None:
        return card.key
    if is_own_api(text):
        return _read_url(text).rstrip("/")
    if text.startswith(("http://", "https://")):
        what = f"{text[:60]!r} is not a base URL"
        raise AnswersError(what, fix="such as https://api.example.com/v1, without ? and #")
    matches = world.index.search(text)
    if matches:
        return matches[0].key
    alike = world.index.alike(text)
    fix = f"did you mean {' or '.join(alike)}?" if alike else "another word, or the base URL of its API"
    raise AnswersError(f"Nango knows no provider {text[:60]!r}", fix=fix)


def _read_url(text: str) -> str:
    read_fields({"base_url": text}, "the URL")
    return text


def _auth_mode(draft: Draft, world: World) -> Question | None:
    if not is_own_api(draft.get(PROVIDER) or ""):
        return None
    help = "how the API authenticates: it has to be set in Nango's dashboard, too"
    return choice(AUTH_MODE, "How do users connect?", help, _MODES, derived=True)


def _base_url(draft: Draft, world: World) -> Question | None:
    provider = draft.get(PROVIDER)
    if provider is None or is_own_api(provider):
        return None
    if world.find(provider, draft.extra.get(0, {}).get("provider_facts")).base_url:
        return None
    help = (
        f"what every path of {provider} follows, such as https://api.example.com/v1: Nango does not know it"
    )
    return Question(BASE_URL, "Base URL of the API", help, read=_read_url)


def _integration(draft: Draft, world: World) -> Question:
    key = provider_key(draft)
    names = (key, *(f"{key}-{number}" for number in range(2, 102)))
    # One that the project has would be changed, and its answers are in another file.
    free = next(name for name in names if name not in world.integrations)

    def read(text: str) -> str:
        for problem in INTEGRATION_SHAPE.problems(text, INTEGRATION.key):
            raise AnswersError(problem.what, fix=problem.fix, accepted=problem.accepted)
        if text in world.integrations:
            fix = f"another name makes a second one, such as {free}; to change that one, change its answers file"
            raise AnswersError(f"the project has an integration {text} already", fix=fix)
        return text

    help = "its folder, its key in nango.yaml, and its id in Nango's dashboard"
    is_default = free == key
    return Question(INTEGRATION, "Name of the integration", help, default=free, derived=is_default, read=read)


INTEGRATION_QUESTIONS: dict[str, Callable[[Draft, World], Question | None]] = {
    PROVIDER.key: _provider,
    AUTH_MODE.key: _auth_mode,
    BASE_URL.key: _base_url,
    INTEGRATION.key: _integration,
}
