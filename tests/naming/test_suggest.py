"""Suggestions for a mistyped provider."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.naming.suggest import nearest

NAMES = {
    "google-mail": "Gmail",
    "google-calendar": "Google Calendar",
    "google": "Google",
    "github": "GitHub (User OAuth)",
    "github-pat": "GitHub (Personal Access Token)",
    "gitlab": "GitLab",
    "hubspot": "HubSpot",
    "mailgun": "Mailgun",
    "microsoft-teams": "Microsoft Teams",
    "salesforce": "Salesforce",
    "1password-scim": "1Password (SCIM)",
    "zoom": "Zoom",
    "zoho": "Zoho",
}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hubspt", "hubspot"),
        ("hubpsot", "hubspot"),
        ("HubSpot", "hubspot"),
        ("hub_spot", "hubspot"),
        ("google mail", "google-mail"),
        ("googlemail", "google-mail"),
        ("mail-google", "google-mail"),
        ("Gmail", "google-mail"),
        ("git", "github"),
        ("github-enterprise", "github"),
        ("sales force", "salesforce"),
        ("Microsoft Teems", "microsoft-teams"),
        ("1password", "1password-scim"),
        ("zoon", "zoom"),
    ],
)
def test_what_was_meant_comes_first(typed: str, first: str) -> None:
    assert nearest(typed, NAMES, names=NAMES)[0] == first


def test_keys_alone_do_without_display_names() -> None:
    assert nearest("hubspt", ["zoom", "hubspot"]) == ["hubspot"]


@pytest.mark.parametrize("typed", ["", "  ", "---", "qqqqqqqq", "x" * 1_000_000, "\x00"])
def test_nothing_is_offered_where_nothing_is_near(typed: str) -> None:
    assert nearest(typed, NAMES, names=NAMES) == []


@given(typed=st.text(max_size=20), keys=st.lists(st.text(max_size=12), max_size=12), n=st.integers(0, 4))
def test_offers_are_few_of_the_keys_and_do_not_depend_on_their_order(
    typed: str, keys: list[str], n: int
) -> None:
    offered = nearest(typed, keys, n)
    assert len(offered) <= n
    assert set(offered) <= set(keys)
    assert offered == nearest(typed, reversed(keys), n)
    if n and keys and any(part.isalnum() for part in keys[0]):
        assert nearest(keys[0], keys, n)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("heroku", "xero"),
        ("herokuintegration", "xero"),
        ("discourse", "discord"),
        ("google-analytics", "google-mail"),
        ("stripes-connect", "strava"),
        ("sage", "shopify"),
    ],
)
def test_words_that_only_share_letters_are_no_proposal(typed: str, other: str) -> None:
    assert nearest(typed, [other]) == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("githbu", "github"), ("jria", "jira"), ("salesfroce", "salesforce")]
)
def test_letters_that_changed_places_are_one_slip(typed: str, meant: str) -> None:
    assert nearest(typed, [meant]) == [meant]
