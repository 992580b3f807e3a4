"""Input gradients: how much a translated word hangs on each source word's embeddings."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from core.insight.reading import Reading
from core.model.seq2seq import Seq2Seq
from core.text.vocab import SOS


def gradient_norms(model: Seq2Seq, reading: Reading, pieces: Sequence[int]) -> list[float]:
    """The norm ‖∂ log p / ∂x ⊙ x‖ of each source piece's embedding x, summed over each source word.

    p is the probability of the translated word of ``pieces`` given the source and what stands
    before it (gradient times input, Denil et al. 2014; as saliency of translation, Ding et al.
    2019; with the Euclidean norm, Atanasova et al. 2020).

    Args:
        model: in fp32; its own weights get no gradients.
        reading: the sentence.
        pieces: of the word, indices into ``reading.target``.
    """
    inputs: list[Tensor] = []

    def keep(_module: nn.Module, _arguments: object, output: Tensor) -> Tensor:
        if inputs:  # where source and target share one table, it is asked for the target, too
            return output
        inputs.append(output.detach().requires_grad_())  # [1, S, width]
        return inputs[0]

    first, last = min(pieces), max(pieces)
    ids = torch.tensor([reading.source])
    given = torch.tensor([(SOS, *reading.target[:last])])  # all that stands before its last piece
    hook = model.encoder.embedding.register_forward_hook(keep)
    try:
        with torch.enable_grad():
            output = model(ids, torch.tensor([ids.shape[1]]), given)
            likely = model.logits(output.features[0, first:]).float().log_softmax(-1)
            total = sum(likely[piece - first, reading.target[piece]] for piece in pieces)
            assert isinstance(total, Tensor)
            (gradient,) = torch.autograd.grad(total, inputs)  # [1, S, width]
    finally:
        hook.remove()
    norms = (gradient * inputs[0].detach())[0].norm(dim=-1)  # [S]
    return [float(norms[list(word)].sum()) for word in reading.words]
