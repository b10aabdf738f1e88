"""What ``adopt`` describes can be used by ``new`` in an empty project, or is left out with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from nango_scaffold.cli import main

SYNC = """\
export default async function fetchData(nango: NangoSync): Promise<void> {
    for await (const page of nango.paginate({ endpoint: '/v3/things', retries: 10 })) {
        await nango.batchSave(page, 'Thing');
    }
}
"""
ENTRY = """\
integrations:
    acme:
        syncs:
            things:
                runs: every hour
                output: Thing
                sync_type: full
                endpoint: GET /things
models:
"""
MODELS = {
    "a parent that is written later": "Thing: {__extends: Base}\nBase: {id: string}",
    "a parent with a name of the SDK": "Thing: {__extends: Metadata, id: string}\nMetadata: {at: string}",
    "a grandparent with a name of the SDK": "Thing: {__extends: Base}\nBase: {__extends: Metadata, id: string}\n"
    "Metadata: {at: string}",
    "a date in a model": "Thing: {id: string, since: 2024-01-01}",
    "a date in an inner model": "Thing: {id: string, inner: Inner}\nInner: {since: 2024-01-01T00:00:00Z}",
    "words that are no models": "Thing: {id: string, kind: storage, what: Unknown, other: storage | Unknown | null}",
    "an inner model": "Thing: {id: string, inner: Inner}\nInner: {id: string}",
}


@pytest.mark.parametrize("name", MODELS)
def test_new_takes_what_adopt_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "project/nango-integrations"
    (root / "acme/syncs").mkdir(parents=True)
    lines = "".join(f"    {line}\n" for line in MODELS[name].splitlines())
    (root / "nango.yaml").write_text(ENTRY + lines)
    (root / "acme/syncs/things.ts").write_text(SYNC)
    facts = ["--provider", "acme", "--base-url", "https://api.acme.com"]
    assert main(["adopt", "acme", *facts, "--output", "-", "--project", str(tmp_path / "project")]) == 0
    answers, messages = capsys.readouterr()
    for model in (line.split(":")[0] for line in MODELS[name].splitlines()):
        assert f"    {model}:" in answers or f"models.{model}" in messages
    (tmp_path / "answers.yml").write_text(answers)
    (tmp_path / "empty").mkdir()
    code = main(
        ["new", "--answers", str(tmp_path / "answers.yml"), "--project", str(tmp_path / "empty"), "--yes"]
    )
    assert code == 0, capsys.readouterr().err


@pytest.mark.parametrize(("hook", "is_noted"), [("onPage", False), ("async () => undefined", True)])
def test_the_hook_that_a_sync_is_written_with_is_no_pagination_of_its_own(
    hook: str,
    is_noted: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "project/nango-integrations"
    (root / "acme/syncs").mkdir(parents=True)
    (root / "nango.yaml").write_text(ENTRY + "    Thing: {id: string}\n")
    hooked = SYNC.replace("retries: 10", f"paginate: {{ on_page: {hook} }}, retries: 10")
    (root / "acme/syncs/things.ts").write_text(hooked)
    facts = ["--provider", "acme", "--base-url", "https://api.acme.com"]
    assert main(["adopt", "acme", *facts, "--output", "-", "--project", str(tmp_path / "project")]) == 0
    answers, notes = capsys.readouterr()
    assert "on_page" not in answers
    assert ("paginate.on_page is computed" in notes) is is_noted
