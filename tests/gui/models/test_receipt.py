"""The receipt page as the window writes it, in the user's language."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QApplication

from core.store.model_store import ModelStore
from gui.jobs.model_files import write_receipt
from gui.language import Language
from tests.gui.models.conftest import Add

JUDGED = {"before": 10.0, "before_error": 1.0, "after": 12.0, "after_error": 1.0, "p_value": 0.5}
CHANGE = {"source": "茶", "reference": "茶", "before": "水", "after": "茶", "gain": 2.0}
RECEIPT = {
    "file": "茶.tsv", "pairs": 1234, "held_out": 9, "steps": 60, "best_step": 40, "seconds": 90.0,
    "share_of_learnt": 0.75, "ended_by": "vain", "held_out_loss": {"before": 3.0, "after": 2.5},
    "seed": 1, "finished": "2026-01-02", "pairs_sha256": "0" * 64,
    "curves": {
        "training": [[1, 4.0]], "validations": [{"step": 0, "loss": 3.0, "general_loss": 2.25}]
    },
    "comparisons": {
        name: {
            "sentences": 9, "bleu": JUDGED, "chrf": JUDGED, "better": [CHANGE], "worse": [CHANGE],
        }
        for name in ("held-out", "general")
    },
    "scores": {"茶": {"sentences": 9, "bleu": 1.0, "chrf": 2.0}},
    "options": {"minutes": 2},
}  # fmt: skip
# Names of models, precisions, scores and options, and the languages' codes.
KEPT = {"tiny", "zh", "en", "fp", "BLEU", "chrF", "SHA", "tsv", "minutes"}


@pytest.mark.parametrize("code", ["en", "zh"])
def test_it_speaks_the_language_of_the_window(qapp: QApplication, add: Add, code: str) -> None:
    add("茶", "tiny", RECEIPT)
    language = Language(code)
    try:
        page = write_receipt(ModelStore().find("茶")).read_text("utf-8")
    finally:
        language.leave()
    assert f'<html lang="{code}">' in page
    seen = re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    words = set(re.findall(r"[A-Za-z]{2,}", seen)) - KEPT
    if code == "en":
        assert {"Pairs", "learnt", "held", "million", "chance", "wanted"} <= words
    else:
        assert words == set()
        for told in ("1.5 分钟", "留出损失", "可能是偶然", "自行结束：不再有任何改进。"):
            assert told in seen
