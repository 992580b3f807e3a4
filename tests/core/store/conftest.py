"""A small bundle to write, read and damage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from core.store.bundle import Bundle, write_bundle

BundleWriter = Callable[..., Bundle]


@pytest.fixture
def write() -> BundleWriter:
    def write_small(folder: Path, **changes: Any) -> Bundle:
        fields: dict[str, Any] = {
            "name": folder.name,
            "source_language": "zh",
            "target_language": "en",
            "model": {"width": 4},
            "state_dict": {"w": torch.eye(4), "b": torch.ones(4)},
            "source_tokenizer_json": '{"side": "源"}',
            "target_tokenizer_json": '{"side": "target"}',
            "receipt": {"steps": 12},
            "precision": "int8",
        }
        return write_bundle(folder, **{**fields, **changes})

    return write_small
