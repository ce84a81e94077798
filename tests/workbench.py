"""What tests name beside the fixtures: the repository with its answers, kata as a command."""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import shutil
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


CORE = frozenset({"linear_regression", "kmeans", "messy_dataset", "neural_network", "recommender"})
"""The katas that tests choose among which depend on how many there are."""


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
        # Not select, which knows the first 1,024 descriptors only.
        waiting = select.poll()
        waiting.register(process, select.POLLIN)
        return bool(waiting.poll(60_000))


def lend(clone: Path, level: str = "dev") -> None:
    """Give a clone the packages that are installed here, so that `make setup` finds its work done.

    tests/test_bootstrap.py is where packages are installed for real.
    """
    venv, ours = clone / ".venv", Path(sys.prefix)
    (venv / "bin").mkdir(parents=True)
    (venv / "setup.lock").touch()  # the mark of a .venv of ours
    shutil.copy(ours / "pyvenv.cfg", venv)
    (venv / "lib").symlink_to(ours / "lib")
    for name in ("python", "python3"):
        (venv / "bin" / name).symlink_to(Path(sys.executable).resolve())
    kata = venv / "bin/kata"
    kata.write_text(f"#!{venv}/bin/python\nfrom kata.cli import main\nmain(prog_name='kata')\n")
    kata.chmod(0o755)
    stamp = [str(venv / "bin/python"), str(clone / "kata/bootstrap.py"), "--stamp", level]
    subprocess.run(stamp, check=True)


def children(process: int) -> list[int]:
    """The processes that this one has started and that have not ended; Linux only."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # the thread has ended
            found += map(int, (task / "children").read_text().split())
    return found
