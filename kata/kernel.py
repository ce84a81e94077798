"""System calls that Python has no function for, made through ctypes; imports nothing of kata.

Linux only, but for the import itself. A call that fails raises OSError, as those of `os` do.
"""

from __future__ import annotations

import ctypes
import os
import sys

LINUX = sys.platform.startswith("linux")

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_KEEPCAPS = 8
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38

_libc = ctypes.CDLL(None, use_errno=True)


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


CAPABILITY_VERSION = 0x20080522
"""Of the format with 64 capabilities, in two rows of (effective, permitted, inheritable)."""


def call(number: int, *arguments: int | ctypes.Array[ctypes.c_char] | None) -> int:
    """Make the system call of this number; buffers are passed by their address."""
    # Whole registers: ctypes would pass a plain int as 32 bits and leave the rest to chance.
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    return _checked(_libc.syscall(ctypes.c_long(number), *words))


def prctl(option: int, value: int) -> None:
    """Set an attribute of this process."""
    zero = ctypes.c_ulong(0)
    _checked(_libc.prctl(option, ctypes.c_ulong(value), zero, zero, zero))


def hide() -> None:
    """Let no process of the same user read this one's memory or environment, nor trace it.

    Forked children inherit this, programs that are started do not. It also means no core dumps,
    and no debugger from outside but root's; faulthandler, coverage and pdb work from within.
    """
    if LINUX:
        prctl(PR_SET_DUMPABLE, 0)


def keep_capabilities(mask: int) -> None:
    """Give up all capabilities but those in the mask."""
    header = _CapabilityHeader(CAPABILITY_VERSION, 0)
    low, high = mask & 0xFFFFFFFF, mask >> 32
    rows = (ctypes.c_uint32 * 6)(low, low, 0, high, high, 0)
    _checked(_libc.capset(ctypes.byref(header), rows))


def _checked(result: int) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result
