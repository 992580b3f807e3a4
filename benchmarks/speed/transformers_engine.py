"""Hugging Face transformers' Marian with random weights; runs in the peers' environment."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="error")

import torch
import transformers
from transformers import MarianConfig, MarianMTModel

from benchmarks.speed.material import batches
from benchmarks.speed.protocol import serve
from benchmarks.speed.shapes import SHAPES, TransformerShape


def configuration(shape: TransformerShape) -> MarianConfig:
    """``shape`` as OPUS-MT's configuration files have it; the last id is padding's."""
    return MarianConfig(
        vocab_size=shape.target_vocabulary,
        d_model=shape.width,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        encoder_ffn_dim=shape.feed_forward,
        decoder_ffn_dim=shape.feed_forward,
        activation_function="swish",
        max_position_embeddings=512,
        scale_embedding=True,
        pad_token_id=shape.target_vocabulary - 1,
        decoder_start_token_id=shape.target_vocabulary - 1,
        eos_token_id=0,
        forced_eos_token_id=None,
    )


def model_folder(shape: str, models: Path) -> Path:
    """The folder of the model, written if it is not there."""
    folder = models / f"transformers-{shape}-{SHAPES[shape].parameters()}"
    if not folder.is_dir():
        torch.manual_seed(1)
        waiting = folder.with_suffix(".part")
        MarianMTModel(configuration(SHAPES[shape])).save_pretrained(waiting)
        waiting.rename(folder)
    return folder


class TransformersEngine:
    """The commands of the engine."""

    def load(
        self, shape: str, precision: str, models: str, threads: int, batch: int
    ) -> dict[str, Any]:
        """Load the model of ``shape``."""
        torch.set_num_threads(threads)
        torch.manual_seed(1)
        dtype = {"float32": torch.float32, "bfloat16": torch.bfloat16}[precision]
        folder = model_folder(shape, Path(models))
        self.model = MarianMTModel.from_pretrained(folder, dtype=dtype).eval()
        self.batch = batch
        return {
            "version": f"transformers {transformers.__version__}, torch {torch.__version__}",
            "computes": str(self.model.dtype).removeprefix("torch."),
            "parameters": self.model.num_parameters(),
        }

    def translate(
        self, texts: Sequence[str], sources: list[int], targets: list[int], ratio: float, beam: int
    ) -> dict[str, Any]:
        """Translate random ids of these lengths; ``texts`` and ``ratio`` are for others."""
        work = batches(sources, targets, self.batch)
        pad = self.model.config.pad_token_id
        begin = time.perf_counter()
        steps = 0
        for batch in work:
            lengths = torch.tensor(batch.sources)
            mask = torch.arange(max(batch.sources)) < lengths[:, None]  # [B, S]
            ids = torch.randint(1, pad, mask.shape).where(mask, pad)
            output = self.model.generate(
                input_ids=ids,
                attention_mask=mask.long(),
                num_beams=beam,
                do_sample=False,
                min_new_tokens=batch.target + 1,
                max_new_tokens=batch.target + 1,
            )  # [B, 1 + steps], the start symbol first
            steps += len(batch.sources) * (output.shape[1] - 1)
        return {"seconds": time.perf_counter() - begin, "steps": steps}


if __name__ == "__main__":
    engine = TransformersEngine()
    serve({"load": engine.load, "translate": engine.translate})
