"""Step 3: watch it learn, let it rest, end it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from gui.core_words import from_core
from gui.errors import describe_failed
from gui.i18n import number, tr
from gui.jobs.background import Background
from gui.jobs.chart_rendering import LossCurves, thin
from gui.pages.teach_steps.banners import Banner, ConfirmBar
from gui.pages.teach_steps.chart_card import ChartCard, loss_title
from gui.pages.teach_steps.parts import Scores, button, signed
from gui.pages.teach_steps.sample_card import SampleCard
from gui.settings import Settings
from gui.theme import LARGE, MEDIUM, SMALL, Theme, set_role
from gui.viewmodels.learning import Learning, RunState
from gui.viewmodels.run_words import best_tip, duration, late_words, state_words
from gui.viewmodels.teach import TeachViewModel
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.label import label
from gui.widgets.loss_chart import LossChart

_FINE = 1000  # parts of the progress bar


def curves(run: Learning) -> LossCurves:
    """The losses of ``run`` so far, no more points than a chart can show."""
    steps, losses = thin(run.steps, run.losses)
    held_out = [(v.step, v.loss) for v in run.validations]
    general = [(v.step, v.general_loss) for v in run.validations if v.general_loss is not None]
    return LossCurves(
        steps,
        losses,
        tuple(step for step, _ in held_out),
        tuple(loss for _, loss in held_out),
        tuple(step for step, _ in general),
        tuple(loss for _, loss in general),
    )


class LearnStep(QWidget):
    """The live chart, sentences to watch, figures, and the three ways to end."""

    def __init__(
        self, model: TeachViewModel, theme: Theme, background: Background, settings: Settings
    ) -> None:
        super().__init__()
        self._model = model
        self._theme = theme
        self._run: Learning | None = None
        self._drawn = (0, 0)
        self.banner = Banner()
        self.heading = label(role="heading")
        self.state = ElidedLabel()
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        set_role(self.state, "muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, _FINE)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.figures = Scores(
            {
                "elapsed": tr("Elapsed"),
                "left": tr("Left"),
                "speed": tr("Tokens/s"),
                "step": tr("Step"),
                "memory": tr("Memory"),
                "best": tr("Best held-out"),
                "general": tr("General, nats"),
                "bleu": "BLEU",
                "chrf": "chrF",
            },
            gap=LARGE,
        )
        self.chart = LossChart(theme, background)
        self.chart_card = ChartCard(self.chart, loss_title(), theme, settings)
        self.sample = SampleCard(theme, background)
        self.confirm = ConfirmBar(
            tr("Discard what it has learnt so far?"),
            tr("Nothing of this run will be kept. It goes on until you decide."),
            yes=tr("Discard"),
            no=tr("Keep learning"),
        )
        self.confirm.answered.connect(self._on_answer)
        self.confirm.confirmed.connect(model.run.discard)
        model.run.ticked.connect(self._on_tick)
        self._lay_out()
        self.setFocusProxy(self.back)  # the one control that is never disabled

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(LARGE)
        top.addWidget(self.heading)
        top.addWidget(self.state, 1)
        middle = QHBoxLayout()
        middle.setSpacing(MEDIUM)
        middle.addWidget(self.chart_card, 1)
        middle.addWidget(self.sample, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        column.addWidget(self.banner)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(self.figures)
        column.addLayout(middle, 1)
        column.addWidget(self.confirm)
        column.addWidget(self._buttons())

    def _buttons(self) -> QWidget:
        self.discard = button(tr("Discard…"), "danger")
        self.pause = button(tr("Pause"))
        self.stop = button(tr("Stop and keep the best"), "primary")
        self.back = button(tr("Back"), "ghost")
        self.retry = button(tr("Start again"))
        self.go_on = button(tr("Go on"), "primary")
        self.discard.clicked.connect(self._ask)
        self.pause.clicked.connect(self._on_pause)
        self.stop.clicked.connect(self._model.run.stop)
        self.back.clicked.connect(self._model.back)
        self.retry.clicked.connect(self._model.start)
        self.go_on.clicked.connect(self._on_go_on)
        self._action_row = QWidget()
        row = QHBoxLayout(self._action_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SMALL)
        row.addWidget(self.back)
        row.addStretch()
        for push in (self.discard, self.pause, self.stop, self.retry, self.go_on):
            row.addWidget(push)
        return self._action_row

    def _ask(self) -> None:
        self._action_row.hide()
        self.confirm.ask()

    def _on_answer(self) -> None:
        self._action_row.show()
        self.discard.setFocus()

    def _on_go_on(self) -> None:
        if self._run is not None:
            self._model.go_on(self._run.name)

    def _on_pause(self) -> None:
        if self._run is not None and self._run.state is RunState.LEARNING:
            self._model.run.pause()
        else:
            self._model.run.resume()

    def refresh(self) -> None:
        """Show where the run stands."""
        run = self._model.learning
        if run is None or run.state.ended:
            self.confirm.withdraw()
        if run is None:
            return
        if run is not self._run:
            self._run, self._drawn = run, (-1, -1)
        self.heading.setText(tr("{name} learns from {base}", name=run.name, base=run.base))
        self.state.setText(state_words(run))
        self._show_figures(run)
        self._show_buttons(run)
        self._name_judged(run)
        self.sample.show_samples(run.watched)
        self._show_trouble(run)
        counts = (len(run.steps), len(run.validations))
        if counts != self._drawn:
            self._drawn = counts
            self.chart.show_curves(curves(run))

    def _on_tick(self) -> None:
        """Show that time goes by while the child says nothing."""
        run = self._model.learning
        if run is not None and run is self._run:
            self.figures.set("elapsed", duration(self._model.run.elapsed))
            self._show_trouble(run)

    def _show_trouble(self, run: Learning) -> None:
        """What ended the run, or what has gone wrong without ending it."""
        if run.failure is not None:
            self.banner.show_failure(describe_failed(run.failure), run.details)
        elif run.warning or not self._model.run.late:
            self.banner.say(from_core(run.warning), tone="warning")
        else:
            self.banner.say(late_words(), tone="info")

    def _name_judged(self, run: Learning) -> None:
        """Held-out pairs, or the taught ones where they were too few to hold some out."""
        taught = run.all_taught
        best = tr("Best taught") if taught else tr("Best held-out")
        self.figures.set_caption("best", best)
        self.chart.set_judged(tr("taught") if taught else tr("held-out"))
        self.sample.set_taught(taught)

    def _show_figures(self, run: Learning) -> None:
        kept = run.state is RunState.KEPT  # maybe sooner than planned
        self.bar.setValue(_FINE if kept else round(run.progress * _FINE))
        step, best = run.latest, run.best
        self.figures.set("elapsed", duration(self._model.run.elapsed))
        left = step.remaining if step and not run.state.ended else None
        self.figures.set("left", duration(left))
        self.figures.set("speed", number(step.tokens_per_second) if step else "–")
        self.figures.set("step", number(step.step) if step else "–")
        held = step.memory if step else None
        self.figures.set("memory", tr("{size} GB", size=number(held / 1e9, 1)) if held else "–")
        self.figures.set("best", number(best.loss, 2) if best else "–", best_tip())
        validation = run.validations[-1] if run.validations else None
        for key in ("bleu", "chrf"):
            score = getattr(validation, key, None)
            self.figures.set(key, "" if score is None else number(score, 1), _score_tip())
        general = run.general[-1] if run.general else None
        change = None if general is None else general.general_change
        self.figures.set("general", "" if change is None else signed(change, 2), _general_tip())

    def _show_buttons(self, run: Learning) -> None:
        state = run.state
        over = state.ended
        resting = state in (RunState.PAUSED, RunState.PAUSING)
        self.pause.setText(tr("Resume") if resting else tr("Pause"))
        self.pause.setEnabled(state in (RunState.LEARNING, RunState.PAUSED, RunState.PAUSING))
        self.stop.setEnabled(state is not RunState.STARTING and not state.ending)
        self.discard.setEnabled(state is not RunState.DISCARDING)
        for push in (self.pause, self.stop, self.discard):
            push.setVisible(not over)
        self._offer_more(run)

    def _offer_more(self, run: Learning) -> None:
        """What can be done with a run that failed or was left."""
        failed = run.state is RunState.FAILED
        kept = self._model.unfinished.find(run.name)
        self.go_on.setVisible(run.state in (RunState.FAILED, RunState.LEFT) and kept is not None)
        if kept is not None:
            self.go_on.setToolTip(tr("From update {step} on", step=number(kept.steps)))
        self.retry.setVisible(failed and self._model.file is not None)
        self.retry.setEnabled(self._model.can_start)


def _score_tip() -> str:
    return tr("Likeness to the file's own translations at the last look. Higher is better.")


def _general_tip() -> str:
    return tr(
        "How likely good translations of everyday sentences have become compared with the base, "
        "in nats per piece of a word: below zero, it has begun to forget what it knew."
    )
