"""Integrations under Copier that are changed by ``add`` and ``remove``: the next update knows the changes."""

from __future__ import annotations

from tests.lifecycle.support import Project as CommandProject

from .support import COMPANIES, FIRST, FOLDER, HUBSPOT, SECOND, TYPES, Project, Template, answers_file

TEAMS = f"{FOLDER}/syncs/teams.ts"


def scaffold(project: Project, command: str, *words: str) -> int:
    """Run one of our commands on the project, in this process."""
    return CommandProject(project.root).run(command, *words).code


class TestAdd:
    def test_the_new_script_is_among_copiers_answers(self, scaffolded: Project) -> None:
        before = scaffolded.stored()
        assert scaffold(scaffolded, "add", "sync", "hubspot", "teams") == 0
        after = scaffolded.stored()
        assert after["sync_names"] == "contacts, companies, teams"
        assert {key: after[key] for key in after if key != "sync_names"} == {
            key: before[key] for key in before if key != "sync_names"
        }

    def test_an_update_neither_loses_nor_repeats_it(self, scaffolded: Project) -> None:
        scaffold(scaffolded, "add", "sync", "hubspot", "teams")
        scaffolded.edit(TEAMS, "await nango.batchSave", "// mine\n        await nango.batchSave").commit()
        scaffolded.update(vcs_ref=SECOND)
        assert list(scaffolded.entry()["syncs"]) == ["contacts", "companies", "teams"]
        assert "retries: 7" in scaffolded.read(TEAMS)
        assert "// mine\n" in scaffolded.read(TEAMS)
        types = scaffolded.read(TYPES)
        assert types.count("interface HubspotTeamResponse") == 1
        assert types.startswith("// Types of the API.\n")
        assert "<<<<<<<" not in types

    def test_what_was_asked_once_for_all_names_stays_theirs_and_an_update_without_news_is_silent(
        self, project: Project, released: Template
    ) -> None:
        project.copy(released, {**HUBSPOT, "runs": "every day"}, vcs_ref=FIRST)
        project.commit()
        scaffold(project, "add", "sync", "hubspot", "teams")
        stored = project.stored()
        assert [sync["name"] for sync in stored["syncs"]] == ["contacts", "companies", "teams"]
        assert "runs" not in stored
        assert "sync_names" not in stored
        project.commit().update(vcs_ref=FIRST)
        assert project.status() == ""
        assert [sync["runs"] for sync in project.entry()["syncs"].values()] == [
            "every day",
            "every day",
            "every hour",
        ]


def test_an_action_that_comes_with_a_sync_is_not_taken_for_one_that_was_added_since(
    project: Project, released: Template
) -> None:
    answers = {"provider": "hubspot", "syncs": [{"name": "things", "pattern": "configuration"}]}
    project.copy(released, answers, vcs_ref=FIRST)
    project.commit().copy(released, answers, vcs_ref=FIRST)
    assert project.status() == ""
    assert list(project.entry()["actions"]) == ["list-fields"]


class TestRemove:
    def test_an_update_does_not_bring_it_back(self, scaffolded: Project) -> None:
        assert scaffold(scaffolded, "remove", "hubspot", "companies") == 0
        assert scaffolded.stored()["sync_names"] == "contacts"
        scaffolded.commit().update(vcs_ref=SECOND)
        assert not scaffolded.has(COMPANIES)
        assert list(scaffolded.entry()["syncs"]) == ["contacts"]
        assert "retries: 7" in scaffolded.read(f"{FOLDER}/syncs/contacts.ts")

    def test_the_whole_integration_takes_copiers_answers_with_it(
        self, project: Project, released: Template
    ) -> None:
        project.write("mine.txt", "mine").commit()
        before = project.tree()
        project.copy(released, vcs_ref=FIRST)
        assert project.has(answers_file("hubspot"))
        assert scaffold(project, "remove", "hubspot") == 0
        assert project.tree() == before
