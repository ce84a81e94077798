"""The clock of a mock interview: moments, and how much time lies between two of them.

Everything but `now` is pure. An interview is a stretch of real time, and an interviewer does not
wait while a lid is shut, so what counts is the clock that goes on in sleep and that nobody can set:
CLOCK_BOOTTIME on Linux, CLOCK_MONOTONIC on macOS, where that one goes on in sleep too. (On Linux
CLOCK_MONOTONIC stands still in sleep: shutting the lid would be a pause that nobody records.) Wall
time can be set back and forth, so it counts only between two starts of the machine, where there is
nothing else, and never backwards.
"""

from __future__ import annotations

import functools
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, as three clocks tell it."""

    boot: str
    """What tells this start of the machine from every other; empty where nothing does."""
    up: float
    """Seconds since the machine was started, sleep included."""
    wall: float
    """Seconds since the epoch: what a calendar says, and what anybody may set."""

    def since(self, earlier: Moment) -> float:
        """Seconds from `earlier` to this moment; never negative."""
        if self.boot == earlier.boot and self.up >= earlier.up:
            return self.up - earlier.up
        return max(self.wall - earlier.wall, 0.0)

    def later(self, seconds: float) -> Moment:
        """The moment so many seconds after this one."""
        return replace(self, up=self.up + seconds, wall=self.wall + seconds)


def now() -> Moment:
    """This moment. The one function here that asks the machine; `kata mock` alone calls it."""
    which = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return Moment(_boot(), time.clock_gettime(which), time.time())


@functools.cache
def _boot() -> str:
    if BOOT_ID.is_file():
        return BOOT_ID.read_text(encoding="ascii").strip()
    try:
        # macOS keeps it in the kernel's settings.
        done = subprocess.run(
            ["sysctl", "-n", "kern.bootsessionuuid"], capture_output=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.decode(errors="replace").strip()


def spoken(seconds: float) -> str:
    """A stretch of time as a clock shows it: "26:15", "1:02:03"."""
    whole = max(int(seconds), 0)
    hours, rest = divmod(whole, 3600)
    minutes, last = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{last:02}" if hours else f"{minutes:02}:{last:02}"
