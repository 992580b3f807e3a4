"""Fonts: the system's own for the interface, the bundled Chinese one behind it."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from core.paths import resources_folder

_log = logging.getLogger(__name__)

# Latin before Chinese, whose full-width quotation marks and ellipses would spread English out.
_ORDER = ("Inter", "Attune", "Noto")
# What fontconfig hands out where no desktop names a font of its own: the bundled ones then
# stand first.
_NOT_CHOSEN = ("DejaVu Sans", "Bitstream Vera Sans", "Sans Serif", "Droid Sans Fallback")


def font_files() -> tuple[Path, ...]:
    """The bundled font files, in the order in which they are asked for a glyph; none if missing."""
    folder = resources_folder() / "fonts"
    if not folder.is_dir():
        _log.warning("the fonts are missing: %s", folder)
        return ()
    found = sorted(p for p in folder.iterdir() if p.suffix.lower() in (".ttf", ".otf"))
    return tuple(p for start in _ORDER for p in found if p.name.startswith(start))


@lru_cache(maxsize=1)
def bundled_families() -> tuple[str, ...]:
    """Register the bundled fonts with Qt; their families, in the order of their files.

    One that cannot be read is left out: a window in the system's fonts is better than none.
    """
    families: list[str] = []
    for path in font_files():
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            _log.warning("the font cannot be read: %s", path)
            continue
        families.extend(QFontDatabase.applicationFontFamilies(number))
    return tuple(dict.fromkeys(families))


def interface_font() -> QFont:
    """The font of the whole window: every family is named, so no glyph is left to chance."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    system = QFontInfo(font).family()
    bundled = bundled_families()
    order = (*bundled, system) if system in _NOT_CHOSEN else (system, *bundled)
    font.setFamilies(list(order))
    return font
