"""``adopt``: what it reads from nango.yaml and the scripts, and what it reports as not expressible."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.lifecycle.support import YAML, Project

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES = REPOSITORY / "examples"
MANIFEST = ".nango-scaffold.json"
WHOLE = ("1password-scim", "github", "hubspot", "pattern-from-sync", "zendesk")
WITH_PATTERNS = ("configuration", "extended", "paginated", "selection", "window")


def example(project: Project, name: str) -> str:
    """An example as if somebody else had written it; gives its provider."""
    shutil.copytree(EXAMPLES / name, project.path, dirs_exist_ok=True)
    (project.path / f"nango-integrations/{name}/{MANIFEST}").unlink()
    return str(yaml.safe_load((EXAMPLES / f"{name}.yml").read_text())["provider"])


def adopted(project: Project, name: str, *words: str) -> dict[str, Any]:
    result = project.run("adopt", name, "--json", *words)
    assert result.code == 0, result.err
    return dict(result.data)


def places(adoption: dict[str, Any]) -> list[str]:
    return [note["place"] for note in adoption["unexpressed"]]


def reasons(adoption: dict[str, Any]) -> str:
    return "\n".join(f"{note['place']}: {note['reason']}" for note in adoption["unexpressed"])


@pytest.mark.parametrize("name", WHOLE)
def test_what_we_wrote_is_described_to_the_last_byte(project: Project, tmp_path: Path, name: str) -> None:
    adoption = adopted(project, name, "--provider", example(project, name))
    assert adoption["unexpressed"] == []
    copy = Project(tmp_path / "again")
    copy.path.mkdir()
    answers = project.path / f"nango-integrations/{name}/.nango-scaffold-answers.yml"
    assert copy.run("new", "--answers", str(answers)).code == 0
    # The page tells where each value came from: nothing that an adopted integration states is a guess any more.
    left_out = (MANIFEST, "answers.yml", "README.md")
    ours = {path: data for path, data in copy.tree().items() if not path.endswith(left_out)}
    assert ours == {path: data for path, data in project.tree().items() if not path.endswith(left_out)}
    page = f"nango-integrations/{name}/README.md"
    before, after = (side.read(page).partition("## Where this comes from") for side in (project, copy))
    assert before[0] == after[0]


def test_raw_types_that_do_not_follow_from_the_models_are_named(project: Project) -> None:
    provider = example(project, "salesforce")
    folder = "nango-integrations/salesforce"
    types = project.path / folder / "types.ts"
    types.write_text(
        types.read_text("utf-8").replace("Industry: string | null;", "Industry: string | null | 7;"), "utf-8"
    )
    adoption = adopted(project, "salesforce", "--provider", provider)
    assert places(adoption) == [f"{folder}/types.ts"]


def test_raw_types_that_only_a_mapping_of_other_names_reads_follow(project: Project) -> None:
    adoption = adopted(project, "salesforce", "--provider", example(project, "salesforce"))
    assert places(adoption) == []


@pytest.mark.parametrize("pattern", WITH_PATTERNS)
def test_of_a_pattern_the_entries_are_described_and_the_loops_named(project: Project, pattern: str) -> None:
    name = f"pattern-{pattern}"
    adoption = adopted(project, name, "--provider", example(project, name))
    assert all(place.startswith(f"nango-integrations/{name}/") for place in places(adoption)), reasons(
        adoption
    )
    assert adoption["unexpressed"], "the script is more than the answers say"


def test_only_the_answers_file_is_written(project: Project) -> None:
    example(project, "github")
    before = project.tree()
    file = adopted(project, "github")["file"]
    after = project.tree()
    assert after.pop(file) is not None
    assert after == before


def test_a_dry_run_shows_the_file_and_writes_nothing(project: Project) -> None:
    example(project, "github")
    before = project.tree()
    result = project.run("adopt", "github", "--dry-run")
    assert "+provider: github" in result.out
    assert "The answers describe github completely." in result.out
    assert project.tree() == before


# --- written by hand, in several styles ---------------------------------------------------------------------


def by_hand(project: Project, entry: str, models: str = "", **scripts: str) -> None:
    """An integration called acme, with its files: ``syncs__users`` is syncs/users.ts."""
    lines = "".join(f"        {line}\n" for line in entry.strip("\n").split("\n"))
    project.write(
        YAML, f"integrations:\n    acme:\n{lines}models:\n{models or '    Unused: { id: string }'}\n"
    )
    for name, text in scripts.items():
        project.write(f"nango-integrations/acme/{name.replace('__', '/').replace('_', '-')}.ts", text)


ACME = ("--provider", "acme", "--base-url", "https://api.acme.test/v2")


def test_the_hand_written_fixture(project: Project) -> None:
    shutil.copytree(REPOSITORY / "tests/toolchain/fixtures/hand", project.path, dirs_exist_ok=True)
    adoption = adopted(project, "github")
    sync = adoption["answers"]["syncs"][0]
    assert sync["request"] == {
        "path": "/repos/${metadata.owner}/${metadata.repo}/pulls",
        "docs": "https://docs.github.com/en/rest/pulls/pulls#list-pull-requests",
        "params": {"state": "all", "sort": "updated", "direction": "desc"},
        "incremental": {"field": "updated_at"},
    }
    assert sync["mapping"] == {"author": "user.login", "updatedAt": "updated_at"}
    assert adoption["answers"]["actions"][0]["request"]["path"] == "/repos/${input.owner}/${input.repo}/pulls"
    assert places(adoption) == [
        "nango-integrations/github/syncs/pull-requests.ts:21",
        "nango-integrations/github/actions/create-pull-request.ts",
        "nango-integrations/github/mappers/to-pull-request.ts",
        "nango-integrations/github/types.ts",
    ]


def test_endpoints_as_texts_and_a_configuration_in_the_call(project: Project) -> None:
    by_hand(
        project,
        """
