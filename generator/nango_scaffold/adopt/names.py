"""What the names of a script stand for: its input, the metadata, or a field of either."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from ..frozen import frozen
from .tokens import closing, end_of_expression, end_of_statement, generic_end, is_sign, matches, tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .tokens import Token

_WRAPPERS = ("encodeURIComponent", "encodeURI", "String", "Number")
_MOST = 300  # declarations; no script has that many, and an odd text must not take long
_ROOTS = ("input", "metadata")


@frozen
class Names:
    """Paths by what they stand for.

    Attributes:
        known: dotted names, such as ``parsed.data``, each with ``input``, ``metadata`` or a field of one.
        rests: names that hold what was left of one when some of its fields were taken out.
    """

    known: dict[str, str] = field(default_factory=dict)
    rests: set[str] = field(default_factory=set)

    def meaning(self, code: Sequence[Token]) -> str:
        """``input``, ``metadata.owner`` and the like; an empty text for any other expression."""
        path = _path(_unwrapped(code))
        steps = path.split(".")
        for count in range(len(steps), 0, -1):
            found = self.known.get(".".join(steps[:count]))
            if found is not None:
                return ".".join([found, *steps[count:]])
        return ""

    def field_of(self, code: Sequence[Token]) -> str:
        """``metadata.owner`` for an expression that is a field of the input or the metadata, else an empty text."""
        found = self.meaning(code)
        return found if found.count(".") == 1 else ""

    def field_in(self, text: str) -> str:
        """As ``field_of``, for the text of an expression."""
        return self.field_of(tokens_of(text))


def names_of(code: Sequence[Token]) -> Names:
    """Read the parameters and the declarations of a script, in order.

    Args:
        code: its tokens without comments.
    """
    names = Names()
    left = _MOST
    for index, token in enumerate(code):
        if matches(code, index, "runAction") or matches(code, index, "default", "async"):
            _parameter(code, index, names)
        elif token.text in ("const", "let", "var") and token.kind == "word" and left:
            left -= 1
            _declaration(code, index + 1, names)
    return names


def _parameter(code: Sequence[Token], index: int, names: Names) -> None:
    """The second parameter of an action is its input."""
    opening = next((at for at in range(index, len(code)) if is_sign(code[at], "(")), None)
    if opening is None:
        return
    comma = end_of_expression(code, opening + 1, ",")
    if comma + 1 < len(code) and is_sign(code[comma], ",") and code[comma + 1].kind == "word":
        names.known.setdefault(code[comma + 1].text, "input")


def _declaration(code: Sequence[Token], start: int, names: Names) -> None:
    equals = end_of_expression(code, start, "=", ";")
    if equals >= len(code) or not is_sign(code[equals], "="):
        return
    end = end_of_statement(code, equals + 1)
    meanings = _meanings(code[equals + 1 : end], names)
    if not meanings:
        return
    if code[start].kind == "word":
        names.known.update({f"{code[start].text}{suffix}": meant for suffix, meant in meanings.items()})
    elif is_sign(code[start], "{"):
        _taken_apart(code[start + 1 : closing(code, start)], meanings, names)


def _taken_apart(pattern: Sequence[Token], meanings: Mapping[str, str], names: Names) -> None:
    """``{ data: parsed }`` and ``{ owner, repo, ...body }``: what each new name stands for."""
    place = 0
    while place < len(pattern):
        end = end_of_expression(pattern, place, ",")
        part = pattern[place:end]
        place = end + 1
        if len(part) == 2 and is_sign(part[0], "...") and "" in meanings:
            names.rests.add(part[1].text)
            continue
        name = part[2].text if len(part) >= 3 and is_sign(part[1], ":") else part[0].text if part else ""
        for suffix, meant in meanings.items() if part else ():
            if suffix == "":
                names.known[name] = f"{meant}.{part[0].text}"
            elif suffix == f".{part[0].text}":
                names.known[name] = meant


def _meanings(value: Sequence[Token], names: Names) -> dict[str, str]:
    """What a value stands for, by what has to be written behind its name: ``{".data": "input"}``."""
    for index, token in enumerate(value):
        if token.kind != "word":
            continue
        if token.text == "getMetadata":
            is_checked = any(each.text == "zodValidateInput" for each in value[:index])
            return {".data" if is_checked else "": "metadata"}
        if token.text in ("zodValidateInput", "safeParse", "safeParseAsync", "parse", "parseAsync"):
            given = _given(value, index, names)
            return {"" if token.text.startswith("parse") else ".data": given} if given in _ROOTS else {}
    meant = names.meaning(value)
    return {"": meant} if meant else {}


def _given(value: Sequence[Token], index: int, names: Names) -> str:
    """The root that a call checks: its argument, or the ``input:`` of it."""
    opening = generic_end(value, index + 1)
    inside = value[opening + 1 : closing(value, opening)] if opening < len(value) else []
    if any(token.text == "getMetadata" for token in inside):
        return "metadata"
    for place in range(len(inside)):
        if matches(inside, place, "input"):
            start = place + 2 if place + 1 < len(inside) and is_sign(inside[place + 1], ":") else place
            return names.meaning(inside[start : end_of_expression(inside, start, ",")])
    return names.meaning(inside)


def _unwrapped(code: Sequence[Token]) -> Sequence[Token]:
    """What is inside ``(...)``, ``String(...)`` and the like; what stands before ``??`` or ``as``."""
    code = code[: _end_of_first(code)]
    if code and code[0].text == "await":
        return _unwrapped(code[1:])
    head = 1 if code and code[0].text in _WRAPPERS else 0
    if len(code) > head + 1 and is_sign(code[head], "(") and closing(code, head) == len(code) - 1:
        return _unwrapped(code[head + 1 : -1])
    if len(code) > 4 and [token.text for token in code[-4:]] == [".", "toString", "(", ")"]:
        return _unwrapped(code[:-4])
    return code


def _end_of_first(code: Sequence[Token]) -> int:
    """Where a word on the type, or what is taken in the place of nothing, begins; else the end."""
    depth = 0
    for index, token in enumerate(code):
        depth += is_sign(token, *"([{") - is_sign(token, *")]}")
        is_cast = token.kind == "word" and token.text in ("as", "satisfies")
        if depth == 0 and index and (is_cast or _is_double(code, index)):
            return index
    return len(code)


def _is_double(code: Sequence[Token], index: int) -> bool:
    """Whether ``??`` or ``||`` begins at an index."""
    return (
        is_sign(code[index], "?", "|") and index + 1 < len(code) and code[index + 1].text == code[index].text
    )


def _path(code: Sequence[Token]) -> str:
    """``a.b`` for names with dots (or ``?.`` or ``!.``) between them; an empty text for anything else."""
    steps = [token for token in code if not is_sign(token, "?", "!")]
    words, dots = steps[::2], steps[1::2]
    is_path = all(word.kind == "word" for word in words) and all(is_sign(dot, ".") for dot in dots)
    return ".".join(word.text for word in words) if is_path and len(words) == len(dots) + 1 else ""
