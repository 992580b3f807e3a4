"""The tiny model for every test of the core."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.translation.translator import Translator
from tests.fixtures.tiny_model import tiny_bundle, tiny_store

__all__ = ["tiny_bundle", "tiny_store"]


@pytest.fixture
def translator(tiny_bundle: Path) -> Translator:
    """The tiny model in fp32 on one thread, its cache empty."""
    return Translator.load(tiny_bundle, precision="fp32", threads=1)
