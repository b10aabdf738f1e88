"""The words by which APIs speak of pages: in the names of parameters and fields, and in their descriptions."""

from __future__ import annotations

import re

LIMITS = frozenset(
    "limit perpage pagesize pagelen maxresults max maxitems size count top first take pagelimit itemsperpage "
    "resultsperpage".split()
)
OFFSETS = frozenset("offset skip startat startindex startposition firstresult pageoffset".split())
OFFSETS_FROM_ZERO = OFFSETS - {"startindex", "startposition", "firstresult"}
STARTS = ("start", "from")
ENDS = tuple("end until to before endtime enddate todate".split())
PAGES = frozenset("page pagenumber pageno pagenum pageindex currentpage".split())
COUNTS = LIMITS | OFFSETS | PAGES | {"pages", "totalpages", "pagecount", "pagestotal"}
"""Names of numbers that only a list with pages has."""
FROM_ONE = ("perpage", "pagelen")
"""Beside a ``page`` that these go with, the first page is 1: the libraries of Rails and Django count so."""
RANGES = frozenset(("maxid", "sinceid", "minid"))
MORE = frozenset("hasmore more hasnext hasnextpage hasmoreitems hasmoreresults nextpage".split())

BACKWARD = frozenset(
    ("prev", "previous", "previously", "before", "first", "self", "last", "prior", "back", "current")
)
FORWARD = frozenset(("next", "after", "continuation"))
ABOUT_PAGES = frozenset(
    ("next", "continuation", "page", "pages", "pagination", "paging", "start", "results", "odata")
)
"""What a name says besides what it holds: ``next_page_token`` is a token."""
OPAQUE = frozenset(
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
TOKENS = frozenset(("token", "scroll", "continuation", "nexttoken"))
"""Of those, the ones that are not of pages where nothing else says so: an access token, a continuation of a text."""
ADDRESSES = frozenset(("url", "link", "links", "href", "nextlink", "nexturl"))
ADDRESS_FORMATS = frozenset(("uri", "url", "uri-reference"))

SAYS_ADDRESS = re.compile(r"\b(?:url|link|hyperlink|href)\b", re.IGNORECASE)
SAYS_TIME = re.compile(r"\b(?:date|time|timestamp|unix|epoch|iso ?8601|rfc ?3339)\b", re.IGNORECASE)
SAYS_OPAQUE = re.compile(r"\b(?:cursor|token|marker|opaque|bookmark)\b", re.IGNORECASE)
SAYS_RECORDS = re.compile(
    r"\b(?:items?|results?|records?|entr(?:y|ies)|elements?|rows?|objects?|skip(?:ped)?|zero-based|"
    r"(?:number|index|position|offset) (?:of|for) (?:the |all )?(?!pages?\b)\w+)",
    re.IGNORECASE,
)
SAYS_PAGES = re.compile(r"\bpages?\b", re.IGNORECASE)
SAYS_FIRST = re.compile(
    r"\b(one|1|zero|0)[- ](?:based|indexed)\b"
    r"|(?:start|begin)(?:s|ing)?(?: (?:at|from|with))(?: page)?(?: number)?[ :=`'\"]*([01])\b"
    r"|(?:first page|defaults?)(?: value)?(?: is| to|:| =)*[ `'\"*]*([01])\b",
    re.IGNORECASE,
)
"""What the first value of a number is."""
