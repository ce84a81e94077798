"""What tests name beside the fixtures: the repository's root, and kata as a command."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kata.proxy import Bench

ROOT = Path(__file__).parent.parent

Kept = Callable[[str], Bench]
"""The type of the fixture `bench`."""


def kata(
    *arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `kata` as a command, and wait for it."""
    command = [sys.executable, "-m", "kata", *arguments]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def has_ended(pid: int) -> bool:
    """Whether the process ends, or has ended; a signal sent may need a moment to arrive."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with os.fdopen(process):
        return bool(select.select([process], [], [], 10.0)[0])
