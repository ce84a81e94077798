"""The git repository around the katas: pristine stubs, hidden solutions; all that asks git.

Where there is no git, or the folder came as a ZIP, each function says so or does without.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kata.catalog import Kata
from kata.errors import UsageError
from kata.submission import is_unfinished

SOLUTIONS = "solutions"
AUTHOR = "kata.author"
"""The entry in the clone's own git config that says whose it is."""

PATTERNS = ("/*", f"!/{SOLUTIONS}/")
"""What of the repository a learner's working tree has, as git's sparse-checkout puts it."""


class GitError(UsageError):
    """Git is not there, or did not do what it was asked for; the text has its own words."""


def git(
    root: Path,
    *arguments: str,
    given: bytes | None = None,
    env: Mapping[str, str] | None = None,
    check: bool = True,
) -> bytes:
    """What `git` prints in `root`. Raises GitError when it is missing or, with `check`, fails.

    `given` is what it reads; `env` is what its environment has besides this process's own.
    """
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            check=False,
            input=given,
            env={**os.environ, **(env or {})},
        )
    except FileNotFoundError:
        raise GitError("git is not installed, and this needs it.") from None
    if done.returncode and check:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["it says nothing."]
        # The cause comes first, and advice of several lines may come after it.
        causes = [line.removeprefix("fatal: ") for line in said if line.startswith("fatal: ")]
        raise GitError(f"git {arguments[0]}: {[*causes, said[-1]][0]}")
    return done.stdout


def need_solutions(root: Path) -> None:
    """Raise UsageError where the solutions are not in sight, which contributors' commands need."""
    if not (root / SOLUTIONS).is_dir():
        raise UsageError("solutions/ is put away here. Run make author first: it brings it back.")


def is_clone(root: Path) -> bool:
    """Whether `root` is the top of a git working tree that has a commit."""
    try:
        top = git(root, "rev-parse", "--show-toplevel").decode().rstrip("\n")
        git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    except GitError:
        return False
    return Path(top).resolve() == root.resolve()


def commit(root: Path) -> str:
    """What the clone has checked out, "-dirty" behind it where files differ; empty for no clone."""
    if not is_clone(root):
        return ""
    return git(root, "describe", "--always", "--dirty", "--exclude=*").decode().strip()


def pristine(kata: Kata) -> bytes:
    """The newest stub that was ever committed as the kata's file.

    Raises GitError when history has none, or there is no history.
    """
    path = kata.stub.relative_to(kata.root).as_posix()
    if not is_clone(kata.root):
        raise GitError(
            f"{kata.root} is no git clone, so it has no history to take the stub from. "
            f"Copy {path} from a fresh download."
        )
    # The full history: where an update has kept the learner's file, git would follow theirs alone.
    log = git(kata.root, "log", "--full-history", "--date-order", "--format=%H", "--", path)
    stubs: dict[bytes, None] = {}
    for commit in reversed(log.decode().split()):
        with contextlib.suppress(GitError):  # the commit that removed the file does not have it
            text = git(kata.root, "show", f"{commit}:{path}")
            if is_stub(text):
                # A learner may have committed an old stub, after a reset: it counts as old.
                stubs.setdefault(text)
    if stubs:
        return list(stubs)[-1]
    raise GitError(f"No committed version of {path} is a stub. Fetch the project's own history.")


def is_stub(text: bytes) -> bool:
    """Whether this is a stub as it comes: nothing in it has been written yet."""
    try:
        return is_unfinished(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False  # a learner committed something that is not Python


def hide_solutions(root: Path) -> str:
    """Take solutions/ out of a learner's working tree; return one line that says so.

    Nothing is done, and the line is empty, where it has been done before, where the clone is a
    contributor's, where somebody has chosen a sparse checkout of their own, and where anything in
    solutions/ differs from what is committed. History keeps all of it.
    """
    if not (root / SOLUTIONS).is_dir():
        return ""
    if not is_clone(root):
        return (
            f"{SOLUTIONS}/ stays in sight: this is no git clone, and only git can put it away "
            "and bring it back."
        )
    if is_author(root) or _config(root, "core.sparseCheckout") == "true":
        return ""
    if git(root, "status", "--porcelain", "--", SOLUTIONS):
        return ""
    git(root, "sparse-checkout", "set", "--no-cone", *PATTERNS)
    return f"{SOLUTIONS}/ is put away now. To see one: make reveal. Contributors: make author."


def claim(root: Path) -> str:
    """Note that this clone is a contributor's, bring solutions/ back, and say so in a line."""
    if not is_clone(root):
        raise GitError(f"{root} is no git clone, so nothing in it is hidden.")
    git(root, "config", "--local", AUTHOR, "true")
    if _config(root, "core.sparseCheckout") == "true":
        git(root, "sparse-checkout", "disable")
    return f"This clone is a contributor's from now on: {SOLUTIONS}/ is there, and stays."


def is_author(root: Path) -> bool:
    """Whether `claim` has been called in this clone."""
    return _config(root, AUTHOR) == "true"


def _config(root: Path, name: str) -> str:
    try:
        return git(root, "config", "--get", name).decode().strip()
    except GitError:
        return ""  # it is not set


def solution(kata: Kata, name: str) -> str:
    """The text of solutions/<slug>/<name>, from the working tree or else from git.

    Raises GitError when neither has it.
    """
    path = kata.solutions / name
    if path.is_file():
        return path.read_text(encoding="utf-8")
    inside = f"{SOLUTIONS}/{kata.slug}/{name}"
    return git(kata.root, "show", f"HEAD:{inside}").decode("utf-8")


@contextlib.contextmanager
def with_solutions(root: Path, katas: Sequence[Kata]) -> Iterator[tuple[Kata, ...]]:
    """The same katas with their answers in reach, also where solutions/ is hidden.

    Hidden ones are unpacked from git outside the repository, and gone when the block ends.
    """
    if (root / SOLUTIONS).is_dir():
        yield tuple(katas)
        return
    with tempfile.TemporaryDirectory(prefix="kata-solutions-") as folder:
        packed = git(root, "archive", "--format=tar", "HEAD", SOLUTIONS)
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        yield tuple(replace(kata, answers=Path(folder) / SOLUTIONS) for kata in katas)
