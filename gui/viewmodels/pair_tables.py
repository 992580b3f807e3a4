"""Table models of a checked file: lines left out, doubtful pairs, the first of the good pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gui.i18n import number, tr
from gui.viewmodels.pair_reasons import reason_advice, reason_words

if TYPE_CHECKING:
    from core.training.checks import Doubt, Pair, Rejection
    from gui.viewmodels.pair_choice import PairChoice

_LONGEST_CELL = 500  # characters of a line

_Index = QModelIndex | QPersistentModelIndex


class _Table(QAbstractTableModel):
    """A read-only table of strings, written when they are shown; the line stands in front."""

    headers: tuple[str, ...] = ()

    def set_counted(self, word: str) -> None:
        """Call what the numbers count by ``word``."""
        self.headers = (word, *self.headers[1:])
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)

    def cell(self, row: int, column: int) -> str:
        """The text of one cell."""
        raise NotImplementedError

    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def tool_tip(self, row: int, column: int) -> str:
        """The whole text of a cell that may be cut off."""
        return self.cell(row, column) if column else ""

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.count()

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.headers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tool_tip(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 0:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.headers[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignLeft if section else Qt.AlignmentFlag.AlignRight
                return side | Qt.AlignmentFlag.AlignVCenter
        return None


class RejectionTable(_Table):
    """The lines left out, all or those of one reason."""

    def __init__(self) -> None:
        super().__init__()
        self.headers = (tr("Line"), tr("Why"), tr("What it says"))
        self._choice: PairChoice | None = None
        self._shown: Sequence[Rejection | Doubt] = ()

    def set_choice(self, choice: PairChoice) -> None:
        """Show what ``choice`` leaves out, for every reason."""
        self._choice = choice
        self.filter("")

    def filter(self, reason: str) -> None:
        """Show only the lines left out for ``reason`` (a code); empty for all."""
        every = self._choice.left_out if self._choice else ()
        self.beginResetModel()
        self._shown = [r for r in every if r.reason == reason] if reason else every
        self.endResetModel()

    def count(self) -> int:
        return len(self._shown)

    def cell(self, row: int, column: int) -> str:
        found = self._shown[row]
        if column == 0:
            return number(found.line)
        if column == 1:
            return reason_words(found.reason)
        pair = self._choice.pair(found.line) if self._choice else None  # one that was dropped
        text = f"{pair.source}\t{pair.target}" if pair else getattr(found, "text", "")
        return text.replace("\t", " ⇥ ")[:_LONGEST_CELL]

    def tool_tip(self, row: int, column: int) -> str:
        """The advice over the reason, the text over the text."""
        if column == 1:
            return reason_advice(self._shown[row].reason)
        return super().tool_tip(row, column)


class DoubtTable(_Table):
    """Pairs that are learnt though they may be wrong, all or those of one reason."""

    def __init__(self) -> None:
        super().__init__()
        self.headers = (tr("Line"), tr("What is doubtful"), "", "")
        self._choice: PairChoice | None = None
        self._shown: Sequence[Doubt] = ()

    def set_choice(self, choice: PairChoice, source: str, target: str) -> None:
        """Show the doubts of ``choice``; ``source`` and ``target`` name the languages."""
        self._choice = choice
        self.headers = (*self.headers[:2], source, target)
        self.filter("")

    def filter(self, reason: str) -> None:
        """Show only pairs that are doubtful for ``reason`` (a code); empty for all."""
        doubts = self._choice.doubts if self._choice else ()
        self.beginResetModel()
        self._shown = [d for d in doubts if d.reason == reason] if reason else doubts
        self.endResetModel()

    def count(self) -> int:
        return len(self._shown)

    def cell(self, row: int, column: int) -> str:
        doubt = self._shown[row]
        if column == 0:
            return number(doubt.line)
        if column == 1:
            return self._what(doubt)
        pair = self._choice.pair(doubt.line) if self._choice else None
        if pair is None:
            return ""
        return (pair.source if column == 2 else pair.target)[:_LONGEST_CELL]

    def tool_tip(self, row: int, column: int) -> str:
        """The advice over the reason, the other pair over a contradiction."""
        doubt = self._shown[row]
        if column != 1:
            return super().tool_tip(row, column)
        other = self._choice.pair(doubt.other) if self._choice and doubt.other else None
        if other is None:
            return reason_advice(doubt.reason)
        return f"{number(other.line)}: {other.source} ⇥ {other.target}"

    def _what(self, doubt: Doubt) -> str:
        words = reason_words(doubt.reason)
        if doubt.other:
            return tr("{doubt}: see {line}", doubt=words, line=number(doubt.other))
        return f"{words}: {doubt.note}" if doubt.note else words


class PairTable(_Table):
    """The first good pairs."""

    def __init__(self) -> None:
        super().__init__()
        self.headers = (tr("Line"), "", "")
        self._pairs: Sequence[Pair] = ()

    def set_pairs(self, pairs: Iterable[Pair], source: str, target: str, most: int = 200) -> None:
        """Show the first ``most`` of ``pairs``; ``source`` and ``target`` name the languages."""
        self.beginResetModel()
        self.headers = (self.headers[0], source, target)
        self._pairs = tuple(islice(pairs, most))
        self.endResetModel()

    def count(self) -> int:
        return len(self._pairs)

    def cell(self, row: int, column: int) -> str:
        pair = self._pairs[row]
        return (number(pair.line), pair.source, pair.target)[column]
