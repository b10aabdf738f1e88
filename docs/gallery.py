"""Hooks of mkdocs: a page for each example, made from its answers and its golden tree, and the cards of Home.

The pages under docs/ link to ``../examples``, so that they can be read in the repository as they are. In the site those
links lead to the pages made here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from nango_scaffold.providers import find
from nango_scaffold.providers.known_resources import known_resources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
_LINK = re.compile(r"\]\((?:\.\./)+examples/([\w-]+?)(?:\.yml|/[^)]*)?\)")
_CARDS = "<!-- cards of providers -->"
_POPULAR = (
    *("hubspot", "github", "slack", "notion", "stripe", "zendesk", "jira", "linear"),
    *("intercom", "google-calendar", "shopify", "xero"),
)
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<td\b")
_TAG = re.compile(r"<[^>]*>")
_LANGUAGES = {
    ".ts": "typescript",
    ".js": "javascript",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".md": "markdown",
}
_OF_THE_PROJECT = (
    "package.json",
    "tsconfig.json",
    ".gitignore",
    ".env.example",
    "find-connections.js",
    "dryrun.js",
)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give each table a box of its own, and each cell the head of its column: on a phone, a row is laid out as a list."""
    return _TABLE.sub(lambda found: f'<div class="scrolled">{_labelled(found[0])}</div>', html)


def _labelled(table: str) -> str:
    heads = [_TAG.sub("", head) for head in _HEAD.findall(table)]

    def with_labels(row: re.Match[str]) -> str:
        labels = iter(heads)
        return _CELL.sub(lambda _: f'<td data-label="{next(labels)}"', row[0])

    return _ROW.sub(with_labels, table)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each example, and their index."""
    names = sorted(path.stem for path in EXAMPLES.glob("*.yml"))
    pages = {name: _page(name) for name in names}
    pages["index"] = _index(names)
    for name, text in pages.items():
        files.append(File.generated(config, f"examples/{name}.md", content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let links to the examples lead to their pages, and lay out the cards of providers."""
    up = "../" * page.file.src_uri.count("/")
    if _CARDS in markdown:
        markdown = markdown.replace(_CARDS, _provider_cards())
    return _LINK.sub(lambda found: f"]({up}examples/{found[1]}.md)", markdown)


def _provider_cards() -> str:
    """A card for each popular provider: its name, and the resources for which a name is enough."""
    cards = (
        f"- [{find(name).display_name}](reference/resources.md#{name}) {', '.join(known_resources(find(name)))}"
        for name in _POPULAR
    )
    return "\n".join(['<div class="cards" markdown>', "", *cards, "", "</div>"])


def _index(names: list[str]) -> str:
    rows = (f"| [{name}]({name}.md) | {_first_comment(name)} |" for name in names)
    return "\n".join(
        [
            "# Examples",
            "",
            "The answers, and every file they give.",
            "",
            "| example | |",
            "|---|---|",
            *rows,
            "",
        ]
    )


def _first_comment(name: str) -> str:
    lines = (EXAMPLES / f"{name}.yml").read_text("utf-8").splitlines()
    comments = (line.removeprefix("#").strip() for line in lines if line.startswith("#"))
    return next((comment for comment in comments if not comment.startswith("yaml-language-server")), "")


def _page(name: str) -> str:
    return "".join([f"# {name}\n\n", *_block("the answers", EXAMPLES / f"{name}.yml"), *_tree(name)])


def _tree(name: str) -> Iterator[str]:
    for path in sorted((EXAMPLES / name).rglob("*")):
        shown = path.relative_to(EXAMPLES / name).as_posix()
        if path.is_file() and shown not in _OF_THE_PROJECT and not path.name.startswith("."):
            yield from _block(f"`{shown}`", path)


def _block(title: str, path: Path) -> Iterator[str]:
    language, text = _LANGUAGES.get(path.suffix, "text"), path.read_text("utf-8").rstrip()
    fence = "`" * max([3, *(len(ticks) + 1 for ticks in re.findall("`{3,}", text))])
    yield f"## {title}\n\n{fence}{language}\n{text}\n{fence}\n\n"
