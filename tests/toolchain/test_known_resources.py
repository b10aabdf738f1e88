"""The catalogue of known resources: from names alone, code that compiles, lints, and saves what the API's pages hold.

The pages are made from what the catalogue says of an API: the place of the records, their fields, how it pages. What the
script sends is therefore proven, and that it reads what the documentation says; not that the documentation is right.
"""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.answers.resource_format import OPERATIONS
from nango_scaffold.derive.mapping.field_source import parse_raw_path
from nango_scaffold.known_resources import with_known_resources
from nango_scaffold.naming.words import singular
from nango_scaffold.operations import Job
from nango_scaffold.providers import find
from nango_scaffold.providers.known_resources import known_providers, known_resources
from nango_scaffold.spec.paths import steps_of

from .support import lint, nango
from .support.dryrun import dryrun
from .support.fake_api import FakeNango
from .support.project import INTEGRATIONS, Version, node_modules, prepare, run_node
from .support.scaffolded import TOOLCHAIN, tree_of
from .support.third_party import Json, Reply, Request, Route
from .support.tool_host import run_tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

pytestmark = pytest.mark.toolchain

PROVIDERS = ("google-mail", "jira", "microsoft-teams", "notion", "resend", "slack")
"""Most kinds of paging, with look-ups, details and mappings; all of them are looked at every night."""

SUPPORT = Path(__file__).parent / "support"
CHANGES = {"incremental", "since"}
"""Where a list says how it is limited to what changed."""
TYPECHECK, BUNDLE = SUPPORT / "typecheck.mjs", SUPPORT / "bundle.mjs"
TOGETHER = 20  # integrations in one project
LONGEST = 1800  # seconds for a CLI to compile them


def named(provider: str) -> Job:
    """An integration of every known resource of a provider, described by names alone; by changes where they are known."""
    facts = find(provider, project=TOOLCHAIN)
    resources = known_resources(facts)
    actions = [
        f"{operation}-{name if operation == 'list' else singular(name)}"
        for name, resource in resources.items()
        for operation in OPERATIONS
        if operation in resource and "detail" not in resource[operation]
    ]
    syncs = [
        {"name": sync_name(name), "sync_type": "incremental" if CHANGES & set(resource["list"]) else "full"}
        for name, resource in resources.items()
        if "list" in resource
    ]
    named_actions = [{"name": name} for name in actions]
    answers = load_answers({"provider": provider, "syncs": syncs, "actions": named_actions})
    return Job(answers, with_known_resources(facts, answers))


def sync_name(resource: str) -> str:
    # A sync called models would be a file that the CLI leaves out.
    return f"fetch-{resource}"


def put(root: Json, path: Sequence[str | int], value: Json) -> Json:
    """A copy of some data with a value at a path; what is missing on the way is made."""
    if not path:
        return value
    step, *rest = path
    if isinstance(step, int):
        items = list(root or [])
        items += [{}] * (step + 1 - len(items))
        items[step] = put(items[step], rest, value)
        return items
    return {**(root or {}), step: put((root or {}).get(step), rest, value)}


def value_of(type_: Any, number: int) -> Json:
    """A value of a type in the model language."""
    if isinstance(type_, dict):
        return {key.removesuffix("?"): value_of(inner_type, number) for key, inner_type in type_.items()}
    if isinstance(type_, list):
        return [value_of(type_[0], number)]
    word = str(type_).split("|")[0].strip()
    if word.endswith("[]"):
        return [value_of(word.removesuffix("[]"), number)]
    return {"string": f"text {number}", "number": number, "boolean": True}.get(word, word)


