r"""Cuts a text into sentences, losing nothing between them.

Lines end at ``"\n"`` only; the cells of a table's row are sentences of their own. Blanks at a
sentence's edges, line ends, indents and bullets become the *gap* before it, so that gap and text of
all segments and the tail join back to the very text. A stop ends a sentence together with the
closing quotes and brackets behind it; the dots of abbreviations, numbers, addresses and file names
do not. Protected spans are never cut. The time is linear in the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.text.cuts import cut_long
from core.text.languages import CHINESE, ENGLISH, HAN, is_han, is_spaced
from core.text.numerals import chinese_value
from core.text.protected import ATOM, TAG, closes, find_protected, tag_name

MAX_CHARACTERS = {CHINESE: 200, ENGLISH: 600}
_MAX_SPACED, _MAX_UNSPACED = MAX_CHARACTERS[ENGLISH], MAX_CHARACTERS[CHINESE]  # of others


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence: ``text`` is the source's slice ``start:end``.

    ``gap`` is what stands between the previous segment's end (or the text's start) and ``start``.
    """

    start: int
    end: int
    text: str
    gap: str


@dataclass(frozen=True, slots=True)
class Segmented:
    """The segments of a text in order, and what follows the last one."""

    segments: tuple[Segment, ...]
    tail: str

    def gaps(self, target_language: str) -> tuple[str, ...]:
        """Per segment the gap to write before its translation; the first one's is its own."""
        first, rest = self.segments[:1], self.segments[1:]
        return (
            *(_marks_for(segment.gap, target_language) for segment in first),
            *(gap_for(segment.gap, target_language) for segment in rest),
        )


def gap_for(gap: str, target_language: str) -> str:
    """The gap between two translated sentences, given the one between their sources.

    English has a space between the sentences of a line and Chinese has none, and counts in digits
    (``一、``, ``第二条``). Every other gap (a line end, an indent, a bullet) stays as it is.
    """
    if is_spaced(target_language):
        return _marks_for(gap, target_language) or " "
    return "" if gap == " " else gap


def _marks_for(gap: str, target_language: str) -> str:
    """``gap`` with Chinese list marks as English has them."""
    if target_language != ENGLISH:
        return gap
    for pattern, shown in _CHINESE_MARKS:
        found = pattern.search(gap)
        if found:
            number = found["n"] if found["n"].isdigit() else int(chinese_value(found["n"]))
            return gap[: found.start()] + shown.format(number) + gap[found.end() :]
    return gap


def split(text: str, language: str, max_characters: int | None = None) -> Segmented:
    """Cut ``text`` of ``language`` into sentences.

    Args:
        max_characters: longer sentences are cut at the best comma, space or word boundary, but
            never in a protected span; by default :data:`MAX_CHARACTERS` of the language.
    """
    usual = MAX_CHARACTERS.get(language, _MAX_SPACED if is_spaced(language) else _MAX_UNSPACED)
    limit = usual if max_characters is None else max_characters
    if limit < 1:
        raise ValueError(f"max_characters must be at least 1, not {limit}")
    segments: list[Segment] = []
    written = 0
    for line_start, line in _lines(text):
        masked, inside = _masked(line)
        for start, end in _sentences(masked):
            for piece_start, piece_end in cut_long(masked, start, end, limit, inside):
                a, b = line_start + piece_start, line_start + piece_end
                segments.append(Segment(a, b, text[a:b], text[written:a]))
                written = b
    return Segmented(tuple(segments), text[written:])


def split_lines(text: str) -> Segmented:
    """``text`` cut at its line ends alone, for what reads a whole line, however many sentences."""
    segments: list[Segment] = []
    written = 0
    for line_start, line in _lines(text):
        if line.strip():
            start = line_start + len(line) - len(line.lstrip())
            end = line_start + len(line.rstrip())
            segments.append(Segment(start, end, text[start:end], text[written:start]))
            written = end
    return Segmented(tuple(segments), text[written:])


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _masked(line: str) -> tuple[str, frozenset[int]]:
    """``line`` without what is in protected spans, its length unchanged; the offsets inside them.

    A closing tag reads like a closing quote, which stays with the sentence that it ends.
    """
    spans = find_protected(line)
    if not spans:
        return line, frozenset()
    parts: list[str] = []
    opened: list[str] = []
    written = 0
    for span in spans:
        mask = ATOM
        if span.kind == TAG:
            tag = line[span.start : span.end]
            name, closing = tag_name(tag), closes(tag, opened)
            mask = "”" if closing else ATOM
            opened = [other for other in opened if other != name] + [name] * (not closing)
        parts += [line[written : span.start], mask * (span.end - span.start)]
        written = span.end
    inside = frozenset(o for span in spans for o in range(span.start + 1, span.end))
    return "".join(parts) + line[written:], inside


