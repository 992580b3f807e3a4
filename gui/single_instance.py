"""One window per user and folder of state: a second start hands over to the first and ends.

Who holds the lock is first; the system lets go of it when that process ends, however it ends. The
first one listens on a local socket, whose name is new each time and kept beside the lock for its
user alone to read: nobody else can listen in its place, and one that a crash left is of no use.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

from core.errors import StorageError
from core.files import parse_json, write_atomically
from core.paths import ensure

if TYPE_CHECKING:  # imported after the window is on screen
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

FORMAT_VERSION = 1
PATIENCE = 5.0  # seconds that the first window may take to answer
_STEP = 100  # milliseconds between two looks
_LONGEST = 1 << 20  # bytes of a request
_ANSWER = b"shown\n"

_log = logging.getLogger(__name__)


class SingleInstance(QObject):
    """The claim to be the first window over ``folder``.

    Signals:
        asked(tuple[Path, ...]): another start wants the window shown and these files opened.
    """

    asked = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = folder / "window.json"
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)  # only the end of its process makes it stale
        self._server: QLocalServer | None = None

    def claim(self, files: Sequence[Path] = (), patience: float = PATIENCE) -> bool:
        """Whether to open a window: ``False`` once the first one has answered and shows ``files``.

        A first window that does not answer in ``patience`` seconds, or a folder that cannot be
        written, keeps nobody from opening one.
        """
        try:
            ensure(self._name.parent)
        except StorageError as error:
            _log.warning("a second start will not find this window: %s", error)
            return True
        end = time.monotonic() + patience
        while not self._lock.tryLock(0):
            if self._lock.error() != QLockFile.LockError.LockFailedError:
                _log.warning("a second start will not find this window: no lock")
                return True
            left = end - time.monotonic()
            if _hand_over(self._name, files, int(left * 1000)):
                return False
            if left <= 0:
                _log.warning("the window that is open does not answer; here is another one")
                return True
            time.sleep(_STEP / 1000)
        return True

    @property
    def first(self) -> bool:
        """Whether this is the first window over its folder."""
        return self._lock.isLocked()

    def listen(self) -> None:
        """Hear of other starts from now on, if this is the first window."""
        if not self.first or self._server is not None:
            return
        from PySide6.QtNetwork import QLocalServer

        before = _server_of(self._name)
        if before:
            QLocalServer.removeServer(before)  # of a window that has crashed
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        name = f"attune-{secrets.token_hex(12)}"
        if not server.listen(name):
            _log.warning("a second start will not find this window: %s", server.errorString())
            return
        self._server = server
        fields = {"format_version": FORMAT_VERSION, "server": name}
        try:
            write_atomically(self._name, json.dumps(fields) + "\n")
        except StorageError as error:
            _log.warning("a second start will not find this window: %s", error)

    def release(self) -> None:
        """Hear of nobody any more; who starts now is first."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        self._lock.unlock()

    def _on_connection(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.setReadBufferSize(_LONGEST)
            socket.readyRead.connect(partial(self._read, socket))
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() >= _LONGEST:
                socket.abort()
            return
        try:
            files = asked_files(bytes(socket.readLine().data()))
        except ValueError:
            _log.warning("something else than another start spoke to this window")
            socket.abort()
            return
        socket.write(_ANSWER)
        socket.flush()
        socket.disconnectFromServer()
        self.asked.emit(files)


def asked_files(request: bytes) -> tuple[Path, ...]:
    """The files that ``request``, a line from another start, asks to open.

    Raises:
        ValueError: it is no such request.
    """
    fields = parse_json(request)
    names = fields.get("open") if isinstance(fields, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("no list of files")
    if any(b"\0" in os.fsencode(name) for name in names):
        raise ValueError("no file is called that")
    return tuple(map(Path, names))


def _hand_over(name: Path, files: Sequence[Path], milliseconds: int) -> bool:
    """Ask the window whose server ``name`` tells to show itself; whether it has answered."""
    server = _server_of(name)
    if not server or milliseconds <= 0:
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(server)
    if not socket.waitForConnected(milliseconds):
        return False
    request = json.dumps({"open": [str(file.absolute()) for file in files]})
    socket.write(request.encode() + b"\n")
    while not socket.canReadLine():
        if not socket.waitForReadyRead(milliseconds):
            return False
    return bytes(socket.readLine().data()) == _ANSWER


def _server_of(name: Path) -> str:
    """What the file ``name`` says of the first window's server; empty if nothing."""
    try:
        fields = parse_json(name.read_text("utf-8"))
        return str(fields["server"]) if fields["format_version"] == FORMAT_VERSION else ""
    except (OSError, ValueError, LookupError, TypeError):
        return ""
