"""Every form of a mapped value beside every type of a field: what is accepted compiles under the CLI's own flags."""

from __future__ import annotations

import itertools
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import find

from .support.scaffolded import job, tree_of
from .test_any_answers import look_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.toolchain, pytest.mark.nightly]

TYPES: tuple[Any, ...] = (
    *("string", "number", "boolean", "date", "open | closed", "1 | 2", "any", "object", "string[]"),
    *("Line", "Line[]", "string | null", "boolean | null", "date | null", "open | closed | null", "Line | null"),
    {"a": "string", "b?": "number"},
    [{"a": "string", "b?": "date"}],
)  # fmt: skip
LINE = {"id": "string", "price": "number", "note?": "string", "kind?": "A | B"}
FORMS: tuple[dict[str, Any], ...] = (
    {"values": {"x": "open", "y": "closed"}},
    {"values": {"x": "open"}, "otherwise": "closed"},
    {"values": {"x": 1}, "otherwise": 2},
    {"is": "on"},
    {"is": [1, "on", True]},
    *({"part": which} for which in ("first", "rest", "last")),
    *({"part": which, "at": "/", "otherwise": "it's"} for which in ("first", "rest", "last")),
    *({"date": form} for form in ("iso", "any", "epoch_seconds", "epoch_milliseconds")),
    {"date": "epoch_seconds", "otherwise": "2020"},
    *({"otherwise": value} for value in ("open", 1, True)),
    {"each": {"id": "x.id"}},
    {"each": {"a": "x.a"}},
    {
        "each": {
            "id": {"from": "n", "part": "first"},
            "price": {"from": "q", "where": {"z": 1}, "pick": "y", "otherwise": 0},
            "note": {"from": "t", "part": "last"},
            "kind": {"from": "kk", "values": {"x": "A"}},
        }
    },
    {"each": {"a": {"from": "n", "part": "rest"}, "b": {"from": "t", "date": "any"}}},
    {"each": {"a": {"join": ["n", "m"]}, "b": {"from": "ls", "where": {"u": "v"}, "pick": "w"}}},
)
ITEM = {"where": {"primary": True, "k.d": "w"}}
ORIGINS: tuple[dict[str, Any], ...] = ({}, ITEM, ITEM | {"pick": "v"}, ITEM | {"pick": "deep.v"})
TOGETHER = 60


def answers_of(fields: list[tuple[str, Any, dict[str, Any]]]) -> dict[str, Any]:
    """Answers with a field for each type and form, every one read below a property of its own."""
    named = [(f"f{number}", *field) for number, field in enumerate(fields)]
    return {
        "provider": "github",
        "models": {"Line": LINE, "User": {"id": "string"} | {f"{name}{mark}": of for name, mark, of, _ in named}},
        "syncs": [
            {
                "name": "users",
                "mapping": {name: form | {"from": f"{name}.a"} for name, _, _, form in named},
            }
        ],
    }  # fmt: skip


def accepted() -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Each mark behind a field's name, type and form that go together."""
    facts = find("github")
    for of, mark, origin, form in itertools.product(TYPES, ("", "?"), ORIGINS, FORMS):
        field = (mark, of, origin | form)
        with suppress(AnswersError):
            derive(load_answers(answers_of([field])), facts, {})
            yield field


def test_whatever_is_accepted_compiles_and_lints(tmp_path: Path) -> None:
    fields = list(accepted())
    assert len(fields) > 400
    starts = range(0, len(fields), TOGETHER)
    groups = [answers_of(fields[start : start + TOGETHER]) for start in starts]
    look_at([(answers, tree_of([job(answers)])) for answers in groups], tmp_path)
