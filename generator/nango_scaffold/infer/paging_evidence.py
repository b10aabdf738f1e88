"""What the pages of a list are told by: its parameters, the headers of its response, the fields beside its records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..naming.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..providers import ProviderFacts
    from .operations import Operation
    from .shape import Shape

_DEEPEST = 4
_RELATION = re.compile(r"""<[^>]*>[^,<]*?;\s*rel\s*=\s*"?([^",;<]+)""", re.IGNORECASE)
_BACKWARD = frozenset(
    ("prev", "previous", "previously", "before", "first", "self", "last", "prior", "back", "current")
)
_FORWARD = frozenset(("next", "after", "continuation"))
_FILLERS = _FORWARD - {"after"} | {
    "page",
    "pages",
    "pagination",
    "paging",
    "start",
    "results",
    "odata",
    "filter",
}
_OPAQUE = frozenset(
    (
        "cursor",
        "token",
        "marker",
        "bookmark",
        "after",
        "pagetoken",
        "nexttoken",
        "scroll",
        "continuation",
        "iterator",
    )
)
_ADDRESSES = frozenset(("url", "uri", "link", "links", "href", "nextlink", "nexturl"))
_ADDRESS_FORMATS = frozenset(("uri", "url", "uri-reference"))
_SAYS_ADDRESS = re.compile(r"\b(?:url|link|hyperlink|href)\b", re.IGNORECASE)
_SAYS_TIME = re.compile(r"\b(?:date|time|timestamp|unix|epoch|iso ?8601|rfc ?3339)\b", re.IGNORECASE)
_SAYS_OPAQUE = re.compile(r"\b(?:cursor|token|marker|opaque|bookmark)\b", re.IGNORECASE)
_SCALARS = (str, int, float)
_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", list: "array", dict: "object"}
_ONE_VALUE = frozenset(("", "string", "integer", "number"))


@frozen
class PagingParameter:
    """A parameter that a list takes, in the query or in the body.

    Attributes:
        name: as the API spells it.
        type: ``string``, ``integer``, ``number``, ``boolean``, ``array``, ``object``; empty where it is not stated.
        description: the document's; empty for none.
        required: whether every request has it.
        hints: the values stated for it, by ``default``, ``minimum``, ``maximum``, ``example``.
    """

    name: str
    type: str = ""
    description: str = ""
    required: bool = False
    hints: Mapping[str, Any] | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Of its name, in lower case: ``page[after]`` -> ``page``, ``after``."""
        return words(self.name)

    @property
    def key(self) -> str:
        """Its name in one case, with nothing between the words: ``startAt`` -> ``startat``."""
        return "".join(self.words)

    @property
    def is_number(self) -> bool:
        """Whether its values are whole numbers: by its type, or by the values stated for a text."""
        if self.type in ("integer", "number"):
            return True
        values = [value for name, value in (self.hints or {}).items() if name in ("default", "example")]
        return bool(values) and all(str(value).isdigit() for value in values)

    @property
    def says_cursor(self) -> bool:
        """Whether its description calls it a cursor, or the like."""
        return bool(_SAYS_OPAQUE.search(self.description))

    @property
    def is_opaque(self) -> bool:
        """Whether it takes what a response holds, by its name or its description."""
        return self.says_cursor or not _OPAQUE.isdisjoint(self.words)

    @property
    def is_of_time(self) -> bool:
        """Whether it is a point in time."""
        return bool(_SAYS_TIME.search(self.description)) or str((self.hints or {}).get("format")).startswith(
            "date"
        )

    @property
    def stem(self) -> frozenset[str]:
        """What its name says besides which page it is of: ``next_page_token`` -> ``token``."""
        return _stem(self.words)


