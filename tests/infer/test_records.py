"""Where the records of a response are, and which lists are not records."""

from __future__ import annotations

import pytest

from nango_scaffold.infer.records import records_of
from nango_scaffold.infer.shape import Cut, List, Object, Property, Scalar, Shape, Union

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
        (body(albums=body(items=RECORDS, next=TEXT), total=TEXT), "browse", ("albums", "items")),
        (body(status=TEXT, data=body(result=RECORDS)), "metrics", ("data", "result")),
        (body(entries=RECORDS, order=RECORDS), "groups", ("entries",)),
    ],
)
def test_a_list(response: Shape, resource: str, path: tuple[str, ...]) -> None:
    records = records_of(response, f"/{resource}")
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
    assert not records_of(response, f"/{resource}").is_list


def test_a_path_that_ends_in_an_id_leads_to_one_record() -> None:
    assert records_of(body(deals=RECORDS), "/deals/{id}").is_list is False
    assert records_of(body(deals=RECORDS, has_more=TEXT), "/owners/{id}").is_list


@pytest.mark.parametrize(
    ("response", "url_path", "word"),
    [
        (body(added=RECORDS, removed=RECORDS), "/changes", "several lists: added, removed"),
        (
            body(albums=body(items=RECORDS, next=TEXT), artists=body(items=RECORDS, next=TEXT)),
            "/search",
            "several lists",
        ),
        (body(branch_types=RECORDS, development=body(name=TEXT)), "/branching-model", "a part of one"),
        (TEXT, "/deals", "does not describe"),
        (None, "/deals", "does not describe"),
    ],
)
def test_a_doubt_is_told(response: Shape | None, url_path: str, word: str) -> None:
    records = records_of(response, url_path)
    assert records.is_list is None
    assert word in records.reason


def test_a_value_that_may_be_a_list_or_something_else() -> None:
    either = Union((Cut("untyped"), RECORDS))
    assert records_of(body(deals=either), "/deals").path == ("deals",)
    assert records_of(either, "/deals").is_list
