"""What ``attune-cli check`` tells a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from core.training.doctor.doubts import DOUBTS
from core.training.doctor.examination import REJECTIONS
from core.training.doctor.sources import ALIGNED, CSV, DELIMITERS, TEXT, XLSX, PairSource
from core.training.doctor.survey import Survey
from core.training.limits import FEWEST_PAIRS

_WORDS = {
    "control": "a NUL character: not text",
    "columns": "not two columns",
    "empty": "one side is empty",
    "too_long": "too long for a sentence",
    "identical": "both sides the same",
    "swapped": "sides swapped (--fix-swapped puts them right)",
    "language": "a side in another language",
    "ratio": "lengths do not fit",
    "duplicate": "already there",
    "unreadable": "not of this format",
    "leak": "a side is among the held-out lines",
    "encoding": "characters that were decoded wrongly",
    "scripts": "Traditional and Simplified characters mixed",
    "markup": "a tag or placeholder on one side only",
    "numbers": "a number on one side only",
    "contradiction": "the same source with another target",
    "misaligned": "probably not each other's translation",
}
# A guess less sure than this is marked.
_SURE = 0.8


def report_lines(source: PairSource, survey: Survey) -> Iterator[str]:
    """The lines to print."""
    yield _recognised(source)
    unsure = [guess.field for guess in source.guesses if guess.certainty < _SURE]
    if unsure:
        yield f"  not sure of: {', '.join(unsure)} (see attune-cli check --help to choose)"
    yield (
        f"{_some(survey.rows, source.counted)}: {_some(survey.usable, 'usable pair')},"
        f" {survey.rows - survey.usable:,} left out"
    )
    yield from _section("rejected", survey.rejected, REJECTIONS, survey, source.counted)
    title = "left out as doubtful" if set(survey.doubtful) <= set(survey.drop) else "doubtful"
    yield from _section(title, survey.doubtful, DOUBTS, survey, source.counted)
    if survey.usable < FEWEST_PAIRS:
        yield "nothing to learn from: there is no good pair"


def _some(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _recognised(source: PairSource) -> str:
    parts = [source.format]
    if source.format != XLSX:
        parts.append(" and ".join(dict.fromkeys(source.encodings)))
    if source.format in (TEXT, CSV):
        names = {character: name for name, character in DELIMITERS.items()}
        parts.append(f"delimiter {names.get(source.delimiter, source.delimiter)}")
    if source.sheet:
        parts.append(f"sheet {source.sheet}")
    of = "files" if source.format == ALIGNED else "columns"
    parts.append(f"{of} {source.columns[0]} and {source.columns[1]}")
    if source.header:
        parts.append("with a header")
    parts.append(f"{source.source_language} to {source.target_language}")
    return f"{source.name}: {', '.join(parts)}"


def _section(
    title: str, counts: Counter[str], order: tuple[str, ...], survey: Survey, counted: str
) -> Iterator[str]:
    if not counts:
        return
    yield f"{title}:"
    for reason in order:
        if reason not in counts:
            continue
        yield f"{counts[reason]:>9,}  {reason}: {_WORDS[reason]}"
        for example in survey.examples.get(reason, ()):
            note = f"  [{example.note}]" if example.note else ""
            text = " ".join(example.text.replace("\t", " ⇥ ").split())
            yield f"           {counted} {example.line}: {text}{note}"
