"""GraphQL queries, as far as the answers need them: what a query selects, and which variables it has."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r'"""(?:\\"""|.)*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*|\.\.\.|\$?[A-Za-z_]\w*|[{}()\[\]:@]|[^\s,]', re.DOTALL
)
_NAME = re.compile(r"[A-Za-z_]\w*")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_DEEPEST = 40


@frozen
class Selected:
    """A field that a query selects, under the name it has in the response, and what is selected of it."""

    name: str
    fields: tuple[Selected, ...] = ()


@frozen
class Query:
    """One operation.

    Attributes:
        kind: ``query`` or ``mutation``.
        name: empty for an operation without one.
        variables: the names of those it declares.
        fields: what it selects.
    """

    kind: str
    name: str
    variables: tuple[str, ...]
    fields: tuple[Selected, ...]


class _QueryError(Exception):
    """Why a text is no query that can be sent."""


def query_problem(text: str) -> str:
    """Why a text is no single GraphQL operation; empty where it is one."""
    # A value put into the text could be a query of its own.
    if "${" in text:
        return "a query is the same each time: hand values over as variables, such as $id"
    try:
        _Reader(text).operation()
    except _QueryError as error:
        return str(error)
    return ""


@lru_cache(maxsize=64)  # each query is asked for several times on its way
def read_query(text: str) -> Query:
    """The operation of a text without a problem."""
    return _Reader(text).operation()


class _Reader:
    """Reads the tokens from left to right; what it needs not know it skips, bracket by bracket."""

    def __init__(self, text: str) -> None:
        self._tokens = [token for token in _TOKEN.findall(text) if not token.startswith("#")]
        self._next = 0
        if '"' in self._tokens:  # any that is closed is part of a longer token
            raise _QueryError("a string in it is not closed")

    def operation(self) -> Query:
        """The one operation among the definitions; fragments may stand beside it."""
        operations: list[Query] = []
        while self._peek():
            if self._peek() == "fragment":
                self._skip_to_selection()
                self._selection(0)
            else:
                operations.append(self._operation())
        if len(operations) != 1:
            raise _QueryError(f"it holds {len(operations)} operations, and one is sent")
        return operations[0]

    def _operation(self) -> Query:
        kind, name = "query", ""
        variables: tuple[str, ...] = ()
        if self._peek() != "{":
            kind = self._take()
            if kind not in ("query", "mutation"):
                raise _QueryError(f"it starts with {kind!r}, and a query or a mutation is wanted")
            name = self._take() if _NAME.fullmatch(self._peek()) else ""
            variables = tuple(token[1:] for token in self._skip_to_selection() if token.startswith("$"))
        return Query(kind, name, tuple(dict.fromkeys(variables)), self._selection(0))

    def _selection(self, depth: int) -> tuple[Selected, ...]:
        """The fields between braces; those of inline fragments are among them."""
        if depth > _DEEPEST:
            raise _QueryError(f"it nests more than {_DEEPEST} fields")
        if self._take() != "{":
            raise _QueryError("it selects nothing")
        fields: list[Selected] = []
        is_empty = self._peek() == "}"
        while self._peek() != "}":
            fields += self._field(depth)
        self._take()
        if is_empty or (depth == 0 and not fields):
            raise _QueryError("it selects nothing")
        return tuple(fields)

    def _skip_modifiers(self, is_fragment: bool) -> None:
        """Skip arguments and directives; of a fragment its name, or its type behind ``on``."""
        while self._peek() in ("(", "@") or (is_fragment and _NAME.fullmatch(self._peek())):
            token = self._take()
            if token == "(":
                self._skip(token)
            elif token == "@" or (is_fragment and token == "on"):
                self._take()
            else:
                is_fragment = False  # its name: nothing else of it stands here

    def _field(self, depth: int) -> Iterator[Selected]:
        name = self._take()
        is_fragment = name == "..."
        if not is_fragment and not _NAME.fullmatch(name):
            raise _QueryError(f"{name!r} stands where a field is expected")
        if self._peek() == ":":  # what stands before is the name in the response
            self._take()
            self._take()
        self._skip_modifiers(is_fragment)
        inner = self._selection(depth + 1) if self._peek() == "{" else ()
        if name == "...":
            yield from inner
        else:
            yield Selected(name, inner)

    def _skip_to_selection(self) -> list[str]:
        """The tokens before the next selection."""
        start = self._next
        while self._peek() != "{":
            token = self._take()
            if token in _CLOSING:
                self._skip(token)
        return self._tokens[start : self._next]

    def _skip(self, opening: str) -> None:
        """Go behind the end of what was opened."""
        expected = [_CLOSING[opening]]
        while expected:
            token = self._take()
            if token in _CLOSING:
                expected.append(_CLOSING[token])
            elif token in _CLOSING.values() and token != expected.pop():
                raise _QueryError(f"a {token} closes what was not opened")

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        if not token:
            raise _QueryError("it ends before all of its braces are closed")
        self._next += 1
        return token
