from __future__ import annotations

import warnings

import pytest

from gui.jobs.rendering import HeatmapRequest, draw_heatmap


def request(rows: tuple[str, ...], columns: tuple[str, ...], **more: object) -> HeatmapRequest:
    weights = tuple(
        tuple((r * len(columns) + c) / (len(rows) * len(columns)) for c in range(len(columns)))
        for r in range(len(rows))
    )
    options = {
        "width": 800, "height": 240, "ratio": 1.0, "text_size": 13.0, "text": "#14171f",
        "muted": "#596170", "background": "#ffffff", "color_map": "cividis", **more,
    }  # fmt: skip
    return HeatmapRequest(rows, columns, weights, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_every_cell_has_the_colour_of_its_weight(ratio: float) -> None:
    """Oracle: the colour map itself, asked for the weight under each cell's middle."""
    import matplotlib

    asked = request(("red", "hot", "tea"), ("我", "喜欢", "茶", "。"), ratio=ratio)
    heatmap = draw_heatmap(asked)
    colors = matplotlib.colormaps["cividis"]
    for row in range(3):
        for column in range(4):
            x = heatmap.left + (column + 0.5) * heatmap.cell_width
            y = heatmap.top + (row + 0.5) * heatmap.cell_height
            assert heatmap.cell_at(x, y) == (row, column)
            pixel = heatmap.image.pixelColor(round(x * ratio), round(y * ratio))
            wanted = [255 * part for part in colors(asked.weights[row][column])[:3]]
            found = [pixel.red(), pixel.green(), pixel.blue()]
            assert found == pytest.approx(wanted, abs=2)


def test_chinese_words_have_their_glyphs() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of every glyph it does not find
        draw_heatmap(request(("说", "“speak”"), ("說", "讲😀", "$x_1$")))


def test_the_picture_grows_with_the_words_and_stays_in_bounds() -> None:
    small = draw_heatmap(request(("a",) * 3, ("b",) * 3))
    tall = draw_heatmap(request(("word",) * 40, ("b",) * 3))
    huge = draw_heatmap(request(("w",) * 700, ("b",) * 700))
    assert small.image.height() <= 240
    assert tall.cell_height >= 1.5 * 13
    assert huge.image.width() < 2000
    assert huge.image.height() < 2000


def test_outside_the_cells_is_no_cell() -> None:
    heatmap = draw_heatmap(request(("a", "b"), ("c", "d")))
    assert heatmap.cell_at(0, 0) is None
    assert heatmap.cell_at(heatmap.left + 2.5 * heatmap.cell_width, heatmap.top + 1) is None
