"""``save_metadata``: what a run saves for the next one, in which types, and where it is refused."""

from __future__ import annotations

from typing import Any

import pytest
from tests.toolchain.support.scaffolded import job, tree_of

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.models.types import Literal, Primitive, UnionOf
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.render.entry import block

FACTS = ProviderFacts(
    key="acme", auth_mode="API_KEY", base_url="https://api.acme.com", source="providers.yaml"
)
CURSOR = {"type": "cursor", "cursor_path_in_response": "next", "cursor_name_in_request": "page"}
TOKEN = {"params": {"token": "${metadata.token}"}}


def answers_of(models: dict[str, Any] | None = None, **settings: Any) -> dict[str, Any]:
    request = {"paginate": CURSOR, "response_path": "items", **settings.pop("request", {})}
    sync = {"name": "events", "save_metadata": {"token": "sync.token"}, "request": request, **settings}
    return {"provider": "acme", "models": models or {}, "syncs": [sync]}


def spec_of(models: dict[str, Any] | None = None, **settings: Any) -> IntegrationSpec:
    return derive(load_answers(answers_of(models, **settings)), FACTS, {})


def text_of(models: dict[str, Any] | None = None, **settings: Any) -> str:
    facts = {"base_url": "https://api.acme.com", "auth_mode": "API_KEY"}
    tree = tree_of([job({**answers_of(models, **settings), "provider_facts": facts})])
    (text,) = (text for path, text in tree.items() if path.endswith("syncs/events.ts"))
    return text


def body_field(spec: IntegrationSpec, name: str) -> Any:
    (shape,) = (raw.shape for raw in spec.raw_types if raw.role == "body")
    return next(field.type for field in shape.fields if field.name == name)  # type: ignore[union-attr]


def test_the_metadata_is_derived_with_fields_that_are_not_there_at_first() -> None:
    spec = spec_of(request={"params": {"token": "${metadata.token}", "team": "${metadata.team}"}})
    metadata = spec.syncs[0].metadata
    assert metadata is not None
    assert [(field.name, field.optional) for field in metadata.shape.fields] == [
        ("team", False),
        ("token", True),
    ]


@pytest.mark.parametrize(
    ("settings", "auto_start"),
    [
        ({}, None),
        ({"request": TOKEN}, None),
        ({"auto_start": False}, False),
        ({"request": {"params": {"team": "${metadata.team}"}}}, False),
    ],
)
def test_a_sync_that_sets_all_of_its_metadata_waits_for_nobody(
    settings: dict[str, Any], auto_start: bool | None
) -> None:
    entry = block(spec_of(**settings)).syncs["events"]
    assert entry.get("auto_start") is auto_start
    assert entry["input"] == "AcmeEventsMetadata"


@pytest.mark.parametrize(
    ("settings", "sync_type"),
    [
        ({}, "full"),
        ({"request": TOKEN}, "incremental"),
        ({"request": TOKEN, "sync_type": "full", "track_deletes": False}, "full"),
    ],
)
def test_a_sync_that_goes_on_where_it_ended_is_incremental(settings: dict[str, Any], sync_type: str) -> None:
    spec = spec_of(**settings)
    assert spec.syncs[0].sync_type == sync_type
    assert not any(guess.answer.endswith("incremental") for guess in spec.guesses)


def test_what_is_saved_has_the_type_of_the_metadata() -> None:
    models = {"Place": {"token?": "number", "rest?": "string"}}
    saved = {"token": "sync", "rest": {"expression": "response.url.split('?')[1]"}}
    spec = spec_of(models, metadata="Place", save_metadata=saved)
    assert body_field(spec, "sync") == UnionOf((Primitive("number"), Literal(None)))
    assert body_field(spec, "url") == Primitive("string")


def test_an_expression_may_read_the_items_of_a_bare_list() -> None:
    saved = {"token": {"expression": "response[0].id + response.length"}}
    request = {"response_path": "", "paginate": {"type": "none"}}
    assert spec_of(save_metadata=saved, request=request).syncs[0].saved_fields


def test_it_is_written_once_behind_everything_else() -> None:
    text = text_of(models={"Event": {"id": "string"}, "Note": {"id": "string"}}, sync_type="incremental",
                   request=TOKEN, children={"model": "Note", "path": "/events/${parent.id}/notes"},
                   deleted={"path": "/events/gone"})  # fmt: skip
    assert text.count("updateMetadata(next)") == 1
    assert text.index("await deleteEvents(nango)") < text.index("updateMetadata(next)")
    assert "const nextToken = response.sync?.token;" in text
    assert "...(nextToken != null && { token: nextToken })" in text


@pytest.mark.parametrize("kind", ["none", "offset", "link"])
def test_any_list_may_tell_it(kind: str) -> None:
    paginate = {
        "none": {"type": "none"},
        "offset": {"type": "offset", "offset_name_in_request": "start"},
        "link": {"type": "link", "link_path_in_response_body": "next"},
    }[kind]
    text = text_of(request={"paginate": paginate})
    assert "nango.paginate<" not in text
    assert "nextMetadata(response.data);" in text


@pytest.mark.parametrize(
    ("models", "settings", "where", "what"),
    [
        (
            {"Place": {"token": "string"}},
            {"metadata": "Place"},
            "models.Place.token",
            "before it is not there",
        ),
        (
            {"Place": {"other?": "string"}},
            {"metadata": "Place"},
            "models.Place.token",
            "before it is not there",
        ),
        ({}, {"pattern": "window"}, "syncs[0].save_metadata", "keeps its own progress"),
        (
            {},
            {"sync_type": "incremental", "request": {"incremental": {"field": "updated_at"}}},
            "syncs[0].save_metadata",
            "stops at the first record",
        ),
        ({}, {"request": TOKEN, "sync_type": "full"}, "syncs[0].sync_type", "would delete the others"),
        (
            {},
            {"request": TOKEN, "track_deletes": True},
            "syncs[0].track_deletes",
            "sees only a part of the records",
        ),
        ({}, {"save_metadata": {"to-ken": "a"}}, "syncs[0].save_metadata", "to-ken"),
        ({}, {"save_metadata": {"token": "a ?? b"}}, "syncs[0].save_metadata.token", "it is an expression"),
        (
            {},
            {"save_metadata": {"token": {"expression": "nango.x"}}},
            "syncs[0].save_metadata.token",
            "nango is not known",
        ),
        ({}, {"save_metadata": {"token": "items"}}, "syncs[0].save_metadata.token", "where the records are"),
        (
            {},
            {
                "save_metadata": {"token": {"expression": "response.meta.token"}},
                "request": {"response_path": ""},
            },
            "syncs[0].save_metadata",
            "reads meta of the response, which is the list",
        ),
        ({}, {"save_metadata": {"token": 5}}, "syncs[0].save_metadata.token", "5"),
    ],
)
def test_what_makes_no_sense_is_refused(
    models: dict[str, Any], settings: dict[str, Any], where: str, what: str
) -> None:
    with pytest.raises(AnswersError, match=what) as refusal:
        spec_of(models, **settings)
    assert refusal.value.where.startswith(where)
