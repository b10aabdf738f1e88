"""Several integrations in one run: the same result as one run after the other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nango_scaffold.answers import load_answers
from nango_scaffold.errors import ScaffoldError
from nango_scaffold.manifest import NAME, digest
from nango_scaffold.operations import Job, scaffold
from nango_scaffold.providers import find

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Files = dict[str, "bytes | None"]

ROOT = "nango-integrations"
SCHEMA = f"{ROOT}/schema.zod.ts"
SETTINGS: list[dict[str, Any]] = [
    {"sync_names": ["users"]},
    {"sync_names": ["users"], "action_names": ["create-user", "list-users"]},
    {
        "action_names": ["get-team"],
        "models": {"Team": {"id": "string", "lead": "User"}, "User": {"id": "number"}},
    },
    {"sync_names": ["teams"], "models": {"Team": {"id": "string", "kind": "open | closed"}}},
    {
        "syncs": [{"name": "issues", "model": "Issue"}],
        "models": {"Issue": {"id": "string", "by": "Person | null"}},
    },
]

answers = st.lists(
    st.builds(
        lambda provider, script_settings: {"provider": provider, **script_settings},
        st.sampled_from(["github", "hubspot", "slack", "notion", "asana", "jira"]),
        st.sampled_from(SETTINGS),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda job_answers: str(job_answers["provider"]),
)


def run(project: Files, batch: Sequence[Mapping[str, Any]], **options: Any) -> Files:
    """The project after one run; as it was when the run is refused."""
    jobs = [
        Job(job_answers, find(job_answers.provider))
        for job_answers in (load_answers(dict(data)) for data in batch)
    ]
    try:
        outcome = scaffold(jobs, lambda paths: {path: project.get(path) for path in paths}, **options)
    except ScaffoldError:
        return project
    return {**project, **{change.path: change.after for change in outcome.plan.changes}}


def without_digests(project: Files) -> dict[str, Any]:
    """The project without what its manifests say of schema.zod.ts: each run notes the file as it left it."""
    return {path: manifests(data) if path.endswith(NAME) else data for path, data in project.items()}


def manifests(data: bytes | None) -> Any:
    return {**json.loads(data or b"{}"), "schema": ""}


def one_by_one(project: Files, batch: Sequence[Mapping[str, Any]]) -> Files:
    for job_answers in batch:
        before, project = project, run(project, [job_answers])
        if project is before:
            return before
    return project


@settings(max_examples=40, deadline=None)
@given(answers, answers)
def test_a_batch_gives_what_one_run_after_the_other_gives(
    first: list[dict[str, Any]], second: list[dict[str, Any]]
) -> None:
    existing = one_by_one({}, first)
    batch = run(existing, second, prune=True)
    singly = existing
    for job_answers in second:
        singly = run(singly, [job_answers], prune=True)
    if batch is not existing:  # a batch that is refused changes nothing at all
        assert without_digests(batch) == without_digests(singly)


@settings(max_examples=10, deadline=None)
@given(answers)
def test_a_batch_that_is_run_again_changes_nothing(batch: list[dict[str, Any]]) -> None:
    existing = run({}, batch)
    assert run(existing, batch) == existing


def test_all_that_changed_the_schemas_note_the_file_as_the_batch_left_it() -> None:
    project = run({}, [{"provider": "github", **SETTINGS[0]}, {"provider": "slack", **SETTINGS[4]}])
    left = digest((project[SCHEMA] or b"").decode())
    for name in ("github", "slack"):
        assert json.loads(project[f"{ROOT}/{name}/{NAME}"] or b"")["schema"] == left


def test_one_that_changes_no_schema_keeps_its_manifest_in_a_batch() -> None:
    github = {"provider": "github", **SETTINGS[0]}
    existing = run({}, [github])
    after = run(existing, [github, {"provider": "slack", **SETTINGS[4]}])
    path = f"{ROOT}/github/{NAME}"
    assert after[SCHEMA] != existing[SCHEMA]
    assert after[path] == existing[path]


def test_each_job_is_told_when_it_begins() -> None:
    integrations: list[str] = []
    run(
        {},
        [{"provider": "github", **SETTINGS[0]}, {"provider": "slack", **SETTINGS[0]}],
        begin=lambda job: integrations.append(job.answers.integration),
    )
    assert integrations == ["github", "slack"]


def test_no_jobs_change_nothing() -> None:
    assert run({}, []) == {}


def test_two_answers_for_one_integration_are_refused() -> None:
    jobs = [
        Job(job_answers, find("github"))
        for job_answers in [load_answers({"provider": "github", **SETTINGS[0]})] * 2
    ]
    with pytest.raises(ScaffoldError, match="two of the answers are for github"):
        scaffold(jobs, dict.fromkeys)
