"""An API document as data: loaded within bounds, its version known, its references followed without opening anything.

OpenAPI 3.0, 3.1 and Swagger 2.0, as JSON or YAML. A reference leads to a place in the document, or in a file beside it
that the caller's reader hands over; an address of the network is never asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ..errors import AnswersError
from ..frozen import frozen

if TYPE_CHECKING:
    from .shape import Shape

LARGEST = 64 * 1024 * 1024
"""Bytes of one document; the largest that is known, Microsoft Graph's, has 47 MB."""
_MOST_VALUES = 4_000_000
_MOST_YAML_VALUES = 2_000_000
_DEEPEST = 100
_LONGEST_CHAIN = 50
_HTTP = ("http:", "https:", "//")

Reader = Callable[[str], bytes]
"""Gives the bytes of a file beside the document, by its path relative to the document's folder.

Raises OSError for a file that cannot be read, or that is not within that folder.
"""


@frozen
class Node:
    """A value of a document, and where it is.

    Attributes:
        value: plain data.
        file: relative to the folder of the document; empty for the document itself.
        pointer: a JSON pointer, such as ``/components/schemas/pull-request``.
    """

    value: Any
    file: str = ""
    pointer: str = ""

    def child(self, key: str | int) -> Node:
        """The value at a key or position; of the value None where there is none."""
        step = str(key).replace("~", "~0").replace("/", "~1")
        return Node(_item(self.value, key), self.file, f"{self.pointer}/{step}")

    def children(self) -> Iterator[tuple[str, Node]]:
        """The keys of a mapping, or the positions of a list, each with its value."""
        # By the keys themselves: in YAML some are numbers, such as the statuses of responses.
        if isinstance(self.value, Mapping):
            yield from ((str(key), self.child(key)) for key in self.value)
        elif isinstance(self.value, list):
            yield from ((str(position), self.child(position)) for position in range(len(self.value)))

    @property
    def mapping(self) -> Mapping[str, Any]:
        """The value where it is a mapping, else an empty one."""
        return self.value if isinstance(self.value, Mapping) else {}

    @property
    def line(self) -> str:
        """The text that it is, in one line; empty where it is none."""
        return " ".join(self.value.split()) if isinstance(self.value, str) else ""

    @property
    def strings(self) -> tuple[str, ...]:
        """The strings of a list; none of anything else."""
        items = self.value if isinstance(self.value, list) else ()
        return tuple(item for item in items if isinstance(item, str))

    @property
    def source(self) -> str:
        """Where it is, in words: ``#/components/schemas/pull-request``."""
        return f"{self.file}#{self.pointer}"


class Document:
    """One API document.

    Attributes:
        name: of its file, for messages.
        version: ``2.0``, or of OpenAPI such as ``3.1.0``.
        root: the whole of it.
        shapes: what has been read of its schemas: file, pointer and depth of each, with its shape.
    """

    def __init__(self, data: Any, name: str, reader: Reader | None = None) -> None:
        self.name = name
        self.root = Node(data)
        self.shapes: dict[tuple[str, str, int], Shape] = {}
        self.version = _version_of(data, name)
        self._reader = reader
        self._files: dict[str, Any] = {"": data}

    @property
    def title(self) -> str:
        """What it calls the API; empty for nothing."""
        title = self.root.child("info").child("title").value
        return title if isinstance(title, str) else ""

    @property
    def is_swagger(self) -> bool:
        """Whether it is Swagger 2.0."""
        return self.version.startswith("2")

    def follow(self, node: Node) -> Node | None:
        """The value itself, behind any references.

        Returns:
            None where a reference leads nowhere, round in a circle, out of the document's folder, or to the network.
        """
        # References may lead round in a circle; a bound is simpler than a memory of all that were seen.
        for _ in range(_LONGEST_CHAIN):
            reference = node.mapping.get("$ref")
            if not isinstance(reference, str):
                return node
            target = self._target(reference, node.file)
            if target is None:
                return None
            node = target
        return None

    def _target(self, reference: str, file: str) -> Node | None:
        address, _, pointer = reference.partition("#")
        if address:
            file = _beside(file, unquote(address))
        data = self._file(file) if file or not address else None
        if data is None or (pointer and not pointer.startswith("/")):
            return None
        node = Node(data, file)
        # In this order (RFC 6901): the other way round `~01`, which is `~1`, would become a slash.
        for step in pointer.split("/")[1:]:
            node = node.child(unquote(step).replace("~1", "/").replace("~0", "~"))
        return node if node.value is not None else None

    def _file(self, file: str) -> Any:
        """The data of a file, each read once; None for one that cannot be had."""
        if file not in self._files:
            self._files[file] = self._read(file)
        return self._files[file]

    def _read(self, file: str) -> Any:
        # The bound is for documents made to have any number of files read.
        if self._reader is None or len(self._files) > _LONGEST_CHAIN:
            return None
        try:
            return parse(self._reader(file), file)
        except (OSError, AnswersError):
            return None


