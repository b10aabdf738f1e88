"""Imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...naming.reserved import SDK_NAMES
from ...typescript.module_paths import is_relative, resolved
from ...typescript.nodes import is_a, part
from ...typescript.syntax import walk
from ..finding import Edit
from ..rule import Rule, ScriptRule
from ..script import ALL_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.source_file import Import
    from ...typescript.syntax import Node, Span
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree

PACKAGES = ("url", "crypto", "node:url", "node:crypto", "zod", "botbuilder", "soap", "unzipper")
"""What the sandbox that runs scripts has."""

_ENDINGS = (".js", ".mjs", ".cjs", ".json")


class ValueImportsEndInJs(ScriptRule):
    """An import of functions or values from a file has the extension ``.js``.

    An import of types needs none.
    """

    id = "T04"
    level: ClassVar = "error"
    fixable: ClassVar = True
    kinds: ClassVar = ALL_KINDS

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for imported in script.imports:
            is_value = is_relative(imported.source) and not imported.is_type and not imported.node.has_error
            is_named = imported.source.endswith(_ENDINGS)
            if is_value and not is_named and not imports_only_types(script, imported):
                message = f"The import of {imported.source} does not name the file with .js at its end."
                edits = _with_js(script, imported, tree)
                yield self.finding(script, _source_span(script, imported), message, *edits)


class TypesImportedAsTypes(ScriptRule):
    """An import of types only is an ``import type``, separate from imports of values."""

    id = "T05"
    level: ClassVar = "error"
    fixable: ClassVar = True
    kinds: ClassVar = ALL_KINDS

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for imported in script.imports:
            if not imported.is_type and imports_only_types(script, imported):
                message = f"The import of {imported.source} is of types alone, but is not an import type."
                yield self.finding(script, script.span(imported.node), message, *_as_types(script, imported))
            elif not imported.is_type:
                yield from self._among_values(script, imported)

    def _among_values(self, script: Script, imported: Import) -> Iterator[Finding]:
        for specifier in walk(imported.node, "import_specifier") if script.syntax.is_whole else ():
            if _inline(specifier) is not None:
                name = script.of(_local_name(specifier))
                message = f"The import of {imported.source} has the type {name} among values: an import type is for types."
                yield self.finding(script, script.span(specifier), message)


class ModelsFromTheRoot(ScriptRule):
    """Models are imported from ``models`` beside nango.yaml: ``../../models`` in a sync, an action or a mapper."""

    id = "T06"
    level: ClassVar = "error"
    fixable: ClassVar = True
    kinds: ClassVar = ALL_KINDS

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        for imported in script.imports:
            path = resolved(script.path, imported.source)
            is_models = path is not None and path.rpartition("/")[2] == "models" and path != "models"
            is_lost = is_models and tree.target(script.path, imported.source) is None
            if is_lost and not imported.node.has_error:
                right = ("../" * script.path.count("/") or "./") + "models"
                message = f"The import of {imported.source} leads nowhere: the models are in {right}."
                edits = _from_models(script, imported, tree, right)
                yield self.finding(script, _source_span(script, imported), message, *edits)


class OnlyPackagesThatRun(Rule):
    """A script imports only packages that Nango's runtime provides.

    These are url, crypto, zod, botbuilder, soap and unzipper. Types may come from any.
    """

    id = "T10"
    level: ClassVar = "error"

    def findings(self, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        # A mapper or a helper that no script imports never runs.
        running = _running(tree)
        for script in tree.scripts:
            for imported in script.imports if script.path in running else ():
                is_foreign = _is_package(imported) and imported.source not in PACKAGES
                if is_foreign and not _may_be_types(script, imported):
                    packages = ", ".join(PACKAGES)
                    message = (
                        f"The package {imported.source} is none of those that scripts run with: {packages}."
                    )
                    yield self.finding(script, _source_span(script, imported), message)


def imports_only_types(script: Script, imported: Import) -> bool:
    """Whether it is certain that every name of an import is used, and as a type alone."""
    if not imported.names or not script.syntax.is_whole:
        return False
    specifiers = walk(imported.node, "import_specifier")
    inline = {script.of(_local_name(node)) for node in specifiers if _inline(node)}
    # One that is used nowhere may be either: the CLI refuses it anyway.
    return inline.union(script.uses.types - script.uses.values).issuperset(imported.names)


def _is_package(imported: Import) -> bool:
    is_name = bool(imported.source) and not imported.source.startswith((".", "/"))
    return is_name and not imported.node.has_error


def _may_be_types(script: Script, imported: Import) -> bool:
    """Whether nothing of an import is used as a value, so that nothing of it is left when the script runs."""
    return imported.is_type or (bool(imported.names) and script.uses.values.isdisjoint(imported.names))


def _running(tree: Tree) -> set[str]:
    """The paths of the scripts, and of what they import."""
    waiting = [script for script in tree.scripts if script.kind in ("sync", "action", "on-event")]
    running = {script.path for script in waiting}
    while waiting:
        script = waiting.pop()
        for imported in script.imports:
            path = tree.target(script.path, imported.source)
            other = tree.script(path) if path and path not in running and not imported.is_type else None
            if other is not None:
                running.add(other.path)
                waiting.append(other)
    return running


def _inline(specifier: Node) -> Node | None:
    """The ``type`` before a name among the names of an import."""
    first = specifier.children[0] if specifier.children else None
    return first if is_a(first, "type") else None


def _local_name(specifier: Node) -> Node | None:
    return part(specifier, "alias") or part(specifier, "name")


def _source_span(script: Script, imported: Import) -> Span:
    source = part(imported.node, "source")
    return script.span(source if source is not None else imported.node)


def _inside(span: Span) -> Span:
    """A string without its quotes."""
    return span[0] + 1, span[1] - 1


def _with_js(script: Script, imported: Import, tree: Tree) -> Iterator[Edit]:
    """The ending put right, where the file is at hand, and no JavaScript beside it would be taken instead."""
    start, end = _inside(_source_span(script, imported))
    path = tree.target(script.path, imported.source)
    stem = resolved(script.path, imported.source)
    if path is not None and f"{path[:-3]}.js" in tree.javascript:
        return
    # models.ts need not be there yet: `nango generate` writes it.
    if imported.source.endswith(".ts") and path == f"{stem}.ts":
        yield Edit(script.path, end - 3, end, ".js")
    elif path == f"{stem}.ts" or stem == "models":
        yield Edit(script.path, end, end, ".js")
    elif path is not None:
        yield Edit(script.path, end, end, "index.js" if script.text[start:end].endswith("/") else "/index.js")


def _as_types(script: Script, imported: Import) -> Iterator[Edit]:
    """``type`` behind ``import`` rather than before names; none where one cannot say so in one statement."""
    clauses = [child for child in imported.node.children if child.type == "import_clause"]
    if any(len(clause.named_children) > 1 for clause in clauses):
        return  # TypeScript has no `import type a, { b }`
    end = script.span(imported.node.children[0])[1]
    yield Edit(script.path, end, end, " type" if script.text[end].isspace() else " type ")
    for specifier in walk(imported.node, "import_specifier"):
        word = _inline(specifier)
        if word is not None:
            start, stop = script.span(word)[0], script.span(specifier.children[1])[0]
            yield Edit(script.path, start, stop, "")


def _from_models(script: Script, imported: Import, tree: Tree, right: str) -> Iterator[Edit]:
    """The path put right, where all that is imported is known to be there."""
    known = {*SDK_NAMES, *(tree.document.models if tree.document else ())}
    if imported.originals and known.issuperset(imported.originals):
        start, end = _inside(_source_span(script, imported))
        yield Edit(script.path, start, end, right + (".js" if imported.source.endswith(".js") else ""))
