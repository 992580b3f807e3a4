"""Typed single settings: a default, a check, a signal when the value changes."""

from __future__ import annotations

import base64
import binascii
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QSettings, Signal

from core.files import parse_json
from core.paths import config_folder
from gui.settings_store import Store, open_store

T = TypeVar("T")

_log = logging.getLogger(__name__)

MOST_BESIDE = 3600  # seconds of a run beside learning
MOST_THREADS = 256
LEAST_TEXT, MOST_TEXT, TEXT_STEP = 80, 200, 10  # per cent of the designed size


def settings_file() -> Path:
    """Where the settings are kept."""
    return config_folder() / "settings.ini"


class Setting(QObject, Generic[T]):
    """One value kept between runs.

    Args:
        store: where it is kept.
        key: its name there, ``group/name``.
        default: what holds until the user chooses, and where the kept text makes no sense.
        parse: the value from its kept text; raises ``ValueError`` for text that makes no sense.
        write: the text to keep for a value.
    """

    changed = Signal(object)

    def __init__(
        self,
        store: Store,
        key: str,
        default: T,
        parse: Callable[[str], T],
        write: Callable[[T], str] = str,
    ) -> None:
        super().__init__()
        self._store = store
        self._key = key
        self.default = default
        self._parse = parse
        self._write = write
        self._value = self._read()

    def _read(self) -> T:
        kept = self._store.value(self._key)
        if kept is None:
            return self.default
        try:
            return self._parse(str(kept))
        except ValueError:
            return self.default

    @property
    def value(self) -> T:
        """The value that holds now."""
        return self._value

    def set(self, value: T) -> None:
        """Keep ``value``; ``changed`` fires only when it differs.

        Raises:
            ValueError: the setting does not allow ``value``.
        """
        value = self._parse(self._write(value))
        if value == self._value:
            return
        self._value = value
        self._store.setValue(self._key, self._write(value))
        self.changed.emit(value)

    def reset(self) -> None:
        """Back to the default."""
        self.set(self.default)


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _write_flag(value: bool) -> str:
    return "true" if value else "false"


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return parse


def _between(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise ValueError(text)
        return value

    return parse


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error


def _encode(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _parse_list(text: str) -> tuple[str, ...]:
    items = parse_json(text)
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ValueError(text)
    return tuple(items)


def _write_list(items: tuple[str, ...]) -> str:
    return json.dumps(items, ensure_ascii=False)


def _parse_pairs(text: str) -> tuple[tuple[str, str], ...]:
    items = parse_json(text)
    if not isinstance(items, list) or not all(map(_is_pair, items)):
        raise ValueError(text)
    return tuple((first, second) for first, second in items)


def _is_pair(item: object) -> bool:
    return isinstance(item, list) and len(item) == 2 and all(isinstance(x, str) for x in item)


def _write_pairs(items: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(items, ensure_ascii=False)


class Settings:
    """All settings of the window, kept in one INI file.

    Attributes:
        newer: a newer program wrote the file: it is neither read nor written.
        theme: ``system``, ``light`` or ``dark``.
        text_size: per cent of the designed size, 80 to 200.
        language: of the window: ``system``, ``en`` or ``zh``; holds from the next start on.
        live: translate while typing.
        beam: hypotheses kept by the search, 1 to 16.
        follow_typing: turn the direction round when the other language is typed.
        precision: to translate in: ``auto``, ``int8``, ``bf16`` or ``fp32``.
        threads: to translate on; 0 for as many as are fastest.
        model: name of the model to translate with; empty for the first there is.
        inside_open, inside_height, inside_tab: the drawer, its height in pixels, what it shows.
        show_sureness: shade translated words by how sure the model is of them.
        geometry: the window's place as Qt writes it.
        pane_share: the input pane's share of the width, per mille.
        hint_seen: the hint of the first start was dismissed.
        recent_texts: text files opened before, newest first.
        recent_pairs: files taught before, newest first.
        pinned: sentences to watch, each after the code of its language.
        teach_minutes: how long a model learns, 1 to 600.
        teach_beside: seconds that a run took the last time beside learning, 1 to 3600.
        teach_strength: how much it changes in that time: ``gentle``, ``normal`` or ``strong``.
        chart_smoothing: weight of what was before in a curve's running average, per cent, 0 to 99.
        chart_logarithmic: whether the losses' scale is.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._store = QSettings(str(path or settings_file()), QSettings.Format.IniFormat)
        store, self.newer = open_store(self._store)
        themes = _one_of("system", "light", "dark")
        self.theme = Setting(store, "look/theme", "system", themes)
        self.text_size = Setting(store, "look/text_size", 100, _between(LEAST_TEXT, MOST_TEXT))
        self.language = Setting(store, "look/language", "system", _one_of("system", "en", "zh"))
        self.live = Setting(store, "translate/live", True, _flag, _write_flag)
        self.beam = Setting(store, "translate/beam", 4, _between(1, 16))
        self.follow_typing = Setting(store, "translate/follow_typing", True, _flag, _write_flag)
        precisions = _one_of("auto", "int8", "bf16", "fp32")
        self.precision = Setting(store, "translate/precision", "auto", precisions)
        self.threads = Setting(store, "translate/threads", 0, _between(0, MOST_THREADS))
        self.model = Setting(store, "translate/model", "", str)
        self.inside_open = Setting(store, "window/inside_open", False, _flag, _write_flag)
        self.inside_height = Setting(store, "window/inside_height", 300, _between(120, 4000))
        self.inside_tab = Setting(store, "window/inside_tab", "attention", str)
        self.show_sureness = Setting(store, "window/show_sureness", False, _flag, _write_flag)
        self.geometry = Setting(store, "window/geometry", b"", _decode, _encode)
        self.pane_share = Setting(store, "window/pane_share", 500, _between(150, 850))
        self.hint_seen = Setting(store, "window/hint_seen", False, _flag, _write_flag)
        self.recent_texts = Setting[tuple[str, ...]](
            store, "translate/recent_texts", (), _parse_list, _write_list
        )
        self.recent_pairs = Setting[tuple[str, ...]](
            store, "teach/recent_pairs", (), _parse_list, _write_list
        )
        self.pinned = Setting[tuple[tuple[str, str], ...]](
            store, "teach/pinned", (), _parse_pairs, _write_pairs
        )
        self.teach_minutes = Setting(store, "teach/minutes", 3, _between(1, 600))
        self.teach_beside = Setting(store, "teach/beside", 60, _between(1, MOST_BESIDE))
        strengths = _one_of("gentle", "normal", "strong")
        self.teach_strength = Setting(store, "teach/strength", "normal", strengths)
        self.chart_smoothing = Setting(store, "teach/chart_smoothing", 60, _between(0, 99))
        self.chart_logarithmic = Setting(
            store, "teach/chart_logarithmic", False, _flag, _write_flag
        )

    def step_text_size(self, steps: int) -> None:
        """Text larger or smaller by ``steps``, as far as it goes."""
        size = self.text_size.value + steps * TEXT_STEP
        self.text_size.set(min(max(size, LEAST_TEXT), MOST_TEXT))

    def save(self) -> None:
        """Write to disk now (Qt otherwise writes by itself a little later).

        A home that is read-only keeps nothing, and the log says so.
        """
        if self.newer is not None:
            return
        self._store.sync()
        if self._store.status() == QSettings.Status.AccessError:
            _log.warning("the settings cannot be kept in %s", self._store.fileName())
