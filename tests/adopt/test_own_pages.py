"""``adopt`` reads pagination loops: those of our templates word for word, and the usual hand-written ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.lifecycle.support import Project

from nango_scaffold.adopt.own_pages import function_answers, own_paging
from nango_scaffold.adopt.script import Script

if TYPE_CHECKING:
    from pathlib import Path

FACTS = {"base_url": "https://api.acme.com"}
LAST_ID = {"type": "last_id", "cursor_name_in_request": "starting_after", "more_path": "has_more"}
CURSOR = {"type": "cursor", "cursor_path_in_response": "next", "cursor_name_in_request": "cursor"}
KINDS: dict[str, dict[str, Any]] = {
    "last-id": {"paginate": LAST_ID},
    "last-id-of-a-bare-list": {
        "paginate": {**LAST_ID, "more_path": None, "id_path": "key"},
        "response_path": "",
    },
    "cursor-to-a-flag": {"paginate": {**CURSOR, "more_path": "meta.more"}},
    "cursor-to-the-last": {"paginate": {**CURSOR, "last_path": "isLast"}},
    "offset-to-a-flag": {
        "paginate": {"type": "offset", "offset_name_in_request": "skip", "more_path": "more"}
    },
    "total": {"paginate": {"type": "total", "offset_name_in_request": "start", "total_path": "meta.total"}},
    "total-of-pages": {
        "paginate": {"type": "total", "offset_name_in_request": "page", "total_path": "total_pages"}
    },
    "total-in-a-header": {
        "paginate": {"type": "total", "offset_name_in_request": "start", "total_header": "X-Total-Count"},
        "response_path": "",
    },
    "pages-in-a-header": {
        "paginate": {"type": "total", "offset_name_in_request": "page", "total_header": "X-Total-Pages"}
    },
    "next-page-in-a-header": {
        "paginate": {
            "type": "cursor",
            "cursor_in_response_header": "x-next-page",
            "cursor_name_in_request": "page",
        },
        "response_path": "",
    },
    "records-within-items": {"paginate": CURSOR, "record_path": "user.data"},
}


def answers_of(**sync: Any) -> dict[str, Any]:
    request = {"path": "/users", "docs": "https://docs.acme.com", "response_path": "data.items"}
    request |= sync.pop("request", {})
    paginate = {key: value for key, value in request["paginate"].items() if value is not None}
    return {
        "provider": "acme",
        "provider_facts": FACTS,
        "models": {"User": {"id": "string", "key": "string"}},
        "syncs": [{"name": "users", "request": {**request, "paginate": paginate}, **sync}],
    }


def adopted(folder: Path, answers: dict[str, Any]) -> dict[str, Any]:
    """The report of adopt on an integration written from answers, without its manifest."""
    (folder / "project").mkdir()
    project = Project(folder / "project")
    file = folder / "answers.yml"
    file.write_text(yaml.safe_dump(answers))
    result = project.run("new", "--answers", str(file))
    assert result.code == 0, result.err
    (project.path / "nango-integrations/acme/.nango-scaffold.json").unlink()
    result = project.run("adopt", "acme", "--json", "--provider", "acme", "--base-url", FACTS["base_url"])
    assert result.code == 0, result.err
    return dict(result.data)


@pytest.mark.parametrize("kind", KINDS)
def test_our_loops_are_described_to_the_last_byte(tmp_path: Path, kind: str) -> None:
    report = adopted(tmp_path, answers_of(request=KINDS[kind]))
    assert report["unexpressed"] == []
    paginate = report["answers"]["syncs"][0]["request"]["paginate"]
    assert {**paginate, **KINDS[kind]["paginate"]} == {**KINDS[kind]["paginate"], **paginate}


def test_the_condition_of_a_deletion_and_what_a_run_saves_are_described(tmp_path: Path) -> None:
    sync = {
        "sync_type": "incremental",
        "deleted": {"when": "response.key === 'gone' || response.flag"},
        "save_metadata": {"token": "sync.token", "seen": {"expression": "response.at ?? 'never'"}},
        "request": {"paginate": CURSOR},
    }
    report = adopted(tmp_path, answers_of(**sync))
    assert report["unexpressed"] == []
    (described,) = report["answers"]["syncs"]
    assert described["deleted"] == sync["deleted"]
    assert described["save_metadata"] == sync["save_metadata"]


HAND_WRITTEN = """
export default async function fetchData(nango: NangoSync) {{
    {before}
    while (more) {{
        const config: ProxyConfiguration = {{ endpoint: '/users', params: {{ {params} }}, retries: 10 }};
        const response = await nango.get<Page>(config);
        const users = response.data.users;
        await nango.batchSave(users.map(toUser), 'User');
        {after}
    }}
}}
"""


@pytest.mark.parametrize(
    ("before", "params", "after", "paginate"),
    [
        (
            "let after; let more = true;",
            "...(after && { after })",
            "after = users.at(-1)?.id; more = response.data.has_more;",
            {"type": "last_id", "cursor_name_in_request": "after", "id_path": "id", "more_path": "has_more"},
        ),
        (
            "let page = 1; let more = true;",
            "page",
            "more = page < response.data.meta.total; page += 1;",
            {
                "type": "total",
                "offset_name_in_request": "page",
                "offset_start_value": 1,
                "offset_calculation_method": "per-page",
                "total_path": "meta.total",
            },
        ),
        (
            "let skip = 0; let more = true;",
            "skip: skip",
            "skip += users.length; more = !response.data.isLast;",
            {"type": "offset", "offset_name_in_request": "skip", "last_path": "isLast"},
        ),
        (
            "let page = 1; let more = true;",
            "page",
            "more = page < Number(response.headers['x-total-pages']); page++;",
            {
                "type": "total",
                "offset_name_in_request": "page",
                "offset_start_value": 1,
                "offset_calculation_method": "per-page",
                "total_header": "x-total-pages",
            },
        ),
        ("let more = true;", "all: true", "more = false;", None),
    ],
)
def test_loops_that_people_write(before: str, params: str, after: str, paginate: Any) -> None:
    (call,) = Script(HAND_WRITTEN.format(before=before, params=params, after=after)).calls
    expected = {"paginate": paginate, "response_path": "users"} if paginate else {}
    assert own_paging(call) == expected


def test_a_script_without_such_functions_says_nothing() -> None:
    assert function_answers(Script("export default async function fetchData(nango) {}")) == {}
