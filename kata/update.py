"""Brings upstream's newest commit into a learner's branch; what they have changed is not touched.

It does not merge texts. Of every file that the learner has changed (in a commit, in the index, in
the working tree, or by having a file of their own in its place) theirs stays as it is, and of every
other file upstream's comes. So there can be no conflict, and nothing of theirs is ever moved away
that would have to be put back: the new commit is made beside the working tree, and then git
replaces the files that equal the last commit, and only those. Killed half way, it is run again.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kata.errors import UsageError
from kata.repository import GitError, git, is_clone

REMOTES = ("upstream", "origin")

MESSAGE = "Bring in upstream's newest commit\n\nWhat was changed here stays as it is (kata update)."

UNDER_WAY = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}

ABSENT = "0" * 40
"""The object of a path that a tree does not have."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a tree has at a path."""

    mode: str
    object: str


Tree = dict[str, Entry]


@dataclass(frozen=True, slots=True)
class Update:
    """What an update has done."""

    remote: str
    commit: str
    """Upstream's newest commit."""
    changed: tuple[str, ...] = ()
    """Paths whose files are upstream's now."""
    kept: tuple[str, ...] = ()
    """Paths that upstream has changed as well, and whose files are the learner's."""
    removed: tuple[str, ...] = ()
    """Those of them that upstream has no more."""
    katas: tuple[str, ...] = ()
    """Names of the katas that are new."""


def update(root: Path) -> Update:
    """Bring the current branch up to date with its upstream, and say what came of it.

    Raises GitError or UsageError, and has changed nothing then, when there is no clone, no branch,
    no remote, no network or no common history, or when something else is under way.
    """
    if not is_clone(root):
        raise GitError(
            f"{root} is no git clone, so nothing can be brought in. Clone the project, and copy "
            "your files in exercises/ there."
        )
    _must_be_idle(root)
    remote = _remote(root)
    head = _line(root, "rev-parse", "HEAD")
    theirs = _fetch(root, remote)
    base = _base(root, head, theirs, remote)
    if base == theirs:
        return Update(remote, theirs)
    before, after = _tree(root, head), _tree(root, theirs)
    shared = _tree(root, base)
    # A path is the learner's when their last commit differs there from what they once got.
    committed = {path for path in _paths(shared, before) if shared.get(path) != before.get(path)}
    merged = {path: entry for path, entry in after.items() if path not in committed}
    merged |= {path: before[path] for path in committed if path in before}
    merged = _without_clashes(merged, before)
    moved = {path for path in _paths(before, merged) if before.get(path) != merged.get(path)}
    git(root, "update-index", "-q", "--refresh", check=False)
    staged = set(_names(root, "diff-index", "--cached", "--name-only", "--no-renames", head))
    edited = set(_names(root, "diff-index", "--name-only", "--no-renames", head))
    in_the_way = {path for path in moved - before.keys() if _occupied(root, path)}
    touched = (staged | edited | in_the_way) & moved
    # To git these paths do not change at all, so it leaves file and index as they are.
    visible = {path: entry for path, entry in merged.items() if path not in touched}
    visible |= {path: before[path] for path in touched if path in before}
    commit = _commit(root, _write(root, merged), head, base, theirs)
    git(root, "read-tree", "-m", "-u", head, _write(root, visible))
    git(root, "update-ref", "-m", "kata update", "HEAD", commit, head)
    _settle(root, merged, touched - staged)
    taken = {p for p in _paths(shared, after) if shared.get(p) != after.get(p)}
    kept = sorted(path for path in taken & (committed | touched) if _differs(root, path, after))
    return Update(
        remote,
        theirs,
        tuple(sorted(moved - touched)),
        tuple(kept),
        tuple(path for path in kept if path not in after),
        tuple(sorted(_katas(after) - _katas(before))),
    )


def _must_be_idle(root: Path) -> None:
    for name, what in UNDER_WAY.items():
        if Path(root, _line(root, "rev-parse", "--git-path", name)).exists():
            raise UsageError(
                f"A {what} is under way in {root}. Finish it, or end it with "
                f"git {what} --abort, then update again."
            )
    if git(root, "ls-files", "--unmerged"):
        raise UsageError("Some files have conflicts that are not settled: see git status.")
    try:
        git(root, "symbolic-ref", "--quiet", "HEAD")
    except GitError:
        raise UsageError(
            "You are on no branch (detached HEAD), where an update would be lost. "
            "Go to yours first: git switch main"
        ) from None


def _remote(root: Path) -> str:
    known = git(root, "remote").decode().split()
    for name in REMOTES:
        if name in known:
            return name
    raise UsageError(
        "This clone knows no remote to update from. Name the project's own repository: "
        "git remote add upstream URL"
    )


