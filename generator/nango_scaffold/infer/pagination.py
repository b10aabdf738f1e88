"""How a list is paged: a table of rules, the first of which that has proof decides; where there is doubt, none does.

Wrong pagination loses records in silence: the sync succeeds with its first page. So a rule has to see both ends of what
it says (the parameter and the field that feeds it, the number and where it starts), and half of that is an abstention:
the answers say nothing then, what the run does is a guess, and ``check`` notes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from ..answers import PAGINATE
from ..frozen import frozen
from .paging_evidence import EnvelopeField, PagingEvidence, PagingParameter, evidence_of
from .records import records_of

if TYPE_CHECKING:
    from ..providers import ProviderFacts
    from .document import Document
    from .operations import Entry, Operation

_FEWEST_LISTS = 4
_MOST_LOOKED_AT = 32
_ENVELOPE_DEPTH = 4
_LARGEST_PAGE = 100
_LIMITS = frozenset(
    "limit perpage pagesize pagelen maxresults max maxitems size count top first take pagelimit itemsperpage resultsperpage".split()
)
_OFFSETS = frozenset("offset skip startat startindex startposition firstresult pageoffset".split())
_STARTS = frozenset(("start", "from"))
_ENDS = frozenset("end until to before endtime enddate todate".split())
_PAGES = frozenset("page pagenumber pageno pagenum pageindex currentpage".split())
_RAILS = frozenset(("perpage", "pagelen"))
_RANGES = frozenset("maxid sinceid minid".split())
_FLAGS = frozenset("hasmore more hasnext hasnextpage hasmoreitems hasmoreresults nextpage".split())
_TRUNCATES = _LIMITS | _OFFSETS | _PAGES
_COUNTS_RECORDS = re.compile(
    r"\b(?:items?|results?|records?|entr(?:y|ies)|elements?|rows?|objects?|skip(?:ped)?|zero-based|"
    r"(?:number|index|position|offset) (?:of|for) (?:the |all )?(?!pages?\b)\w+)",
    re.IGNORECASE,
)
_COUNTS_PAGES = re.compile(r"\bpage (?:number|index|offset)\b|\bnumber of (?:the )?pages?\b", re.IGNORECASE)
_PAGE_RELATIONS = frozenset(("next", "prev", "previous", "first", "last"))
_FIRST = re.compile(
    r"\b(?P<one>one|1)[- ](?:based|indexed)\b|\b(?P<zero>zero|0)[- ](?:based|indexed)\b"
    r"|(?:start|begin)(?:s|ing)?(?: (?:at|from|with))(?: page)?(?: number)?[ :=`'\"]*(?P<start>[01])\b"
    r"|(?:first page|defaults?)(?: value)?(?: is| to|:| =)*[ `'\"*]*(?P<default>[01])\b",
    re.IGNORECASE,
)


@frozen
class Paging:
    """How a list is paged, or why that is not known.

    Attributes:
        settings: as ``request.paginate`` has them; None where nothing is certain.
        reason: what they are read from, or what is missing.
        rule: the name of the rule that decided.
    """

    settings: Mapping[str, Any] | None
    reason: str
    rule: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is proof."""
        return self.settings is not None


class Rule(Protocol):
    """One way an API pages; what it decides needs proof from the evidence."""

    name: ClassVar[str]

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """How the list is paged by this rule, or its abstention for all of them; None where it says nothing."""


class ProviderSettings:
    """The provider's own settings, where the list takes the parameter they name or has the field."""

    name = "provider"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        facts = evidence.facts
        own = dict(facts.paginate) if facts and facts.paginate else {}
        if facts is None or not own or not self._applies(own, evidence):
            return None
        settings = {
            key: value for key, value in own.items() if key not in ("response_path", "limit_name_in_request")
        }
        if settings["type"] == "offset" and _is_page(settings["offset_name_in_request"]):
            return None  # where it starts, and that it counts pages, is for the rule of pages to prove
        return self._decided(settings, f"{facts.source_says} so, and this list fits")

    def of_any_list(self, evidence: PagingEvidence) -> Paging | None:
        """The provider's Link header, which does no harm where a list has none: there the first page is the last."""
        facts = evidence.facts
        own = dict(facts.paginate) if facts and facts.paginate else {}
        if facts is None or "link_rel_in_response_header" not in own or "link_path_in_response_body" in own:
            return None
        settings = {key: own[key] for key in ("type", "link_rel_in_response_header")}
        return self._decided(settings, f"{facts.source_says} so of all lists")

    def _applies(self, own: Mapping[str, Any], evidence: PagingEvidence) -> bool:
        names = {entry.name for entry in evidence.parameters}
        if own["type"] == "offset":
            return own.get("offset_name_in_request") in names and not _next_fields(evidence)
        if own["type"] == "cursor":
            is_there = evidence.field(str(own.get("cursor_path_in_response"))) is not None
            return own.get("cursor_name_in_request") in names and (is_there or not _next_fields(evidence))
        if "link_path_in_response_body" in own:
            return evidence.field(own["link_path_in_response_body"]) is not None
        return _takes_pages(evidence) and not _next_fields(evidence)

    def _decided(self, settings: Mapping[str, Any], reason: str) -> Paging:
        return Paging(settings, reason, self.name)


