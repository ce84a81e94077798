"""What tests name beside the fixtures: the repository's root, and kata as a command."""

from __future__ import annotations

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
