"""Which templates ``update`` may run: a project names them, and a project is untrusted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from nango_scaffold.copier_integration import trust
from nango_scaffold.copier_integration.trust import Template, refuse_untrusted
from nango_scaffold.errors import ProjectError

from .support import REPOSITORY, YAML, Project, answers_file, git
from .test_update_many import update

ANSWERS = answers_file("acme")
RELEASE = "v1.0.0"


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copier's settings: none, until a test writes some."""
    path = tmp_path / "settings.yml"
    monkeypatch.setenv("COPIER_SETTINGS_PATH", str(path))
    return path


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """A file that is there once the template's code has run."""
    return tmp_path / "it-ran"


@pytest.fixture
def stranger(tmp_path: Path, marker: Path) -> Path:
    """A template whose two releases run a command."""
    root = tmp_path / "stranger"
    (root / "nango-integrations/acme").mkdir(parents=True)
    (root / "copier.yml").write_text(f"_answers_file: {ANSWERS}\n_tasks: [touch '{marker}']\nwho: nobody\n")
    (root / f"{ANSWERS}.jinja").write_text("{{ _copier_answers|to_nice_yaml }}")
    (root / "nango-integrations/acme/word.txt.jinja").write_text("one\n")
    git(root, "init", "--quiet", "--initial-branch=main")
    for number, word in enumerate(("one", "two")):
        (root / "nango-integrations/acme/word.txt.jinja").write_text(f"{word}\n")
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--message=word")
        git(root, "tag", f"v1.{number}.0")
    return root


@pytest.fixture
def project(tmp_path: Path, stranger: Path) -> Project:
    """A clone of somebody's project, with the stranger's template in it as a folder and as a bundle."""
    project = Project.begin(tmp_path / "project")
    project.write(YAML, "integrations:\n    acme:\n        actions: {}\nmodels: {}\n")
    project.write("nango-integrations/acme/word.txt", "one\n")
    vendor = project.root / "vendor"
    shutil.copytree(stranger, vendor / "tpl")
    shutil.copytree(stranger, vendor / "tpl.git")
    git(stranger, "bundle", "create", "--quiet", str(vendor / "tpl.bundle"), "--all")
    return project


def names(project: Project, source: object, commit: object = RELEASE) -> Project:
    """Let the project's answers name a template."""
    return project.write(ANSWERS, yaml.safe_dump({"_src_path": source, "_commit": commit, "who": "me"}))


SOURCES = [
    "./vendor/tpl.bundle",
    "vendor/tpl",
    "vendor/tpl.git",
    "../project/vendor/tpl",
    "{project}/vendor/tpl",
    "file://{project}/vendor/tpl.git",
    "git+file://{project}/vendor/tpl.git",
    "ext::sh -c 'touch% {marker}' .git",
    "git+ext::touch {marker}",
    "--upload-pack=touch {marker};.git",
    "-u./vendor/tpl.git",
    "gh:stranger/tpl",
    "gl:stranger/tpl.git",
    "git@example.com:stranger/tpl.git",
    "git+ssh://-oProxyCommand=touch {marker}/tpl",
    "https://somebody:secret@example.com/tpl.git",
    "{own}/../stranger",
    "{own}.git",
    "tpl\x1b[2J\nrm -rf",
    ["a", "list"],
    {"a": "mapping"},
    17,
]


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_no_template_that_a_project_names_is_run_unasked(
    source: object, project: Project, marker: Path
) -> None:
    """Not in a dry run either; the source is named, and what to do."""
    if isinstance(source, str):
        places = {"{project}": project.root, "{marker}": marker, "{own}": REPOSITORY}
        for name, place in places.items():
            source = source.replace(name, str(place))
    names(project, source)
    before = project.tree()
    for words in (["--dry-run"], ["--dry-run", "--trust"], []):
        result = update(project.root, *words)
        assert (result.code, result.out) == (3, "")
        assert result.err.startswith(f"nango-scaffold: {ANSWERS}: the template is not trusted")
        assert str(source)[-8:].partition("\n")[0] in result.err
        assert "--trust" in result.err
        assert "secret" not in result.err
        assert "\x1b" not in result.err
    assert not marker.exists()
    assert project.tree() == before


