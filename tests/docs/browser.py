"""The site as a browser shows it, on a phone and on a desktop, in light and in dark.

python -m tests.docs.browser SITE [SCREENSHOTS]    visit every page; with a folder, take pictures of the main ones
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from playwright.sync_api import Browser, Page, sync_playwright

PHONE, DESKTOP = (390, 844), (1280, 900)
SCHEMES = ("light", "dark")
PICTURED = (
    "",
    "install/",
    "tutorial/",
    "patterns/",
    "reference/answers/",
    "reference/resources/",
    "examples/github/",
)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")

# A menu that slides away when the window grows is wider than the page meanwhile.
_AT_ONCE = "*, ::before, ::after { transition: none !important }"
# Wider than the window, or cut off by a box that does not scroll.
_SPILLED = """async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const named = (element) => element.tagName.toLowerCase() + (element.className ? `.${element.className}` : '');
    const root = document.documentElement;
    const page = root.scrollWidth > window.innerWidth ? [`the page is ${root.scrollWidth} wide`] : [];
    const cut = [...document.querySelectorAll('.md-content *')].filter(
        (element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1 &&
            ['hidden', 'clip'].includes(getComputedStyle(element).overflowX) && element.innerText?.trim());
    return [...page, ...cut.map((element) => `${named(element)} is cut off`)];
}"""
# Text that stands out too little from what is behind it, by the measure of WCAG 2.
_FAINT = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const blended = (colors) => {
        ['#fff', ...colors].forEach((color) => { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); });
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const linear = (part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    const luminance = ([red, green, blue]) =>
        0.2126 * linear(red / 255) + 0.7152 * linear(green / 255) + 0.0722 * linear(blue / 255);
    const grounds = (element) =>
        element ? [...grounds(element.parentElement), getComputedStyle(element).backgroundColor] : [];
    const contrast = (element) => {
        const under = grounds(element);
        const text = [...under, getComputedStyle(element).color];
        const [bright, dark] = [luminance(blended(under)), luminance(blended(text))].sort((a, b) => b - a);
        return (bright + 0.05) / (dark + 0.05);
    };
    const isShown = (element) => element.checkVisibility({ opacityProperty: true }) &&
        [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const kinds = new Map();
    for (const element of [...document.querySelectorAll('.md-content *')].filter(isShown)) {
        const marked = element.closest('.hll') ? ' on a marked line' : '';
        kinds.set(`${element.tagName.toLowerCase()}.${element.className}${marked}`, element);
    }
    return [...kinds].map(([kind, element]) => [kind, contrast(element)]).filter(([, ratio]) => ratio < 4.5)
        .map(([kind, ratio]) => `${kind} has a contrast of ${ratio.toFixed(1)}`);
}"""
_LINKS = "() => [...document.querySelectorAll('a[href]')].map((link) => link.href)"
_IDS = "() => [...document.querySelectorAll('[id]')].map((element) => element.id)"
_PICTURES = "() => [...document.images].filter((image) => !image.naturalWidth).map((image) => `${image.src} is no picture`)"


