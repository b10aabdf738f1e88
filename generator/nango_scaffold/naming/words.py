"""Cases and numbers of names: kebab, Pascal, camel, snake, title; singular and plural.

A name is first cut into lower-case words, so that every case can be made from every other. Acronyms become
ordinary words on the way (``HTTPResponse`` -> ``HttpResponse``): ts-to-zod would call the schema of the former
``hTTPResponseSchema``.
"""

from __future__ import annotations

import re

from .numbers import is_uncounted, plural_word, singular_word

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z0-9]+")
# Vowels by sound: an issue, an hour, an 8x8 user; but a user, a url, a one-time code.
_AN = re.compile(r"(?!u(?:[bfkqrst][aeio]|ni|sa|tc|rl|ri|i$|x$)|eu|ewe|one)[aeiou]|hour|honou?r|heir|8|11|18")
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
    return "-".join([*head, singular_word(last)])


def plural(name: str) -> str:
    """The kebab name with its last word in the plural; ``pull-request`` -> ``pull-requests``."""
    *head, last = words(name) or ("",)
    return "-".join([*head, plural_word(last)])


def article(phrase: str) -> str:
    """The phrase with ``a`` or ``an`` before it, as it sounds; without either where the word is not counted.

    >>> article("user"), article("issue"), article("8x8 user"), article("news")
    ('a user', 'an issue', 'an 8x8 user', 'news')
    """
    first, last = phrase.partition(" ")[0].lower(), phrase.rpartition(" ")[2].lower()
    if is_uncounted(last):
        return phrase
    return f"{'an' if _AN.match(first) else 'a'} {phrase}"


def _spell_leading_digits(name: str) -> str:
    digits = re.match(r"[^A-Za-z0-9]*([0-9]+)", name)
    if digits is None:
        return name
    spelled = "-".join(_DIGITS[int(digit)] for digit in digits.group(1))
    return f"{spelled}-{name[digits.end():]}"
