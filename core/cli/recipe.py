"""What the default models need beside ``attune-cli train``; see docs/recipe.md."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from core.cancel import Cancelled, CancelToken
from core.cli.stopping import INTERRUPT, stopped_by
from core.environment import prepare_environment
from core.errors import AttuneError, InputError


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
    risk = steps.add_parser("risk", help="let a trained model learn from its own outputs")
    risk.add_argument("tokens", type=Path, metavar="STORE")
    risk.add_argument("model", metavar="MODEL", help="its name or folder")
    risk.add_argument("output", type=Path, metavar="OUT", help="folder of the new model")
    risk.add_argument("--minutes", type=float, required=True, metavar="M")
    risk.add_argument("--mix", type=Path, metavar="F", help="how often each file is used")
    risk.add_argument("--min-agreement", type=int, metavar="N", help="leave out pairs below N")
    risk.add_argument("--learning-rate", type=float, metavar="R", help="default: 0.0003")
    risk.add_argument("--share", type=float, default=0.5, metavar="S", help="of what is learnt")
    risk.add_argument("--seed", type=int, default=1, metavar="N")
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
    if options.step == "risk":
        _learn_from_search(options)
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
            add_aligner(folder, event.aligner)
            print(event.facts())
        else:
            print(event.text, flush=True)


def _learn_from_search(options: argparse.Namespace) -> None:
    from core.cli.selection import named_folder
    from core.files import require_writable
    from core.store.bundle import read_bundle
    from core.store.loading import load_model
    from core.training.second_round import Improved, RiskOptions, learn_from_search
    from core.training.token_store.store import TokenStore
    from core.training.tokens import shares, tokens_of

    if options.output.exists():
        raise InputError(
            "there is something already", where=str(options.output), remedy="Name a new folder."
        )
    require_writable(options.output.parent)
    folder = named_folder(options.model)
    loaded = load_model(folder)
    rate = {} if options.learning_rate is None else {"learning_rate": options.learning_rate}
    wanted = RiskOptions(options.minutes, share=options.share, seed=options.seed, **rate)
    store = tokens_of(TokenStore.open(options.tokens), loaded)
    given = shares(store, options.mix, options.min_agreement)
    cancel = CancelToken()
    told = "stopping; what was learnt is kept (Ctrl+C again: give up)"
    with stopped_by(INTERRUPT, cancel.cancel, told):
        for event in learn_from_search(loaded, given, wanted, cancel):
            if not isinstance(event, Improved):
                print(event.text, flush=True)
                continue
            receipt = read_bundle(folder).receipt()
            before = {"before": receipt["second_round"]} if "second_round" in receipt else {}
            facts = {
                **event.facts(),
                "min_agreement": options.min_agreement,
                "options": asdict(wanted),
                **before,  # rounds may follow one another
            }
            loaded.save(
                options.output,
                name=options.output.name,
                weights=event.weights,
                receipt={**receipt, "second_round": facts},
                precision="bf16",
                parent=loaded.name,
            )
            print(event.facts())


def main() -> int:
    """Run one step; exit codes as those of the terminal program."""
    prepare_environment(patient=True)
    try:
        _run(_parser().parse_args())
    except AttuneError as error:
        print(error.sentence(), file=sys.stderr)
        return 1
    except (Cancelled, KeyboardInterrupt):
        print("stopped", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
