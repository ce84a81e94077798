"""The cores there are, what a host takes of them, and a process's processor time.

All are read from outside, without the process's help.

Linux keeps one clock for all threads of a process, those that have ended included, to the
nanosecond, and anybody may read it. Children are counted when they have been waited for, in the
hundredths of a second of /proc/<pid>/stat; that is for honesty, not for precision. macOS says the
same of a process's threads through libproc. Where neither is there, wall time stands in.
"""

from __future__ import annotations

import ctypes
import math
import os
import sys
import time
from pathlib import Path

CPUCLOCK_SCHED = 2
"""The kind of the kernel's clock that counts nanoseconds on a processor (linux/posix-timers.h)."""

RUSAGE_INFO_V0 = 0


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def stolen(path: Path = Path("/proc/stat")) -> float:
    """Seconds that the host of a virtual machine has kept its cores from running, all together.

    To the hundredth; 0 where the kernel does not tell. See proc_stat(5): the eighth number.
    """
    try:
        fields = path.read_bytes().partition(b"\n")[0].split()
        return int(fields[8]) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0


class ProcessorClock:
    """Seconds of processor time that one process has used, its children's included."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._read = {"linux": _linux, "darwin": _macos}.get(sys.platform, _wall)

    def __call__(self) -> float:
        """The seconds so far; infinity once the process is gone, so that none can be hidden."""
        try:
            return self._read(self._pid)
        except (OSError, ValueError, IndexError):
            return math.inf


def _linux(pid: int) -> float:
    # clock_getcpuclockid(3), which Python does not have: the number is made from the pid.
    own = time.clock_gettime((~pid << 3) | CPUCLOCK_SCHED)
    # The name of the program, in brackets, is the learner's to choose; it may hold more of them.
    fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    waited_for = (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    return own + waited_for


class _Usage(ctypes.Structure):
    """The beginning of macOS's rusage_info_v0, in units of its absolute time."""

    _fields_ = (
        ("uuid", ctypes.c_uint8 * 16),
        ("user", ctypes.c_uint64),
        ("system", ctypes.c_uint64),
        ("rest", ctypes.c_uint64 * 16),
    )


class _Timebase(ctypes.Structure):
    _fields_ = (("numer", ctypes.c_uint32), ("denom", ctypes.c_uint32))


def _macos(pid: int) -> float:
    library, usage, base = ctypes.CDLL(None), _Usage(), _Timebase()
    if library.proc_pid_rusage(pid, RUSAGE_INFO_V0, ctypes.byref(usage)) != 0:
        return math.inf
    library.mach_timebase_info(ctypes.byref(base))
    return float((usage.user + usage.system) * base.numer / base.denom / 1e9)


def _wall(_pid: int) -> float:
    return time.monotonic()
