"""How the default models are made, from files of pairs to a bundle: data, words and figures.

    python -m core.cli.recipe prepare --data DATA --work WORK     words of every source
    python -m core.cli.recipe vocabularies --work WORK            subwords of both languages
    python -m core.cli.recipe align --work WORK                   word alignments (eflomal)
    python -m core.cli.recipe encode --work WORK                  corpora of ids
    python -m core.cli.recipe train --work WORK --minutes 600     resumable
    python -m core.cli.recipe ship --work WORK --out FOLDER       the bundle and its receipt

``DATA`` holds ``train/`` and ``train-synthetic/`` with files ``NAME.tsv.xz`` (Chinese, tab,
English). ``WORK`` outlives the commands; each takes up what the ones before it left there.
"""
