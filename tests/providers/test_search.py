"""Search among providers."""

from __future__ import annotations

from nango_scaffold.providers.cards import ProviderCard, meant, search


def card(key: str, name: str = "", *categories: str) -> ProviderCard:
    return ProviderCard(key, name or key.title(), "OAUTH2", "", categories, "", None, "")


CARDS = [
    card("attio", "Attio", "crm"),
    card("crmly", "Crmly", "sales"),
    card("google-calendar", "Google Calendar", "productivity"),
    card("google-mail", "Gmail", "communication"),
    card("hubspot", "HubSpot", "crm", "marketing"),
    card("hubspot-mcp", "HubSpot (MCP)", "mcp"),
    card("my-hubspot-mirror", "Mirror", "sales"),
]


def keys(*words: str) -> list[str]:
    return [card.key for card in search(CARDS, words)]


def test_without_words_all_are_found_by_key() -> None:
    assert keys() == [card.key for card in CARDS]


def test_the_key_itself_goes_before_what_begins_with_it_and_that_before_what_holds_it() -> None:
    assert keys("hubspot") == ["hubspot", "hubspot-mcp", "my-hubspot-mirror"]


def test_every_word_has_to_match_wherever() -> None:
    assert keys("google", "cal") == ["google-calendar"]
    assert keys("hubspot", "sales") == ["my-hubspot-mirror"]
    assert keys("google", "crm") == []


def test_names_count_as_keys_do_and_case_does_not() -> None:
    assert keys("GMAIL") == ["google-mail"]
    assert keys("Google Calendar") == ["google-calendar"]


def test_a_category_is_found_behind_a_key_that_begins_so() -> None:
    assert keys("crm") == ["crmly", "attio", "hubspot"]


def test_a_spelling_mistake_finds_nothing_but_is_understood() -> None:
    assert keys("hubspt") == []
    assert [card.key for card in meant(CARDS, ["hubspt"], 1)] == ["hubspot"]
    assert meant(CARDS, ["qqqqqq"]) == []
