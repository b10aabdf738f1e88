"""The examples and defaults that editors and the reference show are correct."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.answers.json_schema import json_schema
from nango_scaffold.answers.notes import NOTES, SHARED
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.providers import find


def answers_of(schema: Any, title: str = "") -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every answer of the format: the title of its record, its name, its schema."""
    if isinstance(schema, dict):
        title = schema["title"] if isinstance(schema.get("title"), str) else title
        for name, shape in schema.get("properties", {}).items():
            yield title, name, shape
        for key, value in schema.items():
            if key not in ("examples", "default"):
                yield from answers_of(value, title)
    elif isinstance(schema, list):
        for item in schema:
            yield from answers_of(item, title)


ALL = [default for default in answers_of(json_schema()) if default[0]]


def test_every_answer_has_help_and_an_example() -> None:
    assert {(title, name) for title, name, shape in ALL if "examples" not in shape} == set()
    assert {(title, name) for title, name, shape in ALL if not shape.get("description")} == set()


def test_every_note_is_of_an_answer_there_is() -> None:
    known = {(title, name) for title, name, _ in ALL} | {(SHARED, name) for _, name, _ in ALL}
    assert {(title, name) for title, notes in NOTES.items() for name in notes} - known == set()


def test_every_example_and_default_fits_its_shape() -> None:
    for title, name, shape in ALL:
        for value in [*shape["examples"], *([shape["default"]] if "default" in shape else [])]:
            assert jsonschema.Draft202012Validator(shape).is_valid(value), (title, name, value)


def sync(name: str = "users", **answers: Any) -> dict[str, Any]:
    return {"syncs": [{"name": name, **answers}]}


def action(**answers: Any) -> dict[str, Any]:
    return {"actions": [{"name": "list-users", **answers}], "sync_names": ["users"]}


def joined(answers: dict[str, Any]) -> dict[str, Any]:
    mapping = {"name": {"join": ["first", "last"], **answers}}
    return {**sync(mapping=mapping), "models": {"User": {"id": "string", "name": "string"}}}


BASES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "nango-scaffold answers": lambda answers: {"sync_names": ["users"], **answers},
    "sync": lambda answers: sync(**answers),
    "action": lambda answers: action(**{"from_sync": "users", **answers}),
    "request of a sync": lambda answers: sync(request=answers),
    "request of a model": lambda answers: sync(models=["User", "Team"], requests={"Team": answers}),
    "children": lambda answers: sync(children={"model": "Comment", **answers}),
    "deleted": lambda answers: sync(
        sync_type="incremental", deleted={"path": "/gone", "param": "since", **answers}
    ),
    "look-up": lambda answers: sync(
        lookups=[{"name": "cloud", "path": "/clouds", "pick": "0.id", **answers}],
        request={"path": "/${lookup.cloud}/users"},
    ),
    "detail": lambda answers: sync(detail={"path": "/users/${record.id}", **answers}),
    "parents": lambda answers: sync(
        parents={"path": "/teams", **answers}, request={"path": "/teams/${parent.id}/users"}
    ),
    "read_back": lambda answers: {
        "actions": [{"name": "create-user", "read_back": {"path": "/users/${response.id}", **answers}}]
    },
    "request of an action": lambda answers: {"actions": [{"name": "create-user", "request": answers}]},
    "mapped value": joined,
    "webhook": lambda answers: sync(webhook_subscriptions=["user.created"], webhook=answers),
    "window": lambda answers: sync(pattern="window", window=answers),
    "extended": lambda answers: sync(pattern="extended", extended=answers),
    "selection": lambda answers: sync(pattern="selection", selection=answers),
    "configuration": lambda answers: sync(pattern="configuration", configuration=answers),
}
DEFAULTS = {
    (title, name): note.default
    for title, notes in NOTES.items()
    for name, note in notes.items()
    if note.default is not None and name != "from_sync"  # without it the base of the other two has one
}


def spec_of(answers: dict[str, Any]) -> IntegrationSpec:
    spec = derive(load_answers({"provider": "hubspot", **answers}), find("hubspot"), {})
    return replace(spec, guesses=())


@pytest.mark.parametrize(("title", "name"), DEFAULTS)
def test_a_default_gives_what_leaving_it_out_gives(title: str, name: str) -> None:
    base = BASES[title]
    assert spec_of(base({name: DEFAULTS[title, name]})) == spec_of(base({}))


@pytest.mark.parametrize(
    ("title", "name"),
    [default for default in DEFAULTS if default[0] in ("sync", "window", "request of a sync")],
)
def test_an_example_gives_something_else_than_the_default(title: str, name: str) -> None:
    base = BASES[title]
    if name not in ("pattern", "method"):
        assert spec_of(base({name: NOTES[title][name].example})) != spec_of(base({}))