class LinkHeader:
    """A ``Link`` header that the response declares, or that a sample has with a next page."""

    name = "link header"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        settings = {"type": "link", "link_rel_in_response_header": "next"}
        if not _PAGE_RELATIONS.isdisjoint(evidence.link_rels):
            return Paging(settings, "the Link header of the sample leads to other pages", self.name)
        if "link" in evidence.headers:
            return Paging(settings, "the response declares a Link header", self.name)
        return None


class NextCursor:
    """A field with the next cursor, and the one parameter it is for."""

    name = "next cursor"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        pairs = [
            (parameter, field)
            for parameter in evidence.parameters
            if parameter.type not in ("boolean", "array", "object") and not parameter.required
            for field in evidence.fields
            if self._fits(parameter, field)
        ]
        field = evidence.nearest(list({field.path: field for _, field in pairs}.values()))
        names = [parameter.name for parameter, paired in pairs if paired == field]
        if field is None or self._may_go_back(field, names, evidence):
            return None  # after the first record of a list that begins with the newest, there is nothing
        names = [name for name in names if name == field.path[-1]] or names
        if (
            len(names) != 1
            or self._switch(names[0], evidence)
            or self._is_optional(field, names[0], evidence)
        ):
            return None
        settings = {
            "type": "cursor",
            "cursor_path_in_response": field.dotted,
            "cursor_name_in_request": names[0],
        }
        return Paging(settings, f"{field.dotted} of the response goes into {names[0]}", self.name)

    def _fits(self, parameter: PagingParameter, field: EnvelopeField) -> bool:
        if parameter.stem != field.stem or field.is_address or parameter.is_of_time:
            return False
        if (
            not field.leads_on
        ):  # a field without "next" repeats what was asked for, but for what nobody can make up
            is_backward = field.path[-1] != parameter.name and field.dotted != parameter.name
            return field.is_opaque and "token" not in field.stem and parameter.is_opaque and not is_backward
        if parameter.stem == frozenset(("page",)):
            return field.type in ("integer", "number") or parameter.is_opaque
        return True

    def _may_go_back(self, field: EnvelopeField, names: list[str], evidence: PagingEvidence) -> bool:
        """Whether a list is read from either end, so that what is after its first page may be known already."""
        has_before = any("before" in entry.words for entry in (*evidence.parameters, *evidence.fields))
        says_cursor = any(entry.says_cursor for entry in evidence.parameters if entry.name in names)
        return "after" in field.stem and has_before and not says_cursor

    def _is_optional(self, field: EnvelopeField, name: str, evidence: PagingEvidence) -> bool:
        """Whether the API pages by numbers as well, and perhaps gives a cursor only to who asks for one."""
        others = [
            entry for entry in evidence.parameters if entry.key in _OFFSETS | _PAGES and entry.name != name
        ]
        return bool(others) and not field.value

    def _switch(self, name: str, evidence: PagingEvidence) -> bool:
        """Whether a flag has to be set before the API pages by this parameter."""
        flags = (entry.key for entry in evidence.parameters if entry.type == "boolean")
        return any(key.endswith(name.lower()) for key in flags)


class NextLink:
    """A field with the address of the next page."""

    name = "next link"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        links = [entry for entry in evidence.fields if entry.leads_on and self._is_address(entry, evidence)]
        field = evidence.nearest([entry for entry in links if "after" not in entry.words])
        if field is None:
            return None
        settings = {"type": "link", "link_path_in_response_body": field.dotted}
        return Paging(settings, f"{field.dotted} of the response is the address of the next page", self.name)

    def _is_address(self, field: EnvelopeField, evidence: PagingEvidence) -> bool:
        beside = {entry.path[-1] for entry in evidence.fields if entry.path[:-1] == field.path[:-1]}
        is_django = field.path[-1] == "next" and {"previous", "count"} <= beside
        return field.is_address or (is_django and field.type == "string" and not field.value)


