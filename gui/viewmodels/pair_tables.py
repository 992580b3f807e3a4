"""Table models of a checked file: the lines left out, and the first of the good pairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gui.i18n import number, tr

if TYPE_CHECKING:
    from core.training.checks import Pair, Rejection

_LONGEST_CELL = 500  # characters of a line

_Index = QModelIndex | QPersistentModelIndex


def reason_words(code: str) -> str:
    """Why a line was left out, in a few words."""
    return {
        "control": tr("not text"),
        "empty": tr("one side is empty"),
        "columns": tr("not two columns"),
        "identical": tr("both sides the same"),
        "swapped": tr("sides swapped"),
        "language": tr("another language"),
        "too_long": tr("too long"),
        "ratio": tr("lengths do not fit"),
        "duplicate": tr("already there"),
    }.get(code, code.replace("_", " "))


def reason_advice(code: str) -> str:
    """What a user can do about lines left out for this reason; empty for an unknown one."""
    return {
        "control": tr("The line holds a character that no text has; it may be damaged."),
        "empty": tr("Write the missing side, or delete the line."),
        "columns": tr("A line is a source, one tab and its translation."),
        "identical": tr("Nothing can be learnt from a line whose sides are the same."),
        "swapped": tr("Put the source first and its translation after the tab."),
        "language": tr("A side is not in the language that the model reads or writes."),
        "too_long": tr("Cut the line into single sentences."),
        "ratio": tr("One side is far longer than the other: probably not its translation."),
        "duplicate": tr("The same pair stands earlier in the file; once is enough."),
    }.get(code, "")


class _Table(QAbstractTableModel):
    """A read-only table of strings, written when they are shown; the line stands in front."""

    headers: tuple[str, ...] = ()

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
        self._all: tuple[Rejection, ...] = ()
        self._shown: Sequence[Rejection] = ()

    def set_rejections(self, rejections: tuple[Rejection, ...]) -> None:
        """Show ``rejections``, of every reason."""
        self._all = rejections
        self.filter("")

    def filter(self, reason: str) -> None:
        """Show only the lines left out for ``reason`` (a code); empty for all."""
        self.beginResetModel()
        self._shown = [r for r in self._all if r.reason == reason] if reason else self._all
        self.endResetModel()

    def count(self) -> int:
        return len(self._shown)

    def cell(self, row: int, column: int) -> str:
        rejection = self._shown[row]
        if column == 0:
            return number(rejection.line)
        if column == 1:
            return reason_words(rejection.reason)
        return rejection.text.replace("\t", " ⇥ ")[:_LONGEST_CELL]

    def tool_tip(self, row: int, column: int) -> str:
        """The advice over the reason, the text over the text."""
        if column == 1:
            return reason_advice(self._shown[row].reason)
        return super().tool_tip(row, column)


class PairTable(_Table):
    """The first good pairs."""

    def __init__(self) -> None:
        super().__init__()
        self.headers = (tr("Line"), "", "")
        self._pairs: Sequence[Pair] = ()

    def set_pairs(self, pairs: Sequence[Pair], source: str, target: str, most: int = 200) -> None:
        """Show the first ``most`` of ``pairs``; ``source`` and ``target`` name the languages."""
        self.beginResetModel()
        self.headers = (tr("Line"), source, target)
        self._pairs = pairs[:most]
        self.endResetModel()

    def count(self) -> int:
        return len(self._pairs)

    def cell(self, row: int, column: int) -> str:
        pair = self._pairs[row]
        return (number(pair.line), pair.source, pair.target)[column]
