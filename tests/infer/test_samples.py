"""Types from samples: merged, without a recorder's envelope, and refined by the types of a document."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.infer.samples import (
    describe_sample,
    filled,
    headers_of,
    parsed_headers,
    sample_records,
    shape_of_values,
    unwrapped,
)
from nango_scaffold.infer.shape import Cut, List, Map, Object, Property, Scalar, either

BODY = {"results": [{"id": "1", "name": None}]}


@pytest.mark.parametrize(
    "data",
    [
        BODY,
        {"method": "GET", "endpoint": "/deals", "response": BODY, "headers": {}},
        {"status": 200, "headers": {}, "body": BODY},
        {"statusCode": 200, "body": '{"results": [{"id": "1", "name": null}]}'},
        {"log": {"entries": [{"request": {"method": "GET"}, "response": {"status": 200, "content": {"mimeType": "x", "text": '{"results": [{"id": "1", "name": null}]}'}}}]}},
    ],
)  # fmt: skip
def test_what_a_recorder_put_round_a_response_is_taken_off(data: Any) -> None:
    assert unwrapped(data).body == BODY
    described = describe_sample(data)
    assert (described.response_path, described.fields) == ("results", {"id": "string"})
    assert described.notes == ("left out, seen only as null: name",)


def test_a_record_with_a_response_of_its_own_is_no_wrapper() -> None:
    record = {"id": 1, "status": "open", "response": {"text": "yes"}}
    assert unwrapped(record).body == record


def test_headers_come_as_lines_as_a_mapping_and_as_a_list() -> None:
    link = '<https://api.acme.example/x?page=2>; rel="next"'
    assert parsed_headers(f"HTTP/2 200\nLink: {link}\n")["Link"] == link
    assert parsed_headers('{"link": "a"}') == {"link": "a"}
    assert headers_of([{"name": "Link", "value": "a"}]) == {"Link": "a"}


def test_what_a_sample_does_not_show_is_typed_by_the_document() -> None:
    sample = shape_of_values(
        [{"id": 1, "at": None, "tags": [], "state": "open", "owner": {"x": None}, "odd": None}]
    )
    document = Object(
        (
            Property("at", Scalar("string", format="date-time")),
            Property("tags", List(Scalar("string"))),
            Property("state", Scalar("string", ("open", "closed"))),
            Property("owner", Object((Property("x", Scalar("number")),))),
        ),
        name="Deal",
    )
    shape = filled(sample, document)
    assert isinstance(shape, Object)
    assert shape.get("at") == Scalar("string", format="date-time", nullable=True)
    assert shape.get("tags") == List(Scalar("string"))
    assert shape.get("state") == Scalar("string", ("open", "closed"))
    assert shape.get("owner") == Object((Property("x", Scalar("number", nullable=True), required=True),))
    assert shape.get("odd") == Cut("null", nullable=True)


def test_several_values_of_one_place_are_united() -> None:
    assert shape_of_values([1, 2.5]) == Scalar("number")
    assert shape_of_values([1, "a", None]) == shape_of_values(["b", None, 2])
    assert shape_of_values([{"a": 1}, [1]]) == Cut("mixed")


@pytest.mark.parametrize(
    ("records", "source"),
    [
        ([{"uri": "a", "x": 1}, {"uri": "b", "x": 2}], "uri"),
        ([{"name": "a"}, {"name": "b"}], "name"),
        ([{"name": "a", "currencyCode": "EUR"}, {"name": "a", "currencyCode": "USD"}], "currencyCode"),
        ([{"teamId": "a", "organizationId": "o"}, {"teamId": "b", "organizationId": "o"}], "teamId"),
    ],
)
def test_the_id_is_filled_from_what_is_unique(records: list[dict[str, Any]], source: str) -> None:
    assert describe_sample({"teams": records}, needs_id=True).mapping == {"id": source}


def test_a_name_that_two_records_share_is_no_id() -> None:
    assert "id" not in describe_sample([{"name": "a"}, {"name": "a"}], needs_id=True).fields


@pytest.mark.parametrize(
    ("records", "source"),
    [
        ([{"cursor": "a", "node": {"id": "1"}}, {"cursor": "b", "node": {"id": "2"}}], "node.id"),
        ([{"nick": "a", "user": {"id": "1"}}, {"nick": "a", "user": {"id": "2"}}], "user.id"),
        ([{"team": {"id": "1"}, "owner": {"id": "7"}}, {"team": {"id": "2"}, "owner": {"id": "7"}}], "team.id"),
        ([{"key": "", "accountId": "a"}, {"key": "", "accountId": "b"}], "accountId"),
        ([{"account_sid": "x", "sid": "a"}, {"account_sid": "x", "sid": "b"}], "sid"),
        ([{"id": {"space": "x", "record_id": "1"}}, {"id": {"space": "x", "record_id": "2"}}], "id.record_id"),
    ],
)  # fmt: skip
def test_the_id_may_be_inside_what_wraps_the_record(records: list[dict[str, Any]], source: str) -> None:
    described = describe_sample({"teams": records}, needs_id=True)
    assert (described.mapping["id"], described.fields["id"]) == (source, "string")


def test_an_object_that_a_record_may_lack_gives_no_id() -> None:
    records = [{"title": "a", "user": {"id": "1"}}, {"title": "b", "user": None}]
    assert describe_sample({"teams": records}, needs_id=True).mapping == {"id": "title"}


@pytest.mark.parametrize("keys", [("1", "23"), ("2026-01-05",), ("21fa9bf8-b5b2-4891-97ed-d590bad0f871",)])
def test_an_object_by_numbers_dates_or_uuids_is_a_map(keys: tuple[str, ...]) -> None:
    shape = shape_of_values([{"answers": {key: {"text": key} for key in keys}}])
    assert isinstance(shape, Object)
    assert shape.get("answers") == Map(Object((Property("text", Scalar("string"), required=True),)))
    sizes = shape_of_values([{"48x48": "a"}])
    assert isinstance(sizes, Object)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"Id": "r1", "Status": "OK", "teams": [{"TeamID": 1}]}, ("teams",)),
        ({"result": [{"id": 1}], "messages": [{"code": 1}], "errors": []}, ("result",)),
        ({"ok": True, "data": {"items": [{"id": 1}]}, "included": [{"id": 2}]}, ("data", "items")),
    ],
)
def test_the_list_of_an_envelope(body: dict[str, Any], path: tuple[str, ...]) -> None:
    records = sample_records([body], ("teams",))[0]
    assert (records.path, records.is_list) == (path, True)


@pytest.mark.parametrize(
    "body", [{"id": 1, "_links": {}, "labels": [{"id": 2}]}, {"id": 1, "total": 9, "lines": [{"id": 2}]}]
)
def test_a_record_with_a_list_of_its_own_is_no_envelope(body: dict[str, Any]) -> None:
    assert sample_records([body], ("deals",))[0].is_list is False


def test_a_field_that_a_record_has_twice_is_counted_once() -> None:
    """As a document in YAML may have it, where ``1`` and ``'1'`` are two keys and one name."""
    twice = Property("1", Scalar("string"), required=True)
    without = Object((Property("id", Scalar("string"), required=True),))
    [field] = either([Object((twice, twice))]).properties
    assert field.required
    assert {entry.name: entry.required for entry in either([Object((twice, twice)), without]).properties} == {
        "1": False,
        "id": False,
    }
