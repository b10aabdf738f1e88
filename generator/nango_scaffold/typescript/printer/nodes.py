"""The shapes of expression that generated code is made of, as frozen data.

They say what the code is, not how it is laid out; ``expressions.layout`` prints them the way prettier would.
"""

from __future__ import annotations

from ...frozen import frozen


@frozen
class Name:
    """An identifier or keyword: ``record``, ``undefined``, ``true``, ``null``."""

    text: str


@frozen
class Number:
    """A number by its source text."""

    text: str


@frozen
class SourceText:
    """A string by its source, quotes and escapes included."""

    source: str


@frozen
class TemplateCharacters:
    """A piece of literal text in a template literal by its source, escapes included."""

    source: str


@frozen
class Template:
    """A template literal: literal text and expressions in turn."""

    parts: tuple[TemplateCharacters | Expression, ...]


@frozen
class Member:
    """``object.name``, or ``object?.name`` when ``optional``."""

    object: Expression
    name: str
    optional: bool = False


@frozen
class Index:
    """``object[key]``, or ``object?.[key]`` when ``optional``."""

    object: Expression
    key: Expression
    optional: bool = False


@frozen
class Call:
    """``callee<types>(arguments)``; ``types`` are simple type names, as text."""

    callee: Expression
    arguments: tuple[Expression, ...] = ()
    types: tuple[str, ...] = ()


@frozen
class New:
    """``new callee(arguments)``."""

    callee: Expression
    arguments: tuple[Expression, ...] = ()


@frozen
class Property:
    """``key: value`` of an object literal, the key by its source; ``comments`` are the lines above it."""

    key: str
    value: Expression
    comments: tuple[str, ...] = ()


@frozen
class Shorthand:
    """``name`` alone in an object literal."""

    name: str


@frozen
class Spread:
    """``...value`` in an object literal, a list or arguments."""

    value: Expression


@frozen
class Written:
    """A whole property as it is to be printed, known to fit on its line."""

    source: str


@frozen
class ObjectLiteral:
    """An object literal; one property a line when ``expanded``, else on one line if it fits."""

    properties: tuple[Property | Shorthand | Spread | Written, ...]
    expanded: bool = True


@frozen
class ListLiteral:
    """``[a, b]``."""

    items: tuple[Expression, ...]


@frozen
class Block:
    """The statements of a function, braces included: its lines, without the indentation of the last one."""

    lines: tuple[str, ...]


@frozen
class Arrow:
    """``(parameters) => body``; each parameter is its source text, such as ``item`` or ``item: User``."""

    parameters: tuple[str, ...]
    body: Expression | Block


@frozen
class Conditional:
    """``test ? then : otherwise``."""

    test: Expression
    then: Expression
    otherwise: Expression


@frozen
class Binary:
    """``left operator right``, logical operators included."""

    left: Expression
    operator: str
    right: Expression


@frozen
class Await:
    """``await value``."""

    value: Expression


@frozen
class Not:
    """``!value``."""

    value: Expression


Expression = (
    Name
    | Number
    | SourceText
    | Template
    | Member
    | Index
    | Call
    | New
    | Spread
    | ObjectLiteral
    | ListLiteral
    | Arrow
    | Conditional
    | Binary
    | Await
    | Not
)
