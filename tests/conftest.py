"""Shared by all tests: the hypothesis profiles, an empty cache folder, and the order of the files."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path

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
    "tests/adopt/test_hand_written.py::test_no_script_takes_long",
    "tests/adopt/test_odd_entries.py",
    "tests/adopt/test_reading.py::test_no_text_takes_long",
    *(
        f"tests/adopt/test_round_trips.py::test_what_is_read_gives_the_same_files[{case}]"
        for case in (
            *("books", "details", "goes-on", "kinds", "notes", "people", "pattern-from-sync"),
            *("pattern-paginated", "queries", "tenants", "tracker", "zendesk"),
        )
    ),
    "tests/answers/test_load.py::test_the_schema_for_editors_accepts_what_the_loader_accepts",
    "tests/check/test_api_calls.py::TestBrokenTexts",
    "tests/check/test_mappers.py::TestBrokenTexts",
    "tests/check/test_validation.py::test_a_golden_script_that_is_cut_never_raises",
    "tests/cli/test_check_reading.py",
    "tests/cli/test_complete.py::TestBash::",
    "tests/cli/test_complete.py::TestCost",
    "tests/cli/test_help.py::test_help_ends_with_examples_that_the_parser_takes_and_with_the_exit_codes",
    "tests/cli/test_hostile_disk.py",
    "tests/cli/test_infer.py::test_answers_without_infer_load_nothing_of_it",
    "tests/cli/test_names.py::TestCase",
    "tests/cli/test_new.py::TestCost",
    "tests/cli/test_new_report.py::TestBatches",
    "tests/cli/test_new_report.py::TestColours",
    "tests/cli/test_on_disk.py",
    "tests/cli/test_output.py",
    "tests/cli/test_projects.py::TestAnyFolder",
    "tests/cli/test_projects.py::TestInside",
    "tests/cli/test_projects.py::TestOthersEntries",
    "tests/cli/test_projects.py::TestTheCli",
    "tests/cli/test_providers_refresh.py",
    "tests/cli/test_rules.py::test_an_agent_lives_a_whole_life_by_json_alone",
    "tests/cli/test_sample_from.py",
    "tests/cli/test_script_tests.py",
    "tests/cli/test_unforeseen.py::TestAsAProcess",
    "tests/commit/test_editors.py",
    "tests/commit/test_faults.py",
    "tests/commit/test_lock.py::test_fifty_runs_at_once_all_leave_their_line",
    "tests/commit/test_lock.py::test_projects_that_share_a_nango_yaml_take_turns_too",
    "tests/copier/",
    "tests/derive/test_known_resources.py::TestEachProvider",
    "tests/derive/test_request_expressions.py::TestText::test_many_braces_take_no_time",
    "tests/derive/test_whole_answers.py",
    "tests/docs/test_pages.py",
    "tests/hostile/",
    "tests/house/test_source.py::test_values_of_the_tests_are_called_what_they_are",
    "tests/lifecycle/test_adopt_cares.py",
    "tests/lifecycle/test_adopt_describes.py",
    "tests/lifecycle/test_adopt_models.py",
    "tests/lifecycle/test_adopt_several_requests.py",
    "tests/lifecycle/test_answers_command.py::TestKeepingTheFileCurrent",
    "tests/lifecycle/test_any_order.py",
    "tests/lifecycle/test_killed.py",
    "tests/lifecycle/test_prefix_models.py",
    "tests/lifecycle/test_readme.py",
    "tests/lifecycle/test_remove.py::TestOthers::test_in_whatever_order_they_go_the_old_tree_is_left",
    "tests/lifecycle/test_remove.py::TestTheWholeIntegration::test_a_schema_file_that_was_generated_from_the_models_is_as_before",
    "tests/lifecycle/test_remove.py::TestTheWholeIntegration::test_after_runs_and_additions_too",
    "tests/lifecycle/test_remove_properties.py",
    "tests/lifecycle/test_schema_file.py",
    "tests/lifecycle/test_shared_helpers.py::TestTheSecondUserArrives",
    "tests/lifecycle/test_update_manifests.py",
    "tests/manifest/test_hostile.py",
    "tests/models/test_read.py::test_what_was_read_and_written_reads_the_same",
    "tests/nango_yaml/test_document.py::test_a_few_aliases_that_stand_for_millions_do_not_fill_the_memory",
    "tests/nango_yaml/test_properties.py",
    "tests/nango_yaml/test_torture.py::test_a_file_is_refused_as_shown[a-billion-laughs]",
    "tests/nango_yaml/test_without_libyaml.py",
    "tests/operations/test_batch.py",
    "tests/packaging/test_install.py",
    "tests/render/test_fit_lines.py::test_a_long_text_takes_no_longer_than_its_length",
    "tests/test_visible.py::test_no_character_that_cannot_be_seen_gets_through",
    "tests/toolchain/",
    "tests/wizard/test_any_conversation.py",
    "tests/wizard/test_at_a_terminal.py",
    "tests/wizard/test_fields.py",
    "tests/wizard/test_samples.py::test_the_fields_of_any_records_derive",
    "tests/wizard/test_sources.py::TestWhole",
    "tests/wizard/test_terminal.py::TestLines::test_json_that_arrives_line_by_line_ends_with_its_last_bracket",
    "tests/wizard/test_whole_runs.py",
)
"""Left out of the quick run: fault injection, programs of others, inputs of any size, whole conversations, and what asks Node."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Without slow tests, import none of their files: each worker would take seconds for it."""
    if "not slow" not in config.option.markexpr:
        return None
    path = collection_path.relative_to(config.rootpath).as_posix()
    return f"{path}/".startswith(SLOW) or path in SLOW or None


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


def pytest_collection_finish() -> None:
    """Exempt what was collected from garbage collection, which would take a tenth of a run's time."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(autouse=True, scope="session")
def _signals_as_at_a_terminal() -> None:
    """Restore signals that are ignored by nohup or in the background: the commands would inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGHUP", "SIGTERM"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


@pytest.fixture(autouse=True, scope="session")
def _no_wait_for_the_medium() -> Iterator[None]:
    """No test cuts the power: which files are synced, and when, is seen in the calls of ``Disk``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)  # which refuses a closed handle, too
        yield


@pytest.fixture(autouse=True, scope="session")
def _cache_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A catalogue that the developer has refreshed must not change what is generated here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield
