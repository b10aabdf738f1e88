"""What the pages of a list are told by: its parameters, the headers of its response, the fields beside its records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..naming.words import words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ..providers import ProviderFacts

# The words by which APIs speak of pages: in the names of parameters and fields, and in their descriptions.
LIMITS = frozenset(
    "limit perpage pagesize pagelen maxresults max maxitems size count top first take pagelimit itemsperpage "
    "resultsperpage".split()
)
OFFSETS = frozenset("offset skip startat startindex startposition firstresult pageoffset".split())
OFFSETS_FROM_ZERO = OFFSETS - {"startindex", "startposition", "firstresult"}
STARTS = ("start", "from")
ENDS = tuple("end until to before endtime enddate todate".split())
PAGES = frozenset("page pagenumber pageno pagenum pageindex currentpage".split())
_COUNTS = LIMITS | OFFSETS | PAGES | {"pages", "totalpages", "pagecount", "pagestotal"}
"""Names of numbers that only a list with pages has."""
FROM_ONE = ("perpage", "pagelen")
"""Beside a ``page`` that these go with, the first page is 1: the libraries of Rails and Django count so."""
_RANGES = frozenset(("maxid", "sinceid", "minid"))
_MORE = frozenset("hasmore more hasnext hasnextpage hasmoreitems hasmoreresults nextpage".split())

_BACKWARD = frozenset("prev previous previously before first self last prior back current".split())
_FORWARD = frozenset(("next", "after", "continuation"))
_ABOUT_PAGES = frozenset("next continuation page pages pagination paging start results odata".split())
"""What a name says besides what it holds: ``next_page_token`` is a token."""
_OPAQUE = frozenset(
    "cursor token marker bookmark after pagetoken nexttoken scroll continuation iterator".split()
)
_TOKENS = frozenset(("token", "scroll", "continuation", "nexttoken"))
"""Of those, the ones that are not of pages where nothing else says so: an access token, a continuation of a text."""
_ADDRESSES = frozenset(("url", "link", "links", "href", "nextlink", "nexturl"))
_ADDRESS_FORMATS = frozenset(("uri", "url", "uri-reference"))

_SAYS_ADDRESS = re.compile(r"\b(?:url|link|hyperlink|href)\b", re.IGNORECASE)
_SAYS_TIME = re.compile(r"\b(?:date|time|timestamp|unix|epoch|iso ?8601|rfc ?3339)\b", re.IGNORECASE)
_SAYS_OPAQUE = re.compile(r"\b(?:cursor|token|marker|opaque|bookmark)\b", re.IGNORECASE)
_SAYS_RECORDS = re.compile(
    r"\b(?:items?|results?|records?|entr(?:y|ies)|elements?|rows?|objects?|skip(?:ped)?|zero-based|"
    r"(?:number|index|position|offset) (?:of|for) (?:the |all )?(?!pages?\b)\w+)",
    re.IGNORECASE,
)
_SAYS_PAGES = re.compile(r"\bpages?\b", re.IGNORECASE)
_SAYS_FIRST = re.compile(
    r"\b(one|1|zero|0)[- ](?:based|indexed)\b"
    r"|(?:start|begin)(?:s|ing)?(?: (?:at|from|with))(?: page)?(?: number)?[ :=`'\"]*([01])\b"
    r"|(?:first page|defaults?)(?: value)?(?: is| to|:| =)*[ `'\"*]*([01])\b",
    re.IGNORECASE,
)
"""What the first value of a number is."""

_ONE_VALUE = frozenset(("", "string", "integer", "number"))
_NUMBERS = ("integer", "number")


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
        if self.type in _NUMBERS:
            return True
        values = [value for name, value in (self.hints or {}).items() if name in ("default", "example")]
        return bool(values) and all(str(value).isdigit() for value in values)

    @property
    def says_cursor(self) -> bool:
        """Whether its description calls it a cursor, or the like."""
        return bool(_SAYS_OPAQUE.search(self.description))

    @property
    def holds_one_value(self) -> bool:
        """Whether it is optional, and no list, object or flag."""
        return self.type in _ONE_VALUE and not self.required

    def is_switch_of(self, parameter: PagingParameter) -> bool:
        """Whether it is the flag without which another parameter does nothing: ``usemarker`` of ``marker``."""
        return self.type == "boolean" and self.key.endswith(parameter.key)

    @property
    def is_opaque(self) -> bool:
        """Whether it takes what a response holds, by its name or its description."""
        return self.says_cursor or not _OPAQUE.isdisjoint(self.words)

    @property
    def is_cursor(self) -> bool:
        """Whether it takes the cursor of a page, by its name."""
        if not self.holds_one_value:
            return False
        # `after` may be a date, and then filters records.
        if self.is_of_time and "cursor" not in self.words:
            return False
        own = {*self.words, self.key}
        names = _OPAQUE & own
        if names - _TOKENS:
            return True
        # A token may be that of access, unless the name is about pages, too.
        return bool(names) and not _ABOUT_PAGES.isdisjoint(own)

    @property
    def is_of_time(self) -> bool:
        """Whether it is a point in time."""
        form = str((self.hints or {}).get("format", ""))
        return bool(_SAYS_TIME.search(self.description)) or form.startswith("date")

    @property
    def counts_records(self) -> bool | None:
        """Whether its number is one of records, by its description; None where that says nothing."""
        if _SAYS_RECORDS.search(self.description):
            return True
        return False if _SAYS_PAGES.search(self.description) else None

    @property
    def first(self) -> int | None:
        """Its first value, 0 or 1, where that is stated."""
        words_on_it = _SAYS_FIRST.search(self.description)
        if words_on_it:
            return int(bool({"1", "one"}.intersection(words_on_it.groups())))
        for name in ("default", "minimum", "example"):
            value = str((self.hints or {}).get(name))
            # A minimum of 0 is stated of any number, and says nothing of pages.
            if value == "1" or (value == "0" and name != "minimum"):
                return int(value)
        return None

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
    def key(self) -> str:
        """As that of `PagingParameter`, of its last name."""
        return "".join(words(self.path[-1]))

    @property
    def leads_on(self) -> bool:
        """Whether it is about the next page and no other, and holds one value."""
        own = words(self.path[-1])
        is_forward = not _FORWARD.isdisjoint(self.words) or own == ("end", "cursor")
        return self.type in _ONE_VALUE and is_forward and _BACKWARD.isdisjoint(own)

    @property
    def is_opaque(self) -> bool:
        """Whether its name is that of a cursor, and of nothing else."""
        return self.type in _ONE_VALUE and bool(_OPAQUE.intersection(self.stem) - _TOKENS)

    @property
    def is_number(self) -> bool:
        """Whether it is a number."""
        return self.type in _NUMBERS

    @property
    def is_more_flag(self) -> bool:
        """Whether it says that there are more records."""
        return self.type == "boolean" and self.key in _MORE

    @property
    def is_count(self) -> bool:
        """Whether it is a number that only a list with pages has: a total, a page, a limit."""
        return self.is_number and ("total" in self.words or self.key in _COUNTS)

    @property
    def is_address(self) -> bool:
        """Whether it holds an address: by a sample's value, by its format, its name, or its description."""
        # What was sent goes over what is stated or called so.
        if isinstance(self.value, str) and self.value:
            return self.value.startswith(("http://", "https://"))
        if self.type not in ("", "string"):
            return False
        own = words(self.path[-1])
        is_beside = own[-1:] == ("next",) and not _ADDRESSES.isdisjoint(self.words)
        is_named = is_beside or not _ADDRESSES.isdisjoint(own)
        return is_named or self.format in _ADDRESS_FORMATS or bool(_SAYS_ADDRESS.search(self.description))


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
        has_parameters: whether the parameters are known; False for a sample alone, which has none to show.
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
    has_parameters: bool = True
    others_page: bool = False
    facts: ProviderFacts | None = None

    def parameter(self, keys: Collection[str]) -> PagingParameter | None:
        """The first parameter with one of these names, whatever their case."""
        return next((entry for entry in self.parameters if entry.key in keys), None)

    def optional_parameter(self, keys: Collection[str]) -> PagingParameter | None:
        """The first parameter with one of these names that a request can do without."""
        return next((entry for entry in self.parameters if entry.key in keys and not entry.required), None)

    def field(self, dotted: str) -> EnvelopeField | None:
        """The field at a path; None when there is none."""
        return next((entry for entry in self.fields if entry.dotted == dotted), None)

    def nearest(self, fields: list[EnvelopeField]) -> EnvelopeField | None:
        """The one of some fields that speaks of the records: beside them, else the only one; None in doubt."""
        # Other lists of a response may have pages of their own.
        beside = [entry for entry in fields if entry.path[: len(self.records) - 1] == self.records[:-1]]
        candidates = beside or fields
        return candidates[0] if len(candidates) == 1 else None

    def takes(self, name: str) -> bool:
        """Whether there is a parameter of a name."""
        return any(entry.name == name for entry in self.parameters)

    @property
    def has_relative_links(self) -> bool:
        """Whether a link to another page is less than an address: the query alone, as ``?page=2``."""
        links = [entry for entry in self.fields if not _ADDRESSES.isdisjoint(entry.words)]
        return any(isinstance(entry.value, str) and entry.value.startswith("?") for entry in links)

    @property
    def provider_says(self) -> str:
        """The source of the provider's facts as the subject of a sentence, with its verb."""
        return self.facts.source_says if self.facts else ""

    @property
    def goes_both_ways(self) -> bool:
        """Whether the list is read from either end."""
        names = [entry.words for entry in self.parameters] + [entry.words for entry in self.fields]
        return any("before" in name for name in names)

    @property
    def next_fields(self) -> list[EnvelopeField]:
        """The fields about the next page."""
        return [entry for entry in self.fields if entry.leads_on]

    @property
    def more_flag(self) -> EnvelopeField | None:
        """The field that says that there are more records."""
        return next((entry for entry in self.fields if entry.is_more_flag), None)

    @property
    def page_parameters(self) -> list[PagingParameter]:
        """The parameters that are about pages and nothing else."""
        keys = LIMITS | OFFSETS | PAGES | _RANGES
        return [entry for entry in self.parameters if entry.is_cursor or entry.key in keys]


def _stem(name: tuple[str, ...]) -> frozenset[str]:
    """The words of a name but those that only say that it is about pages; of those alone, the last."""
    about_pages = _ABOUT_PAGES | {"end"} if "cursor" in name else _ABOUT_PAGES
    return frozenset(name) - about_pages or frozenset(name[-1:])
