"""The pages of the documentation: their answers can be used, their links lead somewhere, and the site builds."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.docs import recording

from nango_scaffold.answers import load_answers, parse_text
from nango_scaffold.operations import Job, scaffold
from nango_scaffold.providers import find

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
_ANSWERS = re.compile(r"```yaml\n(provider: .*?)```", re.DOTALL)
_LINKS = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def answers() -> Iterator[object]:
    for page in PAGES:
        for index, found in enumerate(_ANSWERS.findall(page.read_text("utf-8"))):
            name = page.relative_to(ROOT / "docs").as_posix()
            yield pytest.param(found, id=f"{name}-{index}")


@pytest.mark.parametrize("text", list(answers()))
def test_answers_on_a_page_give_an_integration(text: str) -> None:
    said = load_answers(parse_text(text, "page"))
    outcome = scaffold(
        [Job(said, find(said.provider, generic=said.provider_facts))], lambda paths: dict.fromkeys(paths)
    )
    assert not outcome.has_conflicts
    for sync in said.syncs:
        assert f"nango-integrations/{said.integration}/syncs/{sync.name}.ts" in outcome.plan.paths("create")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT / "docs").as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    links = [link for link in _LINKS.findall(page.read_text("utf-8")) if not link.startswith("http")]
    made_for_the_site = ("examples/index.md",)
    assert [
        link for link in links if link not in made_for_the_site and not (page.parent / link).exists()
    ] == []


def test_the_recording_is_what_the_wizard_shows_today() -> None:
    assert recording.drawing(recording.recorded()) == recording.FILE.read_text("utf-8")


def test_the_site_builds_and_no_link_in_it_leads_nowhere(tmp_path: Path) -> None:
    built = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "--site-dir",
            str(tmp_path / "site"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    assert (tmp_path / "site/examples/github/index.html").is_file()
    pages = [path.read_text("utf-8") for path in (tmp_path / "site").rglob("index.html")]
    assert all('site.css" rel="stylesheet"' in page for page in pages)
    tables = sum(page.count("<table>") for page in pages)
    assert tables == sum(page.count('<div class="scrolled"><table>') for page in pages) > 20
