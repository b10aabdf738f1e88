"""What the first word of an action's name implies."""

from __future__ import annotations

import pytest

from nango_scaffold.naming.verbs import read_verb

VERBS = [
    # name, kind, method, entity
    ("create-pull-request", "create", "POST", "pull-request"),
    ("add-member", "create", "POST", "member"),
    ("import-contacts", "create", "POST", "contacts"),
    ("update-user", "update", "PATCH", "user"),
    ("replace-user", "update", "PUT", "user"),
    ("archive-channel", "other", "POST", "channel"),
    ("delete-user", "delete", "DELETE", "user"),
    ("remove-member", "delete", "DELETE", "member"),
    ("get-user", "get", "GET", "user"),
    ("fetch-invoice", "get", "GET", "invoice"),
    ("list-users", "list", "GET", "users"),
    ("search-users", "list", "GET", "users"),
    ("send-message", "other", "POST", "message"),
]


@pytest.mark.parametrize(("name", "kind", "method", "entity"), VERBS)
def test_a_known_verb_gives_kind_method_and_entity(name: str, kind: str, method: str, entity: str) -> None:
    verb = read_verb(name)
    assert (verb.kind, verb.method, verb.entity, verb.known) == (kind, method, entity, True)
    assert verb.word == name.split("-")[0]


def test_a_name_without_a_verb_is_all_entity() -> None:
    verb = read_verb("user-info")
    assert (verb.kind, verb.method, verb.entity, verb.known) == ("other", "POST", "user-info", False)


def test_a_verb_alone_is_about_a_record() -> None:
    assert read_verb("create").entity == "record"


def test_the_phrase_heads_a_description() -> None:
    assert [read_verb(name).phrase for name in ("copy-file", "search-users", "import-contacts")] == [
        "Copies",
        "Searches",
        "Imports",
    ]


@pytest.mark.parametrize(
    "name",
    ["archive-x", "unarchive-x", "cancel-x", "close-x", "complete-x", "enable-x", "disable-x", "assign-x"],
)
def test_what_is_done_to_a_record_is_no_update_of_its_fields(name: str) -> None:
    assert read_verb(name).is_on_record
    assert read_verb(name).method == "POST"


@pytest.mark.parametrize(
    ("name", "entity", "key", "owner"),
    [
        ("get-contact-by-email", "contact", "email", ""),
        ("list-orders-by-customer-id", "orders", "customer-id", ""),
        ("add-user-to-team", "user", "", "team"),
        ("remove-user-from-teams", "user", "", "team"),
        ("list-comments-for-issue", "comments", "", "issue"),
        ("get-by-email", "by-email", "", ""),
        ("list-follow-ups-for", "follow-ups-for", "", ""),
        ("get-terms-of-service", "terms-of-service", "", ""),
    ],
)
def test_what_stands_behind_the_entity_is_no_part_of_it(name: str, entity: str, key: str, owner: str) -> None:
    verb = read_verb(name)
    assert (verb.entity, verb.key, verb.owner) == (entity, key, owner)


def test_only_a_thing_that_is_there_is_brought_to_another() -> None:
    assert read_verb("add-user-to-team").links
    assert not read_verb("add-comment-to-issue").links
    assert not read_verb("add-user").links
