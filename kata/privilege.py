"""Which user a worker is, when the grader is root; imports nothing of kata but the kernel's calls.

Root's worker becomes `nobody`. Where nobody could not read Python itself, as with a Python below
/root, the worker keeps the one capability of reading what it may not; Landlock says what of that.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kata import kernel

NOBODY = 65534
"""The user and the group that own nothing, by convention everywhere."""

CAP_DAC_READ_SEARCH, CAP_SETGID, CAP_SETUID = 1 << 2, 1 << 6, 1 << 7


@dataclass(frozen=True, slots=True)
class Change:
    """What a worker does to its user and its capabilities."""

    becomes_nobody: bool
    drops_capabilities: bool
    keeps_reading: bool
    """Whether it can read what nobody could not."""

    def make(self) -> None:
        """Become who the worker shall be, for good."""
        if self.becomes_nobody:
            if self.keeps_reading:
                kernel.prctl(kernel.PR_SET_KEEPCAPS, 1)
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
        if self.drops_capabilities:
            kernel.keep_capabilities(CAP_DAC_READ_SEARCH if self.keeps_reading else 0)


def plan(paths: Iterable[Path]) -> Change:
    """What a worker of this process should do, which needs to read below `paths`."""
    if not kernel.LINUX:
        return Change(becomes_nobody=False, drops_capabilities=False, keeps_reading=False)
    held = _capabilities()
    becomes = os.geteuid() == 0 and bool(held & CAP_SETUID and held & CAP_SETGID) and _is_mapped()
    keeps = bool(held & CAP_DAC_READ_SEARCH) and not all(map(open_to_all, paths))
    return Change(becomes, bool(held), keeps)


def open_to_all(path: Path) -> bool:
    """Whether every user gets to the path; what does not exist keeps nobody out."""
    path = Path(os.path.realpath(path))
    with contextlib.suppress(FileNotFoundError):
        wanted = 0o005 if path.is_dir() else 0o004
        return path.stat().st_mode & wanted == wanted and all(
            folder.stat().st_mode & 0o001 for folder in path.parents
        )
    return True


def _capabilities() -> int:
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return int(status.partition("CapEff:")[2].split()[0], 16)


def _is_mapped() -> bool:
    """Whether nobody exists here: containers without root have but a few users."""
    try:
        maps = [Path(f"/proc/self/{kind}_map").read_text().split() for kind in ("uid", "gid")]
        allowed = Path("/proc/self/setgroups").read_text().strip() == "allow"
    except OSError:
        return False
    return allowed and all(
        any(
            int(first) <= NOBODY < int(first) + int(count)
            for first, count in zip(row[::3], row[2::3], strict=True)
        )
        for row in maps
    )
