"""The tools find nothing in a correct project, and each reports its own kind of fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .support import lint, nango
from .support.project import REPOSITORY, ToolchainMissingError, Version, node_modules, prepare
from .support.tool_host import run_tool

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import MakeProject

pytestmark = pytest.mark.toolchain

YAML = "nango-integrations/nango.yaml"
SYNC = "nango-integrations/github/syncs/pull-requests.ts"
ACTION = "nango-integrations/github/actions/create-pull-request.ts"
MODELS = "nango-integrations/models.ts"


def varied(tree: dict[str, str], path: str, old: str, new: str) -> dict[str, str]:
    """Return the tree with the one occurrence of `old` in `path` replaced."""
    assert tree[path].count(old) == 1, f"{old!r} must stand exactly once in {path}"
    return {**tree, path: tree[path].replace(old, new)}


def without(tree: dict[str, str], path: str) -> dict[str, str]:
    return {name: text for name, text in tree.items() if name != path}


@pytest.mark.parametrize("end", ["", "process.exit(3);"])
def test_a_tool_may_print_more_than_a_pipe_holds(tmp_path: Path, end: str) -> None:
    tool = tmp_path / "tool.cjs"
    tool.write_text(f"setTimeout(() => {{ process.stdout.write('x'.repeat(300_000)); {end} }}, 1);\n")
    for _ in range(2):
        result = run_tool("0.69", tool, [], tmp_path, timeout=60)
        assert (result.exit_code, len(result.stdout)) == (3 if end else 0, 300_000)


def test_generate_reads_the_correct_project_completely(
    hand_tree: dict[str, str], make_project: MakeProject, version: Version
) -> None:
    generated = nango.generate(make_project(hand_tree, version), version)

    assert generated.problems == ()
    assert generated.integrations["github"].syncs["pull-requests"]["output"] == ["PullRequest"]
    assert generated.integrations["github"].actions["create-pull-request"]["input"] == "CreatePullRequest"
    assert {"GithubMetadata", "CreatePullRequest", "PullRequest"} <= set(generated.models)


def test_compile_needs_no_generate_before_it(
    hand_tree: dict[str, str], make_project: MakeProject, version: Version
) -> None:
    project = make_project(hand_tree, version)
    result = nango.compile(project, version)

    assert result.ok, result.output
    assert (project / MODELS).is_file()


def test_the_linters_find_nothing_in_the_correct_projects(hand_project: Path, styles_project: Path) -> None:
    assert lint.eslint(hand_project, styles_project) == []
    assert lint.prettier(hand_project) + lint.prettier(styles_project) == []
    assert lint.yamllint(hand_project) + lint.yamllint(styles_project) == []


def test_ts_to_zod_gives_the_schemas_of_the_correct_project(
    hand_tree: dict[str, str], make_project: MakeProject
) -> None:
    project = make_project(hand_tree, "0.69")
    nango.generate(project, "0.69")

    assert lint.ts_to_zod(project) == hand_tree["nango-integrations/schema.zod.ts"]


def test_generate_reports_a_script_without_a_file(
    hand_tree: dict[str, str], make_project: MakeProject, version: Version
) -> None:
    generated = nango.generate(make_project(without(hand_tree, ACTION), version), version)

    assert generated.problems == ("github/actions/create-pull-request.ts: no file; the CLI wrote a stub",)


def test_generate_reports_a_file_that_no_entry_names(
    hand_tree: dict[str, str], make_project: MakeProject, version: Version
) -> None:
    tree = {**hand_tree, "nango-integrations/github/syncs/extra.ts": hand_tree[SYNC]}
    generated = nango.generate(make_project(tree, version), version)

    assert generated.problems == ("github/syncs/extra.ts: a file that nango.yaml does not name",)


def test_a_file_in_the_style_of_version_1_is_neither_generated_nor_compiled(
    hand_tree: dict[str, str], make_project: MakeProject, version: Version
) -> None:
    head, _, entries = hand_tree[YAML].partition("        syncs:\n")
    flat, _, models = entries.partition("        actions:\n")
    text = head + flat.replace("\n    ", "\n")[4:] + models[models.index("models:") :]
    project = make_project(without({**hand_tree, YAML: text}, ACTION), version)

    generated = nango.generate(project, version)
    compiled = nango.compile(project, version)

    assert "github/syncs/pull-requests.ts: in nango.yaml, but the CLI did not read it" in generated.problems
    assert not compiled.ok
    assert compiled.missing == ("dist/pull-requests-github.js",)


def test_generate_reports_a_file_it_cannot_parse_in_spite_of_an_earlier_success(
    hand_tree: dict[str, str], make_project: MakeProject, version: Version
) -> None:
    project = make_project(hand_tree, version)
    assert nango.generate(project, version).complete

    (project / YAML).write_text(hand_tree[YAML] + "models: {}\n")
    broken = nango.generate(project, version)

    assert not broken.complete
    assert "the CLI read no integration" in broken.problems


def faulty(hand_tree: dict[str, str]) -> dict[str, str]:
    """The project written by hand with errors of types in an action and a sync."""
    faults = (
        "const unused = 1;\n    const draft: ProxyConfiguration = { endpoint: '/', params: { draft: true } };"
    )
    tree = varied(
        hand_tree,
        ACTION,
        "    return toPull",
        f"    {faults}\n    await nango.get(draft);\n    return toPull",
    )
    return varied(tree, SYNC, "changed.map(toPullRequest), 'PullRequest'", "changed.map(toPullRequest)")


@pytest.mark.usefixtures("hand_project")  # another project has been there before
def test_a_process_that_stays_does_what_the_cli_alone_does(
    hand_tree: dict[str, str], make_project: MakeProject, version: Version
) -> None:
    project = make_project(faulty(hand_tree), version)
    staying, by_cli = (
        (nango.compile(project, version, as_one_program=as_one_program), generated_files(project))
        for as_one_program in (True, False)
    )
    assert (staying[0].ok, staying[0].missing, staying[0].output) == (
        by_cli[0].ok,
        by_cli[0].missing,
        by_cli[0].output,
    )
    assert staying[1] == by_cli[1]
    assert set(staying[1]) >= {"models.ts", "schema.ts", "schema.json"}


def generated_files(project: Path) -> dict[str, str]:
    """Remove and return the files that the CLI generates."""
    root = project / "nango-integrations"
    paths = [root / "models.ts", *(path for path in (root / ".nango").iterdir() if path.is_file())]
    texts = {path.name: path.read_text("utf-8") for path in paths}
    for path in paths:
        path.unlink()
    return texts


def test_compile_reports_type_errors_with_real_types_and_unused_variables(
    hand_tree: dict[str, str], make_project: MakeProject, version: Version
) -> None:
    result = nango.compile(make_project(faulty(hand_tree), version), version)

    assert not result.ok
    assert set(result.missing) == {"dist/create-pull-request-github.js", "dist/pull-requests-github.js"}
    assert "'unused' is declared but its value is never read" in result.output
    # `params` takes strings and numbers, `batchSave` a model: seen only when the SDK's types resolve.
    assert "Type 'boolean' is not assignable to type 'string | number'" in result.output
    assert "Expected 2 arguments, but got 1" in result.output


def test_each_linter_reports_its_own_faults_of_many_projects_in_one_run(
    hand_project: Path, hand_tree: dict[str, str], tmp_path: Path, version: Version
) -> None:
    tree = {**hand_tree, MODELS: (hand_project / MODELS).read_text(encoding="utf-8")}
    wrong = {
        "unused": varied(tree, ACTION, "    return toPull", "    const unused = 1;\n\n    return toPull"),
        "extension": varied(tree, SYNC, "to-pull-request.js", "to-pull-request"),
        "quotes": varied(tree, ACTION, "'../types'", '"../types"'),
        "blank": varied(tree, SYNC, "    }\n}\n", "    } \n}\n"),
        "untyped": varied(
            varied(tree, ACTION, "config: ProxyConfiguration", "config"), ACTION, " ProxyConfiguration,", ""
        ),
        "retries": varied(tree, ACTION, ",\n        retries: 3", ""),
        "docs": varied(
            tree, ACTION, "        // https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request\n", ""
        ),
        "floating": varied(tree, SYNC, "await nango.batchSave", "nango.batchSave"),
        "console": varied(tree, ACTION, "    return toPull", "    console.log(owner);\n\n    return toPull"),
    }
    projects = {name: prepare(files, version, tmp_path / name) for name, files in wrong.items()}

    rules: dict[str, set[str]] = {name: set() for name in wrong}
    for finding in lint.eslint(*projects.values()):
        rules[finding.path.partition("/")[0]].add(finding.rule)

    assert rules == {
        "unused": {"@typescript-eslint/no-unused-vars"},
        "extension": {"import/extensions"},
        "quotes": {"prettier/prettier"},
        "blank": {"prettier/prettier"},
        "untyped": {"enforce-proxy-configuration-type"},
        "retries": {"proxy-call-retries"},
        "docs": {"include-docs-for-endpoints"},
        # Found only with type information at hand.
        "floating": {"@typescript-eslint/no-floating-promises"},
        "console": {"no-console", "no-console-log"},
    }
    assert [finding.path for finding in lint.prettier(projects["quotes"])] == [ACTION]
    assert [finding.path for finding in lint.prettier(projects["blank"])] == [SYNC]
    assert lint.prettier(projects["unused"]) == []


def test_yamllint_reports_blanks_and_duplicates(hand_tree: dict[str, str], tmp_path: Path) -> None:
    tree = varied(hand_tree, YAML, "runs: every hour", "runs: every hour \n                runs: every day")
    project = prepare(tree, "0.69", tmp_path)

    assert {finding.rule for finding in lint.yamllint(project)} == {"trailing-spaces", "key-duplicates"}


def test_the_linter_refuses_a_project_whose_models_are_missing(
    hand_tree: dict[str, str], tmp_path: Path
) -> None:
    with pytest.raises(lint.LintError, match=r"generate models\.ts first"):
        lint.eslint(prepare(hand_tree, "0.69", tmp_path))


def test_a_missing_toolchain_is_an_error_that_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.toolchain.support.project.REPOSITORY", REPOSITORY / "examples")

    with pytest.raises(ToolchainMissingError, match=r"npm ci --prefix toolchain/nango-0\.58"):
        node_modules("0.58")


def test_a_tree_cannot_leave_its_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="leaves"):
        prepare({"../outside.ts": ""}, "0.69", tmp_path / "project")
