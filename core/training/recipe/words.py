"""Sources cut into words, and the subwords learnt from them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from core.text.languages import CHINESE, ENGLISH
from core.text.subword import SubwordVocabulary
from core.training.corpus import read_lines
from core.training.prepare import prepare_pairs
from core.training.recipe.sources import SOURCES, Source
from core.training.recipe.workspace import Workspace

# Entries and characters of the subwords of each language.
VOCABULARY = {CHINESE: (16_000, 5_500), ENGLISH: (12_000, 160)}
# Subwords are learnt from every n-th line of what would drown the rest.
THIN = {"tvsub": 3, "flygon-itbooks-mt": 3, "msctd": 2}
SEED = 5


def prepare(data: Path, work: Workspace, source: Source) -> int:
    """Write the word forms of a source's usable pairs; returns their number."""
    rng = random.Random(SEED)
    path = data / source.folder / f"{source.name}.tsv.xz"
    lines = (line for line in read_lines(path) if rng.random() < source.keep)
    outputs = [work.forms(source.name, language) for language in (CHINESE, ENGLISH)]
    partial = [path.with_suffix(f"{path.suffix}.partial") for path in outputs]
    count = 0
    with partial[0].open("w", encoding="utf-8") as zh, partial[1].open("w", encoding="utf-8") as en:
        for forms in prepare_pairs(lines, CHINESE, ENGLISH):
            zh.write(" ".join(forms.source) + "\n")
            en.write(" ".join(forms.target) + "\n")
            count += 1
    for temporary, final in zip(partial, outputs, strict=True):
        temporary.rename(final)
    return count


def read_forms(path: Path) -> Iterator[list[str]]:
    """The sentences of a file of forms."""
    for line in read_lines(path):
        yield line.split(" ")


def learn_vocabulary(work: Workspace, language: str) -> SubwordVocabulary:
    """Subwords of one language from all prepared sources."""

    def sentences() -> Iterator[list[str]]:
        for source in sorted(SOURCES, key=lambda source: source.name):
            every = THIN.get(source.name, 1)
            for number, words in enumerate(read_forms(work.forms(source.name, language))):
                if number % every == 0:
                    yield words

    size, alphabet = VOCABULARY[language]
    return SubwordVocabulary.train(sentences(), size=size, alphabet=alphabet)
