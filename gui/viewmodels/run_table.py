"""The runs of the Classroom as a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.i18n import listed, number, tr
from gui.tips import plain_tip
from gui.viewmodels.class_run import ClassRun
from gui.viewmodels.class_runs import ClassRuns
from gui.viewmodels.learning import RunState
from gui.viewmodels.run_words import best_tip, duration, score_text, state_words

Index = QModelIndex | QPersistentModelIndex
RUN = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
NAME, SYSTEM, STATE, LOSS, SCORE, LEFT = range(6)
_NUMBERS = (LOSS, SCORE, LEFT)


class RunTable(QAbstractTableModel):
    """A row for each run; the first column's tick puts its curves into the chart."""

    def __init__(self, runs: ClassRuns, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self._listed: list[ClassRun] = []
        runs.listed.connect(self._on_listed)
        runs.changed.connect(self._on_changed)
        self._on_listed()

    def run_at(self, row: int) -> ClassRun | None:
        """The run in row ``row``."""
        return self._listed[row] if 0 <= row < len(self._listed) else None

    def row_of(self, run: ClassRun | None) -> int:
        """The row of ``run``; -1 where it has none."""
        return self._listed.index(run) if run in self._listed else -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._listed)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else LEFT + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and section == LOSS:
            return best_tip()
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            NAME: tr("Run"),
            SYSTEM: tr("Its system"),
            STATE: tr("State"),
            LOSS: tr("Loss"),
            SCORE: tr("Score"),
            LEFT: tr("Left"),
        }[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        run, column = self._listed[index.row()], index.column()
        if role == RUN:
            return run
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(run, column)
        if role == Qt.ItemDataRole.ToolTipRole and run.learning.failure:
            return plain_tip(run.learning.failure.what)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            columns = range(LEFT + 1) if column == NAME else (column,)
            words = listed(*(self._text(run, c) for c in columns))
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        if role == Qt.ItemDataRole.CheckStateRole and column == NAME:
            return Qt.CheckState.Checked if run.shown else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != NAME:
            return False
        self._runs.show(self._listed[index.row()], Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsUserCheckable if index.column() == NAME else usual

    @staticmethod
    def _text(run: ClassRun, column: int) -> str:
        learning = run.learning
        if column == NAME:
            return run.name
        if column == SYSTEM:
            return learning.base
        if column == STATE:
            return state_words(learning)
        if column == LOSS:
            best = learning.best
            return number(best.loss, 2) if best else "–"
        if column == SCORE:
            return score_text(learning)
        step = learning.latest
        going = step is not None and not learning.state.ended
        if learning.state is RunState.LEARNING and step is not None and step.remaining is None:
            return "…"
        return duration(step.remaining) if going and step else "–"

    def _on_listed(self) -> None:
        if self._listed != self._runs.runs:
            self.beginResetModel()
            self._listed = list(self._runs.runs)
            self.endResetModel()
        else:
            self._on_changed()

    def _on_changed(self) -> None:
        if self._listed:
            last = self.index(len(self._listed) - 1, LEFT)
            self.dataChanged.emit(self.index(0, 0), last)
