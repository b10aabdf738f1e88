"""How a list is paged: the first rule that has proof decides; where there is doubt, none does.

Wrong pagination loses records in silence: the sync succeeds with its first page. Where nothing is certain the answers say
nothing, so that what the run does is a guess, which ``check`` notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..answers import PAGINATE
from .operations import entries, read
from .paging_evidence import LIMITS, EnvelopeField, PagingEvidence, PagingParameter
from .paging_rules import RULES, HalfKnown, Paging, ProviderSettings, SinglePage
from .records import records_of
from .shape import List, Map, Object, Scalar, Union, at, value_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..providers import ProviderFacts
    from .document import Document
    from .operations import Entry, Operation
    from .shape import Shape

_DEEPEST = 4
_RELATION = re.compile(r"""<[^>]*>[^,<]*?;\s*rel\s*=\s*"?([^",;<]+)""", re.IGNORECASE)
_SCALARS = (str, int, float)
_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", list: "array", dict: "object"}
_FEWEST_LISTS = 4
_MOST_LISTS = 32
_ENVELOPE_DEPTH = 4
_LARGEST_PAGE = 100
_NAMES = ("cursor_name_in_request", "offset_name_in_request")


def paginate_of(
    operation: Operation | None = None,
    document: Document | None = None,
    *,
    records: tuple[str, ...] = (),
    sample: Any = None,
    sample_headers: Mapping[str, str] | None = None,
    facts: ProviderFacts | None = None,
) -> Paging:
    """How a list is paged, from whatever there is: the provider's facts, an operation, a sample.

    Args:
        operation: the document's; None where there is none.
        document: the one it is in: what it says of its other lists tells what its silence means.
        records: where the records are; empty where the response is the list.
        sample: a response as plain data.
        sample_headers: the headers of that response.
        facts: what is known of the provider.
    """
    evidence = evidence_of(
        operation, records=records, sample=sample, sample_headers=sample_headers, facts=facts
    )
    # To look at the other lists of a document takes longer than all the rest.
    if operation and document and _verdict(evidence).rule == SinglePage.name:
        evidence = replace(evidence, others_page=others_page(document, operation))
    paging = paging_by(evidence)
    if operation is None or operation.method == "GET" or paging.settings is None:
        return paging
    # By default what asks for a page is sent in the body of a POST.
    queries = {entry.name for entry in operation.in_location("query")}
    is_in_query = any(paging.settings.get(key) in queries for key in _NAMES)
    return replace(paging, settings={**paging.settings, "in_body": False}) if is_in_query else paging


def paging_by(evidence: PagingEvidence) -> Paging:
    """How a list is paged by the first rule that decides, or abstains for all that follow."""
    verdict = _verdict(evidence)
    # Abstentions of other rules are about a parameter that the list does take.
    if not verdict.is_known and verdict.rule in (HalfKnown.name, SinglePage.name):
        verdict = ProviderSettings().of_any_list(evidence) or verdict
    if verdict.settings is None or any(PAGINATE.problems(verdict.settings, "paginate")):
        return replace(verdict, settings=None)
    sized = {**verdict.settings, **_page_size(verdict.settings, evidence.parameters)}
    # A document may state a maximum that is none, or a name that no request can have.
    return verdict if any(PAGINATE.problems(sized, "paginate")) else replace(verdict, settings=sized)


def others_page(document: Document, operation: Operation) -> bool:
    """Whether a document has a word on pages for most of its lists, and none for those of the operation's resource.

    It looks at some of the lists, and says nothing of a document that has too few.
    """
    lists = [entry for entry in entries(document) if entry.method == "GET" and not entry.path.endswith("}")]
    resource = _last_segment(operation.path)
    of_resource = [entry for entry in lists if _last_segment(entry.path) == resource]
    if any(_words_on_pages(document, of_resource)):
        return False
    # From all over the document: the lists of one resource stand together, and are paged alike.
    step = 1 + len(lists) // _MOST_LISTS
    words = _words_on_pages(document, (entry for start in range(step) for entry in lists[start::step]))
    return len(words) >= _FEWEST_LISTS and 3 * sum(words) >= 2 * len(words)


def _last_segment(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _words_on_pages(document: Document, candidates: Iterable[Entry]) -> list[bool]:
    """Whether the document has a word on pages, for each of the first lists among some operations."""
    verdicts = (_has_word_on_pages(document, entry) for entry in candidates)
    return list(islice((verdict for verdict in verdicts if verdict is not None), _MOST_LISTS))


def _has_word_on_pages(document: Document, entry: Entry) -> bool | None:
    """Whether the document has a word on the pages of a list; None where it is no list."""
    operation = read(document, entry, _ENVELOPE_DEPTH)
    if operation.response is None:
        return None
    records = records_of(operation.response.shape, operation.path)
    if not records.is_list:
        return None
    return _verdict(evidence_of(operation, records=records.path)).rule != SinglePage.name


def _verdict(evidence: PagingEvidence) -> Paging:
    verdicts = (rule.paging(evidence) for rule in RULES)
    return next(filter(None, verdicts), None) or SinglePage().paging(evidence)


def _page_size(settings: Mapping[str, Any], parameters: Iterable[PagingParameter]) -> dict[str, Any]:
    """The largest page that the API states, where a page that is shorter than asked for does not end the paging."""
    # An offset ends at a page that is shorter than asked for, and an API may send fewer than it was asked for.
    if settings["type"] not in ("link", "cursor", "last_id"):
        return {}
    for entry in parameters:
        largest = (entry.hints or {}).get("maximum")
        if entry.key in LIMITS and isinstance(largest, int) and largest > 0:
            return {"limit_name_in_request": entry.name, "limit": min(largest, _LARGEST_PAGE)}
    return {}


def evidence_of(
    operation: Operation | None = None,
    *,
    records: tuple[str, ...] = (),
    sample: Any = None,
    sample_headers: Mapping[str, str] | None = None,
    others_page: bool = False,
    facts: ProviderFacts | None = None,
) -> PagingEvidence:
    """What a document and a sample show of the pages of one list; see `PagingEvidence`.

    The fields of the sample are those of the document where both have them.
    """
    body = operation.response_shape if operation else None
    declared = operation.response_headers if operation else ()
    return PagingEvidence(
        parameters=tuple(_parameters(operation)) if operation else (),
        headers=frozenset(map(str.lower, declared)),
        link_rels=_link_relations(sample_headers or {}),
        fields=_fields(body, sample, records),
        records=records,
        has_id=_has_id(body, sample, records),
        is_described=(body, sample) != (None, None),
        has_parameters=operation is not None,
        others_page=others_page,
        facts=facts,
    )


def _link_relations(headers: Mapping[str, str]) -> frozenset[str]:
    """The relations of a ``Link`` header."""
    links = [value for name, value in headers.items() if name.lower() == "link"]
    return frozenset(" ".join(_RELATION.findall(", ".join(links))).lower().split())


def _fields(body: Shape | None, sample: Any, records: tuple[str, ...]) -> tuple[EnvelopeField, ...]:
    """The fields outside the records: those of the document, over which a sample's go."""
    fields = {entry.path: entry for entry in _fields_of_shape(body, records)}
    for entry in _fields_of_value(sample, records):
        documented = fields.get(entry.path, entry)
        kind = entry.type or documented.type
        fields[entry.path] = replace(documented, type=kind, value=entry.value)
    return tuple(fields.values())


