"""API paths as people paste them, and paths of the answers format. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..naming.words import snake
from ..providers import strip_base_path

if TYPE_CHECKING:
    from ..providers import ProviderFacts

_BRACED = re.compile(r"(?<!\$)\{\s*([A-Za-z_][\w-]*)\s*\}")
_ROOTED = re.compile(r"(?<!\$)\{\s*((?:lookup|parent|connection|metadata|input)\.[\w.-]+)\s*\}")
_COLON = re.compile(r"(?<=/):([A-Za-z_]\w*)")
_COLON_VALUE = re.compile(r"(?<==):([A-Za-z_]\w*)(?=&|\Z)")
_ENCODED = (("%7B", "{"), ("%7b", "{"), ("%7D", "}"), ("%7d", "}"))
_HTTP = re.compile(r"https?://")


def read_path(text: str, facts: ProviderFacts, root: str, roots: frozenset[str] = frozenset()) -> str:
    """Parse the path of a request, and its query, relative to the base URL.

    Args:
        text: as typed or pasted: ``/users``, ``https://api.example.com/v1/users?active=true``,
            ``/users/{user_id}`` or ``/users/:user_id?team={team_id}`` as documentation has it.
        facts: those of the provider.
        root: where the value of a part in braces comes from: ``metadata`` or ``input``.
        roots: names in braces that the script's pattern defines itself, such as ``folder``.

    Raises:
        AnswersError: a whole URL that does not begin with the base URL.
    """
    text = text.strip().partition("#")[0]
    for encoded, brace in _ENCODED:  # copied from a browser
        text = text.replace(encoded, brace)
    if facts.base_url and not _HTTP.match(text) and _is_host_first(text, facts.base_url):
        text = f"https://{text}"
    text = _ROOTED.sub(r"${\1}", text)
    path, question_mark, query = text.partition("?")
    path = strip_base_path(path, facts.base_path, facts.base_url, where="the path")

    def placeholder(part: re.Match[str]) -> str:
        name = part[1] if part[1].isidentifier() else snake(part[1])
        return f"${{{name}}}" if name in roots else f"${{{root}.{name}}}"

    path = _COLON.sub(placeholder, _BRACED.sub(placeholder, path))
    query = _COLON_VALUE.sub(placeholder, _BRACED.sub(placeholder, query))
    return path + question_mark + query


def _is_host_first(text: str, base_url: str) -> bool:
    """Whether a text begins with the host of the base URL: copied without ``https://``."""
    host = _HTTP.sub("", base_url).partition("/")[0]
    return bool(host) and "$" not in host and text.startswith(f"{host}/")
