"""Whatever answers are accepted, each file is TypeScript as prettier would leave it; the real tools agree in tests/toolchain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hypothesis import given
from tests.derive.test_properties import ANSWERS, FACTS

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.render.integration import render_files
from nango_scaffold.typescript.printer.fit import fit_lines
from nango_scaffold.typescript.syntax import Syntax

if TYPE_CHECKING:
    from nango_scaffold.providers import ProviderFacts

AMISS = re.compile(r"[ \t]$|,\n *[}\])]|\{\n *\}|\n\n\n|\{\n\n|\{\{|\}\}\n|\bNone\b", re.MULTILINE)


@given(ANSWERS, FACTS)
def test_every_file_parses_and_is_laid_out(answers: dict[str, Any], facts: ProviderFacts) -> None:
    try:
        spec = derive(load_answers(answers), facts, {})
    except AnswersError:
        return
    for path, text in render_files(spec)[0].items():
        if path.endswith(".ts"):
            assert Syntax(text).is_whole, path
            assert fit_lines(text) == text, path
            assert AMISS.search(text) is None, path
