"""``check`` with files that cannot be read, are no regular files, or lie outside; and the files it skips."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from tests.cli.sarif_schema import SARIF

from nango_scaffold.cli import main

YAML = """\
integrations:
    shop:
        syncs:
            orders:
                runs: every hour
                output: Order
        actions:
            add-order:
                endpoint: POST /orders
models:
    Order:
        id: string
"""
LOGS = "export default async function fetchData(nango: NangoSync): Promise<void> {\n    nango.log('secret');\n}\n"
SECRET = "export const secret = console.log('do not show this');\n"

Check = Callable[..., tuple[int, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of nango.yaml in a project without git."""
    folder = tmp_path / "project/nango-integrations"
    (folder / "shop/syncs").mkdir(parents=True)
    (folder / "nango.yaml").write_text(YAML)
    (folder / "shop/syncs/orders.ts").write_text(LOGS)
    return folder


@pytest.fixture
def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    def run(*words: str) -> tuple[int, str]:
        code = main(["check", "--project", str(folder.parent), *words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out

    return run


def messages(check: Check, rule: str = "N12") -> list[str]:
    """The messages of a rule, after asserting that all other files are checked all the same."""
    code, out = check("--json", "--select", f"{rule},P06")
    findings = json.loads(out)["findings"]
    assert code == 1
    assert [finding["path"] for finding in findings if finding["rule"] == "P06"] == [
        "nango-integrations/shop/syncs/orders.ts"
    ]
    assert "do not show this" not in out
    return [finding["message"] for finding in findings if finding["rule"] == rule]


class TestWhatCannotBeRead:
    def test_a_link_out_of_the_project(self, folder: Path, check: Check, tmp_path: Path) -> None:
        (tmp_path / "elsewhere.ts").write_text(SECRET)
        (folder / "shop/syncs/linked.ts").symlink_to(tmp_path / "elsewhere.ts")
        (message,) = messages(check)
        assert message.startswith("No rule looks at shop/syncs/linked.ts: ")
        assert "do not show this" not in check()[1]

    def test_a_folder_that_leads_out_of_the_project(self, folder: Path, check: Check, tmp_path: Path) -> None:
        (tmp_path / "elsewhere/syncs").mkdir(parents=True)
        (tmp_path / "elsewhere/syncs/secret.ts").write_text(SECRET)
        (folder / "shop/helpers").symlink_to(tmp_path / "elsewhere")
        (folder / "nango.yaml").write_text(YAML.replace("models:", "    root: {}\nmodels:"))
        (folder / "root").symlink_to("/")
        assert messages(check) == [
            f"No rule looks at {path}: the folder is a link that leads out of the project."
            for path in ("root", "shop/helpers")
        ]

    def test_links_within_the_project_or_its_git_work_tree_are_followed(
        self, folder: Path, check: Check, tmp_path: Path
    ) -> None:
        shared = folder.parent / "shared"
        shared.mkdir()
        (shared / "page.ts").write_text("export async function page(nango) {\n    nango.log('p');\n}\n")
        (folder / "shop/actions").mkdir()
        (folder / "shop/actions/add-order.ts").write_text(
            "import { page } from '../helpers/page.js';\npage();\n"
        )
        (folder / "shop/helpers").symlink_to("../../shared")
        for name, back in (("again", ".."), ("loop", ".")):
            (folder / "shop" / name).symlink_to(back)
        data = json.loads(check("--json", "--select", "P06,N12")[1])
        assert [(finding["rule"], finding["path"]) for finding in data["findings"]] == [
            ("P06", "nango-integrations/shop/helpers/page.ts"),
            ("P06", "nango-integrations/shop/syncs/orders.ts"),
        ]

    def test_what_is_no_regular_file(self, folder: Path, check: Check) -> None:
        os.mkfifo(folder / "shop/syncs/pipe.ts")
        (folder / "shop/syncs/zero.ts").symlink_to("/dev/zero")
        (folder / "shop/syncs/gone.ts").symlink_to("nowhere.ts")
        pipe, *others = sorted(messages(check), key=lambda message: "pipe" not in message)
        assert pipe == "No rule looks at shop/syncs/pipe.ts: a named pipe stands where a file is needed."
        assert len(others) == 2

    def test_a_file_is_not_utf_8(self, folder: Path, check: Check) -> None:
        (folder / "shop/types.ts").write_bytes(b"// a\n// \xe9\n")
        assert messages(check) == [
            "No rule looks at shop/types.ts: byte 0xe9 in line 2 is no UTF-8: save it as UTF-8."
        ]

    def test_a_name_is_not_utf_8(self, folder: Path, check: Check) -> None:
        try:
            Path(os.fsdecode(os.fsencode(folder) + b"/shop/syncs/\xff\x1b.ts")).write_text(SECRET)
        except OSError:
            pytest.skip("this system has no such names")
        (message,) = messages(check)
        assert message.startswith("No rule looks at shop/syncs/\\xff\\x1b.ts: ")
        _, out = check("--format", "sarif")
        jsonschema.validate(json.loads(out), SARIF)

    def test_a_folder_cannot_be_listed(
        self, folder: Path, check: Check, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / "shop/helpers").mkdir()
        scan = os.scandir

        def closed_to_us(path: Path) -> object:
            if str(path).endswith("helpers"):
                raise PermissionError(13, "Permission denied", str(path))
            return scan(path)

        monkeypatch.setattr(os, "scandir", closed_to_us)
        assert messages(check) == [
            "No rule looks at shop/helpers: the folder cannot be read: Permission denied."
        ]

    def test_a_mend_leaves_it_and_mends_the_rest(self, folder: Path, check: Check, tmp_path: Path) -> None:
        (tmp_path / "elsewhere.ts").write_text(SECRET)
        (folder / "shop/syncs/linked.ts").symlink_to(tmp_path / "elsewhere.ts")
        code, _ = check("--fix", "--select", "P06,N12")
        assert code == 1
        assert "await nango.log" in (folder / "shop/syncs/orders.ts").read_text()
        assert (tmp_path / "elsewhere.ts").read_text() == SECRET


class TestWhatIsNotLookedAt:
    @pytest.fixture(autouse=True)
    def _files(self, folder: Path) -> None:
        for path in ("syncs/orders.ts", "legacy/old.ts", "scratch.ts", "legacy/old.test.ts", "legacy/a.d.ts"):
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(SECRET)
        (folder / "shop/syncs/orders.ts").write_text("import { a } from '../../lib/a.js';\na();\n")
        (folder / "lib").mkdir()
        (folder / "lib/a.ts").write_text("import { b } from './b.js';\nexport const a = b;\n")
        (folder / "lib/b.ts").write_text("export async function b(nango) {\n    console.log('b');\n}\n")
        (folder / "add-order.ts").write_text(
            "export default async function run(nango) {\n    nango.log(1);\n}\n"
        )

    def test_it_is_counted_and_named(self, check: Check) -> None:
        _, out = check("--select", "P06")
        assert (
            "3 files not looked at, as nango.yaml leads to no such script, and no script imports it:\n"
            "  nango-integrations/legacy/old.ts\n"
            "  nango-integrations/scratch.ts\n"
            "  nango-integrations/syncs/orders.ts\n"
        ) in out
        data = json.loads(check("--json", "--select", "P06")[1])
        names = [file["path"].removeprefix("nango-integrations/") for file in data["not_looked_at"]]
        assert names == ["legacy/old.ts", "scratch.ts", "syncs/orders.ts"]
        log = json.loads(check("--format", "sarif", "--select", "P06")[1])
        jsonschema.validate(log, SARIF)
        (invocation,) = log["runs"][0]["invocations"]
        assert [
            notification["message"]["text"].split(" ")[0]
            for notification in invocation["toolExecutionNotifications"]
        ] == [f"nango-integrations/{name}" for name in names]

    def test_what_the_cli_compiles_is_looked_at(self, check: Check) -> None:
        """Flat scripts of an entry's name, and what scripts import from wherever it lies."""
        findings = json.loads(check("--json", "--select", "P06")[1])["findings"]
        assert [finding["path"].removeprefix("nango-integrations/") for finding in findings] == [
            "add-order.ts",
            "lib/b.ts",
        ]

    def test_many_are_named_on_demand(self, folder: Path, check: Check) -> None:
        for number in range(12):
            (folder / f"legacy/more-{number}.ts").write_text("")
        assert "and 5 more: see --verbose" in check("--select", "P06")[1]
        assert "more: see" not in check("--select", "P06", "--verbose")[1]
        assert "legacy/more-11.ts" in check("--select", "P06", "--verbose")[1]

    def test_a_script_of_an_entry_that_lies_there_is_named_by_the_entry(
        self, folder: Path, check: Check
    ) -> None:
        (folder / "shop/syncs/orders.ts").unlink()
        assert "; syncs/orders.ts is where Nango does not look." in check("--select", "N02")[1]
