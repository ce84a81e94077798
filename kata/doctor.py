"""What this machine has for grading, and what that means; asks the system and prints nothing."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from kata import fence, landlock, privilege, processor, sandbox
from kata.fence import Level
from kata.privilege import Change

PACKAGES = ("numpy", "pandas", "pytest", "hypothesis", "click")

MEANINGS = {
    Level.NONE: (
        "Your code runs in a process of its own with limits on time, memory and output. That is "
        "enough for mistakes. It can read your files and use the network, as any program you start."
    ),
    Level.SECCOMP: (
        "Your code cannot use the network, start programs or touch other processes. It can read "
        "and write files as you can."
    ),
    Level.LANDLOCK: (
        "Your code can read Python, the system's libraries and the folder of its exercise, and "
        "can write nowhere. It cannot use the network, start programs or touch other processes."
    ),
    Level.BUBBLEWRAP: (
        "Your code sees Python, the system's libraries and the exercises; your other files, other "
        "processes and the network do not exist for it. It can write nowhere and start nothing."
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that this machine has or lacks."""

    what: str
    says: str


def examine(root: Path) -> list[Finding]:
    """What there is, in the order in which it is worth reading."""
    level = sandbox.strongest()
    findings = [
        Finding("sandbox", str(level)),
        Finding("", MEANINGS[level]),
        *(
            Finding(f"no {missing}", f"{sandbox.lack(missing)}.")
            for missing in Level
            if missing > level
        ),
        Finding("landlock", _landlock()),
    ]
    if os.geteuid() == 0:
        findings.append(
            Finding("root", _root(privilege.plan(fence.python_paths(str(root))), level))
        )
    return [
        *findings,
        Finding("python", f"{platform.python_version()} at {sys.executable}"),
        *(Finding(name, _version(name)) for name in PACKAGES),
        Finding(
            "git", shutil.which("git") or "not found; nothing here needs it but your own history"
        ),
        Finding("cores", f"{processor.cores()}"),
    ]


def _landlock() -> str:
    version = landlock.version()
    if not version:
        return "not in this kernel"
    return f"version {version}" + (
        ""
        if version >= 6
        else "; from 6 on it also keeps signals in" + ("" if version >= 4 else ", from 4 on TCP")
    )


def _root(change: Change, level: Level) -> str:
    """What becomes of a worker that root starts."""
    if level is Level.BUBBLEWRAP:
        return "you are root; your code runs without root's rights."
    if not change.becomes_nobody:
        return "you are root, and there is no nobody; your code runs as you, without your rights."
    if not change.keeps_reading:
        return "you are root; your code runs as the user nobody."
    told = "Landlock keeps it to what it needs" if level is Level.LANDLOCK else "even your files"
    return (
        "you are root; your code runs as the user nobody. Python is installed where nobody cannot "
        f"read it, so your code may read what root may: {told}."
    )


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
