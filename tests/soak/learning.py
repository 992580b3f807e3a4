"""Acts of teaching: files taught, sentences corrected, systems composed, models looked after.

Learning takes longer than anyone waits: an act looks how far things are, does what a hasty person
would do then, and leaves the rest to the next.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import cast

from gui.pages.classroom import ClassroomPage
from gui.pages.models import ModelsPage
from gui.pages.teach import TeachPage
from gui.pages.translate_parts.lesson_panel import LessonPanel
from gui.viewmodels.class_run import ClassRun
from gui.viewmodels.learning import Learning, RunState
from gui.viewmodels.lesson_state import LessonState
from gui.viewmodels.teach import TeachViewModel
from tests.soak import texts
from tests.soak.translating import until_translated
from tests.soak.user import User, Wait, pause

MOST_MODELS = 4  # of the user's; more are deleted


def _write(text: str | bytes, name: str) -> Path:
    """A file that lasts as long as the soak's own folder."""
    path = Path(tempfile.mkdtemp(dir=tempfile.gettempdir(), prefix="file-")) / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def _complain(user: User, run: Learning | None) -> None:
    """No run may fail, whatever is done to it, save one whose model was taken away meanwhile."""
    if run is None or run.state is not RunState.FAILED:
        return
    if any(card.name == run.base for card in user.parts.models.cards):
        user.note(f"the run of {run.name} failed: {run.failure}\n{run.details}")


# -- Teach --------------------------------------------------------------------------------------


def teach(user: User, random: Random) -> Iterator[Wait]:
    """Teach a file, or meddle with what is being taught."""
    page = cast(TeachPage, user.open("teach"))
    model = page.model
    _complain(user, model.learning)
    yield Wait(lambda: model.form.models is not None, user.patience, "the list of models")
    if model.run.busy:
        _meddle(model, random)
        yield pause(random.uniform(0, 0.5))
    elif model.unfinished.runs and random.random() < 0.7:
        name = random.choice(model.unfinished.names)
        if random.random() < 0.7:
            model.go_on(name)
        else:
            model.unfinished.discard(name)
    else:
        yield from _teach_file(user, model, random)
    yield pause(random.uniform(0, 0.5))
    user.open("translate")


def _meddle(model: TeachViewModel, random: Random) -> None:
    run = model.run
    acts = (run.pause, run.resume, run.resume, run.stop, run.leave, run.discard, lambda: None)
    random.choice(acts)()


def _teach_file(user: User, model: TeachViewModel, random: Random) -> Iterator[Wait]:
    if random.random() < 0.1:
        bad = (b"", b"\0\1\2" * 50, b"one side\n" * 30, random.randbytes(500))
        model.choose(_write(random.choice(bad), "bad.tsv"))
        yield Wait(lambda: not model.checking, user.patience, "the check of a bad file")
        return
    count = random.choice((1, 3, 8, 25, 60))
    model.choose(_write(texts.pairs(random, count), f"pairs {count}.tsv"))
    if random.random() < 0.1:
        model.cancel_check()
        return
    yield Wait(lambda: not model.checking, user.patience, "the check of a file")
    if model.form.models:
        model.form.set_base(random.choice(model.form.models).name)
        yield Wait(lambda: not model.checking, user.patience, "the check for another model")
    model.form.set_minutes(1)
    model.form.set_number("epochs", random.choice(("0.1", "1", "2", "5")))
    model.form.set_strength(random.choice(("gentle", "normal", "strong")))
    model.form.set_frozen("embeddings", random.random() < 0.3)
    if random.random() < 0.3:
        model.form.pin(texts.sentence(random, model.form.direction[0] or "zh"))
    model.start()
    yield Wait(lambda: not model.writing, user.patience, "the pairs being written")


# -- Correct ------------------------------------------------------------------------------------


def correct(user: User, random: Random) -> Iterator[Wait]:
    """Correct a translation and teach that, or go on with what was begun so."""
    user.open("translate")
    panel = cast(LessonPanel, user.window.findChild(LessonPanel))
    model = panel.model
    _complain(user, model.learning)
    if model.state is LessonState.CLOSED:
        user.page.source.editor.replace_text(texts.sentence(random, user.language))
        user.page.model.translate()
        yield until_translated(user)
        user.page.source.editor.setFocus()
        user.page.source.editor.move_caret(1)
        user.click(user.page.target.correct)
    if model.state is LessonState.WRITING:
        base = model.subject.base if model.subject else None
        panel.form.field.setPlainText(
            texts.sentence(random, "en" if base is None else base.target_language)
        )
        yield pause(0.05)
        user.click(panel.cancel if random.random() < 0.2 else panel.teach)
    elif model.state is LessonState.TAUGHT:
        push = random.choice((panel.keep, panel.undo, panel.undo, panel.again))
        user.click(push if push.isVisible() else panel.undo)
    elif random.random() < 0.2:
        user.click(panel.stop)
    yield pause(random.uniform(0, 0.5))


