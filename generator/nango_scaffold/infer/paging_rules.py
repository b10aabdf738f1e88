"""The rules of pagination, one class each: what it decides needs both ends of the proof, and half of one is an abstention.

A cursor needs the parameter and the field that feeds it; a number, what it counts and where it starts. Where an API pages
in two ways, that one is taken which it follows whatever else is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from ..frozen import frozen
from .paging_evidence import ENDS, FROM_ONE, LIMITS, OFFSETS, OFFSETS_FROM_ZERO, PAGES, STARTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .paging_evidence import EnvelopeField, PagingEvidence, PagingParameter

_PAGE_RELATIONS = frozenset(("next", "prev", "previous", "first", "last"))
_OF_ANY_LIST = ("response_path", "limit_name_in_request")


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


class Rule:
    """One way in which an API pages."""

    name: ClassVar[str]

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """How the list is paged by this rule, or its abstention for all of them; None where it says nothing."""
        raise NotImplementedError

    def known(self, reason: str, /, **settings: Any) -> Paging:
        """What the rule decides."""
        return Paging(settings, reason, self.name)

    def unknown(self, reason: str) -> Paging:
        """Why no rule can decide."""
        return Paging(None, reason, self.name)


class ProviderSettings(Rule):
    """The provider's own settings, where the list takes the parameter that they name, or has the field."""

    name = "provider"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        own = _own_settings(evidence)
        if not own or not self._fits(own, evidence):
            return None
        return self.known(f"{evidence.provider_says} so, and this list fits", **own)

    def of_any_list(self, evidence: PagingEvidence) -> Paging | None:
        """The provider's Link header, which does no harm where a list has none: there the first page is the last."""
        own = _own_settings(evidence)
        if "link_rel_in_response_header" not in own or "link_path_in_response_body" in own:
            return None
        return self.known(f"{evidence.provider_says} so of all lists", **own)

    def _fits(self, own: Mapping[str, Any], evidence: PagingEvidence) -> bool:
        if own["type"] == "link":
            path = own.get("link_path_in_response_body")
            return evidence.field(path) is not None if path else self._may_have_links(evidence)
        if own["type"] == "offset":
            name = own.get("offset_name_in_request", "")
            # Where a number of pages starts is for the rule of pages to prove.
            return evidence.takes(name) and not evidence.next_fields and not _is_page_number(name)
        is_at_place = evidence.field(own.get("cursor_path_in_response", "")) is not None
        if not evidence.has_parameters:
            return is_at_place
        # A document may leave out the next cursor; a field for another one contradicts the provider's settings.
        may_be_at_place = is_at_place or not evidence.next_fields
        return may_be_at_place and evidence.takes(own.get("cursor_name_in_request", ""))

    def _may_have_links(self, evidence: PagingEvidence) -> bool:
        has_word = "link" in evidence.headers or bool(evidence.page_parameters)
        return has_word and not evidence.next_fields


class LinkHeader(Rule):
    """A ``Link`` header that the response declares, or that a sample has with another page."""

    name = "link header"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        settings = {"type": "link", "link_rel_in_response_header": "next"}
        if not _PAGE_RELATIONS.isdisjoint(evidence.link_rels):
            return self.known("the Link header of the sample leads to other pages", **settings)
        is_declared = "link" in evidence.headers
        return self.known("the response declares a Link header", **settings) if is_declared else None


