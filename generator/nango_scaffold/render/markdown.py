"""Values on a page of Markdown, each escaped so that it shows as it is: no markup, link, HTML or further cell comes of it.

The dialect is GitHub's. A value is put on one line, and what cannot be seen is spelled out.
"""

from __future__ import annotations

import re

from ..visible import visible_line

# Texts, which re compiles when they are first used: an integration without a page needs none of them.
_ACTIVE = r"[\\`*\[\]~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
_BLOCK = r"^(\d{1,9})(?=[.)])|^(?=[#+=:-])"  # the start of a list, a heading or a rule
_ACTIVE_IN_HTML = r"[\\`*_\[\]~$|&<>!]"
_WEB_ADDRESS = r"https?://[^\s/]"
_NOT_IN_ADDRESS = r"[\\<>()\[\]*|\"`]|[^\x21-\x7e]"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"}


def text(value: object) -> str:
    """A value as words of a paragraph, a heading, a list or a table."""
    escaped = re.sub(_ACTIVE, r"\\\g<0>", _one_line(value))
    escaped = "".join(_ENTITIES.get(character, character) for character in escaped)
    return re.sub(_BLOCK, lambda start: f"{start[1] or ''}\\", escaped)


def code(value: object, *, in_table: bool = False) -> str:
    r"""A value as code. In a table GitHub takes ``\|`` for a pipe, as long as no backslash stands before it."""
    line = _one_line(value)
    # A backslash before the pipe would show, so such a value is spelled in HTML. So is one with a pipe outside of a table:
    # whether a list item or a paragraph is read as a table's row depends on the lines around it.
    if "|" in line and (not in_table or "\\" in line):
        spelled = re.sub(_ACTIVE_IN_HTML, lambda character: f"&#{ord(character[0])};", line)
        return f"<code>{spelled}</code>"
    line = line.replace("|", "\\|")
    # Backticks in code stand between longer runs of them, and a blank keeps those at its ends apart.
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else ""


def link(address: str, words: str) -> str:
    """A link to a page of the web; the words alone where the address is none."""
    if not re.match(_WEB_ADDRESS, address):
        return text(words)
    return f"[{text(words)}]({re.sub(_NOT_IN_ADDRESS, _percent, address)})"


def anchor(heading: str) -> str:
    """The name by which a heading is linked to: ``GithubUser`` is ``#githubuser``."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _one_line(value: object) -> str:
    return visible_line(" ".join(str(value).split()))


def _percent(character: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in character[0].encode("utf-8", "surrogatepass"))


FILTERS = {"md_text": text, "md_code": code, "md_link": link}