class LastId:
    """A flag for more records, and a parameter that takes the id of the last one."""

    name = "last id"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        flag = _more_flag(evidence)
        if flag is None:
            return None
        last = evidence.field("last_id")
        after = evidence.parameter("after", "afterid")
        if last is not None and after is not None:
            settings = {
                "type": "cursor",
                "cursor_path_in_response": "last_id",
                "cursor_name_in_request": after.name,
            }
            return Paging(
                {**settings, "more_path": flag.dotted},
                f"last_id of the response goes into {after.name}",
                self.name,
            )
        starting = evidence.parameter("startingafter")
        if starting is None or not evidence.has_id:
            return None
        settings = {"type": "last_id", "cursor_name_in_request": starting.name, "more_path": flag.dotted}
        return Paging(
            settings,
            f"{starting.name} takes the id of the last record, until {flag.dotted} is false",
            self.name,
        )


class Offset:
    """A parameter that says how many records to skip."""

    name = "offset"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        parameter = evidence.parameter(*_OFFSETS) or self._start(evidence)
        if parameter is None or parameter.required:
            return None
        is_text = parameter.type == "string" and not _COUNTS_RECORDS.search(parameter.description)
        if is_text or not parameter.is_number:
            return self._abstention(parameter, "is a text, and nothing says that it is a number of records")
        if not self._counts_records(parameter, evidence):
            return self._abstention(parameter, "may count records or pages")
        first = self._first(parameter)
        if first is None:
            return self._abstention(parameter, "may start at 0 or at 1")
        settings = {
            "type": "offset",
            "offset_name_in_request": parameter.name,
            "offset_calculation_method": "by-response-size",
        }
        start = {"offset_start_value": first} if first else {}
        return Paging({**settings, **start}, f"{parameter.name} is the number of records to skip", self.name)

    def _start(self, evidence: PagingEvidence) -> PagingParameter | None:
        """A parameter that is the start of a page where it is not that of a range of time."""
        start = evidence.parameter(*_STARTS)
        has_end = evidence.parameter(*_ENDS) is not None or evidence.parameter(*_LIMITS) is None
        is_index = start is not None and bool(_COUNTS_RECORDS.search(start.description))
        return start if start and start.is_number and is_index and not has_end else None

    def _counts_records(self, parameter: PagingParameter, evidence: PagingEvidence) -> bool:
        if _COUNTS_RECORDS.search(parameter.description):
            return True
        is_of_pages = (
            "page" in parameter.description.lower() and "pagination" not in parameter.description.lower()
        )
        return (
            not is_of_pages
            and not _COUNTS_PAGES.search(parameter.description)
            and evidence.parameter(*_LIMITS) is not None
        )

    def _first(self, parameter: PagingParameter) -> int | None:
        stated = _first_value(parameter)
        if stated is not None:
            return stated
        return None if parameter.key in ("startindex", "startposition", "firstresult") else 0

    def _abstention(self, parameter: PagingParameter, doubt: str) -> Paging:
        return Paging(None, f"{parameter.name} {doubt}", self.name)


class PageNumber:
    """A parameter that is the number of the page, with the number of the first one."""

    name = "page number"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        parameter = evidence.parameter(*_PAGES)
        if parameter is None or parameter.required:
            return None
        if not parameter.is_number:
            return Paging(
                None, f"{parameter.name} is a text, and nothing says that it is a number", self.name
            )
        first = self._first(parameter, evidence)
        if first is None:
            return Paging(None, f"the first {parameter.name} may be 0 or 1", self.name)
        settings = {
            "type": "offset",
            "offset_name_in_request": parameter.name,
            "offset_start_value": first,
            "offset_calculation_method": "per-page",
        }
        return Paging(
            settings, f"{parameter.name} is the number of the page, the first is {first}", self.name
        )

    def _first(self, parameter: PagingParameter, evidence: PagingEvidence) -> int | None:
        echoed = [
            entry.value
            for entry in evidence.fields
            if _is_page("".join(entry.words[-2:])) or _is_page(entry.path[-1])
        ]
        shown = next((value for value in echoed if value in (0, 1) and not isinstance(value, bool)), None)
        if shown is not None:
            return int(shown)
        stated = _first_value(parameter)
        is_rails = (
            parameter.key == "page"
            and evidence.parameter(*_RAILS) is not None
            and "index" not in parameter.description.lower()
        )
        return 1 if stated is None and is_rails else stated


