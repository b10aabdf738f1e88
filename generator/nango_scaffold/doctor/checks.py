"""The checks, one function each: surroundings in, a finding out; and the report of the findings."""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..project.project import in_folder, shown
from ..project.versions import LAST_WITH_YAML, in_words, numbers_of
from ..render.pins import NANGO, ZOD
from ..report.page import Level, Line, Page, Part, Piece, Rows, Tone, counted, line, sentence
from .surroundings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .surroundings import State, Surroundings

OLDEST_PYTHON = (3, 10)
OLDEST_NANGO = (0, 58)  # what we write is proven from here on
GET_UV = {
    "linux": "curl -LsSf https://astral.sh/uv/install.sh | sh",
    "darwin": "brew install uv",
    "win32": "winget install --id astral-sh.uv",
}
"""What installs uv, by operating system."""
OLDEST_NODE = 20  # for a project without the CLI: that of the version above


def examine(seen: Surroundings) -> list[Finding]:
    """Everything the checks find, in the order in which it is to be mended."""
    return [check(seen) for check in CHECKS]


def python(seen: Surroundings) -> Finding:
    """Python itself, and how people who have none get this program: with uv, which brings one along."""
    version = in_words(seen.python)
    if seen.python < OLDEST_PYTHON:
        oldest = in_words(OLDEST_PYTHON)
        fix = f"install Python {oldest}"
        if seen.platform:
            fix = f"{fix}, or let uv bring one: {_install_this(seen, '--python ' + oldest)}"
        return Finding("Python", "missing", f"{version}, older than {oldest}", fix)
    if not seen.platform:
        return Finding("Python", "ok", version)
    place = "in a clone of it" if seen.origin == "." else "without a Python of their own"
    what = f"{version}; others install nango-scaffold, {place}: {_install_this(seen)}"
    return Finding("Python", "ok", what)


def _install_this(seen: Surroundings, option: str = "") -> str:
    """The command that installs this program, where need be after the one that installs uv."""
    get_uv = "" if seen.installer else f"{GET_UV.get(seen.platform, GET_UV['linux'])} && "
    words = ("pipx", "install") if seen.installer == "pipx" else ("uv", "tool", "install")
    return get_uv + " ".join((*words, *option.split(), shlex.quote(seen.origin)))


def git(seen: Surroundings) -> Finding:
    """Git, which merges a user's edits with what is new."""
    if seen.git is None:
        return Finding("git", "missing", "not found; edited files cannot be merged without it", "install git")
    return Finding("git", "ok", seen.git)


def node(seen: Surroundings) -> Finding:
    """Node, new enough for the project's CLI."""
    package = seen.package("nango")
    version, numbers = (package.version, numbers_of(package.node)) if package else (NANGO, ())
    # Of `engines`, such as `>=18.0 <23`, the lowest major version is enough.
    oldest = numbers[:1] or (OLDEST_NODE,)
    if seen.node is not None and numbers_of(seen.node) >= oldest:
        return Finding("Node", "ok", seen.node)
    least = f"{in_words(oldest)} or newer"
    what = f"{seen.node or 'not found'}; nango {version} needs {least}"
    return Finding("Node", "missing", what, f"install Node {least}")


def client(seen: Surroundings) -> Finding:
    """The package manager of the project, which installs the CLI."""
    name = seen.project.package_manager.name
    if seen.client is None:
        fix = f"install {name}, which comes with Node" if name == "npm" else f"install {name}"
        return Finding(name, "missing", "not found; it installs the nango CLI", fix)
    return Finding(name, "ok", seen.client)


def project(seen: Surroundings) -> Finding:
    """A project that we can write into."""
    nango_project = seen.project
    if nango_project.rivals:
        what = f"{' and '.join(nango_project.rivals)} each hold a nango.yaml"
        return Finding("project", "missing", what, f"name one: --project {nango_project.rivals[0]}")
    if nango_project.flavour == "zero-yaml":
        what = f"{nango_project.folders.folder} holds a zero-yaml project, and nango-scaffold writes those with a nango.yaml only, so far"
        return Finding("project", "missing", what, "write its functions by hand; that flavour is to come")
    if nango_project.flavour == "nango-yaml":
        return Finding("project", "ok", f"nango.yaml is in {nango_project.folders.folder}")
    what = f"none yet; nango-scaffold new founds it in {nango_project.folders.folder}"
    if nango_project.neighbours:
        what = f"{what}, though there is one in {', '.join(nango_project.neighbours)}"
        fix = f"to use that one: --project {nango_project.neighbours[0]}"
        return Finding("project", "warning", what, fix)
    return Finding("project", "ok", what)


