"""Known resources on the command line: what is reported of them, what is stored, and what a later run does with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nango_scaffold.cli import main
from nango_scaffold.providers import known_resources as catalogue

HUBSPOT = ("--set", "provider=hubspot", "--set", "sync_names=contacts")
DOCS = "https://developers.hubspot.com/docs/api/crm/contacts"


def output_of(capsys: pytest.CaptureFixture[str], project: Path, *words: str) -> str:
    """What a command prints."""
    command, *rest = words
    assert main([command, *rest, "--project", str(project)]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def manifest(project: Path, integration: str = "hubspot") -> dict[str, Any]:
    text = (project / "nango-integrations" / integration / ".nango-scaffold.json").read_text("utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


class TestNew:
    def test_a_dry_run_says_where_it_comes_from(self, tmp_path: Path, capsys: Any) -> None:
        text = output_of(capsys, tmp_path, "new", *HUBSPOT, "--dry-run")
        assert "Taken for hubspot from what is known of these resources:" in text
        assert f"syncs[0]  contacts, {DOCS}  (document, 2026-11-27)" in text
        assert "Guessed for" not in text
        assert "pagination of contacts: cursor, the known resource, over the provider's own" in text

    def test_json_holds_it(self, tmp_path: Path, capsys: Any) -> None:
        data = json.loads(output_of(capsys, tmp_path, "new", *HUBSPOT, "--json"))
        resource = {
            "answer": "syncs[0]",
            "resource": "contacts",
            "docs": DOCS,
            "checked": "document, 2026-11-27",
        }
        assert data["known_resources"] == {"hubspot": [resource]}
        assert data["guesses"] == {"hubspot": []}

    def test_check_notes_no_guess_and_a_second_run_writes_nothing(self, tmp_path: Path, capsys: Any) -> None:
        output_of(capsys, tmp_path, "new", *HUBSPOT)
        assert "No rule is broken" in output_of(capsys, tmp_path, "check")
        assert output_of(capsys, tmp_path, "guesses").startswith("Nothing is guessed")
        output_of(capsys, tmp_path, "new", *HUBSPOT, "--check")

    def test_what_the_first_run_knew_is_kept_with_the_integration(
        self, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        output_of(capsys, tmp_path, "new", *HUBSPOT)
        assert list(manifest(tmp_path)["provider"]["resources"]) == ["contacts"]
        monkeypatch.setattr(catalogue, "resources_text", lambda key: "")
        output_of(capsys, tmp_path, "new", *HUBSPOT, "--check")
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        output_of(capsys, tmp_path, "update")
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before

    def test_a_resource_that_an_earlier_version_did_not_know_stays_a_guess(
        self, tmp_path: Path, capsys: Any
    ) -> None:
        words = ("--set", "provider=hubspot", "--set", "sync_names=tickets")
        output_of(capsys, tmp_path, "new", *words)
        assert "resources" not in manifest(tmp_path)["provider"]


class TestAdd:
    def test_a_script_that_is_added_takes_what_is_known(self, tmp_path: Path, capsys: Any) -> None:
        output_of(capsys, tmp_path, "new", *HUBSPOT)
        text = output_of(capsys, tmp_path, "add", "action", "hubspot", "create-deal")
        assert "Guessed for" not in text
        assert list(manifest(tmp_path)["provider"]["resources"]) == ["contacts", "deals"]


def test_show_lists_the_resources(capsys: Any) -> None:
    assert main(["providers", "show", "hubspot"]) == 0
    text = capsys.readouterr().out
    assert (
        "Known resources, whose names are enough:\n  contacts   list, get, create, update, delete\n" in text
    )
    assert f"             {DOCS}\n" in text
    assert main(["providers", "show", "hubspot", "--json"]) == 0
    contacts = json.loads(capsys.readouterr().out)["known_resources"][0]
    assert contacts["name"] == "contacts"
    assert contacts["operations"] == ["list", "get", "create", "update", "delete"]
    assert contacts["docs"] == [DOCS]
    assert contacts["checked"]["by"] == "document"
