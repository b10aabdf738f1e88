"""Look-ups and records read back, read from our own scripts and from hand-written ones."""

from __future__ import annotations

import json
from typing import Any

from tests.lifecycle.support import Project

FOLDER = "nango-integrations/github"
CLOUD = {"name": "cloud", "path": "/clouds", "pick": "[0].id", "docs": "https://docs.acme.example/clouds"}
ANSWERS: dict[str, Any] = {
    "provider": "github",
    "models": {
        "Issue": {"id": "string", "title": "string"},
        "User": {"id": "string"},
        "NewIssue": {"title": "string", "email": "string"},
        "Settings": {"org": "string"},
    },
    "syncs": [
        {
            "name": "users",
            "metadata": "Settings",
            "lookups": [
                CLOUD,
                {"name": "page", "path": "/${lookup.cloud}/${metadata.org}/pages", "pick": "data[1].key"},
            ],
            "request": {"path": "/${lookup.cloud}/users", "params": {"page": "${lookup.page}"}},
            "detail": {
                "path": "/${lookup.cloud}/users/${record.id}",
                "params": {"on": "${record.day}"},
                "response_path": "data.user",
                "docs": "https://docs.acme.example/user",
            },
        }
    ],
    "actions": [
        {
            "name": "create-issue",
            "input": "NewIssue",
            "output": "Issue",
            "lookups": [
                CLOUD,
                {
                    "name": "account_id",
                    "path": "/${lookup.cloud}/accounts",
                    "params": {"q": "${input.email}"},
                    "pick": "id",
                },
            ],
            "request": {
                "path": "/${lookup.cloud}/issues",
                "headers": {"X-Account": "${lookup.account_id}"},
                "docs": "https://docs.acme.example/issues",
            },
            "read_back": {
                "path": "/${lookup.cloud}/issues/${response.issue.id}",
                "params": {"title": "${input.title}"},
                "response_path": "issue",
                "docs": "https://docs.acme.example/issue",
            },
        }
    ],
}
BY_HAND = """\
import type { NangoSync, ProxyConfiguration } from '../../models';
import { toUser } from '../mappers/to-user.js';
import { getTenant } from '../helpers/tenant.js';

export default async function fetchData(nango: NangoSync): Promise<void> {
    const tenantId = await getTenant(nango);
    const config: ProxyConfiguration = {
        // https://docs.acme.example/users
        endpoint: '/users',
        headers: { 'xero-tenant-id': tenantId },
        retries: 10
    };
    for await (const page of nango.paginate<any>(config)) {
        await nango.batchSave(page.map(toUser), 'User');
    }
}
"""
HELPER = """\
import type { NangoSync, ProxyConfiguration } from '../../models';

export async function getTenant(nango: NangoSync): Promise<string> {
    const config: ProxyConfiguration = {
        // https://docs.acme.example/connections
        endpoint: '/connections',
        retries: 10
    };
    const response = await nango.get(config);
    return response.data[0].tenantId;
}
"""


def adopted(project: Project) -> dict[str, Any]:
    result = project.run("adopt", "github", "--provider", "github", "--json")
    assert result.code == 0, result.err
    return dict(result.data)


def written_by_somebody(project: Project) -> None:
    assert project.new(ANSWERS).code == 0
    (project.path / f"{FOLDER}/.nango-scaffold.json").unlink()


def test_what_we_wrote_is_described(project: Project) -> None:
    written_by_somebody(project)
    answers = adopted(project)["answers"]
    (sync,), (action,) = answers["syncs"], answers["actions"]
    assert [(lookup["name"], lookup["path"], lookup["pick"]) for lookup in sync["lookups"]] == [
        ("cloud", "/clouds", "[0].id"),
        ("page", "/${lookup.cloud}/${metadata.org}/pages", "data[1].key"),
    ]
    assert sync["request"]["path"] == "/${lookup.cloud}/users"
    assert sync["request"]["params"] == {"page": "${lookup.page}"}
    assert sync["detail"] == {
        "method": "GET",
        "path": "/${lookup.cloud}/users/${record.id}",
        "docs": "https://docs.acme.example/user",
        "params": {"on": "${record.day}"},
        "retries": 10,
        "response_path": "data.user",
    }
    assert action["lookups"][1]["params"] == {"q": "${input.email}"}
    assert action["request"]["headers"] == {"X-Account": "${lookup.accountId}"}
    assert action["read_back"] == {
        "method": "GET",
        "path": "/${lookup.cloud}/issues/${response.issue.id}",
        "docs": "https://docs.acme.example/issue",
        "params": {"title": "${input.title}"},
        "retries": 3,
        "response_path": "issue",
    }


def test_the_description_gives_the_same_files(project: Project) -> None:
    written_by_somebody(project)
    places = [note["place"] for note in adopted(project)["unexpressed"]]
    assert places == []


def test_a_helper_that_somebody_wrote_is_a_look_up(project: Project) -> None:
    written_by_somebody(project)
    project.write(f"{FOLDER}/syncs/users.ts", BY_HAND)
    project.write(f"{FOLDER}/helpers/tenant.ts", HELPER)
    (sync,) = adopted(project)["answers"]["syncs"]
    assert sync["lookups"] == [
        {
            "name": "tenantId",
            "method": "GET",
            "path": "/connections",
            "docs": "https://docs.acme.example/connections",
            "retries": 10,
            "pick": "[0].tenantId",
        }
    ]
    assert sync["request"]["headers"] == {"xero-tenant-id": "${lookup.tenantId}"}


def test_a_function_that_gives_something_computed_is_none(project: Project) -> None:
    written_by_somebody(project)
    project.write(f"{FOLDER}/syncs/users.ts", BY_HAND)
    computed = HELPER.replace("response.data[0].tenantId", "response.data.map((one: any) => one.id).join()")
    project.write(f"{FOLDER}/helpers/tenant.ts", computed)
    adoption = adopted(project)
    assert "lookups" not in adoption["answers"]["syncs"][0]
    assert "headers.xero-tenant-id is computed" in json.dumps(adoption["unexpressed"])
