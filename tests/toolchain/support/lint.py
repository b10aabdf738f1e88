"""The linters of Nango's integrations: the official plugin, prettier, yamllint; and ts-to-zod for the schemas."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from .project import INTEGRATIONS, CommandResult, node_modules
from .tool_host import run_tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Tool = Literal["eslint", "prettier", "yamllint"]

PRETTIER_OPTIONS: Final[Mapping[str, object]] = {
    "tabWidth": 4,
    "singleQuote": True,
    "printWidth": 160,
    "trailingComma": "none",
    "semi": True,
}

_PLUGIN: Final = "@nangohq/custom-integrations-linting"
# All rules of plugin 0.0.4 but `type-external-api-responses`, which is off upstream too: it looks for
# types.ts in the wrong folder.
_PLUGIN_RULES: Final = (
    "enforce-proxy-configuration-type",
    "include-docs-for-endpoints",
    "no-console-log",
    "no-object-casting",
    "no-try-catch-unless-explicitly-allowed",
    "no-value-modification",
    "no-while-true",
    "proxy-call-retries",
    "query-params-in-params-object",
)
_COMPILER_OPTIONS: Final[Mapping[str, object]] = {
    "lib": ["es2023"],
    "module": "ES2022",
    "target": "es2022",
    "moduleResolution": "node",
    "noEmit": True,
    "esModuleInterop": True,
    "skipLibCheck": True,
    "forceConsistentCasingInFileNames": True,
    "strict": True,
    "allowUnusedLabels": False,
    "allowUnreachableCode": False,
    "exactOptionalPropertyTypes": True,
    "noFallthroughCasesInSwitch": True,
    "noImplicitOverride": True,
    "noImplicitReturns": True,
    "noPropertyAccessFromIndexSignature": True,
    "noUncheckedIndexedAccess": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
}
_YAMLLINT: Final = """\
extends: default
rules:
    line-length: disable
    document-start: disable
    key-duplicates: enable
    truthy:
        check-keys: false
