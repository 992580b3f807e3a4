"""The icons: one set of line drawings (SVG), tinted with a colour of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from core.paths import resources_folder

_SCALES = (1.0, 1.5, 2.0, 3.0)


@lru_cache(maxsize=64)
def _drawing(name: str) -> str:
    return (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def pixmap(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Icon ``name`` in ``color`` (``#rrggbb``), ``size`` logical pixels wide and high."""
    svg = _drawing(name).replace("currentColor", color)
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer = QSvgRenderer(QByteArray(svg.encode("utf-8")))
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, color: str, size: int = 20, *, disabled: str = "") -> QIcon:
    """Icon ``name`` for a button, in ``disabled``'s colour while the button is disabled."""
    result = QIcon()
    for ratio in _SCALES:
        result.addPixmap(pixmap(name, color, size, ratio), QIcon.Mode.Normal)
        if disabled:
            result.addPixmap(pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return result


@lru_cache(maxsize=8)
def blank(size: int) -> QIcon:
    """Nothing, as wide as an icon: keeps the labels of a menu in line."""
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    return QIcon(picture)
