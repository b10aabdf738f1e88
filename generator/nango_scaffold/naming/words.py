"""Cases and numbers of names: kebab, Pascal, camel, snake, title; singular and plural.

A name is first cut into lower-case words, so that every case can be made from every other. Acronyms become
ordinary words on the way (``HTTPResponse`` -> ``HttpResponse``): ts-to-zod would call the schema of the former
``hTTPResponseSchema``.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z0-9]+")
# Vowels by sound: an issue, an hour, an 8x8 user; but a user, a url, a one-time code.
_AN = re.compile(r"(?!u(?:[bfkqrst][aeio]|ni|sa|tc|rl|ri|i$|x$)|eu|ewe|one)[aeiou]|hour|honou?r|heir|8|11|18")
_DIGITS = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@lru_cache(maxsize=1000)
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


_SAME_IN_BOTH = frozenset(
    ["aws", "chassis", "dns", "gps", "ios", "kms", "os", "saas", "series", "sms", "species", "tennis", "tls"]
)

# Neither "a news" nor "two feedbacks" is English.
_UNCOUNTED = frozenset("""
    advice analytics data equipment feedback hardware info information media metadata money news software
    staff
    """.split())


_PAIRS = """
    ads:ad apis:api atlases:atlas bases:base bonuses:bonus caches:cache calories:calorie campuses:campus canvases:canvas
    clis:cli cookies:cookie cpus:cpu crises:crisis criteria:criterion emojis:emoji feet:foot gases:gas gpus:gpu gurus:guru
    guis:gui heroes:hero hoodies:hoodie ids:id kpis:kpi lenses:lens lies:lie menus:menu movies:movie nexuses:nexus
    pies:pie pois:poi prs:pr quotas:quota selfies:selfie skus:sku syllabi:syllabus taxis:taxi ties:tie toes:toe
    teeth:tooth uis:ui uris:uri viruses:virus wikis:wiki zombies:zombie
"""

_SINGULAR = dict(pair.split(":") for pair in _PAIRS.split())

_PLURAL = {singular: plural for plural, singular in _SINGULAR.items()}

# Endings for which inflection has one rule alone, or none. It compiles its eighty patterns one by one until a word
# fits: a thirtieth of a run of new, where no word has another ending than these.
_PLURAL_IN_S = tuple("bcgjklqrtv")
_PLURAL_IN_IES = tuple(f"{letter}y" for letter in "cdfghklmnprstvwxz")
_CONSONANTS_BEFORE_S = tuple(f"{letter}s" for letter in "bcdfgjklmpqrtvz")
_CONSONANTS_BEFORE_IES = tuple(f"{letter}ies" for letter in "cdfghklmnprstvwxz")
_NEVER_IN_Y = ("movies", "series", "species")
_NEVER_PLURAL = (*"bcdfghjklmopqrtuvwxyz0123456789", *(f"{letter}e" for letter in "abdefghijkmopqrstuvwxyz"))

# The plurals in -ves whose singular has an f; all the others (drives, archives, leaves of absence) have a v.
_WITH_F = {
    **{f"{stem}ves": f"{stem}fe" for stem in ("kni", "wi", "li", "midwi", "housewi")},
    **{
        f"{stem}ves": f"{stem}f"
        for stem in ("wol", "shel", "bookshel", "hal", "cal", "el", "sel", "thie", "loa", "scar")
    },
}


def is_uncounted(word: str) -> bool:
    """Whether a word has neither article nor plural: ``news``, ``data``."""
    return word in _UNCOUNTED


@lru_cache(maxsize=1024)
def singular_word(word: str) -> str:
    """The singular of a lower-case word; a singular stays as it is."""
    singular = _singular_once(word)
    while len(shorter := _singular_once(singular)) < len(singular):
        singular = shorter
    return singular


@lru_cache(maxsize=1024)
def plural_word(word: str) -> str:
    """The plural of a lower-case word in either number; ``singular_word`` always leads back."""
    singular = singular_word(word)
    if not singular or singular in _SAME_IN_BOTH or singular in _UNCOUNTED:
        return singular
    candidates = (
        _PLURAL.get(singular, ""),
        _regular_plural(singular),
        f"{singular}s",
        f"{singular}es",
    )
    return next((plural for plural in candidates if plural and singular_word(plural) == singular), singular)


def _regular_plural(singular: str) -> str:
    if singular.endswith(_PLURAL_IN_S):
        return f"{singular}s"
    if singular.endswith(_PLURAL_IN_IES):
        return f"{singular[:-1]}ies"
    import inflection

    return str(inflection.pluralize(singular))


def _singular_once(word: str) -> str:
    if word in _SINGULAR:
        return _SINGULAR[word]
    if word in _SAME_IN_BOTH or word in _UNCOUNTED or word in _PLURAL or len(word) <= 3:
        return word
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ves"):
        return _WITH_F.get(word, word[:-1])
    return _regular_singular(word)


def _regular_singular(word: str) -> str:
    if word.endswith(_NEVER_PLURAL):
        return word
    if word.endswith(_CONSONANTS_BEFORE_S):
        return word[:-1]
    if word.endswith(_CONSONANTS_BEFORE_IES) and not word.endswith(_NEVER_IN_Y):
        return f"{word[:-3]}y"
    import inflection

    return str(inflection.singularize(word))
