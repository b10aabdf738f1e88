"""Where the catalogue of known resources meets the answers: facts get what is known of the resources they name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .providers.catalogue_locations import resources_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from .answers import Answers
    from .providers import ProviderFacts


def with_known_resources(
    facts: ProviderFacts, answers: Answers, written: Collection[str] = ()
) -> ProviderFacts:
    """The facts with what is known of the resources that the answers name; what they have of them stays.

    Args:
        facts: the provider's.
        answers: the answers.
        written: the names of scripts that an earlier run has written: what it knew of them holds.

    Raises:
        CatalogueError: the provider's file cannot be parsed.
    """
    if not any(map(resources_text, filter(None, (facts.key, facts.alias_of)))):
        return facts
    # Behind the look at what there is: most providers have no catalogue, and reading one takes these modules.
    from .derive.known_resources import named_resources, wanted_resources
    from .naming.words import singular
    from .providers.known_resources import known_resources

    missing = wanted_resources(answers, written) - set(map(singular, facts.resources))
    news = known_resources(facts, missing) if missing else {}
    resources = named_resources({**facts.resources, **news}, answers)
    return replace(facts, resources=resources) if resources != facts.resources else facts
