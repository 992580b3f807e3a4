"""Speed and memory of a long file, in windows and by lines: ``python -m benchmarks.files FILE``."""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import machine
from core.environment import prepare_environment

prepare_environment()

from core.cli import output_file, program  # noqa: E402
from core.cli.line_reader import open_lines  # noqa: E402
from core.store.model_store import ModelStore  # noqa: E402
from core.translation.lines import WINDOW, translate_lines  # noqa: E402
from core.translation.translator import TranslateOptions, Translator  # noqa: E402

_STATUS = Path("/proc/self/status")


def resident() -> float:
    """Memory that this process holds now, in MB."""
    kilobytes = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmRSS"))
    return int(kilobytes.split()[1]) * 1024 / 1e6


def rates(translator: Translator, lines: list[str]) -> dict[str, object]:
    """Lines per second of processor and of wall, windows against single lines, taken in turn."""
    options = TranslateOptions()
    taken: dict[str, list[tuple[float, float]]] = {"windows": [], "line by line": []}
    for begin in range(0, len(lines), WINDOW):
        block = lines[begin : begin + WINDOW]
        for name, window in (("windows", WINDOW), ("line by line", 1)):
            wall, processor = time.perf_counter(), time.process_time()
            for _ in translate_lines(translator, block, options, window=window):
                pass
            spent = (time.perf_counter() - wall, time.process_time() - processor)
            taken[name].append((len(block) / spent[0], len(block) / spent[1]))
    return {
        name: {
            "lines/s": round(statistics.median(wall for wall, _ in values), 1),
            "lines/s of processor time": round(statistics.median(cpu for _, cpu in values), 1),
        }
        for name, values in taken.items()
    }


def memory(file: str, model: str, threads: str) -> list[tuple[int, float]]:
    """Lines done and MB held after every window of the program with ``--output``."""
    held: list[tuple[int, float]] = []
    append = output_file.OutputFile.append

    def measured(output: output_file.OutputFile, pairs: list[tuple[str, str]]) -> None:
        append(output, pairs)
        held.append((output.lines, round(resident(), 1)))

    output_file.OutputFile.append = measured  # type: ignore[method-assign, assignment]
    with tempfile.TemporaryDirectory() as folder:
        output = str(Path(folder) / "out.txt")
        program.main(
            ["translate", file, "--model", model, "--threads", threads, "--output", output]
        )
    return held


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", help="a text, one sentence or more a line")
    parser.add_argument("--model", default="zh-en")
    parser.add_argument("--lines", type=int, default=4 * WINDOW, help="lines timed")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    held = memory(options.file, options.model, str(options.threads))
    folder = ModelStore().find(options.model).path
    translator = Translator.load(folder, threads=options.threads)
    with open_lines(options.file) as reader:
        lines = list(itertools.islice(reader, options.lines))
    figures = {
        "machine": machine(),
        "threads": options.threads,
        "lines": len(lines),
        "speed": rates(translator, lines),
        "MB held after the first window and the last": [held[0], held[-1]],
    }
    print(json.dumps(figures, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
