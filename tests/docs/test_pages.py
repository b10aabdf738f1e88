"""The pages of the documentation: their answers can be used, their links lead somewhere, and the site builds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.docs import browser, recording

from nango_scaffold.answers import load_answers, parse_text
from nango_scaffold.cli import main
from nango_scaffold.operations import Job, scaffold
from nango_scaffold.plan.paths import NANGO_YAML
from nango_scaffold.providers import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
_ANSWERS = re.compile(r"```yaml\n(provider: .*?)```", re.DOTALL)
_LINKS = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def answers() -> Iterator[object]:
    for page in PAGES:
        for index, text in enumerate(_ANSWERS.findall(page.read_text("utf-8"))):
            name = page.relative_to(ROOT / "docs").as_posix()
            yield pytest.param(text, id=f"{name}-{index}")


@pytest.mark.parametrize("text", list(answers()))
def test_answers_on_a_page_give_an_integration(text: str) -> None:
    loaded = load_answers(parse_text(text, "page"))
    outcome = scaffold(
        [Job(loaded, find(loaded.provider, generic=loaded.provider_facts))],
        lambda paths: dict.fromkeys(paths),
    )
    assert not outcome.has_conflicts
    for sync in loaded.syncs:
        assert f"nango-integrations/{loaded.integration}/syncs/{sync.name}.ts" in outcome.plan.paths("create")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT / "docs").as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    links = [link for link in _LINKS.findall(page.read_text("utf-8")) if not link.startswith("http")]
    made_for_the_site = ("examples/index.md",)
    assert [
        link for link in links if link not in made_for_the_site and not (page.parent / link).exists()
    ] == []


def test_the_recording_is_what_the_wizard_shows_today() -> None:
    assert recording.drawing(recording.recorded()) == recording.FILE.read_text("utf-8")


def test_home_shows_what_a_run_makes_of_a_nango_yaml(tmp_path: Path) -> None:
    home = (ROOT / "docs/index.md").read_text("utf-8")
    before, after = re.findall(r'```yaml title="[^\n]*\n(.*?)```', home, re.DOTALL)
    command, lines = re.findall(r'title="after: ([^"]*)" hl_lines="([^"]*)"', home)[0]
    (tmp_path / NANGO_YAML).parent.mkdir()
    (tmp_path / NANGO_YAML).write_text(before)
    assert main([*command.split(), "--project", str(tmp_path), "--quiet", "--yes"]) == 0
    assert (tmp_path / NANGO_YAML).read_text() == after
    spans = [span.split("-") for span in lines.split()]
    added = {line for first, last in spans for line in range(int(first), int(last) + 1)}
    unmarked = [line for number, line in enumerate(after.splitlines(), 1) if number not in added]
    assert unmarked == before.splitlines()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site. Not --quiet, which hides warnings from --strict, too."""
    target = tmp_path_factory.mktemp("built") / "site"
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return target


def test_the_site_builds_and_no_link_in_it_leads_nowhere(site: Path) -> None:
    assert (site / "examples/github/index.html").is_file()
    pages = [path.read_text("utf-8") for path in site.rglob("index.html")]
    assert all('site.css" rel="stylesheet"' in page for page in pages)
    tables = sum(page.count("<table>") for page in pages)
    assert tables == sum(page.count('<div class="scrolled"><table>') for page in pages) > 20


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = browser.browser_path()
    if path is None:
        pytest.skip("there is no Chromium on the PATH; the workflow that publishes the site has one")
    with browser.browsing(path) as started:
        yield started


class TestInABrowser:
    def test_the_main_pages_fit_a_phone_and_a_desktop_without_an_error(
        self, site: Path, chromium: Browser
    ) -> None:
        with browser.served(site) as root:
            report = browser.visit(chromium, root, browser.PICTURED)
            assert report.problems + browser.dead_links(report, site, root) == []
        assert len(report.pages) == len(browser.PICTURED)
        assert len(report.links) > 100

    @pytest.mark.nightly
    def test_every_page_does(self, site: Path, chromium: Browser) -> None:
        with browser.served(site) as root:
            report = browser.visit(chromium, root, browser.addresses(site))
            assert report.problems + browser.dead_links(report, site, root) == []
        assert len(report.pages) > 50

    @pytest.mark.parametrize(("scheme", "name"), [("light", "default"), ("dark", "slate")])
    def test_the_scheme_is_that_of_the_system_and_can_be_read(
        self, scheme: str, name: str, site: Path, chromium: Browser
    ) -> None:
        page = chromium.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        with browser.served(site) as root:
            for path in ("", "tutorial/", "examples/github/"):
                page.goto(root + path)
                page.wait_for_selector(f"body[data-md-color-scheme={name}]")
                assert browser.faint_text(page) == [], path
        page.close()

    def test_the_first_screen_of_home_has_what_one_must_know(self, site: Path, chromium: Browser) -> None:
        width, height = browser.DESKTOP
        page = chromium.new_page(viewport={"width": width, "height": height})
        with browser.served(site) as root:
            page.goto(root)
            for text in ("uvx --from", "Why not a template?", "nango.yaml before", "after: new"):
                box = page.locator(".md-content").get_by_text(text).first.bounding_box()
                assert box is not None, text
                assert box["y"] + box["height"] < height, text
            box = page.locator(".recording img").bounding_box()
            assert box is not None
            assert box["y"] + box["height"] < height
        page.close()

    def test_search_finds(self, site: Path, chromium: Browser) -> None:
        page = chromium.new_page()
        with browser.served(site) as root:
            for words, target in SEARCHED.items():
                addresses = browser.search(page, root, words)
                assert target in [address.partition("#")[0] for address in addresses[:5]], words
        page.close()

    def test_what_is_wrong_with_a_page_is_reported(self, tmp_path: Path, chromium: Browser) -> None:
        (tmp_path / "index.html").write_text(WRONG)
        with browser.served(tmp_path) as root:
            report = browser.visit(chromium, root, [""])
            report.problems += browser.dead_links(report, tmp_path, root)
            page = chromium.new_page()
            page.goto(root)
            assert browser.faint_text(page) == ["p.faint has a contrast of 2.3"]
            page.close()
        problems = "\n".join(report.problems)
        for part in (
            "at 390 px: the page is 708 wide",
            "at 390 px: div.cut is cut off",
            "console: oops",
            "pageerror: thrown",
            "404",
            "request: http://localhost:1/elsewhere.js",
            "missing.png is no picture",
            "nowhere/ leads nowhere",
            "#no-such-place leads to no place on that page",
        ):
            assert part in problems, part
        assert "at 1280 px: the page" not in problems


def test_where_no_browser_is_the_command_fails_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.main([str(tmp_path)]) == 1
    assert "no Chromium on the PATH" in capsys.readouterr().err


SEARCHED = {
    "cursor pagination": "patterns/",
    "dry run": "tutorial/",
    "exit codes": "reference/command-line/",
    "elevenlabs": "reference/resources/",
    "copier update": "copier/",
    "uvx": "install/",
}

WRONG = """<!doctype html><meta charset="utf-8">
<script>console.error('oops')</script><script>throw new Error('thrown')</script>
<script src="http://localhost:1/elsewhere.js"></script><img src="missing.png">
<a href="nowhere/">a</a><a href="#no-such-place">b</a><a href="#place">c</a><p id="place">
<div class="md-content"><p class="faint" style="color: #aaa">grey</p><div style="width: 700px">wide</div>
<div class="cut" style="width: 60px; overflow: hidden; white-space: nowrap">much more than fits</div></div>
"""
