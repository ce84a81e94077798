"""What of the file system and the network a process may still reach, by Landlock.

No privilege is needed: a process gives up rights of its own, for itself and all its children, for
good. Written here over ctypes rather than taken from PyPI: `landlock` has had development releases
only, since 2022, `py-landlock` two releases in one week, and three system calls are all of it.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable

from kata import kernel

# The same numbers on every architecture.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_FLAG = 1
PATH_BENEATH = 1

WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3

FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
"""From which version on how many rights exist: moving between folders, truncating, devices."""

TCP = 0b11
"""To bind and to connect, from version 4 on."""

SCOPES = 0b11
"""Abstract sockets and signals of processes outside, from version 6 on."""


def version() -> int:
    """The version of the kernel's Landlock, 0 where it has none."""
    if not kernel.LINUX:
        return 0
    try:
        return kernel.call(CREATE_RULESET, None, 0, VERSION_FLAG)
    except OSError:
        return 0  # not built in, or not switched on, or refused by a container


def restrict(readable: Iterable[int], writable: Iterable[int], version: int) -> None:
    """Leave this process what is below the open paths given, and nothing else of the file system.

    They may be read, and those in `writable` written to; nothing may be executed, made, renamed
    or removed. What is open already stays open. Needs no_new_privs to be set.
    """
    rights = (1 << max(count for since, count in FILE_RIGHTS.items() if since <= version)) - 1
    attributes = struct.pack("QQQ", rights, TCP, SCOPES)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = kernel.call(CREATE_RULESET, _buffer(attributes[:size]), size, 0)
    for paths, access in ((readable, READ_FILE | READ_DIR), (writable, READ_FILE | WRITE_FILE)):
        for path in paths:
            # The kernel does not take a folder's rights for a file.
            allowed = access if stat.S_ISDIR(os.fstat(path).st_mode) else access & ~READ_DIR
            rule = _buffer(struct.pack("=Qi", allowed, path))
            kernel.call(ADD_RULE, ruleset, PATH_BENEATH, rule, 0)
    kernel.call(RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _buffer(content: bytes) -> ctypes.Array[ctypes.c_char]:
    return ctypes.create_string_buffer(content, len(content))
