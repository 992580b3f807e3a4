"""The options of cutting and counting texts, registered; imports nothing heavy."""

from __future__ import annotations

from core.parts import Choice, Part
from core.text.options import FEWEST_ENTRIES, MOST_ENTRIES, TextOptions
from core.text.units import CHARACTERS, PIECES, SPACES, WORDS

_GROUP = "Words and vocabularies"
_DEFAULTS = TextOptions()

_UNITS = (
    Choice(
        PIECES,
        "Pieces of words",
        "Frequent words stay whole, rare ones fall into pieces that are learnt from the file, so"
        " that hardly anything is unknown.",
        r"(a, b)^{*} = \mathrm{argmax}_{(a, b)} \; \mathrm{count}(a\,b), \quad a\,b \to ab",
        "Sennrich et al. 2016",
    ),
    Choice(
        WORDS,
        "Words",
        "Every frequent word is an entry; all others are one and the same, <unk>. jieba cuts"
        " Chinese, spaCy the languages that it knows, blanks and marks the rest.",
        r"V = \{w : \mathrm{count}(w) \geq f_{\min}\}, \quad |V| \leq V_{\max}",
    ),
    Choice(
        CHARACTERS,
        "Characters",
        "Every character is an entry: small vocabularies, long sequences.",
    ),
    Choice(
        SPACES,
        "What stands between blanks",
        "Texts are cut at their blanks and nowhere else, as tags and spelt-out numbers want it.",
    ),
)


def _side(side: str) -> tuple[Part, ...]:
    """The options of the ``source`` or the ``target``."""
    of_its_own = () if side == "source" else (("embeddings", ("separate", "tied")),)
    return (
        Part(
            f"{side}_units",
            _GROUP,
            f"Units of the {side}",
            _DEFAULTS.source_units,
            f"What an entry of the {side}'s vocabulary is.",
            _UNITS,
        ),
        Part(
            f"{side}_vocabulary_size",
            _GROUP,
            f"Entries of the {side}",
            _DEFAULTS.source_vocabulary_size,
            "The most entries a vocabulary has, with <unk>, <pad>, <sos> and <eos>; the most"
            " frequent ones are kept. One vocabulary for both sides goes by the source's.",
            least=FEWEST_ENTRIES,
            most=MOST_ENTRIES,
            formula=r"|V| \leq V_{\max}",
            needs=of_its_own,
        ),
        Part(
            f"{side}_min_freq",
            _GROUP,
            f"Least frequency of the {side}",
            _DEFAULTS.source_min_freq,
            "What occurs less often gets no entry; of pieces, what two must reach together to be"
            " joined.",
            least=1,
            most=1_000_000,
            formula=r"\mathrm{count}(w) \geq f_{\min}",
            needs=of_its_own,
        ),
    )


TEXT_PARTS: tuple[Part, ...] = (*_side("source"), *_side("target"))
