"""Unforeseen errors, and Ctrl-C at any time: one line, an exit code of its own, and no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import nango_scaffold
from nango_scaffold import __version__
from nango_scaffold.cli import main
from nango_scaffold.commands import complete, schema
from nango_scaffold.unforeseen import TRACEBACK

PACKAGE = Path(nango_scaffold.__file__).parent


class UnspeakableError(Exception):
    def __str__(self) -> str:
        raise ValueError("not even this")


@pytest.fixture(autouse=True)
def _no_traceback_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TRACEBACK, raising=False)


def raising(error: BaseException, monkeypatch: pytest.MonkeyPatch, of: object = schema) -> None:
    def run(*_: object) -> int:
        raise error

    monkeypatch.setattr(of, "run", run)


class TestInProcess:
    @pytest.mark.parametrize(
        ("error", "message"),
        [
            (KeyError("models"), "KeyError: 'models'"),
            (MemoryError(), "MemoryError"),
            (RecursionError("maximum recursion depth exceeded"), "RecursionError: maximum recursion depth"),
            (ValueError("a\nb\x1b[2J\u202e"), r"ValueError: a\nb\x1b[2J\u202e"),
            (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
            (UnspeakableError(), "UnspeakableError"),
            (ValueError("x" * 5000), "..."),
        ],
    )
    def test_an_error_nobody_foresaw_is_one_line_and_exit_code_70(
        self,
        error: Exception,
        message: str,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        raising(error, monkeypatch)
        assert main(["schema"]) == 70
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        assert err.startswith("nango-scaffold: internal error: ")
        assert message in err
        assert f"nango-scaffold {__version__}, Python 3." in err
        assert "cli.py:" in err
        assert f"run it again with {TRACEBACK}=1 and report what that prints" in err
        assert len(err) < 700

    def test_with_json_the_error_is_data_too(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def fail(_: object) -> Path:
            raise KeyError("x")

        monkeypatch.setattr("nango_scaffold.commands.integrations.find_folder", fail)
        for words in (["--json"], ["--format", "json"], ["--format=json"]):
            assert main(["check", *words]) == 70
            out, err = capsys.readouterr()
            error = json.loads(out)["error"]
            assert error["exit_code"] == 70
            assert "KeyError: 'x' (commands/check.py:" in error["what"]
            assert error["what"] in err

    def test_who_asks_for_the_traceback_gets_it(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        raising(KeyError("\x1b[2J"), monkeypatch)
        monkeypatch.setenv(TRACEBACK, "1")
        assert main(["schema"]) == 70
        err = capsys.readouterr().err
        assert err.startswith("Traceback (most recent call last):\n")
        assert "\x1b" not in err
        assert err.splitlines()[-1].startswith("nango-scaffold: internal error: KeyError")

    def test_where_arguments_are_read_and_lines_completed_it_is_the_same(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        raising(KeyError("x"), monkeypatch, complete)
        assert main(["__complete", "zsh", "n"]) == 70
        monkeypatch.setattr("nango_scaffold.cli.parser", lambda _: 1 / 0)
        assert main(["schema"]) == 70
        assert [line[:31] for line in capsys.readouterr().err.splitlines()] == [
            "nango-scaffold: internal error:"
        ] * 2

    def test_an_endless_recursion_is_one_too(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def run(options: object) -> int:
            return run(options)

        monkeypatch.setattr(schema, "run", run)
        assert main(["schema"]) == 70
        assert capsys.readouterr().err.startswith("nango-scaffold: internal error: RecursionError")

    @pytest.mark.parametrize("of", [schema, complete])
    def test_ctrl_c_is_one_line_and_exit_code_130(
        self, of: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        raising(KeyboardInterrupt(), monkeypatch, of)
        assert main(["schema"] if of is schema else ["__complete", "zsh", "n"]) == 130
        out, err = capsys.readouterr()
        assert (out, err) == ("", "nango-scaffold: interrupted; nothing was left half-done\n")


def in_a_process(before: str, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The program as it is installed, with something done before it starts."""
    code = f"import sys\n{before}\nfrom nango_scaffold.__main__ import run\nsys.exit(run())"
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


FAILING_IMPORT = """
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            raise {error}
sys.meta_path.insert(0, Finder())
"""


class TestAsAProcess:
    def test_an_error_nobody_foresaw(self) -> None:
        before = FAILING_IMPORT.format(module="nango_scaffold.commands.schema", error="KeyError('x')")
        process = in_a_process(before, "schema", "--json")
        assert process.returncode == 70
        assert process.stderr.count("\n") == 1
        assert "internal error: KeyError: 'x'" in process.stderr

    @pytest.mark.parametrize(
        "module", ["nango_scaffold.cli", "nango_scaffold.commands.parser", "nango_scaffold.commands.schema"]
    )
    def test_ctrl_c_while_the_program_is_imported(self, module: str) -> None:
        process = in_a_process(FAILING_IMPORT.format(module=module, error="KeyboardInterrupt"), "schema")
        assert process.returncode == 130
        assert process.stderr == "nango-scaffold: interrupted; nothing was left half-done\n"

    def test_an_installation_that_is_broken(self) -> None:
        before = FAILING_IMPORT.format(module="nango_scaffold.errors", error="ImportError('gone \\x1b[2J')")
        process = in_a_process(before, "schema")
        assert process.returncode == 70
        assert process.stderr.startswith("nango-scaffold: it cannot start: ImportError: gone \\x1b[2J; ")
        assert process.stderr.count("\n") == 1

    def test_ctrl_c_for_real(self, tmp_path: Path) -> None:
        """While standard input is waited for."""
        words = [sys.executable, "-m", "nango_scaffold", "new", "--answers", "-", "--project", str(tmp_path)]
        with subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as run:
            wait_until_it_reads(run.pid)
            run.send_signal(2)
            out, err = run.communicate(timeout=20)
        assert run.returncode == 130
        assert (out, err) == ("", "nango-scaffold: interrupted; nothing was left half-done\n")


def wait_until_it_reads(pid: int) -> None:
    """Until a process sleeps in a read of a pipe, as /proc tells."""
    import time

    state = Path(f"/proc/{pid}/wchan")
    if not state.exists():
        pytest.skip("no /proc here")
    for _ in range(1000):
        if "pipe" in state.read_text():
            return
        time.sleep(0.01)
    pytest.fail("it never read its standard input")
