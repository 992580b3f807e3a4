"""Measured figures put into a page of the documentation."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def fill(document: Path, text: str, name: str = "figures") -> None:
    """Put ``text`` between the lines ``<!-- NAME: begin -->`` and ``<!-- NAME: end -->``.

    Ends the program if ``document`` has not just one such place.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    pattern = re.compile(f"(?<={re.escape(begin)}\n).*?(?={re.escape(end)})", re.DOTALL)
    written, count = pattern.subn(lambda _: text, document.read_text("utf-8"))
    if count != 1:
        sys.exit(f"{document} needs just one {begin} and {end}")
    document.write_text(written, "utf-8")
