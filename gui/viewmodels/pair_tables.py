"""Table models of a checked file: lines left out, doubtful pairs, the first of the good pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gui.i18n import number, tr
from gui.tips import plain_tip
from gui.viewmodels.pair_reasons import MISALIGNED, reason_advice, reason_words

if TYPE_CHECKING:
    from core.training.checks import Doubt, Pair, Rejection
    from gui.viewmodels.pair_choice import PairChoice

_LONGEST_CELL = 500  # characters of a line
MOST_PAIRS = 200  # good pairs that are shown

_Index = QModelIndex | QPersistentModelIndex


Item = TypeVar("Item")


class _Table(QAbstractTableModel, Generic[Item]):
    """A read-only table of strings, written when they are shown; the line stands in front."""

    headers: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[Item] = []

    def set_counted(self, word: str) -> None:
        """Call what the numbers count by ``word``."""
        self.headers = (word, *self.headers[1:])
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)

    def cell(self, row: int, column: int) -> str:
        """The text of one cell."""
        raise NotImplementedError

    def count(self) -> int:
        """How many rows there are."""
        return len(self._shown)

    def _show(self, items: Iterable[Item]) -> None:
        """Show ``items`` and nothing else, from the top."""
        self.beginResetModel()
        self._shown = list(items)
        self.endResetModel()

    def _follow(self, items: Sequence[Item]) -> None:
        """Show ``items``, most of which are there: new ones come last, so that no row moves."""
        wanted = set(map(id, items))
        for first, last in _runs(n for n, item in enumerate(self._shown) if id(item) not in wanted):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._shown[first : last + 1]
            self.endRemoveRows()
        there = set(map(id, self._shown))
        more = [item for item in items if id(item) not in there]
        if more:
            self.beginInsertRows(QModelIndex(), self.count(), self.count() + len(more) - 1)
            self._shown += more
            self.endInsertRows()

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
            return plain_tip(self.tool_tip(index.row(), index.column()))
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


def _runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """The first and the last of every stretch of ``rows``, which ascend; the last stretch first."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[0][1] + 1:
            runs[0] = (runs[0][0], row)
        else:
            runs.insert(0, (row, row))
    return runs


class RejectionTable(_Table["Rejection | Doubt"]):
    """The lines left out, all or those of one reason."""

    def __init__(self) -> None:
        super().__init__()
        self.headers = (tr("Line"), tr("Why"), tr("What it says"))
        self._choice: PairChoice | None = None
        self._reason = ""

    def set_choice(self, choice: PairChoice) -> None:
        """Show what ``choice`` leaves out, for every reason."""
        self._choice = choice
        self.filter("")

    def filter(self, reason: str) -> None:
        """Show only the lines left out for ``reason`` (a code); empty for all."""
        self._reason = reason
        self._show(self._wanted())

    def follow(self, choice: PairChoice) -> None:
        """Take a choice that is little different, without moving the rows that stay."""
        self._choice = choice
        self._follow(self._wanted())

    def _wanted(self) -> Sequence[Rejection | Doubt]:
        every = self._choice.left_out if self._choice else ()
        return [r for r in every if r.reason == self._reason] if self._reason else every

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


class DoubtTable(_Table["Doubt"]):
    """Pairs that are learnt though they may be wrong, all or those of one reason."""

    def __init__(self) -> None:
        super().__init__()
        self.headers = (tr("Line"), tr("What is doubtful"), "", "")
        self._choice: PairChoice | None = None
        self._reason = ""

    def set_choice(self, choice: PairChoice, source: str, target: str) -> None:
        """Show the doubts of ``choice``; ``source`` and ``target`` name the languages."""
        self._choice = choice
        self.headers = (*self.headers[:2], source, target)
        self.filter("")

    def filter(self, reason: str) -> None:
        """Show only pairs that are doubtful for ``reason`` (a code); empty for all."""
        self._reason = reason
        self._show(self._wanted())

    def follow(self, choice: PairChoice) -> None:
        """Take a choice that is little different, without moving the rows that stay."""
        self._choice = choice
        self._follow(self._wanted())

    def _wanted(self) -> Sequence[Doubt]:
        doubts = self._choice.doubts if self._choice else ()
        return [d for d in doubts if d.reason == self._reason] if self._reason else doubts

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
        if doubt.reason == MISALIGNED:
            score = tr("Score: {score} (doubtful below 0.7)", score=doubt.note)
            return f"{reason_advice(doubt.reason)}\n{score}"
        if other is None:
            return reason_advice(doubt.reason)
        return f"{number(other.line)}: {other.source} ⇥ {other.target}"

    def _what(self, doubt: Doubt) -> str:
        words = reason_words(doubt.reason)
        if doubt.other:
            return tr("{doubt}: see {line}", doubt=words, line=number(doubt.other))
        telling = doubt.note and doubt.reason != MISALIGNED  # whose note is a bare number
        return f"{words}: {doubt.note}" if telling else words


class PairTable(_Table["Pair"]):
    """The first good pairs."""

    def __init__(self) -> None:
        super().__init__()
        self.headers = (tr("Line"), "", "")

    def set_pairs(self, pairs: Iterable[Pair], source: str, target: str) -> None:
        """Show the first of ``pairs``; ``source`` and ``target`` name the languages."""
        self.headers = (self.headers[0], source, target)
        self._show(islice(pairs, MOST_PAIRS))

    def follow(self, pairs: Iterable[Pair]) -> None:
        """Take pairs that are little different, without moving the rows that stay."""
        self._follow(tuple(islice(pairs, MOST_PAIRS)))

    def cell(self, row: int, column: int) -> str:
        pair = self._shown[row]
        return (number(pair.line), pair.source, pair.target)[column]
