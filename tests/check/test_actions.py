"""The rules about the script of an action."""

from __future__ import annotations

import pytest

from .one_script import ACTION_PATH, action, places
from .support import findings, lines, tree

HEAD = "export default async function runAction(nango: NangoAction, input: Query): Promise<Order> {\n"


def body(text: str) -> str:
    return HEAD + text + "\n}\n"


def signature(input_type: str, output_type: str) -> str:
    imported = "import type { NangoAction, Query, Order, Orders as Many } from '../../models.js';\n"
    return f"{imported}export default async function runAction(nango: NangoAction{input_type}){output_type} {{}}\n"


class TestActionBeginsWithRunAction:
    def test_it_does(self) -> None:
        assert places("A01", action("const A = 1;\n" + body(""))) == []

    def test_it_does_not(self) -> None:
        assert places("A01", action("function a() {}\n" + body(""))) == ["1:10"]
        assert places("A01", action(body("").replace("runAction", "fetchData"))) == ["1:31"]


class TestActionThrowsActionErrors:
    @pytest.mark.parametrize(
        "text",
        [
            "throw new nango.ActionError({ message: 'No' });",
            "throw new nango.ActionError({ message });",
            "throw new nango.ActionError({ 'message': 'No', code: 1 });",
            "throw new nango.ActionError({ ...given });",
            "throw new nango.ActionError<Problem>(problem);",
            "throw new ActionError({ message: 'No' });",
            "try { a(); } catch (error) { throw error; }",
            "throw problem();",
            "throw new ShopProblem('No');",
        ],
    )
    def test_it_does_or_is_not_certain(self, text: str) -> None:
        assert places("A02", action(body(text))) == []

    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("throw new Error(`No ${a}`);", "Error"),
            ("throw TypeError('No');", "TypeError"),
            ("throw 'No';", "a string"),
            ("throw { message: 'No' };", "an object"),
            ("throw new nango.ActionError();", "an ActionError without a message"),
            ("throw new nango.ActionError('No');", "an ActionError without a message"),
            ("throw new nango.ActionError({ error: 'No' });", "an ActionError without a message"),
        ],
    )
    def test_it_does_not(self, text: str, what: str) -> None:
        (finding,) = findings("A02", action(body(text)))
        assert (finding.line, finding.column) == (2, 7)
        assert (
            finding.message
            == f"The action list-orders throws {what}; an ActionError with a message is right."
        )

    def test_what_a_caller_gets_is_not_changed_by_a_mend(self) -> None:
        (finding,) = findings("A02", action(body("throw new Error('No');")))
        assert finding.edits == ()


class TestActionReturnsAnObject:
    @pytest.mark.parametrize(
        "output_type", [": Promise<Order>", ": Promise<{ orders: Order[] }>", "", ": Promise<void>", ": X[]"]
    )
    def test_it_does(self, output_type: str) -> None:
        assert lines("A03", action(signature("", output_type))) == []

    @pytest.mark.parametrize(
        "output_type",
        [
            ": Promise<Order[]>",
            ": Promise<Array<Order>>",
            ": Promise<readonly Order[]>",
            ": Promise<[Order]>",
        ],
    )
    def test_it_does_not(self, output_type: str) -> None:
        (finding,) = findings("A03", action(signature("", output_type)))
        assert (finding.path, finding.line, finding.column) == (ACTION_PATH, 2, 62)

    def test_a_list_is_returned_without_a_type(self) -> None:
        script = "export default async function runAction(nango) {\n    return [1];\n}"
        assert lines("A03", action(script)) == [f"{ACTION_PATH}:2:5"]

    @pytest.mark.parametrize("output", ["Order[]", "[Order]"])
    def test_its_output_is_a_list(self, output: str) -> None:
        assert lines("A03", action("", output_type=output)) == ["nango.yaml:7:25"]

    def test_it_has_no_output(self) -> None:
        assert lines("A03", action("", output_type="")) == []


PAGE = """
const config: ProxyConfiguration = { endpoint: '/orders', params: { limit: 5 } };
export default async function runAction(nango: NangoAction): Promise<Orders> {
    const response = await nango.get(config);
}
"""


