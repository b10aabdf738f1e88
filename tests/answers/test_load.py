"""From text to typed answers: both forms, settings that override them, and defaults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from nango_scaffold.answers import load_answers, parse_text, with_settings
from nango_scaffold.answers.json_schema import json_schema
from nango_scaffold.errors import AnswersError

# Every key of the format, as its description shows it.
EVERYTHING = """
version: 1
provider: github
integration: github
models:
    GithubMetadata: { owner: string, repo: string }
    PullRequest: { id: number, title: string, body?: string, head: { ref: string, sha: string } }
syncs:
    - name: pull-requests
      model: PullRequest
      description: |
          Get all pull requests
          from a Github repository.
      runs: every hour
      sync_type: incremental
      pattern: paginated
      metadata: GithubMetadata
      scopes: [repo, 'repo:status']
      endpoint: { method: GET, path: /pull-requests, group: Pull Requests }
      request:
          path: /repos/${metadata.owner}/${metadata.repo}/pulls
          docs: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests
          params: { state: all, 'filter[a]': 1, $top: 2.5, deep: true }
          headers: { X-Api-Version: 2, Accept: 'application/json; q="1"' }
          paginate: { type: link, link_rel_in_response_header: next, limit: 100, limit_name_in_request: per_page }
          response_path: ''
          incremental: { field: updated_at }
          retries: 10
      mapping: { author: user.login }
actions:
    - name: create-pull-request
      input: CreatePullRequest
      output: PullRequest
      description: Create a new pull request
      endpoint: { method: POST, path: /pull-requests, group: Pull Requests }
      scopes: []
      request: { method: POST, path: '/repos/${input.owner}/pulls', data: [title, head], params: {}, retries: 3 }
      paginated: false
      from_sync: ''
responses:
    PullRequest: { body: string | null }
sync_names: users, teams
action_names: [list-users]
provider_facts: { docs: https://docs.github.com }
"""


def test_every_key_of_the_format_is_read() -> None:
    answers = load_answers(parse_text(EVERYTHING, "answers.yml"))
    sync, users, teams = answers.syncs
    assert (sync.model, sync.runs, sync.scopes) == ("PullRequest", "every hour", ("repo", "repo:status"))
    assert sync.request.params == {"state": "all", "filter[a]": 1, "$top": 2.5, "deep": True}
    assert sync.request.incremental is not None
    assert sync.request.incremental.field == "updated_at"
    assert (users.name, users.where, teams.name, teams.where) == ("users", "syncs[1]", "teams", "syncs[2]")
    action, listing = answers.actions
    assert action.request.data == ("title", "head")
    assert (action.paginated, action.from_sync) == (False, "")
    assert (listing.name, listing.where, listing.paginated) == ("list-users", "actions[1]", None)


def test_models_keep_their_order_and_data() -> None:
    answers = load_answers(parse_text(EVERYTHING, "answers.yml"))
    assert list(answers.models) == ["GithubMetadata", "PullRequest"]
    assert list(answers.models["PullRequest"]) == ["id", "title", "body?", "head"]


def test_the_schema_for_editors_accepts_what_the_loader_accepts() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(parse_text(EVERYTHING, "answers.yml"), schema)


CASES = sorted(Path(__file__).with_name("refused").glob("*.yml"))


def test_the_schema_refuses_nothing_that_the_loader_accepts() -> None:
    """What the loader lets pass in the cases (the derivation refuses it later) is fine by the schema as well."""
    validator = jsonschema.Draft202012Validator(json_schema())
    seen = 0
    for case in CASES:
        try:
            data = parse_text(case.read_text(encoding="utf-8"), case.name)
            load_answers(data)
        except AnswersError:
            continue
        seen += 1
        assert validator.is_valid(data), case.stem
    assert seen >= 30


def test_json_is_read_as_well() -> None:
    data = parse_text(json.dumps({"provider": "github", "sync_names": ["users"]}), "answers.json")
    assert load_answers(data).syncs[0].name == "users"


def test_an_empty_file_lacks_a_provider_and_a_name() -> None:
    with pytest.raises(AnswersError, match="missing"):
        load_answers(parse_text("# nothing yet\n", "answers.yml"))


def test_words_of_yaml_1_1_are_texts() -> None:
    data = parse_text("provider: github\nsync_names: [on, no, yes]\n", "answers.yml")
    assert [sync.name for sync in load_answers(data).syncs] == ["on", "no", "yes"]


def test_null_means_not_said() -> None:
    answers = load_answers(
        {"provider": "github", "integration": None, "syncs": None, "sync_names": ["users"]}
    )
    assert answers.integration == "github"


def test_the_answers_given_are_kept_as_they_were() -> None:
    data: dict[str, Any] = {"provider": "github", "sync_names": ["users"]}
    answers = load_answers(data)
    assert answers.raw == data
    data["sync_names"].append("later")
    assert answers.raw["sync_names"] == ["users"]


SETTINGS = [
    # settings, data they give
    (["provider=github"], {"provider": "github"}),
    (["sync_names=[users, teams]"], {"sync_names": ["users", "teams"]}),
    (["syncs[0].name=users", "syncs[0].runs=every day"], {"syncs": [{"name": "users", "runs": "every day"}]}),
    (["syncs[0].request.params.q=a=b"], {"syncs": [{"request": {"params": {"q": "a=b"}}}]}),
    (["a=1", "a=no"], {"a": "no"}),
    (["provider="], {"provider": None}),
]


@pytest.mark.parametrize(("settings", "expected"), SETTINGS)
def test_a_setting_goes_over_the_answers(settings: list[str], expected: dict[str, Any]) -> None:
    assert with_settings({}, settings) == expected


def test_settings_leave_the_given_data_alone() -> None:
    data: dict[str, Any] = {"syncs": [{"name": "users"}]}
    changed = with_settings(data, ["syncs[0].name=teams"])
    assert data == {"syncs": [{"name": "users"}]}
    assert changed == {"syncs": [{"name": "teams"}]}


BAD_SETTINGS = [
    *("provider", "=github", "", "syncs[3].name=a", "provider.x=1", "syncs.name=a", "a=[", "syncs[0]name=a"),
    *("[0]=a", "a..b=1", ".a=1", "a.=1"),
]


@pytest.mark.parametrize("setting", BAD_SETTINGS)
def test_a_setting_that_sets_nothing_is_refused(setting: str) -> None:
    with pytest.raises(AnswersError) as refusal:
        with_settings({"provider": "github", "syncs": [{"name": "a"}]}, [setting])
    assert refusal.value.where == "--set"
    assert refusal.value.fix


@pytest.mark.parametrize(
    "path",
    ["Driver's License", "Is active?", "Amount (USD)", "a-b", "@odata.type", "fields.Price: EUR"],
)
def test_a_property_may_be_called_anything_but_an_expression(path: str) -> None:
    answers = {"provider": "github", "syncs": [{"name": "users", "mapping": {"name": path}}]}
    assert load_answers(answers).syncs[0].mapping == {"name": path}


@pytest.mark.parametrize(
    "path",
    [
        'properties.email ?? ""',
        "a || b",
        "user?.login",
        "name.trim()",
        "a ? b : c",
        "String(id)",
        "`${a}`",
        "'open'",
        "!done",
        "a === b",
        "new Date(a)",
    ],
)
def test_an_expression_is_no_path(path: str) -> None:
    answers = {"provider": "github", "syncs": [{"name": "users", "mapping": {"name": path}}]}
    with pytest.raises(AnswersError, match=r"expression|cannot be used") as refusal:
        load_answers(answers)
    if "expression" in refusal.value.what:
        assert "otherwise" in refusal.value.what
