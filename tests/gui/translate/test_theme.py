from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gui import icons
from gui.settings import Settings
from gui.theme import DARK, LIGHT, Colors, Theme


def luminance(color: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PAIRS = [
    ("text", "window"), ("text", "surface"), ("text", "hover"), ("text", "accent_soft"),
    ("text", "link"), ("text", "warning_soft"), ("text", "error_soft"),
    ("muted", "window"), ("muted", "surface"), ("muted", "hover"),
    ("on_accent", "accent"), ("on_accent", "accent_hover"),
    ("accent_text", "surface"), ("accent_text", "window"), ("accent_text", "accent_soft"),
    ("error", "surface"), ("error", "error_soft"), ("warning", "surface"),
    ("warning", "warning_soft"), ("text", "unsure"),
]  # fmt: skip


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_words_can_be_read(colors: Colors, front: str, back: str) -> None:
    assert contrast(getattr(colors, front), getattr(colors, back)) >= 4.5


def test_the_contrast_formula_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_theme_follows_its_settings(settings: Settings, qtbot: QtBot) -> None:
    theme = Theme(settings)
    settings.theme.set("light")
    with qtbot.waitSignal(theme.changed):
        settings.theme.set("dark")
    assert theme.dark
    assert theme.colors is DARK
    with qtbot.waitSignal(theme.changed):
        settings.text_size.set(150)
    assert theme.px(18) == 27
    assert "font-size: 27px" in theme.style_sheet()


def test_the_style_sheet_is_filled_and_uses_theme_colours_only(
    settings: Settings, qtbot: QtBot
) -> None:
    for choice, colors in (("light", LIGHT), ("dark", DARK)):
        settings.theme.set(choice)
        sheet = Theme(settings).style_sheet()
        assert "$" not in sheet
        known = {getattr(colors, name) for name in colors.__slots__}
        used = set(re.findall(r"#[0-9a-f]{6}\b", sheet))
        assert used <= known


def test_an_icon_takes_the_colour_it_is_given(qtbot: QtBot) -> None:
    picture = icons.pixmap("check", "#d97706", 32).toImage()
    painted = {
        picture.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert painted == {QColor("#d97706").name()}
