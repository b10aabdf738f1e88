"""`new` and Copier write the same shared files of a project, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.copier_integration import integrate
from nango_scaffold.copier_integration.integrate import bring_in, integration_of
from nango_scaffold.operations import Job, new, scaffold
from nango_scaffold.providers import ProviderFacts, find

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ANSWERS = {"provider": "hubspot", "sync_names": "users", "action_names": "create-user"}
FOLDER = "nango-integrations"
YAML, SCHEMA = f"{FOLDER}/nango.yaml", f"{FOLDER}/schema.zod.ts"
TYPES, MANIFEST = f"{FOLDER}/hubspot/types.ts", f"{FOLDER}/hubspot/.nango-scaffold.json"
README = f"{FOLDER}/hubspot/README.md"
SHARED = (YAML, SCHEMA, MANIFEST)

THEIR_YAML = """\
# kept by hand
integrations:
    acme:
        syncs:
            things: { runs: every day, output: Thing, endpoint: GET /things, sync_type: full }
models:
    Thing:
        id: string   # theirs
"""
THEIR_SCHEMA = (
    "import { z } from 'zod';\n\nexport const thingSchema = z.object({ id: z.string() }).strict();\n"
)
THEIR_TYPES = "export interface Mine {\n    id: string;\n}\n"

CORNERS: dict[str, dict[str, str]] = {
    "an empty project": {},
    "a types.ts of the user's": {TYPES: THEIR_TYPES},
    "entries written by hand": {YAML: THEIR_YAML},
    "entries and a schema.zod.ts written by hand": {YAML: THEIR_YAML, SCHEMA: THEIR_SCHEMA},
    "a schema.zod.ts with Windows line ends": {YAML: THEIR_YAML, SCHEMA: THEIR_SCHEMA.replace("\n", "\r\n")},
    "a nango.yaml with Windows line ends": {YAML: THEIR_YAML.replace("\n", "\r\n")},
    "a nango.yaml without models": {YAML: THEIR_YAML.partition("models:")[0].replace("Thing", "string")},
    "an empty nango.yaml and all of it the user's": {YAML: "", SCHEMA: THEIR_SCHEMA, TYPES: THEIR_TYPES},
}


def as_bytes(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in texts.items()}


class Disk:
    """A project in memory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)

    def read(self, paths: Iterable[str]) -> dict[str, bytes | None]:
        return {path: self.files.get(path) for path in paths}

    def scaffold(self, answers: dict[str, object] | None = None) -> Disk:
        """The project after `new`."""
        raw = answers or ANSWERS
        outcome = scaffold([Job(load_answers(raw), facts())], self.read)
        return self._after((change.path, change.after) for change in outcome.plan.changes)

    def copy(self, scaffolded: Disk, *, was_there: bool = False) -> Disk:
        """The project after Copier, which writes the integration's files itself and skips existing ones."""
        optional_files = ["readme"] if README in scaffolded.files else []
        facts_and_files = {
            "facts_used": facts().to_data(),
            "optional_files": optional_files,
            "models_taken": {},
        }
        answers = {**ANSWERS, **facts_and_files}
        integration = integration_of(answers)
        project_files = [path for path in integration.project_files if path not in self.files]
        own_files = {path: scaffolded.files[path] for path in integration.files}
        outcome = bring_in(
            integration,
            Disk({**own_files, **self.files}).read,
            project_files,
            was_there=was_there,
            is_merged=False,
        )
        return self._after((change.path, change.after) for change in outcome.plan.changes)

    def _after(self, changes: Iterable[tuple[str, bytes | None]]) -> Disk:
        after = {**self.files, **dict(changes)}
        return Disk({path: data for path, data in after.items() if data is not None})

    def shared(self) -> dict[str, bytes | None]:
        return {path: self.files.get(path) for path in SHARED}


def facts() -> ProviderFacts:
    return find("hubspot")


@pytest.mark.parametrize("corner", CORNERS)
def test_the_shared_files_are_the_same_by_either_way(corner: str) -> None:
    before = Disk(as_bytes(CORNERS[corner]))
    scaffolded = before.scaffold()
    copied = before.copy(scaffolded)
    assert copied.shared() == scaffolded.shared()
    assert None not in scaffolded.shared().values()


@pytest.mark.parametrize("corner", CORNERS)
def test_a_lost_manifest_is_written_again_the_same_by_either_way(corner: str) -> None:
    written = Disk(as_bytes(CORNERS[corner])).scaffold()
    lost = Disk({path: data for path, data in written.files.items() if path != MANIFEST})
    copied, scaffolded = lost.copy(written), lost.scaffold()
    assert copied.shared() == scaffolded.shared()
    assert copied.files[YAML] == written.files[YAML]


def test_where_the_manifest_is_lost_copier_takes_an_edited_entry_for_its_own_and_leaves_it() -> None:
    scaffolded = Disk({}).scaffold()
    edited = scaffolded.files[YAML].replace(b"every hour", b"every day")
    assert edited != scaffolded.files[YAML]
    lost = Disk({**scaffolded.files, YAML: edited})
    del lost.files[MANIFEST]
    assert lost.copy(scaffolded, was_there=True).files[YAML] == edited


def test_a_twin_by_case_is_refused_by_either_way() -> None:
    twin = Disk(
        {YAML: b"integrations:\n    hubspot:\n        syncs:\n            Users: { runs: every day }\n"}
    )
    for way in (twin.scaffold, lambda: twin.copy(Disk({}).scaffold())):
        with pytest.raises(Exception, match="users and Users are one file on macOS"):
            way()


def test_new_and_copier_place_an_integration_by_one_function(monkeypatch: pytest.MonkeyPatch) -> None:
    placed: list[str] = []
    way = new.place
    assert integrate.place is way

    def noted(integration: object, *words: object, **options: object) -> object:
        placed.append(type(integration).__name__)
        return way(integration, *words, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(new, "place", noted)
    monkeypatch.setattr(integrate, "place", noted)
    Disk({}).copy(Disk({}).scaffold())
    assert placed == ["Integration", "StoredIntegration"]
