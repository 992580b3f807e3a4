"""Forbids internet sockets, in the tests and, being on ``PYTHONPATH``, in every child of theirs.

Python loads a module of this name at its start. ``$ATTUNE_TEST_NETWORK`` tells what is allowed:
``loopback`` (this computer itself), else nothing. Sockets of the file system are free.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from typing import Any

VARIABLE = "ATTUNE_TEST_NETWORK"
INTERNET = (socket.AF_INET, socket.AF_INET6)
NAMES = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
ADDRESSES = frozenset({"socket.connect", "socket.bind", "socket.sendto"})

attempts: list[str] = []  # also of those whose exception the code under test swallowed


class InternetForbidden(RuntimeError):
    """Not an ``OSError``: code that copes with a missing network must not hide it."""


def is_loopback(host: object) -> bool:
    """Whether ``host`` is this computer itself."""
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in ("", "None", "localhost", socket.gethostname()):
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def forbidden(event: str, arguments: tuple[Any, ...]) -> str:
    """What ``event`` would reach that it must not; empty if it may happen."""
    loopback = os.environ.get(VARIABLE) == "loopback"
    if event == "socket.__new__" and arguments[1] in INTERNET and not loopback:
        return f"a socket of family {arguments[1]!r}"
    if event in NAMES and not (loopback and is_loopback(arguments[0])):
        return f"the address of {arguments[0]!r}"
    if event in ADDRESSES and isinstance(arguments[1], tuple) and not is_loopback(arguments[1][0]):
        return f"{arguments[1]!r}"
    return ""


def audit(event: str, arguments: tuple[Any, ...]) -> None:
    """Stop what is forbidden before it happens."""
    if not event.startswith("socket."):
        return
    what = forbidden(event, arguments)
    if what:
        attempts.append(what)
        raise InternetForbidden(f"tests use no internet, yet {event} asks for {what}")


sys.addaudithook(audit)
