"""The last check refuses a text that is not the old one plus the edits, whatever produced it."""

from __future__ import annotations

import pytest

from nango_scaffold.nango_yaml import Refused, read
from nango_scaffold.nango_yaml.edits import ABSENT, Edit
from nango_scaffold.nango_yaml.verify import verify

FILE = """\
integrations:
    github:
        actions:
            ping: &ping
                endpoint: GET /ping
    gitlab:
        actions:
            ping: {}
models:
    Issue:
        id: string
    User:
        id: string
"""
NEW = "    Team:\n        id: string\n"
ADD = [Edit(("models", "Team"), {"id": "string"})]


def test_the_old_text_plus_the_edit_passes() -> None:
    verify(read(FILE), FILE + NEW, ADD)
    verify(
        read(FILE), FILE.replace("    User:\n        id: string\n", ""), [Edit(("models", "User"), ABSENT)]
    )


@pytest.mark.parametrize(
    "text",
    [
        FILE,  # nothing was added
        FILE + NEW.replace("string", "number"),  # something else was added
        FILE + NEW + "    Other:\n        id: string\n",  # more was added
        FILE.replace("    User:\n        id: string\n", "") + NEW,  # something went
        FILE.replace("GET /ping", "GET /pong") + NEW,  # another entry changed
        FILE.replace("Issue:", "Issues:") + NEW,  # another entry changed its name
        FILE.replace("id: string\n    User", "id: 'string\n    User") + NEW,  # it is YAML no more
        "other: 1\n" + FILE + NEW,  # a section was added
        FILE.replace("github", "gitmub").replace("gitlab", "github").replace("gitmub", "gitlab")
        + NEW,  # entries changed places
        NEW.replace("    Team", "Team").replace("        id", "  id") + FILE,  # in the wrong place
    ],
)
def test_anything_else_is_stopped(text: str) -> None:
    with pytest.raises(Refused, match="would not read back as intended"):
        verify(read(FILE), text, ADD)


def test_what_does_not_read_back_is_told_by_its_place() -> None:
    with pytest.raises(Refused) as refusal:
        verify(read(FILE), "other: 1\n" + FILE + NEW, ADD)
    assert refusal.value.reason == (
        "the edited text would not read back as intended at the top level; nothing was changed"
    )
    assert refusal.value.fix == "Please report this file: the editor should have known better."


def test_an_alias_that_now_stands_for_something_else_is_noticed() -> None:
    file = FILE.replace("            ping: {}\n", "            ping: *ping\n")
    edits = [Edit(("integrations", "github", "actions", "ping", "endpoint"), "GET /pong")]
    with pytest.raises(Refused, match=r"at integrations\.gitlab"):
        verify(read(file), file.replace("GET /ping", "GET /pong"), edits)
