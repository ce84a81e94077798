"""A world of its own for the fork server, made by the program bwrap where it is installed.

In it there are Python, the system's libraries and the exercises, all of them read-only; no home, no
solutions, no graders, no other process, and no network. Workers are fenced within it as elsewhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from kata import kernel
from kata.fence import SYSTEM_FILES, linked
from kata.privilege import NOBODY

PROBE_SECONDS = 10.0
LINKS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
"""Folders of the system that are links into /usr on most machines."""

ISOLATION = (
    *("--unshare-user", "--unshare-all", "--die-with-parent", "--cap-drop", "ALL"),
    *("--hostname", "kata"),
)


def program() -> str | None:
    """Where bwrap is, None when it is not installed."""
    return shutil.which("bwrap") if kernel.LINUX else None


def command(root: Path, folders: Iterable[Path], info: int | None = None) -> list[str]:
    """The beginning of a command line that runs what follows in a world of its own.

    Of the repository at `root` it holds the package kata and the given folders. bwrap tells about
    itself on the descriptor `info`.
    """
    words = [program() or "bwrap", *ISOLATION]
    if os.geteuid() == 0:
        words += ["--uid", str(NOBODY), "--gid", str(NOBODY)]
    if info is not None:
        words += ["--info-fd", str(info)]
    words += ["--proc", "/proc", "--dev", "/dev", *_read_only("/usr")]
    for path in LINKS:
        if Path(path).is_symlink():
            words += ["--symlink", str(Path(path).readlink()), path]
        else:
            words += _read_only(path)
    for path in SYSTEM_FILES:
        if path.startswith(("/etc", "/sys", "/nix")):
            words += _read_only(path)
    pythons = [Path(sys.base_prefix), Path(os.path.realpath(sys.base_prefix)), Path(sys.prefix)]
    for prefix in dict.fromkeys(pythons):
        if prefix not in (Path("/"), Path("/usr")):
            words += _read_only(prefix)
    for entry in map(Path, sys.path):  # a virtual environment can lend the libraries of another
        if entry.name in ("site-packages", "dist-packages"):
            words += _read_only(entry)
            for target in linked(entry):
                words += _read_only(target)
    # The repository may be below what has been let in: take it out, and put back what is needed.
    words += ["--tmpfs", str(root)]
    for folder in (
        *(prefix for prefix in pythons if root in prefix.parents),
        root / "kata",
        *folders,
    ):
        words += _read_only(folder)
    return [
        *words,
        "--remount-ro",
        str(root),
        "--remount-ro",
        "/dev",
        "--remount-ro",
        "/",
        "--chdir",
        "/",
        "--",
    ]


def trouble(root: Path, environment: dict[str, str]) -> str:
    """Why Python does not run in such a world here; empty when it does."""
    if program() is None:
        return "bwrap is not installed"
    try:
        done = subprocess.run(
            [*command(root, ()), sys.executable, "-I", "-S", "-c", ""],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment,
            timeout=PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bwrap cannot be run: {error}"
    if done.returncode == 0:
        return ""
    said = done.stderr.decode(errors="replace").strip().splitlines()
    return said[-1] if said else f"bwrap ended with exit status {done.returncode}"


def first_process(info: str) -> int:
    """The number, out here, of the first process in there, from what bwrap tells about itself."""
    return int(json.loads(info)["child-pid"])


def number_here(first: int, number: int) -> int:
    """The number out here of the fork server's child that is called `number` in there.

    0 when it has ended, or the kernel does not tell.
    """
    for server in _children(first):
        for child in _children(server):
            with contextlib.suppress(OSError):
                status = Path(f"/proc/{child}/status").read_text(errors="replace")
                names: Sequence[str] = status.partition("NSpid:")[2].partition("\n")[0].split()
                if names and int(names[-1]) == number:
                    return child
    return 0


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def _read_only(path: str | Path) -> list[str]:
    return ["--ro-bind-try", str(path), str(path)]
