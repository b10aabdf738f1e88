"""Many integrations in one project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.copier.support import FIRST, YAML, Project, Template, answers_file, copier
from tests.lifecycle.support import changed

if TYPE_CHECKING:
    from pathlib import Path

PROVIDERS = (
    *("github", "gitlab", "hubspot", "jira", "linear", "notion", "salesforce", "slack", "stripe", "zendesk"),
)


def test_ten_integrations_never_disturb_each_other(released: Template, project: Project) -> None:
    """Ten copies, updates of two of them; Copier wants a commit between."""
    for provider in PROVIDERS:
        before = project.tree()
        project.copy(released, {"provider": provider, "sync_names": "users"}, vcs_ref=FIRST)
        others = {
            path
            for path in changed(before, project.tree())
            if path in before and not path.startswith(f"nango-integrations/{provider}/")
        }
        assert others <= {YAML, "nango-integrations/schema.zod.ts"}
    for provider in ("github", "jira", "zendesk"):
        script = f"nango-integrations/{provider}/syncs/users.ts"
        project.edit(script, "export default", f"// Ours, in {provider}.\nexport default")
    project.commit()
    before = project.tree()
    assert sorted(project.nango_yaml()["integrations"]) == list(PROVIDERS)

    project.update("jira")
    result = copier("update", "--trust", "--defaults", "-a", answers_file("zendesk"), cwd=project.root)
    assert result.code == 1
    assert "dirty" in result.text
    project.commit().update("zendesk")

    after = project.tree()
    updated = {path for path in changed(before, after) if path != YAML}
    assert {path.split("/")[1] for path in updated} == {"jira", "zendesk"}
    entries = project.nango_yaml()["integrations"]
    often = {name: entry["syncs"]["users"]["runs"] for name, entry in entries.items()}
    assert {name for name, runs in often.items() if runs == "every 2 hours"} == {"jira", "zendesk"}
    assert {name for name, runs in often.items() if runs == "every hour"} == {*PROVIDERS} - {
        "jira",
        "zendesk",
    }
    for provider in ("github", "jira", "zendesk"):
        script = project.read(f"nango-integrations/{provider}/syncs/users.ts")
        assert f"// Ours, in {provider}.\n" in script
        assert ("retries: 7" in script) == (provider != "github")


def test_two_integrations_of_one_provider(released: Template, project: Project, tmp_path: Path) -> None:
    for name in ("hubspot", "hubspot-eu"):
        project.copy(
            released, {"provider": "hubspot", "integration": name, "sync_names": "contacts"}, vcs_ref=FIRST
        )
    project.commit().update("hubspot-eu")
    assert project.entry("hubspot-eu")["syncs"]["contacts"]["runs"] == "every 2 hours"
    assert project.entry("hubspot")["syncs"]["contacts"]["runs"] == "every hour"
    assert project.stored("hubspot")["_commit"] == FIRST
