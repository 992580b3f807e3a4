"""How sure each translated word is, as shades and in words. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator

from core.translation.result import SURE, UNSURE, Translation
from gui.i18n import tr
from gui.viewmodels.links import Mark, Side, Spot
from gui.viewmodels.marks import place_of
from gui.viewmodels.segments import SegmentList

# Of the darkest shade: words that are fairly sure, and unsure ones, from the surest on.
_FAIR, _DARK = (0.12, 0.3), (0.55, 1.0)


def shade(confidence: float) -> float:
    """How dark a word is shaded, 0 (sure) to 1; darker the less sure, with a step at each level."""
    if confidence >= SURE:
        return 0.0
    if confidence >= UNSURE:
        (light, dark), share = _FAIR, (SURE - confidence) / (SURE - UNSURE)
    else:
        (light, dark), share = _DARK, (UNSURE - confidence) / UNSURE
    return light + (dark - light) * share


def sureness_marks(segments: SegmentList) -> Iterator[Mark]:
    """The shades of the words of the translation, in sentences that are not stale."""
    for index in range(len(segments)):
        if segments[index].stale:
            continue
        for word, confidence in enumerate(_confidences(segments[index].translation)):
            dark = 0.0 if confidence is None else shade(confidence)
            if dark:
                yield Mark("unsure", *place_of(segments, Spot(Side.TARGET, index, word)), dark)


def _confidences(translation: Translation) -> Iterator[float | None]:
    """Those of the words; none of marks."""
    pairs = zip(translation.target_words, translation.confidences, strict=False)
    for word, confidence in pairs:
        yield confidence if any(map(str.isalnum, word.text)) else None


def sureness_tip(segments: SegmentList, spot: Spot | None) -> str:
    """How sure a translated word is, in words; empty where there is nothing to say."""
    if spot is None or spot.side is not Side.TARGET:
        return ""
    known = list(_confidences(segments[spot.segment].translation))
    confidence = known[spot.word] if spot.word < len(known) else None
    if confidence is None:
        return ""
    percent = round(100 * confidence)
    if confidence >= SURE:
        return tr("Sure: {percent} %", percent=percent)
    if confidence >= UNSURE:
        return tr("Fairly sure: {percent} %", percent=percent)
    return tr("Unsure: {percent} %", percent=percent)
