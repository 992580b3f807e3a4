"""The shipped models on twenty everyday sentences, frozen before the models were trained."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.evaluation.metrics import repetition_rate, score
from core.paths import resources_folder
from core.translation.lines import translate_lines
from core.translation.translator import DEFAULTS, Translator

MODELS = resources_folder() / "models"
SENTENCES = Path(__file__).parents[1] / "fixtures" / "everyday.tsv"
CHINESE, LATIN = "[\u4e00-\u9fff]", "[A-Za-z]"
# Somewhat below what each model scored when it was shipped.
LEAST_CHRF = {"zh-en": 45, "en-zh": 28}


@dataclass(frozen=True)
class Lesson:
    """A model's translations of the sentences, and the references."""

    language: str
    translations: list[str]
    references: list[str]
    least_chrf: float


@pytest.fixture(scope="module", params=LEAST_CHRF)
def lesson(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    name: str = request.param
    if not (MODELS / name).is_dir():
        pytest.skip(f"the default model is not in this checkout ({MODELS / name})")
    pairs = [line.split("\t") for line in SENTENCES.read_text("utf-8").splitlines()]
    source, target = name.split("-")
    if source == "en":
        pairs = [pair[::-1] for pair in pairs]
    with pytest.MonkeyPatch.context() as patch:  # no test's home is there yet
        patch.setenv("ATTUNE_HOME", str(tmp_path_factory.mktemp("home")))
        translator = Translator.load(MODELS / name, threads=1)
    found = translate_lines(translator, [pair[0] for pair in pairs], DEFAULTS)
    translations = [line.translation for line in found]
    return Lesson(target, translations, [pair[1] for pair in pairs], LEAST_CHRF[name])


def test_every_sentence_becomes_the_other_language(lesson: Lesson) -> None:
    assert len(lesson.references) == len(lesson.translations) == 20
    wanted, other = (LATIN, CHINESE) if lesson.language == "en" else (CHINESE, "[A-Za-z]{4}")
    for translation in lesson.translations:
        assert re.search(wanted, translation)
        assert not re.search(other, translation)


def test_no_phrase_is_said_three_times_in_a_row(lesson: Lesson) -> None:
    assert repetition_rate(lesson.translations) == 0


def test_they_resemble_the_references(lesson: Lesson) -> None:
    found = score(lesson.translations, lesson.references, lesson.language)
    assert found.chrf > lesson.least_chrf
