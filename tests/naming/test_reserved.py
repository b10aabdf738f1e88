"""Names that a model or a variable cannot have."""

from __future__ import annotations

import pytest

from nango_scaffold.naming.reserved import is_reserved_word, is_usable_model_name, model_name_problem

DENIED = """
    NangoSync NangoAction ProxyConfiguration ActionError NangoFlows Date Error Array Object Map Set Promise Record
    String Char Varchar Number Integer Int Float Boolean Bool Any Bigint Never Undefined Void Unknown
"""


@pytest.mark.parametrize("name", DENIED.split())
def test_no_model_shadows_the_sdk_or_a_built_in_type(name: str) -> None:
    assert not is_usable_model_name(name)


@pytest.mark.parametrize("name", ["class", "user", "2Model", "Pull-Request", "Größe", "", "_User", "User\n"])
def test_a_model_is_a_capital_and_letters_digits_underscores(name: str) -> None:
    assert "capital letter" in model_name_problem(name)


@pytest.mark.parametrize("name", ["User", "Class", "Default", "New", "Model_2", "A", "Constructor"])
def test_a_word_of_typescript_is_fine_in_pascal_case(name: str) -> None:
    assert is_usable_model_name(name)


@pytest.mark.parametrize(
    "word", ["class", "default", "new", "eval", "arguments", "response", "nango", "input"]
)
def test_a_variable_is_no_word_of_typescript_and_no_name_of_the_script(word: str) -> None:
    assert is_reserved_word(word)
