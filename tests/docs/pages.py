"""The commands that the pages of the documentation show, and the project they are typed in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from nango_scaffold import __version__

ROOT = Path(__file__).parents[2]
PAGES = {
    path.relative_to(ROOT).as_posix(): path
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
}

_FENCED = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_DOCUMENT = re.compile(r"```json\n(.*?)```", re.DOTALL)
_INDENTED = re.compile(r"(?<=\n\n)((?:    \S.*\n)+)")
_STEP = re.compile(r"^ *- run: (.*)$", re.MULTILINE)
_COMMENT = re.compile(r"(^| +)#.*$")

NOT_RUN = {
    # They ask.
    "nango-scaffold new": "asks at a terminal: tests/wizard",
    "nango-scaffold new --project ../my-project --set provider=hubspot": "asks at a terminal: tests/wizard",
    "copier copy --trust PATH/TO/nango-scaffold my-project": "asks at a terminal: tests/copier/test_prompts.py",
    # They install, by a network.
    "pip install PATH/TO/nango-scaffold": "installs: tests/cli/test_installed.py",
    "uvx --from PATH/TO/nango-scaffold nango-scaffold new": "installs: tests/packaging/test_install.py",
    "pipx run --spec PATH/TO/nango-scaffold nango-scaffold new": "installs: tests/packaging/test_install.py",
    "uv tool install --with-executables-from copier PATH/TO/nango-scaffold": (
        "installs: tests/packaging/test_install.py"
    ),
    "pipx install --include-deps PATH/TO/nango-scaffold": "installs: tests/packaging/test_install.py",
    "uvx --from PATH/TO/nango-scaffold copier copy --trust PATH/TO/nango-scaffold my-project": (
        "installs: tests/packaging/test_install.py"
    ),
    f'pip install "nango-scaffold @ git+${{{{ vars.NANGO_SCAFFOLD }}}}@v{__version__}"': "needs the network",
    "npm ci --ignore-scripts": "needs the network",
    "uv tool install copier --with copier-template-extensions --with inflection": "needs the network",
    "pipx install copier && pipx inject copier copier-template-extensions inflection": "needs the network",
    "pipx inject copier copier-template-extensions inflection": "needs the network",
    "nango-scaffold providers refresh": "asks npm: tests/cli/test_providers_refresh.py",
    "nango-scaffold providers refresh --version 0.69.36": "asks npm: tests/cli/test_providers_refresh.py",
    "python3 dev.py demo my-project": "sets a machine up",
    "python3 dev.py test": "sets a machine up, and runs this very test",
    # They need an account, or a connection.
    "nango-scaffold new --set provider=github --set 'syncs[0].name=gists' --sample-from my-connection": (
        "needs a Nango account: tests/cli/test_sample_from.py"
    ),
    "node find-connections.js github": "needs a Nango account: tests/toolchain/test_find_connections.py",
    "node dryrun.js issues CONNECTION --integration-id github --auto-confirm -e dev": (
        "needs a connection: tests/toolchain/test_dryrun_script.py"
    ),
    "npx nango deploy dev": "needs a Nango account",
    "npx vitest run": "needs what npm installs: tests/toolchain/test_script_tests.py",
    # They are run elsewhere, or stand for others.
    "copier update --trust -a nango-integrations/github/.copier-answers.yml": (
        "needs two releases: tests/copier/test_update.py"
    ),
    "sh scripts/scaffold.sh --check": "tests/copier/test_ci.py",
    "nango-scaffold COMMAND --help": "stands for every command",
}
"""The commands that cannot be run here, and why."""

NEEDS = {
    "nango-scaffold new --answers answers/*.yml --verify": ("npm install",),
    "nango-scaffold remove hubspot companies": ("nango-scaffold add sync hubspot companies",),
    "nango-scaffold remove hubspot companies create-company": (
        "nango-scaffold add sync hubspot companies",
        "nango-scaffold add action hubspot create-company",
    ),
    "nango-scaffold remove github labels": ("nango-scaffold add sync github labels",),
    "nango-scaffold new --set provider=hubspot --set sync_names=contacts --set action_names=create-contact --dry-run": (
        "nango-scaffold remove hubspot",
    ),
    "nango-scaffold adopt github": ("rm nango-integrations/github/.nango-scaffold.json",),
    "nango-scaffold update billing --take syncs/invoices.ts --dry-run": (
        "nango-scaffold adopt billing --provider stripe",
    ),
}
"""What a page takes for granted: commands that come before, unless the same block shows them."""

CODES = {"nango-scaffold doctor": (0, 1), "nango-scaffold doctor --project ../my-project --json": (0, 1)}
"""Exit codes other than 0: those of a machine that lacks something are nobody's fault."""

