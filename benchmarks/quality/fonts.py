"""The program's own fonts, cut down to the characters of a page and written into it."""

from __future__ import annotations

import base64
from io import BytesIO

from core.paths import resources_folder

# Family, weight and file; the page's style sheet names the families.
_FACES = (
    ("Report Latin", 400, "Inter-Regular.otf"),
    ("Report Latin", 600, "Inter-SemiBold.otf"),
    ("Report Chinese", 400, "AttuneSansSC-Regular.otf"),
)


def font_faces(text: str) -> str:
    """CSS that defines the fonts with the characters of ``text`` alone, as data in the page."""
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight};'
        f" src: url(data:font/woff;base64,{_cut(file, text)}) format('woff'); }}"
        for family, weight, file in _FACES
    )


def _cut(file: str, text: str) -> str:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(layout_features=["kern", "tnum", "ccmp", "mark"], hinting=False)
    with TTFont(resources_folder() / "fonts" / file, lazy=True) as font:
        subsetter = Subsetter(options)
        subsetter.populate(text=text)
        subsetter.subset(font)
        font.flavor = "woff"
        data = BytesIO()
        font.save(data)
    return base64.b64encode(data.getvalue()).decode("ascii")
