"""What a decoder and its attention can be; symbols are those of :mod:`core.model.parts`."""

from __future__ import annotations

from core.parts import Choice, Part

RECURRENT_DECODERS = ("attention", "initial-state", "context")
FIXED_CONTEXT = ("initial-state", "context")
"""Decoders that ask no attention: all they read of a source is a few vectors."""
LOCAL = ("local-m", "local-p")
ONE_SIZE = ("dot", "scaled-dot")
"""Attention that multiplies states of decoder and encoder, which must be of one size."""

DECODER_PARTS = (
    Part(
        "decoder", "Decoder", "Decoder", "attention",
        about="How the target is written, piece by piece.",
        choices=(
            Choice(
                "attention", "Recurrent, with attention",
                "At every step its first layer asks anew which source words matter now; the "
                "layers above and the output read the answer.",
                r"s_t = f(y_{t-1},\, s_{t-1})" "\n" r"c_t = \sum_j a_{tj} h_j" "\n"
                r"s'_t = s_t + f'([s_t;\, c_t],\, s'_{t-1})",
                "Bahdanau et al. 2015; asked from the bottom layer: Wu et al. 2016",
            ),
            Choice(
                "initial-state", "Recurrent, from the encoder's last state",
                "Each layer begins with the last state of the encoder's. The whole source must "
                "fit into it; long sentences do not.",
                r"s_0 = h_S" "\n" r"s_t = f(y_{t-1},\, s_{t-1})",
                "Sutskever et al. 2014",
            ),
            Choice(
                "context", "Recurrent, with one context at every step",
                "The encoder's last state is read again at every step, so that it need not be "
                "remembered.",
                r"c = \tanh(V h_S), \quad s_0 = \tanh(V' c)" "\n"
                r"s_t = f([y_{t-1};\, c],\, s_{t-1})",
                "Cho et al. 2014",
            ),
            Choice(
                "transformer", "Transformer",
                "Every layer looks at what is written so far, then at the source. All places are "
                "learnt at once; to write, it keeps what it has read of every place.",
                r"Z' = Z + \mathrm{MaskedMultiHead}(\mathrm{LN}(Z))" "\n"
                r"Z'' = Z' + \mathrm{MultiHead}(\mathrm{LN}(Z'),\, H)" "\n"
                r"Z''' = Z'' + \mathrm{FFN}(\mathrm{LN}(Z''))",
                "Vaswani et al. 2017",
            ),
        ),
    ),
    Part(
        "decoder_layers", "Decoder", "Layers of the decoder", 2, least=1, most=100,
        about="Each layer reads the states of the one below.",
    ),
    Part(
        "decoder_width", "Decoder", "Width of the decoder", 512, least=1, most=8192,
        about="Size of the decoder's recurrent states.",
        needs=(("decoder", RECURRENT_DECODERS),),
    ),
    Part(
        "input_feeding", "Decoder", "Input feeding", False,
        about="The top layer asks, and what attention answered is read at the next step, so that "
        "the decoder knows where it has looked. Steps must then be trained one after another, "
        "which is slower.",
        formula=r"\tilde{s}_t = \tanh(W_c\, [c_t;\, s_t])" "\n"
        r"s_t = f([y_{t-1};\, \tilde{s}_{t-1}],\, s_{t-1})",
        paper="Luong et al. 2015, section 3.3",
        needs=(("decoder", ("attention",)),),
    ),
)  # fmt: skip

ATTENTION_PARTS = (
    Part(
        "attention", "Attention", "Attention", "multi-head",
        about="How well each source word fits the decoder's state: scores, which softmax turns "
        "into weights that sum to 1.",
        formula=r"a_{tj} = \frac{\exp\,e_{tj}}{\sum_k \exp\,e_{tk}}",
        choices=(
            Choice(
                "multi-head", "Multi-head",
                "Several scaled products side by side, each in its own part of the width, so that "
                "one step can look at several words for several reasons.",
                r"e_{tj} = \frac{(W_Q s_t)^T (W_K h_j)}{\sqrt{D}}" "\n"
                r"c_t = \sum_j a_{tj}\, W_V h_j",
                "Vaswani et al. 2017",
            ),
            Choice(
                "additive", "Additive (concat)",
                "A small network looks at both states together; they may differ in size. It takes "
                "more time and memory than a product.",
                r"e_{tj} = v^T \tanh(W s_t + U h_j) = v^T \tanh([W \ U]\, [s_t;\, h_j])",
                "Bahdanau et al. 2015; as concat: Luong et al. 2015",
            ),
            Choice(
                "dot", "Dot product",
                "No weights of its own: states that point the same way fit. Decoder and encoder "
                "must be equally wide.",
                r"e_{tj} = s_t^T h_j",
                "Luong et al. 2015",
            ),
            Choice(
                "scaled-dot", "Scaled dot product",
                "The dot product by the root of its size, so that softmax keeps its gradients.",
                r"e_{tj} = \frac{s_t^T h_j}{\sqrt{d}}",
                "Vaswani et al. 2017",
            ),
            Choice(
                "general", "General (multiplicative)",
                "A matrix between both states learns what fits what.",
                r"e_{tj} = s_t^T W h_j",
                "Luong et al. 2015",
            ),
            Choice(
                "local-m", "Local, monotonic",
                "Only a window around the place of the same number is looked at, scored as by "
                "'general': for pairs that keep their order.",
                r"e_{tj} = s_t^T W h_j" "\n"
                r"p_t = t, \quad a_{tj} = 0 \ \mathrm{where}\ |j - p_t| > D",
                "Luong et al. 2015, section 3.2",
            ),
            Choice(
                "local-p", "Local, predicted",
                "The decoder predicts where the window lies, and words near its middle count "
                "more; scored as by 'general'.",
                r"p_t = S \cdot \sigma(v^T \tanh(W_p s_t))" "\n"
                r"a_{tj} \propto \exp\left(e_{tj} - \frac{(j - p_t)^2}{2\, (D/2)^2}\right)"
                r"\ \mathrm{where}\ |j - p_t| \leq D",
                "Luong et al. 2015, eq. 9 and 10",
            ),
            Choice(
                "none", "None",
                "The decoder reads a fixed context and looks at no word; where weights are "
                "shown, all words have the same.",
                r"a_{tj} = \frac{1}{S}",
                "Sutskever et al. 2014; Cho et al. 2014",
            ),
        ),
    ),
    Part(
        "attention_heads", "Attention", "Heads of attention", 6, least=1, most=256,
        about="Each head looks at the source in its own way; one may be shown as the alignment.",
        paper="Vaswani et al. 2017",
        needs=(("attention", ("multi-head",)),),
    ),
    Part(
        "attention_window", "Attention", "Window of local attention", 10, least=1, most=1000,
        about="D: source pieces looked at on either side of the middle.",
        paper="Luong et al. 2015",
        needs=(("attention", LOCAL),),
    ),
    Part(
        "attention_strength", "Attention", "Strength of the context", 1.0, least=0.0, most=10.0,
        about="The context is multiplied by it: 0 takes attention away, 1 is as published.",
        formula=r"c_t = \lambda \sum_j a_{tj} h_j",
        needs=(("decoder", ("attention", "transformer")),),
    ),
)  # fmt: skip
