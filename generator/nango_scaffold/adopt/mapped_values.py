"""How a mapper fills the fields of a model, in the words of ``mapping``."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..typescript.expression import expression_problem, free_names, renamed
from ..typescript.nodes import (
    COMPUTED,
    NAMES,
    arguments,
    called,
    member_name,
    member_nodes,
    parameter_name,
    parameters,
    part,
    part_text,
    plain,
    source_text,
)
from ..typescript.syntax import walk
from ..typescript.values import ObjectLiteral, dated, object_literal, returned_object, value_of
from .origins import FromParent, as_mapping, origin_of, shared_origin, with_default, within
from .requests import spread_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..typescript.syntax import Node

_SCALARS = (str, int, float, bool)
_NOTHING = ("null", "undefined")
_OR_ELSE = ("??", "||")
_CONVERSIONS = ("String", "Number", "Boolean")
_MOST_LEVELS = 12


@frozen
class Reader:
    """Reads the values that a function makes of a record.

    Attributes:
        record: the function's parameter, or the variable that holds the record.
        variables: what its variables are values, by name.
        parents: its parameters that hold the record that the list was fetched for, or a value of that: each with the
            path there.
        prefix: the steps from that variable to the record, such as ``data``.
        beside: its parameters that hold the ``status`` or the ``body`` of the response.
    """

    record: str
    variables: Mapping[str, Node]
    parents: Mapping[str, str] = field(default_factory=dict)
    prefix: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def fields(self, literal: ObjectLiteral, outer: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
        """Field <- where it comes from, of each field that does not come from its own name."""
        for name, node in _values(literal):
            inner = object_literal(node)
            steps = (*outer, name)
            value = self._object(inner, len(steps)) if inner is not None else self.value(node)
            # An object that is not made of one object of the response is described field by field.
            if value is None and inner is not None and len(outer) < _MOST_LEVELS:
                yield from self.fields(inner, steps)
            elif value is not None and value != ".".join(steps):
                yield ".".join(steps), value

    def _object(self, literal: ObjectLiteral, level: int) -> Any:
        """An object whose fields all come from one object, or one item of a list, of the record."""
        values = {name: self._inner(node, level) for name, node in _values(literal)}
        shared = shared_origin([origin_of(value) for value in values.values()])
        if shared is None:
            return None
        origin, length = shared
        own = {name: within(value, length) for name, value in values.items()}
        each = {name: value for name, value in own.items() if value != name}
        if each:
            return origin | {"each": each}
        return origin["from"] if origin.keys() == {"from"} else origin

    def _inner(self, node: Node, level: int) -> Any:
        literal = object_literal(node) if level < _MOST_LEVELS else None
        return self._object(literal, level + 1) if literal is not None else self.value(node)

    def value(self, node: Node | None, level: int = 0) -> Any:
        """A path, or a mapping such as ``{ from: path, otherwise: value }``; ``None`` for what none of these says."""
        node = plain(node)
        if node is None or level > _MOST_LEVELS:
            return None
        if node.type in NAMES and source_text(node) in self.variables:
            return self.value(self.variables[source_text(node)], level + 1)
        constant = value_of(node)
        if isinstance(constant, _SCALARS) or node.type == "null":
            return {"const": constant}
        path = self._path(node) or self._of_parent(node)
        # The expression last: it could say what every other form says, at greater length.
        return path or self._computed(node, level) or self._expression(node)

    def _of_parent(self, node: Node) -> FromParent | None:
        root, path = _chain(node)
        prefix = self.parents.get(source_text(root))
        if prefix is None or path is None:
            return None
        steps = [step for step in (prefix, path) if step]
        return FromParent(".".join(steps)) if steps else None

    def _computed(self, node: Node, level: int) -> Any:
        reader = _READERS.get(node.type)
        return reader(self, node, level) if reader else None

    def _path(self, node: Node | None) -> Any:
        """The path of a chain of members of the record, or of an item of a list that was looked for."""
        root, path = _chain(node)
        if root is None or path is None:
            return None
        if source_text(root) == self.record:
            return self._below_prefix(path) or None
        call = self.variables.get(source_text(root)) if root.type == "identifier" else root
        item = self._item(plain(call))
        if item and path:
            item["pick"] = path
        return item

    def _below_prefix(self, path: str) -> str:
        """A path in the record; empty for what is beside it."""
        start = ".".join(self.prefix)
        if not start:
            return path
        return path.removeprefix(f"{start}.") if path.startswith(f"{start}.") else ""

    def _item(self, node: Node | None) -> dict[str, Any] | None:
        """``emails.find((item) => item.primary)`` as what is looked for."""
        method, of = _method(node)
        path = self._path(of) if method == "find" else None
        functions = arguments(node)
        if not isinstance(path, str) or len(functions) != 1 or functions[0].type != "arrow_function":
            return None
        inputs = parameters(functions[0])
        tests = _tests(_side(functions[0], "body"), parameter_name(inputs[0])) if inputs else None
        return {"from": path, "where": tests} if tests else None

    def _expression(self, node: Node) -> dict[str, Any] | None:
        """What no other form says, where it reads the record and else only what an expression may."""
        # An expression reads from the record; the steps of a prefix cannot be taken out of it.
        if self.prefix:
            return None
        parents = {name: f"parent.{path}" if path else "parent" for name, path in self.parents.items()}
        text = renamed(source_text(node), {self.record: "response", **parents})
        roots = ("response", "parent", *self.beside) if parents else ("response", *self.beside)
        # One that reads nothing of the response would be the same in every record: it is code, not a mapping.
        if not free_names(text) & {*roots} or expression_problem(text, roots):
            return None
        return {"expression": " ".join(text.split())}

    def _operation(self, node: Node, level: int) -> Any:
        # Before `||` is a default: `a === 'x' || a === 'y'` is a comparison with two values.
        if _is_comparison(node):
            return self._comparison(node)
        if part_text(node, "operator") not in _OR_ELSE:
            return None
        value, right = self.value(_side(node, "left"), level + 1), _side(node, "right")
        if self._adds_nothing(value, right):
            return value
        otherwise = value_of(right)
        return with_default(value, otherwise) if isinstance(otherwise, _SCALARS) else None

    def _adds_nothing(self, value: Any, right: Node | None) -> bool:
        """Whether what stands behind ``??`` is what becomes of a missing value anyway."""
        if right is None or right.type in _NOTHING:
            return True
        if not isinstance(value, dict):
            return False
        is_kept = "values" in value and self._path(right) == value["from"]
        return is_kept or ("part" in value and value_of(right) == "")

    def _comparison(self, node: Node) -> Any:
        pairs = [self._compared(each) for each in _alternatives(node)]
        paths = {path for path, _ in pairs}
        values = [value for _, value in pairs]
        if len(paths) != 1 or None in paths or not all(isinstance(value, _SCALARS) for value in values):
            return None
        return {"from": paths.pop(), "is": values if len(values) > 1 else values[0]}

    def _compared(self, node: Node) -> tuple[str | None, Any]:
        if not _is_comparison(node):
            return None, None
        path = self._path(_side(node, "left"))
        return (path if isinstance(path, str) else None), value_of(_side(node, "right"))

    def _conditional(self, node: Node, level: int) -> Any:
        """``x == null ? otherwise : value``."""
        test = plain(part(node, "condition"))
        is_equality = part_text(test, "operator") in ("==", "===")
        if not is_equality or source_text(_side(test, "right")) not in (*_NOTHING, "''"):
            return None
        value = self.value(part(node, "alternative"), level + 1)
        otherwise = value_of(part(node, "consequence"))
        if value is None or otherwise is None:
            return value
        return with_default(value, otherwise) if isinstance(otherwise, _SCALARS) else None

    def _date(self, node: Node, level: int) -> Any:
        """``new Date(x * 1000)`` for a date; without a factor a date is converted anyway."""
        value = dated(node)
        if value is None or value.type != "binary_expression":
            return self.value(value, level + 1)
        # With another factor, the date is in a unit that the answers do not have.
        is_in_seconds = source_text(_side(value, "right")) in ("1000", "1_000")
        path = self._path(_side(value, "left")) if is_in_seconds else None
        return {"from": path, "date": "epoch_seconds"} if isinstance(path, str) else None

    def _called(self, node: Node, level: int) -> Any:
        if source_text(called(node)) in _CONVERSIONS and len(arguments(node)) == 1:
            return self._path(plain(arguments(node)[0]))
        method, of = _method(node)
        reader = _METHODS.get(method)
        return reader(self, node, of, level) if reader and of is not None else None

    def _iso(self, node: Node, of: Node, level: int) -> Any:
        value = self.value(of, level + 1) if of.type == "new_expression" else None
        if isinstance(value, str):
            return {"from": value, "date": "any"}
        # Seconds say their own date; any other mapping, such as an item looked for, would lose the conversion.
        return value if isinstance(value, dict) and "date" in value else None

    def _last_part(self, node: Node, of: Node, level: int) -> Any:
        return self._part(of, "last")

    def _joined(self, node: Node, of: Node, level: int) -> Any:
        """``x.split(' ').slice(1).join(' ')``, or ``[x, y].filter(Boolean).join(' ')``."""
        method, inner = _method(of)
        separator = _only_text(node)
        if inner is None or separator is None:
            return None
        if method == "slice" and [source_text(each) for each in arguments(of)] == ["1"]:
            rest = self._part(inner, "rest")
            # Joined by something else than it was split at, the rest would be another text.
            return rest if rest and rest.get("at", " ") == separator else None
        return self._join(inner, separator) if method == "filter" else None

    def _join(self, strings: Node, separator: str) -> dict[str, Any] | None:
        paths = [self._path(each) for each in strings.named_children] if strings.type == "array" else []
        if len(paths) < 2 or not all(isinstance(path, str) for path in paths):
            return None
        return {"join": paths} if separator == " " else {"join": paths, "with": separator}

    def _part(self, split: Node | None, which: str) -> dict[str, Any] | None:
        method, of = _method(split)
        separator = _only_text(split) if split is not None and method == "split" else None
        path = self._path(of) if separator else None
        if path is None:
            return None
        mapping = as_mapping(path) | {"part": which}
        return mapping if separator == " " else mapping | {"at": separator}

    def _indexed(self, node: Node, level: int) -> Any:
        is_first = part_text(node, "index") == "0"
        return self._part(_side(node, "object"), "first") if is_first else None

    def _table(self, node: Node, of: Node, level: int) -> Any:
        """``new Map([[a, b]]).get(x)``."""
        keys, tables = arguments(node), arguments(of)
        is_map = of.type == "new_expression" and part_text(of, "constructor") == "Map"
        if not is_map or len(keys) != 1 or len(tables) != 1:
            return None
        path, rows = self._path(keys[0]), value_of(tables[0])
        if path is None or not isinstance(rows, list) or not all(map(_is_row, rows)):
            return None
        return as_mapping(path) | {"values": {_key(key): value for key, value in rows}}

    def _each(self, node: Node, of: Node, level: int) -> Any:
        """``list.map((item) => ({ ... }))``, or a list that goes to a mapper."""
        path = self._path(of)
        values = arguments(node)
        if not isinstance(path, str) or len(values) != 1:
            return None
        if values[0].type != "arrow_function":
            return path if values[0].type == "identifier" else None
        literal = returned_object(values[0])
        inputs = parameters(values[0])
        if literal is None or not inputs:
            return None
        fields = dict(reader_of(values[0], parameter_name(inputs[0])).fields(literal))
        # `each` has one level; fields that all have their own names need no `each` at all.
        if any("." in name for name in fields):
            return None
        return {"from": path, "each": fields} if fields else path


def reader_of(function: Node, record: str, parents: Mapping[str, str] | None = None) -> Reader:
    """The reader of a function: what stands before what it gives are its variables."""
    declarators = walk(part(function, "body"), "variable_declarator")
    named = ((part_text(each, "name"), part(each, "value")) for each in declarators)
    return Reader(record, {name: value for name, value in named if value is not None}, parents or {})


def _values(literal: ObjectLiteral) -> Iterator[tuple[str, Node]]:
    """What a literal gives its fields, those in what is spread into it included."""
    spread = [inner for each in literal.spreads if (inner := spread_object(each))]
    for each in (literal, *spread):
        for name in each.pairs:
            value = each.value(name)
            if value is not None:
                yield name, value


def _method(node: Node | None) -> tuple[str, Node | None]:
    """The method that is called, and what it is called of."""
    function = called(node)
    if function is None or function.type != "member_expression":
        return "", None
    return part_text(function, "property"), _side(function, "object")


def _tests(node: Node | None, item: str) -> dict[str, Any] | None:
    """``item.primary && item.type === 'work'`` as the values of properties."""
    operator = part_text(node, "operator")
    # Where one side is no test, the other alone would find other items.
    if operator == "&&":
        left, right = (_tests(_side(node, name), item) for name in ("left", "right"))
        return left | right if left and right else None
    tested: Node | None = node
    value: Any = True
    if operator == "===":
        tested, value = _side(node, "left"), value_of(_side(node, "right"))
    elif operator == "!":
        tested, value = _side(node, "argument"), False
    root, path = _chain(tested)
    if source_text(root) != item or not isinstance(value, _SCALARS):
        return None
    return {path: value} if path else None


def _chain(node: Node | None) -> tuple[Node | None, str | None]:
    """What a chain of members begins with, and their path, such as ``emails[0].value``; ``None`` for a computed one."""
    root, members = member_nodes(node)
    path = ""
    for member in members:
        name, index = member_name(member), part_text(member, "index")
        if name != COMPUTED:
            path += f".{name}"
        elif index.isdecimal() and path:
            path += f"[{index}]"
        else:
            return root, None
    return root, path.removeprefix(".")


def _alternatives(node: Node) -> list[Node]:
    """The sides of ``a || b || c``."""
    if part_text(node, "operator") != "||":
        return [node]
    sides = (_side(node, name) for name in ("left", "right"))
    return [each for side in sides if side is not None for each in _alternatives(side)]


def _is_comparison(node: Node | None) -> bool:
    if node is None or node.type != "binary_expression":
        return False
    operator = part_text(node, "operator")
    return operator == "===" or (operator == "||" and _is_comparison(_side(node, "left")))


def _side(node: Node | None, name: str) -> Node | None:
    return plain(part(node, name))


def _only_text(call: Node) -> str | None:
    """The only argument of a call, where that is a string."""
    values = [value_of(each) for each in arguments(call)]
    return values[0] if len(values) == 1 and isinstance(values[0], str) else None


def _is_row(row: Any) -> bool:
    return isinstance(row, list) and len(row) == 2


def _key(key: Any) -> str:
    # As YAML writes it: `true`, where Python has `True`.
    return str(key).lower() if isinstance(key, bool) else str(key)


_METHODS = {
    "get": Reader._table,
    "join": Reader._joined,
    "map": Reader._each,
    "pop": Reader._last_part,
    "toISOString": Reader._iso,
}
_READERS = {
    "binary_expression": Reader._operation,
    "call_expression": Reader._called,
    "new_expression": Reader._date,
    "subscript_expression": Reader._indexed,
    "ternary_expression": Reader._conditional,
}
