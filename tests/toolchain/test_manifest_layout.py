"""The manifest is as prettier would lay it out, whatever is in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.examples.golden import EXAMPLES
from tests.toolchain.support import lint

from nango_scaffold.manifest.manifest import laid_out

pytestmark = pytest.mark.toolchain

_LEAVES: tuple[Any, ...] = (
    1,
    -1.5,
    1e300,
    True,
    None,
    "",
    "é",
    "日本",
    "👍🏽 e\u0301",
    'a"\\\n\u2028',
    "x" * 40,
)


def shapes() -> list[Any]:
    """Data in which every way of breaking a line comes up, at widths around the limit."""
    lists = [[leaf] * count for leaf in _LEAVES for count in (0, 1, 2, 9)]
    widths = [["x" * (width - 12), "日", 1] for width in range(150, 172)]
    numbers = [[n * 1_000_003 for n in range(count)] for count in (1, 2, 12, 14, 15, 16, 17, 60)]
    nested = [
        [[1, 2], [3, 4]],
        [[1], [2]],
        [[]],
        *({"k" * width: []} for width in (150, 156, 170)),
        [[], []],
        [{}],
        [{}, {}],
        [[1, 2]],
        [{"a": 1}],
        [{"a": 1}, 2],
    ]
    nested += [
        [{"a": 1, "b": 2}, {"c": 3}],
        [["x" * 90], ["y" * 90]],
        [[1, 2], {"a": 1, "b": 2}],
        ["a", ["b", "c"]],
    ]
    return [*lists, *widths, *numbers, *nested]


def test_prettier_changes_nothing(tmp_path: Path) -> None:
    for index, shape in enumerate(shapes()):
        data = {"a": shape, "b": {"c": {"d": shape}}, "e": [shape], "f": {}, "ключ": shape}
        (tmp_path / f"{index}.json").write_text(laid_out(data), encoding="utf-8")
    for path in EXAMPLES.glob("*/nango-integrations/*/.nango-scaffold.json"):
        shutil.copy(path, tmp_path / f"{path.parent.name}-{path.parents[2].name}.json")
    assert lint.prettier(tmp_path, ("*.json",)) == []
