"""What a model can be composed of: every option of :class:`core.model.config.ModelConfig`.

Symbols of the formulas: x_t is what a layer reads at place t, h_t its state, c_t the cell of an
LSTM; s_t is the decoder's state, h_j the encoder's state of source word j of S, a_tj the weight of
word j at step t, and c_t, where a decoder is spoken of, the context that attention answers with.
"""

from __future__ import annotations

from core.model.decoder_parts import ATTENTION_PARTS, DECODER_PARTS, RECURRENT_DECODERS
from core.parts import Choice, Part

RECURRENT_ENCODERS = ("bidirectional", "one-directional")
GATES = {"lstm": 4, "gru": 3, "rnn-tanh": 1, "rnn-relu": 1}
"""How many matrices stand one below the other in the weights of each cell."""

_ENCODER = (
    Part(
        "encoder", "Encoder", "Encoder", "transformer",
        about="How the source is read: one state for every source piece.",
        choices=(
            Choice(
                "transformer", "Transformer",
                "Every layer lets each piece look at all others at once; nothing is recurrent.",
                r"H' = H + \mathrm{MultiHead}(\mathrm{LN}(H))" "\n"
                r"H'' = H' + W_2 \, \max(0,\, W_1 \, \mathrm{LN}(H') + b_1) + b_2",
                "Vaswani et al. 2017; pre-norm: Xiong et al. 2020; positions: Su et al. 2021",
            ),
            Choice(
                "bidirectional", "Bidirectional recurrence",
                "One recurrent layer reads from the left, another from the right, so that each "
                "state knows what stands on both sides.",
                r"\overrightarrow{h}_t = f(x_t,\, \overrightarrow{h}_{t-1})" "\n"
                r"\overleftarrow{h}_t = f(x_t,\, \overleftarrow{h}_{t+1})",
                "Schuster & Paliwal 1997",
            ),
            Choice(
                "one-directional", "One-directional recurrence",
                "A recurrent layer reads from left to right: a state knows nothing of what "
                "follows.",
                r"h_t = f(x_t,\, h_{t-1})",
                "Sutskever et al. 2014",
            ),
        ),
    ),
    Part(
        "encoder_layers", "Encoder", "Layers of the encoder", 6, least=1, most=100,
        about="Each layer reads the states of the one below.",
    ),
    Part(
        "encoder_heads", "Encoder", "Heads of self-attention", 6, least=1, most=256,
        about="Each head looks at the sentence in its own way; together they are as wide as one.",
        formula=r"\mathrm{head}_i = \mathrm{softmax}\left(\frac{Q_i K_i^T}{\sqrt{D}}\right) V_i",
        paper="Vaswani et al. 2017",
        needs=(("encoder", ("transformer",)),),
    ),
    Part(
        "feed_forward", "Encoder", "Size of feed-forward layers", 1536, least=1, most=65536,
        about="Inner size of the two-layer network in every Transformer layer.",
        formula=r"\mathrm{FFN}(x) = W_2 \, \max(0,\, W_1 x + b_1) + b_2",
        paper="Vaswani et al. 2017",
        either=(("encoder", ("transformer",)), ("decoder", ("transformer",))),
    ),
    Part(
        "joining", "Encoder", "Joining of both directions", "joined",
        about="How the states from the left and from the right become one.",
        needs=(("encoder", ("bidirectional",)),),
        choices=(
            Choice(
                "joined", "Joined end to end",
                "Each direction has half of the width, and both stand side by side.",
                r"h_t = [\overrightarrow{h}_t;\, \overleftarrow{h}_t]",
                "Bahdanau et al. 2015",
            ),
            Choice(
                "summed", "Summed",
                "Each direction has the full width, and both are added up.",
                r"h_t = \overrightarrow{h}_t + \overleftarrow{h}_t",
            ),
        ),
    ),
)  # fmt: skip