@frozen
class EnvelopeField:
    """A field of a response that is no record.

    Attributes:
        path: the names that lead to it.
        type: as that of `PagingParameter`.
        format: the document's word, such as ``uri``; empty for none.
        description: the document's; empty for none.
        value: in a sample; None where there is none.
    """

    path: tuple[str, ...]
    type: str = ""
    format: str = ""
    description: str = ""
    value: Any = None

    @property
    def dotted(self) -> str:
        """The path as ``request.paginate`` has it: ``paging.next.after``."""
        return ".".join(self.path)

    @property
    def words(self) -> tuple[str, ...]:
        """Of all its names, in lower case."""
        return tuple(word for name in self.path for word in words(name))

    @property
    def stem(self) -> frozenset[str]:
        """As that of `PagingParameter`, of its last name."""
        return _stem(words(self.path[-1]))

    @property
    def leads_on(self) -> bool:
        """Whether it is about the next page and no other, and holds one value."""
        own = words(self.path[-1])
        is_forward = not _FORWARD.isdisjoint(self.words) or own == ("end", "cursor")
        return self.type in _ONE_VALUE and is_forward and _BACKWARD.isdisjoint(own)

    @property
    def is_opaque(self) -> bool:
        """Whether its name is that of a cursor."""
        return self.type in _ONE_VALUE and not _OPAQUE.isdisjoint(self.stem)

    @property
    def is_address(self) -> bool:
        """Whether it holds an address: by a sample's value, by its format, its name, or its description."""
        if isinstance(self.value, str) and self.value:
            return self.value.startswith(("http://", "https://"))
        if self.type not in ("", "string"):
            return False
        own = words(self.path[-1])
        is_named = not _ADDRESSES.isdisjoint(own) or (
            own[-1:] == ("next",) and not _ADDRESSES.isdisjoint(self.words)
        )
        is_named = is_named and "uri" not in own
        return self.format in _ADDRESS_FORMATS or is_named or bool(_SAYS_ADDRESS.search(self.description))


@frozen
class PagingEvidence:
    """What one list shows of its pages.

    Attributes:
        parameters: those of the query, and of the body where the list is asked for with one.
        headers: the names of the headers that the response declares, or has in a sample, in lower case.
        link_rels: the relations of a sample's ``Link`` header.
        fields: the fields of the response outside the records.
        records: the path of the records; empty where the response is the list.
        has_id: whether a record has an ``id``.
        is_described: whether anything is known of the response.
        others_page: whether most other lists of the document have a word on pages; False where that is not known.
        facts: what is known of the provider.
    """

    parameters: tuple[PagingParameter, ...] = ()
    headers: frozenset[str] = frozenset()
    link_rels: frozenset[str] = frozenset()
    fields: tuple[EnvelopeField, ...] = ()
    records: tuple[str, ...] = ()
    has_id: bool = True
    is_described: bool = True
    others_page: bool = False
    facts: ProviderFacts | None = None

    def parameter(self, *keys: str) -> PagingParameter | None:
        """The first parameter with one of these names, whatever their case."""
        return next((entry for entry in self.parameters if entry.key in keys), None)

    def field(self, dotted: str) -> EnvelopeField | None:
        """The field at a path; None when there is none."""
        return next((entry for entry in self.fields if entry.dotted == dotted), None)

    def nearest(self, fields: list[EnvelopeField]) -> EnvelopeField | None:
        """The one of some fields that speaks of the records: beside them, else the only one; None in doubt."""
        beside = [entry for entry in fields if entry.path[: len(self.records) - 1] == self.records[:-1]]
        candidates = beside or fields
        return candidates[0] if len(candidates) == 1 else None


