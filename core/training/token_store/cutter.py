"""Cuts pairs into words; run as a program, it is one of several that share the work.

The program reads from stdin, again and again, a line with a number N and 2N lines, source and
target in turn, and writes 2N packed lines to stdout. It ends when stdin closes.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence

from core.text.encoding import cut
from core.text.tokenizer import make_tokenizer
from core.training.token_store.packing import pack

Sides = tuple[str, str]


class Cutter:
    """Both sides of a corpus.

    Args:
        languages: codes of source and target.
        units: what each is cut into, of :data:`core.text.units.UNITS`.
    """

    def __init__(self, languages: Sides, units: Sides) -> None:
        self._source, self._target = map(make_tokenizer, languages, units)

    def cut(self, pairs: Sequence[Sides]) -> list[Sides]:
        """The packed lines of both sides of each pair."""
        return [
            (pack(*cut(source, self._source)), pack(*cut(target, self._target)))
            for source, target in pairs
        ]


def write_pairs(pairs: Sequence[Sides]) -> bytes:
    """Pairs whose sides hold no line end, as lines."""
    return "".join(f"{source}\n{target}\n" for source, target in pairs).encode()


def read_pairs(lines: Sequence[bytes]) -> list[Sides]:
    """What :func:`write_pairs` wrote."""
    sides = [line.removesuffix(b"\n").decode() for line in lines]
    return list(zip(sides[::2], sides[1::2], strict=True))


def main() -> None:
    """The program; see the module's docstring."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, who closes stdin
    parser = argparse.ArgumentParser()
    parser.add_argument("--languages", nargs=2, required=True)
    parser.add_argument("--units", nargs=2, required=True)
    given = parser.parse_args()
    cutter = Cutter(tuple(given.languages), tuple(given.units))
    while header := sys.stdin.buffer.readline():
        lines = [sys.stdin.buffer.readline() for _ in range(2 * int(header))]
        if not lines[-1].endswith(b"\n"):  # the parent died in between
            return
        sys.stdout.buffer.write(write_pairs(cutter.cut(read_pairs(lines))))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