class HalfKnown:
    """What belongs to pages, without what would be needed to get the next one: an abstention."""

    name = "half known"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        reason = self._reason(evidence)
        return Paging(None, reason, self.name) if reason else None

    def _reason(self, evidence: PagingEvidence) -> str:
        opaque = [entry.name for entry in evidence.parameters if _is_cursor(entry)]
        if opaque:
            return f"{opaque[0]} takes a cursor, and nothing says where the response has the next one"
        fields = _next_fields(evidence)
        if fields:
            return f"the response has {fields[0].dotted}, and nothing says which parameter takes it"
        limits = [entry.name for entry in evidence.parameters if entry.key in _TRUNCATES | _RANGES]
        if limits:
            return f"{limits[0]} belongs to pages, and nothing says how to get the next one"
        trace = _more_flag(evidence) or _page_trace(evidence)
        return f"the response has {trace.dotted}, and nothing says how to get the next page" if trace else ""


class SinglePage:
    """Nothing about pages, in a document that says of other lists how they are paged."""

    name = "single page"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        if not evidence.is_described:
            return Paging(None, "nothing is known of the response", self.name)
        if not evidence.others_page:
            return Paging(
                None,
                "nothing is about pages, and the document says too little of them elsewhere to tell why",
                self.name,
            )
        reason = "neither a parameter nor a field is about pages, as they are for other lists"
        return Paging({"type": "none"}, reason, self.name)


RULES: tuple[Rule, ...] = (
    ProviderSettings(),
    LinkHeader(),
    NextCursor(),
    NextLink(),
    LastId(),
    Offset(),
    PageNumber(),
    HalfKnown(),
    SinglePage(),
)
"""In the order in which they are asked."""


def paging_by(evidence: PagingEvidence) -> Paging:
    """How a list is paged by the first rule that decides, or abstains for all that follow."""
    verdict = _first_verdict(evidence)
    if not verdict.is_known and verdict.rule in (HalfKnown.name, SinglePage.name):
        verdict = ProviderSettings().of_any_list(evidence) or verdict
    if verdict.settings is None or any(True for _ in PAGINATE.problems(verdict.settings, "paginate")):
        return Paging(None, verdict.reason, verdict.rule)
    return Paging(
        {**verdict.settings, **_page_size(verdict.settings, evidence.parameters)},
        verdict.reason,
        verdict.rule,
    )


def paginate_of(
    operation: Operation | None = None,
    document: Document | None = None,
    *,
    records: tuple[str, ...] | None = None,
    sample: Any = None,
    sample_headers: Mapping[str, str] | None = None,
    facts: ProviderFacts | None = None,
) -> Paging:
    """How a list is paged, from whatever there is: the provider's facts, an operation, a sample.

    Args:
        operation: the document's; None where there is none.
        document: the one it is in: what it says of its other lists tells what its silence means.
        records: where the records are; by default where the document has them.
        sample: a response as plain data.
        sample_headers: the headers of that response.
        facts: what is known of the provider.
    """
    if records is None:
        records = _records(operation)
    evidence = evidence_of(
        operation, records=records, sample=sample, sample_headers=sample_headers, facts=facts
    )
    if document is not None and operation is not None and _first_verdict(evidence).rule == SinglePage.name:
        evidence = replace(evidence, others_page=others_page(document, operation))
    paging = paging_by(evidence)
    queries = {entry.name for entry in operation.in_location("query")} if operation else set()
    name = (paging.settings or {}).get(
        "offset_name_in_request", (paging.settings or {}).get("cursor_name_in_request")
    )
    if operation is not None and operation.method != "GET" and name in queries:
        return replace(paging, settings={**(paging.settings or {}), "in_body": False})
    return paging


