"""Requests of every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .mappings import Mappings
from .texts import ROOTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PAGINATIONS: Sequence[Mapping[str, Any]] = (
    {"type": "link", "link_rel_in_response_header": "next", "limit_name_in_request": "per_page"},
    {"type": "link", "link_path_in_response_body": "@odata.nextLink", "response_path": "value"},
    {"type": "cursor", "cursor_path_in_response": "paging.after", "cursor_name_in_request": "after"},
    {"type": "offset", "offset_name_in_request": "page", "response_path": "data", "offset_start_value": 1},
)
BESIDE_RECORDS = {
    "cursor_path_in_response",
    "more_path",
    "last_path",
    "total_path",
    "link_path_in_response_body",
}
PAGES: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "link": [{"link_rel_in_response_header": "next"}, {"link_path_in_response_body": "links.next"}],
    "cursor": [
        *(
            {"cursor_path_in_response": path, "cursor_name_in_request": "after"}
            for path in ("next", "meta.next")
        ),
        {"cursor_in_response_header": "X-Next-Page", "cursor_name_in_request": "page"},
    ],
    "offset": [{}, *({"offset_calculation_method": method} for method in ("per-page", "by-response-size"))],
    "last_id": [{"cursor_name_in_request": "after"}, {"cursor_name_in_request": "after", "id_path": "key"}],
    "total": [
        {"total_path": "meta.total"},
        {"total_path": "total_pages", "total_unit": "pages"},
        {"total_path": "count", "total_unit": "records"},
        {"total_header": "X-Total-Count"},
    ],
    "none": [{}],
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
QUERY = (
    "query Issues($after: String, $org: String) "
    "{ issues(after: $after, org: $org) { nodes { id name } pageInfo { hasNextPage endCursor } } }"
)
SINGLE_QUERY = "query One($id: ID) { one(id: $id) { id name } }"
DOCS = "https://docs.x.io/it's"


class Requests(Mappings):
    """Requests, beside mappings."""

    def paginate(self, *, own: bool = True) -> dict[str, Any]:
        """A whole pagination of any type; ``own``: also one that the script does in a loop of its own."""
        kind = self.one_of(("link", "cursor", "offset", *(("last_id", "total", "none") if own else ())))
        keys: dict[str, Any] = {"type": kind, **self.one_of(PAGES[kind])}
        if kind in ("offset", "total"):
            keys |= {"offset_name_in_request": self.one_of(("offset", "page"))}
            keys |= self.maybe(30, offset_start_value=lambda: 1)
        if kind in ("offset", "cursor", "last_id") and own:
            keys |= self.one_of(({}, {"more_path": "meta.has_more"}, {"last_path": "isLast"}))
        if kind != "none" and self.chance(40):
            keys |= {"limit": 50, "limit_name_in_request": self.one_of(("limit", "page[size]"))}
        return keys | (self.maybe(15, response_path=lambda: "data.rows") if kind != "none" else {})

    def beside(self) -> dict[str, Any]:
        """What any request may have."""
        parts = self.maybe(35, params=self.params) | self.maybe(30, headers=self.headers)
        parts |= self.maybe(25, retries=lambda: 5, docs=lambda: DOCS)
        parts |= self.maybe(10, errors_path=lambda: "problems")
        hosts = ["https://files.x.io/v1/"]
        if placed := self.placeholder(required=True):
            hosts.append(f"https://{placed}.x.io")
        if "connection" in self.roots:
            hosts.append("${connection.instance_url}")
        return parts | self.maybe(20, base_url=lambda: self.one_of(hosts))

    def list_request(self, *needed: str, own: bool = True, data: bool = True) -> dict[str, Any]:
        request = {"path": self.path(*needed), **self.beside()}
        request |= self.maybe(70, paginate=lambda: self.paginate(own=own))
        request |= self.maybe(
            60, response_path=lambda: self.one_of(("data.items", "value", "", "class", "@a.b-c"))
        )
        request |= self.maybe(15, record_path=lambda: self.one_of(("node", "a-b.record")))
        if data:
            request |= self.maybe(20, method=lambda: self.one_of(METHODS))
        if data and self.chance(55) and request.get("method") not in ("GET", "DELETE"):
            request |= {self.one_of(("data", "json")): self.tree(())}
            if "paginate" in request and request["paginate"]["type"] != "none":
                request["paginate"] |= self.maybe(30, in_body=lambda: self.one_of((True, False)))
        pages = request.get("paginate", {})
        if request.get("response_path") == "" and (
            pages.get("type") == "link" or pages.keys() & BESIDE_RECORDS
        ):
            request["response_path"] = "value"
        return request

    def query_request(self, org: str = "") -> dict[str, Any]:
        """A GraphQL request for a list; ``org``: the value of its variable."""
        graphql: dict[str, Any] = {"query": QUERY.replace("Issues", self.one_of(("Issues", "")))}
        graphql |= (
            {"variables": {"org": org}} if org else self.maybe(60, variables=lambda: {"org": self.text()})
        )
        places = self.maybe(
            50, page_info_path=lambda: "issues.pageInfo", cursor_name_in_request=lambda: "after"
        )
        return {"graphql": graphql} | self.maybe(
            40,
            paginate=lambda: {"type": "graphql", **places},
            response_path=lambda: "issues.nodes",
            path=lambda: "/graphql",
            headers=self.headers,
        )

    def single(self, *needed: str) -> dict[str, Any]:
        """A request for one response."""
        root = needed[0] if needed else ""
        if self.chance(12) and (value := self.placeholder(required=True, root=root)):
            return {"graphql": {"query": SINGLE_QUERY, "variables": {"id": value}}}
        request = {
            "path": self.path(*needed),
            **self.beside(),
            **self.maybe(20, method=lambda: self.one_of(METHODS)),
        }
        if self.chance(15) and request.get("method") not in ("GET", "DELETE"):
            request["data"] = self.tree(())
        return request

    def lookups(self) -> list[dict[str, Any]]:
        """Look-ups, each of which another request has to use; they are roots from here on."""
        names = self.some_of(("cloud", "tenant_id", "page", "record", "items", "config"), 2, 1)
        lookups = []
        for number, name in enumerate(names):
            needed = ("lookup",) if number else ()
            request = self.saved_record(*needed) or {
                **self.single(*needed),
                "pick": self.one_of(("id", "0.id", "data[0].key", "[0].a-b.id")),
            }
            lookups.append({"name": name, **request})
            self.roots["lookup"] = [(name, "id", False)]
        return lookups

    def saved_record(self, *needed: str) -> dict[str, Any]:
        """What takes the place of a look-up's request where it reads a record that a sync saved; empty for none."""
        return {}

    def detail(self) -> dict[str, Any]:
        with_record = {**self.roots, "record": ROOTS["record"]}
        before, self.roots = self.roots, with_record
        detail = self.single("record") | self.maybe(
            50, response_path=lambda: self.one_of(("data", "user.whole"))
        )
        self.roots = before
        return detail