syncs:
    users:
        runs: every day
        output: User
        endpoint: GET /users
        sync_type: full
        track_deletes: true
        scopes: users:read
        description: |
            All the users.
""",
        "    User: { id: string, name: string }",
        syncs__users="""
export default async function fetchData(nango: NangoSync) {
    for await (const users of nango.paginate({
        endpoint: 'users?active=true', // https://acme.test/docs/users
        headers: { 'X-Version': '2' },
        paginate: { type: 'cursor', cursor_path_in_response: 'meta.next', cursor_name_in_request: 'after',
            response_path: 'data.users' },
        retries: 5
    })) {
        await nango.batchSave<User>(users.map(toUser), 'User');
    }
}
""",
    )
    adoption = adopted(project, "acme", *ACME)
    assert adoption["answers"]["syncs"] == [
        {
            "name": "users",
            "description": "All the users.\n",
            "runs": "every day",
            "scopes": ["users:read"],
            "request": {
                "path": "/users",
                "docs": "https://acme.test/docs/users",
                "params": {"active": "true"},
                "headers": {"X-Version": "2"},
                "paginate": {
                    "type": "cursor",
                    "cursor_path_in_response": "meta.next",
                    "cursor_name_in_request": "after",
                },
                "response_path": "data.users",
                "retries": 5,
            },
        }
    ]
    assert "users.endpoint: [{'method': 'GET', 'path': '/users'}]" in reasons(adoption), "it has no group"


def test_paths_of_models_and_names_of_another_case(project: Project) -> None:
    by_hand(
        project,
        """
syncs:
    users:
        runs: every hour
        output: User
        endpoint: /acme/users/{User:id}
    fetchTeams:
        runs: every hour
        output: Team
        endpoint: /teams
actions:
    ping:
        input: any
        endpoint: { method: POST, path: /ping, group: Ping }
""",
        "    User: { id: string }\n    Team: { id: string, users: 'User[]' }",
        syncs__users="export default async function fetchData(nango) { }",
    )
    adoption = adopted(project, "acme", *ACME)
    assert [sync["name"] for sync in adoption["answers"]["syncs"]] == ["users"]
    assert "acme.syncs.fetchTeams: 'fetchTeams' cannot be used" in reasons(adoption)
    assert "users: endpoint.path: '/acme/users/{User:id}' cannot be used" in reasons(adoption)
    assert "acme.actions.ping.input: any" in reasons(adoption)
    assert "syncs/users.ts: it makes no request that can be read" in reasons(adoption)
    assert "actions/ping.ts: there is no such file" in reasons(adoption)


def test_loops_of_its_own_are_named_with_their_lines(project: Project) -> None:
    by_hand(
        project,
        """
