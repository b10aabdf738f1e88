"""Syncs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .requests import DOCS, METHODS, Requests
from .texts import ROOTS

if TYPE_CHECKING:
    from collections.abc import Sequence

LAST_SYNC_TEXTS = (
    "${lastSyncDate}",
    "[[updated > ${lastSyncDate:date}]]",
    "[[a ${lastSyncDate:epoch_seconds} b]]",
    "[[x:${lastSyncDate:http}]]",
)


class Syncs(Requests):
    """Syncs, beside requests."""

    def described(self, method: str = "") -> dict[str, Any]:
        return self.maybe(
            15,
            description=lambda: self.one_of(("a", "*/ it's `${", "two\nlines")),
            scopes=lambda: ["a:b"],
            version=lambda: self.one_of((2, "1.0.0")),
        ) | self.maybe(10, endpoint=lambda: self.endpoint(method))

    def endpoint(self, method: str) -> dict[str, str]:
        """An endpoint that no other script has."""
        self._endpoints += 1
        endpoint = {"path": f"/e-{self._endpoints}", "method": method or self.one_of(METHODS)}
        return {"group": "All Users"} | {key: endpoint[key] for key in self.some_of(("path", "method"), 2)}

    def sync(self, name: str, models: list[str]) -> dict[str, Any]:
        """A sync of the pattern paginated."""
        model = models.pop()
        reads_metadata, is_incremental = self.chance(40), self.chance(50)
        self.allow_roots("connection", *(["metadata"] if reads_metadata else []))
        sync = {"name": name, **self.described("GET"), **self.kind_of_run(is_incremental, reads_metadata)}
        needed: list[str] = []
        if self.chance(20):
            sync["lookups"] = self.lookups()
            needed.append("lookup")
        roots = dict(self.roots)
        if self.chance(20):
            sync["parents"] = self.parents(model)
            self.roots["parent"] = ROOTS["parent"]
            needed.append("parent")
        sync["request"] = (
            self.query_request()
            if not needed and self.chance(15)
            else self.changed_list(needed, is_incremental)
        )
        self.roots = roots
        sync |= self.outputs(sync, model, models, is_incremental)
        over = ("response", "parent") if "parents" in sync else ("response",)
        if self.chance(25) and sync["request"].get("response_path"):
            over = (*over, "body")
        sync |= self.maybe(60, mapping=lambda: self.mapping(model, over))
        if isinstance(sync.get("mapping", {}).get("id", ""), str):
            sync |= self.of_each_record(sync) | self.maybe(
                65, deleted=lambda: self.deleted(is_incremental, sync)
            )
        stops_early = isinstance(sync["request"].get("incremental"), dict)
        if reads_metadata and "parents" not in sync and not stops_early and self.chance(20):
            sync |= self.saved(sync)
        return sync

    def kind_of_run(self, is_incremental: bool, reads_metadata: bool) -> dict[str, Any]:
        """How a sync runs."""
        kind = self.maybe(10, pattern=lambda: "paginated") | self.maybe(
            15, runs=lambda: self.one_of(("every half hour", "every 15m"))
        )
        if is_incremental:
            kind["sync_type"] = "incremental"
        else:
            kind |= self.maybe(15, sync_type=lambda: "full", track_deletes=lambda: False)
        if reads_metadata:
            return {**kind, "metadata": "Settings"}
        return kind | self.maybe(20, auto_start=lambda: self.one_of((True, False)))

    def parents(self, model: str) -> dict[str, Any]:
        if self.chance(15):
            return {**self.query_request(), **self.filled(model, ("name", "id"))}
        pages = self.maybe(60, paginate=self.paginate, response_path=lambda: self.one_of(("data", "items")))
        request = {key: value for key, value in self.single().items() if key != "graphql"}
        pages |= self.maybe(10, record_path=lambda: "node")
        return {"path": self.path(), **request, **pages, **self.filled(model, ("name", "id"))}

    def changed_list(self, needed: list[str], is_incremental: bool) -> dict[str, Any]:
        """A request for a list; in an incremental sync, for what has changed."""
        if not is_incremental:
            return self.list_request(*needed)
        self.roots["lastSyncDate"] = []
        request = self.list_request(*needed)
        filters = ({"param": "since"}, {"field": "updated"}, {"field": "meta.at"}, "none")
        request |= self.maybe(50, incremental=lambda: self.one_of(filters))
        if self.chance(40):
            request.setdefault("params", {})["changed"] = self.conditional(self.one_of(LAST_SYNC_TEXTS))
        return request

    def outputs(
        self, sync: dict[str, Any], model: str, models: list[str], is_incremental: bool
    ) -> dict[str, Any]:
        """What a sync saves: one model, several, or one and its children."""
        kind = (
            "one"
            if "parents" in sync or len(models) < 2
            else self.one_of(("one", "one", "several", "children"))
        )
        if kind == "several":
            return self.several(sync, model, models)
        if kind == "children":
            return {"model": model, "children": self.children(models.pop(), model, is_incremental)}
        return {"model": model}

    def of_each_record(self, sync: dict[str, Any]) -> dict[str, Any]:
        """A webhook, or a request for each record."""
        if self.chance(10) and "from_parent" not in sync.get("parents", {}):
            webhook = self.maybe(50, webhook=lambda: {"path": "data.object"})
            return {"webhook_subscriptions": ["changed", "it's"], **webhook}
        return self.maybe(25, detail=self.detail)

    def saved(self, sync: dict[str, Any]) -> dict[str, Any]:
        value = self.one_of(
            (
                "next_sync_token",
                "meta.token",
                {"expression": "response.meta.token"},
                {"expression": "`${response.at}`"},
            )
        )
        if "track_deletes" not in sync:
            sync["sync_type"] = "incremental"
        return {"save_metadata": {self.one_of(("cursor", "team")): value}}

    def deleted(self, is_incremental: bool, sync: dict[str, Any]) -> dict[str, Any]:
        """How deleted records are recognized."""
        rules: list[Any] = [{"when": "response.state === 'gone'"}, {"when": "record.marks?.includes('`x')"}]
        if is_incremental or sync.get("track_deletes") is False:
            rules += [{"field": "state", "value": self.one_of(("gone", True, 3))}, {"field": "deleted_at"}]
        if not is_incremental or self.chance(25):
            return dict(self.one_of(rules))
        listed = {**self.query_request(), "path": "/graphql"} if self.chance(40) else self.list_request()
        parameters = self.maybe(
            50, param=lambda: "deleted_since", id_path=lambda: self.one_of(("", "key", "a.b"))
        )
        return (
            listed | parameters | ({"errors_path": "problems"} if parameters.get("id_path") == "key" else {})
        )

    def fields_of(self, model: str) -> list[str]:
        """The fields of a model that hold single values."""
        return [
            name.removesuffix("?")
            for name, of in self.bodies[model].items()
            if of in ("string", "string | null", "number") and name.isidentifier() and name != "id"
        ]

    def filled(self, model: str, sources: Sequence[str]) -> dict[str, Any]:
        """``from_parent``, where a model has a field that it can fill."""
        fields = self.fields_of(model)
        return (
            self.maybe(30, from_parent=lambda: {self.one_of(fields): self.one_of(sources)}) if fields else {}
        )

    def several(self, sync: dict[str, Any], model: str, models: list[str]) -> dict[str, Any]:
        """Several models, each with a request, or in the response for the first one."""
        others = [models.pop() for _ in range(self.number(1, min(2, len(models))))]
        requests = {other: self.further(sync, model, other) for other in others if self.chance(85)}
        return {"models": [model, *others], "requests": requests}

    def further(self, sync: dict[str, Any], first: str, model: str) -> dict[str, Any]:
        mapping = self.maybe(40, mapping=lambda: self.mapping(model))
        if self.chance(30) and "graphql" not in sync["request"]:
            sync["request"] |= {"paginate": {"type": "none"}, "response_path": "data.items"}
            return {"from": first, "response_path": f"included.{model.lower()}", **mapping}
        is_query = self.chance(15)
        request = self.query_request() if is_query else self.list_request()
        if sync.get("sync_type") == "incremental" and not is_query:
            request |= self.maybe(50, incremental=lambda: self.one_of(({"param": "since"}, "none")))
        if isinstance(mapping.get("mapping", {}).get("id", ""), str):
            request |= self.maybe(30, detail=self.detail)
        return request | mapping | self.maybe(15, endpoint=lambda: self.endpoint("GET"))

    def children(self, model: str, parent: str, is_incremental: bool) -> dict[str, Any]:
        before = dict(self.roots)
        self.roots["parent"] = [("id", "id", False)]
        is_query = self.chance(10)
        request = self.query_request("${parent.id}") if is_query else self.list_request("parent")
        children = {"model": model, **request, **self.maybe(10, endpoint=lambda: self.endpoint("GET"))}
        if is_incremental and not is_query:
            children |= self.maybe(30, incremental=lambda: {"param": "since"})
        children |= self.maybe(40, mapping=lambda: self.mapping(model, ("response", "parent")))
        if isinstance(children.get("mapping", {}).get("id", ""), str):
            children |= self.maybe(40, detail=self.detail)
        children |= self.filled(model, (*self.fields_of(parent), "id"))
        self.roots = before
        return children

    def patterned(self, name: str, models: list[str]) -> dict[str, Any]:
        """A sync of another pattern."""
        pattern = self.one_of(("window", "window", "extended", "selection", "configuration"))
        sync: dict[str, Any] = {"name": name, "pattern": pattern, **self.described("GET")}
        self.allow_roots("connection")
        if pattern == "configuration":
            return sync | self.configuration(name)
        model = models.pop()
        sync["model"] = model
        if pattern == "selection":
            sync |= self.selection()
        else:
            request = {"path": self.path(), **self.beside(), **self.pages("rows")}
            request |= self.maybe(20, data=lambda: self.tree(()))
            sync |= {"request": request, **self.settings_of(pattern)}
        mapping = self.mapping(model) if self.chance(50) else {}
        mapping.pop("id", None)
        return {**sync, **({"mapping": mapping} if mapping else {}), **self.of_each_record({})}

    def pages(self, place: str) -> dict[str, Any]:
        return self.maybe(60, paginate=lambda: self.paginate(own=False), response_path=lambda: place)

    def configuration(self, name: str) -> dict[str, Any]:
        """The pattern whose metadata names models and their fields."""
        settings = self.maybe(
            50,
            introspection=lambda: self.one_of((True, False)),
            action=lambda: f"{name}-fields",
            path=lambda: "/o/${input.name}",
            response_path=lambda: "data.fields",
            docs=lambda: DOCS,
            mapping=lambda: {"name": "title"},
        )
        request = {"path": "/o/${configuration}", "params": {"f": "${fields}"}, **self.pages("rows")}
        return self.maybe(60, configuration=lambda: settings, request=lambda: request)

    def selection(self) -> dict[str, Any]:
        """The pattern whose metadata selects folders and items."""
        self.allow_roots("connection", "wanted")
        settings = self.maybe(
            50,
            item_path=lambda: "/items/${item}",
            kind_field=lambda: "kind",
            folder_kind=lambda: "dir",
            item_kind=lambda: "it's",
            folders=lambda: "folders",
            items=lambda: "files",
        )
        request = {"path": "/f/${folder}/items", **self.beside(), **self.pages("items")}
        return {"metadata": "Wanted", "request": request, **self.maybe(60, selection=lambda: settings)}

    def events(self) -> dict[str, list[str]]:
        events = (
            "post-connection-creation",
            "pre-connection-deletion",
            *(("validate-connection",) if self.chance(60) else ()),
        )
        return {event: [f"on-{event}"] for event in self.some_of(events, 3, 1)}

    def responses(self, data: dict[str, Any]) -> dict[str, Any]:
        """The raw types of models that are mapped by their names."""
        named = [sync["model"] for sync in self.saving if "mapping" not in sync]
        mapped = repr(data.get("actions", ()))
        raw = {
            model: {**self.bodies[model], "extra?": "string | null"} for model in named if model not in mapped
        }
        return {model: body for model, body in raw.items() if "date" not in map(str, body.values())}

    def settings_of(self, pattern: str) -> dict[str, Any]:
        if pattern == "window":
            return self.maybe(
                80,
                window=lambda: self.maybe(
                    70,
                    unit=lambda: self.one_of(("month", "month", "week", "day")),
                    lookback_years=lambda: 2,
                    from_param=lambda: "start",
                    to_param=lambda: "end",
                    date_format=lambda: self.one_of(
                        ("iso", "date", "epoch_seconds", "epoch_milliseconds", "http")
                    ),
                ),
            )
        return self.maybe(
            80,
            extended=lambda: self.maybe(
                70,
                cursor_param=lambda: "after",
                cursor_path=lambda: self.one_of(("", "meta.next")),
                limit=lambda: 50,
                limit_param=lambda: "size",
                max_hours=lambda: 2.5,
            ),
        )
