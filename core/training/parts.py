"""How a system learns, as options: each with its formula and its paper; imports nothing heavy.

The names are those of the fields of :class:`core.training.hyperparameters.Recipe`, its schedules,
and :class:`core.training.hyperparameters.BatchOptions` (``batch_`` before ``tokens`` and
``pairs``).
"""

from __future__ import annotations

from core.parts import Choice, Part

_OPTIMISER, _LOSS, _FORCING = "Optimiser", "Loss", "Teacher forcing"
_CURRICULUM, _NOISE, _BATCHES = "Curriculum", "Noise", "Batches"
_BENGIO = "Bengio et al. 2015"
_PLATANIOS = "Platanios et al. 2019"
_SCHEDULED = ("linear", "exponential", "inverse-sigmoid")
_RISING = ("linear", "root")

_OPTIMIZER_PARTS = (
    Part(
        "optimizer", _OPTIMISER, "Optimiser", "muon",
        "The rule that turns a gradient into a change of the weights.",
        (
            Choice(
                "muon", "Muon",
                "Makes each change of a hidden matrix orthogonal; AdamW changes the rest.",
                r"M \leftarrow \mu M + g" "\n"
                r"\theta \leftarrow \theta - \eta\, 0.2 \sqrt{\max(r, c)}\; U V^\top,"
                r"\quad M = U \Sigma V^\top",
                "Jordan et al. 2024",
            ),
            Choice(
                "adamw", "AdamW",
                "Adam whose weight decay does not pass through the gradient.",
                r"\theta \leftarrow \theta - \eta \left( \frac{\hat m}{\sqrt{\hat v} + \epsilon}"
                r" + \lambda \theta \right)",
                "Loshchilov & Hutter 2019",
            ),
            Choice(
                "adam", "Adam",
                "Divides a running mean of gradients by the root of their running mean square.",
                r"m \leftarrow \beta_1 m + (1 - \beta_1) g" "\n"
                r"v \leftarrow \beta_2 v + (1 - \beta_2) g^2" "\n"
                r"\theta \leftarrow \theta - \eta \frac{\hat m}{\sqrt{\hat v} + \epsilon}",
                "Kingma & Ba 2015",
            ),
            Choice(
                "sgd", "SGD",
                "Goes down the gradient, with momentum.",
                r"b \leftarrow \mu b + g" "\n" r"\theta \leftarrow \theta - \eta b",
                "Robbins & Monro 1951; Polyak 1964",
            ),
        ),
    ),
    Part(
        "learning_rate", _OPTIMISER, "Learning rate", 2e-3,
        "How far each update goes.", least=0.0, formula=r"\eta",
    ),
    Part(
        "momentum", _OPTIMISER, "Momentum", 0.9,
        "Share of the last change that goes on into the next.",
        least=0.0, most=0.999, formula=r"b \leftarrow \mu b + g", paper="Polyak 1964",
        needs=(("optimizer", ("sgd",)),),
    ),
    Part(
        "weight_decay", _OPTIMISER, "Weight decay", 0.0,
        "Draws all weights towards 0 at every update.",
        least=0.0, formula=r"\lambda \theta", paper="Krogh & Hertz 1992",
    ),
    Part(
        "warmup", _OPTIMISER, "Warm-up", 150,
        "Updates over which the learning rate rises from 0.",
        least=0, formula=r"\eta_i = \eta \min(1, i / w)", paper="Goyal et al. 2017",
    ),
    Part(
        "decay", _OPTIMISER, "Descent", 0.7,
        "Last share of the run in which the learning rate falls to 0.",
        least=0.0, most=1.0, formula=r"\eta(p) = \eta \min(1, (1 - p) / d)",
        paper="Hägele et al. 2024",
    ),
    Part(
        "clip", _OPTIMISER, "Gradient clipping", 1.0,
        "Largest norm of the gradient: a longer one is shortened, so that it cannot explode.",
        least=1e-6, formula=r"g \leftarrow g\, \min(1, \frac{c}{\Vert g \Vert})",
        paper="Pascanu et al. 2013",
    ),
    Part(
        "accumulate", _OPTIMISER, "Batches per update", 1,
        "Batches whose gradients are added before the weights change.", least=1,
    ),
    Part(
        "ema", _OPTIMISER, "Average of the weights", 0.0,
        "Keeps a running average of the weights, with this decay; 0 keeps the weights themselves.",
        least=0.0, most=0.99999, formula=r"\bar\theta \leftarrow d\,\bar\theta + (1 - d)\,\theta",
        paper="Polyak & Juditsky 1992",
    ),
)  # fmt: skip