"""
# Written by the tools, or not ours to judge.
_NOT_LINTED: Final = ("models.ts", "dist", "build", ".nango", "node_modules", ".home", ".toolchain")


@dataclass(frozen=True, order=True)
class Finding:
    """One complaint of one tool; `line` is 0 where the tool names the file only."""

    tool: Tool
    path: str
    line: int
    rule: str
    message: str


class LintError(RuntimeError):
    """A tool failed to run, which is not the same as finding something."""


def eslint(*projects: Path) -> list[Finding]:
    """Lint every TypeScript file of the projects in one run, with type information.

    The configuration is upstream's: `@nangohq/eslint-config/base` and the rules of the official plugin.
    Warnings count. `models.ts` must have been generated, or every model is an unresolved type.

    Raises:
        LintError: when models.ts is missing or eslint could not run.
    """
    for project in projects:
        if not (project / INTEGRATIONS / "models.ts").is_file():
            raise LintError(f"{project}: generate models.ts first, else the types are not checked")
    modules = node_modules()
    root = _common_parent(projects)
    sources = [str(project / INTEGRATIONS / "**" / "*.ts") for project in projects]
    tools = projects[0] / ".toolchain"
    tools.mkdir(exist_ok=True)
    _write_json(tools / "tsconfig.json", _tsconfig(projects))
    _write_json(tools / "eslintrc.json", _eslintrc(modules, tools / "tsconfig.json"))
    arguments: list[str | Path] = [
        "--no-eslintrc",
        "--config",
        tools / "eslintrc.json",
        "--resolve-plugins-relative-to",
        modules.parent,
        "--no-error-on-unmatched-pattern",
        "--report-unused-disable-directives",
        "--format",
        "json",
        *sources,
    ]
    result = run_tool("0.69", modules / "eslint" / "bin" / "eslint.js", arguments, projects[0], cwd=root)
    return sorted(_eslint_findings(_parsed(result, "eslint"), root))


def prettier(
    project: Path, patterns: Sequence[str] = ("**/*.ts", "**/*.js", "**/*.mjs", "**/*.cjs")
) -> list[Finding]:
    """Name the files of the project that prettier would change under upstream's options.

    Raises:
        LintError: when prettier could not run.
    """
    cli = node_modules() / "prettier" / "bin" / "prettier.cjs"
    tools = project / ".toolchain"
    tools.mkdir(exist_ok=True)
    (tools / "prettierignore").write_text("\n".join(_NOT_LINTED) + "\n", encoding="utf-8")
    arguments: list[str | Path] = [
        "--list-different",
        "--no-error-on-unmatched-pattern",
        "--ignore-path",
        tools / "prettierignore",
        *_prettier_flags(project),
        *patterns,
    ]
    result = run_tool("0.69", cli, arguments, project)
    if result.exit_code not in (0, 1, 2):
        raise LintError(f"prettier failed:\n{result.output}")
    changed = [
        Finding("prettier", name, 0, "format", "would be reformatted") for name in result.stdout.splitlines()
    ]
    broken = [
        Finding("prettier", "", 0, "syntax", line) for line in result.stderr.splitlines() if "[error]" in line
    ]
    return sorted(changed + broken)


def prettify(project: Path, path: str) -> str:
    """Return the text that prettier gives for one file of the project; the file stays as it is.

    Raises:
        LintError: when prettier cannot parse it.
    """
    cli = node_modules() / "prettier" / "bin" / "prettier.cjs"
    result = run_tool("0.69", cli, [*_prettier_flags(project), path], project)
    if result.exit_code:
        raise LintError(f"prettier failed on {path}:\n{result.output}")
    return result.stdout


def yamllint(project: Path) -> list[Finding]:
    """Lint `nango-integrations/nango.yaml` with upstream's configuration; warnings count.

    Raises:
        LintError: when yamllint could not run.
    """
    name = f"{INTEGRATIONS}/nango.yaml"
    process = subprocess.run(
        [sys.executable, "-m", "yamllint", "--format", "parsable", "--config-data", _YAMLLINT, name],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if process.returncode not in (0, 1) or process.stderr:
        raise LintError(f"yamllint failed:\n{process.stdout}{process.stderr}")
    return [_yamllint_finding(line) for line in process.stdout.splitlines() if line]


def ts_to_zod(project: Path) -> str:
    """Return what `ts-to-zod` makes of `.nango/schema.ts`, after prettier: the reference for schema.zod.ts.

    Raises:
        LintError: when it refuses the models; the message is its own.
    """
    root = project / INTEGRATIONS
    reference = root / "schema.reference.ts"
    bin_ = node_modules() / "ts-to-zod" / "bin" / "run"
    result = run_tool("0.69", bin_, [".nango/schema.ts", reference.name], project, cwd=root)
    if result.exit_code or not reference.is_file():
        raise LintError(f"ts-to-zod failed:\n{result.output}")
    try:
        return prettify(project, f"{INTEGRATIONS}/{reference.name}")
    finally:
        reference.unlink()


def _common_parent(projects: Sequence[Path]) -> Path:
    return Path(os.path.commonpath(projects))


def _tsconfig(projects: Sequence[Path]) -> dict[str, object]:
    include = [str(project / INTEGRATIONS / "**" / "*.ts") for project in projects]
    return {"compilerOptions": _COMPILER_OPTIONS, "include": include}


def _eslintrc(modules: Path, tsconfig: Path) -> dict[str, object]:
    rules: dict[str, object] = {f"{_PLUGIN}/{name}": "error" for name in _PLUGIN_RULES}
    rules["prettier/prettier"] = ["error", PRETTIER_OPTIONS, {"usePrettierrc": False}]
    return {
        "root": True,
        "plugins": [_PLUGIN],
        "extends": [str(modules / "@nangohq" / "eslint-config" / "src" / "configs" / "base.js")],
        "parserOptions": {"project": str(tsconfig)},
        "ignorePatterns": list(_NOT_LINTED),
        "rules": rules,
    }


def _eslint_findings(results: Sequence[Mapping[str, Any]], root: Path) -> Iterator[Finding]:
    for result in results:
        path = Path(result["filePath"]).relative_to(root).as_posix()
        for message in result["messages"]:
            rule = (message["ruleId"] or "parse").removeprefix(f"{_PLUGIN}/")
            yield Finding("eslint", path, message.get("line", 0), rule, message["message"])


def _yamllint_finding(line: str) -> Finding:
    path, row, _column, rest = line.split(":", 3)
    message, _, rule = rest.strip().rpartition(" (")
    return Finding("yamllint", path, int(row), rule.rstrip(")"), message)


def _prettier_flags(project: Path) -> list[str]:
    tools = project / ".toolchain"
    tools.mkdir(exist_ok=True)
    _write_json(tools / "prettierrc.json", PRETTIER_OPTIONS)
    return ["--no-editorconfig", "--config", str(tools / "prettierrc.json")]


def _write_json(path: Path, data: Mapping[str, object]) -> None:
    path.write_text(json.dumps(data, indent=4) + "\n", encoding="utf-8")


def _parsed(result: CommandResult, tool: str) -> Any:
    try:
        return json.loads(result.stdout)
    except ValueError as error:
        raise LintError(f"{tool} failed (exit code {result.exit_code}):\n{result.output}") from error
