"""The shipped zh→en model on twenty everyday sentences, frozen before it was trained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.evaluation.metrics import repetition_rate, score
from core.paths import resources_folder
from core.translation.lines import translate_lines
from core.translation.translator import DEFAULTS, Translator

BUNDLE = resources_folder() / "models" / "zh-en"
SENTENCES = Path(__file__).parents[1] / "fixtures" / "everyday.tsv"
LEAST_CHRF = 45

pytestmark = pytest.mark.skipif(
    not BUNDLE.is_dir(), reason=f"the default model is not in this checkout ({BUNDLE})"
)


@pytest.fixture(scope="module")
def pairs() -> list[list[str]]:
    return [line.split("\t") for line in SENTENCES.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def translations(pairs: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:  # no test's home is there yet
        patch.setenv("ATTUNE_HOME", str(tmp_path_factory.mktemp("home")))
        translator = Translator.load(BUNDLE, threads=1)
    sources = [source for source, _ in pairs]
    return [found.translation for found in translate_lines(translator, sources, DEFAULTS)]


def test_every_sentence_becomes_english(pairs: list[list[str]], translations: list[str]) -> None:
    assert len(pairs) == len(translations) == 20
    for translation in translations:
        assert re.search("[A-Za-z]", translation)
        assert not re.search("[\u4e00-\u9fff]", translation)


def test_no_phrase_is_said_three_times_in_a_row(translations: list[str]) -> None:
    assert repetition_rate(translations) == 0


def test_they_resemble_the_references(pairs: list[list[str]], translations: list[str]) -> None:
    found = score(translations, [reference for _, reference in pairs], "en")
    assert found.chrf > LEAST_CHRF