def secret_key(seen: Surroundings) -> Finding:
    """A .gitignore that keeps the secret key out of git."""
    advice = seen.project.unignored_env
    if advice is not None:
        return Finding(".gitignore", "warning", advice.what, advice.fix)
    what = f"covers {seen.project.env}" if seen.project.ignores_env else "not there yet"
    return Finding(".gitignore", "ok", what)


def nango(seen: Surroundings) -> Finding:
    """The project's own CLI, of an era that reads nango.yaml."""
    package = seen.package("nango")
    if seen.project.flavour == "zero-yaml":
        what = package.version if package else "not looked at in a zero-yaml project"
        return Finding("nango CLI", "ok", what)
    pinned = _install(seen, f"nango@{NANGO}")
    if package is None:
        return _absent_nango(seen, pinned)
    if package.numbers > LAST_WITH_YAML:
        last = in_words(LAST_WITH_YAML)
        what = f"{package.version} does not read nango.yaml; {last} was the last that does"
        return Finding("nango CLI", "missing", what, pinned)
    if package.numbers < OLDEST_NANGO:
        what = f"{package.version}, older than any our output is tested with"
        return Finding("nango CLI", "warning", what, pinned)
    return Finding("nango CLI", "ok", f"{package.version}, reads nango.yaml")


def _absent_nango(seen: Surroundings, pinned: str) -> Finding:
    """The CLI where none is installed: installing what package.json asks for may bring one that reads no nango.yaml."""
    cli = seen.project.cli
    if cli.reads_no_yaml or cli.may_read_no_yaml:
        last = in_words(LAST_WITH_YAML)
        what = f"package.json asks for nango {shown(cli.version_range or '')}: {last} was the last that reads nango.yaml"
        return Finding("nango CLI", "missing", what, pinned)
    fix = pinned if cli.version_range is None else _install_all(seen)
    return Finding("nango CLI", "missing", "not installed in this project", fix)


def types(seen: Surroundings) -> Finding:
    """The packages whose types the scripts are checked against."""
    name = "types of scripts"
    folder = f"{seen.project.layout.folder or '.'}/"
    if seen.package("@nangohq/node") is None:
        what = f"Node finds no @nangohq/node from {folder}: results are any, and type errors go unseen"
        return Finding(name, "missing", what, _install_or_pin(seen, "@nangohq/node", NANGO))
    return Finding(name, "ok", f"Node finds them from {folder}")


def zod(seen: Surroundings) -> Finding:
    """The zod that schema.zod.ts is read with."""
    package, writer = seen.package("zod"), seen.package("ts-to-zod")
    if package is None:
        fix = _install_or_pin(seen, "zod", ZOD)
        return Finding("zod", "missing", "not installed; schema.zod.ts imports it", fix)
    if package.numbers[:1] < (4,):
        return Finding("zod", "ok", package.version)
    pinned = _install(seen, f"zod@{ZOD}")
    if seen.bare_records:
        line = seen.bare_records[0]
        what = f"{package.version} does not accept z.record(T), which is in line {line} of schema.zod.ts"
        return Finding("zod", "missing", what, f"write z.record(z.string(), T) there, or: {pinned}")
    if writer is not None and writer.numbers[:1] == (3,):
        what = f"{package.version}, while ts-to-zod {writer.version} writes for zod 3"
        return Finding("zod", "warning", what, pinned)
    return Finding("zod", "ok", package.version)


def providers(seen: Surroundings) -> Finding:
    """Where facts about providers come from."""
    # The best comes first: behind the built-in facts there is nothing.
    first = seen.catalogue[0]
    if first == "embedded":
        what = (
            "no providers.yaml; facts about some forty popular providers are built in, and nango-scaffold providers refresh "
            "brings all others"
        )
        return Finding("providers", "warning", what, _install_or_pin(seen, "nango", NANGO))
    places = (place for place in seen.catalogue if place != "embedded")
    return Finding("providers", "ok", "; then ".join(places))


