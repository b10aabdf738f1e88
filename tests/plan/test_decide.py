"""Promise 6: the user's edits win."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.errors import AnswersError
from nango_scaffold.plan import Change, Kept, Merged, Plan, decide

PATH = "github/types.ts"
BYTES = st.sampled_from([b"", b"one", b"two", b"three"])
PATHS = st.sampled_from(["a.ts", "b/c.ts", "b/d.ts", "e.yaml"])
FILES = st.dictionaries(PATHS, BYTES)


def decide_one(*, new: bytes | None, now: bytes | None, last: bytes | None) -> Plan:
    return decide({} if new is None else {PATH: new}, {PATH: now}, {} if last is None else {PATH: last})


@pytest.mark.parametrize(
    ("new", "now", "last", "kind"),
    [
        (b"new", None, None, "create"),
        (b"new", b"new", None, "unchanged"),
        (b"new", b"new", b"old", "unchanged"),
        (b"new", b"old", b"old", "change"),
        (None, b"old", b"old", "delete"),
    ],
)
def test_a_file_as_we_left_it_is_ours_to_write(
    new: bytes | None, now: bytes | None, last: bytes | None, kind: str
) -> None:
    plan = decide_one(new=new, now=now, last=last)
    assert plan == Plan((Change(PATH, now, new),))
    assert plan.changes[0].kind == kind
    assert plan.is_empty == (kind == "unchanged")


@pytest.mark.parametrize(
    ("new", "now", "last", "why", "news"),
    [
        (b"new", None, b"old", "deleted since it was written", True),
        (b"old", None, b"old", "deleted since it was written", False),
        (b"new", b"mine", b"old", "edited since it was written", True),
        (b"old", b"mine", b"old", "edited since it was written", False),
        (b"new", b"mine", None, "was there before and is not ours", True),
        (
            *(None, b"mine", b"old"),
            *("edited since it was written, though no longer part of the integration", True),
        ),
    ],
)
def test_a_file_the_user_made_their_own_stays_and_is_reported(
    new: bytes | None, now: bytes | None, last: bytes | None, why: str, news: bool
) -> None:
    plan = decide_one(new=new, now=now, last=last)
    assert plan.changes == ()
    assert plan.is_empty
    (kept_file,) = plan.kept
    assert kept_file.why == why
    assert kept_file.news is news
    assert kept_file.dropped == (new is None), "whether it would have gone"


def test_a_file_that_is_gone_and_rendered_no_more_is_not_mentioned() -> None:
    assert decide_one(new=None, now=None, last=b"old") == Plan(())


def test_hostile_paths_are_refused_wherever_they_come_from() -> None:
    with pytest.raises(AnswersError):
        decide({"../evil": b""}, {}, {})
    with pytest.raises(AnswersError):
        decide({}, {"../evil": b"x"}, {"../evil": b"x"})


def test_a_plan_takes_more_changes_on() -> None:
    plan = decide({"a.ts": b"a"}, {}, {}).plus([Change("nango.yaml", b"x", b"y")], [Kept("b.ts", "edited")])
    assert plan.paths("create") == ("a.ts",)
    assert plan.paths("change") == ("nango.yaml",)
    assert [file.path for file in plan.kept] == ["b.ts"]


def test_a_plan_that_takes_more_on_still_tells_what_it_merges() -> None:
    merged = Merged("a.ts", conflicts=1)
    plan = Plan((Change("a.ts", b"x", b"y"),), merged=(merged,)).plus([Change("nango.yaml", b"x", b"y")])
    assert plan.merged == (merged,)
    assert plan.has_conflicts


@given(rendered=FILES, on_disk=FILES, last=FILES)
def test_no_byte_of_the_users_is_lost_and_nothing_of_ours_forgotten(
    rendered: dict[str, bytes], on_disk: dict[str, bytes], last: dict[str, bytes]
) -> None:
    plan = decide(rendered, on_disk, last)
    for change in plan.changes:
        assert change.before == on_disk.get(change.path)
        assert change.after == rendered.get(change.path)
        if change.kind in ("change", "delete"):
            assert change.before == last[change.path], "only what we wrote ourselves is written over"
    spoken_of = [change.path for change in plan.changes] + [file.path for file in plan.kept]
    assert len(spoken_of) == len(set(spoken_of))
    assert set(rendered) <= set(spoken_of)


@given(rendered=FILES, on_disk=FILES, last=FILES)
def test_a_second_run_with_the_same_answers_writes_nothing(
    rendered: dict[str, bytes], on_disk: dict[str, bytes], last: dict[str, bytes]
) -> None:
    after = dict(on_disk)
    for change in decide(rendered, on_disk, last).changes:
        if change.after is None:
            del after[change.path]
        else:
            after[change.path] = change.after
    second = decide(rendered, after, rendered)
    assert second.is_empty
    assert not any(file.news for file in second.kept)