def record(resource: Mapping[str, Any], number: int, *, whole: bool) -> tuple[Json, Json]:
    """A record as the API sends it, and as it is saved; one that is not whole lacks what is optional."""
    raw: Json = {}
    saved: dict[str, Json] = {}
    for key, type_ in resource["model"].items():
        name = key.removesuffix("?")
        path = parse_raw_path((resource.get("mapping") or {}).get(name, name))
        if key.endswith("?") and not whole:
            raw = put(raw, path, None)
            continue
        saved[name] = number if name == "id" and type_ == "number" else value_of(type_, number)
        raw = put(raw, path, saved[name])
    return raw, saved


def page_parameters(request: Request) -> Mapping[str, Any]:
    """The parameters that select a page: the query, the body of a POST, the variables of a GraphQL query."""
    if request.method == "GET":
        return request.query
    return request.body.get("variables", request.body) if isinstance(request.body, dict) else {}


class Collection:
    """A list of an API in two pages, the first one full."""

    def __init__(self, resource: Mapping[str, Any]) -> None:
        self.request = resource["list"]
        self.paging = self.request["paginate"]
        self.size = self.paging.get("limit", 2)
        count = self.size + 1 if self.paging["type"] != "none" else 2
        self.records = [record(resource, number, whole=number < count) for number in range(1, count + 1)]
        self.has_detail = "detail" in self.request
        self.mapping = resource.get("mapping") or {}

    def raw(self) -> list[Json]:
        if self.has_detail:
            return [{"id": raw["id"]} for raw, _ in self.records]
        return [raw for raw, _ in self.records]

    def answer(self, request: Request) -> Reply:
        """A page, and how the next one is asked for."""
        start = self.start(page_parameters(request))
        size = len(self.records) if self.paging["type"] == "none" else self.size
        page = self.raw()[start : start + size]
        is_last = start + size >= len(self.records)
        body = put({}, self.place(self.request["response_path"]), page)
        for path, value in self.signs(request, is_last=is_last).items():
            body = put(body, self.place(path), value)
        headers = {"Link": f'<{self.link(request)}>; rel="next"'} if self.in_header and not is_last else {}
        return Reply(body, headers=headers)

    def place(self, path: str) -> tuple[str, ...]:
        return ("data", *steps_of(path)) if "graphql" in self.request else steps_of(path)

    @property
    def in_header(self) -> bool:
        return "link_rel_in_response_header" in self.paging

    def link(self, request: Request) -> str:
        return f"https://api.third-party.test{request.path}?second_page=1"

    def start(self, query: Mapping[str, str]) -> int:
        """The index of the first record of a page."""
        kind = self.paging["type"]
        if kind == "link":
            return self.size if "second_page" in query else 0
        if kind == "last_id":
            ids = [str(saved["id"]) for _, saved in self.records]
            last = query.get(self.paging["cursor_name_in_request"])
            return ids.index(last) + 1 if last else 0
        if kind in ("cursor", "graphql"):
            cursor = query.get(self.paging.get("cursor_name_in_request", "after"))
            assert cursor in (None, self.cursor), cursor
            return self.size if cursor else 0
        if kind == "none":
            return 0
        sent = int(query[self.paging["offset_name_in_request"]])
        behind = sent - self.paging.get("offset_start_value", 0)
        return behind * self.size if self.paging.get("offset_calculation_method") == "per-page" else behind

    cursor = "second page"

    def signs(self, request: Request, *, is_last: bool) -> dict[str, Json]:
        """The fields of a body about further pages, by path."""
        paging = self.paging
        if paging["type"] == "graphql":
            info = f"{self.request['response_path'].rpartition('.')[0]}.pageInfo"
            return {f"{info}.hasNextPage": not is_last, f"{info}.endCursor": self.cursor}
        pages = -(-len(self.records) // self.size)
        total = pages if paging.get("total_unit") == "pages" else len(self.records)
        known = {
            "cursor_path_in_response": None if is_last else self.cursor,
            "link_path_in_response_body": None if is_last else self.link(request),
            "more_path": not is_last,
            "last_path": is_last,
            "total_path": total,
        }
        return {paging[key]: value for key, value in known.items() if key in paging}


def filled(path: str) -> str:
    """A path of the catalogue as it is sent."""
    return re.sub(r"\$\{\w+\.(\w+)\}", r"the-\1", path)


def routes(resource: Mapping[str, Any], collection: Collection) -> Iterator[Route]:
    for lookup in resource.get("lookups") or ():
        *place, last = (int(step) if step.isdigit() else step for step in lookup["pick"].split("."))
        yield Route("GET", lookup["path"], Reply(put(None, [*place, last], f"the-{lookup['name']}")))
    request = resource["list"]
    method = "POST" if "graphql" in request else request.get("method", "GET")
    yield Route(method, filled(request["path"]), collection.answer)
    if "detail" in request:
        pattern = re.escape(request["detail"]["path"]).replace(r"\$\{record\.id\}", "(.*)")
        yield Route("GET", re.compile(pattern), partial(_details, re.compile(pattern), collection))


def _details(pattern: re.Pattern[str], collection: Collection, request: Request) -> Reply:
    match = pattern.fullmatch(request.path)
    id_ = match[1] if match else ""
    return Reply(next(raw for raw, saved in collection.records if str(saved["id"]) == id_))


def reads_two_pages(project: Path, provider: str, name: str, resource: Mapping[str, Any]) -> None:
    """Dry-run the sync of a resource, and see that it has read and saved all there is."""
    collection = Collection(resource)
    metadata = {
        key.removesuffix("?"): f"the-{key.removesuffix('?')}" for key in resource.get("metadata") or ()
    }
    with FakeNango(list(routes(resource, collection)), provider=provider, metadata=metadata) as server:
        run = dryrun(project, "0.69", sync_name(name), server, integration=provider, compiled=True)
    assert run.error is None, (provider, name, run.error)
    (saved,) = run.saved.values()
    assert [dict(record) for record in saved] == [saved for _, saved in collection.records], (provider, name)


def look_at(providers: Sequence[str], root: Path) -> None:
    """Check the types of these integrations in one project and lint them, and dry-run each of their syncs."""
    jobs = [named(provider) for provider in providers]
    project = prepare(tree_of(jobs), "0.69", root / "project")
    modules = node_modules()
    (root / "node_modules").symlink_to(modules, target_is_directory=True)
    assert nango.generate(project, "0.69").problems == ()
    result = run_tool("0.69", TYPECHECK, [modules / "nango", root], project)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout.splitlines()[-1]) == []
    result = run_node([BUNDLE, modules, project / INTEGRATIONS], project)
    assert result.exit_code == 0, result.output
    lints_and_reads(jobs, project)


def lints_and_reads(jobs: Sequence[Job], project: Path) -> None:
    """Lint a project that has been built, and dry-run each of its syncs over two pages."""
    assert [
        f"{finding.path}:{finding.line} {finding.rule} {finding.message}" for finding in lint.eslint(project)
    ] == []
    for job in jobs:
        for name, resource in job.facts.resources.items():
            if "list" in resource:
                reads_two_pages(project, job.answers.provider, name, resource)


def test_some_of_every_kind_compile_lint_and_read_two_pages(tmp_path: Path) -> None:
    look_at(PROVIDERS, tmp_path)


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(0, len(known_providers()), TOGETHER))
def test_every_provider_compiles_lints_and_reads_two_pages(
    first: int, version: Version, tmp_path: Path
) -> None:
    """By the CLIs themselves: each compiles all scripts of all providers; the newer one also runs the syncs."""
    jobs = [named(provider) for provider in known_providers()[first : first + TOGETHER]]
    project = prepare(tree_of(jobs), version, tmp_path / "project")
    built = nango.build(project, version, timeout=LONGEST)
    assert built.complete, (built.problems, built.output)
    if version == "0.69":
        lints_and_reads(jobs, project)


def test_there_are_enough() -> None:
    assert len(known_providers()) >= 60
