"""The texts of requests in which placeholders may stand, and what these name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from ...naming.reserved import INHERITED
from ...spec.requests import LAST_SYNC_DATE
from .variables import EXPRESSION, NAME, PLACEHOLDER, read_by

if TYPE_CHECKING:
    from ...answers import RequestAnswer

_NUMBERED = r"\$\{'[^']*'\}|\$\{=(\d+)\}"
_IDENTIFIER = r"[A-Za-z_][A-Za-z0-9_]*"


def mentioned(text: str, root: str) -> Iterator[str]:
    """The fields of ``root`` (``metadata`` or ``input``) that a string names, in order, if a model can have them."""
    for placeholder in PLACEHOLDER.findall(text):
        match = NAME.fullmatch(placeholder)
        name = match[2] if match and match[1] == root else ""
        if name and re.fullmatch(_IDENTIFIER, name) and name not in INHERITED:
            yield name


def named_fields(requests: Iterable[RequestAnswer], root: str) -> list[str]:
    """The fields of ``root`` (``metadata`` or ``input``) that requests read, each once, in order."""
    texts = (text for request in requests for text in texts_of(request))
    return list(dict.fromkeys(name for text in texts for name in mentioned(text, root)))


def texts_of(request: RequestAnswer) -> Iterator[str]:
    """Every string of a request that may hold placeholders; what its conditions and expressions read is given as one."""
    for value in (*request.params.values(), *request.headers.values()):
        if isinstance(value, Mapping):
            yield from (f"${{{name}}}" for name in read_by(str(value["when"])))
    for text in strings_in(
        (request.base_url, request.path, request.params, request.headers, request.data, request.json)
    ):
        yield from _with_reads(text)


def _with_reads(text: str) -> Iterator[str]:
    """A text, and what its expressions read, as placeholders."""
    if EXPRESSION not in text:
        yield text
        return
    from .request_expressions import lifted, read_paths  # brings the parser, which most answers do without

    text, expressions = lifted(text)
    yield text
    yield from (f"${{{path}}}" for expression in expressions for path in read_paths(expression))


def split_query(path: str) -> tuple[str, dict[str, str]]:
    """Split a path into the path without its query, and the query as parameters; expressions stay whole."""
    expressions: tuple[str, ...] = ()
    if EXPRESSION in path:
        from .request_expressions import lifted  # brings the parser, which most answers do without

        path, expressions = lifted(path)

    def restored(text: str) -> str:
        return re.sub(_NUMBERED, original, text)

    def original(match: re.Match[str]) -> str:
        # What is quoted is the user's own text, whatever it looks like.
        return f"${{={expressions[int(match[1])]}}}" if match[1] else match[0]

    path, _, query = path.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    return restored(path), {restored(name): restored(value) for name, value in pairs}


def names_last_sync(request: RequestAnswer) -> bool:
    """Whether a request asks by the date of the last run in a text of its own."""
    names = (NAME.fullmatch(inner) for text in texts_of(request) for inner in PLACEHOLDER.findall(text))
    return any(match is not None and match[1] == LAST_SYNC_DATE for match in names)


def strings_in(data: object) -> Iterator[str]:
    """Every string in plain data or in answers, at any depth; keys are left out."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for item in data.values():
            yield from strings_in(item)
    elif isinstance(data, (list, tuple)):
        for item in data:
            yield from strings_in(item)
    elif hasattr(data, "__dict__"):
        # Not by asdict, which would have every class of the answers made a dataclass.
        yield from strings_in(vars(data))
