"""TypeScript as a tree, read by tree-sitter's grammar: enough to see the shape of a script without Node."""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from operator import itemgetter
from typing import TYPE_CHECKING

from tree_sitter import Language, Node, Parser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

Span: TypeAlias = "tuple[int, int]"
"""Where a piece of text begins and ends: offsets in characters."""

__all__ = ["DEEPEST", "Node", "Span", "Syntax", "syntax_of", "walk"]

DEEPEST = 200
"""How deep nodes may stand in each other, the links of long chains such as ``a | b | c`` aside, each of which is one deeper."""

_CHAINS = ("union_type", "binary_expression", "ternary_expression", "member_expression")
_MOST_LINKS = 2500
_MOST_NODES = 100_000  # that is some 10,000 lines
_INDEXED = frozenset(
    "arrow_function as_expression assignment_expression augmented_assignment_expression call_expression comment do_statement "
    "for_in_statement for_statement function_declaration function_expression generator_function generator_function_declaration "
    "import_statement interface_declaration method_definition namespace_export spread_element throw_statement try_statement "
    "type_alias_declaration type_assertion unary_expression update_expression variable_declarator while_statement".split()
)
"""The kinds that rules of `check` ask for in every file. There are few of each: an index of all nodes would fill the memory."""


class Syntax:
    """A text and its syntax tree.

    Args:
        text: TypeScript; where it is not, the tree holds error nodes and goes on behind them.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._data = text.encode()
        self._is_ascii = len(self._data) == len(text)  # then offsets in bytes are those in characters
        self.root = _parser().parse(self._data).root_node

    @cached_property
    def excess(self) -> str:
        """Why rules should not look at it: what no person writes would take them minutes; empty when they can."""
        if self.root.descendant_count > _MOST_NODES:
            return f"it has more than {_MOST_NODES:,} pieces"
        return f"it nests more than {DEEPEST} levels deep" if self._is_too_deep else ""

    @property
    def _is_too_deep(self) -> bool:
        """Whether nodes stand deeper in each other than a person writes: rules would take hours over it."""
        stack = [(self.root, 0, 0)]
        while stack:
            node, depth, links = stack.pop()
            if depth > DEEPEST or links > _MOST_LINKS:
                return True
            is_link = node.type in _CHAINS
            below = depth + (not is_link), links + is_link
            # What has fewer nodes below it cannot go too deep.
            room = DEEPEST - depth
            stack.extend((child, *below) for child in node.children if child.descendant_count >= room)
        return False

    @property
    def is_whole(self) -> bool:
        """Whether all of the text is TypeScript."""
        return not self.root.has_error

    def nodes(self, *kinds: str) -> list[Node]:
        """All nodes of some kinds, in the order of the text; see `walk`, which does the same below one node."""
        if not _INDEXED.issuperset(kinds):
            return list(walk(self.root, *kinds))
        if len(kinds) == 1:
            return [node for _, node in self._places.get(kinds[0], ())]
        places = (place for kind in dict.fromkeys(kinds) for place in self._places.get(kind, ()))
        # By number alone: nodes have no order of their own.
        return [node for _, node in sorted(places, key=itemgetter(0))]

    @cached_property
    def _places(self) -> dict[str, list[tuple[int, Node]]]:
        """The nodes of the indexed kinds, with their numbers in the order of the text."""
        places: dict[str, list[tuple[int, Node]]] = {}
        for number, node in enumerate(walk(self.root)):
            kind = node.type
            if kind in _INDEXED:
                places.setdefault(kind, []).append((number, node))
        return places

    def text(self, node: Node | None) -> str:
        """What a node was written as; empty for no node."""
        return "" if node is None else self._data[node.start_byte : node.end_byte].decode()

    def span(self, node: Node) -> Span:
        """Where a node stands, in characters."""
        return self._offset(node.start_byte), self._offset(node.end_byte)

    def _offset(self, byte: int) -> int:
        return byte if self._is_ascii else len(self._data[:byte].decode())


def walk(node: Node | None, *kinds: str) -> Iterator[Node]:
    """A node and all below it, in the order of the text: those of some kinds, else all; none for no node.

    Kinds are the names of the grammar's nodes, such as ``call_expression``.
    """
    stack = [node] if node is not None else []
    while stack:
        inner = stack.pop()
        if not kinds or inner.type in kinds:
            yield inner
        stack.extend(reversed(inner.children))


@lru_cache(maxsize=512)
def syntax_of(text: str) -> Syntax:
    """The syntax tree of a text; that of one that was read lately is at hand."""
    return Syntax(text)


@lru_cache(maxsize=1)
def _parser() -> Parser:
    return Parser(Language(_grammar()))


def _grammar() -> object:
    """The grammar, from the compiled module of its package alone.

    The package itself first imports ``importlib.resources``, which takes forty times as long. A release without that
    module is imported as a whole.
    """
    # To find a package does not import it.
    package = find_spec("tree_sitter_typescript")
    folders = package.submodule_search_locations if package else None
    binding = PathFinder.find_spec("tree_sitter_typescript._binding", folders)
    if binding is None or binding.loader is None:
        import tree_sitter_typescript

        return tree_sitter_typescript.language_typescript()
    module = module_from_spec(binding)
    binding.loader.exec_module(module)
    return module.language_typescript()
