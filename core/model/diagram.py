"""The architecture that a config composes, as plain values: blocks, and arrows between them.

Shapes are told with B sentences, S source pieces and T target pieces, numbers for the rest. torch
is not needed.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.model.blocks import Block, make_block, words_block
from core.model.config import ModelConfig
from core.model.decoder_parts import FIXED_CONTEXT, RECURRENT_DECODERS
from core.model.parts import RECURRENT_ENCODERS
from core.model.weight_counts import WeightCounts

SOURCE, SOURCE_EMBEDDING, ENCODER = "source", "source-embedding", "encoder"
FIRST_STATE, ATTENTION = "first-state", "attention"
TARGET, TARGET_EMBEDDING = "target", "target-embedding"
DECODER, UPPER, WAY_OUT, OUTPUT = "decoder", "upper-decoder", "way-out", "output"


@dataclass(frozen=True, slots=True)
class Arrow:
    """What goes from one block to another.

    Attributes:
        begin, end: names of blocks.
        kind: ``"states"``, ``"question"`` and ``"answer"`` (of attention), ``"feeding"`` (to the
            next step), ``"begin"`` (before the first step) or ``"tied"`` (the same weights).
        label: for a person.
    """

    begin: str
    end: str
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Diagram:
    """An architecture: blocks of each side from the words that go in upwards, and arrows."""

    blocks: tuple[Block, ...]
    arrows: tuple[Arrow, ...]

    @property
    def parameters(self) -> int:
        """Number of weights of the model."""
        return sum(block.parameters for block in self.blocks)

    def block(self, name: str) -> Block:
        """The block called ``name``.

        Raises:
            KeyError: there is none.
        """
        for block in self.blocks:
            if block.name == name:
                return block
        raise KeyError(name)


def diagram_of(config: ModelConfig) -> Diagram:
    """The architecture of ``config``."""
    blocks = (*_source_blocks(config), *_middle_blocks(config), *_target_blocks(config))
    return Diagram(blocks, _arrows(config, {block.name for block in blocks}))


def _source_blocks(config: ModelConfig) -> list[Block]:
    counts, width = WeightCounts(config), config.width
    states, embedded = f"[B, S, {width}]", f"[B, S, {config.embedding_size}]"
    recurrent = config.encoder in RECURRENT_ENCODERS
    options = ("cell", "joining", "residual") if recurrent else ("encoder_heads", "feed_forward")
    if config.encoder == "one-directional":
        options = ("cell", "residual")
    return [
        words_block(SOURCE, "Source pieces", "source", "[B, S]"),
        make_block(
            config, SOURCE_EMBEDDING, "Source embeddings", "source", "embeddings",
            ("width", "embedding_width") if recurrent else ("width",),
            inputs="[B, S]", outputs=embedded,
            parameters=config.source_vocabulary * config.embedding_size,
        ),
        make_block(
            config, ENCODER, "", "source", "encoder",
            ("encoder_layers", *options, "width", "dropout", "initialisation"),
            layers=config.encoder_layers, inputs=embedded, outputs=states,
            parameters=counts.encoder(),
        ),
    ]  # fmt: skip


def _middle_blocks(config: ModelConfig) -> list[Block]:
    counts = WeightCounts(config)
    blocks = []
    if config.decoder in RECURRENT_DECODERS:
        blocks.append(_first_state(config, counts))
    if config.decoder not in FIXED_CONTEXT:
        width, heads = config.width, config.heads
        asked = width if config.decoder == "transformer" else config.decoder_width
        options = {"multi-head": ("attention_heads",), "local-m": ("attention_window",)}
        options["local-p"] = options["local-m"]
        layers = config.decoder_layers if config.decoder == "transformer" else 1
        blocks.append(
            make_block(
                config, ATTENTION, "", "middle", "attention",
                (*options.get(config.attention, ()), "attention_strength"),
                layers=layers,
                inputs=f"[B, T, {asked}] × [B, S, {width}]",
                outputs=f"[B, T, {width}], [B, {heads}, T, S]",
                parameters=counts.attention(),
            )
        )  # fmt: skip
    return blocks


def _first_state(config: ModelConfig, counts: WeightCounts) -> Block:
    width, hidden = config.width, config.decoder_width
    inputs, outputs = f"[B, {width}]", f"[B, {hidden}]"
    title = "First state"
    formula = r"s_0 = \tanh\left(W \, \frac{1}{S} \sum_j h_j\right)"
    if config.decoder == "initial-state":
        parts = 2 if config.cell == "lstm" else 1
        inputs = f"[B, {config.encoder_layers}, {parts}, {width}]"
        outputs = f"[B, {config.decoder_layers}, {parts}, {hidden}]"
        copied = counts.first_state() == 0
        formula = r"s_0 = h_S" if copied else r"s_0 = \tanh(W h_S)"
        if parts == 2:
            formula += "\n" + (r"c_0 = c_S" if copied else r"c_0 = V c_S")
    elif config.decoder == "context":
        title, outputs = "Context and first state", f"[B, {width}], [B, {hidden}]"
        formula = r"c = \tanh(V h_S)" + "\n" + r"s_0 = \tanh(V' c)"
    return make_block(
        config, FIRST_STATE, title, "middle", "decoder", ("decoder_width",),
        formula=formula, inputs=inputs, outputs=outputs, parameters=counts.first_state(),
    )  # fmt: skip


def _target_blocks(config: ModelConfig) -> list[Block]:
    counts, width = WeightCounts(config), config.embedding_size
    size = config.target_vocabulary
    embedded, scores = f"[B, T, {width}]", f"[B, T, {size}]"
    shared, separate = (config.embeddings == kind for kind in ("shared", "separate"))
    return [
        words_block(TARGET, "Target pieces before", "target", "[B, T]"),
        make_block(
            config, TARGET_EMBEDDING, "Target embeddings", "target", "embeddings", ("width",),
            inputs="[B, T]", outputs=embedded, parameters=0 if shared else size * width,
        ),
        *_decoder_blocks(config, counts, embedded),
        make_block(
            config, OUTPUT, "Output layer", "target", "embeddings", ("width",),
            formula=r"P(y_t) = \mathrm{softmax}(W_{out} \, f_t + b)",
            inputs=embedded, outputs=scores, parameters=size + (size * width if separate else 0),
        ),
    ]  # fmt: skip


def _decoder_blocks(config: ModelConfig, counts: WeightCounts, embedded: str) -> list[Block]:
    if config.decoder == "transformer":
        return _transformer_blocks(config, counts, embedded)
    return [*_recurrent_blocks(config, counts), _features(config, counts, embedded)]


def _transformer_blocks(config: ModelConfig, counts: WeightCounts, embedded: str) -> list[Block]:
    options = ("decoder_layers", "attention_heads", "feed_forward", "dropout", "initialisation")
    return [
        make_block(
            config, DECODER, "", "target", "decoder", options, layers=config.decoder_layers,
            inputs=embedded, outputs=embedded, parameters=counts.transformer_layers(),
        ),
        make_block(
            config, WAY_OUT, "Normalisation", "target", "decoder", (), inputs=embedded,
            outputs=embedded, parameters=2 * config.width, paper="Ba et al. 2016",
            formula=r"\mathrm{LN}(x) = \frac{x - \mu}{\sigma} \odot g + b",
        ),
    ]  # fmt: skip


def _recurrent_blocks(config: ModelConfig, counts: WeightCounts) -> list[Block]:
    hidden, layers = config.decoder_width, config.decoder_layers
    options = ("cell", "decoder_layers", "decoder_width", "residual", "dropout", "initialisation")
    states = f"[B, T, {hidden}]"
    asks_below = config.decoder == "attention" and not config.input_feeding
    first = 1 if asks_below else layers
    fed = ("input_feeding",) if config.decoder == "attention" else ()
    bottom = make_block(
        config, DECODER, "", "target", "decoder", (*options, *fed), layers=first,
        inputs=f"[B, T, {counts.bottom_inputs()}]", outputs=states,
        parameters=counts.recurrent_layers(0, first),
    )  # fmt: skip
    if first == layers:
        return [bottom]
    upper = make_block(
        config, UPPER, "Upper layers of the decoder", "target", "decoder", options,
        layers=layers - 1, inputs=f"[B, T, {hidden + config.width}]", outputs=states,
        parameters=counts.recurrent_layers(1, layers),
    )  # fmt: skip
    return [bottom, upper]


def _features(config: ModelConfig, counts: WeightCounts, embedded: str) -> Block:
    joined = config.decoder_width
    read = "s_t"
    if config.decoder != "initial-state":
        joined, read = joined + config.width, r"[s_t;\, c_t]"
    formula = rf"f_t = W_2 \, \max(0,\, W_1 \, \mathrm{{LN}}({read}) + b_1) + b_2"
    if config.input_feeding:
        formula = r"\tilde{s}_t = \tanh(W_c \, [c_t;\, s_t])" "\n" r"f_t = W \tilde{s}_t + b"
    return make_block(
        config, WAY_OUT, "Features", "target", "decoder", ("decoder_width",),
        inputs=f"[B, T, {joined}]", outputs=embedded, parameters=counts.way_out(),
        formula=formula,
    )  # fmt: skip


def _arrows(config: ModelConfig, names: set[str]) -> tuple[Arrow, ...]:
    top = UPPER if UPPER in names else DECODER
    arrows = [
        Arrow(SOURCE, SOURCE_EMBEDDING, "states"),
        Arrow(SOURCE_EMBEDDING, ENCODER, "states"),
        Arrow(TARGET, TARGET_EMBEDDING, "states"),
        Arrow(TARGET_EMBEDDING, DECODER, "states"),
        Arrow(top, WAY_OUT, "states"),
        Arrow(WAY_OUT, OUTPUT, "states"),
    ]
    if top == UPPER:
        arrows.append(Arrow(DECODER, UPPER, "states"))
    arrows += _arrows_across(config, names)
    if config.input_feeding:
        arrows.append(Arrow(WAY_OUT, DECODER, "feeding", "to the next step"))
    if config.embeddings == "shared":
        arrows.append(Arrow(SOURCE_EMBEDDING, TARGET_EMBEDDING, "tied", "same weights"))
    if config.embeddings != "separate":
        arrows.append(Arrow(TARGET_EMBEDDING, OUTPUT, "tied", "same weights"))
    return tuple(arrows)


def _arrows_across(config: ModelConfig, names: set[str]) -> list[Arrow]:
    """Those from the source's side to the target's."""
    arrows = []
    if FIRST_STATE in names:
        label = "last state" if config.decoder in FIXED_CONTEXT else "mean state"
        arrows.append(Arrow(ENCODER, FIRST_STATE, "begin", label))
        arrows.append(Arrow(FIRST_STATE, DECODER, "begin", "before the first step"))
    if config.decoder == "context":
        arrows.append(Arrow(FIRST_STATE, DECODER, "answer", "context, every step"))
        arrows.append(Arrow(FIRST_STATE, WAY_OUT, "answer", "context"))
    if ATTENTION in names:
        arrows.append(Arrow(ENCODER, ATTENTION, "states", "keys and values"))
        arrows.append(Arrow(DECODER, ATTENTION, "question", "query"))
        if config.decoder == "transformer":
            arrows.append(Arrow(ATTENTION, DECODER, "answer", "context, every layer"))
        else:
            ends = sorted({UPPER, WAY_OUT} & names)
            arrows += [Arrow(ATTENTION, end, "answer", "context") for end in ends]
    return arrows
