"""Base URLs as providers.yaml writes them, and API paths reduced to what follows them.

Nango joins a request's path to the provider's base URL at run time. Two things in a base URL are not text
yet at that moment: ``${connectionConfig.x}``, filled from the connection, and ``a || b``, where ``b`` is
taken when a field of ``a`` is missing.
"""

from __future__ import annotations

import re

from ..errors import AnswersError

_PLACEHOLDER = re.compile(r"\$\{[^}]*\}")
_ALTERNATIVE = re.compile(r"\s*\|\|\s*(?![^{]*\})")  # one inside `${...}` is that placeholder's own default
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
    paths = _base_paths(base_url)
    return paths[0] if len(paths) == 1 else ""


def repeated_base(path: str, *base_paths: str) -> str:
    """The beginning of a request's path that stands at the end of the base URL already.

    >>> repeated_base("/v1/employees", "/api/${connectionConfig.subdomain}/v1")
    '/v1'

    Args:
        path: as it would follow the base URL, with a leading slash.
        base_paths: the path part of the base URL, see `base_path_of`; that of each alternative where they disagree.

    Returns:
        Whole segments, the longest run of them that every base path ends with; '' for none. Placeholders match only
        themselves, as any other text may be a part of the API's own path.
    """
    first, *others = base_paths or ("",)
    endings = (first[slash.start() :] for slash in re.finditer("/", first))
    begun = (ending for ending in endings if path.startswith(ending) and _ends_part(path[len(ending) :]))
    return next((ending for ending in begun if all(other.endswith(ending) for other in others)), "")


def repetition_of(path: str, base_url: str | None) -> str:
    """What `strip_base_path` takes off a plain path; '' for nothing, and for a whole URL, which is meant as it stands."""
    path = path.strip()
    return "" if _is_whole(path, base_url) else repeated_base(_one_slash(path), *_base_paths(base_url))


def strip_base_path(
    path: str, base_path: str, base_url: str | None = None, *, where: str = "request.path"
) -> str:
    """An API path as it follows the base URL.

    Args:
        path: as a person writes it: ``/Users``, ``scim/Users``, or a whole URL copied from the API's
            documentation.
        base_path: the base URL's path part, see `base_path_of`. What a plain path repeats of it is taken off
            once, see `repeated_base`: all of it, or its end (``/v1`` of ``/api/v1``).
        base_url: what a whole URL has to begin with; its placeholders match any text without a slash.
        where: the answer's place, for the error.

    Returns:
        The path with exactly one leading slash.

    Raises:
        AnswersError: a whole URL that does not begin with the base URL.
    """
    path = path.strip()
    if _is_whole(path, base_url):
        rest = _below(path, base_url or "")
        # One that begins with a placeholder may be a path after all, such as ${metadata.resource}/list.
        if rest is None and not path.startswith("${"):
            raise _elsewhere(path, base_url, where)
        return _one_slash(path if rest is None else rest)
    path = _one_slash(path)
    repeated = repeated_base(path, *(_base_paths(base_url) or (base_path,)))
    return _one_slash(path[len(repeated) :])


def _is_whole(path: str, base_url: str | None) -> bool:
    return bool(_FULL_URL.match(path) or (path.startswith("${") and base_url))


def _base_paths(base_url: str | None) -> tuple[str, ...]:
    """The path part of each alternative, each once."""
    return tuple(dict.fromkeys(_split(part)[1] for part in alternatives(base_url or "")))


def _split(url: str) -> tuple[str, str]:
    """A base URL cut into origin and path; slashes inside placeholders belong to neither."""
    masked = _PLACEHOLDER.sub(lambda placeholder: "_" * len(placeholder[0]), url)
    end = len(re.split(r"[?#]", masked)[0])
    after_scheme = masked.find("://") + 3 if "://" in masked[:end] else 0
    slash = masked.find("/", after_scheme, end)
    if slash < 0:
        return url[:end], ""
    return url[:slash], url[slash:end].rstrip("/")


def _below(url: str, base_url: str) -> str | None:
    """What follows the base URL in `url`; None when it begins with no alternative of it."""
    for alternative in alternatives(base_url):
        origin, base_path = _split(alternative)
        # Literally first: a URL that was built from the base URL has its placeholders in it.
        if url.startswith(origin + base_path):
            rest: str | None = url[len(origin + base_path) :]
        else:
            match = re.match(f"(?i:{_origin_pattern(origin)}){_pattern(base_path)}", url)
            rest = url[match.end() :] if match else None
        if rest is not None and _ends_part(rest):
            return rest
    return None


def _origin_pattern(origin: str) -> str:
    """A regular expression for the origin; http and https are the same place here."""
    first = _PLACEHOLDER.match(origin)
    if first is None:
        return _pattern(origin).replace("https://", "https?://", 1)
    # Such a placeholder holds scheme and host.
    return _ANY_ORIGIN + _pattern(origin[first.end() :])


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
        fix="Give what follows the base URL, such as /users; another host is named as request.base_url.",
    )
