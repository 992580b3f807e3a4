"""Sentences watched while a model learns: through time, word by word."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from core.events import Sample
from gui.jobs.background import Background
from gui.pages.teach_steps.marking import changed_words, changes
from gui.pages.teach_steps.sample_card import SampleCard
from gui.settings import Settings
from gui.theme import Theme
from gui.viewmodels.links import Mark, Side
from gui.viewmodels.watched import Watched, placed

TEA, CUP = "茶很香。", "杯子很烫。"


def tea(step: int, translation: str, share: float = 0.75) -> Sample:
    """A sample whose n-th word looks at the n-th of the source, and a little at the last."""
    source, target = ("茶", "很", "香", "。"), tuple(translation.split())
    rows = tuple(
        tuple(share if at == row else (1 - share) * (at == 3) for at in range(4))
        for row in range(len(target))
    )
    return Sample(step, TEA, "The tea smells good.", translation, source, target, rows)


def cup(step: int, translation: str) -> Sample:
    return Sample(step, CUP, "", translation)


HISTORY = [tea(0, "Tea is good"), tea(10, "Tea smells good"), tea(20, "Tea smells good")]


@given(st.text("ab ", min_size=1, max_size=30), st.data())
def test_words_are_placed_where_they_were_cut(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)))) | {0, len(text)})
    words = [text[a:b] for a, b in itertools.pairwise(cuts) if text[a:b].strip()]
    found = placed(text, words)
    assert [text[word.start : word.end] for word in found] == words == [w.text for w in found]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_words_of_one_sign_lie_over_each_other_and_strangers_are_empty() -> None:
    found = placed("5℃。", ["5", "℃", "℃", "x", "。"])
    assert [(word.start, word.end) for word in found] == [(0, 1), (1, 2), (1, 2), (2, 2), (2, 3)]


def test_the_newest_is_shown_until_the_user_goes_back(qtbot: QtBot) -> None:
    watched = Watched()
    watched.take([HISTORY[:1], [cup(0, "hot")]])
    watched.take([HISTORY[:2], [cup(0, "hot"), cup(10, "The cup")]])
    assert watched.sample == HISTORY[1] and watched.before == HISTORY[0]
    watched.go(0)
    watched.take([HISTORY, [cup(0, "hot"), cup(10, "The cup"), cup(20, "The cup is hot")]])
    assert watched.sample == HISTORY[0] and watched.before is None
    watched.turn(1)
    assert watched.sample == cup(0, "hot")  # another sentence as of the same time
    watched.go(2)
    more = [*HISTORY, tea(30, "Tea")]
    watched.take([more, [cup(0, "hot"), cup(10, "x"), cup(20, "y"), cup(30, "z")]])
    assert watched.sample == cup(30, "z")  # follows again
    watched.turn(1)
    assert watched.sample == more[-1]
    watched.take([[cup(0, "of another run")]])
    assert watched.sample == cup(0, "of another run")


def test_nothing_is_told_twice(qtbot: QtBot) -> None:
    watched = Watched()
    watched.take([HISTORY])
    with qtbot.assertNotEmitted(watched.changed):
        watched.take([list(HISTORY)])
        watched.go(2)
        watched.choose(TEA)


def test_changes_are_what_the_text_before_does_not_have() -> None:
    before, after = "the tea is hot", "the cold tea is very hot"
    assert [after[a:b].strip() for a, b in changes(before, after)] == ["cold", "very"]
    assert [after[a:b] for a, b in changed_words(before, after)] == ["cold", "very"]
    assert changes(after, after) == []
    assert changes("", "茶香") == [(0, 2)]


@pytest.fixture
def card(qtbot: QtBot, settings: Settings) -> Iterator[SampleCard]:
    settings.theme.set("light")
    background = Background()
    card = SampleCard(Theme(settings), background)
    qtbot.addWidget(card)
    card.resize(420, 640)
    card.show()
    yield card
    background.shutdown()


def test_slider_goes_back_through_words_and_attention(qtbot: QtBot, card: SampleCard) -> None:
    card.show_samples([HISTORY[:1]])
    assert not card.slider.isVisible()
    card.show_samples([HISTORY])
    assert card.translation.toPlainText() == "Tea smells good"
    assert card.when.text() == "Now, at step 20 · the same as at step 10"
    card.slider.setFocus()
    qtbot.keyClick(card.slider, Qt.Key.Key_Left)
    assert card.when.text() == "At step 10 · new words underlined"
    assert card.translation.marks == (Mark("changed", 4, 10),)
    qtbot.keyClick(card.slider, Qt.Key.Key_Home)
    assert (card.translation.toPlainText(), card.when.text()) == ("Tea is good", "Before learning")
    assert card.slider.accessibleDescription() == "Before learning"
    assert card.translation.marks == ()
    card.show_samples([[*HISTORY, tea(30, "Tea smells nice", 0.5)]])
    assert card.translation.toPlainText() == "Tea is good"  # stays where the user left it
    qtbot.keyClick(card.slider, Qt.Key.Key_End)

    def is_drawn() -> bool:
        heatmap = card.heatmap.heatmap
        return heatmap is not None and heatmap.request.rows == ("Tea", "smells", "nice")

    qtbot.waitUntil(is_drawn, timeout=10_000)
    request = card.heatmap.heatmap.request
    assert request.columns == ("茶", "很", "香", "。") and request.weights[0] == (0.5, 0, 0, 0.5)


def test_a_word_under_the_pointer_lights_its_partners(qtbot: QtBot, card: SampleCard) -> None:
    card.show_samples([HISTORY])
    qtbot.waitUntil(lambda: not card.translation.rect_of(5).isEmpty())
    place = card.translation.rect_of(5).center().toPoint()
    qtbot.mouseMove(card.translation.viewport(), place)
    qtbot.waitUntil(lambda: card.source.marks != ())
    assert card.source.marks == (Mark("link", 1, 2, 0.75), Mark("link", 3, 4, 0.25))
    assert card.translation.marks == (Mark("word", 4, 10),)
    qtbot.mouseMove(card.translation.viewport(), QPoint(400, 5))
    card.watched.highlight.point(Side.TARGET, None)
    assert card.source.marks == ()


def test_the_list_names_pinned_sentences_and_says_where_to_pin(card: SampleCard) -> None:
    card.show_samples([HISTORY])
    assert card.advice.isVisible() and not card.chooser.isVisible()
    assert card.title.text() == "A sentence it never learns"
    card.show_samples([[cup(0, "hot"), cup(10, "The cup")], HISTORY[:2]])
    assert not card.advice.isVisible()
    entries = [action.text() for action in card.chooser.actions_offered()]
    assert entries == [f"{CUP}\tpinned", f"{TEA}\theld-out"]
    card.chooser.actions_offered()[0].trigger()
    assert card.title.text() == "A sentence you pinned"
    assert not card.reference.isVisible() and card.watched.history[-1] == cup(10, "The cup")
    card.forth.click()
    assert card.reference.isVisible() and card.reference.text() == "The tea smells good."
    assert card.heatmap.heatmap is None or card.heatmap.heatmap.request.columns[0] == "茶"


def test_samples_of_an_older_program_are_shown_without_words(card: SampleCard) -> None:
    card.show_samples([[cup(0, ""), cup(5, "The cup is hot.")]])
    assert card.translation.toPlainText() == "The cup is hot."
    card.slider.setValue(0)
    assert card.translation.toPlainText() == ""
    assert card.heatmap.heatmap is None
