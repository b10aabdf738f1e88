"""Provider facts that the user sets: every refusal names the place and the accepted values."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import ConnectionField
from nango_scaffold.providers.fields import read_fields

ACCEPTED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "nothing": ({}, {}),
    "base URL": ({"base_url": " https://api.acme.example/v1 "}, {"base_url": "https://api.acme.example/v1"}),
    "alternatives": (
        {"base_url": "https://${connectionConfig.host} || https://acme.example"},
        {"base_url": "https://${connectionConfig.host} || https://acme.example"},
    ),
    "self-hosted": ({"base_url": "http://localhost:8080/api"}, {"base_url": "http://localhost:8080/api"}),
    "headers": ({"headers": {"X-Version": 3}}, {"headers": {"X-Version": "3"}}),
    "link": (
        {"paginate": {"type": "link", "link_rel_in_response_header": "next", "limit": 100}},
        {"paginate": {"type": "link", "link_rel_in_response_header": "next", "limit": 100}},
    ),
    "offset": (
        {"paginate": {"type": "offset", "offset_name_in_request": "page", "offset_start_value": 1}},
        {"paginate": {"type": "offset", "offset_name_in_request": "page", "offset_start_value": 1}},
    ),
    "retry": ({"retry": {"after": "retry-after"}}, {"retry": {"after": ["retry-after"]}}),
    "fields, the required first": (
        {
            "connection_config": [
                {"name": "dc", "automated": True},
                {"name": "env", "required": False},
                "subdomain",
            ]
        },
        {
            "connection_config": (
                ConnectionField("subdomain"),
                ConnectionField("dc", required=False, automated=True),
                ConnectionField("env", required=False),
            )
        },
    ),
    "texts": ({"scopes": ["a", "b"], "categories": []}, {"scopes": ("a", "b"), "categories": ()}),
}


@pytest.mark.parametrize(("fields", "read"), ACCEPTED.values(), ids=ACCEPTED)
def test_what_is_accepted(fields: dict[str, Any], read: dict[str, Any]) -> None:
    assert read_fields(fields, "provider_facts") == read


REFUSED: list[tuple[Any, str, str]] = [
    ("https://acme.example", "", "mapping"),
    (["base_url"], "", "mapping"),
    ({"baseurl": "x"}, "", "base_url"),
    ({3: "x"}, "", "base_url"),
    ({"base_url": "acme.example"}, ".base_url", "https://"),
    ({"base_url": "ftp://acme.example"}, ".base_url", "https://"),
    ({"base_url": "https://acme.example/'; evil()"}, ".base_url", "https://"),
    ({"base_url": "||"}, ".base_url", "https://"),
    ({"base_url": None}, ".base_url", "https://"),
    ({"base_url": "https://acme.example\n"}, ".base_url", "https://"),
    ({"docs": "see the site"}, ".docs", "https://"),
    ({"docs": "javascript:alert(1)"}, ".docs", "https://"),
    ({"docs": "https://acme.example/*/ evil"}, ".docs", "https://"),
    ({"auth_mode": "APIKEY"}, ".auth_mode", "API_KEY"),
    ({"auth_mode": ["OAUTH2"]}, ".auth_mode", "API_KEY"),
    ({"headers": ["a: b"]}, ".headers", "mapping"),
    ({"headers": {"a b": "c"}}, ".headers", "name of a header"),
    ({"headers": {"a": "b\r\nc: d"}}, ".headers.a", "one line"),
    ({"headers": {"a": None}}, ".headers.a", "one line"),
    ({"paginate": {"type": "pages"}}, ".paginate.type", "link, cursor, offset"),
    ({"paginate": {"type": ["link"]}}, ".paginate.type", "link, cursor, offset"),
    ({"paginate": {}}, ".paginate.type", "link, cursor, offset"),
    ({"paginate": "link"}, ".paginate", "mapping"),
    ({"paginate": {"type": "link"}}, ".paginate.link_rel_in_response_header", "link_path_in_response_body"),
    ({"paginate": {"type": "cursor"}}, ".paginate.cursor_path_in_response", "needs it"),
    ({"paginate": {"type": "offset"}}, ".paginate.offset_name_in_request", "needs it"),
    (
        {"paginate": {"type": "offset", "offset_name_in_request": "page", "cursor_name_in_request": "x"}},
        ".paginate",
        "offset_start_value",
    ),
    (
        {"paginate": {"type": "offset", "offset_name_in_request": ["page"]}},
        ".paginate.offset_name_in_request",
        "one line",
    ),
    ({"retry": {"when": "x"}}, ".retry", "after"),
    ({"retry": {"after": {"a": "b"}}}, ".retry.after", "cannot be used"),
    ({"connection_config": {"subdomain": {}}}, ".connection_config", "list"),
    ({"connection_config": [{}]}, ".connection_config[0].name", "one line"),
    ({"connection_config": [{"name": "x", "optional": True}]}, ".connection_config[0]", "required"),
    (
        {"connection_config": [{"name": "x", "required": "no"}]},
        ".connection_config[0].required",
        "true nor false",
    ),
    ({"connection_config": [3]}, ".connection_config[0]", "mapping"),
    ({"scopes": "a,b"}, ".scopes", "list"),
    ({"scopes": ["a", ""]}, ".scopes[1]", "one line"),
    ({"display_name": {"a": 1}}, ".display_name", "one line"),
]


@pytest.mark.parametrize(("fields", "place", "message"), REFUSED)
def test_what_is_refused(fields: Any, place: str, message: str) -> None:
    with pytest.raises(AnswersError) as refusal:
        read_fields(fields, "provider_facts")
    assert refusal.value.where == f"provider_facts{place}"
    assert message in str(refusal.value)
    assert refusal.value.exit_code == 2
