"""What tests name beside the fixtures: the repository with its answers, and kata as a command."""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kata import catalog, repository
from kata.proxy import Bench

ROOT = Path(__file__).parent.parent

# In a learner's clone the answers are hidden, and unpacked here for as long as the tests run.
_UNPACKED = contextlib.ExitStack()
atexit.register(_UNPACKED.close)
KATAS = _UNPACKED.enter_context(repository.with_solutions(ROOT, catalog.find(ROOT)))
"""The project's own katas."""

SOLUTIONS = KATAS[0].solutions.parent
"""Where their answers are."""

Kept = Callable[[str], Bench]
"""The type of the fixture `bench`."""


def kata(
    *arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `kata` as a command, and wait for it."""
    if cwd == ROOT:
        # What tests grade here is nobody's attempt, and hides no answers while others need them.
        env = {**(env or os.environ), "CI": "true"}
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
