"""What the quick run leaves out exists: a renamed test would come back into it unnoticed."""

from __future__ import annotations

import re

import pytest
from tests.conftest import SLOW
from tests.house.source import ROOT


@pytest.mark.parametrize("entry", SLOW)
def test_what_is_left_out_is_there(entry: str) -> None:
    file, *names = entry.partition("[")[0].split("::")
    assert (ROOT / file).exists()
    assert [
        name for name in names if not re.search(rf"(?:class|def) {name}\b", (ROOT / file).read_text())
    ] == []
