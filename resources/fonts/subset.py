"""Makes ``AttuneSansSC-Regular.otf`` from Noto Sans CJK 2.004 (Debian: fonts-noto-cjk).

    python resources/fonts/subset.py NotoSansCJK-Regular.ttc

Kept: every character of GBK and Big5 (so GB 2312 and the common Traditional ones), kana and
bopomofo, Latin with pinyin's accents, Greek, Cyrillic, punctuation, arrows, mathematics, boxes.
Being changed, it has a name of its own; that also keeps it apart from a Noto font of the system.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Attune Sans SC"
POSTSCRIPT_NAME = "AttuneSansSC-Regular"
SIMPLIFIED_CHINESE = "Noto Sans CJK SC"

# First and last code point of each block that is kept beside GBK and Big5.
BLOCKS = (
    (0x0020, 0x007E), (0x00A0, 0x036F), (0x0370, 0x03FF), (0x0400, 0x045F), (0x1E00, 0x1EFF),
    (0x2000, 0x23FF), (0x2460, 0x27BF), (0x2E80, 0x2FFF), (0x3000, 0x312F), (0x31A0, 0x31BF),
    (0x3200, 0x33FF), (0xFE10, 0xFE1F), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF), (0xFFFD, 0xFFFD),
)  # fmt: skip
PRIVATE_USE = range(0xE000, 0xF900)


def characters() -> set[int]:
    """The code points to keep."""
    kept = {point for first, last in BLOCKS for point in range(first, last + 1)}
    for codec in ("gbk", "big5"):
        for lead in range(0x81, 0xFF):
            for trail in range(0x40, 0xFF):
                decoded = bytes([lead, trail]).decode(codec, errors="ignore")
                kept.update(map(ord, decoded))
    return kept.difference(PRIVATE_USE)


def shrink(font: TTFont) -> None:
    """Drop all other characters, and what only vertical text needs."""
    options = subset.Options()
    options.layout_features = ["ccmp", "kern", "mark", "mkmk"]
    options.drop_tables += ["vhea", "vmtx", "VORG"]
    options.notdef_outline = True
    options.name_IDs = ["*"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)


def rename(font: TTFont) -> None:
    """Give the font its own name; copyright and licence stay as they are."""
    table = font["name"]
    version = f"{table.getDebugName(5)}; subset for Attune"
    table.names = [record for record in table.names if record.nameID in (0, 7, 8, 11, 13, 14)]
    for number, text in {
        1: FAMILY, 2: "Regular", 3: f"{POSTSCRIPT_NAME};2.004", 4: FAMILY, 5: version,
        6: POSTSCRIPT_NAME,
    }.items():  # fmt: skip
        table.setName(text, number, platformID=3, platEncID=1, langID=0x409)
    cff = font["CFF "].cff
    cff.fontNames = [POSTSCRIPT_NAME]
    cff[0].FullName = cff[0].FamilyName = FAMILY


def main() -> None:
    """Read the collection named on the command line; write the subset beside this file."""
    fonts = TTCollection(sys.argv[1]).fonts
    font = next(f for f in fonts if f["name"].getDebugName(1) == SIMPLIFIED_CHINESE)
    shrink(font)
    rename(font)
    font.save(Path(__file__).with_name(f"{POSTSCRIPT_NAME}.otf"))


if __name__ == "__main__":
    main()
