"""js-yaml as the nango CLI brings it, kept running in one node process."""

from __future__ import annotations

import atexit
import json
import math
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from nango_scaffold.yaml12.scalars import Timestamp

HERE = Path(__file__).parent
MODULE = HERE.parents[1] / "toolchain/nango-0.69/node_modules/nango/node_modules/js-yaml"


class JsYamlError(Exception):
    """What js-yaml threw."""


def load(text: str) -> Any:
    """A text as js-yaml reads it; dates and non-finite numbers as tagged mappings."""
    process = _process()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(text) + "\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline(), parse_int=_number)
    if "error" in answer:
        raise JsYamlError(answer["error"])
    return answer["data"]


def comparable(value: Any) -> Any:
    """Our own data in the form that ``load`` answers in."""
    if isinstance(value, dict):
        return {key: comparable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"!number": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}
    return {"!date": str(value)} if isinstance(value, Timestamp) else value


def _number(digits: str) -> int | float:
    return int(digits) if abs(int(digits)) <= 2**53 else float(digits)


@cache
def _process() -> subprocess.Popen[str]:
    node = shutil.which("node")
    assert node, "node is not installed"
    process = subprocess.Popen(
        [node, str(HERE / "reader.mjs"), str(MODULE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    atexit.register(process.kill)
    return process
