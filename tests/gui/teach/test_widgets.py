"""The drop zone takes one file; the chart draws elsewhere and answers the pointer."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from gui.jobs.background import Background
from gui.jobs.chart_rendering import ChartImage, LossCurves
from gui.settings import Settings
from gui.theme import Theme
from gui.widgets.drop_zone import DropZone
from gui.widgets.loss_chart import LossChart


@pytest.fixture
def zone(qtbot: QtBot, theme: Theme) -> DropZone:
    zone = DropZone(theme)
    qtbot.addWidget(zone)
    zone.resize(600, 260)
    zone.show()
    return zone


def drop(zone: DropZone, *urls: QUrl) -> None:
    data = QMimeData()
    data.setUrls(list(urls))
    zone.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_one_file_is_taken(qtbot: QtBot, zone: DropZone, pairs_file: Path) -> None:
    with qtbot.waitSignal(zone.files_dropped) as taken:
        drop(zone, QUrl.fromLocalFile(str(pairs_file)))
    assert taken.args == [(pairs_file,)]


def test_folder_web_page_and_many_files_are_refused_with_a_reason(
    qtbot: QtBot, zone: DropZone, pairs_file: Path
) -> None:
    file, folder = QUrl.fromLocalFile(str(pairs_file)), QUrl.fromLocalFile(str(pairs_file.parent))
    said = []
    zone.refused.connect(lambda what, remedy: said.append((what, remedy)))
    drop(zone, folder)
    drop(zone, file, file, file)
    drop(zone, QUrl("https://example.org/pairs.tsv"))
    assert "folder" in said[0][0] and "3 files" in said[1][0] and "not a file" in said[2][0]
    assert all(remedy.endswith(".") for _, remedy in said)


def test_click_beside_the_buttons_browses(qtbot: QtBot, zone: DropZone) -> None:
    with qtbot.waitSignal(zone.browse_requested):
        qtbot.mouseClick(zone, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    thread = Background()
    yield thread
    thread.shutdown()


CURVES = LossCurves(
    tuple(range(1, 51)), tuple(4 - n / 20 for n in range(50)), (0, 50), (4.0, 2.0), (0,), (3.25,)
)


def test_chart_is_drawn_again_for_size_and_theme(
    qtbot: QtBot, theme: Theme, settings: Settings, background: Background
) -> None:
    chart = LossChart(theme, background)
    qtbot.addWidget(chart)
    chart.resize(500, 300)
    chart.show()
    chart.show_curves(CURVES)
    qtbot.waitUntil(lambda: chart.picture is not None, timeout=20_000)
    chart.resize(640, 360)
    qtbot.waitUntil(lambda: chart.picture.request.width == 640)
    light = chart.picture.request.look
    settings.theme.set("dark")
    qtbot.waitUntil(lambda: chart.picture.request.look != light)
    look = chart.picture.request.look
    assert (look.training, look.held_out, look.general) == theme.line_colors[:3]
    assert chart.accessibleDescription() == "training 1.55, held-out 2.00, general 3.25"


def test_the_chart_is_drawn_four_times_a_second_at_most_and_the_last_wish_counts(
    qtbot: QtBot, theme: Theme, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[float, float]] = []
    request = background.request

    def noted(key: str, function: partial[ChartImage]) -> None:
        asked.append((time.monotonic(), function.args[0].smoothing))
        request(key, function)

    monkeypatch.setattr(background, "request", noted)
    chart = LossChart(theme, background)
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    chart.show()
    chart.show_curves(CURVES)
    for weight in range(1, 41):  # as a slider that is dragged
        chart.set_smoothing(weight / 100)
        qtbot.wait(20)
    qtbot.waitUntil(lambda: asked[-1][1] == 0.4)
    gaps = [later - sooner for (sooner, _), (later, _) in itertools.pairwise(asked)]
    assert gaps and min(gaps) > 0.2


def test_reading_under_the_pointer_is_that_of_the_nearest_step(
    qtbot: QtBot, theme: Theme, background: Background
) -> None:
    chart = LossChart(theme, background)
    qtbot.addWidget(chart)
    chart.resize(500, 300)
    chart.show()
    chart.set_smoothing(0.5)
    chart.show_curves(CURVES)
    qtbot.waitUntil(lambda: chart.picture is not None, timeout=20_000)
    picture = chart.picture
    across = picture.last_step - picture.first_step
    x = picture.left + (30.2 - picture.first_step) / across * picture.plot_width
    training = "training 2.55, smoothed 2.60"  # the mean of a line lags by weight / (1 - weight)
    assert chart.reading_at(x) == f"step 30 · {training} · held-out 4.00 · general 3.25"
    assert chart.reading_at(-50) == "step 0 · held-out 4.00 · general 3.25"
    assert chart.reading_at(5_000).startswith("step 50 ")
    chart.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(chart, key)
    assert chart.accessibleDescription().startswith("step 48 ")