# --- where sentences end -------------------------------------------------------------------------

_NUMERALS = "一二三四五六七八九十百零〇两"
_COUNT = rf"(?P<n>[0-9]{{1,3}}|[{_NUMERALS}]{{1,4}})"
_CHINESE_MARKS = (
    (re.compile(rf"{_COUNT}、\s*"), "{}. "),
    (re.compile(rf"[(（]{_COUNT}[)）]\s*"), "({}) "),
    (re.compile(rf"第{_COUNT}[条條]\s+"), "Article {}. "),
    (re.compile(rf"第{_COUNT}章\s+"), "Chapter {}. "),
    (re.compile(rf"第{_COUNT}[节節]\s+"), "Section {}. "),
)
# A list mark at a line's beginning, with something behind it.
_BULLET = re.compile(
    rf"""\s*(?:
        [-*+–—·#>]+\s+ | [•●○■□◆◇▪‣◦]\s*
      | [0-9]{{1,3}}(?:[.．]\s+ | [.．](?=[{HAN}]) | [)）]\s*)
      | [(（](?:[0-9]{{1,3}}|[{_NUMERALS}]{{1,3}}|[a-zA-Z])[)）]\s*
      | (?:[0-9]{{1,3}}|[{_NUMERALS}]{{1,3}})、\s*(?![{_NUMERALS}]|[0-9]{{1,2}}(?![0-9]))
      | 第(?:[0-9]{{1,3}}|[{_NUMERALS}]{{1,4}})[条條章节節]\s+
      | [a-zA-Z][)）]\s*
    )(?=\S)""",
    re.VERBOSE,
)
_ROW = re.compile(r"\s*\|.*\|\s*")
_CLOSING = "”’」』）)\\]】》〉］"
# A run of stops and what it pulls in; straight quotes are judged apart, being opening or closing.
_STOP = re.compile(rf"(?P<marks>[。｡！？‼⁇⁈⁉!?….．]+)(?P<closing>[{_CLOSING}]*)")
_BLANKS = re.compile(r"\s*")
_TOKEN_BEFORE = re.compile(r"[^\s(（\[\"“‘'/-]+\Z")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
_WORD_AHEAD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"[0-9]+\Z")
_CODE_AHEAD = re.compile(r"\s*[A-Z-]{0,8}[0-9]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Abbreviations that something always follows; the second kind are words when in lower case.
_BOUND = _words("mr mrs ms dr prof messrs mme mlle v vs e.g i.e eg ie cf viz approx dept est")
_TITLES = _words("st mt gen sen rep gov capt lt col sgt cpl maj adm cmdr rev hon pres ave")
# Abbreviations only before a number: "No. 5", "Jan. 3".
_BEFORE_NUMBER = _words(
    "no nos fig figs p pp vol vols ch chap sec art eq ver ca"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
)
# Abbreviations that may end a sentence: they do where a usual first word of a sentence follows.
_LOOSE = _words("etc al inc ltd co corp bros jr sr esq blvd rd hwy a.m p.m ph.d u.s u.k")
_FIRST_WORDS = _words(
    "The A An This That These Those He She It They We You I My His Her Their Our Your Its There"
    " Here But And Or So Then When If In On At For As What Who Why How Where After Before"
)
# Before an ellipsis fewer characters than this are a hesitation (我……我不知道), not a sentence.
_HESITATION = 5


def _cells(line: str) -> Iterator[tuple[int, int]]:
    """The cells of a row of a table, parted by tabs or (Markdown) by bars; else the whole line."""
    if not ("\t" in line or _ROW.fullmatch(line)):
        yield 0, len(line)
        return
    for cell in re.finditer(r"[^\t]+" if "\t" in line else r"[^|]+", line):
        yield cell.span()


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    """Sentences of a line as (start, end), neither blank at the edges nor empty."""
    for cell, stop in _cells(line):
        for start, end in _sentences_of(line[cell:stop]):
            yield cell + start, cell + end


def _sentences_of(line: str) -> Iterator[tuple[int, int]]:
    """Those of a line or of a cell."""
    bullet = _BULLET.match(line)
    start = bullet.end() if bullet else 0
    start = _skip_blanks(line, start)
    quotes, counted = 0, start
    last = len(line.rstrip())
    for stop in _STOP.finditer(line, start):
        end = stop.end()
        quotes += line.count('"', counted, end)
        counted = end
        end += _straight_quotes(line, end, quotes)
        if end < last and _ends_sentence(line, start, stop, end):
            yield start, end
            start = _skip_blanks(line, end)
    if start < last:
        yield start, last


def _skip_blanks(line: str, start: int) -> int:
    match = _BLANKS.match(line, start)
    return match.end() if match else start


def _next_visible(line: str, start: int) -> str:
    position = _skip_blanks(line, start)
    return line[position : position + 1]


def _straight_quotes(line: str, position: int, opened: int) -> int:
    """How many straight quotation marks at ``position``, right behind a stop, close: 1 or 0.

    ``opened`` is how many ``"`` the line has had before.
    """
    mark = line[position : position + 1]
    behind = line[position + 1 : position + 2]
    at_edge = not behind or behind.isspace()
    return int((mark in ("'", '"') and at_edge) or (mark == '"' and opened % 2 == 1))


def _ends_sentence(line: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Whether ``stop``, whose closing marks reach to ``end``, ends the sentence begun at start."""
    marks, closed = stop["marks"], end > stop.end("marks")
    following = line[end]
    ahead = _next_visible(line, end)
    if following in "，、；：,;:）)":
        return False
    if any(mark in "。｡！？‼⁇⁈⁉" for mark in marks):
        return True
    if closed and ahead.islower():
        return False
    before = line[stop.start() - 1 : stop.start()]
    if not following.isspace() and not _begins(following, marks, before):
        return False
    if "!" in marks or "?" in marks:
        return True
    if len(marks) > 1 or marks == "…":
        sentence = stop.start() - start >= _HESITATION
        return ahead.isupper() or (sentence and not ahead.islower())
    return _is_full_stop(line, start, stop.start(), following, ahead)


def _begins(character: str, marks: str, before: str) -> bool:
    """Whether ``character`` right behind ``marks`` can open a sentence: not so in a.txt, 3.14."""
    if is_han(character) or character in "\"'(<[{*":
        return True
    if is_han(before) and (character.isupper() or "." not in marks):
        return True
    return not (character.isascii() or character.isalnum())


def _is_full_stop(line: str, start: int, dot: int, following: str, ahead: str) -> bool:
    """Whether the single dot at ``dot`` is a full stop rather than part of a word or number."""
    token = _TOKEN_BEFORE.search(line, max(start, dot - 16), dot)
    word = token[0] if token else ""
    if is_han(word[-1:]):
        return True
    if not following.isspace():
        return not _NUMBER.match(word)
    lower = word.lower()
    if dot == start + len(word) and word.isdigit():  # a numbered point amid the line
        return False
    if lower in _BOUND or (lower in _TITLES and word[0].isupper()):
        return False
    if lower in _BEFORE_NUMBER and _CODE_AHEAD.match(line, dot + 1):
        return False
    if len(word) == 1 and word.isupper() and word != "I" and not is_han(ahead):
        return False
    if lower in _LOOSE or _ACRONYM.match(word):
        first = _WORD_AHEAD.match(line, _skip_blanks(line, dot + 1))
        return first is not None and (first[0] in _FIRST_WORDS or is_han(ahead))
    # Who begins sentences in lower case means no abbreviation by a small letter behind a dot.
    return not ahead.islower() or line[start].islower()
