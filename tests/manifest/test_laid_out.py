"""The manifest is small and formatted as prettier does; any other formatting reads the same."""

from __future__ import annotations

import json

import pytest
from tests.examples.golden import EXAMPLES, names
from tests.lifecycle.support import Project
from tests.manifest.hostile import first_format, opened

from nango_scaffold.manifest import PROJECT_FILES, to_text
from nango_scaffold.manifest.manifest import laid_out
from nango_scaffold.manifest.reading import from_text

MANIFEST = "nango-integrations/hubspot/.nango-scaffold.json"
ANSWERS = {"provider": "hubspot", "sync_names": ["users"], "action_names": ["create-user"]}


@pytest.fixture
def scaffolded(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("laid-out") / "project")
    project.path.mkdir()
    assert project.new(ANSWERS).code == 0
    return project


def crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


@pytest.mark.parametrize(
    "formatted",
    [
        lambda text: json.dumps(json.loads(text), indent=2),
        lambda text: json.dumps(json.loads(text)),
        lambda text: json.dumps(json.loads(text), indent="\t", ensure_ascii=True),
        lambda text: f"\ufeff{text}",
        crlf,
    ],
    ids=["two blanks", "one line", "tabs", "byte order mark", "CRLF"],
)
def test_a_formatter_is_no_change(scaffolded: Project, formatted: object) -> None:
    text = formatted(scaffolded.read(MANIFEST))  # type: ignore[operator]
    scaffolded.write(MANIFEST, text)
    result = scaffolded.new(ANSWERS, "--check")
    assert (result.code, "Nothing to do" in result.out) == (0, True), result.out
    assert "Nothing to do" in scaffolded.run("update").out
    assert scaffolded.read(MANIFEST) == text
    assert scaffolded.run("add sync hubspot teams").code == 0
    assert scaffolded.new({**ANSWERS, "sync_names": ["users", "teams"]}, "--check").code == 0


def test_a_checkout_with_line_ends_of_windows_is_no_change(scaffolded: Project) -> None:
    for path, data in scaffolded.tree().items():
        if data is not None:
            scaffolded.write(path, crlf(data.decode()))
    before = scaffolded.tree()
    assert scaffolded.new(ANSWERS, "--check").code == 0
    scaffolded.new(ANSWERS)
    scaffolded.run("update")
    assert scaffolded.tree() == before
    scaffolded.run("add sync hubspot teams")
    manifest = scaffolded.read(MANIFEST)
    assert manifest.count("\r\n") == manifest.count("\n") > 10


def test_manifests_of_format_1_are_read_and_written_anew(scaffolded: Project) -> None:
    now = scaffolded.read(MANIFEST)
    old = first_format(opened(now))
    old["files"].update({path: scaffolded.read(path) for path in PROJECT_FILES})
    scaffolded.write(MANIFEST, json.dumps(old, indent=2))
    scaffolded.edit("nango-integrations/hubspot/syncs/users.ts", "export default", "// mine\nexport default")
    assert scaffolded.new(ANSWERS).code == 0
    assert scaffolded.read(MANIFEST) == now
    assert scaffolded.run("remove hubspot create-user").code == 0
    assert scaffolded.run("remove hubspot").code == 0
    assert "tsconfig.json" not in scaffolded.tree(), "project files are known to be ours by their digests"


def test_an_edited_project_file_stays(scaffolded: Project) -> None:
    scaffolded.edit("tsconfig.json", "{", "{ // mine\n")
    result = scaffolded.run("remove hubspot")
    assert (result.code, result.label_of("tsconfig.json")) == (0, "kept: edited since it was written")
    assert scaffolded.has("tsconfig.json")
    assert not scaffolded.has("package.json")


@pytest.mark.parametrize("name", names())
def test_it_is_less_than_half_of_what_it_was(name: str) -> None:
    (path,) = (EXAMPLES / name).glob("nango-integrations/*/.nango-scaffold.json")
    text = path.read_text()
    old = first_format(opened(text))
    old["files"].update(
        {
            file: (EXAMPLES / name / file).read_text()
            for file in json.loads(text)["files"]
            if file in PROJECT_FILES
        }
    )
    assert len(text) < 0.5 * len(json.dumps(old, indent=2))
    assert all(len(line) <= 120 for line in text.partition('"merge_base"')[2].splitlines())
    where = path.relative_to(EXAMPLES / name).as_posix()
    assert to_text(from_text(text, where)) == text


def test_reviews_show_it_collapsed(scaffolded: Project) -> None:
    attributes = "nango-integrations/.gitattributes"
    assert scaffolded.read(attributes) == "**/.nango-scaffold.json linguist-generated\n"
    scaffolded.run("remove hubspot")
    assert not scaffolded.has(attributes)


def test_attributes_of_the_users_stay_as_they_are(tmp_path_factory: pytest.TempPathFactory) -> None:
    project = Project(tmp_path_factory.mktemp("own") / "project")
    attributes = "nango-integrations/.gitattributes"
    project.write(attributes, "* text=auto\n")
    project.new(ANSWERS)
    assert project.read(attributes) == "* text=auto\n"
    project.run("remove hubspot")
    assert project.read(attributes) == "* text=auto\n"


@pytest.mark.parametrize("width", [150, 170])
def test_an_empty_list_has_no_line_to_break_at(width: int) -> None:
    key = "k" * width
    assert laid_out({key: []}).splitlines() == ["{", f'    "{key}": []', "}"]
