"""Models, and the mappings of their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .texts import HOSTILE, Texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MODELS: Mapping[str, Any] = {
    "Line": {"sku": "string", "price?": "number", "kind": "new | used"},
    "Owner": {"id": "string", "name?": "string", "email": "string | null"},
    "Node": {"id": "string", "parent?": "Node", "children?": "Node[]", "label": "string"},
    "Settings": {
        "org": "string",
        "team?": "string",
        "since?": "string | null",
        "top?": "number",
        "archived?": "boolean",
        "kinds?": "string[]",
        "mode?": "a | b",
        "cursor?": "string",
        "address?": "Owner",
    },
    "Wanted": {"files": "string[]", "folders": "string[]", "org": "string"},
    "Order": {
        "id": "string",
        "title": "string",
        "text?": "string | null",
        "due?": "string",
        "count": "number",
        "flag?": "boolean",
        "kind": "new | used",
        "tags?": "string[]",
        "owner": "Owner",
        "lines": "Line[]",
        "address?": {"city": "string", "zip?": "string"},
        "cursor?": "string",
        "limit?": "number",
    },
    "Key": {"id": "number"},
    "Receipt": {"success": "boolean"},
    "Count": {"total": "number"},
    "Nothing": {},
}
NAMES = (
    *("name", "title", "status", "amount", "active", "created_at", "tags", "lines", "owner", "meta", "node"),
    *(
        "class",
        "default",
        "record",
        "response",
        "item",
        "date",
        "nango",
        "a-b",
        "@odata.etag",
        "type",
        "page",
    ),
)
TYPES: Mapping[str, Sequence[Any]] = {
    "status": ("open | closed", "open | closed | null", "1 | 2"),
    "amount": ("number", "number | null"),
    "active": ("boolean", "boolean | null"),
    "created_at": ("date", "string", "date | null"),
    "date": ("date", "string"),
    "tags": ("string[]", "string[] | null"),
    "lines": ("Line[]", [{"sku": "string", "price?": "number"}], "Line[] | null"),
    "owner": ("Owner", "Owner | null", {"id": "string", "name?": "string"}),
    "meta": ("object", "any", {"__string": "any"}, {"deep": {"x?": "string", "y": "number | null"}}),
    "node": ("Node", "Node[]"),
}
TEXTS = ("string", "string", "string | null")
# The mappings of a field of each type: SOURCE and LIST stand for paths, RECORD for what an expression is over.
LISTED = {"from": "LIST", "where": {"primary": True}}
DATES = [{"from": "SOURCE", "date": form} for form in ("iso", "epoch_seconds", "epoch_milliseconds", "any")]
BESIDE: Mapping[str, Sequence[dict[str, Any]]] = {
    "string": [
        {"expression": "body.meta.name"},
        {"expression": "`${body['a-b']?.title ?? ''}-${response.key}`"},
        {"expression": "body.owners?.find((owner) => owner.id === response.by)?.name ?? 'none'"},
    ],
    "number": [{"expression": "body.meta.size * 2"}, {"expression": "body.rows.length"}],
    "boolean": [{"expression": "body.flags.includes(response.flag)"}],
}
ID_FORMS: Sequence[dict[str, Any]] = (
    {"join": ["team", "key"], "with": "-"},
    {"expression": "String(response.key)"},
)
FORMS: Mapping[str, Sequence[dict[str, Any]]] = {
    "string": [
        *({"const": text} for text in HOSTILE),
        *({"from": "SOURCE", "otherwise": text} for text in ("", *HOSTILE)),
        {"from": "SOURCE", "values": {"1": "one", "it's": "`"}, "otherwise": "x"},
        {"from": "SOURCE", "values": {"open": "OPEN", "true": "yes"}},
        {**LISTED, "pick": "value"},
        {"from": "LIST", "where": {"kind.name": "it's `${", "rank": 1}, "pick": "a.b"},
        {**LISTED, "pick": "value", "otherwise": "none"},
        *({"from": "SOURCE", "part": "first", "at": at} for at in ("/", "\\")),
        {"from": "SOURCE", "part": "rest"},
        {"from": "SOURCE", "part": "last", "otherwise": "*/"},
        *DATES,
        {"from": "SOURCE", "date": "epoch_seconds", "otherwise": "never"},
        *({"join": ["first", "names.last", "list[0]"], "with": text} for text in (" ", "`", "")),
        {"join": ["first", "last"]},
        {"expression": "`${RECORD.first} */ ${RECORD.last ?? '\\\\'}`.trim()"},
        {"expression": "String(RECORD.n)"},
        {"expression": "RECORD.kind === 'a' ? RECORD.one : RECORD.two.toUpperCase()"},
    ],
    "number": [
        {"const": 3},
        {"from": "SOURCE", "otherwise": 0},
        {"from": "SOURCE", "values": {"low": 1, "high": 2}, "otherwise": -1},
        {**LISTED, "pick": "amount", "otherwise": 0.5},
        {"expression": "Number(RECORD.total) * 100"},
        {"expression": "RECORD.items.length"},
        {"expression": "Math.max(...RECORD.prices.map((each) => each.amount))"},
    ],
    "boolean": [
        *({"from": "SOURCE", "is": value} for value in ("it's", 1, ["a", "b"], True)),
        {**LISTED, "pick": "state", "is": "on"},
        {"from": "SOURCE", "otherwise": False},
        {"from": "SOURCE", "values": {"y": True, "n": False}, "otherwise": False},
        {"expression": "RECORD.count > 3 && !RECORD.hidden"},
    ],
    "open | closed": [
        {"const": "open"},
        {"from": "SOURCE", "values": {"1": "open", "2": "closed"}, "otherwise": "open"},
        {"from": "SOURCE", "values": {"o": "open"}, "otherwise": "closed"},
        {"from": "SOURCE", "otherwise": "open"},
        {"expression": "RECORD.is_open ? 'open' : 'closed'"},
    ],
    "date": [*DATES, {**LISTED, "pick": "at", "date": "iso"}, {"expression": "RECORD.at"}],
    "string[]": [{"expression": "RECORD.labels.map((label) => label.name)"}],
    "Line[]": [
        {"from": "SOURCE", "each": {"sku": "code", "price": {"from": "cents", "otherwise": 0}}},
        {"from": "SOURCE", "each": {"sku": {"expression": "`${response.a}-${response.b}`"}}},
        {
            "from": "SOURCE",
            "each": {"sku": {"from": "codes", "where": {"kind": 1}, "pick": "v", "otherwise": ""}},
        },
        {"expression": "RECORD.rows.map((row) => ({ sku: row.code, kind: row.kind }))"},
        {"from": "wrapper.list", "each": {"price": {"const": 1}}},
    ],
    "Owner": [
        {"from": "SOURCE", "each": {"id": "key", "name": {"from": "full", "part": "first"}}},
        {"from": "people", "where": {"role": "owner"}},
        {"from": "people", "where": {"role.kind": 1}, "pick": "person"},
        {"from": "people", "where": {"role": "owner"}, "each": {"id": "uid"}},
    ],
    "Node": [
        {"from": "SOURCE", "each": {"label": "title", "parent": {"from": "up", "each": {"label": "l"}}}},
        {"from": "SOURCE", "each": {"label": {"from": "title", "otherwise": "x"}}},
    ],
    "Node[]": [{"from": "SOURCE", "each": {"label": "text"}}],
}


class Mappings(Texts):
    """Mappings, beside texts."""

    def mapping(self, model: str, over: Sequence[str] = ("response",)) -> dict[str, Any]:
        fields = self.bodies[model]
        mapped: dict[str, Any] = {}
        for name, of in fields.items():
            field = name.removesuffix("?")
            if field.startswith("__") or not self.chance(40):
                continue
            if isinstance(of, dict) and self.chance(40):
                inner = [
                    inner_field.removesuffix("?") for inner_field in of if not inner_field.startswith("__")
                ]
                mapped.update(
                    {
                        f"{field}.{inner_field}": f"flat.{inner_field}"
                        for inner_field in self.some_of(inner, 2)
                    }
                    if inner
                    else {}
                )
            else:
                may_be_absent = name != field or "| null" in str(of)
                mapped[field] = self.mapped(field, of, over, may_be_absent=may_be_absent)
        return mapped

    def mapped(self, field: str, of: Any, over: Sequence[str], *, may_be_absent: bool) -> Any:
        if self.chance(25):
            paths = (f"{field}_raw", f"raw.{field}", f"a-b.{field}")
            return self.one_of((*paths, f"list[0].{field}") if may_be_absent else paths)
        source = f"src.{field}" if self.chance(50) else f"{field}-src"
        options = [
            form
            for form in self.forms(field, of, over)
            if may_be_absent or not form.keys() & {"where", "values"} or form.keys() & {"otherwise", "is"}
        ]
        root = self.one_of(over)
        names = {"SOURCE": source, "LIST": f"{field}List", "RECORD": root}
        return _spelled(self.one_of(options), names) if options else source

    def forms(self, field: str, of: Any, over: Sequence[str]) -> Sequence[dict[str, Any]]:
        """The mappings of a field of a type, beside paths."""
        kind = of.removesuffix(" | null") if isinstance(of, str) else "Line[]" if isinstance(of, list) else ""
        if field == "id" and kind == "string":
            return ID_FORMS
        if self.chance(20) and "parent" in over and kind == "string":
            return [{"expression": "String(parent.id)"}]
        if self.chance(50) and "body" in over and kind in BESIDE:
            return BESIDE[kind]
        null = [{"const": None}] if str(of).endswith("| null") else []
        return [*null, *FORMS.get(kind, ())]


def _spelled(form: Any, names: Mapping[str, str]) -> Any:
    """A form with the names that it stands for."""
    if isinstance(form, dict):
        return {key: _spelled(value, names) for key, value in form.items()}
    if not isinstance(form, str):
        return form
    for name, spelled in names.items():
        form = form.replace(name, spelled)
    return form
