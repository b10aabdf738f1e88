"""Answers in rare combinations, with hostile texts: each compiles and lints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BREAKOUT: Final = 'it\'s "q" `b` */ // <!-- \\ \u2028 \u202e é 日本 @ts-ignore'
LINES: Final = f"{BREAKOUT.replace(chr(0x2028), '').replace(chr(0x202E), '')}\nand a second line"
OFFSET: Final = {
    "type": "offset",
    "offset_name_in_request": "page",
    "offset_start_value": 1,
    "offset_calculation_method": "per-page",
    "limit": 50,
    "limit_name_in_request": "size",
}
CURSOR: Final = {"type": "cursor", "cursor_path_in_response": "n", "cursor_name_in_request": "c", "limit": 5}
IN_PAGES: Final = {"cursor?": "string", "limit?": "number"}


def _github(integration: str, **answers: Any) -> Mapping[str, Any]:
    return {"provider": "github", "integration": integration, **answers}


COMBINATIONS: Final[Sequence[Mapping[str, Any]]] = [
    _github(
        "window-webhook",
        models={"Bill": {"id": "string", "state": "open | paid", "total?": "number | null"}},
        syncs=[
            {
                "name": "bills",
                "description": LINES,
                "pattern": "window",
                "window": {"unit": "week", "date_format": "epoch_milliseconds"},
                "webhook_subscriptions": ["bill.*", 'it\'s "x" `y`'],
                "webhook": {"path": "data.bill"},
                "request": {"params": {"q": BREAKOUT}},
            }
        ],
    ),
    _github(
        "window-settings",
        models={
            "VisitRange": {
                "fromDate?": "string",
                "toDate?": "string",
                "useMetadata?": "boolean",
                "org?": "string",
            },
            "SiteVisit": {"id": "string"},
        },
        syncs=[
            {
                "name": "visits",
                "model": "SiteVisit",
                "metadata": "VisitRange",
                "pattern": "window",
                "window": {"unit": "week", "lookback_years": 1},
                "request": {"params": {"org": "${metadata.org}"}, "response_path": ""},
            }
        ],
    ),
    _github(
        "configured-enums",
        models={
            "Setup": {"configurations": "Kind[]", "mode": "fast | slow", "note?": "string | null"},
            "Kind": {"model": "string", "kind": "a | b", "fields": "string[]"},
            "AnyRecord": {"id": "string", "model": "string", "data": {"__string": "any"}, "note?": "string"},
        },
        syncs=[
            {
                "name": "dynamic",
                "model": "AnyRecord",
                "pattern": "configuration",
                "metadata": "Setup",
                "request": {
                    "path": "/q/${configuration}",
                    "data": {"f": "${fields}", "m": ["${metadata.mode}"], "n": "${metadata.note}"},
                },
            }
        ],
    ),
    _github(
        "synced-pages",
        models={
            "Member": {"id": "number", "joined": "string", "tags": "string[]"},
            "ListMembers": {**IN_PAGES, "team?": "string"},
            "Members": {"members": "Member[]", "next_cursor?": "string"},
        },
        syncs=[{"name": "members", "model": "Member"}],
        actions=[
            {
                "name": "list-members",
                "input": "ListMembers",
                "output": "Members",
                "paginated": True,
                "from_sync": "members",
                "from_sync_key": "KEY_1",
                "request": {"paginate": OFFSET},
            }
        ],
    ),
    _github(
        "optional-settings",
        models={
            "Maybe": {"org?": "string", "n?": "number | null", "mode?": "a | b"},
            "Item": {"id": "string", "updated": "string | null"},
        },
        syncs=[
            {
                "name": "items",
                "model": "Item",
                "metadata": "Maybe",
                "sync_type": "incremental",
                "request": {
                    "incremental": {"field": "updated"},
                    "params": {"org": "${metadata.org}", "m": "x-${metadata.mode}-${metadata.org}"},
                    "headers": {"X-N": "${metadata.n}"},
                },
                "deleted": {"field": "state.kind", "value": "gone"},
                "children": {
                    "model": "ItemPart",
                    "path": "/items/${parent.id}/parts",
                    "data": {"o": "${metadata.org}", "deep": {"n": "${metadata.n}"}},
                },
            }
        ],
    ),
    _github(
        "several-posts",
        models={
            "Ant": {"id": "string"},
            "Bee": {"id": "number", "deep": {"x?": "string | null", "y": ["red", "green"]}},
            "Crow": {"id": "string", "b": "Bee", "bs": "Bee[]"},
        },
        syncs=[
            {
                "name": "all-animals",
                "models": ["Ant", "Bee", "Crow"],
                "sync_type": "incremental",
                "requests": {
                    "Bee": {"path": "/bees", "mapping": {"deep.x": "a.b.c"}, "data": {"q": BREAKOUT}},
                    "Crow": {"path": "/crows", "paginate": {"type": "none"}},
                },
                "request": {"incremental": {"param": "since"}},
                "webhook_subscriptions": ["ant"],
                "deleted": {"path": "/ants/deleted", "data": {"all": True}, "id_path": "ref.id"},
                "version": "2.0.0",
            }
        ],
    ),
    _github(
        "chosen-boards",
        models={
            "Chosen": {"boards": "string[]", "cards": "string[]", "tenant": "string"},
            "Card": {"id": "number", "title": "string"},
        },
        syncs=[
            {
                "name": "cards",
                "model": "Card",
                "metadata": "Chosen",
                "pattern": "selection",
                "selection": {
                    "folders": "boards",
                    "items": "cards",
                    "folder_kind": BREAKOUT,
                    "item_kind": "card",
                    "kind_field": "kind",
                },
                "request": {
                    "path": "/boards/search",
                    "data": {"in": ["${folder}"], "t": "${metadata.tenant}"},
                    "headers": {"X-Tenant": "${metadata.tenant}", "X-Board": "${folder}"},
                    "response_path": "",
                    "paginate": {"type": "link", "link_rel_in_response_header": "next"},
                },
            }
        ],
    ),
    _github(
        "odd-names",
        models={
            "Odd": {
                "id": "string",
                "constructor_": "string",
                "a-b": "string",
                "with space?": "string | null",
                "123": "number",
                "class": "x y | z-w",
                "default?": "boolean",
                "new": "OddRest",
                "list": [{"a": "string", "b?": "x | y"}],
            },
            "OddRest": {"__string": "any"},
        },
        syncs=[
            {
                "name": "odds",
                "model": "Odd",
                "mapping": {
                    "a-b": "x-y.z w",
                    "class": {"from": "k", "values": {"1": "x y", "it's": "z-w"}, "otherwise": "z-w"},
                    "with space": {"join": ["p", "q"], "with": BREAKOUT},
                },
            }
        ],
        actions=[
            {"name": "create-odd", "input": "Odd", "output": "Odd"},
            {"name": "get-odd", "output": "Odd"},
        ],
    ),
    _github(
        "form-pages",
        models={
            "FindNotes": {**IN_PAGES, "q": "string"},
            "SearchNotes": {"cursor?": "string", "q": "string"},
            "Notes": {"notes": "Note[]", "next_cursor?": "string"},
            "Note": {"id": "string"},
        },
        actions=[
            {
                "name": "list-notes",
                "input": "FindNotes",
                "output": "Notes",
                "paginated": True,
                "request": {
                    "method": "POST",
                    "encoding": "form",
                    "paginate": {**CURSOR, "limit_name_in_request": "size"},
                },
            },
            {
                "name": "search-notes",
                "input": "SearchNotes",
                "output": "Notes",
                "paginated": True,
                "request": {"method": "POST", "encoding": "form", "path": "/s", "paginate": OFFSET},
            },
        ],
    ),
    _github(
        "dated-export",
        models={
            "ExportReport": {
                "id": "string",
                "due": "string | number",
                "opt?": "string | null",
                "rows": "Row[]",
            },
            "Row": {"a": "string"},
            "Exported": {"content": "string", "content_type?": "string"},
        },
        sync_names=["reports"],
        actions=[
            {
                "name": "export-report",
                "input": "ExportReport",
                "output": "Exported",
                "dates": {"due": "epoch_seconds", "opt": "date"},
                "request": {
                    "method": "POST",
                    "response_type": "binary",
                    "headers": {"X-Due": "${input.due}", "Accept": "*/*"},
                },
            }
        ],
    ),
    _github(
        "always-the-same",
        models={
            "Ack": {"ok": "boolean"},
            "Nil": {},
            "Lamp": {"on": "yes | no", "deep": {"level": "number"}},
            "Lamps": {"lamps": "Lamp[]", "next_cursor?": "string"},
            "Asked": {"id": "string", "endpoint?": "string", "cursor?": "string"},
            "House": {"id": "string", "lamp": "Lamp", "lamps": "Lamp[]", "spare?": "Lamp"},
            "Sole": {"id": "string", "kind": "A | B"},
        },
        syncs=[
            {
                "name": "soles",
                "model": "Sole",
                "sync_type": "incremental",
                "mapping": {"id": {"const": "only"}, "kind": {"const": "A"}},
                "request": {"path": "/soles", "incremental": "none"},
                "children": {"model": "Heel", "path": "/soles/${parent.id}/heels"},
            },
            {
                "name": "houses",
                "model": "House",
                "request": {
                    "data": {"endpoint": {"endpoint": "x"}},
                    "response_path": "data.items",
                    "paginate": {
                        "type": "cursor",
                        "cursor_path_in_response": "next",
                        "cursor_name_in_request": "endpoint",
                    },
                },
            },
        ],
        actions=[
            {
                "name": "delete-thing",
                "input": "Asked",
                "output": "Ack",
                "mapping": {"ok": {"const": True}},
            },
            {
                "name": "send-thing",
                "input": "Asked",
                "output": "Nil",
                "request": {"path": "/t/${input.id}", "headers": {"endpoint": "${input.endpoint}"}},
            },
            {
                "name": "list-lamps",
                "input": "Asked",
                "output": "Lamps",
                "mapping": {"on": {"const": "yes"}, "deep.level": {"const": 3}},
            },
        ],
    ),
]
