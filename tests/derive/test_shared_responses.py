"""Several models from one response: ``requests: { Team: { from: User, response_path: included.teams } }``."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.models.types import ArrayOf, Field, ObjectOf, Ref
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.render.integration import render_files

FACTS = ProviderFacts("acme", "API_KEY", base_url="https://api.acme.com", source="providers.yaml")
REQUEST: dict[str, Any] = {"path": "/directory", "response_path": "users", "paginate": {"type": "none"}}
LINK = {"type": "link", "link_rel_in_response_header": "next"}
TEAMS: dict[str, Any] = {"from": "User", "response_path": "included.teams"}


def spec_of(team: dict[str, Any], **settings: Any) -> IntegrationSpec:
    sync = {"name": "directory", "models": ["User", "Team"], "request": REQUEST, "requests": {"Team": team}}
    return derive(load_answers({"provider": "acme", "syncs": [{**sync, **settings}]}), FACTS, {})


def refusal_of(team: dict[str, Any], **settings: Any) -> AnswersError:
    with pytest.raises(AnswersError) as refusal:
        spec_of(team, **settings)
    return refusal.value


def test_one_request_gives_the_records_of_both_models() -> None:
    spec = spec_of({**TEAMS, "mapping": {"name": "title"}})
    (sync,) = spec.syncs
    (team,) = sync.others
    assert (team.source, team.request, team.body, team.body_steps) == (
        *("User", sync.request, sync.body),
        ("included", "teams"),
    )
    (body,) = [raw for raw in spec.raw_types if raw.role == "body"]
    teams = ObjectOf((Field("teams", ArrayOf(Ref("AcmeTeamResponse"))),))
    assert body.shape == ObjectOf(
        (Field("users", ArrayOf(Ref("AcmeUserResponse"))), Field("included", teams))
    )
    assert not [raw for raw in spec.raw_types if raw.role == "nested body"]


def test_the_script_asks_once_and_saves_each() -> None:
    files, _ = render_files(spec_of(TEAMS))
    text = files["nango-integrations/acme/syncs/directory.ts"]
    assert text.count("await nango.get") == 1
    assert "requireList(nango, response.data?.included?.teams, 'included.teams');" in text
    assert "await nango.batchSave(response.data.included.teams.map(toTeam), 'Team');" in text


def test_the_list_of_deleted_records_is_another_request() -> None:
    deleted = {"path": "/gone", "paginate": {"type": "none"}, "response_path": ""}
    files, _ = render_files(spec_of(TEAMS, sync_type="incremental", deleted=deleted))
    text = files["nango-integrations/acme/syncs/directory.ts"]
    assert text.count("await nango.get") == 2
    assert "async function saveUsers(" in text
    assert "saveTeams" not in text


def test_the_prefix_reaches_the_model_it_comes_from() -> None:
    answers = {"provider": "acme", "prefix_models": True}
    sync = {"name": "directory", "models": ["User", "Team"], "request": REQUEST, "requests": {"Team": TEAMS}}
    spec = derive(load_answers({**answers, "syncs": [sync]}), FACTS, {})
    assert spec.syncs[0].others[0].source == "AcmeUser"


@pytest.mark.parametrize(
    ("paginate", "kind"),
    [
        ({"type": "cursor", "cursor_path_in_response": "next", "cursor_name_in_request": "after"}, "cursor"),
        ({"type": "link", "link_path_in_response_body": "next"}, "link"),
        (LINK, "link"),
        ({"type": "offset", "offset_name_in_request": "offset"}, "offset"),
        ({"type": "last_id", "cursor_name_in_request": "after"}, "last_id"),
    ],
)
def test_the_script_turns_the_pages_that_hold_more_than_one_kind_of_record(
    paginate: dict[str, Any], kind: str
) -> None:
    spec = spec_of(TEAMS, request={**REQUEST, "paginate": paginate})
    (sync,) = spec.syncs
    assert (sync.pagination.kind, sync.pagination.turns_pages, sync.is_paged) == (kind, True, False)
    text = render_files(spec)[0]["nango-integrations/acme/syncs/directory.ts"]
    assert "nango.paginate<" not in text
    assert text.count("await nango.batchSave(") == 2
    assert text.index("'Team');") < text.rindex("hasMore = ")


@pytest.mark.parametrize(
    ("team", "settings", "where"),
    [
        ({**TEAMS, "from": "Team"}, {}, "syncs[0].requests.Team.from"),
        ({**TEAMS, "from": "Usr"}, {}, "syncs[0].requests.Team.from"),
        ({**TEAMS, "from": "'; x()"}, {}, "syncs[0].requests.Team.from"),
        ({**TEAMS, "path": "/teams"}, {}, "syncs[0].requests.Team.path"),
        ({**TEAMS, "params": {"a": 1}}, {}, "syncs[0].requests.Team.params"),
        ({"from": "User"}, {}, "syncs[0].requests.Team.response_path"),
        ({**TEAMS, "response_path": "users.teams"}, {}, "syncs[0].request"),
        (TEAMS, {"request": {**REQUEST, "response_path": ""}}, "syncs[0].request"),
        (TEAMS, {"request": {"path": "/x", "paginate": LINK}}, "syncs[0].requests.Team.from"),
    ],
)
def test_what_is_no_part_of_the_first_response_is_refused(
    team: dict[str, Any], settings: dict[str, Any], where: str
) -> None:
    assert refusal_of(team, **settings).where == where
