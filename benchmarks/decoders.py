"""What each decoder and each attention costs: ``python -m benchmarks.decoders``.

All have the same encoder (two bidirectional LSTM layers), width 256, two layers in the decoder and
8,000 pieces on each side, and learn the same made-up pairs (:mod:`benchmarks.training`) by the
trainer's own recipe. They take turns of one update, then of one sentence by beam search over 25
source pieces, cut at 25 target pieces, each as the program would translate with it. Ratios are
those within a round to the decoder that is laid out for speed, and of seconds of the processor on
one thread, so that other work on the machine matters little.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.documents import fill
from benchmarks.measuring import interleaved, machine, paired_ratios
from benchmarks.speed.report import table
from core.environment import prepare_environment

prepare_environment(patient=True)

import torch  # noqa: E402

from benchmarks.pacing import Contender  # noqa: E402
from benchmarks.training import made_up_corpus  # noqa: E402
from core import runtime  # noqa: E402
from core.model.config import ModelConfig  # noqa: E402
from core.model.seq2seq import Seq2Seq  # noqa: E402
from core.training.batching import Batch, BatchOptions, BatchSource, Share  # noqa: E402
from core.training.feeding import Feeding  # noqa: E402
from core.training.hyperparameters import Recipe  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
VOCABULARY = 8_000
PIECES = 25
SHAPE: dict[str, Any] = {
    "width": 256, "encoder": "bidirectional", "encoder_layers": 2, "decoder_width": 256,
    "decoder_layers": 2, "attention_heads": 4, "feed_forward": 1024,
}  # fmt: skip
USUAL = "attention: multi-head"
CASES: dict[str, dict[str, Any]] = {
    USUAL: {},
    "attention: additive": {"attention": "additive"},
    "attention: dot": {"attention": "dot"},
    "attention: scaled-dot": {"attention": "scaled-dot"},
    "attention: general": {"attention": "general"},
    "attention: local-m": {"attention": "local-m"},
    "attention: local-p": {"attention": "local-p"},
    "with input feeding": {"input_feeding": True},
    "decoder: initial-state": {"decoder": "initial-state", "attention": "none"},
    "decoder: context": {"decoder": "context", "attention": "none"},
    "decoder: transformer": {"decoder": "transformer"},
    "cell: gru": {"cell": "gru"},
    "cell: rnn-tanh": {"cell": "rnn-tanh"},
}
HALF_OWN = "half of its own predictions read"


def contender(changes: dict[str, Any], recipe: Recipe, batches: Sequence[Batch]) -> Contender:
    """The usual shape with ``changes``."""
    runtime.set_seed(1)
    model = Seq2Seq(ModelConfig(VOCABULARY, VOCABULARY, **{**SHAPE, **changes}))
    return Contender(model, recipe, batches, runtime.choose_precision("auto"))


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Everything, as JSON values."""
    runtime.set_threads(1)
    at_start = machine()
    source = BatchSource([Share(made_up_corpus(VOCABULARY))], BatchOptions(tokens=options.tokens))
    batches = [batch for _, _, batch in itertools.islice(source.batches(), options.updates)]
    contenders = {name: contender(case, Recipe(), batches) for name, case in CASES.items()}
    contenders[HALF_OWN] = contender({}, Recipe(feeding=Feeding(share=0.5)), batches)
    turns = {name: one.learn for name, one in contenders.items()}
    interleaved(turns, 2)  # warm up
    learning = interleaved(turns, options.updates)
    sentence = torch.randint(4, VOCABULARY, (1, PIECES))
    searches = {
        name: functools.partial(one.translate, [(sentence, 1.0)])
        for name, one in contenders.items()
        if name != HALF_OWN
    }
    interleaved(searches, 2)
    searching = interleaved(searches, options.sentences)
    weights = {name: one.model.parameter_count() for name, one in contenders.items()}
    return {
        "machine": at_start, "load at the end": machine()["load"],
        "batch_tokens": options.tokens, "learning": learning, "searching": searching,
        "parameters": weights,
    }  # fmt: skip


def markdown(found: dict[str, Any]) -> str:
    """The table of the documentation."""
    rows = []
    learning, searching = found["learning"], found["searching"]
    for name in learning:
        speed = statistics.median(paired_ratios(learning[USUAL], learning[name]))
        row = [name, f"{found['parameters'][name] / 1e6:.1f}", f"{speed:.2f}", "", ""]
        if name in searching:
            taken = statistics.median(seconds for turn in searching[name] for seconds in turn)
            times = statistics.median(paired_ratios(searching[name], searching[USUAL]))
            row[3:] = [f"{1000 * taken:.0f}", f"{times:.2f}"]
        rows.append(row)
    header = ["", "weights, M", "training speed", "ms a sentence", "time to translate"]
    setting = found["machine"]
    pace = 1 / statistics.median(seconds for turn in learning[USUAL] for seconds in turn)
    return (
        f"{setting['processor']}, one thread, seconds of the processor; load {setting['load']} at"
        f" the start and {found['load at the end']} at the end."
        f" *{USUAL}* learnt {pace:,.0f} target pieces a second.\n\n{table(header, rows)}\n"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--updates", type=int, default=12)
    parser.add_argument("--sentences", type=int, default=9)
    parser.add_argument("--tokens", type=int, default=2_000, help="of a batch")
    parser.add_argument("--write-docs", action="store_true", help="fill docs/models.md")
    options = parser.parse_args()
    found = measure(options)
    out = ROOT / "benchmarks" / "results" / "decoders.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(found, indent=1), "utf-8")
    text = markdown(found)
    print(text)
    if options.write_docs:
        fill(ROOT / "docs" / "models.md", text)


if __name__ == "__main__":
    main()
