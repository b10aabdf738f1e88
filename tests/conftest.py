"""What every test shares: the hypothesis profiles, a cache folder that is nobody's, and the order of the files."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "default", max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "nightly", max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile(
    "quick", max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
settings.register_profile("mutants", settings.get_profile("quick"), derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

SLOW_FIRST = (
    *("tests/toolchain/", "tests/copier/", "tests/packaging/", "tests/commit/", "tests/nango_yaml/"),
    "tests/render/",
)

SLOW = (
    "tests/cli/test_check_reading.py",
    "tests/cli/test_on_disk.py",
    "tests/cli/test_output.py",
    "tests/cli/test_providers_refresh.py",
    "tests/commit/test_editors.py",
    "tests/commit/test_faults.py",
    "tests/copier/",
    "tests/docs/test_pages.py",
    "tests/hostile/",
    "tests/lifecycle/test_any_order.py",
    "tests/lifecycle/test_killed.py",
    "tests/lifecycle/test_remove_properties.py",
    "tests/manifest/test_hostile.py",
    "tests/nango_yaml/test_without_libyaml.py",
    "tests/operations/test_batch.py",
    "tests/packaging/test_install.py",
    "tests/toolchain/",
    "tests/wizard/test_any_conversation.py",
    "tests/wizard/test_at_a_terminal.py",
    "tests/wizard/test_fields.py",
    "tests/wizard/test_whole.py",
)
"""Left out of the quick run: fault injection, programs of others, and what asks Node."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow tests, and put the files that take long first: whole files are handed to workers.

    A file of a minute that came last would have one worker wait for the other.
    """
    for item in items:
        if item.nodeid.startswith(SLOW):
            item.add_marker("slow")
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """The place of a file in the order, smallest first."""
    folders = (n for n, folder in enumerate(SLOW_FIRST) if item.nodeid.startswith(folder))
    return next(folders, len(SLOW_FIRST) + (not item.nodeid.startswith(SLOW)))


@pytest.fixture(autouse=True, scope="session")
def _signals_as_at_a_terminal() -> None:
    """What started the tests in the background, or by nohup, has some signals ignored; the commands would inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


@pytest.fixture(autouse=True, scope="session")
def _cache_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A catalogue that the developer has refreshed must not change what is generated here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield
