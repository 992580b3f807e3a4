"""Targets among what reads texts: offsets point into them, and nothing of them is lost."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from dataclasses import dataclass

from hypothesis import strategies as st

from core.text.clock import find_clocks, find_spoken
from core.text.currencies import find_amounts, unpriced, write_amount
from core.text.cuts import cut_long
from core.text.dates import find_dates, lone_days, write_date
from core.text.emoji import EMOJI_SEQUENCE
from core.text.encoding import SegmentEncoder
from core.text.languages import CHINESE, ENGLISH
from core.text.normalize import normalize
from core.text.number_sides import find_sided
from core.text.numbers import find_numbers, missing
from core.text.numerals import in_digits, with_signs
from core.text.protected import find_protected, with_phrases
from core.text.segments import split, split_lines
from core.text.subword import MARKER, SubwordVocabulary, Vocabulary, vocabulary_from_json
from core.text.target import join_pieces, target_words
from core.text.tokenizer import Tokenizer, make_tokenizer, words, words_of_tokenized
from core.text.units import UNITS
from core.text.vocab import UNK, WordVocabulary
from core.text.weekdays import find_weekdays
from core.training.checks import find_fault
from core.training.doctor.damage import broken_encoding, mixed_scripts
from core.training.doctor.delimited import on_one_line
from core.training.doctor.memory import essence

from .changes import STOCK
from .running import Target

_LONGEST = 20_000  # characters
_STRETCH = 30_000  # characters of the same again and again
_BREAK = re.compile("[\t\n\r\v\f\x85\u2028\u2029]")
_times = st.sampled_from((1, 1, 1, 1, 1, 1, 2, 3, 40, 900))
_character = st.characters(codec=None, exclude_categories=())
texts = st.lists(
    st.builds(str.__mul__, st.sampled_from(STOCK), _times)
    | st.text(_character, max_size=6)
    | st.text("ab. 。，1<>/@", max_size=6),
    max_size=8,
).map(lambda parts: "".join(parts)[:_LONGEST])
_languages = st.sampled_from((CHINESE, ENGLISH))
_LANGUAGES = (CHINESE, ENGLISH, "de", "ja", "digits")


def in_order(spans: list[tuple[int, int]], length: int, *, empty: bool = False) -> None:
    """Spans lie in a text of so many characters, one behind the other."""
    flat = list(itertools.chain.from_iterable(spans))
    assert flat == sorted(flat)
    assert all(start >= 0 and end <= length for start, end in spans)
    assert empty or all(start < end for start, end in spans)


def check_protected(given: tuple[str, str]) -> None:
    text, language = given
    found = find_protected(text)
    in_order([(span.start, span.end) for span in found], len(text))
    assert not any("\n" in text[span.start : span.end] for span in found)
    if language == CHINESE:
        more = with_phrases(text, found)
        in_order([(span.start, span.end) for span in more], len(text))
        assert set(found) <= set(more)


def check_normal(given: tuple[str, str]) -> None:
    text, language = given
    protected = find_protected(text)
    for spans in ((), protected):
        made = normalize(text, language, spans)
        assert len(made.text) == len(made.origins) == len(made.ends)
        assert list(made.origins) == sorted(made.origins)
        assert list(made.ends) == sorted(made.ends)
        assert all(0 <= a < b <= len(text) for a, b in zip(made.origins, made.ends, strict=True))
        seen = EMOJI_SEQUENCE.sub("", made.text)
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in seen)
        assert not any(c.isspace() and c != " " for c in seen)
        for span in spans:  # one character each, from nowhere else
            inside = [i for i, a in enumerate(made.origins) if span.start <= a < span.end]
            assert len(inside) == 1
            assert (made.origins[inside[0]], made.ends[inside[0]]) == (span.start, span.end)


def check_segments(given: tuple[str, str, int | None]) -> None:
    text, language, limit = given
    for made in (split(text, language, limit), split_lines(text)):
        assert "".join(s.gap + s.text for s in made.segments) + made.tail == text
        in_order([(s.start, s.end) for s in made.segments], len(text))
        for segment in made.segments:
            assert text[segment.start : segment.end] == segment.text
            assert segment.text.strip() == segment.text
            assert "\n" not in segment.text
        assert not made.tail.strip() or not made.segments or limit is None


def check_cuts(given: tuple[str, int]) -> None:
    line, limit = given
    pieces = list(cut_long(line, 0, len(line), limit, frozenset()))
    in_order(pieces, len(line), empty=True)
    assert all(end - start <= limit for start, end in pieces)
    joined = "".join("".join(line[a:b].split()) for a, b in pieces)
    assert joined == "".join(line.split())


@functools.cache
def _tokenizer(language: str, units: str) -> Tokenizer:
    return make_tokenizer(language, units)


def _load() -> None:
    for language, units in itertools.product(_LANGUAGES, UNITS):
        _tokenizer(language, units).tokenize("a 茶")
        vocabulary(units)


def check_tokens(given: tuple[str, str, str]) -> None:
    text, language, units = given
    plain = normalize(text, language, find_protected(text))
    tokenizer = _tokenizer(language, units)
    tokens = tokenizer.tokenize(plain.text)
    assert "".join(tokens) == plain.text
    assert all(tokens)
    spans = words(tokens, language, units)
    in_order([(span.start, span.end) for span in spans], len(plain.text))
    for span in spans:
        assert plain.text[span.start : span.end] == span.text
        assert span.form in (span.text, MARKER + span.text)


def check_tokenized(given: tuple[str, str]) -> None:
    text, language = given
    plain = normalize(text, language)
    spans = words_of_tokenized(text, plain, language)
    assert len(spans) == len(text.split())
    in_order([(span.start, span.end) for span in spans], len(plain.text), empty=True)


# --- vocabularies --------------------------------------------------------------------------------

_SENTENCES = (
    "我 今天 喜欢 下雨 的 天气 。", "▁It ▁rains ▁today , ▁and ▁I ▁like ▁it .",
    "三 万 五 千 1 2 3 4 5 6 7 8 9 0", "▁can 't ▁rain ▁rainy ▁Smith ▁Mr. ▁12 : 30 ▁a ▁b ▁c",
    "<eos> <unk> ▁< > / @ # % ( ) \" ' - …",
)  # fmt: skip


@functools.cache
def vocabulary(units: str) -> Vocabulary:
    """A small one that has been on the disk."""
    sentences = [sentence.split() for sentence in _SENTENCES]
    if units == "pieces":
        made: Vocabulary = SubwordVocabulary.train(sentences * 3, size=160, alphabet=90)
    else:
        parts = [list("".join(s)) for s in sentences] if units == "characters" else sentences
        made = WordVocabulary.build(parts, units=units)
    return vocabulary_from_json(made.to_json())


def check_pieces(given: tuple[str, str, str]) -> None:
    """Ids exist and are no specials; the pieces of what is known are what they were cut from."""
    text, language, units = given
    entries = vocabulary(units)
    plain = normalize(text, language, find_protected(text))
    spans = words(_tokenizer(language, units).tokenize(plain.text), language, units)
    encoded = entries.encode([span.form for span in spans])
    assert len(encoded.ids) == len(encoded.words) == len(encoded.spans)
    assert all(index == UNK or 4 <= index < len(entries) for index in encoded.ids)
    assert list(encoded.words) == sorted(encoded.words)
    assert set(encoded.words) == set(range(len(spans)))
    shown = entries.pieces(encoded.ids)
    forms = [""] * len(spans)
    for index, piece, number, (begin, end) in zip(
        encoded.ids, shown, encoded.words, encoded.spans, strict=True
    ):
        form = spans[number].form
        assert begin < end
        assert index == UNK or piece == form[begin:end]
        forms[number] += form[begin:end]
    assert forms == [span.form for span in spans]


def check_encoder(given: tuple[str, str, str, bool, bool]) -> None:
    text, language, units, protect, tokenized = given
    encoder = SegmentEncoder(language, _tokenizer(language, units), vocabulary(units))
    made = encoder.encode(text, tokenized=tokenized, protect=protect)
    assert len(made.ids) == len(made.piece_words) == len(made.piece_spans)
    assert all(0 <= a < b <= len(text) for a, b in (*made.piece_spans, *made.words))
    assert list(made.piece_spans) == sorted(made.piece_spans)
    assert all(0 <= word < len(made.words) for word in made.piece_words)


@dataclass(frozen=True)
class _Output:
    pieces: list[str]
    copied: list[bool]
    language: str


_pieces = st.sampled_from(STOCK) | st.text(_character, min_size=1, max_size=5) | st.just(MARKER)
_outputs = st.builds(
    lambda rows, language, copies: _Output(
        [MARKER * marked + piece for piece, marked, _ in rows],
        [copied for *_, copied in rows] if copies else [],
        language,
    ),
    st.lists(st.tuples(_pieces, st.booleans(), st.booleans()), max_size=14),
    _languages,
    st.booleans(),
)


def check_joined(output: _Output) -> None:
    made = join_pieces(output.pieces, output.language, output.copied)
    assert len(made.spans) == len(output.pieces)
    assert all(0 <= a <= b <= len(made.text) for a, b in made.spans)
    assert list(made.spans) == sorted(made.spans)
    for piece, copied, (start, end) in zip(output.pieces, output.copied, made.spans, strict=False):
        if copied:  # to the letter
            assert made.text[start:end] == piece.removeprefix(MARKER)
    tokenizer = _tokenizer(CHINESE, "pieces") if output.language == CHINESE else None
    in_order(target_words(made.text, output.language, tokenizer), len(made.text))


def check_stretch(given: tuple[str, str, str]) -> None:
    """What reads whole lines takes no time that grows with the square of a line."""
    unit, end, language = given
    text = (unit * (_STRETCH // len(unit)) + end)[-_STRETCH:]
    assert not _BREAK.search(on_one_line(text))
    if language == CHINESE:
        with_phrases(text, ())
    segments = split(text, language).segments
    assert sum(len(s.text) + len(s.gap) for s in segments) <= len(text)
    find_fault(text, end, language, ENGLISH if language == CHINESE else CHINESE)


def check_numbers(given: tuple[str, str]) -> None:
    text, language = given
    found = find_numbers(text, language)
    assert all(0 <= n.start < n.end <= len(text) and n.values for n in found)
    assert missing(found, found) == []
    amounts = find_amounts(text, language, found)
    assert unpriced(amounts, found, amounts) == ()
    other = ENGLISH if language == CHINESE else CHINESE
    assert all("5" in write_amount("5", one, other) for one in amounts if one.certain)
    sided = find_sided(text, language, found)
    days = find_weekdays(text, language)
    times = find_spoken(text) if language == CHINESE else find_clocks(text)
    in_order([(time.start, time.end) for time in times], len(text))
    assert all(0 <= one.start < one.end <= len(text) for one in (*amounts, *sided, *days))
    dates = find_dates(text, language)
    in_order([(date.start, date.end) for date in dates], len(text))
    for date in dates:
        assert [one.when for one in find_dates(write_date(date, other), other)] == [date.when]
        in_order(list(lone_days(text, date.day, language)), len(text))
    assert len(in_digits(text)) == len(with_signs(text)) == len(text)


def check_looks(text: str) -> None:
    """What judges texts by their looks never minds what they hold."""
    assert broken_encoding(text) in text
    assert all(mark in text for mark in mixed_scripts(text).split())
    assert not any(map(str.isspace, essence(text)))


_both = st.tuples(texts, _languages)
_limits = st.none() | st.integers(1, 60)
_encoded = st.tuples(texts, _languages, st.sampled_from(UNITS), st.booleans(), st.booleans())
_unit = st.sampled_from(STOCK) | st.text(_character, min_size=1, max_size=3)
_stretches = st.tuples(_unit, _unit, _languages)
_cut = st.tuples(texts, st.sampled_from(_LANGUAGES), st.sampled_from(UNITS))
TARGETS = (
    Target("protected spans", _both, check_protected, 3.0),
    Target("normalisation", _both, check_normal, prepare=_load),
    Target("segmenter", st.tuples(texts, _languages, _limits), check_segments, 4.0),
    Target("long sentences", st.tuples(texts, st.integers(1, 80)), check_cuts, 2.0),
    Target("tokenizers", _cut, check_tokens, 2.0, prepare=_load),
    Target("tokenised corpora", _both, check_tokenized),
    Target("vocabularies", _cut, check_pieces, prepare=_load),
    Target("encoder", _encoded, check_encoder, prepare=_load),
    Target("detokenizer", _outputs, check_joined, varies=False, prepare=_load),
    Target("stretches", _stretches, check_stretch, 0.1, varies=False),
    Target("numbers", _both, check_numbers, 2.0),
    Target("looks of texts", texts, check_looks, 2.0, prepare=lambda: mixed_scripts("茶")),
)
