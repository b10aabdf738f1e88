"""Commands, edits, formatters, checkouts and stashes in any order: nothing of the user's is lost or written twice."""

from __future__ import annotations

import json
import os
import random
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.lifecycle.living_project import ROOT, LivingProject
from tests.lifecycle.support import YAML

from nango_scaffold.commit.disk import Disk
from nango_scaffold.render.integration import render_files

if TYPE_CHECKING:

    from nango_scaffold.spec.integration import IntegrationSpec

ANSWERS: dict[str, list[dict[str, Any]]] = {
    "hubspot": [
        {"sync_names": ["contacts"]},
        {"sync_names": ["contacts", "companies"], "action_names": ["create-contact", "list-contacts"]},
        {
            "syncs": [
                {"name": "contacts", "runs": "every day", "request": {"path": "/crm/v3/objects/contacts"}}
            ]
        },
    ],
    "zendesk": [
        {"sync_names": ["tickets"]},
        {
            "models": {"Ticket": {"id": "number", "subject?": "string"}},
            "sync_names": ["tickets"],
            "action_names": ["delete-ticket"],
        },
    ],
}
INTEGRATIONS = st.sampled_from([*ANSWERS, "github"])
NAMES = st.sampled_from(["contacts", "companies", "tickets", "create-contact", "delete-ticket", "get-note"])
CHANCE = st.randoms(use_true_random=False)
FORMATS = st.sampled_from(
    [
        {"tabWidth": 2, "semi": False, "printWidth": 80},
        {"singleQuote": True, "tabWidth": 4, "printWidth": 160, "trailingComma": "none"},
    ]
)
PROJECT_FILES = (".gitignore", "dryrun.js", "tsconfig.json")


class AnyOrder(RuleBasedStateMachine):
    """A project whose user runs commands and edits files in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="any-order-", ignore_cleanup_errors=True)
        self.life = LivingProject(Path(self.folder.name) / "project")
        self.life.path.mkdir()
        self.is_adopted = False
        NEWER_TEMPLATE.version = 0

    def teardown(self) -> None:
        self.folder.cleanup()

    @initialize(beginning=st.sampled_from(["new", "adopt", "add"]))
    def begin(self, beginning: str) -> None:
        self.life.copy(project_after(beginning))
        self.is_adopted = beginning != "new"

    # ---- the tool

    @rule(name=st.sampled_from(sorted(ANSWERS)), which=st.integers(0, 2), prune=st.booleans())
    def new(self, name: str, which: int, prune: bool) -> None:
        variants = ANSWERS[name]
        file = self.life.path.with_name(f"{name}.yml")
        file.write_text(json.dumps({"provider": name, **variants[which % len(variants)]}))
        self.life.run("new", "--answers", str(file), *(["--prune"] if prune else []))

    @rule(name=INTEGRATIONS, kind=st.sampled_from(["sync", "action"]), script=NAMES)
    def add(self, name: str, kind: str, script: str) -> None:
        self.life.run(f"add {kind} {name} {script}")

    @rule(name=INTEGRATIONS, script=st.none() | NAMES)
    def remove(self, name: str, script: str | None) -> None:
        if name == "github":  # written by hand: whoever has it taken out wants it taken out
            return
        if self.life.run_once(f"remove {name}", *([script] if script else [])).code in (0, 1):
            folder = f"{ROOT}/{name}/"
            self.life.deleted = {path for path in self.life.deleted if not path.startswith(folder)}
            if not self.life.files("/.nango-scaffold.json"):
                # With the last manifest goes all memory of the project's files: the next `new` begins a project.
                self.life.deleted -= set(PROJECT_FILES)

    @rule()
    def update(self) -> None:
        self.life.run("update")

    @rule()
    def newer_template(self) -> None:
        NEWER_TEMPLATE.version += 1
        self.life.run("update")

    @precondition(lambda self: not self.is_adopted)
    @rule()
    def adopt(self) -> None:
        self.is_adopted = self.life.project.run("adopt github").code == 0

    @rule()
    def mend(self) -> None:
        before = self.life.project.tree()
        result = self.life.project.run_in(f"check {self.life.path} --fix")
        assert result.code in (0, 1, 3), result.err
        mended = self.life.project.tree()
        self.life.project.run_in(f"check {self.life.path} --fix")
        assert self.life.project.tree() == mended
        assert {path for path in before if path not in mended} == set(), "no mend deletes a file"

    # ---- the user

    @rule(at=CHANCE, ending=st.sampled_from([".ts", ".ts", ".yaml", ".gitignore"]))
    def edit(self, at: random.Random, ending: str) -> None:
        paths = self.life.files(ending)
        if paths:
            self.life.edit(at.choice(paths), at)

    @rule(at=CHANCE)
    def delete(self, at: random.Random) -> None:
        scripts = [path for path in self.life.files(".ts") if path.startswith(f"{ROOT}/hubspot/")]
        paths = [*scripts, *(path for path in PROJECT_FILES if self.life.project.has(path))]
        if paths:
            self.life.delete(at.choice(paths))

    @rule(options=FORMATS)
    def format(self, options: dict[str, Any]) -> None:
        self.life.format(options)

    @rule(end=st.sampled_from(["\r\n", "\n"]))
    def check_out_with_other_line_ends(self, end: str) -> None:
        self.life.convert_line_ends(end)

    @rule()
    def commit(self) -> None:
        self.life.commit()

    @rule(work=st.sampled_from(["update", "add sync hubspot deals", "check"]))
    def stash(self, work: str) -> None:
        self.life.stash_and_pop(lambda: self.life.project.run(work) if work != "check" else None)

    # ---- what has to hold

    @invariant()
    def nothing_is_lost(self) -> None:
        if self.life.path.joinpath(YAML).exists():
            self.life.check()


@cache
def project_after(beginning: str) -> LivingProject:
    """A project with a scaffolded integration; the hand-written one may be adopted, and may have a new script."""
    life = LivingProject(Path(FOLDERS.name) / beginning)
    life.path.mkdir()
    life.lay_hand_written()
    life.project.new({"provider": "hubspot", **ANSWERS["hubspot"][0]})
    if beginning != "new":
        assert life.project.run("adopt github").code == 0
    if beginning == "add":
        assert life.project.run("add action github get-note").code == 0
    return life


FOLDERS = tempfile.TemporaryDirectory(prefix="beginnings-", ignore_cleanup_errors=True)


class NewerTemplate:
    """Wraps the templates: from a certain version on, their text differs."""

    version = 0

    def __call__(self, spec: IntegrationSpec, *more: str) -> tuple[dict[str, str], dict[str, str]]:
        files, project_files = render_files(spec, *more)
        if not self.version:
            return files, project_files
        later = {
            path: text.replace("retries: 1", f"retries: {self.version}1").replace(
                "await nango.batchSave", f"// version {self.version}\n        await nango.batchSave"
            )
            for path, text in files.items()
        }
        return later, project_files


NEWER_TEMPLATE = NewerTemplate()
WHO_RENDERS = ("operations.place", "operations.adopted", "operations.hand_written")


@pytest.fixture(autouse=True)
def _templates_that_change(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in WHO_RENDERS:
        monkeypatch.setattr(import_module(f"nango_scaffold.{name}"), "render_files", NEWER_TEMPLATE)
    # What reaches the medium is not the question here.
    monkeypatch.setattr(Disk, "fsync", lambda self, path: None)


def test_nothing_is_lost_in_any_order() -> None:
    steps = 20 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 6
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=max(settings().max_examples // 2, 10),  # each runs some twenty commands
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
        ),
    )
