"""Printed output never decides the exit code, holds no control characters, and fits any encoding."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nango_scaffold.cli import main
from nango_scaffold.output import is_terminal, write

HUBSPOT = ("--set", "provider=hubspot", "--set", "sync_names=users")
FULL = Path("/dev/full")
ESC, TURNED = "\x1b[31m", "\u202e"


def run(*words: str, redirected: str = "", **variables: str) -> subprocess.CompletedProcess[bytes]:
    """The program behind a shell, which redirects what a test wants redirected."""
    script = f'exec "$@" {redirected}'
    return subprocess.run(
        ["sh", "-c", script, "sh", sys.executable, "-m", "nango_scaffold", *words],
        env={**os.environ, **variables},
        capture_output=True,
        check=False,
    )


class TestEncodings:
    @pytest.mark.parametrize(
        ("variables", "encoding"),
        [
            ({"PYTHONIOENCODING": "cp1252"}, "cp1252"),
            ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "ascii"),
        ],
    )
    def test_a_tree_is_drawn_in_what_the_encoding_has(
        self, variables: dict[str, str], encoding: str, tmp_path: Path
    ) -> None:
        process = run("new", "--project", str(tmp_path / "größe"), *HUBSPOT, **variables)
        assert (process.returncode, process.stderr) == (0, b"")
        output = process.stdout.decode(encoding)
        assert "\n|-- nango-integrations/\n|   |-- .gitattributes" in output
        assert "\n|   |-- hubspot/\n|   |   |-- " in output
        assert "\n`-- tsconfig.json" in output

    def test_an_error_is_spelled_too_and_json_stays_json(self, tmp_path: Path) -> None:
        variables = {"PYTHONIOENCODING": "ascii"}
        process = run("providers", "show", "größe", "--json", **variables)
        assert process.returncode == 2
        assert b"'gr??e'" in process.stderr
        assert "größe" in json.loads(process.stdout)["error"]["what"]


class TestStreamsThatFail:
    @pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
    def test_a_full_disk_is_said_once_and_the_exit_code_is_the_commands_own(self, tmp_path: Path) -> None:
        project = str(tmp_path)
        line = b"nango-scaffold: standard output cannot be written: No space left on device\n"
        for words, code in ((("schema",), 0), (("--help",), 0), (("doctor", "--project", project), 1)):
            process = run(*words, redirected=">/dev/full")
            assert (process.returncode, process.stderr) == (code, line), words
        process = run("new", "--project", project, *HUBSPOT, redirected=">/dev/full")
        assert (process.returncode, process.stderr) == (0, line)
        assert (tmp_path / "nango-integrations/hubspot/syncs/users.ts").is_file()
        assert run("nonsense", redirected="2>/dev/full").returncode == 2

    @pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
    def test_streams_that_are_not_open_change_nothing(self, closed: str, tmp_path: Path) -> None:
        process = run("new", "--project", str(tmp_path), *HUBSPOT, redirected=closed)
        assert (process.returncode, process.stderr) == (0, b"")
        assert (tmp_path / "nango-integrations/hubspot/syncs/users.ts").is_file()
        assert run("new", redirected=closed).returncode == 2

    def test_a_reader_of_errors_that_is_gone_is_no_error(self) -> None:
        command = [sys.executable, "-m", "nango_scaffold", "providers", "show", "githob"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
            assert started.stdout
            assert started.stderr
            started.stderr.close()
            assert started.stdout.read() == b""
        assert started.returncode == 2

    def test_no_stream_is_no_terminal(self) -> None:
        write("nothing", None)
        assert not is_terminal(None)
        closed = io.StringIO()
        closed.close()
        write("nothing", closed)
        assert not is_terminal(closed)


def strings(data: object) -> Iterator[str]:
    """Every string in some data."""
    if isinstance(data, str):
        yield data
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for item in inner:
        yield from strings(item)


def hostile_project(folder: Path) -> Path:
    root = folder / "nango-integrations"
    (root / "git").mkdir(parents=True)
    (root / "nango.yaml").write_text(
        'integrations:\n    git:\n        syncs:\n            "a\\e[31m\\u202eb\\u200b":\n'
        "                runs: every 5 parsecs\n                endpoint: /x\n"
        '                output: "M\\x9b"\nmodels: {}\n'
    )
    (root / os.fsdecode(b"git/bad\xff.ts")).write_text("export const a = 1\n")
    (root / f"git/{ESC}{TURNED}.ts").write_text("export const a = 1\n")
    return folder


class TestHostileNames:
    """Names from nango.yaml, from files, from catalogues, from the command line."""

    def visible_output(self, capsys: pytest.CaptureFixture[str]) -> str:
        out, err = capsys.readouterr()
        output = out + err
        assert output
        for character in "\x1b\x9b\u202e\u200b\udcff":
            assert character not in output
        return output

    @pytest.mark.parametrize("format", ["text", "json", "sarif"])
    def test_check(self, tmp_path: Path, format: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", str(hostile_project(tmp_path)), "--format", format, "--verbose"]) == 1
        if format == "text":
            assert r"\x1b[31m\u202eb\u200b" in self.visible_output(capsys)
        else:
            output = self.visible_output(capsys)
            assert r"\u001b[31m\u202eb\u200b" in output
            assert any("\x1b[31m\u202eb\u200b" in text for text in strings(json.loads(output)))

    def test_a_catalogue(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        catalogue = tmp_path / "providers.yaml"
        catalogue.write_text(
            'acme: { display_name: "Ac\\e[31m\\u202e\\u200b", auth_mode: "B\\x9b", categories: ["c\\u202e"], '
            'docs: "https://x.example/\\u202e" }\n"evil\\e[31m\\u202e": { display_name: E, auth_mode: NONE }\n'
        )
        for words in (
            ["list"],
            ["list", "--json"],
            ["show", "acme"],
            ["show", "acme", "--json"],
            ["show", ESC],
        ):
            main(["providers", *words, "--providers", str(catalogue)])
            self.visible_output(capsys)

    def test_answers_and_the_words_of_the_command_line(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        answers = tmp_path / f"a{ESC}{TURNED}.yml"
        answers.write_text('provider: "git\\e[31m\\u202e"\nsync_names: ["x\\u200b"]\n"k\\x9b": 1\n')
        assert main(["new", "--answers", str(answers), "--project", str(tmp_path)]) == 2
        assert r"\u202e" in self.visible_output(capsys)
        assert main(["remove", f"git{ESC}{TURNED}", "--project", str(tmp_path)]) == 2
        self.visible_output(capsys)
        for words in ([f"{ESC}{TURNED}"], ["new", f"--{ESC}"], ["schema", f"{TURNED}"]):
            with pytest.raises(SystemExit):
                main(words)
            assert r"\x1b" in (output := self.visible_output(capsys)) or r"\u202e" in output

    def test_a_diff(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / ".gitignore").write_text("node_modules\n# \x1b[31m\u202e\u200b\x9b\n")
        (tmp_path / "nango-integrations").mkdir()
        (tmp_path / "nango-integrations/nango.yaml").write_text(
            "# \u202e\u200b\nintegrations: {}\nmodels: {}\n"
        )
        assert main(["new", "--project", str(tmp_path), *HUBSPOT, "--dry-run"]) == 0
        assert r"# \u202e\u200b" in self.visible_output(capsys)
