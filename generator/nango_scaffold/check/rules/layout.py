"""Files and folders."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from ...plan.merging import like
from ...typescript.declarations import default_exports
from ...typescript.module_paths import is_relative, resolved
from ...typescript.nodes import part
from ...typescript.source_file import SourceFile
from ..entries import SECTIONS, mapping, texts
from ..finding import BOM, Edit
from ..rule import EntryRule, IntegrationRule, Rule, ScriptRule
from ..schemas import model_schemas
from ..tree import File
from .types import GENERATED_BY_NANGO, is_looked_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.syntax import Span
    from ..entries import Entry, Integration
    from ..finding import Finding
    from ..schemas import Generated
    from ..script import Script
    from ..tree import Tree

SCHEMA = "schema.zod.ts"
MODELS = "models.ts"

_LEFT_OUT = "models"
_NOT_OF_SCRIPTS = tuple(
    "mappers helpers types tests mocks fixtures on-events post-connection-scripts".split()
)


class ScriptsAndEntriesMatch(Rule):
    """Every sync and action of nango.yaml has a script of its name, and every such script an entry.

    Nango ignores a script without an entry, and has nothing to run for an entry without a script.
    """

    id = "N02"

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        lost = [entry for entry in tree.entries if _is_lost(entry, tree)]
        misplaced = {entry.script: _misplaced(entry, tree) for entry in lost}
        # A script that lies elsewhere is told by N03.
        for entry in lost:
            if not misplaced[entry.script]:
                elsewhere = _out_of_reach(entry, tree)
                hint = f"; {elsewhere} is where Nango does not look" if elsewhere else ""
                message = f"The {entry.kind} {entry.name} has no script {entry.script}{hint}."
                yield self.finding(tree.yaml, entry.span(), message, level="error")
        yield from self._scripts_without_entry(tree, set(chain.from_iterable(misplaced.values())))

    def _scripts_without_entry(self, tree: Tree, misplaced: set[str]) -> Iterator[Finding]:
        for script in tree.scripts:
            if script.path not in misplaced and _wants_an_entry(script, tree):
                message = (
                    f"The script {script.path} has no {script.kind} of its name in nango.yaml: it never runs."
                )
                yield self.finding(script, (0, 0), message)


class ScriptsInTheirFolders(EntryRule):
    """A script is in ``syncs`` or ``actions`` in the folder named like its integration in nango.yaml."""

    id = "N03"

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if _is_lost(entry, tree):
            for path in _misplaced(entry, tree):
                message = f"The script of the {entry.kind} {entry.name} does not lie at {entry.script}."
                yield self.finding(File(path, tree.files[path]), (0, 0), message)


class RootHasItsFiles(Rule):
    """Beside nango.yaml are the ``models.ts`` that Nango generates and the ``schema.zod.ts`` that scripts import.

    ``schema.zod.ts`` can be in the folder of the integration, too.
    """

    id = "N04"
    level: ClassVar = "error"

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for script in tree.scripts:
            for imported in script.imports:
                source = part(imported.node, "source") if not imported.node.has_error else None
                if source is not None and _is_missing_schema(script, imported.source, tree):
                    message = f"The import of {imported.source} leads nowhere: there is no {resolved(script.path, imported.source)}.ts."
                    yield self.finding(script, script.span(source), message)
        text = tree.files.get(MODELS, "")
        if text.strip() and GENERATED_BY_NANGO not in text:
            message = (
                "The models.ts beside nango.yaml is not one that Nango generated, which would overwrite it."
            )
            yield self.finding(File(MODELS, text), (0, 0), message, level="warning")


class RawTypesHaveTheirFile(IntegrationRule):
    """An integration whose scripts use the provider's responses has a ``types.ts`` for their types."""

    id = "N05"

    def look(self, integration: Integration, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        folder = integration.name
        if any(path == f"{folder}/types.ts" or path.startswith(f"{folder}/types/") for path in tree.files):
            return
        # A script that reads nothing of its responses needs no types.
        scripts = [script for script in tree.scripts if script.integration == folder]
        if any(call.types or is_looked_at(call) for script in scripts for call in script.requests):
            message = (
                f"The integration {folder} sends requests, but has no {folder}/types.ts for what it gets."
            )
            yield self.finding(tree.yaml, integration.span(), message)


class SchemasFitTheModels(Rule):
    """A generated ``schema.zod.ts`` is what ts-to-zod generates from the current models in nango.yaml.

    Formatting does not count, nor do the different ways in which versions of the CLI write optional fields.

    Schemas that are missing can be added. One that differs decides what deployed scripts accept: generate the file
    again when they should accept what the models define now.
    """

    id = "N08"
    fixable: ClassVar = True

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        paths = [SCHEMA, *(f"{integration.name}/{SCHEMA}" for integration in tree.integrations)]
        files = [File(path, tree.files[path]) for path in paths if path in tree.files]
        schemas = model_schemas(tree.document) if files and tree.document is not None else None
        if schemas is None:
            return
        for file in files:
            comparison = schemas.compare(file.text)
            if comparison is not None:
                yield from self._differences(file, comparison)

    def _differences(self, file: File, comparison: Generated) -> Iterator[Finding]:
        # That of an integration may have its own alone.
        missing = comparison.missing if file.path == SCHEMA else ()
        if not missing and not comparison.differing:
            return
        names = [*(name for name, _ in comparison.differing), *missing]
        span = comparison.differing[0][1] if comparison.differing else (0, 0)
        message = f"The file {file.path} is older than the models of nango.yaml: {', '.join(names)} would be different."
        only_adds = file.path == SCHEMA and not comparison.others and not comparison.differing
        edit = Edit(file.path, 0, len(file.text), _in_place_of(file.text, comparison.text))
        yield self.finding(file, span, message, *([edit] if only_adds else []))


class OneDefaultExport(ScriptRule):
    """A script has exactly one default export: the function that Nango runs."""

    id = "N09"
    level: ClassVar = "error"

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if script.entry is None or not script.syntax.is_whole:
            return
        defaults = default_exports(script.syntax)
        if not defaults:
            message = f"The script {script.path} has no default export, so Nango has no function to run."
            yield self.finding(script, (0, 0), message)
        for node in defaults[1:]:
            message = f"The script {script.path} has more than one default export."
            yield self.finding(script, script.span(node), message)


class NamesTheCliLeavesOut(IntegrationRule):
    """No sync, action or event script is called ``models``.

    Nango's CLI skips every file called ``models.ts``, reports that its script is missing, and then compiles nothing
    in the whole project.
    """

    id = "N11"
    level: ClassVar = "error"

    def look(self, integration: Integration, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        entries = (entry for entry in integration.entries if entry.name == _LEFT_OUT)
        spans: list[tuple[str, Span]] = [(entry.kind, entry.span()) for entry in entries]
        for event, scripts in mapping(integration.data.get("on-events")).items():
            if _LEFT_OUT in texts(scripts):
                spans.append(("script", integration.value_span("on-events", event)))
        for kind, span in spans:
            message = (
                f"A {kind} of the integration {integration.name} is called {_LEFT_OUT}: Nango's CLI leaves out its "
                "models.ts and then compiles no script of the project."
            )
            yield self.finding(tree.yaml, span, message)


class FilesCanBeLookedAt(Rule):
    """Every TypeScript file of an integration is a file of the project that can be read as UTF-8.

    A link that leads out of the project, a pipe or a device is not read. Files that are too large, or too deeply
    nested to be hand-written, are not checked by any rule.
    """

    id = "N12"
    level: ClassVar = "error"

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for unread in tree.unread:
            if unread.is_broken:
                message = f"No rule looks at {unread.path}: {unread.reason}."
                yield self.finding(File(unread.path, ""), (0, 0), message)


def _is_lost(entry: Entry, tree: Tree) -> bool:
    return entry.script not in tree.files


def _wants_an_entry(script: Script, tree: Tree) -> bool:
    """Whether a script is a sync or an action without entry, in an integration that is written in the form of today."""
    if script.kind not in ("sync", "action") or script.entry is not None:
        return False
    return any(section in tree.integration_by_name[script.integration].data for section in SECTIONS)


def _misplaced(entry: Entry, tree: Tree) -> list[str]:
    """Where else the script of an entry seems to lie: at the root, or elsewhere in the folder of its integration."""
    name = f"{entry.name}.ts"
    same_name = sorted([*tree.unnamed.get(("", name), ()), *tree.unnamed.get((entry.integration, name), ())])
    return [path for path in same_name if _may_be_script(path.split("/")) and _is_script(tree.files[path])]


def _is_script(text: str) -> bool:
    return SourceFile(text).default_export is not None


def _out_of_reach(entry: Entry, tree: Tree) -> str:
    """The file of its name in ``syncs`` or ``actions`` of another folder; empty when there is none, or several."""
    paths = tree.unread_by_ending.get(f"{entry.kind}s/{entry.name}.ts", ())
    return paths[0] if len(paths) == 1 else ""


def _may_be_script(parts: list[str]) -> bool:
    return len(parts) < 3 or (len(parts) == 3 and parts[1] not in _NOT_OF_SCRIPTS)


def _is_missing_schema(script: Script, source: str, tree: Tree) -> bool:
    stem = resolved(script.path, source) if is_relative(source) else None
    is_schema = stem is not None and f"/{stem}".endswith("/schema.zod")
    return is_schema and tree.target(script.path, source) is None


def _in_place_of(text: str, new: str) -> str:
    """A text with the byte order mark and the line ends of the one that it replaces."""
    bom = BOM if text.startswith(BOM) else ""
    return bom + like(text.encode(), new.encode()).decode()
