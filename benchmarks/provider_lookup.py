"""How long one provider takes: cut out of the catalogue, against parsing the whole.

Run: python benchmarks/provider_lookup.py [PATH of a providers.yaml]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from nango_scaffold.providers import nearest
from nango_scaffold.providers.catalogue import display_names, keys, resolve
from nango_scaffold.providers.catalogue_locations import project_catalogue
from nango_scaffold.providers.index import provider_cards
from nango_scaffold.providers.resolve import find

if TYPE_CHECKING:
    from collections.abc import Callable

TOOLCHAIN = Path(__file__).parents[1] / "toolchain" / "nango-0.69"


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The fastest of several rounds, which is least disturbed by other processes."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def cards_anew(path: Path) -> object:
    """All cards as the first run gives them, with an empty cache."""
    with tempfile.TemporaryDirectory() as cache:
        before = os.environ.get("XDG_CACHE_HOME")
        os.environ["XDG_CACHE_HOME"] = cache
        try:
            return provider_cards(None, path)
        finally:
            os.environ["XDG_CACHE_HOME"] = before or ""


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else project_catalogue(TOOLCHAIN)
    if path is None:
        sys.exit("No providers.yaml: name one, or install toolchain/nango-0.69.")
    text = path.read_text("utf-8")
    names = keys(text)
    middle, last = names[len(names) // 2], names[-1]
    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    number = count()

    def unseen() -> str:
        """The text without cached positions of its entries, as in a new process."""
        return f"{text}# {next(number)}\n"

    rows = {
        "all keys": milliseconds(lambda: keys(unseen()), 20),
        "all display names": milliseconds(lambda: display_names(unseen()), 20),
        f"one entry ({middle})": milliseconds(lambda: resolve(unseen(), middle), 20),
        f"the last entry ({last})": milliseconds(lambda: resolve(unseen(), last), 20),
        "one entry, the file known already": milliseconds(lambda: resolve(text, middle), 20),
        "find, the file known, read again": milliseconds(lambda: find(middle, providers_path=path), 20),
        "all cards, no index yet": milliseconds(lambda: cards_anew(path), 3),
        "all cards, from the index": milliseconds(lambda: provider_cards(None, path), 20),
        "nearest keys of a typo": milliseconds(
            lambda: nearest(f"{middle}x", names, names=display_names(text)), 5
        ),
        f"whole file, {fast.__name__}": milliseconds(lambda: yaml.load(text, fast), 2),
    }
    print(f"{path}: {len(names)} providers, {len(text) / 1000:.0f} kB")
    for row, elapsed in rows.items():
        print(f"{row:<40} {elapsed:8.2f} ms")
    slice_time, whole_time = rows[f"one entry ({middle})"], list(rows.values())[-1]
    print(f"whole / one entry: {whole_time / slice_time:.0f}")


if __name__ == "__main__":
    main()
