"""`nango dryrun` against the fake API: what a script saved, deleted, returned, or failed with."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .fake_api import SECRET_KEY, FakeNango
from .nango import nango
from .project import INTEGRATIONS, CommandResult, Version, write_files
from .service import service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

# 0.69.36 builds its list of scripts from a zero-yaml index even in a project that has a nango.yaml. One
# built on-event script satisfies it; it is never run.
_GATE: Final[Mapping[str, str]] = {
    "index.ts": "import './zz-gate/on-events/gate.js';\n",
    "build/zz-gate_on-events_gate.cjs": "exports.default={type:'onEvent',event:'post-connection-creation'};\n",
}
_FAILED: Final = "An error occurred during execution"


class NotRunError(RuntimeError):
    """The script did not start, say because it does not compile; the message is what the CLI printed."""


@dataclass(frozen=True)
class DryRun:
    """The outcome of one run.

    Attributes:
        output: all that the CLI printed.
        saved: the records of `batchSave` in order, by model. Empty when the run failed: the CLI drops them.
        deleted: those of `batchDelete`.
        result: what an action returned.
        error: None, or what the script failed with: `type`, `payload` and maybe `status` and `stacktrace`. Data that
            does not fit its model has the type `invalid_action_input`, `invalid_action_output` or
            `invalid_sync_record`, and its fields in the payload's message.
    """

    output: str
    seconds: float
    saved: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    deleted: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    result: Any = None
    error: Mapping[str, Any] | None = None


def dryrun(
    project: Path,
    version: Version,
    script: str,
    server: FakeNango,
    *,
    integration: str,
    connection: str = "conn",
    input: Any = None,
    last_sync_date: str | None = None,
    validate: bool = True,
    compiled: bool = False,
    command: Callable[..., CommandResult] = nango,
) -> DryRun:
    """Run one sync, action or on-event script through the CLI.

    Args:
        project: a prepared project; it is compiled by the CLI itself.
        version: the CLI.
        script: the script's name in nango.yaml.
        server: the API it talks to, inside its `with` block. Metadata comes from it and goes to it.
        integration: the key in nango.yaml.
        connection: any id.
        input: an action's input, as JSON data; None gives none.
        last_sync_date: for a sync, anything `new Date()` reads; None means a first run.
        validate: let the CLI hold input, output and records against the models. Without it an action's own
            checks are heard, which the CLI forestalls otherwise; but then nothing that it returns is read.
        compiled: `compile` has succeeded and nothing has changed since: then the service behind the command is asked,
            which is there already, instead of the command, which compiles first.
        command: what runs the command: a process of its own, or `nango_in_host`, which a run that succeeds ends.

    Raises:
        NotRunError: when the CLI did not get as far as the script.
    """
    root = project / INTEGRATIONS
    options = {
        "sync": script,
        "connectionId": connection,
        "optionalProviderConfigKey": integration,
        "optionalEnvironment": "dev",
        # Saving is the one way to read records back, and on the newer CLI it implies validation.
        "validation": validate,
        "saveResponses": validate,
        **({} if input is None else {"input": json.dumps(input)}),
        **({} if last_sync_date is None else {"lastSyncDate": last_sync_date}),
    }
    store = _Store(root, integration, script, version)
    store.clear()
    environment = {
        "NANGO_HOSTPORT": server.url,
        "NANGO_SECRET_KEY_DEV": SECRET_KEY,
        "NANGO_MOCKS_RESPONSE_DIRECTORY": f"{store.folder}/",
    }
    if compiled:
        result = service(version, root).run(environment, options)
    else:
        result = _command(command, project, version, options, environment)
    try:
        return _outcome(result, store if validate else None)
    finally:
        store.clear()


def run_script(project: Path, version: Version, script: str, server: FakeNango, **options: Any) -> DryRun:
    """Run a script of a compiled project, named as ``integration/script``; the options are those of `dryrun`."""
    integration, name = script.split("/")
    return dryrun(project, version, name, server, integration=integration, compiled=True, **options)


def successful_run(project: Path, version: Version, script: str, server: FakeNango, **options: Any) -> DryRun:
    """The same, of a script that must not fail."""
    outcome = run_script(project, version, script, server, **options)
    assert outcome.error is None, outcome.output
    return outcome


def _command(
    run: Callable[..., CommandResult],
    project: Path,
    version: Version,
    options: Mapping[str, Any],
    environment: Mapping[str, str],
) -> CommandResult:
    arguments = ["dryrun", options["sync"], options["connectionId"], "--auto-confirm"]
    arguments += [
        "-e",
        options["optionalEnvironment"],
        "--integration-id",
        options["optionalProviderConfigKey"],
    ]
    arguments += ["--validation", "--save-responses"] if options["validation"] else []
    arguments += [
        part for name in ("input", "lastSyncDate") if name in options for part in (f"--{name}", options[name])
    ]
    with _gate(project / INTEGRATIONS, version):
        return run(project, version, *arguments, **environment)


def _outcome(command: CommandResult, store: _Store | None) -> DryRun:
    if "Executing -> integration" not in command.output:
        raise NotRunError(command.output)
    if _FAILED in command.stderr:
        return DryRun(command.output, command.seconds, error=_error(command))
    if command.exit_code != 0:
        raise NotRunError(f"exit code {command.exit_code}:\n{command.output}")
    if store is None:
        return DryRun(command.output, command.seconds)
    saved, deleted, result = store.read()
    return DryRun(command.output, command.seconds, saved, deleted, result)


def _error(result: CommandResult) -> Mapping[str, Any]:
    text = result.stderr.partition(_FAILED)[2].strip()
    start = text.find("{")
    if start < 0:
        return _refusal(text, result.stdout)
    payload, _ = json.JSONDecoder().raw_decode(text[start:])
    return payload if isinstance(payload, dict) else {"type": "unknown", "payload": payload}


def _refusal(text: str, stdout: str) -> Mapping[str, Any]:
    # What does not fit its model is printed as prose: a code in brackets ("undefined" for records), then the fields.
    code = re.search(r"\((\w+)\)", text)
    kind = code[1] if code and code[1] != "undefined" else "invalid_sync_record"
    fields = re.findall(r"^(\S.*)\n +error +(.+?)(?: +\[\w+\])?$", stdout, flags=re.MULTILINE)
    return {"type": kind, "payload": {"message": "; ".join(f"{name}: {fault}" for name, fault in fields)}}


@dataclass(frozen=True)
class _Store:
    """The files in which each CLI leaves what a run saved."""

    root: Path
    integration: str
    script: str
    version: Version

    @property
    def folder(self) -> Path:
        return self.root.parent / ".mocks"

    @property
    def _unified(self) -> Path:
        return self.root / self.integration / "tests" / f"{self.script}.test.json"

    @property
    def _mocks(self) -> Path:
        return self.folder / self.integration / "mocks" / self.script

    def clear(self) -> None:
        """Remove what this or an earlier run left for the script."""
        self._unified.unlink(missing_ok=True)
        if self._unified.parent.is_dir() and not any(self._unified.parent.iterdir()):
            self._unified.parent.rmdir()
        for path in self._mocks.rglob("*.json"):
            path.unlink()

    def read(self) -> tuple[dict[str, Any], dict[str, Any], Any]:
        """Return the saved and the deleted records by model, and an action's result."""
        if self.version == "0.58":
            saved = {path.parent.name: _load(path) for path in self._mocks.glob("*/batchSave.json")}
            deleted = {path.parent.name: _load(path) for path in self._mocks.glob("*/batchDelete.json")}
            result = _load(self._mocks / "output.json") if (self._mocks / "output.json").is_file() else None
            return _filled(saved), _filled(deleted), result
        stored = _load(self._unified)
        saved_by_script = stored["nango"]
        return (
            _filled(saved_by_script.get("batchSave", {})),
            _filled(saved_by_script.get("batchDelete", {})),
            stored.get("output"),
        )


def _filled(by_model: Mapping[str, Any]) -> dict[str, Any]:
    return {model: rows for model, rows in by_model.items() if rows}


def _load(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if text != "undefined" else None


@contextmanager
def _gate(root: Path, version: Version) -> Iterator[None]:
    if version == "0.58":
        yield
        return
    write_files(root, _GATE)
    try:
        yield
    finally:
        for name in _GATE:
            (root / name).unlink()
        (root / "build").rmdir()
