"""From target pieces back to running text and its words."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.text.languages import CHINESE, ENGLISH, HAN, HAN_PATTERN, is_spaced
from core.text.protected import ATOM
from core.text.subword import MARKER
from core.text.tokenizer import Tokenizer

# Words of running English: clitics stay with their word; marks stand alone, a run of one mark
# together; other signs (emoji, say) are never torn apart.
_MARKS = r"!-/:-@\[-`{-~"
_ENGLISH_WORD = re.compile(rf"\w+(?:[-'’.,]\w+)*|([{_MARKS}])\1*|[^\w\s{_MARKS}]+")

_WIDE = str.maketrans(",?!:;()", "，？！：；（）")
_CHINESE = f"[{HAN}，。、]"
_BESIDE = f"[{HAN}，。、{ATOM}]"
# Marks behind or before something Chinese, perhaps with closing or opening signs between.
_NARROW = re.compile(rf"""(?<={_BESIDE})["')]*[,?!:;]+|[,?!:;]+[ "'(]*(?={_BESIDE})""")
_BRACKETS = re.compile(rf"\([^()]*{_CHINESE}[^()]*\)|(?<={_CHINESE})\([^()]*\)")
# One of each kind, as a model writes them: of a pair both are wide.
_UNLIKE = re.compile(r"\([^()（）]*）|（[^()（）]*\)")
# Abbreviations that stand without blanks; initials before a surname are left as they are.
_ABBREVIATION = re.compile(
    r"\b(?:U\. ?S\.(?: ?S\. ?R\.| ?A\.)?|U\. [NK]\.|B\. ?C\.(?: ?E\.)?|A\. D\.|L\. A\.|D\. C\."
    r"|[ap]\. m\.)(?!\w)"
)
# Signs that stand right at a Chinese number, and marks at whatever they follow.
_LOOSE = re.compile(rf"(?<=[0-9]) [%‰℃°](?![A-Za-z(])|(?<=[0-9%‰℃°{HAN}]) [，。、；：！？]")
_TIGHT = {CHINESE: _LOOSE, ENGLISH: _ABBREVIATION}


@dataclass(frozen=True, slots=True)
class TargetText:
    """Running text and, for each piece, its offsets in it."""

    text: str
    spans: tuple[tuple[int, int], ...]


def join_pieces(pieces: Sequence[str], language: str, copied: Sequence[bool] = ()) -> TargetText:
    """Join ``pieces``: markers become single blanks, none at the edges.

    Chinese marks take full width and Chinese quotation marks are paired; both keep the length.
    English abbreviations (``U. S.``) lose the blanks inside them, and Chinese marks that before.

    Args:
        pieces: of a vocabulary, or copied.
        language: of the text.
        copied: which pieces (all told, or none) stay as they are but for a marker before them:
            they get a blank where they would melt into what stands beside them.
    """
    copies = [p.removeprefix(MARKER) for p, c in zip(pieces, copied, strict=False) if c]
    shown: list[str] = []
    spans: list[tuple[int, int]] = []
    length, blank = 0, True  # whether the text so far ends with a blank
    for text in _parted(pieces, copied):
        if blank:
            text = text.lstrip(" ")
        begin = length + len(text) - len(text.lstrip(" "))
        shown.append(text)
        length += len(text)
        spans.append((begin, length))
        blank = text.endswith(" ") if text else blank
    joined = "".join(shown).rstrip(" ")
    if language == CHINESE and (copies or HAN_PATTERN.search(joined)):
        joined = _widen(joined)
    if language in _TIGHT:
        joined, spans = _tightened(joined, spans, _TIGHT[language])
    end = len(joined)
    narrowed = TargetText(joined, tuple((min(a, end), min(b, end)) for a, b in spans))
    return _filled(narrowed, copied, copies) if copies else narrowed


# What a word or an address may end and go on with, and where no blank stands before a word.
_OPEN = re.compile(r"[\w/=~+)-]", re.ASCII)
_GOES_ON = re.compile(r"[\w/=~+(\[{$&#@%*-]", re.ASCII)
_NUMBER = re.compile(r"[$€£¥]?[0-9][0-9.,]*")
_BEHIND_NUMBER = re.compile(r"%(?![%(a-zA-Z])|-")  # 7.7%, 35-year-old; %s is a placeholder
_OPENING = re.compile(r"""[(\[{“‘<]\Z|(?:^|\s)["'][(\[]*\Z""")


def _parted(pieces: Sequence[str], copied: Sequence[bool]) -> Iterator[str]:
    """The pieces with blanks for markers, an atom for each copy, and blanks that copies need."""
    if not any(copied):
        yield from (piece.replace(MARKER, " ") for piece in pieces)
        return
    before, edge = "", ""  # the text so far; the copy it ends with
    for piece, copy in zip(pieces, copied, strict=True):
        if copy:
            inner = piece.removeprefix(MARKER)
            wanted = inner != piece and not _OPENING.search(before)
            apart = wanted or _melt(edge or before, inner)
            text, edge = " " * apart + ATOM, inner
        else:
            text = piece.replace(MARKER, " ")
            if edge and _melt(edge, text):
                text = " " + text
            edge = "" if text.strip(" .,:;!?") else edge
        before += text
        yield text


def _melt(before: str, after: str) -> bool:
    """Whether a copy cannot be told from what stands beside it without a blank."""
    if not before or not after:
        return False
    if before[0] in "@#" and before[-1] != "#":  # a name of any script
        return after[0].isalnum()
    if _NUMBER.fullmatch(before) and _BEHIND_NUMBER.match(after):
        return False
    return bool(_OPEN.match(before[-1]) and _GOES_ON.match(after[0]))


def _filled(joined: TargetText, copied: Sequence[bool], copies: Sequence[str]) -> TargetText:
    """The text with its copies in the place of their atoms."""
    waiting = iter(copies)
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    written = moved = 0
    for (start, end), copy in zip(joined.spans, copied, strict=True):
        if copy:
            text = next(waiting)
            parts += [joined.text[written : end - 1], text]
            written = end
            spans.append((end - 1 + moved, end - 1 + moved + len(text)))
            moved += len(text) - 1
        else:
            spans.append((start + moved, end + moved))
    parts.append(joined.text[written:])
    return TargetText("".join(parts), tuple(spans))


def _tightened(
    text: str, spans: list[tuple[int, int]], pattern: re.Pattern[str]
) -> tuple[str, list[tuple[int, int]]]:
    """``text`` with no blanks in what ``pattern`` finds, and the offsets in it."""
    found = pattern.finditer(text)
    cuts = [match.start() + at for match in found for at, c in enumerate(match[0]) if c == " "]
    if not cuts:
        return text, spans
    kept = [-1, *cuts, len(text)]
    tight = "".join(text[a + 1 : b] for a, b in itertools.pairwise(kept))
    return tight, [(a - bisect_left(cuts, a), b - bisect_left(cuts, b)) for a, b in spans]


def _widen(text: str) -> str:
    """Full-width marks beside Chinese characters, and paired quotation marks."""
    for pattern in (_NARROW, _BRACKETS):
        text = pattern.sub(lambda found: found[0].translate(_WIDE), text)
    text = _UNLIKE.sub(lambda found: f"（{found[0][1:-1]}）", text)
    if text.count('"') % 2 == 0:
        sides = itertools.cycle("“”")
        text = re.sub('"', lambda _: next(sides), text)
    return text


def target_words(
    text: str,
    language: str,
    tokenizer: Tokenizer | None,
    whole: Sequence[tuple[int, int]] = (),
    skipped: Sequence[tuple[int, int]] = (),
) -> list[tuple[int, int]]:
    """Offsets of the words of ``text``: the tokenizer's for Chinese, by pattern for English.

    Languages with blanks need no tokenizer here, so translating into English does not load spaCy.

    Args:
        text: running text.
        language: its language.
        tokenizer: of that language.
        whole: spans of it that are one word each.
        skipped: spans that are none.
    """
    spans: list[tuple[int, int]] = []
    position = 0
    for start, end in sorted((*whole, *skipped, (len(text), len(text)))):
        spans += _words(text, position, start, language, tokenizer)
        if (start, end) in whole:
            spans.append((start, end))
        position = end
    return spans


def _words(
    text: str, start: int, end: int, language: str, tokenizer: Tokenizer | None
) -> list[tuple[int, int]]:
    if is_spaced(language) or tokenizer is None:
        return [match.span() for match in _ENGLISH_WORD.finditer(text, start, end)]
    spans: list[tuple[int, int]] = []
    for token in tokenizer.tokenize(text[start:end]):
        if not token.isspace():
            spans.append((start, start + len(token)))
        start += len(token)
    return spans
