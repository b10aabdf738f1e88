"""``metadata`` on actions: settings of the connection in the request."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.render.integration import render_files

FACTS = ProviderFacts("acme", "API_KEY", base_url="https://api.acme.com", source="providers.yaml")
MODELS: dict[str, Any] = {
    "Site": {"site": "string", "team": "number", "lang?": "string"},
    "Opt": {"lang?": "string"},
}
CREATE = {"name": "create-page", "metadata": "Site", "input": "none", "output": "none"}


def spec_of(**answers: Any) -> IntegrationSpec:
    return derive(load_answers({"provider": "acme", **answers}), FACTS, {})


def script_of(action: dict[str, Any]) -> str:
    files, _ = render_files(spec_of(models=MODELS, actions=[action]))
    return files[f"nango-integrations/acme/actions/{action['name']}.ts"]


def test_a_setting_that_is_missing_is_an_error_that_names_it() -> None:
    text = script_of({**CREATE, "request": {"path": "/${metadata.site}/pages"}})
    assert "const metadata = await nango.getMetadata<Site>();" in text
    assert "const required: (keyof Site)[] = ['site', 'team'];" in text
    assert "does not set ${setting}`" in text
    assert "endpoint: `/${metadata.site}/pages`" in text
    assert "import { siteSchema } from '../../schema.zod.js';" in text


def test_settings_of_which_none_is_required_may_be_absent_altogether() -> None:
    text = script_of(
        {**CREATE, "metadata": "Opt", "request": {"path": "/x", "headers": {"X-L": "${metadata.lang}"}}}
    )
    assert "const metadata: Opt = (await nango.getMetadata<Opt>()) ?? {};" in text
    assert "does not set" not in text


def test_a_model_nobody_described_has_the_fields_that_the_request_reads() -> None:
    request = {"path": "/${metadata.space}/${input.id}"}
    spec = spec_of(actions=[{"name": "get-page", "metadata": "Space", "request": request}])
    metadata = spec.actions[0].metadata
    assert metadata
    assert spec.models[metadata.name] == {"space": "string"}
    assert f"models.{metadata.name}" in {guess.answer for guess in spec.guesses}


def test_the_prefix_reaches_it() -> None:
    action = spec_of(prefix_models=True, models=MODELS, actions=[CREATE]).actions[0]
    assert action.metadata
    assert action.metadata.name == "AcmeSite"


@pytest.mark.parametrize(
    ("settings", "where"),
    [
        ({"metadata": "Nowhere"}, "actions[0].metadata"),
        ({"metadata": "Sites"}, "actions[0].metadata"),
        ({"metadata": "site'; x()"}, "actions[0].metadata"),
        ({"request": {"path": "/${metadata.page}"}}, "actions[0].request.path"),
        ({"request": {"path": "/${metadata.lang}"}}, "actions[0].request.path"),
    ],
)
def test_what_is_no_setting_is_refused_in_its_place(settings: dict[str, Any], where: str) -> None:
    with pytest.raises(AnswersError) as refusal:
        spec_of(models=MODELS, actions=[{**CREATE, **settings}])
    assert refusal.value.where == where