def nango_yaml(seen: Surroundings) -> Finding:
    """A nango.yaml that our editor can add to."""
    if seen.nango_yaml is None:
        return Finding("nango.yaml", "ok", "not there yet; nango-scaffold new writes it")
    if seen.nango_yaml.refused:
        fix = seen.nango_yaml.fix or "fix that line"
        return Finding("nango.yaml", "missing", seen.nango_yaml.refused, fix)
    return Finding("nango.yaml", "ok", _integrations(seen.nango_yaml.integrations))


def tsconfig(seen: Surroundings) -> Finding:
    """What an editor and the lint check scripts with."""
    if seen.has_tsconfig:
        return Finding("tsconfig.json", "ok", "there")
    what = "not there; editors and lint check scripts less strictly than nango does"
    fix = _in_project(seen, "npx -p typescript tsc --init --strict")
    return Finding("tsconfig.json", "warning", what, fix)


def manifests(seen: Surroundings) -> Finding:
    """The records of what we wrote, by which the user's edits are distinguished from our own text."""
    if seen.broken_manifests:
        path, why = seen.broken_manifests[0]
        return Finding("records", "missing", f"{path}: {why}", _in_project(seen, f"git checkout -- {path}"))
    return Finding("records", "ok", f"{_integrations(seen.manifests)} written by nango-scaffold")


def unfinished(seen: Surroundings) -> Finding:
    """A run that was killed."""
    if seen.is_unfinished:
        fix = "wait for it; if it was killed, the next run recovers it first"
        return Finding("earlier run", "warning", "a run was killed here, or is at work", fix)
    return Finding("earlier run", "ok", "nothing left half-done")


CHECKS: tuple[Callable[[Surroundings], Finding], ...] = (
    *(python, git, node, client, project, nango, types, zod),
    *(providers, nango_yaml, tsconfig, secret_key, manifests, unfinished),
)


def _install(seen: Surroundings, package: str) -> str:
    return seen.project.command_in_packages(seen.project.package_manager.add([package]))


def _install_all(seen: Surroundings) -> str:
    return seen.project.command_in_packages(seen.project.package_manager.install)


def _install_or_pin(seen: Surroundings, package: str, version: str) -> str:
    """The command that installs a package: what package.json asks for, if it does."""
    if package in (seen.project.packages or ()):
        return _install_all(seen)
    return _install(seen, f"{package}@{version}")


def _in_project(seen: Surroundings, command: str) -> str:
    """A command to be typed where this one was."""
    return in_folder(seen.project.folders.root, command)


def _integrations(count: int) -> str:
    return counted(count, "integration") if count else "no integrations"


# The report.

_TONES: dict[State, Tone] = {"ok": "good", "warning": "warning", "missing": "bad"}


def page(findings: Sequence[Finding], *, quiet: bool = False) -> Page:
    """The findings as a page; ``quiet``: only those that want something done."""
    listed = [finding for finding in findings if finding.state != "ok"] if quiet else findings
    rows = tuple(row for finding in listed for row in _rows(finding))
    table = (Part((Rows(rows, 0),), Level.QUIET),) if rows else ()
    return Page((*table, sentence(_summary(findings), "strong")))


def _summary(findings: Sequence[Finding]) -> str:
    """How many findings there are of each state: ``7 ok, 2 warnings, 1 missing``."""
    counts = Counter(finding.state for finding in findings)
    plurals = {"warning": "warnings"}
    return ", ".join(
        counted(counts[state], state, plurals.get(state, state)) for state in _TONES if counts[state]
    )


def as_data(findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings as plain data: what ``--json`` prints."""
    return {"findings": [asdict(finding) for finding in findings]}


def _rows(finding: Finding) -> Iterator[Line]:
    tone = _TONES[finding.state]
    yield line(Piece(finding.state, tone), Piece(finding.name, "strong"), finding.what)
    if finding.fix:
        yield line("", "", Piece(finding.fix, "place"))
