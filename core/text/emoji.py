"""Emoji of several characters (Unicode Technical Standard 51), which must never be torn apart."""

from __future__ import annotations

import re

_PICTURE = "[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff" + (
    "\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
)
_FLAG_LETTER = "[\U0001f1e6-\U0001f1ff]"
# Presentation selectors, skin tones, and the tags that spell the flags of regions.
_MODIFIER = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
_JOINER = "\u200d"

#: Two letters of a flag, a keycap, or a picture with its modifiers and those joined to it.
EMOJI_SEQUENCE = re.compile(
    f"{_FLAG_LETTER}{{2}}|[0-9#*]\ufe0f?\u20e3|{_PICTURE}(?:{_MODIFIER}|{_JOINER}{_PICTURE})+"
)
