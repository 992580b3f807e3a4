"""Step 1: choose a file of pairs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.paths import resources_folder
from gui.i18n import tr
from gui.pages.teach_steps.banners import Banner
from gui.pages.teach_steps.file_dialog import ask_for_pairs
from gui.pages.teach_steps.parts import centred, clear
from gui.pages.teach_steps.unfinished_banner import UnfinishedList
from gui.theme import HUGE, LARGE, SMALL, TINY, Theme, set_role
from gui.viewmodels.teach import TeachViewModel
from gui.widgets.drop_zone import DropZone
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.label import label

_SHOWN = 4  # recent files


def sample_file() -> Path:
    """The pairs that come with the program, to try teaching with."""
    return resources_folder() / "samples" / "sample-zh-en.tsv"


class RecentFile(QPushButton):
    """A file taught before, or two: names, and where it lies."""

    chosen = Signal(object)  # tuple[Path, ...]

    def __init__(self, paths: tuple[Path, ...]) -> None:
        super().__init__()
        set_role(self, "example")
        names = " + ".join(path.name for path in paths)
        self.setAccessibleName(names)
        folder = ElidedLabel(str(paths[0].parent))
        set_role(folder, "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(LARGE, SMALL, LARGE, SMALL)
        row.setSpacing(LARGE)
        row.addWidget(label(names))
        row.addWidget(folder, 1)
        self.setMinimumHeight(row.sizeHint().height())
        self.clicked.connect(lambda: self.chosen.emit(paths))


class FileStep(QWidget):
    """Drop zone, a sample, the files taught before."""

    def __init__(self, model: TeachViewModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self.banner = Banner()
        self.unfinished = UnfinishedList(model)
        self.zone = DropZone(theme)
        self.zone.files_dropped.connect(self._choose)
        self.zone.refused.connect(model.refuse)
        self.zone.browse_requested.connect(self.browse)
        self.zone.sample_requested.connect(lambda: model.choose(sample_file()))
        self._recent_heading = label(tr("Recent"), "caption")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(TINY)
        self._shown: tuple[tuple[Path, ...], ...] = ()
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.unfinished)
        column.addSpacing(SMALL)
        column.addStretch(1)
        column.addWidget(self.zone, 8)
        column.addSpacing(HUGE)
        column.addWidget(self._recent_heading)
        column.addSpacing(SMALL)
        column.addLayout(self._recent)
        column.addStretch(2)
        self.zone.setMaximumHeight(theme.px(400))
        outer = centred(column, theme.px(760))
        outer.setContentsMargins(0, 0, 0, 0)
        self.setLayout(outer)
        self.setFocusProxy(self.zone.browse)

    def refresh(self) -> None:
        """Show what the view model holds."""
        self.banner.show_failure(self._model.problem)
        self.unfinished.refresh()
        recent = tuple(p for p in self._model.pairs.recent if p != (sample_file(),))[:_SHOWN]
        self._recent_heading.setVisible(bool(recent))
        if recent == self._shown:
            return
        self._shown = recent
        clear(self._recent)
        for paths in recent:
            row = RecentFile(paths)
            row.chosen.connect(self._choose)
            self._recent.addWidget(row)

    def browse(self) -> None:
        """Let the user pick a file, or two, with the system's own chooser."""
        ask_for_pairs(self, self.zone.take, self._shown[0][0].parent if self._shown else None)

    def _choose(self, paths: tuple[Path, ...]) -> None:
        self._model.choose(*paths)