def load(data: bytes, name: str, reader: Reader | None = None) -> Document:
    """Load a document.

    Args:
        data: the bytes of its file.
        name: of its file; YAML unless it begins as JSON does.
        reader: gives the files beside it; without one, references to other files lead nowhere.

    Raises:
        AnswersError: it is too large, no JSON or YAML, or no OpenAPI document.
    """
    return Document(parse(data, name), name, reader)


def is_document(data: Any) -> bool:
    """Whether data is an API document, and not a sample of what an API sends."""
    return isinstance(data, Mapping) and isinstance(data.get("openapi", data.get("swagger")), (str, float))


def parse(data: bytes, name: str) -> Any:
    """Parse JSON or YAML, within bounds.

    Raises:
        AnswersError: it is too large, or neither.
    """
    if len(data) > LARGEST:
        raise _refusal(name, f"it is larger than {LARGEST // 1024 // 1024} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refusal(name, "it is not UTF-8") from None
    return _json(text, name) if text.lstrip()[:1] in ("{", "[") else _yaml(text, name)


def _json(text: str, name: str) -> Any:
    # What opens or separates values is counted before anything is built: it costs next to nothing.
    if sum(map(text.count, ",[{")) > _MOST_VALUES:
        raise _refusal(name, f"it holds more than {_MOST_VALUES:,} values")
    try:
        return json.loads(text)
    except RecursionError:
        raise _refusal(name, "it is nested too deep") from None
    except ValueError as error:
        # Flow style of YAML begins in the same way.
        if len(text) > 100_000:
            raise _refusal(name, f"it is not JSON: {error}") from None
        return _yaml(text, name)


def _yaml(text: str, name: str) -> Any:
    from ..yaml12 import Bounds, YamlProblem, compose, value_of

    bounds = Bounds(LARGEST // 4, _MOST_YAML_VALUES, _DEEPEST)
    try:
        root = compose(text, bounds)
        return None if root is None else value_of(root, "exact")
    except YamlProblem as problem:
        raise _refusal(f"{name}:{problem.line}:{problem.column}", problem.reason) from None


def _version_of(data: Any, name: str) -> str:
    version = ""
    if isinstance(data, Mapping):
        version = str(data.get("openapi") or data.get("swagger") or "")
    if not version.startswith(("2.0", "3.")):
        reason = f"its version is {version[:20]!r}" if version else "it states no version"
        raise AnswersError(
            f"this is no OpenAPI document that can be read: {reason}",
            where=name,
            fix="OpenAPI 3.0 or 3.1, or Swagger 2.0, as JSON or YAML",
        )
    return version


def _item(value: Any, key: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, list) and str(key).isdecimal() and int(key) < len(value):
        return value[int(key)]
    return None


def _beside(file: str, address: str) -> str:
    """The path of a file beside another, relative to the document's folder; empty for one that is not below it."""
    # An address of the network, a drive of Windows, or a path from the root.
    if ":" in address or address.startswith(("/", "\\")):
        return ""
    steps: list[str] = file.split("/")[:-1]
    for step in address.replace("\\", "/").split("/"):
        if step == "..":
            if not steps:
                return ""
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _refusal(name: str, reason: str) -> AnswersError:
    return AnswersError(
        f"the document cannot be read: {reason}", where=name, fix="a smaller or well-formed file"
    )
