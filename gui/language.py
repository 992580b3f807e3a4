"""The language of the window: English, or Chinese by the catalogue that comes with Attune."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core.paths import resources_folder
from gui import core_words

CHOICES = ("system", "en", "zh")
CATALOGUE = "attune_zh"  # in resources/i18n: .ts for people, .qm for Qt
_QT_CATALOGUE = "qtbase_zh_CN"  # Qt's own words: context menus, dialogs that are not the system's

_log = logging.getLogger(__name__)


def interface_language(choice: str) -> str:
    """``en`` or ``zh`` for a choice of :data:`CHOICES`; ``system`` asks the desktop."""
    if choice != "system":
        return choice
    first = next(iter(QLocale.system().uiLanguages()), "en")
    return "zh" if first.partition("-")[0] == "zh" else "en"


class Language:
    """Speaks one language as long as it lives, unless :meth:`leave` puts English back."""

    def __init__(self, choice: str) -> None:
        self.code = interface_language(choice)
        self._translators: list[QTranslator] = []
        if choice == "system":
            QLocale.setDefault(QLocale.system())
        else:
            names = {"en": QLocale.Language.English, "zh": QLocale.Language.Chinese}
            QLocale.setDefault(QLocale(names[choice]))
        if self.code == "zh":
            folder = resources_folder() / "i18n"
            qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._install(_QT_CATALOGUE, qt)
            self._install(CATALOGUE, str(folder))
            core_words.use(folder / f"{CATALOGUE}.ts")

    def _install(self, name: str, folder: str) -> None:
        translator = QTranslator()
        if translator.load(name, folder):
            QCoreApplication.installTranslator(translator)
            self._translators.append(translator)
        else:
            _log.warning("the catalogue cannot be read: %s in %s", name, folder)

    def leave(self) -> None:
        """Speak English again."""
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self._translators.clear()
        core_words.use(None)
        QLocale.setDefault(QLocale.system())
