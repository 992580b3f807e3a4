"""What ships with the program: fonts that hold the characters, drawings that draw, licences."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from core.paths import resources_folder

FONTS = resources_folder() / "fonts"
ICONS = resources_folder() / "icons"
SANS = FONTS / "AttuneSansSC-Regular.otf"
EMOJI = FONTS / "NotoEmoji-Regular.ttf"

SAMPLES = {
    "simplified": "我喜欢学习机器学习。今天天气很好，我们去饭馆吃早饭吧！囍镕堃喆",
    "traditional": "我喜歡學習機器學習。龍飛鳳舞、憂鬱的臺灣烏龜，請問車站怎麼走？",
    "punctuation": "，。、；：？！…—·“”‘’（）《》〈〉「」『』【】〔〕～￥％",
    "full width": "ＡＢＣａｂｃ１２３＋－＝",
    "latin": "The quick brown fox jumps over the lazy dog. 0123456789 café naïve Ærøskøbing",
    "pinyin": "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü",
    "symbols": "€£¥©®°±×÷≤≥≈≠→←↑↓⇄✓①②③½№℃▁",
}


def code_points(path: Path) -> set[int]:
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


@pytest.fixture(scope="module")
def sans() -> set[int]:
    return code_points(SANS)


def decoded(codec: str, leads: range, trails: range) -> set[int]:
    """Every character of a two-byte ``codec`` in the given rows."""
    return {
        ord(character)
        for lead in leads
        for trail in trails
        for character in bytes([lead, trail]).decode(codec, errors="ignore")
        if ord(character) > 0x7F  # a stray second byte read as ASCII
    }


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_font_has_a_glyph_for(kind: str, sans: set[int]) -> None:
    assert {c for c in SAMPLES[kind] if c != " " and ord(c) not in sans} == set()


def test_the_font_holds_all_of_gb_2312_and_of_big5s_common_characters(sans: set[int]) -> None:
    simplified = decoded("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))
    traditional = decoded("big5", range(0xA4, 0xC6), range(0x40, 0xFF))
    assert len(simplified) == 3755 + 3008  # levels 1 and 2 of the standard
    assert len(traditional) > 5000
    assert simplified <= sans
    assert traditional <= sans


@pytest.mark.parametrize("path", [SANS, EMOJI], ids=lambda path: path.stem)
def test_fonts_are_free_and_small(path: Path) -> None:
    with TTFont(path, lazy=True) as font:
        licence = font["name"].getDebugName(13)
    assert "SIL Open Font License" in licence
    assert path.stat().st_size < 8_000_000


def test_emoji_have_glyphs() -> None:
    assert {ord(c) for c in "😀🎉❤👍🍜🚄"} <= code_points(EMOJI)


def test_matplotlib_draws_both_fonts(tmp_path: Path) -> None:
    """A character without a glyph is a warning of matplotlib's, and so a failure."""
    from matplotlib import font_manager
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    for path in (SANS, EMOJI):
        font_manager.fontManager.addfont(path)
    figure = Figure(figsize=(4, 1))
    text = figure.text(0, 0.5, "我喜歡 learning 😀", family=["Attune Sans SC", "Noto Emoji"])
    FigureCanvasAgg(figure).print_png(tmp_path / "drawn.png")
    assert text.get_window_extent().width > 50


@pytest.mark.parametrize("path", sorted(ICONS.glob("*.svg")), ids=lambda path: path.stem)
def test_icons_are_tinted_by_the_theme(path: Path) -> None:
    drawing = ET.parse(path).getroot()
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    if path.stem != "attune":
        assert drawing.get("stroke") == "currentColor"
        assert drawing.get("viewBox") == "0 0 24 24"


def test_every_part_that_is_not_ours_has_its_licence() -> None:
    table = (resources_folder() / "LICENSES.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:fonts|icons)/[\w.-]+)`", table)
    assert {f"fonts/{p.name}" for p in FONTS.iterdir() if p.is_file()} - set(named) == set()
    assert [name for name in named if not (resources_folder() / name).is_file()] == []
