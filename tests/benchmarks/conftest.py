"""The tiny model for the measurements."""

from __future__ import annotations

from tests.fixtures.tiny_model import tiny_bundle

__all__ = ["tiny_bundle"]
