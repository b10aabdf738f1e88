"""Every case from every other, and singular and plural that lead back to each other."""

from __future__ import annotations

import re

import inflection
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.naming import words

CASES = {
    # name: kebab, snake, Pascal, camel, title
    "pull-requests": ("pull-requests", "pull_requests", "PullRequests", "pullRequests", "Pull Requests"),
    "PullRequest": ("pull-request", "pull_request", "PullRequest", "pullRequest", "Pull Request"),
    "HTTPResponse": ("http-response", "http_response", "HttpResponse", "httpResponse", "Http Response"),
    "userIDs2": ("user-i-ds2", "user_i_ds2", "UserIDs2", "userIDs2", "User I Ds2"),
    "1password-scim": (
        "1password-scim",
        "1password_scim",
        "OnePasswordScim",
        "onePasswordScim",
        "1password Scim",
    ),
    "8x8": ("8x8", "8x8", "EightX8", "eightX8", "8x8"),
    "3cx": ("3cx", "3cx", "ThreeCx", "threeCx", "3cx"),
    "oauth2-apps": ("oauth2-apps", "oauth2_apps", "Oauth2Apps", "oauth2Apps", "Oauth2 Apps"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_name_in_every_case(name: str) -> None:
    spellings = tuple(
        case(name) for case in (words.kebab, words.snake, words.pascal, words.camel, words.title)
    )
    assert spellings == CASES[name]


NUMBERS = """
    user:users company:companies status:statuses address:addresses class:classes bus:buses news:news data:data
    media:media series:series leave:leaves person:people child:children analysis:analyses process:processes
    index:indices matrix:matrices cookie:cookies movie:movies drive:drives archive:archives curve:curves shelf:shelves
    knife:knives criterion:criteria api:apis kpi:kpis sku:skus id:ids menu:menus wiki:wikis campus:campuses lens:lenses
    base:bases canvas:canvases quota:quotas invoice:invoices purchase:purchases cache:caches database:databases
    virus:viruses hero:heroes tax:taxes box:boxes alias:aliases sms:sms feedback:feedback equipment:equipment
    pull-request:pull-requests oauth2-app:oauth2-apps time-off:time-offs
"""


@pytest.mark.parametrize("pair", NUMBERS.split())
def test_one_and_many_lead_to_each_other_from_either(pair: str) -> None:
    singular, many = pair.split(":")
    assert (words.singular(singular), words.singular(many)) == (singular, singular)
    assert (words.plural(singular), words.plural(many)) == (many, many)


@given(st.from_regex(r"(?!oxen)[a-z]{2,8}(s|es|us|ies|hes|ans|y|)[0-9]?", fullmatch=True))
def test_words_that_inflection_is_not_asked_about_are_those_it_would_leave_so(word: str) -> None:
    assert words._regular_singular(word) == inflection.singularize(word)
    assert words._regular_plural(word) == inflection.pluralize(word)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("user", "a user"),
        ("issue", "an issue"),
        ("update", "an update"),
        ("unit", "a unit"),
        ("url", "a url"),
        ("hour", "an hour"),
        ("8x8 user", "an 8x8 user"),
        ("one time code", "a one time code"),
        ("news", "news"),
        ("customer data", "customer data"),
    ],
)
def test_an_article_as_it_sounds(phrase: str, expected: str) -> None:
    assert words.article(phrase) == expected


NAMES = st.from_regex(r"[a-zA-Z0-9_-]*[a-zA-Z0-9][a-zA-Z0-9_-]*", fullmatch=True)


@given(NAMES)
def test_any_name_gives_identifiers_and_kebab_names(name: str) -> None:
    assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", words.pascal(name))
    assert re.fullmatch(r"[a-z][A-Za-z0-9]*", words.camel(name))
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", words.kebab(name))
    assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", words.snake(name))


@given(NAMES)
def test_kebab_is_its_own_kebab(name: str) -> None:
    assert words.kebab(words.kebab(name)) == words.kebab(name)


@given(st.text())
def test_no_text_breaks_a_case(name: str) -> None:
    for case in (
        words.kebab,
        words.pascal,
        words.camel,
        words.title,
        words.spoken,
        words.singular,
        words.plural,
    ):
        assert isinstance(case(name), str)
    assert isinstance(words.article(name), str)


ENGLISH = st.from_regex(r"[a-z]{1,12}(s|es|ies|ves|us|is|a|i|ss|x|y|men)?", fullmatch=True)


@given(ENGLISH)
def test_the_plural_of_any_word_leads_back_to_its_singular(word: str) -> None:
    many = words.plural(word)
    assert words.singular(many) == words.singular(word)
    assert words.plural(many) == many


@given(ENGLISH)
def test_a_singular_is_its_own_singular(word: str) -> None:
    singular = words.singular(word)
    assert words.singular(singular) == singular