def test_it_runs_when_asked_to_from_wherever_the_command_is_given(
    project: Project, marker: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative place is meant from the project, and nothing in the project is taken for a program or a module."""
    names(project, "./vendor/tpl.bundle")
    for module in ("copier", "sitecustomize", "yaml"):
        project.write(f"{module}.py", f"open({str(tmp_path / 'module-ran')!r}, 'w')")
    project.write("git", f"#!/bin/sh\ntouch '{tmp_path / 'program-ran'}'\n")
    (project.root / "git").chmod(0o755)
    project.write(".gitattributes", "* filter=evil merge=evil\n")
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("PATH", f".:{project.root.name}:{_path()}")
    assert update(Path("."), "--trust").code == 0
    assert marker.exists()
    assert project.read("nango-integrations/acme/word.txt") == "two\n"
    assert not (tmp_path / "module-ran").exists()
    assert not (tmp_path / "program-ran").exists()


def _path() -> str:
    import os

    return os.environ["PATH"]


@pytest.mark.parametrize(
    ("listed", "is_trusted"),
    [("{root}", True), ("{parent}/", True), ("{parent}", False), ("{root}/", False), ("gh:stranger/", False)],
)
def test_copier_s_own_list_is_read_as_copier_reads_it(
    listed: str, is_trusted: bool, project: Project, stranger: Path, settings: Path
) -> None:
    entry = listed.replace("{root}", str(stranger)).replace("{parent}", str(stranger.parent))
    settings.write_text(yaml.safe_dump({"trust": [entry]}))
    template = Template("acme", str(stranger), RELEASE)
    if is_trusted:
        refuse_untrusted([template], project.root)
    else:
        with pytest.raises(ProjectError, match="not trusted"):
            refuse_untrusted([template], project.root)


def test_settings_that_cannot_be_read_are_named(project: Project, settings: Path) -> None:
    names(project, "gh:stranger/tpl")
    settings.write_text("trust: [")
    result = update(project.root)
    assert result.code == 3
    assert "Copier's settings" in result.err


def test_the_template_of_this_installation_is_its_own_clone(project: Project) -> None:
    """By whatever path it is named; a folder of the project that is called like an address is not taken for it."""
    head = git(REPOSITORY, "rev-parse", "HEAD").strip()
    (project.root / "link").symlink_to(REPOSITORY)
    (project.root / "gh:link").symlink_to(REPOSITORY)
    for source in (str(REPOSITORY), "link", f"{REPOSITORY}/tests/.."):
        refuse_untrusted([Template("acme", source, commit) for commit in (RELEASE, head[:7])], project.root)
    with pytest.raises(ProjectError, match="not trusted"):
        refuse_untrusted([Template("acme", "gh:link", RELEASE)], project.root)


def test_what_pip_was_told_to_install_from_is_trusted(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = '{"url": "https://github.com/house/nango-scaffold.git", "vcs_info": {"vcs": "git"}}'
    monkeypatch.setattr("importlib.metadata.PathDistribution.read_text", lambda *_: noted)
    trust.own_locations.cache_clear()
    try:
        for source in ("gh:house/nango-scaffold", "https://github.com/house/nango-scaffold"):
            refuse_untrusted([Template("acme", source, RELEASE)], project.root)
        for source in ("gh:house/nango-scaffold-2", "https://github.com/house", "gl:house/nango-scaffold"):
            with pytest.raises(ProjectError, match="not trusted"):
                refuse_untrusted([Template("acme", source, RELEASE)], project.root)
    finally:
        trust.own_locations.cache_clear()


@pytest.mark.parametrize(
    "commit", ["refs/pull/1/head", "proposal", "{proposal}", "v1.0.0-4-g{proposal}", "--help", "0" * 40]
)
def test_of_a_trusted_repository_only_what_was_published_is_run(
    commit: str, stranger: Path, project: Project, settings: Path
) -> None:
    """A forge hands out the proposals of strangers from the same address."""
    settings.write_text(yaml.safe_dump({"trust": [str(stranger), "gh:house/"]}))
    git(stranger, "commit", "--quiet", "--allow-empty", "--message=a proposal")
    proposal = git(stranger, "rev-parse", "HEAD").strip()
    git(stranger, "update-ref", "refs/pull/1/head", proposal)
    git(stranger, "reset", "--quiet", "--hard", "HEAD~1")
    commit = commit.replace("{proposal}", proposal[:12])
    for source in (str(stranger), "gh:house/tpl"):
        with pytest.raises(ProjectError, match="not a release"):
            refuse_untrusted([Template("acme", source, commit)], project.root)


@pytest.mark.parametrize("source", ["tpl\0", "/tmp/tpl\0", "~\0/tpl", "gh:house\0/tpl"])
def test_what_cannot_be_a_path_is_a_template_that_is_not_trusted(source: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="not trusted") as refusal:
        refuse_untrusted([Template("acme", source, RELEASE)], tmp_path)
    assert "\0" not in str(refusal.value)