class TestListTakesAndGivesACursor:
    @pytest.mark.parametrize(
        ("input_type", "output_type", "script"),
        [
            ("Place", "Paged", PAGE),
            ("Query", "Order", PAGE),
            ("Query", "Orders", ""),
            ("Query", "Orders", PAGE.replace("limit", "id")),
            (
                "Query",
                "Orders",
                body("// The API gives everything in one response.\nawait nango.get(config);"),
            ),
            ("Query", "Orders", PAGE.replace(".get", ".paginate")),
            ("Query", "Orders", PAGE + "await nango.get(config);"),
            ("Unknown", "Paged", PAGE),
        ],
    )
    def test_it_does_or_is_not_certain(self, input_type: str, output_type: str, script: str) -> None:
        assert lines("A05", action(script, input_type=input_type, output_type=output_type)) == []

    @pytest.mark.parametrize(
        ("input_type", "output_type", "script", "expected"),
        [
            ("Query", "Paged", "", ["6:17"]),
            ("", "Paged", "", ["6:17"]),
            ("Place", "Orders", "", ["7:17"]),
            ("Query", "Orders", PAGE, ["6:17", "7:17"]),
        ],
    )
    def test_it_does_not(self, input_type: str, output_type: str, script: str, expected: list[str]) -> None:
        places = lines("A05", action(script, input_type=input_type, output_type=output_type))
        assert places == [f"nango.yaml:{place}" for place in expected]

    def test_a_list_of_a_provider_that_pages(self) -> None:
        single_page = body("await nango.get(config);")
        pages = (
            "export default async function fetchData(nango) { for await (const p of nango.paginate(c)) {} }"
        )
        places = lines("A05", action(single_page, output_type="Orders", syncs__orders=pages))
        assert places == ["nango.yaml:6:17", "nango.yaml:7:17"]
        assert lines("A05", action(single_page, output_type="Orders")) == []
        text = body("// The API gives everything in one response.\nawait nango.get(config);")
        assert lines("A05", action(text, output_type="Orders", syncs__orders=pages)) == []
        assert (
            lines(
                "A05",
                action(
                    body("await nango.get(config);\nawait nango.get(c);"),
                    output_type="Orders",
                    syncs__orders=pages,
                ),
            )
            == []
        )


class TestSignatureNamesTheModels:
    @pytest.mark.parametrize(
        ("input_type", "output_type"),
        [
            (", input: Query", ": Promise<Order>"),
            (", { id }: Query", ""),
            (", input: Partial<Query>", ": Promise<Order | null>"),
            (", input: { id: string }", ": Promise<{ id: string }>"),
            (", input: unknown", ": Promise<any>"),
            (", input: Local", ": Promise<Local>"),
            (", input", ": Elsewhere"),
        ],
    )
    def test_it_does_or_is_not_certain(self, input_type: str, output_type: str) -> None:
        assert places("A06", action(signature(input_type, output_type))) == []

    @pytest.mark.parametrize(
        ("input_type", "output_type", "expected"),
        [
            ("", ": Promise<Order>", ["2:40"]),
            (", input: Order", ": Promise<Order>", ["2:68"]),
            (", input: void", ": Promise<Order>", ["2:68"]),
            (", input: string", ": Promise<Query>", ["2:68", "2:85"]),
            (", input: Query", ": Promise<Many>", ["2:84"]),
            (", input: Query", ": Promise<void>", ["2:84"]),
        ],
    )
    def test_it_does_not(self, input_type: str, output_type: str, expected: list[str]) -> None:
        assert places("A06", action(signature(input_type, output_type))) == expected

    def test_the_entry_names_none_or_a_primitive(self) -> None:
        script = signature(", input: Query", ": Promise<Order>")
        assert places("A06", action(script, input_type="", output_type="")) == ["2:68", "2:84"]
        assert places("A06", action(script, input_type="integer", output_type="string")) == ["2:68", "2:84"]
        assert places("A06", action(script, input_type="Query[]", output_type="a | b")) == []
        script = signature(", input: number", ": Promise<string>")
        assert places("A06", action(script, input_type="integer", output_type="string")) == []
        assert places("A06", action(script, input_type="boolean", output_type="string")) == ["2:68"]

    def test_a_script_without_an_entry_is_left(self) -> None:
        yaml = "integrations: {shop: {actions: {other: {output: Order}}}}"
        assert places("A06", tree(yaml, {ACTION_PATH: signature("", ": Promise<Query>")})) == []


class TestActionSavesNoRecords:
    def test_it_does_not(self) -> None:
        assert places("A07", action(body("await nango.get(c); await other.batchSave(r, 'Order');"))) == []

    def test_it_does(self) -> None:
        text = "await nango.batchSave<Order>(r, 'Order');\nawait nango.batchDelete(r, 'Order');"
        assert places("A07", action(body(text))) == ["2:1", "3:7"]
