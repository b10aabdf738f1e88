"""The README of an integration: complete, with links that resolve, and values of the answers shown as text."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.examples.golden import EXAMPLES, names
from tests.render.test_markdown import PARSER

from nango_scaffold.answers import load_answers
from nango_scaffold.known_resources import with_known_resources
from nango_scaffold.operations import Job, scaffold
from nango_scaffold.providers import find

ROOT = "nango-integrations"


def page_of(answers: dict[str, Any]) -> str:
    loaded = load_answers(answers)
    facts = find(loaded.provider, generic=loaded.provider_facts)
    outcome = scaffold([Job(loaded, facts)], dict.fromkeys)
    path = f"{ROOT}/{loaded.integration}/README.md"
    (data,) = (change.after for change in outcome.plan.changes if change.path == path)
    assert data is not None
    return data.decode()


def headings(text: str) -> list[str]:
    tokens = PARSER.parse(text)
    return [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]


def anchors(text: str) -> set[str]:
    """The anchors of a page, as GitHub names them."""
    slugs: list[str] = []
    for heading in headings(text):
        slug = re.sub(r"[^\w\- ]", "", heading.replace("\\", "").lower()).replace(" ", "-")
        slugs.append(f"{slug}-{slugs.count(slug)}" if slug in slugs else slug)
    return set(slugs)


def links(text: str) -> list[str]:
    children = (child for token in PARSER.parse(text) for child in token.children or ())
    return [str(child.attrs["href"]) for child in children if child.type == "link_open"]


def check_links(text: str, folder: Path | None = None) -> None:
    for link in links(text):
        if link.startswith("#"):
            assert link[1:] in anchors(text), link
        elif not link.startswith("https://"):
            assert folder is None or (folder / link).is_file(), link


@pytest.mark.parametrize("name", names())
def test_the_page_of_an_example_is_complete_and_its_links_lead_somewhere(name: str) -> None:
    folder = EXAMPLES / name / ROOT / name
    text = (folder / "README.md").read_text("utf-8")
    check_links(text, folder)
    nango_yaml = yaml.safe_load((folder.parent / "nango.yaml").read_text("utf-8"))
    entry = nango_yaml["integrations"][name]
    scripts = {**entry.get("syncs", {}), **entry.get("actions", {})}
    assert {*scripts, *nango_yaml["models"]} <= set(headings(text))
    for script_name, script in scripts.items():
        assert all(f"`{scope}`" in text for scope in script["scopes"])
        assert f"dryrun.js {script_name} CONNECTION --integration-id {name} " in text
    assert "\n\n\n" not in text
    assert not any(line != line.rstrip() for line in text.splitlines())


def test_each_fact_has_its_source() -> None:
    answers = {"provider": "hubspot", "sync_names": "deals, gadgets"}
    loaded = load_answers(answers)
    facts = with_known_resources(find("hubspot"), loaded)
    outcome = scaffold([Job(loaded, facts)], dict.fromkeys)
    (data,) = (change.after for change in outcome.plan.changes if change.path.endswith("hubspot/README.md"))
    rows = (data or b"").decode().partition("## Where this comes from")[2].splitlines()
    assert "| base URL | `https://api.hubapi.com` | the built-in facts |" in rows
    (known,) = (row for row in rows if row.startswith("| `deals` |"))
    assert "[the known resource deals](https://developers.hubspot.com/" in known
    guesses = [row for row in rows if "| a guess: " in row]
    assert any(row.startswith("| `syncs[1].request.path` | /gadgets |") for row in guesses)
    assert not any("embedded" in row for row in rows)


def test_fields_say_where_they_come_from_and_go_to() -> None:
    text = page_of(
        {
            "provider": "github",
            "models": {
                "Settings": {"site": "string", "since?": "string", "Accept": "string"},
                "Item": {
                    "id": "string",
                    "kind": "a | b",
                    "owner": {"name?": "string"},
                    "full": "string",
                    "source": "string",
                    "is_open": "boolean",
                    "size": "number",
                    "__string": "any",
                },
            },
            "syncs": [
                {
                    "name": "items",
                    "metadata": "Settings",
                    "request": {
                        "path": "/${metadata.site}/items",
                        "params": {"since": "${metadata.since}"},
                        "headers": {"Accept": "${metadata.Accept}"},
                    },
                    "mapping": {
                        "owner.name": "user.login",
                        "full": {"join": ["first", "last"]},
                        "source": {"const": "git|hub"},
                        "is_open": {"from": "state", "is": "open"},
                        "size": {"expression": "response.parts.length"},
                    },
                }
            ],
        }
    )
    rows = text.splitlines()
    assert "| `site` | `string` | path |" in rows
    assert "| `since` | `string`, optional | parameter since |" in rows
    assert "| `Accept` | `string` | header Accept |" in rows
    assert "| `kind` | `a \\| b` | `kind` |" in rows
    assert "| `owner` | `object` |  |" in rows
    assert "| `owner.name` | `string`, optional | `user.login` |" in rows
    assert "| `full` | `string` | `first`, `last`, joined |" in rows
    assert '| `source` | `string` | always "git&#124;hub" |' in rows
    assert '| `is_open` | `boolean` | `state`, whether it is "open" |' in rows
    assert "| `size` | `number` | `parts.length`, computed |" in rows or "computed |" in text
    assert "| `*` | `any` |  |" in rows
    assert """--metadata '{"site": "...", "Accept": "..."}'""" in text


def test_models_with_the_names_of_other_headings_are_linked_to() -> None:
    models = {
        "Items": {"id": "string", "syncs": "Syncs"},
        "Syncs": {"id": "string"},
        "GitHub": {"id": "string"},
    }
    text = page_of({"provider": "github", "models": models, "syncs": [{"name": "items", "model": "Items"}]})
    check_links(text)
    assert "[Items](#items-1)" in text
    assert {"items-1", "syncs-1", "github-1"} <= anchors(text)


EVIL = "</p><script>x</script> | [a](javascript:b) `c` <img src=x>\n\n# Heading\n| a |\n| --- |"


def test_what_answers_hold_is_shown_and_not_obeyed() -> None:
    text = page_of(
        {
            "provider": "github",
            "models": {"User": {"id": "string", "a|`b`": "string", "kind": "x | y"}},
            "syncs": [
                {
                    "name": "users",
                    "description": EVIL,
                    "scopes": ["a|b", "`c`", "<script>"],
                    "request": {"docs": "https://example.com/a)<script>", "path": "/a`b/users"},
                }
            ],
            "actions": [{"name": "get-user", "description": EVIL}],
            "provider_facts": {
                "docs": "https://example.com/](javascript:x)",
                "connection_config": [{"name": "x|y", "example": "`|<b>"}],
            },
        }
    )
    check_links(text)
    tokens = PARSER.parse(text)
    assert not [token.content for token in tokens if token.type == "html_block"]
    markup = {
        child.content for token in tokens for child in token.children or () if child.type == "html_inline"
    }
    assert markup <= {"<code>", "</code>"}
    assert "Heading" not in headings(text)
    assert all(link.startswith(("https://example.com/", "#", "syncs/", "actions/")) for link in links(text))
    for table in re.findall(r"(?m)(?:^\|.*\n)+", text):
        rows = PARSER.parse(table)
        width = sum(token.type == "th_open" for token in rows)
        assert sum(token.type == "td_open" for token in rows) == width * (
            sum(t.type == "tr_open" for t in rows) - 1
        )


def test_there_is_no_page_where_the_answers_want_none() -> None:
    loaded = load_answers({"provider": "github", "sync_names": "users", "readme": False})
    outcome = scaffold([Job(loaded, find("github"))], dict.fromkeys)
    assert not [change.path for change in outcome.plan.changes if change.path.endswith(".md")]
    assert json.dumps(loaded.raw["readme"]) == "false"
