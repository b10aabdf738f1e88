"""Base URLs in every form providers.yaml has, and paths that repeat them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import base_path_of, repeated_base, strip_base_path

FORMS = {
    "plain": ("https://api.github.com", ""),
    "plain with slash": ("https://api.example.com/", ""),
    "path": ("https://slack.com/api", "/api"),
    "deep path with slash": ("https://business-api.example.com/open_api/v1.3/", "/open_api/v1.3"),
    "query is no path": ("https://api.example.com/v1?format=json", "/v1"),
    "port": ("https://${connectionConfig.subdomain}.unipile.com:${connectionConfig.port}", ""),
    "templated label": ("https://${connectionConfig.subdomain}.zendesk.com", ""),
    "templated label in the middle": ("https://auvikapi.${connectionConfig.region}.my.auvik.com", ""),
    "templated host": ("https://${connectionConfig.hostname}/api/", "/api"),
    "templated origin": ("${connectionConfig.instance_url}", ""),
    "templated origin with path": ("${connectionConfig.api_domain}/api", "/api"),
    "templated origin, dotted": ("${connectionConfig.installation.apiEndPoint}", ""),
    "templated path": (
        "https://3.basecampapi.com/${connectionConfig.accountId}",
        "/${connectionConfig.accountId}",
    ),
    "templated host and path": (
        "https://${connectionConfig.host}/scim/v2/${connectionConfig.tenantId}",
        "/scim/v2/${connectionConfig.tenantId}",
    ),
    "version in the path": (
        "https://${connectionConfig.hostname}/api/${connectionConfig.version}",
        "/api/${connectionConfig.version}",
    ),
    "other placeholder": ("https://cognito-${apiSubdomain}.amazonaws.com", ""),
    "alternatives": ("https://api.${connectionConfig.region}.intercom.io || https://api.intercom.io", ""),
    "alternatives, second templated": (
        "https://www.zohoapis.${connectionConfig.extension} || ${connectionConfig.api_domain}",
        "",
    ),
    "alternatives that agree": ("https://${connectionConfig.host}/v2 || https://api.example.com/v2/", "/v2"),
    "alternatives that do not": ("https://${connectionConfig.host}/v1 || https://api.example.com/v2", ""),
    "default inside": ("https://${connectionConfig.host || 'api.example.com/x'}/v2", "/v2"),
    "no scheme": ("api.example.com/v2", "/v2"),
    "none": (None, ""),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("base_url", "base_path"), FORMS.values(), ids=FORMS)
def test_the_base_path_of_every_form(base_url: str | None, base_path: str) -> None:
    assert base_path_of(base_url) == base_path


@pytest.mark.parametrize(
    ("path", "base_path", "expected"),
    [
        ("/scim/Users", "/scim", "/Users"),
        ("scim/Users", "/scim", "/Users"),
        ("/scim", "/scim", "/"),
        ("/scim/", "/scim", "/"),
        ("/scim?count=1", "/scim", "/?count=1"),
        ("/scim//Users", "/scim", "/Users"),
        ("/scimitar", "/scim", "/scimitar"),
        ("/SCIM/Users", "/scim", "/SCIM/Users"),
        ("/Users/scim", "/scim", "/Users/scim"),
        ("/api/api/users", "/api", "/api/users"),
        ("/v2/users", "/api/v2", "/users"),
        ("/v2/v2/users", "/api/v2", "/v2/users"),
        ("/v1/employees", "/gateway.php/${connectionConfig.subdomain}/v1", "/employees"),
        ("/v1/employees", "/v1/${connectionConfig.subdomain}", "/v1/employees"),
        ("/v12/employees", "/gateway.php/v1", "/v12/employees"),
        ("/v1/employees", "/gateway-v1", "/v1/employees"),
        ("/api/3/issue", "/rest/api/3", "/issue"),
        ("/v1", "/api/v1", "/"),
        ("/users", "", "/users"),
        ("users", "", "/users"),
        (" /users ", "", "/users"),
        ("/repos/${metadata.owner}/pulls", "", "/repos/${metadata.owner}/pulls"),
        ("${metadata.path}", "/api", "/${metadata.path}"),
        ("/api/${connectionConfig.version}/sites", "/api/${connectionConfig.version}", "/sites"),
        ("/projects.json", "/${connectionConfig.accountId}", "/projects.json"),
    ],
)
def test_a_plain_path_loses_the_base_path_once(path: str, base_path: str, expected: str) -> None:
    assert strip_base_path(path, base_path) == expected


ACCEPTED_URLS = [
    ("https://slack.com/api/users.list", "https://slack.com/api", "/users.list"),
    ("https://slack.com/api", "https://slack.com/api", "/"),
    ("https://SLACK.com/api/users.list?limit=2", "https://slack.com/api/", "/users.list?limit=2"),
    ("http://slack.com/api/users.list", "https://slack.com/api", "/users.list"),
    (
        "https://acme.zendesk.com/api/v2/users",
        "https://${connectionConfig.subdomain}.zendesk.com",
        "/api/v2/users",
    ),
    (
        "https://${connectionConfig.subdomain}.zendesk.com/api/v2/users",
        "https://${connectionConfig.subdomain}.zendesk.com",
        "/api/v2/users",
    ),
    ("https://acme.my.salesforce.com/services/data", "${connectionConfig.instance_url}", "/services/data"),
    ("${connectionConfig.instance_url}/services/data", "${connectionConfig.instance_url}", "/services/data"),
    ("https://acme.pipedrive.com/api/v1/deals", "${connectionConfig.api_domain}/api", "/v1/deals"),
    (
        "https://3.basecampapi.com/999/projects.json",
        "https://3.basecampapi.com/${connectionConfig.id}",
        "/projects.json",
    ),
    (
        "https://api.eu.x.io/contacts",
        "https://api.${connectionConfig.region}.x.io || https://api.x.io",
        "/contacts",
    ),
    (
        "https://api.x.io/contacts",
        "https://api.${connectionConfig.region}.x.io || https://api.x.io",
        "/contacts",
    ),
]


@pytest.mark.parametrize(("url", "base_url", "expected"), ACCEPTED_URLS)
def test_a_whole_url_below_the_base_url_is_reduced(url: str, base_url: str, expected: str) -> None:
    assert strip_base_path(url, base_path_of(base_url), base_url) == expected


@pytest.mark.parametrize(
    ("url", "base_url"),
    [
        ("https://evil.example/api/users", "https://slack.com/api"),
        ("https://slack.com.evil.example/api/users", "https://slack.com/api"),
        ("https://slack.com@evil.example/api/users", "https://slack.com/api"),
        ("https://slack.com/apis/users", "https://slack.com/api"),
        ("https://slack.com/other", "https://slack.com/api"),
        ("//evil.example/api", "https://slack.com/api"),
        ("ftp://slack.com/api/users", "https://slack.com/api"),
        ("https://evil.example/x.zendesk.com/api", "https://${connectionConfig.subdomain}.zendesk.com"),
        ("https://evil.example@x.zendesk.com/api", "https://${connectionConfig.subdomain}.zendesk.com"),
        ("https://slack.com/api/users", None),
    ],
)
def test_another_place_is_refused(url: str, base_url: str | None) -> None:
    with pytest.raises(AnswersError) as refusal:
        strip_base_path(url, base_path_of(base_url), base_url, where="syncs[0].request.path")
    assert refusal.value.where == "syncs[0].request.path"
    assert url in refusal.value.what
    assert refusal.value.fix


PARTS = st.lists(st.from_regex(r"[A-Za-z0-9_.~-]{1,8}", fullmatch=True), min_size=1, max_size=3).map("/".join)


@given(base=PARTS, path=PARTS, host=st.sampled_from(["https://api.example.com", "${connectionConfig.url}"]))
def test_a_path_given_in_any_of_its_forms_comes_out_the_same(base: str, path: str, host: str) -> None:
    assume(not repeated_base(f"/{path}", f"/{base}"))
    base_url = f"{host}/{base}"
    forms = [path, f"/{path}", f"/{base}/{path}", f"{base}/{path}", f"{base_url}/{path}"]
    assert {strip_base_path(form, base_path_of(base_url), base_url) for form in forms} == {f"/{path}"}


ALTERNATIVES = "https://${connectionConfig.host}/gateway/v1 || https://api.example.com/v1"


def test_where_alternatives_disagree_what_all_of_them_end_in_is_taken_off() -> None:
    assert base_path_of(ALTERNATIVES) == ""
    assert strip_base_path("/v1/employees", "", ALTERNATIVES) == "/employees"
    assert strip_base_path("/gateway/v1/employees", "", ALTERNATIVES) == "/gateway/v1/employees"


def test_a_whole_url_keeps_what_only_looks_like_a_repetition() -> None:
    assert strip_base_path("https://api.example.com/v1/v1/x", "/v1", "https://api.example.com/v1") == "/v1/x"
