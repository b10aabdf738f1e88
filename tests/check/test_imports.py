"""The rules about what scripts import, and how."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from nango_scaffold.check import Tree, fixed

from .broken_scripts import look, scripts
from .support import findings, lines, tree

YAML = """
integrations:
    shop:
        syncs:
            orders:
                runs: every hour
                output: Order
models:
    Order:
        id: string
"""
SYNC = "shop/syncs/orders.ts"


def with_sync(text: str, **more: str) -> Tree:
    files = {path.replace("__", "/") + ".ts": held for path, held in more.items()}
    return tree(YAML, {SYNC: text, **files})


def mended(rule: str, folder: Tree) -> str:
    """The sync after the rule's edits, which leave no finding."""
    texts = fixed(folder.files, findings(rule, folder))
    assert lines(rule, Tree({**folder.files, **texts}, {})) == []
    return texts[SYNC]


def crlf(folder: Tree) -> Tree:
    return Tree({path: "\ufeff" + text.replace("\n", "\r\n") for path, text in folder.files.items()}, {})


class TestValueImportsEndInJs:
    @pytest.mark.parametrize(
        "text",
        [
            "import { toOrder } from '../mappers/to-order.js';\ntoOrder();",
            "import type { Order } from '../../models';",
            "import { Order } from '../../models';\nlet order: Order;",
            "import { type Order } from '../../models';",
            "import { z } from 'zod';\nz.string();",
            "import data from './data.json';\ndata();",
            "import x = require('./x');",
            "import { toOrder } from '../mappers/to-order",
            "",
            "// import { a } from './a'",
        ],
    )
    def test_it_does_or_need_not(self, text: str) -> None:
        assert lines("T04", with_sync(text)) == []

    @pytest.mark.parametrize(
        ("text", "column"),
        [
            ("import { toOrder } from '../mappers/to-order';\ntoOrder();", 25),
            ("import { toOrder as to } from '../mappers/to-order';\nto();", 31),
            ("import { type Order, toOrder } from '../mappers/to-order';\ntoOrder();", 37),
            ("import * as mappers from '../mappers/to-order';\nmappers.toOrder();", 26),
            ("import '../mappers/to-order';", 8),
            ("import { toOrder } from '../mappers/to-order.ts';\ntoOrder();", 25),
        ],
    )
    def test_it_does_not(self, text: str, column: int) -> None:
        folder = with_sync(text, **{"shop__mappers__to-order": "export {};"})
        assert lines("T04", folder) == [f"{SYNC}:1:{column}"]
        right = text.replace("to-order.ts'", "to-order'").replace("to-order'", "to-order.js'")
        assert mended("T04", folder) == right
        assert mended("T04", crlf(folder)) == "\ufeff" + right.replace("\n", "\r\n")

    def test_a_folder_is_named_by_its_index(self) -> None:
        folder = with_sync("import { a } from '../helpers';\na();", shop__helpers__index="export {};")
        assert mended("T04", folder) == "import { a } from '../helpers/index.js';\na();"

    def test_javascript_of_that_name_would_be_another_file(self) -> None:
        folder = with_sync("import { a } from './a';\na();", shop__syncs__a="export const a = () => 1;")
        (finding,) = findings("T04", replace(folder, javascript=frozenset({"shop/syncs/a.js"})))
        assert finding.edits == ()

    def test_a_dot_in_a_name_is_no_ending(self) -> None:
        folder = with_sync("import { a } from '../../schema.zod';\na();", **{"schema.zod": "export {};"})
        assert mended("T04", folder) == "import { a } from '../../schema.zod.js';\na();"

    def test_what_is_not_there_is_left_to_a_person(self) -> None:
        (finding,) = findings("T04", with_sync("import { a } from './a';\na();"))
        assert finding.message == "The import of ./a does not name the file with .js at its end."
        assert (finding.level, finding.edits) == ("error", ())


