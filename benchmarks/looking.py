"""``python -m benchmarks.looking``: how soon the window shows where the model looked; its memory.

The real window with the model zh-en, in a home of its own, on the screen that there is or none with
``QT_QPA_PLATFORM=offscreen``: a 40-word sentence's heatmap after its translation, links under the
pointer in a text of 300 words, the view "True?", and memory over many translations of mixed length.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from benchmarks.epochs.memory import own_memory
from benchmarks.faithfulness import LONG
from benchmarks.measuring import machine, summary
from benchmarks.speed.protocol import ROOT
from benchmarks.teaching.window import rest, wait

if TYPE_CHECKING:
    from gui.app import Composition

GENERAL = ROOT / "resources" / "general" / "pairs.tsv"
EVERY = 25  # translations between two looks at memory
WARM = 100  # translations before memory is compared


def general_sentences() -> list[str]:
    """Chinese sentences that come with the program."""
    lines = GENERAL.read_text("utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if "\t" in line]


def translate(parts: Composition, text: str) -> float:
    """Put ``text`` in and wait for its translation; the seconds that it took."""
    done: list[float] = []
    connection = parts.thread.finished_request.connect(
        lambda finished: done.append(finished.seconds)
    )
    parts.window.translate.source.editor.replace_text(text)
    wait(lambda: bool(done), "a translation")
    parts.thread.finished_request.disconnect(connection)
    return done[0]


def attention(parts: Composition, repeats: int) -> dict[str, Any]:
    """Milliseconds from the translation of a 40-word sentence to its heatmap on screen."""
    page = parts.window.translate
    page.drawer.turn_to("attention")
    page.open_drawer(True)
    heatmap, spent, words = page.drawer.heatmap, [], 0
    for number in range(repeats + 1):
        translate(parts, f"第{number}次，" + LONG["zh"])
        begin = time.perf_counter()
        wanted = page.model.segments[0].translation
        wait(
            lambda rows=wanted.alignment: (
                heatmap.heatmap is not None and heatmap.heatmap.request.weights == rows
            ),
            "a heatmap",
        )
        heatmap.viewport().repaint()
        spent.append(1000 * (time.perf_counter() - begin))
        words = len(wanted.source_words)
    return {"source words": words, "first, ms": round(spent[0]), "then, ms": summary(spent[1:], 1)}


def hover(parts: Composition) -> dict[str, Any]:
    """Milliseconds from the pointer's move over a word to both panes painted, on 300 words."""
    from PySide6.QtCore import QPointF, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    page = parts.window.translate
    translate(parts, "".join(general_sentences()[:45]))
    segments = page.model.segments
    words = sum(len(segments[i].translation.source_words) for i in range(len(segments)))
    spent = []
    left, none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    for pane in (page.source.editor, page.target.view):
        pane.verticalScrollBar().setValue(0)
        for offset in range(300):
            box = pane.rect_of(offset)
            if box.isEmpty() or not pane.viewport().rect().contains(box.center().toPoint()):
                continue
            place = QPointF(box.center())
            begin = time.perf_counter()
            event = QMouseEvent(QMouseEvent.Type.MouseMove, place, place, left, left, none)
            QApplication.sendEvent(pane.viewport(), event)
            page.source.editor.viewport().repaint()
            page.target.view.viewport().repaint()
            spent.append(1000 * (time.perf_counter() - begin))
    return {"source words": words, "ms": summary(spent, 2)}


def truth(parts: Composition) -> dict[str, Any]:
    """Milliseconds until the view "True?" has its answer: as it loads the model, then without."""
    from gui.widgets.truth_view import TruthView

    page = parts.window.translate
    page.drawer.turn_to("truth")
    view = page.drawer.current
    assert isinstance(view, TruthView)
    model = view.model
    found: dict[str, Any] = {}
    for name, text in (("short", LONG["zh"][:30] + "。"), ("long", LONG["zh"])):
        translate(parts, text)
        begin = time.perf_counter()
        wanted = page.model.segments[0].translation
        wait(lambda of=wanted: model.sentence is of and model.answered, "a verdict")
        first = 1000 * (time.perf_counter() - begin)
        spent = []
        for _ in range(10):
            begin = time.perf_counter()
            view.stepped.emit(1)
            wait(lambda: model.answered, "a verdict")
            spent.append(1000 * (time.perf_counter() - begin))
        words = len(page.model.segments[0].translation.source_words)
        found[name] = {
            "source words": words,
            "first, ms": round(first),
            "then, ms": summary(spent, 1),
        }
    page.drawer.turn_to("attention")
    return found


def memory(parts: Composition, count: int) -> dict[str, Any]:
    """Megabytes of the window's own over ``count`` translations of 1 to 6 sentences."""
    generator, sentences = random.Random(0), general_sentences()
    looks = []
    for number in range(1, count + 1):
        chosen = generator.sample(sentences, generator.choice((1, 1, 2, 3, 6)))
        translate(parts, "".join(chosen))
        if number % EVERY == 0:
            looks.append(own_memory(os.getpid()))
            print(number, round(looks[-1]), file=sys.stderr)
    settled = looks[WARM // EVERY - 1 :]
    middle = statistics.median(settled)
    return {
        "translations": count,
        "MB, every 25": [round(look) for look in looks],
        "after 100, furthest from their median": f"{max(abs(x / middle - 1) for x in settled):.1%}",
    }


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Everything, as JSON values; must run before anything has made an application."""
    from PySide6.QtWidgets import QApplication

    from gui.app import compose, dress
    from gui.garbage import GarbageCollector

    app = QApplication(["attune"])
    dress(app)
    parts = compose()
    garbage = GarbageCollector(app)
    loaded: list[Any] = []
    parts.thread.loaded.connect(garbage.settle)
    parts.thread.loaded.connect(loaded.append)
    parts.window.show()
    wait(lambda: bool(loaded), "a model")
    rest(8.0)  # it measures which precision is fastest
    result: dict[str, Any] = {"machine": machine(), "precision": loaded[-1].precision}
    if options.translations:
        result["memory"] = memory(parts, options.translations)
    result["heatmap"] = attention(parts, options.repeats)
    result["hover"] = hover(parts)
    result["true?"] = truth(parts)
    parts.shutdown()
    return result


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--translations", type=int, default=500)
    parser.add_argument("--repeats", type=int, default=10)
    options = parser.parse_args(given)
    with tempfile.TemporaryDirectory(prefix="attune-looking-") as home:
        os.environ["ATTUNE_HOME"] = home
        result = measure(options)
    print(json.dumps(result, indent=1, ensure_ascii=False))
    sys.stdout.flush()
    os._exit(0)  # what Qt frees at the interpreter's end is none of this


if __name__ == "__main__":
    main()
