"""How often a sync runs, as the CLI 0.69.36 reads it (each phrase was tried with its own ``getInterval``)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from nango_scaffold.answers.runs import full_phrase, runs_problem

ACCEPTED = [
    *("every half day", "every half hour", "every quarter hour", "every hour", "every day", "every week"),
    *("every month", "every 30s", "every 5m", "every 15 minutes", "every 1h", "every 2 weeks", "every 0.5h"),
    *("every .5h", "every 1 minute", "every 60d", "every 1y", "every 5M", "every 60000", "every 30000ms"),
    *("every 5  m", "5m", "1 hour", "60000"),
]
REFUSED = [
    *(
        "every minute",
        "every year",
        "every monday",
        "hourly",
        "daily",
        "every day at noon",
        "",
        "every",
        "every ",
    ),
    *("every 29s", "every 0.4m", "every -5m", "every 1 month", "every Hour", "Every hour", "every hour "),
    *("every  5m", "every 1h30m", "every 1.5.h", "every every hour", "half day", "every 1d\n", "every 29999"),
]


@pytest.mark.parametrize("phrase", ACCEPTED)
def test_what_the_cli_takes_is_taken(phrase: str) -> None:
    assert runs_problem(phrase) == ""


@pytest.mark.parametrize("phrase", REFUSED)
def test_what_the_cli_refuses_is_refused_with_a_reason(phrase: str) -> None:
    assert runs_problem(phrase)


def test_every_is_written_even_where_it_was_left_out() -> None:
    assert full_phrase("5m") == full_phrase("every 5m") == "every 5m"


HELPERS = Path(__file__).parents[2] / "toolchain/nango-0.69/node_modules/@nangohq/nango-yaml/dist/helpers.js"


@pytest.mark.toolchain
def test_the_cli_itself_agrees() -> None:
    phrases = ACCEPTED + REFUSED
    script = f"""
        import {{ getInterval }} from {json.dumps(str(HELPERS))};
        const taken = (phrase) => {{
            try {{ return !(getInterval(phrase, new Date()) instanceof Error); }} catch {{ return false; }}
        }};
        console.log(JSON.stringify({json.dumps(phrases)}.map(taken)));
    """
    process = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    assert json.loads(process.stdout) == [runs_problem(phrase) == "" for phrase in phrases]
