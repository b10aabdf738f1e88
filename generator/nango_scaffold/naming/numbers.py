"""The singular and the plural of one lower-case word.

The inflection library knows English; the tables hold the words of APIs that it gets wrong.
"""

from __future__ import annotations

from functools import lru_cache

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
    import inflection

    singular = singular_word(word)
    if not singular or singular in _SAME_IN_BOTH or singular in _UNCOUNTED:
        return singular
    candidates = (
        _PLURAL.get(singular, ""),
        str(inflection.pluralize(singular)),
        f"{singular}s",
        f"{singular}es",
    )
    return next((plural for plural in candidates if plural and singular_word(plural) == singular), singular)


def _singular_once(word: str) -> str:
    import inflection

    if word in _SINGULAR:
        return _SINGULAR[word]
    if word in _SAME_IN_BOTH or word in _UNCOUNTED or word in _PLURAL or len(word) <= 3:
        return word
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ves"):
        return _WITH_F.get(word, word[:-1])
    return str(inflection.singularize(word))
