"""``update`` of integrations that were written by us: rendered anew by this version, from their manifests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.lifecycle.support import YAML, Project, changed, prepared

from nango_scaffold import __version__

HAND = Path(__file__).resolve().parents[2] / "tests/toolchain/fixtures/hand"
SYNCS = {name: f"nango-integrations/{name}/syncs/users.ts" for name in ("hubspot", "zendesk")}
MANIFESTS = {name: f"nango-integrations/{name}/.nango-scaffold.json" for name in SYNCS}


@pytest.fixture
def old(project: Project) -> Project:
    """HubSpot and Zendesk as an older version wrote them: with another number of retries, run at other times."""
    return prepared(project, _pretend_old)


def _pretend_old(project: Project) -> None:
    for name in SYNCS:
        project.new({"provider": name, "sync_names": ["users"]})
        project.edit(SYNCS[name], "retries: 10", "retries: 9")
        project.pretend_written(MANIFESTS[name], "retries: 10", "retries: 9")
        project.edit(MANIFESTS[name], f'"generator": "{__version__}"', '"generator": "0.0.9"')
        project.pretend_written(MANIFESTS[name], "every hour", "every day")
    project.edit(YAML, "runs: every hour", "runs: every day")


def row(out: str, integration: str) -> list[str]:
    return next(line.split() for line in out.splitlines() if line.startswith(integration))


def test_all_of_them_in_one_run_with_a_line_each(old: Project) -> None:
    result = old.run("update")
    assert result.code == 0, result.out + result.err
    assert all("retries: 10" in old.read(path) for path in SYNCS.values())
    assert old.read(YAML).count("runs: every hour") == 2
    assert row(result.out, "integration") == [
        "integration",
        "from",
        "to",
        "changed",
        "merged",
        "conflicts",
        "kept",
    ]
    assert row(result.out, "hubspot") == ["hubspot", "0.0.9", __version__, "2", "0", "0", "0"]
    second = old.run("update")
    assert "Nothing to do" in second.out
    assert row(second.out, "hubspot") == ["hubspot", __version__, __version__, "0", "0", "0", "0"]


def test_only_those_that_were_named(old: Project) -> None:
    before = old.tree()
    assert old.run("update zendesk").code == 0
    assert changed(before, old.tree()) == {SYNCS["zendesk"], MANIFESTS["zendesk"], YAML}


def test_edits_are_merged_and_conflicts_marked_and_counted(old: Project) -> None:
    old.edit(SYNCS["hubspot"], "await nango.batchSave", "// mine\n        await nango.batchSave")
    old.edit(SYNCS["zendesk"], "retries: 9", "retries: 12")
    result = old.run("update")
    assert result.code == 1
    assert row(result.out, "hubspot")[-3:] == ["1", "0", "0"]
    assert row(result.out, "zendesk")[-3:] == ["0", "1", "0"]
    assert "// mine\n" in old.read(SYNCS["hubspot"])
    assert "retries: 10" in old.read(SYNCS["hubspot"])
    assert "<<<<<<< yours\n" in old.read(SYNCS["zendesk"])
    assert old.run("update").code == 1, "as long as the conflict is open"


def test_a_value_of_the_users_in_nango_yaml_stays_and_is_told(old: Project) -> None:
    old.edit(YAML, "runs: every day", "runs: every 5 hours")
    result = old.run("update")
    assert result.code == 1
    assert "runs: every 5 hours" in old.read(YAML)
    assert "'every 5 hours', though it would now be 'every hour'" in result.out


def test_a_dry_run_shows_it_and_writes_nothing(old: Project) -> None:
    before = old.tree()
    result = old.run("update --dry-run")
    assert f"+++ b/{SYNCS['hubspot']}" in result.out
    assert row(result.out, "hubspot")[:3] == ["hubspot", "0.0.9", __version__]
    assert old.tree() == before


def test_json_holds_a_row_for_each(old: Project) -> None:
    rows = old.run("update --json").data["integrations"]
    assert [(row["integration"], row["from"], row["to"]) for row in rows] == [
        ("hubspot", "0.0.9", __version__),
        ("zendesk", "0.0.9", __version__),
    ]
    assert rows[0]["changed"] == [SYNCS["hubspot"], YAML]


def test_when_one_cannot_be_rendered_none_is(old: Project) -> None:
    old.edit(MANIFESTS["zendesk"], '"provider": "zendesk"', '"provider": "zendesk", "no_such_answer": 1')
    before = old.tree()
    result = old.run("update")
    assert result.code == 2
    assert "no_such_answer" in result.err
    assert "zendesk" in result.err
    assert old.tree() == before


def test_what_a_newer_version_wrote_is_not_taken_back(old: Project) -> None:
    old.edit(MANIFESTS["zendesk"], '"generator": "0.0.9"', '"generator": "9.0.0"')
    before = old.tree()
    result = old.run("update")
    assert (result.code, "update nango-scaffold first" in result.err) == (3, True)
    assert old.tree() == before


def test_facts_are_those_of_the_manifest_unless_they_are_looked_up(old: Project) -> None:
    catalogue = old.path / "node_modules/@nangohq/providers/providers.yaml"
    old.run("update")
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        "hubspot:\n    display_name: Hub\n    auth_mode: OAUTH2\n    proxy:\n        base_url: https://api.hubapi.com\n"
        "zendesk:\n    display_name: Zen\n    auth_mode: OAUTH2\n    proxy:\n        base_url: https://zen.test\n"
    )
    assert "Nothing to do" in old.run("update").out
    result = old.run("update --refresh-facts")
    assert "from Hub.\n" in old.read(SYNCS["hubspot"])
    assert row(result.out, "hubspot")[3] != "0"


def test_what_was_adopted_is_named_and_nothing_of_it_changes(old: Project) -> None:
    shutil.copytree(HAND / "nango-integrations/github", old.path / "nango-integrations/github")
    text = (HAND / YAML).read_text()
    entry, models = text.removeprefix("integrations:\n").split("models:\n")
    head, theirs = old.read(YAML).split("models:\n")
    old.write(YAML, f"{head}{entry}models:\n{theirs}{models}")
    assert old.run("adopt github").code == 0
    before = old.tree()
    result = old.run("update")
    assert row(result.out, "github")[:3] == ["github", "adopted", "adopted"]
    assert {path for path in changed(before, old.tree()) if "/github/" in path} == set()


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("zendsk", 2, "did you mean zendesk?"),
        ("../zendesk", 2, "there is no integration"),
        ("acme", 3, "adopt acme"),
    ],
)
def test_names_nobody_can_update(old: Project, name: str, code: int, message: str) -> None:
    old.edit(YAML, "models:\n", "    acme:\n        syncs:\n            x: { runs: every day }\nmodels:\n")
    before = old.tree()
    result = old.run("update", name)
    assert (result.code, message in result.err) == (code, True), result.err
    assert old.tree() == before


def test_a_project_without_any(project: Project) -> None:
    result = project.run("update")
    assert (result.code, "no integration here" in result.out) == (0, True)
