"""What is lit, in words: for those who hear the window, and for tool tips."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from core.translation.result import Translation
from gui.i18n import listed, tr
from gui.viewmodels.links import Side, Spot, copied_words, shared_partners, words
from gui.viewmodels.segments import SegmentList

_MOST_PARTNERS = 5  # who listens cannot skip


def spoken(segments: SegmentList, lit: Sequence[Spot]) -> str:
    """The ``lit`` words with what they are linked with, strongest first: “银行, 82 % from bank”."""
    by_sentence = itertools.groupby(lit, lambda spot: spot.segment)
    return tr("; ").join(
        _spoken(segments[index].linked, list(found)) for index, found in by_sentence
    )


def _spoken(translation: Translation, lit: Sequence[Spot]) -> str:
    side, chosen = lit[0].side, [spot.word for spot in lit]
    own, other = words(translation, side), words(translation, side.other)
    text = translation.translation if side is Side.TARGET else translation.source
    said = [text[own[chosen[0]].start : own[chosen[-1]].end]]
    if set(chosen) <= set(copied_words(translation, side)):
        said.append(tr("copied as it is"))
    linked = sorted(shared_partners(translation, side, chosen), key=lambda link: -link[1])
    for word, weight in linked[:_MOST_PARTNERS]:
        percent, partner = round(100 * weight), other[word].text
        said.append(
            tr("{percent} % from {word}", percent=percent, word=partner)
            if side is Side.TARGET
            else tr("{percent} % of {word}", percent=percent, word=partner)
        )
    return listed(*said)


def copied_tip(segments: SegmentList, spot: Spot | None) -> str:
    """Why a word has a dotted line under it; empty where it has none."""
    if spot is None:
        return ""
    copied = copied_words(segments[spot.segment].translation, spot.side)
    if spot.word not in copied:
        return ""
    return tr("Copied as it is: an address, a name or a word that the model does not know")
