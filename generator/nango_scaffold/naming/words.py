"""Cases and numbers of names: kebab, Pascal, camel, snake, title; singular and plural.

A name is first cut into lower-case words, so that every case can be made from every other. Acronyms become
ordinary words on the way (``HTTPResponse`` -> ``HttpResponse``): ts-to-zod would call the schema of the former
``hTTPResponseSchema``.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z0-9]+")
# Words the inflection library takes for something else, or that APIs use for one and for many alike.
_SAME_IN_BOTH = frozenset(["analytics", "data", "media", "metadata", "news", "sms"])
_IRREGULAR = {"leaves": "leave", "caches": "cache", "bonuses": "bonus", "canvases": "canvas"}
_DIGITS = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def words(name: str) -> tuple[str, ...]:
    """Cut a name of any case into lower-case words; ``pullRequests2`` -> ``pull, requests2``."""
    return tuple(word.lower() for word in _WORD.findall(name))


def kebab(name: str) -> str:
    """``PullRequest`` -> ``pull-request``."""
    return "-".join(words(name))


def snake(name: str) -> str:
    """``pull-requests`` -> ``pull_requests``."""
    return "_".join(words(name))


def pascal(name: str) -> str:
    """``pull-request`` -> ``PullRequest``; leading digits are spelled, as no identifier may start with one.

    >>> pascal("1password-scim"), pascal("8x8"), pascal("HTTPResponse")
    ('OnePasswordScim', 'EightX8', 'HttpResponse')
    """
    return "".join(word[:1].upper() + word[1:] for word in words(_spell_leading_digits(name)))


def camel(name: str) -> str:
    """``pull-request`` -> ``pullRequest``."""
    upper = pascal(name)
    return upper[:1].lower() + upper[1:]


def title(name: str) -> str:
    """``pull-requests`` -> ``Pull Requests``."""
    return " ".join(word[:1].upper() + word[1:] for word in words(name))


def spoken(name: str) -> str:
    """``pull-requests`` -> ``pull requests``: the name inside a sentence."""
    return " ".join(words(name))


def singular(name: str) -> str:
    """The kebab name with its last word in the singular; ``pull-requests`` -> ``pull-request``."""
    *head, last = words(name) or ("",)
    return "-".join([*head, _singular_word(last)])


def plural(name: str) -> str:
    """The kebab name with its last word in the plural; ``pull-request`` -> ``pull-requests``."""
    *head, last = words(name) or ("",)
    return "-".join([*head, _plural_word(_singular_word(last))])


def article(phrase: str) -> str:
    """The phrase with ``a`` or ``an`` before it, by its first letter."""
    return f"{'an' if phrase[:1].lower() in 'aeio' else 'a'} {phrase}"


def _spell_leading_digits(name: str) -> str:
    digits = re.match(r"[^A-Za-z0-9]*([0-9]+)", name)
    if digits is None:
        return name
    spelled = "-".join(_DIGITS[int(digit)] for digit in digits.group(1))
    return f"{spelled}-{name[digits.end():]}"


@lru_cache(maxsize=1024)
def _singular_word(word: str) -> str:
    import inflection

    if word in _SAME_IN_BOTH or word.endswith(("ss", "us", "is")) or len(word) <= 3:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return str(inflection.singularize(word))


@lru_cache(maxsize=1024)
def _plural_word(word: str) -> str:
    import inflection

    return word if not word or word in _SAME_IN_BOTH else str(inflection.pluralize(word))