class NextCursor(Rule):
    """A field with the next cursor, and the one parameter that it is for."""

    name = "next cursor"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        field = evidence.nearest([entry for entry in evidence.fields if self._parameters(entry, evidence)])
        parameter = self._parameter(field, evidence) if field else None
        if field is None or parameter is None or self._is_doubtful(parameter, field, evidence):
            return None
        return self.known(
            f"{field.dotted} of the response goes into {parameter.name}",
            type="cursor",
            cursor_path_in_response=field.dotted,
            cursor_name_in_request=parameter.name,
        )

    def _parameter(self, field: EnvelopeField, evidence: PagingEvidence) -> PagingParameter | None:
        """The one parameter that a field is for; None in doubt."""
        parameters = self._parameters(field, evidence)
        exact = [entry for entry in parameters if entry.name == field.path[-1]] or parameters
        return exact[0] if len(exact) == 1 else None

    def _parameters(self, field: EnvelopeField, evidence: PagingEvidence) -> list[PagingParameter]:
        """The parameters that a field may be for."""
        return [entry for entry in evidence.parameters if entry.holds_one_value and self._fits(entry, field)]

    def _fits(self, parameter: PagingParameter, field: EnvelopeField) -> bool:
        if parameter.stem != field.stem or field.is_address or parameter.is_of_time:
            return False
        if not field.leads_on:
            # It repeats what was asked for, unless nobody could have made that up.
            return field.is_opaque and parameter.is_opaque and field.path[-1] == parameter.name
        # A number of a page takes no token, whatever the two are called.
        return parameter.key not in PAGES or field.is_number or parameter.is_opaque

    def _is_doubtful(
        self, parameter: PagingParameter, field: EnvelopeField, evidence: PagingEvidence
    ) -> bool:
        """Whether the API may page so only for who asks for it, or lead back to what is known."""
        has_switch = any(entry.is_switch_of(parameter) for entry in evidence.parameters)
        numbers = [entry for entry in evidence.parameters if entry.key in OFFSETS | PAGES]
        has_numbers = any(entry is not parameter for entry in numbers) and not field.value
        # What comes after the first record of a list that begins with the newest is known already.
        may_go_back = "after" in field.stem and evidence.goes_both_ways and not parameter.says_cursor
        return has_switch or has_numbers or may_go_back


class NextLink(Rule):
    """A field with the address of the next page."""

    name = "next link"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        links = [entry for entry in evidence.next_fields if self._is_address(entry, evidence)]
        field = evidence.nearest([entry for entry in links if "after" not in entry.words])
        # nango.paginate follows whole addresses, and paths; a query alone it would take for a path.
        if field is None or evidence.has_relative_links:
            return None
        return self.known(
            f"{field.dotted} of the response is the address of the next page",
            type="link",
            link_path_in_response_body=field.dotted,
        )

    def _is_address(self, field: EnvelopeField, evidence: PagingEvidence) -> bool:
        # The pages of Django REST framework, whose documents seldom say that the texts are addresses.
        beside = {entry.path[-1] for entry in evidence.fields if entry.path[:-1] == field.path[:-1]}
        is_of_django = field.path[-1] == "next" and {"previous", "count"} <= beside
        return field.is_address or (is_of_django and field.type == "string" and not field.value)


class LastId(Rule):
    """A flag for more records, and a parameter that takes the id of the last one."""

    name = "last id"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        flag = evidence.more_flag
        after = evidence.parameter(("after", "afterid"))
        if flag is not None and after is not None and evidence.field("last_id") is not None:
            return self.known(
                f"last_id of the response goes into {after.name}",
                type="cursor",
                cursor_path_in_response="last_id",
                cursor_name_in_request=after.name,
                more_path=flag.dotted,
            )
        starting = evidence.parameter(("startingafter",))
        if flag is None or starting is None or not evidence.has_id:
            return None
        return self.known(
            f"{starting.name} takes the id of the last record, until {flag.dotted} is false",
            type="last_id",
            cursor_name_in_request=starting.name,
            more_path=flag.dotted,
        )


class Offset(Rule):
    """A parameter that says how many records to skip."""

    name = "offset"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        parameter = evidence.optional_parameter(OFFSETS) or self._start(evidence)
        if parameter is None:
            return None
        doubt = self._doubt(parameter, evidence)
        if doubt:
            return self.unknown(f"{parameter.name} {doubt}")
        start = {"offset_start_value": parameter.first} if parameter.first else {}
        return self.known(
            f"{parameter.name} is the number of records to skip",
            type="offset",
            offset_name_in_request=parameter.name,
            offset_calculation_method="by-response-size",
            **start,
        )

    def _start(self, evidence: PagingEvidence) -> PagingParameter | None:
        """A parameter that is the start of a page, and not that of a range of time."""
        start = evidence.parameter(STARTS)
        is_range = evidence.parameter(ENDS) is not None or evidence.parameter(LIMITS) is None
        is_index = start is not None and start.is_number and start.counts_records is True
        return start if is_index and not is_range else None

    def _doubt(self, parameter: PagingParameter, evidence: PagingEvidence) -> str:
        if not parameter.is_number or (parameter.type == "string" and not parameter.counts_records):
            return "is a text, and nothing says that it is a number of records"
        is_usual = parameter.counts_records is None and evidence.parameter(LIMITS) is not None
        if not parameter.counts_records and not is_usual:
            return "may count records or pages"
        is_from_zero = parameter.key in OFFSETS_FROM_ZERO or parameter.key in STARTS
        return "may start at 0 or at 1" if parameter.first is None and not is_from_zero else ""


