"""How soon other words and a new rest are there: ``python -m benchmarks.steering [--window]``.

Sentences of 25 and of 40 words in both directions, steered at the middle word and at the last one
with the default models. Wall time is what a user waits for on an idle machine; processor time, on
one thread, is what it costs where other programs compute as well. ``--window`` opens the real
window and times from the click on a word to its alternatives painted. ``--cuts`` cuts the
translations at every third character and counts how often the rest comes out the same.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence

from core.environment import prepare_environment

prepare_environment()

import torch  # noqa: E402

from benchmarks.measuring import machine  # noqa: E402
from core.store.model_store import ModelStore  # noqa: E402
from core.translation.result import Translation  # noqa: E402
from core.translation.translator import Translator  # noqa: E402

SENTENCES = {
    "zh-en": {
        25: "昨天晚上我和几个老朋友在学校旁边的小饭馆里吃了一顿很便宜的晚饭，然后一起走路回家。",
        40: "上个星期六早上，因为天气很好，我们全家人决定坐火车去城外的一座小山，中午在山顶的树下"
        "吃了妈妈准备的午饭，下午看了一会儿风景，傍晚才高高兴兴地回到家里。",
    },
    "en-zh": {
        25: "Yesterday evening I had a very cheap dinner with some old friends in the small"
        " restaurant near our school, and then we all walked home together.",
        40: "Last Saturday morning, because the weather was so fine, our whole family decided to"
        " take the train to a small hill outside the city, where we ate the lunch that my mother"
        " had prepared and looked at the view until evening.",
    },
}


def timed(run: Callable[[], object], rounds: int) -> dict[str, float]:
    """Milliseconds of wall and processor time of ``run``: the median, and the least."""
    walls, costs = [], []
    for _ in range(rounds):
        cost, wall = time.process_time(), time.perf_counter()
        run()
        walls.append(1000 * (time.perf_counter() - wall))
        costs.append(1000 * (time.process_time() - cost))
    return {
        "wall": round(statistics.median(walls), 1),
        "least wall": round(min(walls), 1),
        "processor": round(statistics.median(costs), 1),
        "least processor": round(min(costs), 1),
    }


def steered(translator: Translator, shown: Translation, rounds: int) -> dict[str, object]:
    """The times at the middle and at the last word of ``shown``."""
    words = [word for word in shown.target_words if word.text.isalnum()]
    found: dict[str, object] = {
        "source words": sum(word.text.isalnum() for word in shown.source_words),
        "target words": len(words),
    }
    for place, word in (("middle", words[len(words) // 2]), ("last", words[-1])):
        before = shown.translation[: word.start]
        choices = translator.alternatives(shown.source, before, shown)
        other = next(choice for choice in choices if choice.word != word.text)
        found[f"alternatives, {place} word"] = timed(
            lambda before=before: translator.alternatives(shown.source, before, shown), rounds
        )
        found[f"rest anew, {place} word"] = timed(
            lambda other=other: translator.complete(
                shown.source, other.begun, shown=shown, whole=True
            ),
            rounds,
        )
    return found


def cuts(translator: Translator, sentences: Sequence[str]) -> dict[str, int]:
    """How often a translation cut short comes out as it was."""
    same = total = 0
    for sentence in sentences:
        [shown] = translator.translate_segments([sentence])
        text = shown.translation
        for end in range(1, len(text), 3):
            completed = translator.complete(sentence, text[:end], shown=shown)
            assert completed.translation.translation.startswith(text[:end].rstrip())
            same += completed.translation.translation == text
            total += 1
    return {"cuts": total, "the same": same}


def clicks(model: str, sentence: str, rounds: int, threads: int | None) -> list[float]:
    """Milliseconds from a click on each of ``rounds`` words to its alternatives painted."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from gui.app import compose, dress
    from gui.pages.translate_steering import PageSteering
    from gui.settings import Settings

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    dress(app)
    settings = Settings()
    settings.model.set(model)
    settings.threads.set(threads or 0)
    parts = compose(settings)
    parts.window.show()
    page = parts.window.translate
    [steering] = page.findChildren(PageSteering)

    def wait(done: Callable[[], bool]) -> None:
        end = time.perf_counter() + 300
        while not done():
            app.processEvents()
            assert time.perf_counter() < end, "nothing came"

    wait(lambda: page.model.status.precision != "")
    page.source.editor.replace_text(sentence)
    wait(lambda: len(page.model.segments) > 0 and page.model.status.phase == "idle")
    view, popover = page.target.view, steering.popover
    words = page.model.segments[0].translation.target_words
    taken = []
    for word in [words[i * len(words) // rounds] for i in range(rounds)]:
        place = view.rect_of(word.start).center().toPoint()
        begin = time.perf_counter()
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )
        wait(lambda: popover.isVisible() and popover.list.count() > 0)
        popover.repaint()
        taken.append(1000 * (time.perf_counter() - begin))
        page.model.escape()
    parts.window.close()
    return taken


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--threads", type=int, help="of torch; as the translator chooses if not")
    parser.add_argument("--window", action="store_true")
    parser.add_argument("--cuts", action="store_true")
    options = parser.parse_args()
    figures: dict[str, object] = {"machine": machine()}
    for model, sentences in SENTENCES.items():
        folder = ModelStore().find(model).path
        translator = Translator.load(folder, threads=options.threads)
        chosen = f"{translator.precision}, {torch.get_num_threads()} threads"
        if options.cuts:
            figures[model] = {chosen: cuts(translator, list(sentences.values()))}
            continue
        for size, sentence in sentences.items():
            name = f"{model}, {size} words, {chosen}"
            if options.window:
                taken = clicks(model, sentence, options.rounds, options.threads)
                figures[name] = {
                    "median": round(statistics.median(taken), 1),
                    "least": round(min(taken), 1),
                    "most": round(max(taken), 1),
                }
                continue
            [shown] = translator.translate_segments([sentence])
            figures[name] = steered(translator, shown, options.rounds)
    print(json.dumps(figures, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
