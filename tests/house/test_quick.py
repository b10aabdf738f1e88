"""What the quick run leaves out exists: a renamed test would come back into it unnoticed."""

from __future__ import annotations

import re

import pytest
from tests.conftest import SLOW
from tests.house.source import ROOT


@pytest.mark.parametrize("entry", SLOW)
def test_what_is_left_out_is_there(entry: str) -> None:
    place, _, case = entry.removesuffix("]").partition("[")
    file, *names = place.split("::")
    assert (ROOT / file).exists()
    assert [
        name for name in names if not re.search(rf"(?:class|def) {name}\b", (ROOT / file).read_text())
    ] == []
    if case:
        folder = (ROOT / file).parent
        is_an_example = (ROOT / "examples" / f"{case}.yml").exists() or any(folder.rglob(case))
        assert is_an_example or f'"{case}"' in (ROOT / file).read_text()
