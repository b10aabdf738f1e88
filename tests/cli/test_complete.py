"""Completion: what the parser and the machine offer next, and the real shells."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from nango_scaffold.cli import main
from nango_scaffold.commands.complete import cut_of, split_line
from nango_scaffold.commands.parser import parser
from nango_scaffold.project.integration_names import integration_names

BIN = str(Path(sys.executable).parent)
NANGO_YAML = """\
# integrations: { no: {} }
integrations:

    github:   # ours
        syncs:
            pull-requests:
                runs: every hour
    'hubspot-eu':
        actions: {}
# a comment in the first column
    "zendesk": {}
models:
    Github:
        id: string
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a nango.yaml, two answers files and a folder."""
    (tmp_path / "nango-integrations").mkdir()
    (tmp_path / "nango-integrations/nango.yaml").write_text(NANGO_YAML)
    (tmp_path / "answers").mkdir()
    for name in ("answers.yml", "a file.yml"):
        (tmp_path / name).write_text("provider: github\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def after(capsys: pytest.CaptureFixture[str], project: Path) -> object:
    def complete(*words: str) -> list[str]:
        assert main(["__complete", "zsh", *words]) == 0
        return [line.partition("\t")[0] for line in capsys.readouterr().out.splitlines()]

    return complete


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_integrations_of_what_is_no_file_are_not_waited_for(after, project: Path, make) -> None:
    path = project / "nango-integrations/nango.yaml"
    assert "github" in after("remove", "")
    path.unlink()
    make(path)
    assert "github" not in after("remove", "")


class TestTheParser:
    def test_every_command_is_offered_with_its_help(self, capsys: pytest.CaptureFixture[str]) -> None:
        main(["__complete", "zsh", ""])
        offered = dict(line.split("\t") for line in capsys.readouterr().out.splitlines()[1:])
        commands = next(
            action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)
        )
        assert set(offered) == set(commands.choices)
        assert all(offered.values())

    def test_a_beginning_is_finished(self, after) -> None:
        assert after("pro") == ["words", "providers"]
        assert after("providers", "re") == ["words", "refresh"]

    def test_options_are_those_of_the_command_and_each_comes_once_unless_it_may_be_repeated(
        self, after
    ) -> None:
        assert after("new", "--pr") == [*("words", "--project", "--providers", "--prefix-models", "--prune")]
        assert after("new", "--prune", "--set", "a=b", "--pr") == [
            *("words", "--project", "--providers", "--prefix-models")
        ]
        assert "--set" in after("new", "--set", "a=b", "--")
        assert after("new", "--no") == ["words"]

    def test_choices_are_offered(self, after) -> None:
        assert after("completion", "") == ["words", "bash", "zsh", "fish"]

    @pytest.mark.parametrize(
        ("words", "kind"),
        [
            (["new", "--answers", "an"], "files"),
            (["new", "--answers=an"], "files"),
            (["new", "--providers", ""], "files"),
            (["new", "--project", ""], "folders"),
            (["new", "--proj", ""], "folders"),  # argparse takes a beginning
        ],
    )
    def test_paths_are_left_to_the_shell(self, after, words: list[str], kind: str) -> None:
        assert after(*words) == [kind]

    def test_behind_what_is_no_command_nothing_is_offered(self, after) -> None:
        assert after("nwe", "") == ["words"]
        assert after("nwe", "--") == ["words"]

    def test_a_command_that_is_added_later_is_completed_too(self, project: Path, capsys) -> None:
        from nango_scaffold.commands import complete

        top = argparse.ArgumentParser()
        commands = top.add_subparsers()
        add = commands.add_parser("add", help="add a script").add_subparsers()
        sync = add.add_parser("sync", help="a sync")
        sync.add_argument("integration", metavar="INTEGRATION")
        sync.add_argument("name", metavar="NAME")
        sync.add_argument("--verify", action="store_true", help="compile it")
        for words, expected in {
            ("add", "sync", "g"): ["github"],
            ("add", "sync", "github", ""): [],
            ("add", "sync", "--", "h"): ["hubspot-eu"],
            ("add", "sync", "github", "users", ""): ["--help", "--verify"],
        }.items():
            complete.run(top, ["fish", *words])
            offered = capsys.readouterr().out.splitlines()[1:]
            assert [line.partition("\t")[0] for line in offered] == expected, words


class TestNames:
    def test_providers_are_those_the_project_would_find(self, after, project: Path) -> None:
        assert after("providers", "show", "hubs") == ["words", "hubspot"]
        package = project / "node_modules/@nangohq/providers"
        package.mkdir(parents=True)
        (package / "providers.yaml").write_text("acme: { display_name: Acme, auth_mode: BASIC }\n")
        assert after("providers", "show", "ac") == ["words", "acme"]
        (project / "mine.yaml").write_text("mine: { auth_mode: JWT }\n")
        assert after("providers", "show", "--providers", "mine.yaml", "") == ["words", "mine"]
        assert after("providers", "list", "--providers=mine.yaml", "--auth-mode", "") == ["words", "JWT"]

    def test_answers_are_offered_for_set_and_providers_behind_provider(self, after) -> None:
        assert after("new", "--set", "sync") == ["unfinished", "sync_names=", "syncs="]
        assert after("new", "--set", "provider=hubs") == ["words", "provider=hubspot"]
        assert after("new", "--set=provider=hubs") == ["words", "--set=provider=hubspot"]

    def test_integrations_are_those_of_nango_yaml(self) -> None:
        assert integration_names(NANGO_YAML) == ["github", "hubspot-eu", "zendesk"]
        assert integration_names("models: {}\n") == []
        assert integration_names("") == []

    def test_only_what_no_shell_would_run_is_offered(self, after, project: Path) -> None:
        """Names from untrusted files: keys of nango.yaml, keys of a catalogue, and other values in them."""
        hostile = ["$(touch${IFS}x)", "`touch x`", "a;touch x", "a b", "-rf", "x'y", "a|b", "a&b", "\x1b[31m"]
        keys = "".join(f"    {json.dumps(name)}: {{}}\n" for name in hostile)
        (project / "nango-integrations/nango.yaml").write_text(
            f"integrations:\n    github: {{}}\n{keys}models: {{}}\n"
        )
        assert after("remove", "") == ["words", "github"]
        cards = "".join(
            f"{json.dumps(name)}: {{ display_name: {json.dumps(name)}, auth_mode: {json.dumps(name)}, "
            f"categories: [{json.dumps(name)}] }}\n"
            for name in hostile
        )
        (project / "mine.yaml").write_text(f"{cards}good: {{ auth_mode: JWT, categories: [crm] }}\n")
        catalogue = ("--providers", "mine.yaml")
        assert after("providers", "show", *catalogue, "") == ["words", "good"]
        assert after("new", *catalogue, "--set", "provider=") == ["words", "provider=good"]
        assert after("providers", "list", *catalogue, "--auth-mode", "") == ["words", "JWT"]
        assert after("providers", "list", *catalogue, "--category", "") == ["words", "crm"]

    def test_the_help_of_a_name_cannot_make_a_line_of_its_own(self, project: Path, capsys) -> None:
        (project / "mine.yaml").write_text(
            'good: { display_name: "a\\nevil\\t$(x)\\e[31m\\u202e", auth_mode: JWT }\n'
        )
        main(["__complete", "zsh", "providers", "show", "--providers", "mine.yaml", ""])
        lines = capsys.readouterr().out.splitlines()
        assert [line.partition("\t")[0] for line in lines] == ["words", "good"]
        assert lines[1].count("\t") == 1
        assert "\x1b" not in lines[1]
        assert "\u202e" not in lines[1]

    def test_a_pipe_in_the_place_of_nango_yaml_is_not_waited_for(self, after, project: Path) -> None:
        path = project / "nango-integrations/nango.yaml"
        path.unlink()
        os.mkfifo(path)
        assert after("remove", "") == ["words"]
        assert after("providers", "show", "--providers", str(path), "") == ["words"]

    def test_what_cannot_be_read_offers_nothing(self, after, project: Path) -> None:
        (project / "mine.yaml").write_text("[")
        assert after("providers", "show", "--providers", "mine.yaml", "") == ["words"]
        assert after("providers", "show", "--providers", "nowhere.yaml", "") == ["words"]


class TestBashLines:
    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("x new ", ["x", "new", ""]),
            ("x new", ["x", "new"]),
            ("x --set provider=git", ["x", "--set", "provider=git"]),
            ("x 'a b' \"c d", ["x", "a b", "c d"]),
            (r"x a\ b", ["x", "a b"]),
            (r"x a\ ", ["x", "a "]),
            ("x \\", ["x", ""]),
            ("x 'it", ["x", "it"]),
            ('x ""', ["x", ""]),
            ("x", ["x"]),
        ],
    )
    def test_a_line_is_split_as_bash_splits_it(self, line: str, words: list[str]) -> None:
        assert split_line(line) == words

    def test_what_bash_takes_for_words_of_their_own_is_not_given_again(self) -> None:
        breaks = " \t\n\"'><=;|&(:"
        assert cut_of(breaks, "x --set provider=git") == len("provider=")
        assert cut_of(breaks, 'x --set "provider=git') == 0
        assert cut_of(breaks, "x --set ") == 0
        assert cut_of(" ", "x --set provider=git") == 0


class TestCost:
    def test_what_parses_is_not_imported_once_the_index_is_there(self, project: Path) -> None:
        code = "import sys; from nango_scaffold.cli import main; main(sys.argv[1:]); print([n for n in ('yaml', 'jinja2', 'rich', 'copier') if n in sys.modules])"
        command = [sys.executable, "-c", code, "__complete", "zsh", "providers", "show", "hubs"]
        runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2)]
        assert runs[-1].stdout == "words\nhubspot\tHubSpot\n[]\n"


# The real shells


def script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


@pytest.fixture
def environment() -> dict[str, str]:
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "TERM": "dumb"}


CASES = {
    "nango-scaffold provi": ["providers"],
    "nango-scaffold providers show hubs": ["hubspot"],
    "nango-scaffold new --set sync_n": ["sync_names="],
    "nango-scaffold new --answers an": ["answers", "answers.yml"],
    "nango-scaffold new --project an": ["answers"],
}

BASH = """
source /dev/stdin <<'SCRIPT'
{script}
SCRIPT
complete_line() {{
    COMP_LINE=$1 COMP_POINT=${{#1}}
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _nango_scaffold 2>/dev/null
    printf '%s\\n' "${{COMPREPLY[@]}}" | sort
    echo .
}}
{calls}
"""


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
class TestBash:
    def test_it_completes_commands_names_and_paths(
        self, project: Path, environment: dict[str, str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        cases = {
            **CASES,
            "nango-scaffold new --set provider = hubs": ["hubspot"],  # bash breaks words at =
            "nango-scaffold new --set provider =": ["github", "hubspot", "zendesk"],
        }
        lines = [line.replace(" = ", "=").replace(" =", "=") for line in cases]
        calls = [f"complete_line '{line}' {words}" for line, words in zip(lines, cases, strict=True)]
        result = subprocess.run(
            ["bash", "--norc", "-c", BASH.format(script=script("bash", capsys), calls="\n".join(calls))],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        offered = result.stdout.removesuffix(".\n").split("\n.\n")
        for (line, expected), candidates in zip(cases.items(), offered, strict=True):
            words = candidates.split("\n")
            assert [word for word in words if word in expected] == expected, line
            assert words == expected or line.endswith("="), line

    def test_nothing_that_is_offered_runs(
        self, project: Path, environment: dict[str, str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Each completion is put on the command line and run, with untrusted names in every file."""
        trap = "$(touch${IFS}trapped)"
        (project / "nango-integrations/nango.yaml").write_text(
            f"integrations:\n    '{trap}': {{}}\n    github: {{}}\nmodels: {{}}\n"
        )
        (project / trap).write_text("")
        lines = ["nango-scaffold remove ", "nango-scaffold new --answers $"]
        calls = [
            f"complete_line '{line}' {line.replace('$', chr(92) + '$')}" + ("''" if line[-1] == " " else "")
            for line in lines
        ]
        calls.append('for word in "${COMPREPLY[@]}"; do eval "echo $word"; done')
        result = subprocess.run(
            ["bash", "--norc", "-c", BASH.format(script=script("bash", capsys), calls="\n".join(calls))],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert "github\n.\n" in result.stdout
        assert result.stdout.splitlines()[-1] == trap
        assert not (project / "trapped").exists()

    def test_at_a_prompt(self, project: Path, environment: dict[str, str]) -> None:
        shell = pexpect.spawn(
            "bash", ["--norc", "-i"], cwd=project, env=environment, encoding="utf-8", timeout=20
        )
        shell.sendline('PS1="> "; eval "$(nango-scaffold completion bash)"; echo re""ady')
        shell.expect("ready")
        shell.send("nango-scaffold providers show hubs\t")
        shell.expect("hubspot ")
        shell.send("\x15echo nango\x15")
        shell.send("nango-scaffold new --set provider=hubs\t")
        shell.expect("provider=hubspot ")
        shell.send("\x15nango-scaffold new --answers a\\ fi\t")
        shell.expect_exact("a\\ file.yml ")
        shell.send("\x15exit\n")
        shell.expect(pexpect.EOF)


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_zsh_at_a_prompt(project: Path, environment: dict[str, str]) -> None:
    environment = {**environment, "TERM": "xterm", "ZDOTDIR": str(project)}
    shell = pexpect.spawn("zsh", ["-f", "-i"], cwd=project, env=environment, encoding="utf-8", timeout=20)
    shell.sendline("PS1='> '; unsetopt zle_bracketed_paste 2>/dev/null; autoload -U compinit; compinit -u -D")
    shell.sendline("source <(nango-scaffold completion zsh); echo re''ady")
    shell.expect("ready")
    for typed, finished in (
        ("nango-scaffold providers show hubs\t", "hubspot"),
        ("nango-scaffold new --set provider=hubs\t", "provider=hubspot"),
        ("nango-scaffold new --answers answers.\t", "answers.yml"),
        ("nango-scaffold new --answers=answers.\t", "--answers=answers.yml"),
        ("nango-scaffold completion b\t", "completion bash"),
    ):
        shell.send(f"{typed}\x01print -r -- '<\x05>'\n")
        shell.expect(r"\n<(nango-scaffold [^>]*)>")
        assert shell.match[1].rstrip().endswith(finished), typed
    shell.sendline("exit")
    shell.expect(pexpect.EOF)


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_fish(project: Path, environment: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    cases = {
        **CASES,
        "nango-scaffold new --set provider=hubs": ["provider=hubspot"],
        "nango-scaffold new --answers=an": ["--answers=answers.yml", "--answers=answers/"],
        "nango-scaffold new --answers an": ["answers.yml", "answers/"],
        "nango-scaffold new --project an": ["answers/"],
    }
    requests = "\n".join(f"complete -C '{line}'; echo ." for line in cases)
    result = subprocess.run(
        ["fish", "--no-config", "-c", f"{script('fish', capsys)}\n{requests}"],
        cwd=project,
        env={**environment, "HOME": str(project)},
        capture_output=True,
        text=True,
        check=True,
    )
    for (line, expected), candidates in zip(cases.items(), result.stdout.split(".\n"), strict=False):
        assert sorted(candidate.partition("\t")[0] for candidate in candidates.splitlines()) == sorted(
            expected
        ), line
