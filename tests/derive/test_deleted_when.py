"""``deleted.when``: an expression tells which records are deleted. The raw type has the fields it reads."""

from __future__ import annotations

from typing import Any

import pytest
from tests.toolchain.support.scaffolded import job, tree_of

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import ProviderFacts

FACTS = ProviderFacts(
    key="acme", auth_mode="API_KEY", base_url="https://api.acme.com", source="providers.yaml"
)
MODELS = {"User": {"id": "string", "name?": "string"}}


def answers_of(when: Any, **deleted: Any) -> dict[str, Any]:
    sync = {
        "name": "users",
        "sync_type": "incremental",
        "request": {"incremental": {"param": "since"}},
        "deleted": {"when": when, **deleted},
    }
    return {"provider": "acme", "models": MODELS, "syncs": [sync]}


def spec_of(when: Any, **deleted: Any) -> IntegrationSpec:
    return derive(load_answers(answers_of(when, **deleted)), FACTS, {})


@pytest.mark.parametrize(
    ("when", "condition", "raw"),
    [
        ("response.status === 'gone'", "response.status === 'gone'", {"status": "string"}),
        ("record.archived", "Boolean(record.archived)", {"archived": "any"}),
        ("!response.name", "!response.name", {}),
        (
            "response.a > 1 && response.b",
            "Boolean(response.a > 1 && response.b)",
            {"a": "number", "b": "any"},
        ),
        (
            "response.roles?.includes('none') || response.x.y < 3",
            "Boolean(response.roles?.includes('none') || response.x.y < 3)",
            {"roles": "any", "x": "object"},
        ),
    ],
)
def test_the_condition_and_what_it_reads(when: str, condition: str, raw: dict[str, str]) -> None:
    spec = spec_of(when)
    deletion = spec.syncs[0].deleted
    assert deletion is not None
    assert deletion.mark is not None
    assert deletion.mark.when == condition
    shape: Any = spec.raw_types[0].shape
    kinds = {field.name: getattr(field.type, "name", "object") for field in shape.fields}
    assert raw.items() <= kinds.items()


def test_the_sync_asks_one_function() -> None:
    facts = {"base_url": "https://api.acme.com", "auth_mode": "API_KEY"}
    tree = tree_of([job({**answers_of("response.status === 'gone'"), "provider_facts": facts})])
    (text,) = (text for path, text in tree.items() if path.endswith("syncs/users.ts"))
    assert text.count("filter((record) => isDeleted(record))") == 1
    assert text.count("filter((record) => !isDeleted(record))") == 1
    assert (
        "function isDeleted(response: AcmeUserResponse): boolean {\n    return response.status === 'gone';"
        in text
    )


def test_a_full_sync_may_be_told_by_the_record_too() -> None:
    answers = answers_of("response.state === 'gone'")
    answers["syncs"][0] |= {"sync_type": "full", "request": {}}
    (sync,) = derive(load_answers(answers), FACTS, {}).syncs
    assert sync.track_deletes
    assert sync.deleted is not None


@pytest.mark.parametrize(
    ("when", "deleted", "where", "what"),
    [
        ("1 === 1", {}, "when", "reads nothing"),
        ("response.a === record.b", {}, "when", "two names"),
        ("response.a", {"field": "a"}, "", "name either the field"),
        ("response.a", {"path": "/gone"}, "", "name either the field"),
        ("response.a", {"value": 1}, "value", "says nothing beside when"),
        ("response.a", {"id_path": "id"}, "id_path", "says nothing beside when"),
    ],
)
def test_what_does_not_fit_together(when: str, deleted: dict[str, Any], where: str, what: str) -> None:
    with pytest.raises(AnswersError, match=what) as refusal:
        spec_of(when, **deleted)
    assert refusal.value.where == f"syncs[0].deleted.{where}".rstrip(".")


@pytest.mark.parametrize(
    "when",
    [
        "response.a; process.exit()",
        "response.a = 1",
        "(() => { throw 1 })()",
        "await nango.log(response)",
        "nango.batchDelete([], 'User')",
        "response.a) || (true",
        "response.a // }",
        "response.constructor.constructor('return 1')()",
        "new Date(response.a) < 3",
        "metadata.x === response.y",
        "`${response.a}` + import('fs')",
        "response.a\n}\nfunction x() {",
        "",
        5,
        {"expression": "response.a"},
    ],
)
def test_what_is_more_than_an_expression_over_the_record_is_refused(when: Any) -> None:
    with pytest.raises(AnswersError) as refusal:
        spec_of(when)
    assert refusal.value.where == "syncs[0].deleted.when"
