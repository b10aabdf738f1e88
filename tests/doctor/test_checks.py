"""Each check of the doctor, on surroundings as data: what is fine, what is not, and the command that fixes it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nango_scaffold.doctor import Finding, NangoYaml, Package, Surroundings, checks, examine, page
from nango_scaffold.project import Cli, Folders, NangoProject
from nango_scaffold.render.pins import PACKAGES
from nango_scaffold.report.page import Level, plain

HEALTHY = Surroundings(
    project=NangoProject(
        ".",
        "/app",
        flavour="nango-yaml",
        cli=Cli("0.69.36", "0.69.36"),
        packages=frozenset(PACKAGES),
        ignores_env=True,
    ),
    python=(3, 12, 1),
    git="2.39.5",
    node="20.11.0",
    client="10.2.4",
    packages=(
        ("nango", Package("0.69.36", ">=20.0")),
        ("@nangohq/node", Package("0.69.36")),
        ("zod", Package("3.24.2")),
    ),
    has_tsconfig=True,
    catalogue=("providers.yaml (node_modules, 0.69.36)", "embedded"),
    nango_yaml=NangoYaml(2),
    manifests=2,
)


def with_package(name: str, version: str | None, node: str = "") -> Surroundings:
    packages = dict(HEALTHY.packages)
    packages.pop(name, None)
    if version is not None:
        packages[name] = Package(version, node)
    return replace(HEALTHY, packages=tuple(packages.items()))


def test_a_healthy_project_has_nothing_to_mend() -> None:
    findings = examine(HEALTHY)
    assert {finding.state for finding in findings} == {"ok"}
    assert not any(finding.fix for finding in findings)
    assert len({finding.name for finding in findings}) == len(findings) == 14


@pytest.mark.parametrize(
    ("surroundings", "name", "message", "fix"),
    [
        (replace(HEALTHY, python=(3, 9, 2)), "Python", "3.9.2, older than 3.10", "install Python 3.10"),
        (replace(HEALTHY, git=None), "git", "cannot be merged", "install git"),
        (replace(HEALTHY, node=None), "Node", "nango 0.69.36 needs 20 or newer", "install Node 20 or newer"),
        (
            replace(HEALTHY, node="18.20.4"),
            "Node",
            "18.20.4; nango 0.69.36 needs 20",
            "install Node 20 or newer",
        ),
        (replace(HEALTHY, client=None), "npm", "not found", "which comes with Node"),
        (with_package("nango", None), "nango CLI", "not installed", "npm install"),
        (
            with_package("nango", "0.69.44"),
            "nango CLI",
            "0.69.44 does not read nango.yaml; 0.69.43 was the last",
            "npm install --save-dev nango@0.69.36",
        ),
        (with_package("@nangohq/node", None), "types of scripts", "results are any", "npm install"),
        (with_package("zod", None), "zod", "schema.zod.ts imports it", "npm install"),
        (
            replace(with_package("zod", "4.0.5"), bare_records=(7,)),
            "zod",
            "4.0.5 does not accept z.record(T), which is in line 7",
            "npm install --save-dev zod@3.24.2",
        ),
        (
            replace(HEALTHY, nango_yaml=NangoYaml(refused="nango.yaml:2:1: a tab indents this line")),
            "nango.yaml",
            "nango.yaml:2:1: a tab",
            "fix that line",
        ),
        (
            replace(
                HEALTHY, broken_manifests=(("nango-integrations/a/.nango-scaffold.json", "it is no JSON"),)
            ),
            "records",
            "it is no JSON",
            "git checkout -- nango-integrations/a/.nango-scaffold.json",
        ),
    ],
)
def test_what_will_not_work_is_missing(surroundings: Surroundings, name: str, message: str, fix: str) -> None:
    (unhealthy,) = (finding for finding in examine(surroundings) if finding.state != "ok")
    assert (unhealthy.name, unhealthy.state) == (name, "missing")
    assert message in unhealthy.what
    assert unhealthy.fix.endswith(fix)


@pytest.mark.parametrize(
    ("surroundings", "name", "fix"),
    [
        (with_package("nango", "0.48.1"), "nango CLI", "npm install --save-dev nango@0.69.36"),
        (replace(HEALTHY, catalogue=("embedded",)), "providers", "npm install"),
        (replace(HEALTHY, has_tsconfig=False), "tsconfig.json", "npx -p typescript tsc --init --strict"),
        (replace(HEALTHY, is_unfinished=True), "earlier run", "recovers it first"),
    ],
)
def test_what_could_be_better_is_a_warning(surroundings: Surroundings, name: str, fix: str) -> None:
    (unhealthy,) = (finding for finding in examine(surroundings) if finding.state != "ok")
    assert (unhealthy.name, unhealthy.state) == (name, "warning")
    assert unhealthy.fix.endswith(fix)


def test_zod_4_is_fine_with_what_we_write_but_not_beside_ts_to_zod_3() -> None:
    surroundings = with_package("zod", "4.0.5")
    assert checks.zod(surroundings).state == "ok"
    with_ts_to_zod = replace(
        surroundings, packages=(*surroundings.packages, ("ts-to-zod", Package("3.13.0")))
    )
    assert checks.zod(with_ts_to_zod).state == "warning"


def test_the_older_cli_asks_for_an_older_node() -> None:
    surroundings = replace(with_package("nango", "0.58.7", ">=18.0"), node="18.20.4")
    assert checks.node(surroundings).state == checks.nango(surroundings).state == "ok"


@pytest.mark.parametrize(("version", "reads"), [("0.69.43", True), ("0.70.0", False), ("1.0.0", False)])
def test_the_last_cli_that_reads_nango_yaml(version: str, reads: bool) -> None:
    assert (checks.nango(with_package("nango", version)).state == "ok") is reads


def test_commands_lead_to_the_project_wherever_it_is() -> None:
    project = NangoProject("my project", "/my project", folders=Folders(packages="my project"))
    surroundings = replace(with_package("nango", None), project=project)
    assert checks.nango(surroundings).fix == "cd 'my project' && npm install --save-dev nango@0.69.36"


def test_a_fix_stands_below_what_it_mends() -> None:
    findings = [Finding("git", "ok", "2.1"), Finding("npm", "missing", "not found", "install npm")]
    assert plain(page(findings)) == (
        "ok       git  2.1\nmissing  npm  not found\n              install npm\n\n1 ok, 1 missing\n"
    )
    assert plain(page(findings, quiet=True).at(Level.QUIET)) == (
        "missing  npm  not found\n              install npm\n"
    )


@pytest.mark.parametrize(
    ("platform", "installer", "command"),
    [
        ("linux", "", "curl -LsSf https://astral.sh/uv/install.sh | sh && uv tool install ."),
        ("freebsd14", "", "curl -LsSf https://astral.sh/uv/install.sh | sh && uv tool install ."),
        ("darwin", "", "brew install uv && uv tool install ."),
        ("win32", "", "winget install --id astral-sh.uv && uv tool install ."),
        ("linux", "uv", ": uv tool install ."),
        ("win32", "pipx", ": pipx install ."),
    ],
)
def test_people_without_python_are_told_what_to_type(platform: str, installer: str, command: str) -> None:
    surroundings = replace(HEALTHY, platform=platform, installer=installer)
    finding = examine(surroundings)[0]
    assert (finding.name, finding.state, finding.fix) == ("Python", "ok", "")
    assert finding.what.startswith("3.12.1; ")
    assert finding.what.endswith(command)


def test_an_old_python_need_not_be_replaced() -> None:
    finding = examine(replace(HEALTHY, python=(3, 9, 2), platform="darwin"))[0]
    assert finding.fix == (
        "install Python 3.10, or let uv bring one: brew install uv && uv tool install --python 3.10 ."
    )


def test_an_installation_from_elsewhere_is_installed_from_there() -> None:
    surroundings = replace(
        HEALTHY, platform="linux", installer="uv", origin="git+https://example.com/a b.git"
    )
    assert examine(surroundings)[0].what.endswith(": uv tool install 'git+https://example.com/a b.git'")