def _fetch(root: Path, remote: str) -> str:
    """Fetch the newest commit of the remote's main branch, and return it."""
    try:
        git(root, "fetch", "--quiet", "--no-tags", remote, "HEAD")
    except GitError as error:
        raise GitError(
            f"The remote {remote} cannot be fetched from, so nothing was changed. "
            f"Is the network there, and its address right (git remote -v)? ({error})"
        ) from None
    return _line(root, "rev-parse", "--verify", "FETCH_HEAD^{commit}")


def _base(root: Path, head: str, theirs: str, remote: str) -> str:
    """The commit that both have grown from.

    A repository made from a template has no history of the template's; its first commit then has
    the very tree of a commit there.
    """
    try:
        return _line(root, "merge-base", head, theirs)
    except GitError:
        pass
    firsts = git(root, "log", "--max-parents=0", "--format=%T", head).decode().split()
    for line in git(root, "log", "--format=%H %T", theirs).decode().splitlines():
        commit, tree = line.split()
        if tree in firsts:
            return commit
    raise UsageError(
        f"This branch and {remote} share no history, so nobody can tell what you have changed. "
        "If the clone is shallow: git fetch --unshallow. If not, add the project as upstream."
    )


def _line(root: Path, *arguments: str) -> str:
    return git(root, *arguments).decode(errors="surrogateescape").rstrip("\n")


def _names(root: Path, *arguments: str) -> Iterator[str]:
    told = git(root, *arguments, "-z").decode(errors="surrogateescape")
    return (name for name in told.split("\0") if name)


def _tree(root: Path, commit: str) -> Tree:
    """All files of a commit."""
    found = {}
    for line in _names(root, "ls-tree", "-r", "--full-tree", commit):
        facts, _, path = line.partition("\t")
        mode, _, name = facts.split()
        found[path] = Entry(mode, name)
    return found


def _paths(*trees: Tree) -> set[str]:
    return {path for tree in trees for path in tree}


def _parents(path: str) -> list[str]:
    return [str(parent) for parent in Path(path).parents if str(parent) != "."]


def _without_clashes(merged: Tree, before: Tree) -> Tree:
    """The tree less what upstream has in a folder that is a file of the learner's, or inversely."""
    folders = {parent for path in merged for parent in _parents(path)}
    files = merged.keys() & folders
    return {
        path: entry
        for path, entry in merged.items()
        if path in before or not (path in files or files.intersection(_parents(path)))
    }


def _occupied(root: Path, path: str) -> bool:
    """Whether something of the learner's is where a new file would come."""
    place = root / path
    if os.path.lexists(place):
        return True
    return any(
        os.path.lexists(root / parent) and not (root / parent).is_dir() for parent in _parents(path)
    )


def _write(root: Path, tree: Tree) -> str:
    """Write the tree into git's store, and return its name."""
    lines = (f"{entry.mode} {entry.object}\t{path}\0" for path, entry in sorted(tree.items()))
    with tempfile.TemporaryDirectory(prefix="kata-") as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        text = "".join(lines).encode(errors="surrogateescape")
        git(root, "update-index", "-z", "--index-info", given=text, env=index)
        return git(root, "write-tree", env=index).decode().strip()


def _commit(root: Path, tree: str, head: str, base: str, theirs: str) -> str:
    """The commit to be at: upstream's own where nothing was committed here since."""
    if base == head:
        return theirs
    env: dict[str, str] = {}
    try:
        git(root, "var", "GIT_COMMITTER_IDENT")
    except GitError:  # nobody has told git a name, and an update is no time to ask for one
        for role in ("AUTHOR", "COMMITTER"):
            env |= {f"GIT_{role}_NAME": "kata update", f"GIT_{role}_EMAIL": "kata@localhost"}
    parents = ("-p", head, "-p", theirs)
    made = git(root, "commit-tree", tree, *parents, "-m", MESSAGE, env=env)
    return made.decode().strip()


def _settle(root: Path, merged: Tree, paths: Iterable[str]) -> None:
    """Have the index agree with the new commit where only the learner's file does not."""
    lines = [
        f"{entry.mode} {entry.object}\t{path}\0"
        if (entry := merged.get(path))
        else f"0 {ABSENT}\t{path}\0"
        for path in paths
    ]
    if lines:
        text = "".join(lines).encode(errors="surrogateescape")
        git(root, "update-index", "-z", "--index-info", given=text)


def _differs(root: Path, path: str, tree: Tree) -> bool:
    """Whether the learner's file is another than the tree's."""
    place, entry = root / path, tree.get(path)
    if entry is None or not place.is_file():
        return entry is not None or os.path.lexists(place)
    return _line(root, "hash-object", "--", path) != entry.object


def _katas(tree: Tree) -> set[str]:
    paths = (path.split("/") for path in tree)
    return {p[1] for p in paths if len(p) == 3 and p[0] == "exercises" and p[2] == "kata.toml"}