class PageNumber(Rule):
    """A parameter that is the number of the page, with the number of the first one."""

    name = "page number"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        parameter = evidence.optional_parameter(PAGES)
        if parameter is None:
            return None
        if not parameter.is_number:
            return self.unknown(f"{parameter.name} is a text, and nothing says that it is a number")
        first = self._first(parameter, evidence)
        if first is None:
            return self.unknown(f"the first {parameter.name} may be 0 or 1")
        return self.known(
            f"{parameter.name} is the number of the page, the first is {first}",
            type="offset",
            offset_name_in_request=parameter.name,
            offset_start_value=first,
            offset_calculation_method="per-page",
        )

    def _first(self, parameter: PagingParameter, evidence: PagingEvidence) -> int | None:
        """By a sample of the first page, else as the document states it, else as the names of the parameters tell."""
        sampled = [entry.value for entry in evidence.fields if _is_page_number(entry.path[-1])]
        numbers = [value for value in sampled if type(value) is int and value in (0, 1)]
        usual = 1 if self._is_usual(parameter, evidence) else None
        return next((first for first in (*numbers, parameter.first, usual) if first is not None), None)

    def _is_usual(self, parameter: PagingParameter, evidence: PagingEvidence) -> bool:
        """Whether it is named as the number that begins at 1."""
        is_index = "index" in parameter.description.lower()
        return parameter.key == "page" and evidence.parameter(FROM_ONE) is not None and not is_index


class HalfKnown(Rule):
    """What belongs to pages, without what would be needed to get the next one: an abstention."""

    name = "half known"

    def paging(self, evidence: PagingEvidence) -> Paging | None:
        """See `Rule`."""
        cursor = next((entry.name for entry in evidence.parameters if entry.is_cursor), "")
        if cursor:
            return self.unknown(
                f"{cursor} takes a cursor, and nothing says where the response has the next one"
            )
        for field in evidence.next_fields:
            return self.unknown(f"the response has {field.dotted}, and nothing says which parameter takes it")
        for parameter in evidence.page_parameters:
            return self.unknown(
                f"{parameter.name} belongs to pages, and nothing says how to get the next one"
            )
        trace = evidence.more_flag or next((entry for entry in evidence.fields if entry.is_count), None)
        if trace:
            return self.unknown(f"the response has {trace.dotted}, and nothing says how to get the next page")
        return None


class SinglePage(Rule):
    """Nothing about pages, in a document that says of other lists how they are paged."""

    name = "single page"

    def paging(self, evidence: PagingEvidence) -> Paging:
        """See `Rule`."""
        if not evidence.is_described:
            return self.unknown("nothing is known of the response")
        if not evidence.others_page:
            return self.unknown("nothing is about pages, and too little is said of other lists to tell why")
        reason = "neither a parameter nor a field is about pages, as they are for other lists"
        return self.known(reason, type="none")


RULES = (
    *(ProviderSettings(), LinkHeader(), NextCursor(), NextLink()),
    *(LastId(), Offset(), PageNumber(), HalfKnown()),
)
"""In the order in which they are asked; where none has a word, there is a `SinglePage`, or nobody knows."""


def _own_settings(evidence: PagingEvidence) -> Mapping[str, Any]:
    """The provider's, without those that are defaults for any list; empty for none."""
    own = (evidence.facts.paginate if evidence.facts else None) or {}
    return {key: value for key, value in own.items() if key not in _OF_ANY_LIST}


def _is_page_number(name: str) -> bool:
    return "".join(character for character in name.lower() if character.isalnum()) in PAGES