def _parameters(operation: Operation) -> Iterator[PagingParameter]:
    for entry in operation.in_location("query"):
        yield PagingParameter(entry.name, _type(entry.shape), entry.description, entry.required, entry.hints)
    # A list that is asked for by POST may take its page in the body.
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
        # What is in the records says nothing of their pages.
        if here == records:
            continue
        sampled = inner if type(inner) in _SCALARS else None
        yield EnvelopeField(here, _TYPES.get(type(inner), ""), value=sampled)
        if len(here) < _DEEPEST:
            yield from _fields_of_value(inner, records, here)


def _properties(shape: Shape | None) -> Iterator[tuple[str, Shape, str]]:
    """The properties of an object, or of all objects that a value may be."""
    for member in shape.members if isinstance(shape, Union) else (shape,):
        for entry in member.properties if isinstance(member, Object) else ():
            yield entry.name, entry.shape, entry.description


def _type(shape: Shape) -> str:
    """The type of a value in the words of JSON Schema; empty where it is not stated or one of several."""
    if isinstance(shape, Scalar):
        return shape.kind
    if isinstance(shape, List):
        return "array"
    return "object" if isinstance(shape, (Object, Map)) else ""


def _has_id(body: Shape | None, sample: Any, records: tuple[str, ...]) -> bool:
    """Whether a record has an ``id``, in the sample or else in the document."""
    items = value_at(sample, records)
    if isinstance(items, list) and items:
        return isinstance(items[0], Mapping) and "id" in items[0]
    shape = at(body, records)
    item = shape.item if isinstance(shape, List) else None
    return any(name == "id" for name, _, _ in _properties(item))
