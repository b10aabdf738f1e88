"""PyYAML without libyaml: slower, and otherwise the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.nango_yaml.torture_cases import cases

from nango_scaffold.yaml12 import loader

if TYPE_CHECKING:
    from tests.nango_yaml.torture_cases import Case


@pytest.fixture(autouse=True)
def _pure_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "_Loader", loader._PythonLoader)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.folder.name) for case in cases("valid")])
def test_a_file_is_edited_in_the_same_way(case: Case) -> None:
    assert case.rendered() == case.expected()


@pytest.mark.parametrize("case", [pytest.param(case, id=case.folder.name) for case in cases("refused")])
def test_the_same_files_are_refused(case: Case) -> None:
    assert case.rendered().keys() == {"refusal.txt"}