_RECURRENCE = (
    Part(
        "cell", "Recurrence", "Recurrent cell", "lstm",
        about="What a recurrent layer does with its state and what it reads, at every place.",
        either=(("encoder", RECURRENT_ENCODERS), ("decoder", RECURRENT_DECODERS)),
        choices=(
            Choice(
                "lstm", "LSTM",
                "Gates decide what its memory forgets, takes up and shows; gradients pass along "
                "the memory almost unhindered.",
                r"i_t = \sigma(W_i x_t + U_i h_{t-1} + b_i)" "\n"
                r"f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f)" "\n"
                r"o_t = \sigma(W_o x_t + U_o h_{t-1} + b_o)" "\n"
                r"g_t = \tanh(W_g x_t + U_g h_{t-1} + b_g)" "\n"
                r"c_t = f_t \odot c_{t-1} + i_t \odot g_t" "\n"
                r"h_t = o_t \odot \tanh(c_t)",
                "Hochreiter & Schmidhuber 1997; forget gates: Gers et al. 2000",
            ),
            Choice(
                "gru", "GRU",
                "Two gates: one resets the state, one mixes the old with the new. Smaller and "
                "faster than an LSTM.",
                r"r_t = \sigma(W_r x_t + U_r h_{t-1} + b_r)" "\n"
                r"z_t = \sigma(W_z x_t + U_z h_{t-1} + b_z)" "\n"
                r"n_t = \tanh(W_n x_t + b_n + r_t \odot (U_n h_{t-1} + b'_n))" "\n"
                r"h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}",
                "Cho et al. 2014; reset behind the matrix as in Chung et al. 2014's CUDA form",
            ),
            Choice(
                "rnn-tanh", "Vanilla RNN (tanh)",
                "The state is squeezed at every step, and gradients fade with the distance.",
                r"h_t = \tanh(W x_t + U h_{t-1} + b)",
                "Elman 1990",
            ),
            Choice(
                "rnn-relu", "Vanilla RNN (ReLU)",
                "Nothing squeezes the state: gradients may fade, or grow beyond all bounds.",
                r"h_t = \max(0,\, W x_t + U h_{t-1} + b)",
                "Le et al. 2015",
            ),
        ),
    ),
    Part(
        "residual", "Recurrence", "Residual connections", True,
        about="Each recurrent layer above the first adds to what it reads instead of replacing it.",
        formula=r"x^{(l+1)} = x^{(l)} + h^{(l)}",
        paper="He et al. 2016; Wu et al. 2016",
        either=(("encoder", RECURRENT_ENCODERS), ("decoder", RECURRENT_DECODERS)),
    ),
)  # fmt: skip

_SHARED = (
    Part(
        "width", "Sizes", "Width", 384, least=1, most=8192,
        about="Size of the encoder's states, and of embeddings where nothing else is said.",
    ),
    Part(
        "embedding_width", "Sizes", "Width of embeddings", 0, least=0, most=8192,
        about="Size of embeddings, and of what the output layer reads; 0: as wide as the states.",
        needs=(("encoder", RECURRENT_ENCODERS), ("decoder", RECURRENT_DECODERS)),
    ),
    Part(
        "embeddings", "Embeddings", "Embeddings", "tied",
        about="Which of the three tables of vectors are one: of the source's words, of the "
        "target's, and of the output layer.",
        choices=(
            Choice(
                "tied", "Tied",
                "The output layer's rows are the target's embeddings; the source has its own.",
                r"W_{out} = E_y",
                "Press & Wolf 2017",
            ),
            Choice(
                "separate", "Separate",
                "Three tables: the most to learn, and the most weights.",
                r"W_{out},\ E_x,\ E_y",
            ),
            Choice(
                "shared", "Shared",
                "One table for all, over one vocabulary of both sides.",
                r"W_{out} = E_y = E_x",
                "Press & Wolf 2017; Vaswani et al. 2017",
            ),
        ),
    ),
    Part(
        "initialisation", "Learning", "First weights", "default",
        about="What the matrices hold before anything is learnt.",
        choices=(
            Choice(
                "default", "As usual for each layer",
                "Uniform between bounds that hang on the number of inputs.",
                r"W \sim U\left(-\frac{1}{\sqrt{n}},\, \frac{1}{\sqrt{n}}\right)",
                "LeCun et al. 1998",
            ),
            Choice(
                "xavier", "Xavier (Glorot)",
                "Bounds that keep the spread of states and of gradients alike from layer to "
                "layer; each gate of a cell counts as a matrix of its own.",
                r"W \sim U\left(-\sqrt{\frac{6}{n + m}},\, \sqrt{\frac{6}{n + m}}\right)",
                "Glorot & Bengio 2010",
            ),
        ),
    ),
    Part(
        "dropout", "Learning", "Dropout", 0.0, least=0.0, most=0.99,
        about="Share of activations set to 0 at random while training, against learning by heart.",
        formula=r"y = \frac{m \odot x}{1 - p}, \quad m \sim \mathrm{Bernoulli}(1 - p)",
        paper="Srivastava et al. 2014",
    ),
)  # fmt: skip

MODEL_PARTS: tuple[Part, ...] = (
    *_ENCODER,
    *_RECURRENCE,
    *DECODER_PARTS,
    *ATTENTION_PARTS,
    *_SHARED,
)
