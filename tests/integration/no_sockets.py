"""Asks the kernel to kill this process at its first internet socket (seccomp, Linux)."""

from __future__ import annotations

import ctypes
import platform
import socket
import struct

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2  # <linux/prctl.h>, <linux/seccomp.h>
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
# Architecture as the kernel audits it, and the number of the system call `socket`.
_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
_LOAD, _EQUALS, _RETURN = 0x20, 0x15, 0x06  # of classic BPF


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def forbid_internet_sockets() -> None:
    """From now on AF_INET and AF_INET6 end this process and its children; others are free.

    Raises:
        OSError: the kernel takes no such filter.
        KeyError: it is not known how this processor numbers system calls.
    """
    architecture, call = _CALLS[platform.machine()]
    steps = (
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUALS, 0, 6, architecture),  # else: to ALLOW
        (_LOAD, 0, 0, _NUMBER),
        (_EQUALS, 0, 4, call),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUALS, 1, 0, int(socket.AF_INET)),  # to KILL
        (_EQUALS, 0, 1, int(socket.AF_INET6)),
        (_RETURN, 0, 0, _KILL),
        (_RETURN, 0, 0, _ALLOW),
    )
    packed = b"".join(struct.pack("=HBBI", *step) for step in steps)
    program = _Program(len(steps), packed)
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in (
        (_NO_NEW_PRIVILEGES, 1, 0, 0, 0),
        (_SECCOMP, _FILTER, ctypes.byref(program), 0, 0),
    ):
        if libc.prctl(*arguments) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