def evidence_of(
    operation: Operation | None = None,
    *,
    records: tuple[str, ...] = (),
    sample: Any = None,
    sample_headers: Mapping[str, str] | None = None,
    others_page: bool = False,
    facts: ProviderFacts | None = None,
) -> PagingEvidence:
    """What a document and a sample show of the pages of one list.

    Args:
        operation: the document's; None where there is no document.
        records: where the records are.
        sample: a response as plain data; its fields are those of the document where both have them.
        sample_headers: of that response.
        others_page: see `PagingEvidence`.
        facts: what is known of the provider.
    """
    headers = {name.lower(): value for name, value in (sample_headers or {}).items()}
    body = operation.response.shape if operation and operation.response else None
    fields = {entry.path: entry for entry in _fields_of_shape(body, records)}
    for entry in _fields_of_value(sample, records):
        stated = fields.get(entry.path, entry)
        fields[entry.path] = EnvelopeField(
            entry.path, entry.type or stated.type, stated.format, stated.description, entry.value
        )
    return PagingEvidence(
        parameters=tuple(_parameters(operation)) if operation else (),
        headers=frozenset(name.lower() for name in operation.response_headers) if operation else frozenset(),
        link_rels=frozenset(" ".join(_RELATION.findall(headers.get("link", ""))).lower().split()),
        fields=tuple(fields.values()),
        records=records,
        has_id=_has_id(body, sample, records),
        is_described=body is not None or sample is not None,
        others_page=others_page,
        facts=facts,
    )


def _parameters(operation: Operation) -> Iterator[PagingParameter]:
    for entry in operation.in_location("query"):
        yield PagingParameter(entry.name, _type(entry.shape), entry.description, entry.required, entry.hints)
    if operation.method == "GET" or operation.request is None:
        return
    for name, shape, description in _properties(operation.request.shape):
        yield PagingParameter(name, _type(shape), description)


def _fields_of_shape(
    shape: Shape | None, records: tuple[str, ...], path: tuple[str, ...] = ()
) -> Iterator[EnvelopeField]:
    for name, inner, description in _properties(shape):
        here = (*path, name)
        if here == records:
            continue
        yield EnvelopeField(here, _type(inner), getattr(inner, "format", ""), description)
        if len(here) < _DEEPEST:
            yield from _fields_of_shape(inner, records, here)


def _fields_of_value(
    value: Any, records: tuple[str, ...], path: tuple[str, ...] = ()
) -> Iterator[EnvelopeField]:
    for name, inner in value.items() if isinstance(value, Mapping) else ():
        here = (*path, name)
        if here == records:
            continue
        yield EnvelopeField(
            here, _TYPES.get(type(inner), ""), value=inner if type(inner) in _SCALARS else None
        )
        if len(here) < _DEEPEST:
            yield from _fields_of_value(inner, records, here)


def _properties(shape: Shape | None) -> Iterator[tuple[str, Shape, str]]:
    """The properties of an object, or of all objects that a value may be."""
    from .shape import Object, Union

    for member in shape.members if isinstance(shape, Union) else (shape,):
        for entry in member.properties if isinstance(member, Object) else ():
            yield entry.name, entry.shape, entry.description


def _type(shape: Shape) -> str:
    """The type of a value in the words of JSON Schema; empty where it is not stated or one of several."""
    from .shape import List, Map, Object, Scalar

    if isinstance(shape, Scalar):
        return shape.kind
    if isinstance(shape, List):
        return "array"
    return "object" if isinstance(shape, (Object, Map)) else ""


def _has_id(body: Shape | None, sample: Any, records: tuple[str, ...]) -> bool:
    """Whether a record has an ``id``, in the sample or else in the document."""
    from .shape import List, at

    for step in records:
        sample = sample.get(step) if isinstance(sample, Mapping) else None
    if isinstance(sample, list) and sample:
        return isinstance(sample[0], Mapping) and "id" in sample[0]
    found = at(body, records)
    item = found.item if isinstance(found, List) else None
    return any(name == "id" for name, _, _ in _properties(item))


def _stem(name: tuple[str, ...]) -> frozenset[str]:
    """The words of a name but those that only say that it is about pages; of those alone, the last."""
    return frozenset(name) - _FILLERS - {"end" if "cursor" in name else ""} or frozenset(name[-1:])