syncs:
    users:
        runs: every hour
        output: User
        endpoint: { method: GET, path: /users, group: Users }
""",
        "    User: { id: string }",
        syncs__users="""
export default async function fetchData(nango: NangoSync): Promise<void> {
    let page = 1;
    while (true) {
        const res = await nango.get({ endpoint: `/users`, params: { page, per_page: '100' }, retries: 10 });
        // while (false) { nango.post({}) }
        await nango.batchSave(res.data.users.map((user: any) => ({ id: user.id })), 'User');
        if (!res.data.more) break;
        page++;
    }
    await nango.setMetadata({ page });
}
""",
    )
    adoption = adopted(project, "acme", *ACME)
    assert adoption["answers"]["syncs"][0]["request"] == {"path": "/users", "params": {"per_page": "100"}}
    script = "nango-integrations/acme/syncs/users.ts"
    assert {f"{script}:5: params.page is computed", f"{script}:4: a loop of its own"} <= set(
        reasons(adoption).split("\n")
    )
    assert f"{script}:11: it uses nango.setMetadata" in reasons(adoption)


def test_inputs_under_other_names(project: Project) -> None:
    entry = """
actions:
    update-user:
        input: UpdateUser
        output: User
        endpoint: { method: PATCH, path: /users, group: Users }
    find-user:
        input: UserId
        output: User
        endpoint: { method: GET, path: /user, group: Users }
    notify:
        input: Note
        endpoint: { method: POST, path: /notes, group: Notes }
"""
    models = (
        "    User: { id: string, name: string }\n    UserId: { id: string }\n"
        "    UpdateUser: { __extends: UserId, name: string, team: string }\n    Note: { text: string, to: string }"
    )
    by_hand(
        project,
        entry,
        models,
        actions__update_user="""
export default async function runAction(nango: NangoAction, given: UpdateUser): Promise<User> {
    const parsed = schema.safeParse(given);
    if (!parsed.success) { throw new nango.ActionError({ message: 'no' }); }
    const { id, ...rest } = parsed.data;
    const config: ProxyConfiguration = { endpoint: `/teams/${parsed.data.team}/users/${encodeURIComponent(id)}`, data: rest };
    const res = await nango.patch(config);
    return toUser(res.data.user);
}
""",
        actions__find_user="""
export default async function runAction(nango: NangoAction, input: UserId): Promise<User> {
    const response = await nango.proxy<{ a: Array<string> }>({ method: 'GET', endpoint: '/users/' + input.id });
    return response.data;
}
""",
        actions__notify="""
export default async function runAction(nango: NangoAction, input: Note): Promise<void> {
    await nango.post({ endpoint: '/notes', data: { body: input.text, ...(input.to && { recipient: input.to }) }, retries: 2 });
}
""",
    )
    adoption = adopted(project, "acme", *ACME)
    update, find, notify = adoption["answers"]["actions"]
    assert update["request"] == {"path": "/teams/${input.team}/users/${input.id}", "response_path": "user"}
    assert adoption["answers"]["models"]["UpdateUser"]["__extends"] == "UserId"
    assert "path" not in find.get("request", {})
    assert "find-user.ts:3: the endpoint is put together" in reasons(adoption)
    assert notify["output"] == "none"
    assert notify["request"] == {"path": "/notes", "data": {"body": "text", "recipient": "to"}, "retries": 2}


def test_several_outputs_events_and_what_has_no_word(project: Project) -> None:
    by_hand(
        project,
        """
syncs:
    everything:
        runs: every 30 min
        sync_type: INCREMENTAL
        auto_start: false
        output: [User, Team]
        endpoint:
            - { method: GET, path: /users, group: People }
            - { method: GET, path: /teams, group: People }
        webhook-subscriptions: [user.created]
        track_deletes: true
on-events:
    post-connection-creation: [set-up]
    pre-connection-deletion: [tidyUp]
