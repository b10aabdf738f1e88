"""Base URLs as providers.yaml writes them, and API paths reduced to what follows them.

Nango joins a request's path to the provider's base URL at run time. Two things in a base URL are not text
yet at that moment: ``${connectionConfig.x}``, filled from the connection, and ``a || b``, where ``b`` is
taken when a field of ``a`` is missing.
"""

from __future__ import annotations

import re

from ..errors import AnswersError

_PLACEHOLDER = re.compile(r"\$\{[^}]*\}")
_ALTERNATIVE = re.compile(
    r"\s*\|\|\s*(?![^{]*\})"
)  # a `||` inside `${...}` is that placeholder's own default
_FULL_URL = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//")
_ANY_ORIGIN = r"https?://[^/?#@\\\s]+"
_ANY_PART = r"[^/?#@\\\s]+"


def alternatives(base_url: str) -> list[str]:
    """The base URLs that ``a || b`` names, in order; one when there is no ``||``."""
    return [part for part in _ALTERNATIVE.split(base_url.strip()) if part]


def base_path_of(base_url: str | None) -> str:
    """The path part of a base URL, without its trailing slash.

    Args:
        base_url: as written, or None.

    Returns:
        ``'/scim'``, ``'/api/${connectionConfig.version}'``; ``''`` when there is none, and when alternatives
        disagree, since then no path is sure to be there. A placeholder that stands for a whole URL counts as
        one without a path.
    """
    paths = {_split(part)[1] for part in alternatives(base_url or "")}
    return paths.pop() if len(paths) == 1 else ""


def strip_base_path(
    path: str, base_path: str, base_url: str | None = None, *, where: str = "request.path"
) -> str:
    """An API path as it follows the base URL.

    Args:
        path: as a person writes it: ``/Users``, ``scim/Users``, or a whole URL copied from the API's
            documentation.
        base_path: the base URL's path part, see `base_path_of`. It is taken off once; in a plain path its
            placeholders match only themselves, as any other text may be a part of the API's own path.
        base_url: what a whole URL has to begin with; its placeholders match any text without a slash.
        where: the answer's place, for the error.

    Returns:
        The path with exactly one leading slash.

    Raises:
        AnswersError: a whole URL that does not begin with the base URL.
    """
    path = path.strip()
    if _FULL_URL.match(path) or (path.startswith("${") and base_url):
        rest = _below(path, base_url or "")
        if rest is None and not path.startswith("${"):
            raise _elsewhere(path, base_url, where)
        return _one_slash(path if rest is None else rest)
    path = _one_slash(path)
    if base_path and path.startswith(base_path) and _ends_part(path[len(base_path) :]):
        return _one_slash(path[len(base_path) :])
    return path


def _split(url: str) -> tuple[str, str]:
    """A base URL cut into origin and path; slashes inside placeholders belong to neither."""
    masked = _PLACEHOLDER.sub(lambda found: "_" * len(found[0]), url)
    masked = re.split(r"[?#]", masked)[0]
    slash = masked.find("/", masked.find("://") + 3 if "://" in masked else 0)
    return (url[: len(masked)], "") if slash < 0 else (url[:slash], url[slash : len(masked)].rstrip("/"))


def _below(url: str, base_url: str) -> str | None:
    """What follows the base URL in `url`; None when it begins with no alternative of it."""
    for alternative in alternatives(base_url):
        origin, base_path = _split(alternative)
        if url.startswith(origin + base_path):
            rest: str | None = url[len(origin + base_path) :]
        else:
            found = re.match(f"(?i:{_origin_pattern(origin)}){_pattern(base_path)}", url)
            rest = url[found.end() :] if found else None
        if rest is not None and _ends_part(rest):
            return rest
    return None


def _origin_pattern(origin: str) -> str:
    """A regular expression for the origin; http and https are the same place here."""
    if _PLACEHOLDER.match(origin):  # the placeholder holds scheme and host
        first = _PLACEHOLDER.match(origin)
        return _ANY_ORIGIN + _pattern(origin[first.end() if first else 0 :])
    return _pattern(origin).replace("https://", "https?://", 1)


def _pattern(text: str) -> str:
    """A regular expression for `text` with any part in the place of each placeholder."""
    return _ANY_PART.join(re.escape(literal) for literal in _PLACEHOLDER.split(text))


def _ends_part(rest: str) -> bool:
    return rest == "" or rest[0] in "/?#"


def _one_slash(path: str) -> str:
    return "/" + path.lstrip("/")


def _elsewhere(path: str, base_url: str | None, where: str) -> AnswersError:
    if not base_url:
        return AnswersError(
            f"{path[:200]!r} is a whole URL, and the provider has no base URL to compare it with",
            where=where,
            fix="Give the path alone (/users), and the rest as provider_facts.base_url.",
        )
    return AnswersError(
        f"{path[:200]!r} does not begin with the provider's base URL {base_url}",
        where=where,
        fix="Give what follows the base URL, such as /users; another host needs another provider.",
    )
