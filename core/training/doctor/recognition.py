"""What a file of pairs is, as far as it shows by itself, and how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from core.errors import InputError, OptionError
from core.files import parse_json
from core.text.languages import CHINESE, ENGLISH, LANGUAGES, is_chinese_english
from core.training.doctor import tmx, xlsx
from core.training.doctor.columns import SAMPLE_ROWS, find_layout, first_language, is_header
from core.training.doctor.delimiters import recognise_delimiter
from core.training.doctor.encodings import (
    UTF8,
    declared_encoding,
    encoding_named,
    marked_encoding,
    read_sample,
    recognise_encoding,
)
from core.training.doctor.reading import records
from core.training.doctor.sources import (
    ALIGNED,
    CSV,
    JSON_LINES,
    TEXT,
    TMX,
    XLSX,
    Choices,
    Column,
    Guess,
    PairSource,
    Record,
)

_WORKBOOK, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WITH_HEADER = (TEXT, CSV, XLSX)
_SUFFIXES = {
    ".tmx": TMX, ".xml": TMX, ".jsonl": JSON_LINES, ".ndjson": JSON_LINES, ".json": JSON_LINES,
}  # fmt: skip


def recognise(paths: Path | Sequence[Path], choices: Choices = Choices()) -> PairSource:
    """How to read the pairs of a file, or of two aligned files.

    Args:
        paths: one file, or two of a sentence a line.
        choices: what is known already and not to be guessed.

    Raises:
        InputError: a file is missing, a folder, unreadable, empty, damaged or holds no pairs.
        OptionError: the choices do not fit each other or the file.
    """
    files = (paths,) if isinstance(paths, Path) else tuple(paths)
    if len(files) == 2 and choices.format in (None, ALIGNED):
        source = _aligned((files[0], files[1]), choices)
    elif len(files) == 1 and choices.format != ALIGNED:
        source = _single(files[0], choices)
    else:
        raise OptionError(
            "pairs come from one file, or line by line from two",
            remedy="Give one file of pairs, or two files of the format aligned.",
        )
    return _with_languages(source, choices)


def _aligned(paths: tuple[Path, Path], choices: Choices) -> PairSource:
    found = [_encoding(path, read_sample(path), choices) for path in paths]
    sure = min(certainty for _, certainty in found)
    source = PairSource(paths, ALIGNED, tuple(encoding for encoding, _ in found))
    return _guessed(source, "encodings", sure, choices.encoding)


def _single(path: Path, choices: Choices) -> PairSource:
    sample = read_sample(path)
    kind = choices.format or _form(path, sample, choices)
    if kind == XLSX:
        return _workbook(path, choices)
    encoding, sure = _encoding(path, sample, choices)
    source = _guessed(PairSource((path,), kind, (encoding,)), "encodings", sure, choices.encoding)
    if kind in (TEXT, CSV):
        return recognise_delimiter(source, choices)
    return _guessed(source, "format", 1.0, choices.format)


def _form(path: Path, sample: bytes, choices: Choices) -> str:
    """The format by the first bytes, then by the name; text with columns if neither tells."""
    if sample.startswith(_WORKBOOK):
        return XLSX
    if sample.startswith(_OLD_WORKBOOK):
        raise InputError(
            "this is a workbook of an old format, or locked by a password",
            where=path.name,
            remedy="Save it as .xlsx without a password.",
        )
    encoding, _ = _encoding(path, sample, choices)
    text = sample.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")
    named = [_SUFFIXES[suffix] for suffix in path.suffixes if suffix in _SUFFIXES]
    if text.startswith(("<?xml", "<!DOCTYPE", "<tmx")):
        return TMX
    if text[:1] in ("{", "[") and _is_json(text.partition("\n")[0]):
        return JSON_LINES
    if named and text[:1] in ("{", "[") and _is_json(text):
        raise InputError(
            "this is one JSON document, not one a line",
            where=path.name,
            remedy='Write an object a line: {"zh": "…", "en": "…"}.',
        )
    return named[0] if named else TEXT


def _is_json(text: str) -> bool:
    try:
        value = parse_json(text)
    except ValueError:
        return False
    return isinstance(value, dict) or (isinstance(value, list) and len(value) > 1)


def _encoding(path: Path, sample: bytes, choices: Choices) -> tuple[str, float]:
    if choices.encoding is not None:
        return marked_encoding(sample, encoding_named(choices.encoding)), 1.0
    return declared_encoding(sample) or recognise_encoding(sample, path)


def _workbook(path: Path, choices: Choices) -> PairSource:
    """The sheet chosen, or the first that has a Chinese and an English column."""
    names = xlsx.sheet_names(path)
    if choices.sheet is not None and choices.sheet not in names:
        raise OptionError(
            f"there is no sheet {choices.sheet!r}", remedy=f"Give one of: {', '.join(names)}."
        )
    wanted = names if choices.sheet is None else [choices.sheet]
    sources = [PairSource((path,), XLSX, (UTF8,), sheet=name) for name in wanted]
    best, best_fit = sources[0] if sources else None, 0.0
    for source in sources:
        fit = find_layout(list(islice(records(source), SAMPLE_ROWS))).fit
        if fit > best_fit:
            best, best_fit = source, fit
    if best is None:
        raise InputError(
            "the workbook has no sheet of cells", where=path.name, remedy="Choose another file."
        )
    source = _guessed(best, "format", 1.0, choices.format)
    return source if len(names) == 1 else _guessed(source, "sheet", best_fit, choices.sheet)


# --- columns and languages -----------------------------------------------------------------------


def _with_languages(source: PairSource, choices: Choices) -> PairSource:
    """``source`` with its columns in the order source, target, and their languages."""
    sample = list(islice(records(source), SAMPLE_ROWS))
    if not any(record.cells for record in sample):
        _refuse_empty(source, sample)
    if source.format == TMX:
        return _of_memory(source, sample, choices)
    if choices.source_language and choices.target_language:
        languages = choices.source_language, choices.target_language
        if not is_chinese_english(*languages):
            return _of_others(source, sample, choices, languages)
    return _of_table(source, sample, choices)


def _of_others(
    source: PairSource,
    sample: Sequence[Record],
    choices: Choices,
    languages: tuple[str, str],
) -> PairSource:
    """A table in languages that do not show by their scripts: its first two columns."""
    wanted = choices.columns
    known = list(dict.fromkeys(column for record in sample for column in record.cells))
    columns = _resolved(source, sample, wanted) if wanted else (*known, 1, 2)[:2]
    return replace(
        source,
        columns=(columns[0], columns[1]),
        header=bool(choices.header),
        source_language=languages[0],
        target_language=languages[1],
    )


def _refuse_empty(source: PairSource, sample: Sequence[Record]) -> None:
    if sample and source.format != XLSX:
        return  # each row tells its own fault
    raise InputError(
        f"there is no {source.counted} in it",
        where=source.name,
        remedy="Choose a file that holds pairs.",
    )


def _of_table(source: PairSource, sample: list[Record], choices: Choices) -> PairSource:
    if choices.columns is not None:
        columns = _resolved(source, sample, choices.columns)
        first, sure = first_language(sample, columns)
        order = (choices.source_language or first, columns)
    else:
        layout = find_layout(sample)
        first, sure, columns = layout.first_language, layout.fit, layout.columns
        turned = choices.source_language not in (None, first) and first != ""
        order = (choices.source_language or first, columns[::-1] if turned else columns)
    language, (one, other) = order
    language = language or CHINESE
    header = choices.header and source.format in _WITH_HEADER
    if header is None:
        ends = columns if (one, other) == columns else (other, one)
        strict = source.format == TEXT
        header = source.format in _WITH_HEADER and is_header(sample, ends, first, strict=strict)
    names = {column: cell.strip() for column, cell in sample[0].cells.items()} if header else None
    source = replace(
        source,
        columns=(one, other),
        header=header,
        names=names,
        source_language=language,
        target_language=_other(language),
    )
    source = _guessed(source, "columns", sure, choices.columns)
    source = _guessed(source, "languages", sure, choices.source_language)
    return _guessed(source, "header", 0.9, choices.header) if header else source


def _resolved(
    source: PairSource, sample: Sequence[Record], wanted: tuple[Column, Column]
) -> tuple[Column, Column]:
    """The columns that a user means by number, by name or by a workbook's letter."""
    known = list(dict.fromkeys(column for record in sample for column in record.cells))
    named = {cell.strip().lower(): column for column, cell in _first(sample).items()}

    def resolve(column: Column) -> Column:
        if column in known:
            return column
        if isinstance(column, str):
            if column.strip().lower() in named:
                return named[column.strip().lower()]
            letter = ord(column.upper()) - ord("A") + 1 if len(column) == 1 else 0
            if source.format == XLSX and letter in known:
                return letter
        shown = ", ".join(map(str, [*known, *(name for name in named if 0 < len(name) < 30)]))
        raise OptionError(f"{source.name} has no column {column}", remedy=f"Give two of: {shown}.")

    one, other = map(resolve, wanted)
    return one, other


