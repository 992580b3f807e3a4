"""Why a line is left out or doubtful, in words, and what a user can do about it."""

from __future__ import annotations

from gui.i18n import tr

MISALIGNED = "misaligned"  # what the second pass finds


def reason_words(code: str) -> str:
    """Why a line was left out or is doubtful, in a few words."""
    return {
        "control": tr("not text"),
        "empty": tr("one side is empty"),
        "columns": tr("not two columns"),
        "unreadable": tr("cannot be read"),
        "identical": tr("both sides the same"),
        "swapped": tr("sides swapped"),
        "language": tr("another language"),
        "too_long": tr("too long"),
        "ratio": tr("lengths do not fit"),
        "leak": tr("kept for testing"),
        "duplicate": tr("already there"),
        "encoding": tr("damaged characters"),
        "scripts": tr("mixed characters"),
        "markup": tr("tags differ"),
        "numbers": tr("numbers differ"),
        "contradiction": tr("two translations"),
        MISALIGNED: tr("may not belong together"),
    }.get(code, code.replace("_", " "))


def reason_advice(code: str) -> str:
    """What a user can do about lines left out or doubtful for this reason; empty if unknown."""
    return {
        "control": tr("The line holds a character that no text has; it may be damaged."),
        "empty": tr("Write the missing side, or delete the line."),
        "columns": tr("A line is a source, one tab and its translation."),
        "unreadable": tr("The line is not of the file's form; it may be cut off."),
        "identical": tr("Nothing can be learnt from a line whose sides are the same."),
        "swapped": tr("The source comes first, its translation after it."),
        "language": tr("A side is not in the language that the model reads or writes."),
        "too_long": tr("Cut the line into single sentences."),
        "ratio": tr("One side is far longer than the other: probably not its translation."),
        "leak": tr("It says what a pair kept for testing says, and would flatter the test."),
        "duplicate": tr("The same pair stands earlier in the file; once is enough."),
        "encoding": tr("Characters as a wrong encoding leaves them; save the file as UTF-8."),
        "scripts": tr("One side has both Simplified and Traditional characters."),
        "markup": tr("A tag or placeholder stands on one side only."),
        "numbers": tr("A number stands on one side only."),
        "contradiction": tr("The same source stands elsewhere with another translation."),
        MISALIGNED: tr("The translation fits other sources as well as its own."),
    }.get(code, "")
