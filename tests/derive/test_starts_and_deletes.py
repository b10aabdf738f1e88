"""``track_deletes`` and ``auto_start`` in a sync's entry of nango.yaml. Rules Y01, Y02."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.render.entry import block

FACTS = ProviderFacts(
    key="acme", auth_mode="API_KEY", base_url="https://api.acme.com", source="providers.yaml"
)
OPTIONAL = {"Wishes": {"region?": "string"}}
REQUIRED = {"Wishes": {"region": "string"}}


def entry_of(models: dict[str, Any] | None = None, **settings: Any) -> dict[str, Any]:
    sync = {"name": "users", **settings}
    spec = derive(load_answers({"provider": "acme", "models": models or {}, "syncs": [sync]}), FACTS, {})
    return dict(block(spec).syncs["users"])


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, True),
        ({"track_deletes": True}, True),
        ({"track_deletes": False}, False),
        ({"track_deletes": False, "sync_type": "full"}, False),
        ({"sync_type": "incremental"}, None),
        ({"sync_type": "incremental", "track_deletes": False}, None),
        ({"pattern": "window", "track_deletes": False}, None),
        ({"pattern": "configuration", "track_deletes": False}, False),
    ],
)
def test_track_deletes(settings: dict[str, Any], expected: bool | None) -> None:
    assert entry_of(**settings).get("track_deletes") is expected


@pytest.mark.parametrize(
    "settings", [{"sync_type": "incremental"}, {"pattern": "window"}, {"pattern": "extended"}]
)
def test_a_run_that_sees_a_part_must_not_track_deletes(settings: dict[str, Any]) -> None:
    with pytest.raises(AnswersError, match="sees only a part of the records") as refusal:
        entry_of(track_deletes=True, **settings)
    assert refusal.value.where == "syncs[0].track_deletes"


def test_a_full_sync_that_keeps_records_may_delete_what_is_marked() -> None:
    assert entry_of(track_deletes=False, deleted={"field": "archived"})["track_deletes"] is False
    with pytest.raises(AnswersError, match="since its last run") as refusal:
        entry_of(track_deletes=False, deleted={"path": "/users/gone"})
    assert refusal.value.where == "syncs[0].deleted.path"


@pytest.mark.parametrize(
    ("models", "settings", "expected"),
    [
        ({}, {}, None),
        ({}, {"auto_start": True}, None),
        ({}, {"auto_start": False}, False),
        (OPTIONAL, {"metadata": "Wishes"}, False),
        (OPTIONAL, {"metadata": "Wishes", "auto_start": False}, False),
        (OPTIONAL, {"metadata": "Wishes", "auto_start": True}, None),
        (REQUIRED, {"metadata": "Wishes"}, False),
        ({}, {"pattern": "window", "auto_start": True}, None),
    ],
)
def test_auto_start(models: dict[str, Any], settings: dict[str, Any], expected: bool | None) -> None:
    assert entry_of(models, **settings).get("auto_start") is expected


@pytest.mark.parametrize(
    ("models", "settings"),
    [
        (REQUIRED, {"metadata": "Wishes"}),
        ({}, {"pattern": "selection"}),
        ({}, {"pattern": "configuration"}),
    ],
)
def test_a_sync_that_needs_metadata_must_not_start_before_it_is_there(
    models: dict[str, Any], settings: dict[str, Any]
) -> None:
    with pytest.raises(AnswersError, match="nobody has set") as refusal:
        entry_of(models, auto_start=True, **settings)
    assert refusal.value.where == "syncs[0].auto_start"
