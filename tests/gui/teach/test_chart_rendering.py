"""The chart's points lie where the numbers say, in the colours asked for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtGui import QColor

from gui.jobs.chart_rendering import (
    ChartImage,
    ChartLook,
    ChartRequest,
    LossCurves,
    render_chart,
    smooth,
    thin,
)

LOOK = ChartLook(
    "#ffffff", "#596170", "#e0e3ea", training="#0072b2", held_out="#d55e00", general="#009e73"
)


def request(curves: LossCurves, **changes: object) -> ChartRequest:
    return ChartRequest(curves, LOOK, 400, 260, **changes)  # type: ignore[arg-type]


def has_color(picture: ChartImage, color: str, x: float, y: float, reach: int = 2) -> bool:
    """Whether a pixel within ``reach`` of the point (logical pixels) is about ``color``."""
    wanted, ratio = QColor(color), picture.request.ratio
    for dx in range(-reach, reach + 1):
        for dy in range(-reach, reach + 1):
            found = picture.image.pixelColor(round(x * ratio) + dx, round(y * ratio) + dy)
            near = max(
                abs(found.red() - wanted.red()),
                abs(found.green() - wanted.green()),
                abs(found.blue() - wanted.blue()),
            )
            if found.alpha() > 200 and near < 40:
                return True
    return False


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_image_has_the_screens_pixels(ratio: float) -> None:
    picture = render_chart(request(LossCurves((1, 2), (3.0, 2.0)), ratio=ratio))
    assert picture.image.width() == round(400 * ratio)
    assert picture.image.height() == round(260 * ratio)
    assert picture.image.devicePixelRatio() == ratio


@pytest.mark.parametrize("logarithmic", [False, True])
def test_held_out_points_lie_where_the_axes_say(logarithmic: bool) -> None:
    steps, losses = (0, 50, 100), (4.0, 2.0, 1.0)
    picture = render_chart(
        request(LossCurves((), (), steps, losses), ratio=2.0, logarithmic=logarithmic)
    )
    scaled = [math.log(loss) if logarithmic else loss for loss in losses]
    middle = (scaled[1] - scaled[2]) / (scaled[0] - scaled[2])
    # The margins are equal above and below, so the plot's middle is that of the losses.
    margin = picture.plot_height * (1 - 1 / 1.16) / 2
    height = picture.plot_height - 2 * margin
    across = picture.last_step - picture.first_step
    for step, up in zip(steps, (1.0, middle, 0.0), strict=True):
        x = picture.left + (step - picture.first_step) / across * picture.plot_width
        y = picture.top + margin + (1 - up) * height
        assert has_color(picture, LOOK.held_out, x, y)


@pytest.mark.parametrize("step", [0, 300])
def test_one_step_alone_has_whole_steps_beside_it(step: int) -> None:
    picture = render_chart(request(LossCurves((), (), (step,), (4.0,)), ratio=2.0))
    assert picture.first_step <= step < step + 1 <= picture.last_step
    across = picture.last_step - picture.first_step
    x = picture.left + (step - picture.first_step) / across * picture.plot_width
    assert has_color(picture, LOOK.held_out, x, picture.top + picture.plot_height / 2)


def test_all_lines_are_drawn_each_in_its_colour() -> None:
    level = (0, 100)
    curves = LossCurves(level, (2.0, 2.0), level, (4.0, 4.0), level, (3.0, 3.0))
    picture = render_chart(request(curves))
    colors = {LOOK.training: 0, LOOK.held_out: 0, LOOK.general: 0}
    for y in range(int(picture.top), int(picture.top + picture.plot_height)):
        for color in colors:
            columns = (picture.left + x for x in range(150, 170, 3))  # dashes have gaps
            colors[color] += any(has_color(picture, color, x, y, reach=0) for x in columns)
    assert all(colors.values())


def test_thin_keeps_ends_and_means() -> None:
    steps, values = list(range(1, 1201)), [float(n % 7) for n in range(1200)]
    thinned_steps, means = thin(steps, values, most=300)
    assert len(thinned_steps) == 300 and thinned_steps[-1] == 1200
    np.testing.assert_allclose(means, np.array(values).reshape(300, 4).mean(axis=1))
    assert thin(steps[:9], values[:9], most=300) == (tuple(steps[:9]), tuple(values[:9]))


@pytest.mark.parametrize("weight", [0.0, 0.6, 0.99])
def test_smooth_is_a_weighted_mean_of_all_before(weight: float) -> None:
    values = [3.0, 1.0, 2.0, 5.0]
    for n, smoothed in enumerate(smooth(values, weight)):
        weights = weight ** np.arange(n, -1, -1.0)
        assert smoothed == pytest.approx(np.average(values[: n + 1], weights=weights))


def test_smoothing_draws_the_average_and_the_losses_faint_behind() -> None:
    steps = tuple(range(100))
    losses = tuple(4.0 if step % 2 else 2.0 for step in steps)  # their average is 3 in the end
    level = LossCurves(steps, losses)
    plain, smoothed = render_chart(request(level)), render_chart(request(level, smoothing=0.95))
    assert plain.smoothed == losses
    assert smoothed.smoothed == smooth(losses, 0.95) and smoothed.smoothed_steps == steps
    middle = plain.top + plain.plot_height / 2
    flat = [has_color(smoothed, LOOK.training, x, middle, reach=1) for x in range(300, 380)]
    assert sum(flat) > 70  # one line at the height of 3, not a comb
    comb = [has_color(plain, LOOK.training, x, middle, reach=0) for x in range(300, 380)]
    assert sum(comb) < sum(flat)
    x = int(smoothed.left + smoothed.plot_width * 0.8)
    column = [smoothed.image.pixelColor(x, y) for y in range(int(middle) + 20, int(middle) + 60)]
    assert any(0 < color.alpha() < 150 for color in column)
