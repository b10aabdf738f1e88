"""Which names are misspelt, and which differ on purpose."""

from __future__ import annotations

import pytest

from nango_scaffold.naming.suggest import meant_name


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Contcat", "Contact"),
        ("Contac", "Contact"),
        ("Contackt", "Contact"),
        ("Comtact", "Contact"),
        ("Usre", "User"),
        ("Usr", "User"),
        ("Isue", "Issue"),
        ("PullReqeust", "PullRequest"),
        ("Pullrequest", "PullRequest"),
        ("CreateUserInptu", "CreateUserInput"),
        ("GitHubUser", "GithubUser"),
    ],
)
def test_one_slip_of_a_finger(name: str, meant: str) -> None:
    assert meant_name(name, [meant, "Zebra", "Company"]) == meant


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Contacts", "Contact"),
        ("Users", "User"),
        ("Companies", "Company"),
        ("Analysis", "Analyses"),
        ("CreateUser", "UpdateUser"),
        ("CreateUser", "User"),
        ("CreatedUser", "CreateUser"),
        ("UserInput", "UserOutput"),
        ("UserV1", "UserV2"),
        ("User2", "User"),
        ("Note", "Vote"),
        ("Team", "Term"),
        ("Tag", "Bag"),
        ("Collection", "Connection"),
        ("Conversation", "Conversion"),
        ("SuccessResponse", "Success"),
        ("Deal", "Lead"),
    ],
)
def test_names_that_differ_on_purpose(name: str, other: str) -> None:
    assert meant_name(name, [other]) == ""
    assert meant_name(other, [name]) == ""


def test_a_word_that_a_script_has_in_its_name_is_right_as_it_stands() -> None:
    assert meant_name("Contract", ["Contact"]) == "Contact"
    assert meant_name("Contract", ["Contact"], familiar={"contract"}) == ""
