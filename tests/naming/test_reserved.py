"""Names that a model or a variable cannot have."""

from __future__ import annotations

import pytest

from nango_scaffold.naming.reserved import (
    is_reserved_word,
    is_usable_model_name,
    model_name_problem,
    script_name_problem,
)

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


def test_a_script_called_models_is_refused_with_names_that_work() -> None:
    assert "model-list and fetch-models work" in script_name_problem("models")


# Both CLIs were seen to build a sync and an action of each of these names.
BUILT = "model fetch-models get-models schema schema-zod index types nango syncs dist main tests"


@pytest.mark.parametrize("name", BUILT.split())
def test_names_that_only_look_like_the_cli_s_own_files_stay(name: str) -> None:
    assert script_name_problem(name) == ""