def _first(sample: Sequence[Record]) -> dict[Column, str]:
    return dict(sample[0].cells) if sample else {}


def _of_memory(source: PairSource, sample: Sequence[Record], choices: Choices) -> PairSource:
    found = Counter(str(tag) for record in sample for tag in record.cells)
    names: dict[Column, str] = {tag: tmx.language_of(tag) for tag in found}
    if choices.columns is not None:
        one, other = map(str, choices.columns)
        missing = [tag for tag in (one, other) if not any(tmx.variant({t: t}, tag) for t in found)]
    else:
        one = choices.source_language or _most_common_first(found, sample)
        other = _other(one)
        missing = [tag for tag in (one, other) if tag not in names.values()]
    if missing:
        shown = ", ".join(tag or "none" for tag in found) or "none"
        raise InputError(
            f"it has nothing in {' and '.join(missing)}; its languages are: {shown}",
            where=source.name,
            remedy="Give a memory of Chinese and English.",
        )
    language = choices.source_language or tmx.language_of(one) or CHINESE
    source = replace(
        source,
        columns=(one, other),
        names=names,
        source_language=language,
        target_language=_other(language),
    )
    return _guessed(source, "languages", 1.0, choices.source_language)


def _most_common_first(found: Counter[str], sample: Sequence[Record]) -> str:
    """The language that stands first in most units."""
    firsts = Counter(_firsts(sample))
    return max(LANGUAGES, key=lambda language: firsts[language]) if found else CHINESE


def _firsts(sample: Sequence[Record]) -> Iterator[str]:
    for record in sample:
        languages = [tmx.language_of(str(tag)) for tag in record.cells]
        yield from [language for language in languages if language][:1]


def _other(language: str) -> str:
    return ENGLISH if language == CHINESE else CHINESE


def _guessed(source: PairSource, field: str, certainty: float, chosen: object) -> PairSource:
    """``source``, with a note that the field was guessed unless it was chosen."""
    if chosen is not None:
        return source
    return replace(source, guesses=(*source.guesses, Guess(field, round(certainty, 3))))
