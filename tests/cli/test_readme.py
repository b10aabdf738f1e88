"""What the README shows is what happens."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from nango_scaffold.cli import main

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()


def test_the_shown_output_is_that_of_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    example = re.search(r"\$ nango-scaffold (new [^\n]*)\n(.*?)\n\$ ", README, re.S)
    assert example is not None
    words = example[1].replace("examples/", f"{ROOT}/examples/").split()
    monkeypatch.chdir(tmp_path)
    assert main(words) == 0
    assert capsys.readouterr().out.strip() == example[2].strip()


def test_every_file_it_links_to_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if not link.startswith("http")]
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_ci_runs_exactly_the_second_command() -> None:
    commands = re.findall(r"^    (python3 dev\.py [^#\n]*?) +#", README, re.M)
    assert commands == ["python3 dev.py demo my-project", "python3 dev.py test"]
    script = (ROOT / ".ci/run").read_text()
    assert script.rstrip().endswith("exec python3 dev.py test")
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_options_it_lists_are_those_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["new", "--help"])
    offered = set(re.findall(r"^  (--[a-z-]+)", capsys.readouterr().out, re.M))
    listed = set(re.findall(r"^\| `(--[a-z-]+)", README, re.M))
    assert listed <= offered
    assert offered - listed <= {"--yes", "--help"}