@dataclass
class Report:
    """What is wrong with the pages that were visited.

    Attributes:
        pages: the ids on each page, by its address.
        links: the pages on which each address is linked.
        problems: sentences, each about one page.
    """

    pages: dict[str, set[str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The report, as it is printed."""
        widths = f"{PHONE[0]} and {DESKTOP[0]} px"
        count = f"{len(self.pages)} pages at {widths}, {len(self.links)} links: {len(self.problems)} problems"
        return "\n".join([*self.problems, count])


def browser_path() -> str | None:
    """A Chromium or a derived browser: that of the variable CHROMIUM, or the first on the PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a folder on loopback; the address ends with a slash."""

    class Silent(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def browsing(path: str) -> Iterator[Browser]:
    """A browser without a window; those that run as root cannot use its sandbox."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def addresses(site: Path) -> list[str]:
    """The pages of a site, relative to it."""
    return sorted(path.parent.relative_to(site).as_posix() + "/" for path in site.rglob("index.html"))


def visit(browser: Browser, root: str, pages: Iterable[str]) -> Report:
    """Open pages at both widths, and look for errors, for requests to elsewhere, and for what is cut off."""
    report = Report()
    page = browser.new_page()
    for path in pages:
        address = urljoin(root, path)
        with _listening(page, root, report, path):
            page.goto(address)
            page.add_style_tag(content=_AT_ONCE)
            for width, height in (PHONE, DESKTOP):
                page.set_viewport_size({"width": width, "height": height})
                report.problems += [f"{path} at {width} px: {spilled}" for spilled in page.evaluate(_SPILLED)]
            report.problems += [f"{path}: {broken}" for broken in page.evaluate(_PICTURES)]
        report.pages[address] = set(page.evaluate(_IDS))
        report.links |= {link: path for link in page.evaluate(_LINKS) if link.startswith(root)}
    page.close()
    return report


@contextmanager
def _listening(page: Page, root: str, report: Report, path: str) -> Iterator[None]:
    """Note the errors of a page, and what it asks elsewhere for."""
    problem_of = {
        "console": lambda message: message.type in ("error", "warning") and message.text,
        "pageerror": lambda error: str(error),
        "response": lambda response: response.status >= 400 and f"{response.status} {response.url}",
        "request": lambda request: not request.url.startswith((root, "data:", "blob:")) and request.url,
    }

    def listener(event: str):  # type: ignore[no-untyped-def]
        def note(value: object) -> None:
            if problem := problem_of[event](value):
                report.problems.append(f"{path}: {event}: {problem}")

        return note

    listeners = {event: listener(event) for event in problem_of}
    for event, note in listeners.items():
        page.on(event, note)
    yield
    for event, note in listeners.items():
        page.remove_listener(event, note)


def dead_links(report: Report, site: Path, root: str) -> list[str]:
    """The links between the pages of a site that lead to no page or file, or to no place on a page that was visited."""
    dead = []
    for link, page in sorted(report.links.items()):
        address, place = urldefrag(link)
        file = site / address.removeprefix(root)
        if not (file / "index.html").is_file() and not file.is_file():
            dead.append(f"{page}: {link} leads nowhere")
        elif place and place not in report.pages.get(address, {place}):
            dead.append(f"{page}: {link} leads to no place on that page")
    return dead


def faint_text(page: Page) -> list[str]:
    """The kinds of text on a page that are hard to read for their colour; each kind is looked at once."""
    return list(page.evaluate(_FAINT))


def search(page: Page, root: str, words: str) -> list[str]:
    """What the search of the site finds, best first: addresses relative to it."""
    page.goto(root)
    page.keyboard.press("/")
    page.keyboard.type(words)
    results = page.locator(".md-search-result__link")
    results.first.wait_for()
    links = results.evaluate_all("(links) => links.map((link) => link.href)")
    return [link.removeprefix(root).partition("?")[0] for link in links]


def take_pictures(browser: Browser, root: str, folder: Path) -> list[Path]:
    """Pictures of the main pages, at both widths and in both schemes."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    for scheme in SCHEMES:
        page = browser.new_page(color_scheme=scheme)
        for width, height in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": height})
            for path in PICTURED:
                page.goto(urljoin(root, path))
                name = path.strip("/").replace("/", "-") or "home"
                pictures.append(folder / f"{name}-{width}-{scheme}.png")
                page.screenshot(path=pictures[-1])
        page.close()
    return pictures


def main(words: list[str]) -> int:
    """Visit a site that was built, and print the report."""
    site = Path(words[0])
    path = browser_path()
    if path is None:
        print("There is no Chromium on the PATH: install one, or name it in CHROMIUM.", file=sys.stderr)
        return 1
    with served(site) as root, browsing(path) as browser:
        report = visit(browser, root, addresses(site))
        report.problems += dead_links(report, site, root)
        if words[1:]:
            take_pictures(browser, root, Path(words[1]))
    print(report.text())
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
