"""A sync or an action as it stands in its file: the requests it makes, and what its names stand for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..frozen import frozen
from .literals import Code, ObjectLiteral, value_of
from .names import Names, names_of
from .tokens import (
    code_of,
    end_of_expression,
    end_of_statement,
    generic_end,
    is_sign,
    matches,
    tokens_of,
    unescaped,
)

if TYPE_CHECKING:
    from .tokens import Token

_METHODS = {
    "get": "GET",
    "post": "POST",
    "put": "PUT",
    "patch": "PATCH",
    "delete": "DELETE",
    "proxy": "",
    "paginate": "",
}
_SAVES = ("batchSave", "batchUpdate", "batchSend")
_LONGEST = 100_000
_MOST_CALLS = 50  # one is the rule; a file of thousands is no script


@frozen
class Call:
    """One request of a script.

    Attributes:
        verb: the function of ``nango`` that makes it.
        config: its configuration; ``None`` where that is no literal we can find.
        model: the model whose records are saved next, if it is named.
        line: where it stands, from 1.
    """

    verb: str
    config: ObjectLiteral | None
    model: str
    line: int

    @property
    def method(self) -> str:
        """The HTTP method."""
        said = self.config.fields.get("method") if self.config else None
        return _METHODS[self.verb] or (said.upper() if isinstance(said, str) else "GET")

    @property
    def pages(self) -> bool:
        """Whether Nango turns the pages."""
        return self.verb == "paginate"


@frozen
class Script:
    """A script's text, read."""

    text: str

    @cached_property
    def tokens(self) -> list[Token]:
        """All of it, comments among it; nothing of a file far too long to be a script."""
        return tokens_of(self.text) if len(self.text) <= _LONGEST else []

    @cached_property
    def code(self) -> list[Token]:
        """All of it but the comments."""
        return code_of(self.tokens)

    @cached_property
    def names(self) -> Names:
        """What its names stand for."""
        return names_of(self.code)

    @cached_property
    def calls(self) -> list[Call]:
        """The requests it makes, in order."""
        found = [
            (index, self.tokens[index + 2].text)
            for index in range(len(self.tokens) - 2)
            if matches(self.tokens, index, "nango", ".") and self.tokens[index + 2].text in _METHODS
        ][:_MOST_CALLS]
        ends = [*(index for index, _ in found[1:]), len(self.tokens)][: len(found)]
        return [
            Call(verb, self._config(index), self._saved(index, end), self.line_of(self.tokens[index]))
            for (index, verb), end in zip(found, ends, strict=True)
            if self._is_call(index + 3)
        ]

    def lines_of(self, *words: str) -> list[int]:
        """The lines on which code begins with some words and signs."""
        places = (index for index in range(len(self.code)) if matches(self.code, index, *words))
        return [self.line_of(self.code[index]) for index in places]

    def line_of(self, token: Token) -> int:
        """The line of a token, from 1."""
        return self.text.count("\n", 0, token.start) + 1

    def _is_call(self, index: int) -> bool:
        place = generic_end(self.tokens, index)
        return place < len(self.tokens) and is_sign(self.tokens[place], "(")

    def _config(self, index: int) -> ObjectLiteral | None:
        """What a call is given: an object, or a name that an object was given to before."""
        start = generic_end(self.tokens, index + 3) + 1
        end = end_of_expression(self.tokens, start, ",")
        value = value_of(self.tokens[start:end])
        if isinstance(value, Code) and len(value.tokens) == 1:
            value = self._declared(value.tokens[0].text, index)
        return value if isinstance(value, ObjectLiteral) else None

    def _declared(self, name: str, before: int) -> object:
        """The value a name was given last before an index."""
        for index in range(before, -1, -1):
            token = self.tokens[index]
            if token.text in ("const", "let", "var") and matches(self.tokens, index + 1, name):
                equals = end_of_expression(self.tokens, index + 2, "=")
                end = end_of_statement(self.tokens, equals + 1)
                return value_of(self.tokens[equals + 1 : end])
        return None

    def _saved(self, start: int, end: int) -> str:
        for index in range(start, end):
            if self.tokens[index].text in _SAVES and index + 1 < end:
                opening = generic_end(self.tokens, index + 1)
                comma = end_of_expression(self.tokens, opening + 1, ",") + 1
                named = self.tokens[comma : comma + 1]
                return unescaped(named[0].text[1:-1]) if named and named[0].kind == "text" else ""
        return ""
