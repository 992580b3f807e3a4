"""The steps that make the default models; see ``core.training.recipe``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from core.environment import prepare_environment
from core.errors import AttuneError
from core.text.languages import LANGUAGES


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m core.cli.recipe")
    steps = parser.add_subparsers(dest="step", required=True)
    for name in ("prepare", "vocabularies", "align", "encode", "train", "ship"):
        step = steps.add_parser(name)
        step.add_argument("--work", type=Path, required=True)
        if name in ("prepare", "train"):
            step.add_argument("--data", type=Path, required=True)
        if name == "prepare":
            step.add_argument("--only", nargs="+", metavar="SOURCE")
        if name in ("train", "ship"):
            step.add_argument("--name", required=True)
    train = steps.choices["train"]
    train.add_argument("--from", dest="source_language", choices=LANGUAGES, default="zh")
    train.add_argument("--to", dest="target_language", choices=LANGUAGES, default="en")
    for option in ("minutes", "learning-rate", "decay", "guided"):
        train.add_argument(f"--{option}", type=float)
    for option in ("warmup", "tokens"):
        train.add_argument(f"--{option}", type=int)
    train.add_argument("--base", type=Path)
    train.add_argument("--resume", action="store_true")
    ship = steps.choices["ship"]
    ship.add_argument("--out", type=Path, required=True)
    ship.add_argument("--scores", type=json.loads, default={})
    return parser


def _run(options: argparse.Namespace) -> None:
    from core.training.recipe import alignments, corpora, learning, shipping, sources, words
    from core.training.recipe.workspace import Workspace

    work = Workspace(options.work)
    if options.step == "prepare":
        for source in sources.SOURCES:
            if not options.only or source.name in options.only:
                print(source.name, words.prepare(options.data, work, source), flush=True)
    elif options.step == "vocabularies":
        for language in LANGUAGES:
            work.save_vocabulary(language, words.learn_vocabulary(work, language))
    elif options.step == "align":
        print(alignments.write_texts(work), "pairs", flush=True)
        alignments.align(work)
    elif options.step == "encode":
        for name, pairs in corpora.encode_all(work):
            print(name, pairs, flush=True)
    elif options.step == "train":
        names = learning.LearningOptions.__dataclass_fields__
        given = {k: v for k, v in vars(options).items() if k in names and v is not None}
        dev = {
            name: options.data / "dev" / f"{name}.tsv" for name in ("flores200-dev", "tvsub-dev")
        }
        wanted = learning.LearningOptions(**given)
        for line in learning.learn(work, wanted, dev, resume=options.resume):
            print(line, flush=True)
    else:
        shipping.ship(work, options.name, options.out, options.scores)


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
