"""The page that sets four sources of the same sync side by side is what the program gives today."""

from __future__ import annotations

import pytest
from tests.docs import four_sources

pytestmark = pytest.mark.toolchain  # the API document is among the pinned packages


def test_the_page_is_what_each_source_gives() -> None:
    assert four_sources.FILE.read_text("utf-8") == four_sources.page()


def test_names_and_a_connection_leave_nothing_to_guess() -> None:
    (row,) = [line for line in four_sources.FILE.read_text("utf-8").splitlines() if line.startswith("| left")]
    _, _, names, _, _, connection, _ = row.split("|")
    assert (names.strip(), connection.strip()) == ("-", "-")
