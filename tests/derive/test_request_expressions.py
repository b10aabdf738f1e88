"""Expressions in a request: ``${= ... }`` in a path, a parameter, a header, a body."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.derive.requests.request_expressions import lifted, read_paths
from nango_scaffold.derive.requests.request_texts import split_query
from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.render.integration import render_files
from nango_scaffold.spec.requests import Computed, OptionalText, Template

FACTS = ProviderFacts(key="github", auth_mode="API_KEY", base_url="https://api.github.com", source="a test")
MODELS = {
    "Order": {
        "name": "string",
        "text?": "string",
        "note": "string | null",
        "limit?": "number",
        "count": "number",
        "ids?": "number[]",
        "lines": [{"sku": "string", "tag?": "string"}],
        "owner": {"id": "string", "mail?": "string"},
        "extra": {"__string": "any"},
        "kind": "new | used",
    },
    "Settings": {"org": "string", "top?": "number"},
    "Receipt": {"id": "string"},
}


def text_of(spec: IntegrationSpec, name: str) -> str:
    """The text of a file."""
    files, _ = render_files(spec)
    return next(text for path, text in files.items() if path.endswith(name))


def script(sync: bool = False, **request: Any) -> str:
    """The script of a request."""
    entry = {"name": "create-receipt", "output": "Receipt", "input": "Order", "metadata": "Settings"}
    answers: dict[str, Any] = {"provider": "github", "models": MODELS}
    if sync:
        answers["syncs"] = [
            {"name": "receipts", "model": "Receipt", "metadata": "Settings", "sync_type": "incremental"}
            | {"request": {"path": "/r", **request}}
        ]
    else:
        answers["actions"] = [{**entry, "request": {"path": "/r", "json": {}, **request}}]
    spec = derive(load_answers(answers), FACTS, {})
    return text_of(spec, "syncs/receipts.ts" if sync else "actions/create-receipt.ts")


def refusal_of(**request: Any) -> AnswersError:
    with pytest.raises(AnswersError) as refusal:
        script(**request)
    return refusal.value


class TestText:
    @pytest.mark.parametrize(
        ("text", "without", "expressions"),
        [
            ("a ${= input.a }", "a ${=0}", [" input.a "]),
            ("${=input.a}${=input.b}}", "${=0}${=1}}", ["input.a", "input.b"]),
            (
                "${= ids.map((id) => ({ id })) }-${input.x}",
                "${=0}-${input.x}",
                [" ids.map((id) => ({ id })) "],
            ),
            ("${= `${a}}` }", "${=0}", [" `${a}}` "]),
            ("${= '}' + a}", "${=0}", [" '}' + a"]),
            ("[[q=${= a[b[0]]}]]", "[[q=${=0}]]", [" a[b[0]]"]),
            ("${'${='} ${'${= 1}'}", "${'${='} ${'${= 1}'}", []),
            ("${= a; b } c }", "${=0} c }", [" a; b "]),
            ("${= a", "${= a", []),
            ("${input.a}", "${input.a}", []),
        ],
    )
    def test_an_expression_ends_at_the_first_brace_before_which_it_is_one(
        self, text: str, without: str, expressions: list[str]
    ) -> None:
        assert lifted(text) == (without, tuple(expressions))

    def test_what_it_reads_is_named_by_the_longest_paths(self) -> None:
        assert read_paths("`${record.a.b.trim()}${record.a.c}${input}`") == [
            "record.a.b",
            "record.a.c",
            "input",
        ]

    def test_many_braces_take_no_time(self) -> None:
        assert lifted("${=" * 300 + "}" * 3000)[0].startswith("${=0}")


class TestPlaces:
    def test_a_parameter_is_capped(self) -> None:
        text = script(params={"limit": "${= Math.min(input.limit ?? 100, 200)}"})
        assert "limit: Math.min(input.limit ?? 100, 200)" in text

    def test_what_may_be_nothing_is_left_out(self) -> None:
        text = script(params={"q": "${= input.text?.trim()}"}, headers={"X-Q": "a ${= input.text?.trim()}"})
        assert "...(input.text?.trim() != null && { q: input.text?.trim() })" in text
        assert "...(input.text?.trim() != null && { 'X-Q': `a ${input.text?.trim()}` })" in text

    def test_what_is_neither_text_nor_number_becomes_text(self) -> None:
        text = script(params={"a": "${= input.count > 3}"}, headers={"X-N": "${= input.count * 2}"})
        assert "a: String(input.count > 3)" in text
        assert "'X-N': String(input.count * 2)" in text

    def test_a_body_holds_lists_and_objects(self) -> None:
        body = {"assignees": "${= input.ids?.map((id) => ({ id }))}", "n": ["${= input.lines.length}"]}
        text = script(json=body)
        assert "assignees: input.ids?.map((id) => ({ id }))" in text
        assert "n: [input.lines.length]" in text

    def test_a_path_and_a_stretch_of_one(self) -> None:
        text = script(path="/r/${= input.name.split('?')[0] ?? '#' }/x[[/${= input.text?.trim()}]]")
        assert "`/r/${input.name.split('?')[0] ?? '#'}/x${input.text?.trim() != null ? `/" in text

    def test_a_date_of_the_last_run_and_the_metadata(self) -> None:
        expression = "lastSyncDate ? lastSyncDate.getTime() : Number(metadata.top ?? 0)"
        text = script(sync=True, params={"since": f"${{= {expression}}}"})
        assert f"since: String(nango.{expression})".replace("? last", "? nango.last") in text

    def test_a_value_that_was_looked_up(self) -> None:
        answers = {
            "provider": "github",
            "models": MODELS,
            "actions": [
                {
                    "name": "create-receipt",
                    "input": "Order",
                    "output": "Receipt",
                    "lookups": [{"name": "site", "path": "/s", "pick": "id"}],
                    "request": {
                        "path": "/r",
                        "json": {},
                        "params": {
                            "s": "${= `${lookup.site}-${input.name}`}",
                            "t": {"value": 1, "when": "lookup['site'] === 'a'"},
                        },
                    },
                }
            ],
        }
        text = text_of(derive(load_answers(answers), FACTS, {}), "create-receipt.ts")
        assert "s: `${site}-${input.name}`" in text
        assert "...(site === 'a' ? { t: 1 } : {})" in text

    def test_an_input_that_nobody_described_has_the_fields_that_it_reads(self) -> None:
        answers = {
            "provider": "github",
            "models": {"Receipt": {"id": "string"}},
            "actions": [
                {
                    "name": "get-receipt",
                    "output": "Receipt",
                    "request": {"path": "/r/${= input.key.toUpperCase()}"},
                }
            ],
        }
        text = text_of(derive(load_answers(answers), FACTS, {}), "get-receipt.ts")
        assert "endpoint: `/r/${input.key.toUpperCase()}`" in text

    def test_a_record_is_read_by_the_request_for_its_details(self) -> None:
        answers = {
            "provider": "github",
            "models": {"Receipt": {"id": "string"}},
            "syncs": [
                {
                    "name": "receipts",
                    "model": "Receipt",
                    "detail": {
                        "path": "/r/${record.id}",
                        "params": {"a": "${= String(record.owner.key).trim()}"},
                    },
                }
            ],
        }
        text = text_of(derive(load_answers(answers), FACTS, {}), "receipts.ts")
        assert "a: String(record.owner.key).trim()" in text


class TestRefusals:
    @pytest.mark.parametrize(
        ("expression", "what"),
        [
            ("input.ids.map((id) => id)", "input.ids may be absent"),
            ("input.text.trim()", "input.text may be absent"),
            ("input.note.length", "input.note may be absent"),
            ("input.owner.mail.trim()", "input.owner.mail may be absent"),
            ("input.name * 2", "takes input.name for something else"),
            ("input.count.trim()", "takes input.count for something else"),
            ("input.name.map((x) => x)", "takes input.name for something else"),
            ("input.nam", "names no field"),
            ("input.owner.name", "a field 'name' that is not there"),
            ("input.lines.map((line) => line.skus)", "a field 'skus' that is not there"),
            ("output.name", "the name output is not known here"),
            ("record.id", "the name record is not known here"),
            ("connection", "names nothing here"),
            ("nango.lastSyncDate", "the name nango is not known here"),
        ],
    )
    def test_what_does_not_fit_its_types(self, expression: str, what: str) -> None:
        refusal = refusal_of(json={"a": {"b": f"${{= {expression}}}"}})
        assert what in refusal.what
        assert refusal.where == "actions[0].request.json.a.b"
        assert refusal.fix

    @pytest.mark.parametrize(
        "expression",
        [
            "input.ids?.map((id) => id) ?? []",
            "input.text && input.text.trim()",
            "input.kind === 'new' ? 1 : 2",
            "input.extra.whatever",
            "input.lines.map((line) => line.tag ?? line.sku)",
            "Object.keys(input)",
            "(input.limit ?? 1) * 2",
        ],
    )
    def test_what_fits_is_accepted(self, expression: str) -> None:
        assert "data: {" in script(json={"a": f"${{= {expression}}}"})

    def test_a_path_and_a_list_need_a_value(self) -> None:
        assert "may give nothing" in refusal_of(path="/r/${= input.text?.trim()}").what
        assert "may give nothing" in refusal_of(json={"a": ["${= input.text?.trim()}"]}).what

    def test_a_query_holds_single_values(self) -> None:
        refusal = refusal_of(params={"a": "${= input.ids?.map((id) => id) ?? []}"})
        assert "gives a list" in refusal.what

    @pytest.mark.parametrize(
        "path", ["/r?a=${= input.name}", "/r/${= input.name} x", "/r/${= input.name}#y", "/r\\${= 1}"]
    )
    def test_what_is_no_path_beside_the_expression(self, path: str) -> None:
        with pytest.raises(AnswersError):
            script(path=path)

    def test_dots_that_climb_out(self) -> None:
        assert "climbs out" in refusal_of(path="/r/../${= input.name}").what


HOSTILE = [
    "1); await nango.log('x'",
    "input.name; delete input",
    "(() => { return 1 })()",
    "input.name = 'x'",
    "new Date()",
    "await 1",
    "process.env.KEY",
    "globalThis",
    "this.constructor",
    "''.constructor.constructor('return 1')()",
    "input['__proto__']",
    "input['con' + 'structor']",
    "eval('1')",
    "Function('return 1')()",
    "import('fs')",
    "require('fs')",
    "nango.getToken()",
    "input.name // x\n",
    "/* */ 1",
    "`${await 1}`",
    "input.name, input.text",
    "function () {}",
    "class {}",
    "yield 1",
    "input.count++",
    "<div/>",
    "String.raw`x`",
    "'\\u2028'.constructor",
    "Object.assign(input, {})",
    "Array.prototype",
    "input?.constructor",
    "(input as any).constructor",
    "async () => 1",
    "",
    " ",
]


@pytest.mark.parametrize("expression", HOSTILE)
@pytest.mark.parametrize("place", ["path", "params", "headers", "json"])
def test_none_leaves_its_place(expression: str, place: str) -> None:
    text = f"${{={expression}}}"
    request: dict[str, Any] = {"path": f"/r/{text}"} if place == "path" else {place: {"a": text}}
    with pytest.raises(AnswersError):
        script(**request)


@pytest.mark.parametrize("inside", ["a" * 2500, "0" * 2500, "'" + "a" * 2500])
def test_one_that_is_too_long_is_refused_as_an_expression(inside: str) -> None:
    with pytest.raises(AnswersError, match="cannot stand here"):
        script(json={"a": f"${{={inside}}} and ${{= 1}}"})


@pytest.mark.parametrize("quoted", ["${'${=7}'}", "${'${=0}'}"])
def test_what_is_quoted_beside_one_stays_as_it_is(quoted: str) -> None:
    path = f"/{quoted}/${{= input.name }}"
    assert split_query(f"{path}?q={quoted}") == (path, {"q": quoted})


def test_what_is_behind_its_end_is_text() -> None:
    text = script(json={"a": "${= 1 } }`; throw 1; ({ a: { b: ${= 2}"})
    assert r"a: `${1} }\`; throw 1; ({ a: { b: ${2}`" in text


@pytest.mark.parametrize("text", ["'*/ `${'", '"</script>"', "'\\\\'", "`\\``", "'}'", "`}${input.name}`"])
def test_a_text_in_one_stays_one(text: str) -> None:
    template = values(f"${{= {text} + input.name }}x")
    assert isinstance(template[0], Computed)
    assert template[0].kind == "text"
    assert template[1:] == ("x",)


def test_a_stretch_is_left_out_while_its_expression_gives_nothing() -> None:
    (stretch,) = (part for part in values("q[[ and ${= input.text?.trim()}]]") if not isinstance(part, str))
    assert isinstance(stretch, OptionalText)
    assert [part.optional for part in stretch.parts if isinstance(part, Computed)] == [True]


def values(text: str) -> Template:
    """A parameter, parsed."""
    entry = {"name": "create-receipt", "output": "Receipt", "input": "Order"}
    answers = {
        "provider": "github",
        "models": MODELS,
        "actions": [{**entry, "request": {"path": "/r", "json": {}, "params": {"q": text}}}],
    }
    (param,) = derive(load_answers(answers), FACTS, {}).actions[0].request.params
    assert isinstance(param.value, tuple)
    return param.value


def test_the_first_page_is_one_factor() -> None:
    pages = {
        "type": "total",
        "total_path": "count",
        "total_unit": "records",
        "offset_name_in_request": "page",
        "limit": 50,
        "limit_name_in_request": "size",
    }
    entry = {
        "name": "list-receipts",
        "output": "Receipt[]",
        "request": {"path": "/r", "paginate": pages, "response_path": "items"},
    }
    answers = {"provider": "github", "models": {"Receipt": {"id": "string"}}, "actions": [entry]}
    text = text_of(derive(load_answers(answers), FACTS, {}), "list-receipts.ts")
    assert "|| offset * (parsed.data.limit ?? 50) >= readTotal(" in text
