"""How many copies of the model are in memory while it is taught."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
import torch

from core.events import Finished, Message, Step, Validation
from core.store.loading import load_model
from core.store.model_store import ModelStore
from core.training import tune_options, tuning
from core.training.control import JobControl
from core.training.tune_options import TuneOptions

from .conftest import limited

pytestmark = pytest.mark.slow


def held_bytes() -> dict[int, int]:
    """The bytes of every tensor of floats that Python knows of, by where it lies."""
    gc.collect()  # what other tests have left behind counts for nothing
    tensors = [o for o in gc.get_objects() if issubclass(type(o), torch.Tensor)]
    stores = [t.untyped_storage() for t in tensors if t.is_floating_point() and not t.is_meta]
    return {store.data_ptr(): store.nbytes() for store in stores}


@pytest.mark.usefixtures("few_general")
def test_no_more_copies_than_learning_needs(
    tiny_bundle: Path, tiny_store: ModelStore, lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tune_options, "Budget", limited(6))
    monkeypatch.setattr(tune_options, "VALIDATIONS", 2)
    monkeypatch.setattr(tuning, "VALIDATION_SHARE", 1.0)
    monkeypatch.setattr(tuning, "MOST", 8)  # sentences that are compared
    model = load_model(tiny_bundle).model
    one = sum(p.numel() * p.element_size() for p in model.parameters())
    del model
    options = TuneOptions(lesson, "tiny", "mine", learning_rate=3e-3, precision="fp32")
    before, copies = held_bytes(), dict[str, list[float]]()
    for event in tuning.tune(options, JobControl(), tiny_store):
        kind = event.text if isinstance(event, Message) else event.kind
        if isinstance(event, Step | Validation | Message):
            now = held_bytes()
            grown = sum(now.values()) - sum(before.values())
            copies.setdefault(kind, []).append(grown / one)
    assert isinstance(event, Finished)
    # The model, what it was, the best of it, and the optimiser's two averages.
    assert max(copies["step"]) == pytest.approx(5, abs=0.1)
    # Before the first update nothing is averaged yet.
    assert copies["validation"] == [pytest.approx(n, abs=0.1) for n in (3, 5, 5)]
    # Once learning is over, only what is kept.
    assert copies["comparing before and after"] == [pytest.approx(1, abs=0.1)]
    assert copies["saving the model"] == [pytest.approx(1, abs=0.1)]