""",
        "    User: { id: string }\n    Team: { id: string }",
        syncs__everything="""
export default async function fetchData(nango: NangoSync): Promise<void> {
    const since = nango.lastSyncDate?.toISOString();
    const users = { endpoint: '/users', params: { ...(nango.lastSyncDate ? { since: nango.lastSyncDate.toISOString() } : {}) } };
    for await (const page of nango.paginate(users)) { await nango.batchSave(page, 'User'); }
    for await (const page of nango.paginate({ endpoint: '/teams' })) { await nango.batchSave(page, 'Team'); }
}
""",
    )
    adoption = adopted(project, "acme", *ACME)
    sync = adoption["answers"]["syncs"][0]
    assert sync["models"] == ["User", "Team"]
    assert sync["request"] == {"path": "/users", "incremental": {"param": "since"}}
    assert sync["requests"]["Team"]["path"] == "/teams"
    assert sync["runs"] == "every 30 min"
    assert sync["auto_start"] is False
    assert "everything.track_deletes: True" in reasons(adoption)
    assert adoption["answers"]["on_events"] == {"post-connection-creation": ["set-up"]}
    assert "on_events.pre-connection-deletion[0]: 'tidyUp' cannot be used" in reasons(adoption)


def test_models_that_no_answer_can_hold_stay_where_they_are(project: Project) -> None:
    by_hand(
        project,
        """
syncs:
    users:
        runs: every hour
        output: User
        endpoint: { method: GET, path: /users, group: Users }
