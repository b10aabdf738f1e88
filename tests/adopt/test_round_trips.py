"""Scripts written from answers are read back as answers that give the same files; exceptions are listed with reasons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.toolchain import (
    test_mapped_values,
    test_mapping,
    test_models,
    test_paging_kinds,
    test_placeholders,
    test_several_requests,
)
from tests.toolchain.support.scaffolded import job, tree_of

from nango_scaffold import nango_yaml
from nango_scaffold.adopt import adopt
from nango_scaffold.operations import Project

if TYPE_CHECKING:
    from nango_scaffold.adopt.adopt import Adoption

EXAMPLES = Path(__file__).parents[2] / "examples"
KINDS = test_paging_kinds.ANSWERS | {
    "syncs": test_paging_kinds.ANSWERS["syncs"][:1] + test_paging_kinds.PATTERNS[-1:]
}
VOCABULARY: dict[str, Any] = {
    "people": test_mapped_values.PEOPLE,
    "notes": test_mapped_values.NOTES,
    "tickets": test_mapping.TICKETS,
    "constructs": test_mapping.CONSTRUCTS,
    "books": test_placeholders.BOOKS,
    "tracker": test_placeholders.TRACKER,
    "tenants": test_several_requests.SHARED,
    "details": test_several_requests.DETAILS,
    "queries": test_several_requests.QUERIES,
    "kinds": KINDS,
    "goes-on": test_paging_kinds.GOES_ON,
    "bare": test_models.BARE,
    "circles": test_models.CIRCLES,
    "shared": test_models.SHARED,
    "settings": test_models.SETTINGS,
    "hubspot": test_models.PREFIXED,
}
CASES = {file.stem: yaml.safe_load(file.read_text()) for file in sorted(EXAMPLES.glob("*.yml"))} | VOCABULARY

PATTERN = "the loop of another pattern than paginated"
RESPONSES = "answers state a type of the response that no script shows"
TYPES = "types.ts: follows from what is not read"
UNREAD = {
    "pattern-configuration": {
        "syncs/configuration-based-sync.ts": PATTERN,
        "mappers/to-field.ts": PATTERN,
        "mappers/to-output-data.ts": PATTERN,
        "types.ts": TYPES,
    },
    "pattern-extended": {"syncs/deals.ts": PATTERN, "types.ts": TYPES},
    "pattern-paginated": {"syncs/issues.ts": "where a webhook holds the record"},
    "pattern-selection": {"syncs/files.ts": PATTERN, "types.ts": TYPES},
    "pattern-window": {"syncs/recordings.ts": PATTERN},
    "people": {
        "mappers/to-person.ts": "an expression is described as the declaration that says the same",
        "types.ts": TYPES,
    },
    "tickets": {"mappers/to-ticket.ts": RESPONSES, "types.ts": TYPES},
    "books": {
        "syncs/visits.ts": PATTERN,
        "syncs/entries.ts": PATTERN,
        "syncs/pages.ts": PATTERN,
        "types.ts": TYPES,
    },
    "details": {
        "syncs/visits.ts": PATTERN,
        "syncs/entries.ts": PATTERN,
        "syncs/assets.ts": PATTERN,
        "actions/assign-deal.ts": "a value of a record that a sync saved",
        "types.ts": TYPES,
    },
    "kinds": {"actions/list-wrappeds.ts": "records within the items of a list", "types.ts": TYPES},
}


def described(answers: dict[str, Any]) -> Adoption:
    """The report of adopt on an integration written from answers, without its manifest."""
    scaffolded = job(answers)
    texts = {path: text for path, text in tree_of([scaffolded]).items() if not path.endswith(".json")}
    document = nango_yaml.read(texts["nango-integrations/nango.yaml"])
    project = Project(lambda paths: {path: texts[path].encode() if path in texts else None for path in paths})
    (integration,) = document.integrations
    return adopt(integration, scaffolded.facts, document, project, answers.get("provider_facts") or {})


@pytest.mark.parametrize("case", CASES)
def test_what_is_read_gives_the_same_files(case: str) -> None:
    adoption = described(CASES[case])
    prefix = f"nango-integrations/{adoption.integration}/"
    places = {note.place.partition(":")[0].removeprefix(prefix) for note in adoption.unexpressed}
    assert places == set(UNREAD.get(case, {}))
