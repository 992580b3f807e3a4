"""Evaluation is translation and sacrebleu, nothing else."""

from __future__ import annotations

import pytest
import sacrebleu

from core.cancel import Cancelled, CancelToken
from core.errors import InputError
from core.evaluation.evaluate import evaluate
from core.translation.translator import Translator

SOURCES = ["我今天喜欢猫。", "你好。我们看见苹果。", "", "他们买面条。"]
REFERENCES = ["I like cats today.", "Hello. We see an apple.", "", "They buy some noodles."]
TRANSLATIONS = ("I like cats today.", "Hello. We see apples.", "", "They buy noodles.")


def test_scores_are_those_of_sacrebleu(translator: Translator) -> None:
    found = evaluate(translator, SOURCES, REFERENCES)
    assert found.translations == TRANSLATIONS
    bleu = sacrebleu.corpus_bleu(list(TRANSLATIONS), [REFERENCES])
    chrf = sacrebleu.corpus_chrf(list(TRANSLATIONS), [REFERENCES])
    assert 0 < bleu.score < 100
    assert found.scores.bleu == pytest.approx(bleu.score)
    assert found.scores.chrf == pytest.approx(chrf.score)
    assert found.scores.sentences == 4
    assert found.seconds > 0


def test_a_perfect_translation_scores_a_hundred(translator: Translator) -> None:
    scores = evaluate(translator, SOURCES[:1] * 2, ["I like cats today."] * 2).scores
    assert (scores.bleu, scores.chrf) == (pytest.approx(100), pytest.approx(100))


@pytest.mark.parametrize("references", [[], ["Hello."], ["Hello."] * 3])
def test_other_lengths_are_refused(translator: Translator, references: list[str]) -> None:
    with pytest.raises(InputError, match=f"2 sources and {len(references)} references"):
        evaluate(translator, ["你好。"] * 2, references)


def test_nothing_to_score_is_refused(translator: Translator) -> None:
    with pytest.raises(InputError, match="0 sources"):
        evaluate(translator, [], [])


def test_it_can_be_cancelled(translator: Translator) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        evaluate(translator, SOURCES, REFERENCES, cancel=token)