_LOSS_PARTS = (
    Part(
        "loss_mean", _LOSS, "Mean of the loss", "tokens",
        "What the cross-entropy of a batch is divided by; padding adds nothing to it either way.",
        (
            Choice(
                "tokens", "Real pieces",
                "Every target piece counts the same, however the batch is padded.",
                r"L = -\frac{1}{\sum_b T_b} \sum_b \sum_{t \leq T_b}"
                r" \log p(y_{b,t} \mid y_{b,<t}, x_b)",
            ),
            Choice(
                "steps", "Padded steps",
                "As tutorials do: a piece counts less, the more padding its batch has.",
                r"L = -\frac{1}{B\,T_{\max}} \sum_b \sum_{t \leq T_b}"
                r" \log p(y_{b,t} \mid y_{b,<t}, x_b)",
            ),
        ),
    ),
    Part(
        "label_smoothing", _LOSS, "Label smoothing", 0.1,
        "Share of the probability that is asked for all pieces alike, so that none is certain.",
        least=0.0, most=0.9, formula=r"q_k = (1 - \epsilon)\,[k = y] + \frac{\epsilon}{V}",
        paper="Szegedy et al. 2016",
    ),
    Part(
        "guided", _LOSS, "Guided attention", 0.0,
        "Weight of a loss that asks one head to look where known word links point.",
        least=0.0, formula=r"L_a = -\sum_{(s, t)} \frac{1}{n_t} \log a_{t,s}",
        paper="Chen et al. 2016",
    ),
)  # fmt: skip

_FORCING_PARTS = (
    Part(
        "forcing", _FORCING, "Gold pieces over time", "fixed",
        "How the share of gold pieces that the decoder reads while learning, ε, changes in a run; "
        "in place of the others it reads what it would have said itself.",
        (
            Choice(
                "fixed", "The same all along", "Always the share below.", r"\epsilon_i = \epsilon"
            ),
            Choice(
                "linear", "Falls linearly", "From 1, by the same amount at every update.",
                r"\epsilon_i = \max(\epsilon_{\min},\; 1 - c\,i)", _BENGIO,
            ),
            Choice(
                "exponential", "Falls exponentially", "From 1, by the same factor every time.",
                r"\epsilon_i = \max(\epsilon_{\min},\; k^i), \quad k < 1", _BENGIO,
            ),
            Choice(
                "inverse-sigmoid", "Falls along an inverse sigmoid",
                "Stays near 1, falls around the middle, ends near 0.",
                r"\epsilon_i = \max\left(\epsilon_{\min},\; \frac{k}{k + \exp(i / k)}\right)",
                _BENGIO,
            ),
        ),
        paper=_BENGIO,
    ),
    Part(
        "teacher_forcing", _FORCING, "Share of gold pieces", 1.0,
        "1 is teacher forcing; at 0 the decoder reads nothing but its own output.",
        least=0.0, most=1.0, formula=r"\epsilon", paper="Williams & Zipser 1989",
        needs=(("forcing", ("fixed",)),),
    ),
    Part(
        "forcing_half", _FORCING, "Half way at", 0.5,
        "Share of the run after which half of the pieces are gold.",
        least=0.01, most=100.0, formula=r"\epsilon_h = \frac{1}{2}",
        needs=(("forcing", _SCHEDULED),),
    ),
    Part(
        "forcing_floor", _FORCING, "Smallest share", 0.0,
        "The share of gold pieces never falls below this.",
        least=0.0, most=1.0, formula=r"\epsilon_{\min}", needs=(("forcing", _SCHEDULED),),
    ),
    Part(
        "forcing_by", _FORCING, "Chosen for", "token",
        "What each throw of the dice decides.",
        (
            Choice("token", "Each piece", "Gold and own pieces mix in a sentence.", paper=_BENGIO),
            Choice(
                "sentence", "A whole sentence",
                "As tutorials do: a sentence is read gold throughout, or not at all.",
            ),
        ),
    ),
)  # fmt: skip

