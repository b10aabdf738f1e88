"""Each sentence of docs/trust.md, and the tests that would fail if it were not so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/trust.md"

# How each sentence, or row of a table, begins -> its tests: the file below tests/, and the names in it.
PROOFS: dict[str, dict[str, str]] = {
    "`nango-integrations/NAME/**`": {"cli/test_new.py": "test_provider_and_one_name_are_enough"},
    "`nango-integrations/NAME/.nango-scaffold.json`": {
        "plan/test_decide.py": "test_no_byte_of_the_users_is_lost_and_nothing_of_ours_forgotten",
        "manifest/test_hostile.py": "test_a_manifest_reads_back_as_it_was_written",
    },
    "`nango-integrations/nango.yaml`": {
        "cli/test_new.py": "test_every_byte_of_a_hand_written_nango_yaml_stays",
        "nango_yaml/test_properties.py": "test_every_old_line_is_still_there_in_its_order",
    },
    "`nango-integrations/schema.zod.ts`": {
        "cli/test_new.py": "test_a_schema_file_of_the_users_own_is_extended_not_replaced"
    },
    "`package.json`, `tsconfig.json`": {
        "cli/test_new.py": "test_project_files_that_are_there_are_never_touched"
    },
    "`nango-integrations/.gitattributes`": {
        "manifest/test_laid_out.py": "test_reviews_show_it_collapsed test_attributes_of_the_users_stay_as_they_are"
    },
    "Nothing else is written": {
        "commit/test_apply.py": "test_the_new_tree_is_the_old_one_with_just_the_plan_in_it",
        "commit/test_links.py": "test_a_link_out_of_the_project_and_its_work_tree_is_refused "
        "test_a_link_within_the_work_tree_is_written_through",
    },
    "The tool opens a network connection only where `--sample-from`": {
        "house/test_source.py": "test_only_one_module_opens_a_connection",
        "connection/test_nango.py": "test_a_page_is_one_get_with_what_the_proxy_asks_for",
    },
    "`.env` of the project": {
        "connection/test_credentials.py": "test_no_key_goes_to_a_host_that_another_place_names test_nothing_shows_the_key",
        "connection/test_nango.py": "test_no_redirect_is_followed test_each_refusal_says_what_to_do",
    },
    "what a live API answers": {
        "connection/test_nango.py": "test_an_answer_that_is_too_large test_an_answer_that_never_ends test_what_is_no_json "
        "test_a_host_that_repeats_the_key"
    },
    "`providers refresh` starts your npm client": {
        "cli/test_providers_refresh.py": "test_the_newest_catalogue_comes_and_what_changed_is_told "
        "test_an_npm_that_runs_us_does_not_tell_of_its_project"
    },
    "The registry it asked": {
        "cli/test_providers_refresh.py": "test_the_newest_catalogue_comes_and_what_changed_is_told"
    },
    "`update` starts git and Copier": {"copier/test_update_many.py": "test_"},
    "Everything is worked out in memory first": {
        "commit/test_apply.py": "test_nothing_but_the_staging_folder_is_touched_before_all_is_staged",
        "nango_yaml/test_torture.py": "test_a_file_is_refused_as_shown",
    },
    "Only then are files written, under a lock": {
        "cli/test_on_disk.py": "test_fifty_runs_at_once_end_with_fifty_entries"
    },
    "A run ends with the old tree or the new one": {
        "commit/test_faults.py": "test_kill_9_at_any_call_is_mended_by_the_next_run "
        "test_an_error_at_any_call_leaves_the_old_tree_or_says_it_is_the_new",
        "cli/test_on_disk.py": "test_a_run_killed_at_any_moment_leaves_the_old_tree_or_the_new_one",
        "commit/test_apply.py": "test_every_other_name_reaches_the_medium_before_nango_yaml_and_that_before_the_end",
    },
    "The next run finishes or rolls back": {
        "commit/test_recovery.py": "test_the_next_run_tells_what_it_took_back test_each_outcome_is_a_sentence"
    },
    "SIGTERM and SIGHUP": {
        "lifecycle/test_killed.py": "test_who_is_told_to_end_leaves_the_old_tree_or_the_new_one "
        "test_the_exit_code_of_a_real_process_tells_the_signal"
    },
    "A file that somebody saves while a run is at work": {
        "commit/test_editors.py": "test_a_save_at_any_call_is_there_in_the_end test_of_some_racing_saves_none_is_lost"
    },
    "An editor that still has a file open": {
        "commit/test_editors.py": "test_who_has_the_file_open_at_the_last_look_is_waited_for"
    },
    "not touched a file since it was written": {
        "cli/test_new.py": "test_an_unedited_file_follows_the_answers"
    },
    "edited it": {"lifecycle/test_new_merges.py": "test_an_edit_elsewhere_stays_and_the_new_line_comes"},
    "edited the same lines": {
        "lifecycle/test_new_merges.py": "test_what_conflicts_is_kept_and_never_marked",
        "lifecycle/test_add.py": "test_a_conflict_is_marked_named_and_has_an_exit_code",
        "lifecycle/test_update_manifests.py": "test_edits_are_merged_and_conflicts_marked_and_counted",
    },
    "deleted it": {"cli/test_new.py": "test_a_deleted_file_stays_deleted"},
    "written it yourself": {
        "lifecycle/test_hand_written.py": "test_a_newer_version_leaves_them_alone_and_updates_ours "
        "test_handed_over_by_name_a_file_becomes_ours",
        "lifecycle/test_any_order.py": "test_nothing_is_lost_in_any_order",
    },
    "edited our entries": {"cli/test_new.py": "test_an_edited_value_in_nango_yaml_is_the_users"},
    "deleted an entry": {
        "nango_yaml/test_three_way.py": "test_a_sync_the_user_deleted_stays_deleted_with_its_model"
    },
    "The exit code is 1": {
        "cli/test_new.py": "test_what_stands_against_an_edit_is_told_again_until_it_is_settled"
    },
    "You trust this package": {
        "copier/test_trust.py": "test_the_template_of_this_installation_is_its_own_clone "
        "test_it_runs_when_asked_to_from_wherever_the_command_is_given"
    },
    "Everything else is untrusted": {
        "manifest/test_hostile.py": "test_no_command_ends_in_a_traceback_or_touches_what_is_another_s",
        "hostile/test_answers.py": "test_answers",
        "hostile/test_catalogues.py": "test_catalogue",
        "copier/test_trust.py": "test_no_template_that_a_project_names_is_run_unasked",
    },
    "files of the project": {
        "commit/test_reading.py": "test_only_regular_files_are_read "
        "test_a_file_over_the_limit_is_refused_and_one_at_it_is_read",
        "commit/test_links.py": "test_a_link_out_of_the_project_and_its_work_tree_is_refused "
        "test_without_git_a_link_beside_the_project_is_refused",
        "commit/test_places.py": "test_what_is_no_file_is_refused_and_left_alone",
    },
    "`nango.yaml`, answers, catalogues": {
        "hostile/test_project_files.py": "test_nango_yaml test_answers_of_copier",
        "hostile/test_answers.py": "test_answers",
        "hostile/test_catalogues.py": "test_catalogue",
    },
    "`.nango-scaffold.json`": {
        "manifest/test_hostile.py": "test_every_manifest_is_read_or_refused_at_once "
        "test_a_file_of_others_in_it_is_never_deleted"
    },
    "lock, journal and temporary files": {
        "commit/test_lock.py": "test_a_lock_that_is_a_link_or_a_folder_is_not_followed "
        "test_what_is_no_file_in_the_place_of_a_lock_is_refused_at_once",
        "commit/test_recovery.py": "test_a_journal_that_is_not_ours_is_refused_and_nothing_done "
        "test_a_planted_list_of_areas_empties_no_folder_of_others",
        "cli/test_hostile_disk.py": "test_what_is_no_file_is_refused",
    },
    "templates that a project names": {
        "copier/test_trust.py": "test_no_template_that_a_project_names_is_run_unasked "
        "test_of_a_trusted_repository_only_what_was_published_is_run "
        "test_copier_s_own_list_is_read_as_copier_reads_it"
    },
    "configuration of the project": {
        "test_programs.py": "test_git_runs_nothing_that_a_project_s_configuration_names "
        "test_a_program_of_the_project_is_not_taken test_a_module_of_the_project_is_not_taken",
        "cli/test_providers_refresh.py": "test_the_newest_catalogue_comes_and_what_changed_is_told",
    },
    "text that is shown": {
        "test_visible.py": "test_what_a_terminal_obeys_is_shown_as_its_escape "
        "test_no_character_that_cannot_be_seen_gets_through",
        "house/test_source.py": "test_nothing_else_prints",
        "cli/test_complete.py": "test_only_what_no_shell_would_run_is_offered test_nothing_that_is_offered_runs",
    },
    "text that is generated": {
        "toolchain/test_hostile.py": "test_hostile_answers_give_files_that_compile",
        "plan/test_paths.py": "test_whatever_passes_stays_below_the_project_on_posix_and_windows",
    },
    "errors nobody foresaw": {
        "cli/test_unforeseen.py": "test_an_error_nobody_foresaw_is_one_line_and_exit_code_70"
    },
    "`check` and `doctor` read": {
        "cli/test_check_untrusted.py": "test_a_link_out_of_the_project test_what_is_no_regular_file",
        "hostile/test_catalogues.py": "test_what_is_no_file",
    },
    "Two options run": {
        "verify/test_verify.py": "test_without_the_cli_it_says_so_and_what_installs_it",
        "copier/test_trust.py": "test_it_runs_when_asked_to_from_wherever_the_command_is_given",
    },
    "A `nango.yaml` that cannot be edited without risk": {
        "nango_yaml/test_torture.py": "test_a_file_is_refused_as_shown",
        "cli/test_on_disk.py": "test_what_cannot_be_edited_is_refused_with_line_and_column",
    },
    "In a project of the zero-yaml flavour": {"cli/test_projects.py": "test_no_command_writes_into_it"},
    "An answer that cannot be used": {
        "answers/test_refused.py": "test_the_message_says_where_what_and_what_is_accepted"
    },
    "`--dry-run` first": {"cli/test_new.py": "test_the_patch_of_a_dry_run_is_exactly_what_the_run_does"},
    "`nango-scaffold remove NAME`": {
        "lifecycle/test_remove.py": "test_an_edited_file_and_files_of_the_users test_a_sync_with_its_file_entry_mapper_and_model"
    },
    "After `new` it gives back": {
        "lifecycle/test_remove_properties.py": "test_new_then_remove_gives_the_old_tree"
    },
    "`git checkout .": {"commit/test_apply.py": "test_the_new_tree_is_the_old_one_with_just_the_plan_in_it"},
    "Each sentence on this page": {
        "docs/test_trust.py": "test_each_sentence_has_its_tests test_the_tests_are_there"
    },
    "Every file of every example": {
        "toolchain/test_examples.py": "test_an_example_alone_compiles test_no_official_tool_finds_anything",
        "commit/test_faults.py": "test_kill_9_at_any_call_is_mended_by_the_next_run",
        "lifecycle/test_any_order.py": "test_nothing_is_lost_in_any_order",
        "nango_yaml/test_properties.py": "test_js_yaml_reads_the_old_data_and_ours",
    },
}

# What a test cannot show: where the page says what is not promised.
NO_PROMISE = ("What this does not protect against",)


def sentences() -> Iterator[str]:
    """The sentences of the page, and the rows of its tables."""
    for block in re.split(r"\n{2,}", PAGE.read_text("utf-8")):
        if block.startswith("|"):
            yield from (row.strip("| ") for row in block.splitlines()[2:])
        elif not block.startswith("#"):
            for item in re.split(r"\n(?=- )", block.strip()):
                yield from re.split(r"(?<=[.]) (?=[A-Z`])", " ".join(item.removeprefix("- ").split()))


def test_each_sentence_has_its_tests() -> None:
    beginnings = [*PROOFS, *NO_PROMISE]
    matches = [
        [beginning for beginning in beginnings if sentence.startswith(beginning)] for sentence in sentences()
    ]
    assert [match for match in matches if len(match) != 1] == []
    assert sorted(beginning for [beginning] in matches) == sorted(beginnings), "each proves one sentence"


@pytest.mark.parametrize("file", sorted({file for proof in PROOFS.values() for file in proof}))
def test_the_tests_are_there(file: str) -> None:
    text = (ROOT / "tests" / file).read_text("utf-8")
    names = {name for proof in PROOFS.values() for name in proof.get(file, "").split()}
    assert {name for name in names if f"def {name}" not in text} == set()
