"""Qt draws what ships: glyphs instead of boxes, and every icon."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QImage, QPainter, QRawFont
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from core.paths import resources_folder

FONTS = resources_folder() / "fonts"
ICONS = sorted((resources_folder() / "icons").glob("*.svg"))


@pytest.mark.parametrize(
    ("file", "family", "text"),
    [
        ("AttuneSansSC-Regular.otf", "Attune Sans SC", "我喜歡学习 Learning，。"),
        ("NotoEmoji-Regular.ttf", "Noto Emoji", "😀"),
    ],
)
def test_qt_finds_the_glyphs(qapp: QApplication, file: str, family: str, text: str) -> None:
    number = QFontDatabase.addApplicationFont(str(FONTS / file))
    assert QFontDatabase.applicationFontFamilies(number) == [family]

    font = QFont(family)
    font.setPixelSize(13)
    assert QFontInfo(font).family() == family
    assert 0 not in QRawFont.fromFont(font).glyphIndexesForString(text)


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_every_icon_draws(qapp: QApplication, path: object) -> None:
    renderer = QSvgRenderer(str(path))
    assert renderer.isValid()

    picture = QImage(24, 24, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, 24, 24))
    painter.end()
    inked = [(x, y) for x in range(24) for y in range(24) if picture.pixelColor(x, y).alpha() > 128]
    assert len(inked) > 8


def test_the_picture_of_the_program_is_256_pixels_wide(qapp: QApplication) -> None:
    picture = QImage(str(resources_folder() / "icons" / "attune-256.png"))
    assert (picture.width(), picture.height()) == (256, 256)
    assert picture.hasAlphaChannel()
