"""When the facts that were settled for an answers file still are those of its answers."""

from __future__ import annotations

import pytest

from nango_scaffold.copier_integration.pinned_inputs import facts_fit
from nango_scaffold.providers import find

STATED = {"base_url": "https://api.acme.com", "headers": {"X-Client": "nango"}}
SETTLED = find("acme", generic=STATED).to_data()


def test_facts_fit_the_answers_they_were_settled_for() -> None:
    assert facts_fit(SETTLED, "acme", STATED)
    assert facts_fit(SETTLED, "acme", SETTLED)


@pytest.mark.parametrize(
    "now",
    [
        {"base_url": "https://api.acme.com"},  # a header is stated no more
        {**STATED, "headers": {"X-Client": "other"}},
        {**STATED, "retry": {"at": "X-Reset"}},
        None,
    ],
)
def test_facts_do_not_fit_other_answers(now: dict[str, object] | None) -> None:
    assert not facts_fit(SETTLED, "acme", now)