class TestTypesImportedAsTypes:
    @pytest.mark.parametrize(
        "text",
        [
            "import type { Order } from '../../models';\nlet order: Order;",
            "import { toOrder } from '../mappers/to-order.js';\ntoOrder();",
            "import { Order } from '../../models';",
            "import { Order, toOrder } from './x.js';\nlet order: Order = toOrder();",
            "import { Order } from './x.js';\nclass Mine extends Order {}",
            "import { Order } from './x.js';\nexport { Order };",
            "import { Order } from './x.js';\nexport default Order;",
            "import { Order } from './x.js';\nlet order: Order; const all = { Order };",
            "import { Order } from './x.js';\nlet order: Order; order instanceof Order;",
            "import './x.js';",
            "import x = require('./x');\nlet order: x;",
            "import { Order } from '../../models';\nlet order: Order = (;",
            "import { Order } fro",
        ],
    )
    def test_they_are_or_it_is_not_certain(self, text: str) -> None:
        assert lines("T05", with_sync(text)) == []

    @pytest.mark.parametrize(
        ("text", "right"),
        [
            (
                "import { Order } from '../../models';\nlet order: Order;",
                "import type { Order } from '../../models';\nlet order: Order;",
            ),
            (
                "import { Order as It } from './x.js';\nlet order: It[];",
                "import type { Order as It } from './x.js';\nlet order: It[];",
            ),
            (
                "import { type Order, type Item } from './x.js';",
                "import type { Order, Item } from './x.js';",
            ),
            (
                "import { type Order, Item } from './x.js';\nf<Item>();",
                "import type { Order, Item } from './x.js';\nf<Item>();",
            ),
            (
                "import{Order}from './x.js';\nclass Mine implements Order {}",
                "import type {Order}from './x.js';\nclass Mine implements Order {}",
            ),
            (
                "import * as api from './x.js';\nlet order: api.Order;",
                "import type * as api from './x.js';\nlet order: api.Order;",
            ),
            (
                "import schema from './x.js';\nlet order: z.infer<typeof schema>;",
                "import type schema from './x.js';\nlet order: z.infer<typeof schema>;",
            ),
        ],
    )
    def test_they_are_not(self, text: str, right: str) -> None:
        folder = with_sync(text)
        assert lines("T05", folder) == [f"{SYNC}:1:1"]
        assert mended("T05", folder) == right
        assert mended("T05", crlf(folder)) == "\ufeff" + right.replace("\n", "\r\n")

    def test_types_among_values_want_two_statements(self) -> None:
        text = "import { type Order, toOrder, type Item as It } from './x.js';\ntoOrder();"
        folder = with_sync(text)
        assert lines("T05", folder) == [f"{SYNC}:1:10", f"{SYNC}:1:31"]
        assert [finding.edits for finding in findings("T05", folder)] == [(), ()]

    def test_a_default_and_others_want_two_statements(self) -> None:
        (finding,) = findings("T05", with_sync("import a, { B } from './x.js';\nlet x: a | B;"))
        assert finding.message == "The import of ./x.js is of types alone, but is not an import type."
        assert finding.edits == ()


class TestModelsFromTheRoot:
    @pytest.mark.parametrize("source", ["../../models", "../../models.js", "@acme/models", "../models/order"])
    def test_they_are(self, source: str) -> None:
        assert lines("T06", with_sync(f"import type {{ Order }} from '{source}';")) == []

    def test_types_import_them_from_one_level_up(self) -> None:
        folder = tree(YAML, {"shop/types.ts": "import type { Order } from '../models';"})
        assert lines("T06", folder) == []

    def test_an_integration_may_have_models_of_its_own(self) -> None:
        folder = with_sync("import type { Order } from '../models';", shop__models="export {};")
        assert lines("T06", folder) == []

    def test_what_lies_outside_is_not_known(self) -> None:
        assert lines("T06", with_sync("import type { Order } from '../../../models';")) == []

    @pytest.mark.parametrize(
        ("source", "right"), [("../models", "../../models"), ("./models.js", "../../models.js")]
    )
    def test_the_path_leads_nowhere(self, source: str, right: str) -> None:
        folder = with_sync(f"import type {{ NangoSync, Order }} from '{source}';\n")
        assert lines("T06", folder) == [f"{SYNC}:1:39"]
        assert mended("T06", folder) == f"import type {{ NangoSync, Order }} from '{right}';\n"

    def test_it_may_mean_another_file(self) -> None:
        (finding,) = findings("T06", with_sync("import type { Cat } from '../models';"))
        assert finding.message == "The import of ../models leads nowhere: the models are in ../../models."
        assert finding.edits == ()


class TestOnlyPackagesThatRun:
    @pytest.mark.parametrize(
        "text",
        [
            "import { z } from 'zod';\nz.string();",
            "import crypto from 'node:crypto';\ncrypto();",
            "import type { AxiosResponse } from 'axios';",
            "import { AxiosResponse } from 'axios';\nlet response: AxiosResponse;",
            "import { a } from '../helpers/a.js';\na();",
            "import { a } from '",
            "import",
        ],
    )
    def test_it_runs(self, text: str) -> None:
        assert lines("T10", with_sync(text)) == []

    @pytest.mark.parametrize(
        ("text", "column"),
        [
            ("import axios from 'axios';\naxios.get();", 19),
            ("import { join } from 'node:path';\njoin();", 22),
            ("import 'dotenv/config';", 8),
            ("import * as fs from 'fs';\nfs.readFileSync();", 21),
        ],
    )
    def test_it_does_not(self, text: str, column: int) -> None:
        assert lines("T10", with_sync(text)) == [f"{SYNC}:1:{column}"]

    def test_what_a_script_imports_runs_too(self) -> None:
        folder = with_sync("import { a } from '../helpers/a.js';\na();", shop__helpers__a="import 'axios';\n")
        assert lines("T10", folder) == ["shop/helpers/a.ts:1:8"]

    def test_a_file_that_no_script_imports_does_not_run(self) -> None:
        assert lines("T10", with_sync("", shop__helpers__find="import 'dotenv/config';\n")) == []


@given(scripts())
def test_no_text_is_too_odd(text: str) -> None:
    look("T04 T05 T06 T10", text)
