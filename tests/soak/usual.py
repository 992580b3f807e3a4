"""What is said and is no fault."""

from __future__ import annotations

# The plugin without a screen cannot limit a window's size, nor raise one; matplotlib looks at all
# fonts once, and says so where that takes long.
_USUAL = ("This plugin does not support", "Matplotlib is building the font cache")


def is_usual(text: str) -> bool:
    """Whether ``text`` may be said."""
    return any(usual in text for usual in _USUAL)
