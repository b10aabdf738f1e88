"""Where the records of a response are, and what is no list of them."""

from __future__ import annotations

import pytest

from nango_scaffold.infer.envelope import records_in
from nango_scaffold.infer.shape import List, Object, Property, Scalar, Shape

TEXT = Scalar("string")
RECORDS = List(Object((Property("id", TEXT), Property("title", TEXT))))


def body(**properties: Shape) -> Object:
    return Object(tuple(Property(name, shape) for name, shape in properties.items()))


@pytest.mark.parametrize(
    ("response", "resource", "path"),
    [
        (RECORDS, "deals", ()),
        (body(deals=RECORDS, total=TEXT), "deals", ("deals",)),
        (body(errors=RECORDS, deals=RECORDS), "deals", ("deals",)),
        (body(errors=RECORDS), "errors", ("errors",)),
        (body(messages=RECORDS, next_page_token=TEXT), "messages", ("messages",)),
        (body(id=TEXT, data=RECORDS, has_more=TEXT), "deals", ("data",)),
        (body(albums=body(items=RECORDS, next=TEXT), total=TEXT), "search", ("albums", "items")),
        (body(status=TEXT, data=body(result=RECORDS)), "metrics", ("data", "result")),
        (body(entries=RECORDS, order=RECORDS), "groups", ("entries",)),
    ],
)
def test_a_list(response: Shape, resource: str, path: tuple[str, ...]) -> None:
    records = records_in(response, (resource,))
    assert records.is_list
    assert records.path == path


@pytest.mark.parametrize(
    ("response", "resource"),
    [
        (body(id=TEXT, labels=RECORDS), "deals"),
        (body(user=RECORDS, ok=TEXT), "info"),
        (body(team=body(id=TEXT, members=RECORDS)), "team"),
        (body(properties=body(profile=body(all=RECORDS), other=TEXT), definitions=TEXT), "schema"),
        (body(errors=RECORDS, ok=TEXT), "status"),
    ],
)
def test_one_record(response: Shape, resource: str) -> None:
    assert not records_in(response, (resource,)).is_list


def test_a_path_that_ends_in_an_id_leads_to_one_record() -> None:
    assert not records_in(body(deals=RECORDS), ("deals",), is_one=True).is_list


def test_several_lists_are_told() -> None:
    records = records_in(body(added=RECORDS, removed=RECORDS), ("changes",))
    assert not records.is_likely
    assert records.others == (("removed",),)
