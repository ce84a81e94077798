"""Finds whose files are to be graded: names and paths, in order; reads no submission."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kata.errors import UsageError


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's file, which need not exist."""

    name: str
    path: Path
    fault: str = ""
    """Why the file must not be read, as a sentence; empty where it may be."""


def find(arguments: Sequence[str], slug: str) -> tuple[Entry, ...]:
    """The submissions for one kata that files, folders and patterns stand for.

    A folder holds a folder or a file a person. Names are those of the folders or files, and
    the paths where two would have the same one. Raises UsageError for what is not there.
    """
    entries: dict[Path, Entry] = {}
    for argument in arguments:
        try:
            for path in _expanded(argument):
                for entry in _of(path, slug):
                    entries.setdefault(entry.path.absolute(), entry)
        except PermissionError as error:
            raise UsageError(f"{error.filename} cannot be read: {error.strerror}.") from error
    named = Counter(entry.name for entry in entries.values())
    return tuple(
        replace(entry, name=_text(str(entry.path) if named[entry.name] > 1 else entry.name))
        for entry in entries.values()
    )


def passed_over(arguments: Sequence[str], slug: str, results: Sequence[Path]) -> tuple[str, ...]:
    """The names of files in these folders that are nobody's submission, since they are no .py.

    What lies beside a file in a person's own folder is not among them, nor are the files of
    `results`, which the grading itself writes.
    """
    names: dict[str, None] = {}
    own = {path.resolve() for path in results}  # the same file has many paths
    for argument in arguments:
        for path in _expanded(argument):
            if path.is_dir() and not (path / f"{slug}.py").exists():
                names |= {
                    _text(each.name): None
                    for each in sorted(path.iterdir())
                    if each.is_file() and each.resolve() not in own
                }
    return tuple(name for name in names if not name.startswith((".", "_")) and name[-3:] != ".py")


def _text(name: str) -> str:
    """The name as text that can be written down; on the disk it may be any bytes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _expanded(argument: str) -> list[Path]:
    """The paths that a pattern stands for; a path that is there stands for itself."""
    path = Path(argument)
    if path.exists():
        return [path]
    # Not Path.glob: that wants the fixed part of an absolute pattern to be named apart.
    found = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207
    if not found:
        raise UsageError(f"There is no file or folder {argument}.")
    return [Path(each) for each in found]


def _of(path: Path, slug: str) -> Iterator[Entry]:
    if not path.is_dir():
        # A folder a person, and the pattern ended in the file: people/*/kmeans.py.
        yield Entry(path.absolute().parent.name if path.stem == slug else path.stem, path)
    elif (path / f"{slug}.py").exists():
        yield _inside(path, Entry(path.absolute().name, path / f"{slug}.py"))
    else:
        people = sorted(each for each in path.iterdir() if not each.name.startswith((".", "_")))
        entries = [
            Entry(each.name, _file(each, slug)) if each.is_dir() else Entry(each.stem, each)
            for each in people
            if each.is_dir() or each.suffix == ".py"
        ]
        if not entries:
            raise UsageError(
                f"{path} holds no submission: a folder a person with {slug}.py in it is expected, "
                "or a .py file a person."
            )
        yield from (_inside(path, entry) for entry in entries)


def _file(folder: Path, slug: str) -> Path:
    """The file of a person's folder: the one that is asked for, or else the only one."""
    asked = folder / f"{slug}.py"
    try:
        if asked.exists():
            return asked
        # A Mac leaves "._answer.py" beside answer.py on disks that are no Mac's.
        others = [path for path in folder.glob("*.py") if not path.name.startswith(".")]
    except PermissionError:
        return asked  # whoever reads it is told why it cannot be opened
    return others[0] if len(others) == 1 else asked


def _inside(folder: Path, entry: Entry) -> Entry:
    """The entry, faulty where a link leads out of the folder: its text would get into a report."""
    try:
        if entry.path.resolve().is_relative_to(folder.resolve()):
            return entry
    except RuntimeError:  # what Python before 3.13 says of links in a circle
        return replace(entry, fault=f"{entry.path.name} is a link that leads back to itself.")
    return replace(entry, fault=f"{entry.path.name} is a link out of the folder that is graded.")