# -- Classroom ----------------------------------------------------------------------------------


def train(user: User, random: Random) -> Iterator[Wait]:
    """Compose a system and train it, or do something to the runs there are."""
    page = cast(ClassroomPage, user.open("classroom"))
    runs = page.model.runs
    yield Wait(lambda: runs.looked, user.patience, "the list of runs")
    for run in runs.runs:
        _complain(user, run.learning)
    if runs.runs:
        page.open("runs")
        _do_to_run(page, random.choice(runs.runs), random)
    if not runs.live:
        yield from _compose(user, page, random)
    yield pause(random.uniform(0, 0.5))
    page.open(random.choice(("compose", "data", "runs", "compare", "gradients")))
    yield pause(random.uniform(0, 0.3))
    user.open("translate")


def _do_to_run(page: ClassroomPage, run: ClassRun, random: Random) -> None:
    runs = page.model.runs
    runs.choose(run)
    runs.show(run, random.random() < 0.7)
    if run.live:
        acts = (runs.pause, runs.pause, runs.stop, runs.leave, runs.discard, lambda _run: None)
        random.choice(acts)(run)
    elif run.state is RunState.LEFT:
        random.choice((runs.go_on, runs.discard))(run)
    elif run.state is RunState.KEPT and random.random() < 0.7:
        page.run_actions.remove()


def _compose(user: User, page: ClassroomPage, random: Random) -> Iterator[Wait]:
    model = page.model
    page.open("compose")
    model.system.choose_preset(random.choice(_SMALL))
    model.system.type("width", "64")
    yield pause(0.1)
    page.open("data")
    model.plan.set_languages("zh", "en")
    model.plan.choose(_write(texts.pairs(random, 60), "class.tsv"))
    yield Wait(lambda: not model.plan.pairs.busy, user.patience, "the check of pairs for a run")
    model.plan.set_budget("steps")
    model.plan.set_amount(str(random.randrange(2, 30)))
    model.plan.set_alone(random.random() < 0.5)
    model.start()
    yield Wait(lambda: not model.starting, user.patience, "the pairs of a run being written")


_SMALL = ("lstm-fixed-context", "gru-context", "bigru-attention", "lstm-additive", "small")


# -- Models -------------------------------------------------------------------------------------


def look_after_models(user: User, random: Random) -> Iterator[Wait]:
    """Rename, note, export, import, delete, bring back, compare."""
    page = cast(ModelsPage, user.open("models"))
    library = page.model
    yield Wait(lambda: bool(library.shelf.entries), user.patience, "the shelf of models")
    library.choose(random.choice(library.shelf.entries))
    yield Wait(lambda: not library.pending, user.patience, "what is known of a model")
    own = [entry for entry in library.shelf.entries if entry.yours]
    if len(own) > MOST_MODELS:
        library.choose(random.choice(own))
        library.delete()
    else:
        yield from _do_to_model(user, page, random)
    yield Wait(lambda: not library.pending, user.patience, "what was done to a model")
    user.open("translate")
    yield until_translated(user)


def _do_to_model(user: User, page: ModelsPage, random: Random) -> Iterator[Wait]:
    library, entry, drawn = page.model, page.model.entry, random.random()
    if entry is None:
        return
    if drawn < 0.15:
        library.rename(f"model {random.randrange(1000)}")
    elif drawn < 0.3:
        library.write_note(entry, texts.mixed(random, "en"))
    elif drawn < 0.45:
        library.export(_write(b"", "exported.attune"))
    elif drawn < 0.6:
        found = sorted(Path(tempfile.gettempdir()).glob("file-*/exported.attune"))
        library.take(random.choice(found) if found else _write(b"nothing", "no.attune"))
    elif drawn < 0.7:
        library.delete()
    elif drawn < 0.8:
        library.undo()
    elif drawn < 0.9:
        library.write_receipt()
    else:
        page.compare(texts.sentence(random, "zh"))
        yield Wait(lambda: not page.comparing.busy, user.patience, "a comparison")
        page.compare_view.back.click()
