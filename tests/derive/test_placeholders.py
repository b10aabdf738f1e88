"""Placeholders: what they may name, in which format, and what happens while a value is absent."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.models.types import Primitive
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.spec.requests import OptionalText, Request, Template, Variable
from nango_scaffold.spec.values import Step

FACTS = ProviderFacts(key="github", auth_mode="API_KEY", base_url="https://api.github.com", source="a test")
MODELS = {
    "Settings": {
        "team": "string",
        "since?": "string",
        "size": "number",
        "a:b": "string",
        "owner": {"name": "string", "site?": {"url": "string"}},
        "org": "Org",
        "tags": "string[]",
    },
    "Org": {"key": "string", "parent?": "Firm"},
    "Firm": {"key": "string", "seat": {"city": "string"}},
}
TEXT = Primitive("string")


def request_of(sync_type: str = "incremental", pattern: str | None = None, **request: Any) -> Request:
    sync = {"name": "users", "sync_type": sync_type, "request": request}
    mode = {"pattern": pattern} if pattern else {"metadata": "Settings"}
    answers = {"provider": "github", "models": MODELS, "syncs": [{**sync, **mode}]}
    return derive(load_answers(answers), FACTS, {}).syncs[0].request


def text(value: str) -> Template:
    """A parameter, parsed."""
    (param,) = request_of(params={"q": value}).params
    assert isinstance(param.value, tuple)
    return param.value


def refusal(value: str, **sync: Any) -> AnswersError:
    with pytest.raises(AnswersError) as error:
        request_of(params={"q": value}, **sync)
    assert error.value.where == "syncs[0].request.params.q"
    return error.value


class TestRoots:
    def test_a_key_of_the_connections_configuration_is_a_text_that_has_to_be_there(self) -> None:
        assert text("${connection.realmId}") == (Variable("connection", "realmId", TEXT),)
        assert text("${connection.team.id}") == (Variable("connection", "team.id", TEXT),)

    def test_the_date_of_the_last_run_is_absent_in_the_first(self) -> None:
        (variable,) = text("${lastSyncDate}")
        assert isinstance(variable, Variable)
        assert (variable.field, variable.optional, variable.format) == ("", True, "iso")

    def test_it_is_of_use_in_an_incremental_sync_alone(self) -> None:
        assert "only an incremental sync" in refusal("${lastSyncDate}", sync_type="full").what
        assert "pattern paginated" in refusal("${lastSyncDate}", pattern="window").what

    def test_a_request_that_asks_by_it_needs_no_guess(self) -> None:
        sync = {"name": "users", "sync_type": "incremental", "request": {"params": {"q": "${lastSyncDate}"}}}
        spec = derive(load_answers({"provider": "github", "syncs": [sync]}), FACTS, {})
        assert "syncs[0].request.incremental" not in {guess.answer for guess in spec.guesses}

    @pytest.mark.parametrize("name", ["connection.credentials.apiKey", "credentials.token", "apiKey"])
    def test_credentials_are_refused_with_what_to_do(self, name: str) -> None:
        error = refusal(f"${{{name}}}")
        assert "credentials" in error.what
        assert "nango.getToken()" in error.fix

    def test_what_is_beside_the_configuration_has_another_name(self) -> None:
        assert refusal("${connection.metadata.team}").fix == "write ${metadata.team}"
        assert refusal("${connection.connection_config.site}").fix == "write ${connection.site}"


class TestFieldsOfFields:
    def test_of_an_object_and_of_a_model(self) -> None:
        assert text("${metadata.owner.name}") == (Variable("metadata", "owner", TEXT, below=(Step("name"),)),)
        assert text("${metadata.org.key}") == (Variable("metadata", "org", TEXT, below=(Step("key"),)),)

    def test_one_on_the_way_that_may_be_absent_makes_the_value_so(self) -> None:
        below = (Step("parent"), Step("seat", after_null=True), Step("city", after_null=True))
        assert text("${metadata.org.parent.seat.city}") == (
            Variable("metadata", "org", TEXT, optional=True, below=below),
        )

    @pytest.mark.parametrize(
        ("name", "fix"),
        [
            ("metadata.owner.mail", "accepted: name, site"),
            ("metadata.team.id", "metadata.team has no fields: name a single value"),
            ("metadata.owner", "accepted: a string, number or boolean field"),
            ("metadata.org.tags.x", "accepted: key, parent"),
        ],
    )
    def test_what_is_not_there_is_refused(self, name: str, fix: str) -> None:
        assert refusal(f"${{{name}}}").fix == fix


class TestFormats:
    def test_a_field_is_sent_in_a_format(self) -> None:
        (variable,) = text("${metadata.since:epoch_seconds}")
        assert variable == Variable("metadata", "since", TEXT, optional=True, format="epoch_seconds")

    def test_a_number_is_one_already(self) -> None:
        assert text("${metadata.size:number}") == (Variable("metadata", "size", Primitive("number")),)

    def test_a_field_with_a_colon_in_its_name_is_taken_first(self) -> None:
        assert text("${metadata.a:b}") == (Variable("metadata", "a:b", TEXT),)

    @pytest.mark.parametrize("name", ["metadata.team:day", "lastSyncDate:number", "metadata.tags:text"])
    def test_one_that_the_value_cannot_have_is_refused(self, name: str) -> None:
        assert "is no format" in refusal(f"${{{name}}}").what

    def test_the_metadata_is_derived_with_a_field_that_is_formatted(self) -> None:
        sync = {"name": "users", "request": {"params": {"q": "${metadata.since:date}"}}}
        spec = derive(load_answers({"provider": "github", "syncs": [sync]}), FACTS, {})
        metadata = spec.syncs[0].metadata
        assert metadata is not None
        assert [field.name for field in metadata.shape.fields] == ["since"]


class TestStretches:
    def test_one_is_left_out_while_a_value_in_it_is_absent(self) -> None:
        before, stretch, after = text("open[[ since ${metadata.since}]] only")
        assert (before, after) == ("open", " only")
        since = Variable("metadata", "since", TEXT, optional=True)
        assert stretch == OptionalText((" since ", since))

    def test_a_text_that_is_one_is_left_out_with_its_name(self) -> None:
        since = Variable("metadata", "since", TEXT, optional=True)
        assert text("[[since ${metadata.since}]]") == ("since ", since)

    def test_one_may_stand_in_a_path(self) -> None:
        assert len(request_of(path="/users[[/since/${lastSyncDate:date}]]").path) == 2

    def test_a_path_needs_what_is_not_in_one(self) -> None:
        with pytest.raises(AnswersError) as refusal:
            request_of(path="/users/${lastSyncDate:date}")
        assert refusal.value.fix == "write [[ and ]] round what is to be left out then"

    @pytest.mark.parametrize(
        ("value", "literal"),
        [
            ("[[1, 2], [3]]", "[[1, 2], [3]]"),
            ("a [[b", "a [[b"),
            ("${'[['}x${']]'}", "[[x]]"),
            ("${'${x'}}", "${x}"),
            ("${''}a", "a"),
        ],
    )
    def test_brackets_and_braces_can_be_meant_as_they_are(self, value: str, literal: str) -> None:
        assert text(value) == (literal,)

    @pytest.mark.parametrize(
        ("value", "what"),
        [
            ("[[a ${metadata.since}", "a [[ is not closed"),
            ("[[a [[b ${metadata.since}]]]]", "a [[ is not closed"),
            ("${metadata.since", "a ${ is not closed"),
            ("[[${metadata.since]]", "a ${ is not closed"),
        ],
    )
    def test_what_is_not_closed_is_refused(self, value: str, what: str) -> None:
        assert refusal(value).what == what

    def test_a_path_climbs_out_by_no_detour(self) -> None:
        for path in ("/${'..'}/x", "/a[[/../${lastSyncDate:date}]]"):
            with pytest.raises(AnswersError, match="climbs out"):
                request_of(path=path)


class TestOtherHosts:
    def test_the_path_is_relative_to_the_requests_own_base_url(self) -> None:
        request = request_of(
            base_url="https://files.example.com/v2/", path="https://files.example.com/v2/files"
        )
        assert (request.other_base_url, request.path) == (("https://files.example.com/v2",), ("/files",))

    def test_it_may_come_from_the_connection(self) -> None:
        request = request_of(base_url="${connection.instance_url}", path="/query")
        assert request.other_base_url == (Variable("connection", "instance_url", TEXT),)

    def test_what_nango_fills_in_itself_stays(self) -> None:
        base_url = "https://${connectionConfig.site}.example.com"
        assert request_of(base_url=base_url).other_base_url == (base_url,)

    @pytest.mark.parametrize("base_url", ["https://${metadata.since}.example.com", "https://a.example/../b"])
    def test_one_that_leads_elsewhere_is_refused(self, base_url: str) -> None:
        with pytest.raises(AnswersError) as refusal:
            request_of(base_url=base_url)
        assert refusal.value.where == "syncs[0].request.base_url"

    def test_an_action_and_further_requests_have_one_too(self) -> None:
        answers = {
            "provider": "github",
            "syncs": [
                {
                    "name": "users",
                    "sync_type": "incremental",
                    "children": {"model": "Team", "base_url": "https://${parent.id}.example.com"},
                    "deleted": {"path": "/gone", "base_url": "https://gone.example.com"},
                }
            ],
            "actions": [{"name": "get-team", "request": {"base_url": "https://${input.id}.example.com"}}],
        }
        spec = derive(load_answers(answers), FACTS, {})
        (sync,), (action,) = spec.syncs, spec.actions
        assert [bool(request.other_base_url) for request in sync.requests] == [False, True, True]
        assert action.request.reads("input")
        assert action.request.params == ()