_CURRICULUM_PARTS = (
    Part(
        "curriculum", _CURRICULUM, "Curriculum", "none",
        "Begins with the easiest pairs; the rest come in as the competence c grows to 1.",
        (
            Choice("none", "None", "All pairs from the beginning, in random order."),
            Choice(
                "linear", "Grows linearly", "New pairs come in at a constant rate.",
                r"c(t) = \min\left(1,\; c_0 + (1 - c_0) \frac{t}{T}\right)", _PLATANIOS,
            ),
            Choice(
                "root", "Grows as a square root", "Ever more slowly, as there are more to learn.",
                r"c(t) = \min\left(1,\; \sqrt{c_0^2 + (1 - c_0^2) \frac{t}{T}}\right)", _PLATANIOS,
            ),
        ),
        paper=_PLATANIOS,
    ),
    Part(
        "difficulty", _CURRICULUM, "Difficulty of a pair", "rarity",
        "What pairs are put in order by.",
        (
            Choice(
                "rarity", "Length and rarity", "How unlikely its source pieces are, added up.",
                r"d(s) = -\sum_i \log \hat p(w_i)", _PLATANIOS,
            ),
            Choice(
                "length", "Length", "How many source pieces it has.", r"d(s) = |s|", _PLATANIOS
            ),
        ),
        needs=(("curriculum", _RISING),),
    ),
    Part(
        "curriculum_share", _CURRICULUM, "Until", 0.5,
        "Share of the run after which all pairs take part.",
        least=0.01, most=1.0, formula="T", needs=(("curriculum", _RISING),),
    ),
    Part(
        "competence", _CURRICULUM, "At first", 0.01,
        "Share of the pairs, the easiest ones, that the run begins with.",
        least=1e-6, most=1.0, formula="c_0", needs=(("curriculum", _RISING),),
    ),
)  # fmt: skip

_NOISE_PARTS = (
    Part(
        "adversarial", _NOISE, "Adversarial training", 0.0,
        "Learns each batch once more with the source embeddings moved this far to where it hurts "
        "most; every update takes twice as long.",
        least=0.0, formula=r"r = \epsilon \frac{g}{\Vert g \Vert_2}, \quad g = \nabla_E L" "\n"
        r"L' = L(E) + L(E + r)",
        paper="Miyato et al. 2017",
    ),
    Part(
        "word_dropout", _NOISE, "Source words dropped", 0.0,
        "Probability that a source piece is read as <unk>.", least=0.0, most=0.9,
        paper="Iyyer et al. 2015",
    ),
    Part(
        "target_word_dropout", _NOISE, "Target words dropped", 0.0,
        "Probability that the decoder reads <unk> for a piece before: it must look at the source.",
        least=0.0, most=0.9, paper="Bowman et al. 2016",
    ),
    Part(
        "join", _NOISE, "Sentences joined", 0.15,
        "Probability that a short pair has the next one appended, so that long ones are learnt.",
        least=0.0, most=1.0,
    ),
    Part(
        "drop_stop", _NOISE, "Full stops left out", 0.05,
        "Probability that a source has lost its last full stop.", least=0.0, most=1.0,
    ),
    Part(
        "untidy", _NOISE, "Untidy sources", 0.03,
        "Probability of a source in small letters, without full stop and with few commas.",
        least=0.0, most=1.0,
    ),
    Part(
        "copy_unknown", _NOISE, "Unknown words added", 0.01,
        "Probability of <unk> added at the same end of both sides, to learn to copy.",
        least=0.0, most=1.0,
    ),
)  # fmt: skip

_BATCH_PARTS = (
    Part(
        "batch_pairs", _BATCHES, "Pairs in a batch", 0,
        "So many pairs make a batch; 0 cuts batches by their pieces.", least=0,
    ),
    Part(
        "batch_tokens", _BATCHES, "Pieces in a batch", 2400,
        "Most padded places of the longer side of a batch.", least=1,
        needs=(("batch_pairs", (0,)),),
    ),
    Part(
        "max_length", _BATCHES, "Longest side", 150,
        "Pieces of the longer side of a pair; what tutorials call num_steps.", least=2,
    ),
    Part(
        "truncate", _BATCHES, "Cut longer pairs", False,
        "Longer pairs are cut there, as tutorials do; else they are left out.",
    ),
)  # fmt: skip

TRAINING_PARTS: tuple[Part, ...] = (
    *_OPTIMIZER_PARTS,
    *_LOSS_PARTS,
    *_FORCING_PARTS,
    *_CURRICULUM_PARTS,
    *_NOISE_PARTS,
    *_BATCH_PARTS,
)
