"""Every name in the JSON of an error is explained on its page."""

from __future__ import annotations

import json
import re
from pathlib import Path

from nango_scaffold.answers import load_answers
from nango_scaffold.errors import AnswersError, BatchError, Place
from nango_scaffold.report.error import error_data

PAGE = (Path(__file__).parents[2] / "docs/reference/errors.md").read_text("utf-8")
EXPLAINED = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) | {"answers", "file", "line", "column"}


def refusal() -> AnswersError:
    data = {"provider": "github", "syncs": [{"name": "users", "sync_type": "hourly"}]}
    try:
        load_answers(data)
    except AnswersError as error:
        error.locate(lambda problem: Place("github.yml", 4, 18))
        return error
    raise AssertionError


def test_the_example_is_what_is_printed() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert json.loads(example) == error_data(refusal())


def test_every_name_is_explained() -> None:
    data = error_data(BatchError([("github.yml", refusal())], 1))["error"]
    (problem,) = data["problems"]
    assert {*data, *problem, *problem["place"]} <= EXPLAINED
    assert all(f"`{name}`" in PAGE for name in EXPLAINED)
