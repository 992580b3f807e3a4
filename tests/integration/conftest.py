"""The tiny model for tests of the whole."""

from __future__ import annotations

from tests.fixtures.tiny_model import tiny_bundle, tiny_store

__all__ = ["tiny_bundle", "tiny_store"]