def others_page(document: Document, operation: Operation) -> bool:
    """Whether a document has a word on pages for most of its lists, and none for those of the operation's resource.

    It looks at some of the lists, and says nothing of a document that has too few.
    """
    from .operations import entries

    listed = [entry for entry in entries(document) if entry.method == "GET" and not entry.path.endswith("}")]
    resource = operation.path.rsplit("/", 1)[-1]
    same = [entry for entry in listed if entry.path.rsplit("/", 1)[-1] == resource][:_MOST_LOOKED_AT]
    if any(_word_on_pages(document, entry) for entry in same):
        return False
    step = 1 + len(listed) // _MOST_LOOKED_AT
    spread = (entry for start in range(step) for entry in listed[start::step])
    verdicts = (_word_on_pages(document, entry) for entry in spread)
    words_on_pages = list(islice((verdict for verdict in verdicts if verdict is not None), _MOST_LOOKED_AT))
    return len(words_on_pages) >= _FEWEST_LISTS and 3 * sum(words_on_pages) >= 2 * len(words_on_pages)


def _word_on_pages(document: Document, entry: Entry) -> bool | None:
    """Whether the document has a word on the pages of a list; None where it is no list."""
    from .operations import read

    operation = read(document, entry, _ENVELOPE_DEPTH)
    records = records_of(operation.response and operation.response.shape, operation.path)
    if not records.is_list:
        return None
    return _first_verdict(evidence_of(operation, records=records.path)).rule != SinglePage.name


def _records(operation: Operation | None) -> tuple[str, ...]:
    if operation is None or operation.response is None:
        return ()
    return records_of(operation.response.shape, operation.path).path


def _first_verdict(evidence: PagingEvidence) -> Paging:
    verdicts = (rule.paging(evidence) for rule in RULES)
    return next(verdict for verdict in verdicts if verdict is not None)


def _page_size(settings: Mapping[str, Any], parameters: Iterable[PagingParameter]) -> dict[str, Any]:
    """The largest page that the API states, where a page that is shorter than asked for does not end the paging."""
    if settings["type"] not in ("link", "cursor", "last_id"):
        return {}
    for entry in parameters:
        largest = (entry.hints or {}).get("maximum")
        if entry.key in _LIMITS and isinstance(largest, int) and largest > 0:
            return {"limit_name_in_request": entry.name, "limit": min(largest, _LARGEST_PAGE)}
    return {}


def _first_value(parameter: PagingParameter) -> int | None:
    """The first value of a number, 0 or 1, as the document states it; None where it does not."""
    hints = parameter.hints or {}
    words = _FIRST.search(parameter.description)
    if words:
        return int(bool(words["one"]) or words["start"] == "1" or words["default"] == "1")
    for name in ("default", "minimum", "example"):
        value = str(hints.get(name))
        if value in ("0", "1") and not (name == "minimum" and value == "0"):
            return int(value)
    return None


def _next_fields(evidence: PagingEvidence) -> list[EnvelopeField]:
    return [entry for entry in evidence.fields if entry.leads_on and entry.type != "boolean"]


def _takes_pages(evidence: PagingEvidence) -> bool:
    return "link" in evidence.headers or any(
        entry.key in _TRUNCATES or _is_cursor(entry) for entry in evidence.parameters
    )


def _is_cursor(parameter: PagingParameter) -> bool:
    is_single = parameter.type in ("", "string", "integer", "number") and not parameter.required
    is_about_time = parameter.is_of_time and "cursor" not in parameter.words
    is_pager = not {"cursor", "marker", "after", "bookmark", "pagetoken", "iterator"}.isdisjoint(
        (*parameter.words, parameter.key)
    )
    is_token = "token" in parameter.words and not {"page", "pagination", "next", "continuation"}.isdisjoint(
        parameter.words
    )
    return is_single and not is_about_time and (is_pager or is_token)


def _is_page(name: str) -> bool:
    return "".join(PagingParameter(name).words) in _PAGES


def _more_flag(evidence: PagingEvidence) -> EnvelopeField | None:
    flags = [entry for entry in evidence.fields if "".join(PagingParameter(entry.path[-1]).words) in _FLAGS]
    return next((entry for entry in flags if entry.type == "boolean"), None)


def _page_trace(evidence: PagingEvidence) -> EnvelopeField | None:
    """A number in the envelope that only a list with pages has: a total, a page, a limit."""
    numbers = [entry for entry in evidence.fields if entry.type in ("integer", "number")]
    counted = _TRUNCATES | {"pages", "totalpages", "pagecount", "pagestotal"}
    keys = {entry: "".join(PagingParameter(entry.path[-1]).words) for entry in numbers}
    return next((entry for entry in numbers if "total" in entry.words or keys[entry] in counted), None)
