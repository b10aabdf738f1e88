"""When the facts stored in an answers file are still those of its answers."""

from __future__ import annotations

import pytest

from nango_scaffold.copier_integration.pinned_inputs import facts_fit
from nango_scaffold.providers import find

FACTS = {"base_url": "https://api.acme.com", "headers": {"X-Client": "nango"}}
RESOLVED = find("acme", generic=FACTS).to_data()


def test_facts_fit_the_answers_they_were_settled_for() -> None:
    assert facts_fit(RESOLVED, "acme", FACTS)
    assert facts_fit(RESOLVED, "acme", RESOLVED)


@pytest.mark.parametrize(
    "now",
    [
        {"base_url": "https://api.acme.com"},  # a header is stated no more
        {**FACTS, "headers": {"X-Client": "other"}},
        {**FACTS, "retry": {"at": "X-Reset"}},
        None,
    ],
)
def test_facts_do_not_fit_other_answers(now: dict[str, object] | None) -> None:
    assert not facts_fit(RESOLVED, "acme", now)
