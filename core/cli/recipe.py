"""What the default models need beside ``attune-cli train``; see docs/recipe.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from core.environment import prepare_environment
from core.errors import AttuneError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m core.cli.recipe")
    steps = parser.add_subparsers(dest="step", required=True)
    align = steps.add_parser("align", help="word links of a store made with --keep-words")
    align.add_argument("tokens", type=Path, metavar="STORE")
    align.add_argument("output", type=Path, metavar="LINKS")
    align.add_argument("--most", type=float, default=1.0, help="share of any file's pairs")
    agreement = steps.add_parser("agreement", help="score the pairs of a store that has links")
    agreement.add_argument("tokens", type=Path, metavar="STORE")
    agreement.add_argument("--below", type=int, metavar="N", help="count pairs that score less")
    aligner = steps.add_parser("aligner", help="teach a model's aligner the links of a store")
    aligner.add_argument("tokens", type=Path, metavar="STORE")
    aligner.add_argument("model", metavar="MODEL", help="its name or folder, where it is put")
    aligner.add_argument("--pairs", type=int, metavar="N", help="to learn from (default: 80,000)")
    ship = steps.add_parser("ship", help="a trained bundle as a small one with a full receipt")
    ship.add_argument("bundle", type=Path)
    ship.add_argument("output", type=Path)
    ship.add_argument("--receipt", type=Path, metavar="F", help="JSON: more for the receipt")
    return parser


def _run(options: argparse.Namespace) -> None:
    from core.training.mix import read_mix
    from core.training.recipe import alignments, shipping
    from core.training.token_store.store import TokenStore

    if options.step == "ship":
        shipping.ship(options.bundle, options.output, options.receipt)
        return
    if options.step == "agreement":
        _score(options.tokens, options.below)
        return
    if options.step == "aligner":
        _teach_aligner(options.tokens, options.model, options.pairs)
        return
    # A round uses some files in part; what it leaves need not be aligned.
    mix = read_mix(shipping.MIX)
    shares = {name: min(options.most, use.repeats) for name, use in mix.items()}
    store = TokenStore.open(options.tokens)
    print(alignments.align(store, options.output, shares), "pairs aligned")


def _score(folder: Path, below: int | None) -> None:
    from core.training.recipe import agreement
    from core.training.token_store.store import TokenStore

    store = TokenStore.open(folder)
    scores = agreement.write_agreement(store)
    least = agreement.MISALIGNED if below is None else below
    found = agreement.left_out(store, scores, least)
    width = max(map(len, found))
    for name, pairs in store.parts:
        share = found[name] / max(1, pairs)
        print(f"{name:{width}} {pairs:9} pairs, {share:7.2%} below {least}")


def _teach_aligner(tokens: Path, model: str, pairs: int | None) -> None:
    from core.cancel import CancelToken
    from core.cli.selection import named_folder
    from core.files import require_writable
    from core.store.aligner_file import add_aligner
    from core.store.loading import load_model
    from core.training.aligning import AligningOptions, Taught, teach_aligner
    from core.training.token_store.store import TokenStore

    folder = named_folder(model)
    require_writable(folder)
    options = AligningOptions() if pairs is None else AligningOptions(pairs=pairs)
    store = TokenStore.open(tokens)
    for event in teach_aligner(load_model(folder), store, options, CancelToken()):
        if isinstance(event, Taught):
            add_aligner(folder, event.aligner, event.facts())
            print(event.facts())
        else:
            print(event.text, flush=True)


def main() -> int:
    """Run one step; exit codes as those of the terminal program."""
    prepare_environment(patient=True)
    try:
        _run(_parser().parse_args())
    except AttuneError as error:
        print(error.sentence(), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