""",
        "    User: { id: string, when: Date, odd: unknown }\n    Other: { id: string }",
        syncs__users="export default async function fetchData(nango) { await nango.get({ endpoint: '/users' }); }",
    )
    adoption = adopted(project, "acme", *ACME)
    assert "models" not in adoption["answers"]
    assert "models.User: " in reasons(adoption)
    assert "it is used as it is" in reasons(adoption)


# --- hostile -------------------------------------------------------------------------------------------------


HOSTILE = (
    "",
    "`" * 5,
    "`${`${`${",
    "nango.get({ endpoint: `/a/${nango.get({endpoint: '/b'})}` })",
    "nango.get(" + "[" * 3000,
    "nango.get({ endpoint: " + "{ a: " * 3000,
    "nango.get({ ...{}, ['x']: 1, async f() {}, get y() { return 1 }, 'endpoint': '\\u{110000}\\ud800/x' })",
    "const c = c; nango.get(c)",
    "const { data: { a } } = await nango.zodValidateInput(; nango.paginate<",
    "/* unclosed nango.get({ endpoint: '/x' })",
    "nango.get({ endpoint: '/../../etc/passwd', retries: 1e999, params: { 'a\\nb': 'x\\0y' } })",
    "nango.get({ endpoint: '/x', // https://evil.test/*/ `\n headers: { 'a b': 'c\\r\\nd' } })",
    "\0\ufeff\u2028nango.get({ endpoint: '/\u202e' })",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_script_breaks_it(project: Project, text: str) -> None:
    entry = "syncs:\n    users:\n        runs: every hour\n        output: User\n        description: 'a: # ''b'''"
    by_hand(project, entry, "    User: { id: string }", syncs__users=text)
    before = project.tree()
    adoption = adopted(project, "acme", *ACME)
    assert adoption["answers"]["syncs"][0]["name"] == "users"
    assert (
        project.run("new", "--answers", str(project.path / adoption["file"])).code == 0
    ), "they load and derive"
    after = project.tree()
    assert after.pop(adoption["file"]) is not None
    assert after == before, "what is adopted is there already"


# --- refusals ------------------------------------------------------------------------------------------------


def test_a_misspelled_name(project: Project) -> None:
    example(project, "github")
    result = project.run("adopt", "gihtub")
    assert (result.code, "did you mean github?" in result.err) == (3, True)


def test_what_we_wrote_needs_no_adoption(project: Project) -> None:
    project.run("new", "--set", "provider=hubspot", "--set", "sync_names=users")
    before = project.tree()
    result = project.run("adopt", "hubspot")
    assert (result.code, "its answers are kept already" in result.err) == (3, True)
    assert project.tree() == before
    assert project.run("adopt", "hubspot", "--output", "-").out.split("\n")[2] == "provider: hubspot"


def test_what_copier_wrote_needs_none_either(project: Project) -> None:
    example(project, "github")
    project.write("nango-integrations/github/.copier-answers.yml", "provider: github\n")
    result = project.run("adopt", "github")
    assert (result.code, "was written by Copier" in result.err) == (3, True)


def test_a_provider_that_the_name_does_not_tell(project: Project) -> None:
    example(project, "github")
    project.edit(YAML, "    github:", "    our-code:")
    (project.path / "nango-integrations/github").rename(project.path / "nango-integrations/our-code")
    result = project.run("adopt", "our-code")
    assert (result.code, "--provider" in result.err) == (2, True)
    assert adopted(project, "our-code", "--provider", "github")["answers"]["integration"] == "our-code"


def test_a_name_that_begins_with_the_provider(project: Project) -> None:
    example(project, "github")
    project.edit(YAML, "    github:", "    github-app-eu:")
    (project.path / "nango-integrations/github").rename(project.path / "nango-integrations/github-app-eu")
    assert adopted(project, "github-app-eu", "--dry-run")["provider"] in ("github", "github-app")


def test_the_old_form_is_refused_with_what_to_do(project: Project) -> None:
    project.write(
        YAML,
        "integrations:\n    acme:\n        users: { runs: every hour, returns: User }\nmodels:\n    User: {}\n",
    )
    result = project.run("adopt", "acme", *ACME)
    assert (result.code, "old (v1) form" in result.err) == (3, True)


def test_answers_into_a_file_of_ones_own(project: Project, tmp_path: Path) -> None:
    example(project, "github")
    before = project.tree()
    file = tmp_path / "github.yml"
    assert project.run("adopt", "github", "--output", str(file)).code == 0
    assert project.tree() == before
    assert "provider: github" in file.read_text()
    file.write_text("mine")
    assert project.run("adopt", "github", "--output", str(file)).code == 3
    assert file.read_text() == "mine"


def test_json_holds_the_answers_as_the_format_has_them(project: Project) -> None:
    example(project, "github")
    adoption = adopted(project, "github", "--output", "-")
    assert adoption["file"] is None
    answers = project.path.with_name("answers.json")
    answers.write_text(json.dumps(adoption["answers"]))
    assert project.run("new", "--answers", str(answers), "--dry-run").code == 0


def test_a_name_that_leads_out_of_the_project_is_refused(project: Project) -> None:
    project.write(
        YAML, "integrations:\n    ../evil:\n        syncs: { a: { runs: every day } }\nmodels: {}\n"
    )
    before = project.tree()
    result = project.run("adopt", "../evil", *ACME)
    assert (result.code, "cannot be the name of a folder" in result.err) == (3, True)
    assert project.tree() == before


SYNC_ENTRY = """
syncs:
    users:
        runs: every hour
        description: Everybody who ever was here.
        sync_type: full
{more}        scopes: []
        output: User
        endpoint: {{ method: GET, path: /users, group: Users }}
"""
KEEPS = "export default async function fetchData(nango) { await nango.get({ endpoint: '/users' }); }"


@pytest.mark.parametrize("more", ["", "        track_deletes: false\n"])
def test_a_full_sync_that_keeps_what_is_gone_says_so_and_check_believes_it(
    project: Project, more: str
) -> None:
    by_hand(project, SYNC_ENTRY.format(more=more), "    User: { id: string }", syncs__users=KEEPS)
    assert "Y01" in project.run("check").out
    assert adopted(project, "acme", *ACME)["answers"]["syncs"][0]["track_deletes"] is False
    assert "Y01" not in project.run("check").out


def test_a_sync_that_starts_by_itself_though_it_takes_metadata(project: Project) -> None:
    entry = SYNC_ENTRY.format(more="        track_deletes: true\n        input: Wishes\n")
    by_hand(project, entry, "    User: { id: string }\n    Wishes: { region?: string }", syncs__users=KEEPS)
    sync = adopted(project, "acme", *ACME)["answers"]["syncs"][0]
    assert "track_deletes" not in sync
    assert sync["auto_start"] is True
