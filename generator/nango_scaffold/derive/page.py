"""What the README.md of an integration tells of its provider, and where each fact comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..spec.integration import ConnectionSetting, Origin, Page
from .requests.pagination import pagination_reasons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..answers import Answers
    from ..providers import ProviderFacts
    from ..spec.integration import IntegrationSpec


def derive_page(answers: Answers, facts: ProviderFacts, spec: IntegrationSpec) -> Page:
    """Derive what the page tells beyond the rest of the spec."""
    settings = (
        ConnectionSetting(each.name, each.type, each.required, each.automated, each.example or "")
        for each in facts.connection_config
    )
    return Page(
        auth_mode=facts.auth_mode,
        base_url=facts.base_url or "",
        docs=facts.docs or "",
        has_scopes=facts.has_scopes,
        settings=tuple(settings),
        origins=tuple(_origins(answers, facts, spec)),
    )


def _origins(answers: Answers, facts: ProviderFacts, spec: IntegrationSpec) -> Iterator[Origin]:
    """The sources, best first: what the provider is known for, what was read, how pages are found, what was guessed."""
    source = "the answers" if facts.source == "answers" else facts.source_in_words
    yield Origin("base URL", facts.base_url or "", "facts", source)
    yield Origin("authentication", facts.auth_mode, "facts", source)
    names = {script.where: script.name for script in answers.scripts}
    for script in answers.scripts:
        if script.name in answers.inferred_from:
            yield Origin(script.name, "", "inferred", answers.inferred_from[script.name])
    for known in spec.known_resources:
        yield Origin(names[known.answer], known.name, "known resource", known.checked, known.docs)
    for script_name, reason in pagination_reasons(spec).items():
        yield Origin(script_name, "", "pagination", reason.replace("(embedded)", f"({source})"))
    for guess in spec.guesses:
        yield Origin(guess.answer, guess.value, "guess", guess.why)
