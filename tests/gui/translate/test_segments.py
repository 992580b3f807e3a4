from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from core.cancel import CancelToken
from core.translation.result import SegmentResult, Translation
from gui.viewmodels.segment import Segment
from gui.viewmodels.segments import Edit, SegmentList, text_change
from tests.gui.fakes import FakeEngine


def results(text: str) -> list[SegmentResult]:
    return list(FakeEngine().translate(text, 1, CancelToken()))


def applied(text: str, edit: Edit) -> str:
    return text[: edit.start] + edit.inserted + text[edit.start + edit.removed :]


TEXTS = st.text(alphabet="你好吗我。？\n ab😀", max_size=24)


@given(TEXTS, TEXTS)
def test_text_change_turns_old_into_new(old: str, new: str) -> None:
    change = text_change(old, new)
    assert applied(old, change) == new
    if old != new:
        assert change.removed + len(change.inserted) <= len(old) + len(new)
        shared = len(new) - len(change.inserted)
        longest_prefix = next(
            (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
            min(len(old), len(new)),
        )
        assert change.start == longest_prefix
        assert shared >= longest_prefix


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[str, object]]:
    """What can happen to a page: typing, whole runs, runs cut short, typing amid a run."""
    life: list[tuple[str, object]] = []
    for _ in range(draw(st.integers(1, 5))):
        life.append(("type", draw(TEXTS)))
        life.append(("run", draw(st.integers(0, 6))))
        if draw(st.booleans()):
            life.append(("type", draw(TEXTS)))
            life.append(("more", None))
    return life


@given(lives())
def test_edits_keep_the_view_equal_to_the_segments(life: list[tuple[str, object]]) -> None:
    segments, shown, coming = SegmentList(), "", []
    for what, value in life:
        edits = []
        if what == "type":
            edits.append(segments.type(str(value)))
        elif what == "run":
            segments.begin()
            coming = results(segments.source)
            now, coming = coming[: int(str(value))], coming[int(str(value)) :]
            edits.append(segments.apply(now))
        else:
            edits.append(segments.apply(coming))
            edits.append(segments.finish())
        for edit in edits:
            shown = applied(shown, edit)
        assert shown == segments.output
        starts = [segments[i].start for i in range(len(segments))]
        assert starts == sorted(starts)
        assert all(
            0 <= segments[i].start <= segments[i].end <= len(segments.source)
            for i in range(len(segments))
        )


@given(TEXTS, TEXTS)
def test_a_complete_run_leaves_nothing_of_the_old(old: str, new: str) -> None:
    segments = SegmentList()
    for text in (old, new):
        segments.type(text)
        segments.begin()
        expected = results(text)
        segments.apply(expected)
        segments.finish()
        assert segments.output == "".join(r.gap + r.translation.translation for r in expected)
        assert not any(segments[i].stale for i in range(len(segments)))
        spans = [(segments[i].start, segments[i].end) for i in range(len(segments))]
        assert spans == [(r.start, r.end) for r in expected]


def filled(text: str) -> SegmentList:
    segments = SegmentList()
    segments.type(text)
    segments.begin()
    segments.apply(results(text))
    segments.finish()
    return segments


def stale(segments: SegmentList) -> list[bool]:
    return [segments[i].stale for i in range(len(segments))]


def test_typing_dims_only_the_sentence_it_touches() -> None:
    segments = filled("我喜欢。你好吗？再见。")
    assert segments.type("我喜欢。你们好吗？再见。").empty
    assert stale(segments) == [False, True, False]
    assert segments.source[segments[2].start : segments[2].end] == "再见。"
    assert segments.source[segments[1].start : segments[1].end] == "你们好吗？"


def test_a_new_sentence_after_a_full_stop_dims_nothing() -> None:
    segments = filled("我喜欢。")
    segments.type("我喜欢。你")
    assert stale(segments) == [False]


def test_going_on_with_an_unfinished_sentence_dims_it() -> None:
    segments = filled("我喜")
    segments.type("我喜欢")
    assert stale(segments) == [True]
    assert (segments[0].start, segments[0].end) == (0, 3)


def test_deleting_a_sentence_deletes_its_translation_at_once() -> None:
    segments = filled("我喜欢。你好吗？再见。")
    before = segments.output
    edit = segments.type("我喜欢。再见。")
    assert applied(before, edit) == segments.output
    assert len(segments) == 2


def test_an_empty_text_empties_the_translation() -> None:
    segments = filled("我喜欢。你好吗？")
    assert segments.type("  \n") == Edit(0, len(filled("我喜欢。你好吗？").output), "")
    assert len(segments) == 0


def test_an_unchanged_sentence_is_not_edited() -> None:
    segments = filled("我喜欢。你好吗？再见。")
    segments.type("我喜欢。你们好吗？再见。")
    segments.begin()
    edit = segments.apply(results(segments.source))
    first, last = segments[0], segments[2]
    assert edit.start >= len(first.output)
    assert edit.start + len(edit.inserted) <= len(segments.output) - len(last.output)


def test_offsets_find_their_segment_on_both_sides() -> None:
    segments = filled("我喜欢。\n\n你好吗？")
    assert [segments.at_source(i) for i in (0, 3, 4, 5, 6, 9, 10)] == [0, 0, 0, None, 1, 1, 1]
    start = segments.output_start(1)
    assert segments.output[:start].endswith("\n\n")
    assert segments.at_output(0) == 0
    assert segments.at_output(start) == 1
    assert segments.at_output(start - 1) == 1  # the gap belongs to what follows


def test_results_of_an_older_wording_move_with_the_text() -> None:
    segments = SegmentList()
    segments.type("我喜欢。你好吗？")
    segments.begin()
    first, second = results(segments.source)
    segments.apply([first])
    segments.type("是的。我喜欢。你好吗？")
    segments.apply([second])
    assert segments.source[segments[1].start : segments[1].end] == "你好吗？"
    assert not segments[1].stale


def test_mark_stale_dims_all() -> None:
    segments = filled("我喜欢。你好吗？")
    segments.mark_stale()
    assert stale(segments) == [True, True]
    assert isinstance(segments[0].translation, Translation)


def test_bare_numbers_that_stay_as_they_are_are_not_worth_a_note() -> None:
    (result,) = results("你好。")
    for text, notes in (("---", frozenset()), ("-5℃", frozenset()), ("Paris", {"copied"})):
        translation = replace(result.translation, source=text, notes=("copied",))
        assert Segment(0, len(text), "", translation).notes == notes
