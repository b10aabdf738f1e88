"""Actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .syncs import Syncs
from .texts import COMPUTED, CONDITIONS, ROOTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Kind = Callable[[dict[str, Any], list[str], Sequence[str]], dict[str, Any]]

MUTATION = "mutation Create($title: String!, $org: String) { create(title: $title, org: $org) { order { id name } } }"
CHECKS: Mapping[str, Sequence[str]] = {
    "Order": (
        "input.title || input.text",
        "input.count > 0 && input.count <= 10",
        "!input.due || input.lines.length > 0",
        "input.tags?.every((tag) => tag !== `x`)",
    ),
    "Key": ("input.id > 0",),
    "Settings": ("metadata.top === undefined || metadata.top < 9",),
}
STATUSES: Mapping[str, Mapping[Any, str]] = {
    "amount": {"number": "status"},
    "active": {"boolean": "status === 201"},
    "title": {"string": "`${status} ${response.title ?? ''}`"},
    "status": {"open | closed": "status < 300 ? 'open' : 'closed'"},
}


class Scripts(Syncs):
    """Actions, beside syncs."""

    def action(self, name: str, outputs: Sequence[str]) -> dict[str, Any]:
        """An action of any kind; ``outputs``: the models that it may give back."""
        kinds: Mapping[str, Kind] = {
            "write": self.write,
            "get": self.get,
            "list": self.list_of,
            "bare": self.bare,
            "plain": self.plain,
            "query": self.query,
            "without-input": self.without_input,
            "bytes": self.bytes_of,
            "form": self.form,
        }
        kind = self.one_of((*kinds, *["write"] * 5, "list", "list"))
        action: dict[str, Any] = {"name": name, **self.described()}
        self.allow_roots("connection")
        action |= self.input_of(kind) | self.maybe(30, metadata=self.metadata)
        if self.chance(20):
            action["lookups"] = self.lookups()
        checked = [root for root in ("input", "metadata") if self.roots.get(root)]
        if checked and kind not in ("list", "bare"):
            action |= self.maybe(30, checks=lambda: self.checks(action))
        return action | kinds[kind](action, ["lookup"] if "lookups" in action else [], outputs)

    def input_of(self, kind: str) -> dict[str, str]:
        if kind in ("list", "bare", "without-input"):
            return {}
        root = "key" if kind in ("get", "bytes") else "input"
        self.roots["input"] = ROOTS[root]
        self.conditions += CONDITIONS[root]
        self.computed += COMPUTED[root]
        return {"input": "Key" if root == "key" else "Order"}

    def metadata(self) -> str:
        self.roots["metadata"] = ROOTS["metadata"]
        self.conditions += CONDITIONS["metadata"]
        self.computed += COMPUTED["metadata"]
        return "Settings"

    def checks(self, action: dict[str, Any]) -> list[dict[str, str]]:
        rules = [*CHECKS.get(action.get("input", ""), ()), *CHECKS.get(action.get("metadata", ""), ())]
        messages = ("An email or a phone", "it's `${x}`", "*/ \\")
        return [{"unless": rule, "message": self.one_of(messages)} for rule in self.some_of(rules, 2, 1)]

    def sent(self, needed: list[str], *methods: str, **request: Any) -> dict[str, Any]:
        """A request with one of these methods."""
        return {"method": self.one_of(methods), "path": self.path(*needed), **self.beside(), **request}

    def write(self, action: dict[str, Any], needed: list[str], outputs: Sequence[str]) -> dict[str, Any]:
        request = self.sent(needed, "POST", "PUT", "PATCH")
        request |= self.maybe(10, encoding=lambda: "json", response_type=lambda: "json")
        bodies: list[dict[str, Any]] = [
            {},
            {"json": self.tree(("input", "input.owner", "${input.address}"))},
            {"json": self.tree(("input",))},
            {"data": self.one_of((["title", "text"], {"name": "title", "a.b": "due"}, []))},
            {"body": self.one_of(("lines", "owner"))},
        ]
        request |= self.one_of(bodies)
        action_request = {"request": request, "output": self.one_of((*outputs, "Receipt", "none"))}
        if "body" not in request:
            action_request |= self.maybe(
                25, dates=lambda: {"due": self.one_of(("iso", "date", "epoch_seconds"))}
            )
        if action_request["output"] not in outputs:
            return action_request
        action_request |= self.maybe(50, mapping=lambda: self.mapping_with_status(action_request["output"]))
        if self.chance(60):
            return {**action_request, "read_back": self.read_back()}
        request |= self.maybe(40, response_path=lambda: self.one_of(("data", "a.b-c")))
        return action_request

    def mapping_with_status(self, model: str) -> dict[str, Any]:
        """A mapping; of some models, one whose fields hold the status of the response."""
        mapped = self.mapping(model)
        for name, of in self.bodies[model].items():
            if name in STATUSES and of in STATUSES[name] and self.chance(25):
                mapped[name] = {"expression": STATUSES[name][of]}
        return mapped

    def read_back(self) -> dict[str, Any]:
        before = dict(self.roots)
        self.roots["response"] = ROOTS["response"]
        request = self.single("response") | self.maybe(50, response_path=lambda: "data")
        self.roots = before
        return request

    def saved_record(self, *needed: str) -> dict[str, Any]:
        record_id = self.placeholder(required=True, root=needed[0] if needed else "")
        if not self.saving or not record_id or self.chance(60):
            return {}
        return {"from_sync": self.one_of(self.saving)["name"], "id": record_id, "pick": "id"}

    def get(self, action: dict[str, Any], needed: list[str], outputs: Sequence[str]) -> dict[str, Any]:
        output = self.one_of(outputs)
        request = self.sent([*needed, "input"], "GET", "DELETE") | self.maybe(
            40, response_path=lambda: "data"
        )
        return {
            "request": request,
            "output": output,
            **self.maybe(50, mapping=lambda: self.mapping_with_status(output)),
        }

    def list_of(self, action: dict[str, Any], needed: list[str], outputs: Sequence[str]) -> dict[str, Any]:
        listed = {"name": f"list-{action['name']}", "request": self.list_request(*needed, data=False)}
        listed |= self.maybe(30, paginated=lambda: self.one_of((False, True)))
        if self.saving and self.chance(80):
            sync = self.one_of(self.saving)
            listed |= self.maybe(70, from_sync_key=lambda: "SECRET_KEY", from_sync_host=lambda: "NANGO_URL")
            return {**listed, "from_sync": sync["name"], "output": f"{sync['model']}[]"}
        output = self.one_of(outputs)
        return {**listed, "output": f"{output}[]", **self.maybe(40, mapping=lambda: self.mapping(output))}

    def bare(self, action: dict[str, Any], needed: list[str], outputs: Sequence[str]) -> dict[str, Any]:
        request = self.sent(needed, "POST")
        request |= self.maybe(40, json=lambda: {"data": "${input}", **self.tree(())})
        input_ = self.one_of(("Line[]", "string", "number", "string[]", "boolean"))
        return {"input": input_, "request": request, "output": self.one_of((*outputs, "Receipt"))}

    def plain(self, action: dict[str, Any], needed: list[str], outputs: Sequence[str]) -> dict[str, Any]:
        request = self.sent(needed, "POST", response_path=self.one_of(("data.value", "total")))
        return {"request": request, "output": self.one_of(("string", "number[]", "boolean"))}

    def query(self, action: dict[str, Any], needed: list[str], outputs: Sequence[str]) -> dict[str, Any]:
        org = self.placeholder(root="lookup") if needed else self.text()
        graphql = {"query": MUTATION, "variables": {"title": "${input.title}", "org": org}}
        return {"request": {"graphql": graphql}, **self.maybe(60, output=lambda: self.one_of(outputs))}

    def without_input(
        self, action: dict[str, Any], needed: list[str], outputs: Sequence[str]
    ) -> dict[str, Any]:
        return {"input": "none", "output": self.one_of(outputs), "request": self.sent(needed, "GET", "POST")}

    def bytes_of(self, action: dict[str, Any], needed: list[str], outputs: Sequence[str]) -> dict[str, Any]:
        return {"request": self.sent([*needed, "input"], "GET", response_type="binary")}

    def form(self, action: dict[str, Any], needed: list[str], outputs: Sequence[str]) -> dict[str, Any]:
        bodies: list[dict[str, Any]] = [
            {"json": {name: self.text() for name in self.some_of(("a", "b[c]", "d"), 3, 1)}},
            {"data": ["title", "text"]},
            {"data": {"name": "title", "n": "count"}},
        ]
        request = self.sent(needed, "POST", encoding="form", **self.one_of(bodies))
        return {"request": request, "output": self.one_of((*outputs, "Receipt"))}
