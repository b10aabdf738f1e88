"""Nango's own tools read our output: its parser all cases, its command line some of them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.nango_yaml.torture_cases import Case, cases

from nango_scaffold.nango_yaml import Block, read

TOOLCHAIN = Path(__file__).parents[2] / "toolchain/nango-0.69/node_modules"
PARSER = TOOLCHAIN / "@nangohq/nango-yaml/dist/load.js"
CLI = TOOLCHAIN / "nango/dist/index.js"
ENVIRONMENT = {
    "CI": "1",
    "NANGO_CLI_UPGRADE_MODE": "ignore",
    "NANGO_CLI_DEPENDENCY_UPDATE": "false",
    "NANGO_CLI_TELEMETRY": "false",
}

NOT_NANGO = {
    "removed-alone",  # no integration is left, which Nango reads as its v1 form
    "null-second-integration",  # the user's own entry is null, which Nango refuses with or without us
}
ACCEPTED = [case for case in cases("valid") if case.folder.name not in NOT_NANGO]
SPREAD = [
    "two-spaces", "mixed-steps", "bom-and-crlf", "models-empty", "models-null-commented", "models-missing", "comment-only",
    "literal-keep-last", "anchors-and-aliases", "flow-over-lines", "complex-keys", "replaced-with-comments-inside",
]  # fmt: skip


@pytest.mark.toolchain
def test_nangos_parser_finds_our_scripts_in_every_file(tmp_path: Path) -> None:
    answers = parse_all(ACCEPTED, tmp_path)
    problems = {
        case.folder.name: problem
        for case, answer in zip(ACCEPTED, answers, strict=True)
        if (problem := missing(case, answer))
    }
    assert problems == {}


@pytest.mark.toolchain
@pytest.mark.parametrize("name", SPREAD)
def test_nango_generate_accepts_it(name: str, tmp_path: Path) -> None:
    generate(next(case for case in ACCEPTED if case.folder.name == name), tmp_path)


@pytest.mark.nightly
@pytest.mark.toolchain
@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.folder.name) for case in ACCEPTED if case.folder.name not in SPREAD]
)
def test_nango_generate_accepts_the_others_too(case: Case, tmp_path: Path) -> None:
    generate(case, tmp_path)


def generate(case: Case, folder: Path) -> None:
    """Run the real command and judge by the file it leaves, since it exits 0 whatever happens."""
    (folder / "node_modules").symlink_to(TOOLCHAIN)
    project = folder / "nango-integrations"
    project.mkdir()
    (project / "nango.yaml").write_bytes(case.expected()["expected.yaml"])
    process = subprocess.run(
        ["node", str(CLI), "generate"],
        cwd=project,
        env={**os.environ, **ENVIRONMENT},
        capture_output=True,
        text=True,
        timeout=120,
    )
    output = project / ".nango/nango.json"
    assert output.exists(), process.stdout + process.stderr
    integrations = json.loads(output.read_text("utf-8"))
    assert missing(case, {"ok": True, "integrations": integrations}) == ""


def parse_all(cases: list[Case], folder: Path) -> list[dict[str, Any]]:
    """What Nango's parser makes of each expected file, in one node process."""
    for number, case in enumerate(cases):
        (folder / str(number)).mkdir()
        (folder / str(number) / "nango.yaml").write_bytes(case.expected()["expected.yaml"])
    process = subprocess.run(
        ["node", str(Path(__file__).parent / "reader_cli.mjs"), PARSER.as_uri()],
        input="".join(f"{folder / str(number)}\n" for number in range(len(cases))),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return [json.loads(line) for line in process.stdout.split("\n")[:-1]]


def missing(case: Case, answer: dict[str, Any]) -> str:
    """What Nango does not see of the scripts that stand in the file; empty when nothing is missing."""
    if not answer["ok"]:
        return str(answer["errors"])
    document = read(case.expected()["expected.yaml"].decode())
    expected = {
        (integration, section, name)
        for integration, data in document.integrations.items()
        for section in ("syncs", "actions")
        for name in (data or {}).get(section) or {}
    }
    scripts = {
        (integration["providerConfigKey"], section, script["name"])
        for integration in answer["integrations"]
        for section in ("syncs", "actions")
        for script in integration[section]
    }
    ours: Block = case.block
    if (
        not case.removes
        and not case.spec
        and not any(integration == ours.integration for integration, _, _ in scripts)
    ):
        return "our integration is not there"
    return "" if expected == scripts else f"seen {sorted(scripts)}, wanted {sorted(expected)}"
