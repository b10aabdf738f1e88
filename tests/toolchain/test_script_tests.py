"""The tests that come with scripts: they pass for every example, and fail when a script does something else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.examples import golden

from .support import vitest
from .support.project import node_modules, run_node
from .support.script_mutants import Mutant, mutants

pytestmark = pytest.mark.toolchain

FOLDER = "nango-integrations"
AT_LEAST = 0.9
"""The part of all mutants that the tests have to tell from the script."""


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trees of all examples, beside each other."""
    root = tmp_path_factory.mktemp("examples")
    for name in golden.names():
        shutil.copytree(golden.EXAMPLES / name, root / name)
    return root


def test_they_pass_for_every_example(examples: Path) -> None:
    outcome = vitest.run(examples)
    assert vitest.failures(outcome) == []
    scripts = {
        f"{script.relative_to(examples).parent.parent.as_posix()}/tests/{script.parent.parent.name}-{script.stem}.test.ts"
        for kind in ("syncs", "actions")
        for script in examples.glob(f"*/{FOLDER}/*/{kind}/*.ts")
    }
    assert set(outcome) == scripts
    assert min(len(tests) for tests in outcome.values()) >= 2


@pytest.mark.nightly
def test_they_fit_the_types_of_either_cli(examples_project: Path) -> None:
    """The project was generated and compiled by the CLI with its tests in it."""
    tests = sorted(examples_project.glob(f"{FOLDER}/*/tests/*.ts"))
    assert len(tests) > len(golden.names()) * 2
    settings = {
        "extends": "./tsconfig.json",
        "compilerOptions": {"paths": {"vitest": [str(vitest.TOOLCHAIN / "node_modules/vitest")]}},
        "include": [f"{FOLDER}/*/tests/*.ts"],
    }
    (examples_project / "tsconfig.tests.json").write_text(json.dumps(settings), "utf-8")
    program = node_modules() / "typescript" / "bin" / "tsc"
    result = run_node(
        [program, "-p", "tsconfig.tests.json"], examples_project, cwd=examples_project, timeout=300
    )
    # The CLI's own models.ts is not free of errors.
    assert [line for line in result.output.splitlines() if "/tests/" in line] == []


@pytest.mark.parametrize(
    ("per_script", "step", "least"),
    [(1, 2, 25), pytest.param(8, 1, 300, marks=pytest.mark.nightly)],
    ids=["some", "many"],
)
def test_they_fail_when_a_script_is_broken(per_script: int, step: int, least: int, tmp_path: Path) -> None:
    broken = dict(_broken_scripts(tmp_path, per_script, step))
    outcome = vitest.run(tmp_path)
    killed = {path.split("/")[0] for path in outcome if vitest.failures({path: outcome[path]})}
    survivors = [
        f"{place}: {mutant.kind}, {mutant.change}"
        for name, (place, mutant) in broken.items()
        if name not in killed
    ]
    print(f"{len(killed)} of {len(broken)} mutants caught; survivors:", *survivors, sep="\n  ")
    assert len(broken) >= least
    assert len(killed) >= AT_LEAST * len(broken), "\n".join(survivors)


def _broken_scripts(root: Path, per_script: int, step: int) -> Iterator[tuple[str, tuple[str, Mutant]]]:
    """Folders that each hold an integration with one script or mapper changed, and its tests.

    Args:
        root: where the folders go.
        per_script: how many mutants a script has.
        step: every which script has some.
    """
    scripts = [
        (golden.EXAMPLES / name, script.relative_to(golden.EXAMPLES / name))
        for name in golden.names()
        for script in sorted((golden.EXAMPLES / name / FOLDER).glob("*/*/*.ts"))
        if script.parent.name != "tests"
    ]
    broken = [
        (project, place, mutant)
        for project, place in scripts[::step]
        for mutant in mutants((project / place).read_text("utf-8"))[:per_script]
    ]
    for number, (project, place, mutant) in enumerate(broken):
        _lay_out(project, place, mutant, root / f"m{number}")
        yield f"m{number}", (f"{project.name}/{place.as_posix()}", mutant)


def _lay_out(project: Path, place: Path, mutant: Mutant, target: Path) -> None:
    """A copy of a project with a mutant in it; of the tests, those of a mutated script alone."""
    shutil.copytree(project / FOLDER, target / FOLDER)
    (target / place).write_text(mutant.text, "utf-8")
    if place.parent.name in ("syncs", "actions"):
        for test in target.glob(f"{FOLDER}/*/tests/*.test.ts"):
            if test.name != f"{place.parent.parent.name}-{place.stem}.test.ts":
                test.unlink()
