"""The function that Nango runs, as the first of its script."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...typescript.nodes import FUNCTIONS, is_a, part, uses, walk_own
from ..finding import Edit
from ..rule import WholeScriptRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.syntax import Node
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree

_DECLARATIONS = ("function_declaration", "generator_function_declaration", "class_declaration")


class TopFunction(WholeScriptRule):
    """A script begins with the function that Nango runs, whose name is ``function``."""

    function: ClassVar[str]

    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        export = script.default_export
        exported = _exported(script, export) if export is not None else None
        if export is None or exported is None:
            return
        yield from self._look_at_export(script, export, exported)
        for name in _before(script, exported):
            message = (
                f"{script.title} has {script.of(name)} above its default export; {self.function} comes first."
            )
            yield self.finding(script, script.span(name), message)

    def _look_at_export(self, script: Script, export: Node, exported: Node) -> Iterator[Finding]:
        name = part(exported, "name")
        if exported.type == "arrow_function":
            yield self._wrong(script, exported.children[0], "exports an arrow function", "is declared")
        elif exported.parent is None or exported.parent.type != "export_statement":
            what, right = "exports its function apart from it", "is exported where it stands"
            yield self._wrong(script, export, what, right)
        elif name is None:
            keyword = next(child for child in exported.children if child.type == "function")
            edit = self._edit(script, *_gap_behind(script, keyword), f" {self.function}")
            yield self._wrong(script, keyword, "exports a function without a name", "is its name", *edit)
        elif script.of(name) != self.function:
            # What calls itself, or is called elsewhere in the script, has more than one name to change.
            is_alone = len(list(uses(script.syntax.root, script.of(name)))) == 1
            edit = self._edit(script, *script.span(name), self.function) if is_alone else ()
            yield self._wrong(script, name, f"exports the function {script.of(name)}", "is its name", *edit)

    def _wrong(self, script: Script, node: Node, what: str, right: str, *edits: Edit) -> Finding:
        message = f"{script.title} {what}; {self.function} {right}."
        start, end = script.span(node)
        return self.finding(script, (start, end), message, *edits)

    def _edit(self, script: Script, start: int, end: int, text: str) -> tuple[Edit, ...]:
        is_free = not any(script.of(node) == self.function for node in script.syntax.nodes("identifier"))
        return (Edit(script.path, start, end, text),) if is_free else ()


def _exported(script: Script, export: Node) -> Node | None:
    """The function that is exported; None for anything else, such as what a function builds."""
    node = part(export, "declaration") or part(export, "value")
    if is_a(node, "identifier"):
        node = script.functions.get(script.of(node))
    return node if is_a(node, *FUNCTIONS) else None


def _gap_behind(script: Script, node: Node) -> tuple[int, int]:
    """The blanks behind a node."""
    start = end = script.span(node)[1]
    while script.text[end : end + 1] == " ":
        end += 1
    return start, end


def _before(script: Script, exported: Node) -> Iterator[Node]:
    """The names of the functions and classes that stand above the exported one and could as well stand below."""
    # Constants are made when the script is loaded, functions only when they are called.
    top = script.syntax.root.children
    constants = [node for node in top if node.type == "lexical_declaration"]
    for node in top:
        if node.start_byte <= exported.start_byte < node.end_byte:
            return
        declared = (part(node, "declaration") if node.type == "export_statement" else node) or node
        name = _name_of_function(declared)
        if name is not None and not any(_needs(script, constant, declared, name) for constant in constants):
            yield name


def _name_of_function(node: Node) -> Node | None:
    if node.type in _DECLARATIONS:
        return part(node, "name")
    declarators = [child for child in node.children if child.type == "variable_declarator"]
    if node.type != "lexical_declaration" or len(declarators) != 1:
        return None
    value = part(declarators[0], "value")
    is_function = is_a(value, *FUNCTIONS)
    return part(declarators[0], "name") if is_function else None


def _needs(script: Script, constant: Node, declared: Node, name: Node) -> bool:
    """Whether a constant is made with a function, which then has to stand above it."""
    names = map(script.of, walk_own(constant, "identifier"))
    return constant != declared and script.of(name) in names