_ANSWERS = {
    "github.yml": "provider: github\nsync_names: [issues]\n",
    "hubspot.yml": "provider: hubspot\nsync_names: [users]\n",
    "answers/zendesk.yml": "provider: zendesk\nsync_names: [tickets]\n",
    "commits.yml": "models: { Commit: { id: string, message: string } }\nsyncs: [{ name: commits, model: Commit }]\n",
    "tickets.yml": "syncs: [{ name: tickets, runs: every day }]\n",
    "deals.json": '[{ "id": "1", "name": "Two hundred chairs" }]\n',
    "openapi.json": """
        { "openapi": "3.0.3", "servers": [{ "url": "https://api.github.com" }], "paths": { "/pulls": { "get": {
        "operationId": "pulls/list", "responses": { "200": { "content": { "application/json": { "schema": {
        "type": "array", "items": { "properties": { "id": { "type": "integer" } } } } } } } } } } } }
    """,
    "openapi.yaml": """
        openapi: 3.1.0
        servers: [{ url: https://api.github.com }]
        paths: { /users: { get: { operationId: listUsers, responses: { 200: { content: { application/json: { schema: {
            type: array, items: { properties: { id: { type: string }, profile: { properties: {
            email: { type: string } } } } } } } } } } } } }
    """,
}


def blocks(page: str) -> list[list[str]]:
    """The commands of a page, block by block."""
    text = PAGES[page].read_text("utf-8")
    by_position = [(match.start(), list(_typed(match[1], match[2]))) for match in _FENCED.finditer(text)]
    bare = _FENCED.sub(lambda match: re.sub(r"[^\n]", "-", match[0]), text)
    for match in _INDENTED.finditer(bare):
        lines = (_COMMENT.sub("", line.strip()) for line in match[1].splitlines())
        by_position.append((match.start(), [line for line in lines if line]))
    return [commands for _, commands in sorted(by_position) if commands]


def _typed(language: str, text: str) -> Iterator[str]:
    """The commands of one fenced block: at a prompt, in a list of commands, in the steps of a workflow."""
    if language in ("console", "text"):
        lines = [line[2:] for line in text.splitlines() if line.startswith("$ ")]
    elif language == "sh" and not text.startswith("#!"):  # a script is a file, and has a test of its own
        lines = text.splitlines()
    else:
        lines = _STEP.findall(text)
    yield from filter(None, (_COMMENT.sub("", line) for line in lines))


def inline(page: str) -> list[str]:
    """Our commands within sentences."""
    return [
        " ".join(command.split())
        for command in re.findall(r"`(nango-scaffold [^`]+)`", PAGES[page].read_text("utf-8"))
    ]


def _document() -> str:
    """The API document that docs/infer.md shows."""
    document = _DOCUMENT.search(PAGES["docs/infer.md"].read_text("utf-8"))
    assert document
    return document[1]


def lay_out(world: Path) -> None:
    """Write what the pages assume: answers files and a catalogue."""
    for folder in ("project", "my-project"):
        (world / folder / "answers").mkdir(parents=True)
        for name, text in {**_ANSWERS, "api.json": _document()}.items():
            (world / folder / name).write_text(text)
    (world / "nango").mkdir()
    (world / "nango/providers.yaml").write_text("acme: { display_name: Acme, auth_mode: API_KEY }\n")
    (world / "project/examples").mkdir()
    shutil.copy(ROOT / "examples/github.yml", world / "project/examples")
