"""What the operating system holds a worker to, and in which order that is put up.

The fork server gets a `Fence` ready once; each worker closes it around itself, after the fork and
before the learner's code. A level names what there is beyond limits, users and process groups,
which are there at every level. Each includes those before it.
"""

from __future__ import annotations

import contextlib
import enum
import os
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from kata import kernel, landlock, privilege, seccomp


class Level(enum.IntEnum):
    """How much of the operating system's own fencing there is, in order."""

    NONE = 0
    """Limits, and a process of its own; nothing that stands in the way of malice."""
    SECCOMP = 1
    """No network, no other programs and processes; files as the user has them."""
    LANDLOCK = 2
    """Only Python and the folder of the kata to read, and nothing to write."""
    BUBBLEWRAP = 3
    """Beyond that a world of its own, in which other files and processes do not exist."""

    def __str__(self) -> str:
        """The name as it is typed."""
        return self.name.lower()


SYSTEM_FILES = (
    # Libraries, and what they read when they are loaded or first used.
    *("/usr/lib", "/usr/lib64", "/usr/share/zoneinfo", "/usr/share/locale", "/lib", "/lib64"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/timezone", "/etc/mime.types"),
    *("/etc/passwd", "/etc/group", "/etc/nsswitch.conf", "/etc/alternatives", "/nix/store"),
    # What the machine is like: libraries choose their code and their threads by it.
    *("/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/kernel/mm/transparent_hugepage"),
    *("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/version", "/proc/filesystems"),
    *("/proc/loadavg", "/proc/uptime", "/proc/sys/vm/overcommit_memory"),
    *("/dev/zero", "/dev/random", "/dev/urandom"),
)

SINK = "/dev/null"
"""The one thing that may be opened for writing."""

GREETING = b"k"
"""What a fork server says first, as a sign that it runs."""

CPU_SECONDS = 600
"""Processor time of one worker. The grader's limits come long before; this outlives the grader."""

PROCESSES = 4096
"""Processes and threads that the user may have beyond those of when the fork server began. Many,
for in a container not all that the kernel counts can be seen, and honest threads must not fail."""


def strongest() -> Level:
    """The highest level that this process can put up by itself, without Bubblewrap."""
    if not seccomp.available():
        return Level.NONE
    return Level.LANDLOCK if landlock.version() else Level.SECCOMP


def python_paths(root: str) -> list[Path]:
    """The folders that the interpreter and its libraries are read from, without `root` itself.

    Where libraries are links, as uv can install them, what they lead to is among them.
    """
    entries = [Path(entry) for entry in sys.path if entry]
    entries += [target for entry in entries for target in linked(entry)]
    entries.append(Path(sys.base_prefix) / "lib")
    entries += [Path(sys.prefix) / "lib", Path(sys.prefix) / "pyvenv.cfg"]
    # A folder above the repository would open its solutions as well.
    shut = (Path(root), *Path(root).parents)
    return [path for path in dict.fromkeys(entries) if path not in shut and path.exists()]


def linked(folder: Path) -> Iterator[Path]:
    """What the links in a folder of libraries lead to."""
    if folder.name in ("site-packages", "dist-packages") and folder.is_dir():
        for entry in os.scandir(folder):
            if entry.is_symlink():
                yield Path(os.path.realpath(entry))


class Fence:
    """What is got ready once for all workers of a fork server."""

    def __init__(self, level: Level, root: str) -> None:
        # Bubblewrap stands around the fork server; within it there is what the kernel allows.
        self._level = min(level, strongest())
        python = python_paths(root)
        self._change = privilege.plan(python)
        self._landlock = landlock.version()
        # Opened now: nobody may not be able to get there.
        self._readable = list(_opened([*map(str, python), *SYSTEM_FILES]))
        self._writable = list(_opened([SINK]))
        self._filter = seccomp.program() if self._level >= Level.SECCOMP else b""
        self._processes = _processes_of(self._change) + PROCESSES

    def close(self, folder: str, memory: int, output: int, parent: int) -> list[int]:
        """Put this process, a worker that the process `parent` has forked, behind the fence.

        Returns the descriptors that have to stay open.
        """
        kept: list[int] = []
        # It need not be: Bubblewrap's world has what was named when it was made.
        folder_is_there = Path(folder).is_dir()
        os.chdir(folder if folder_is_there else "/")
        _limit(memory, output, self._processes)
        if not kernel.LINUX:
            return kept
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        if self._level >= Level.LANDLOCK:
            # Its own entry in /proc, not those of others. Kept open: the rule is for the entry as
            # it is in memory, and it stays there as long as somebody has it open.
            kept.append(os.open("/proc/self", os.O_PATH))
            readable = [*self._readable, *kept]
            if folder_is_there:
                readable.append(os.open(".", os.O_PATH))
            landlock.restrict(readable, self._writable, self._landlock)
        self._change.make()
        # After the change of user, which makes the kernel forget both.
        kernel.hide()
        die_with(parent)
        if self._filter:
            seccomp.restrict(self._filter)
        return kept


def die_with(parent: int, number: int = signal.SIGKILL) -> None:
    """Have the kernel send this process a signal when `parent` ends. Linux only."""
    if not kernel.LINUX:
        return
    kernel.prctl(kernel.PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:
        os._exit(0)  # the parent ended before the kernel was asked


def _opened(paths: list[str]) -> Iterator[int]:
    for path in paths if kernel.LINUX else ():
        with contextlib.suppress(OSError):  # not every system has every one
            yield os.open(path, os.O_PATH | os.O_CLOEXEC)


def _limit(memory: int, output: int, processes: int) -> None:
    """Limit this process: `memory` bytes more than it has, files of `output` bytes, no dumps."""
    limits = [
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, output, output),
        # A signal that says what happened, and an end for who ignores it.
        (resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 10),
    ]
    statm = Path("/proc/self/statm")
    if statm.exists():  # elsewhere the size cannot be read, and macOS does not enforce the limit
        pages = int(statm.read_text().split()[0])
        size = pages * resource.getpagesize() + memory
        limits.append((resource.RLIMIT_AS, size, size))
        # The kernel counts those of the user, and does not hold root to it.
        limits.append((resource.RLIMIT_NPROC, processes, processes))
    for what, soft, hard in limits:
        _, most = resource.getrlimit(what)
        if most == resource.RLIM_INFINITY:
            most = hard
        resource.setrlimit(what, (min(soft, most), min(hard, most)))


def _processes_of(change: privilege.Change) -> int:
    """How many processes and threads the worker's user has now."""
    user = privilege.NOBODY if change.becomes_nobody else os.getuid()
    count = 0
    for entry in os.scandir("/proc") if kernel.LINUX else ():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and entry.stat().st_uid == user:
                count += Path(entry, "task").stat().st_nlink - 2
    return count
