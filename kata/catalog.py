"""Finds the katas of a repository and reads what their kata.toml says; runs nothing."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kata.errors import CatalogError, UsageError
from kata.policy import Rules

DIFFICULTIES = ("Easy", "Medium", "Hard")


@dataclass(frozen=True, slots=True)
class Kata:
    """One exercise: where its files are, and the facts of its kata.toml."""

    slug: str
    root: Path
    difficulty: str
    question: str
    focus: tuple[str, ...]
    minutes: int
    topics: tuple[str, ...]
    requires: tuple[str, ...]
    forbidden: Rules
    repeatable: tuple[str, ...] = ()
    """Functions of which the task says that equal calls get equal answers, to the last bit."""
    steady: tuple[str, ...] = ()
    """Those of them whose answers are to be equal in every process of Python, which has another
    order for a set of strings. What may differ in a rounding or in the order of a dict is not."""
    answers: Path | None = None
    """Where the solutions of all katas lie, if not in the repository's own folder."""

    @property
    def folder(self) -> Path:
        """What the learner sees: the stub, the hints, the data."""
        return self.root / "exercises" / self.slug

    @property
    def stub(self) -> Path:
        """The file that the learner edits in place."""
        return self.folder / f"{self.slug}.py"

    @property
    def grader(self) -> Path:
        """The file with the properties."""
        return self.root / "graders" / f"test_{self.slug}.py"

    @property
    def solutions(self) -> Path:
        """The folder with the reference, the notes and the proof of the grader."""
        return (self.answers or self.root / "solutions") / self.slug


def find_root(start: Path) -> Path:
    """The repository around `start`: the nearest folder that holds exercises/ and graders/.

    Raises UsageError when there is none.
    """
    for folder in (start, *start.parents):
        if (folder / "exercises").is_dir() and (folder / "graders").is_dir():
            return folder
    raise UsageError(
        f"No katas here: neither {start} nor a folder above it holds exercises/ and graders/. "
        "Change into your clone and try again."
    )


def find(root: Path) -> tuple[Kata, ...]:
    """All katas below root, from easy to hard, the shorter first."""
    katas = [read(path) for path in (root / "exercises").glob("*/kata.toml")]
    if not katas:
        raise CatalogError(f"{root / 'exercises'} holds no kata: no folder in it has a kata.toml.")
    return tuple(sorted(katas, key=lambda k: (DIFFICULTIES.index(k.difficulty), k.minutes, k.slug)))


def choose(katas: tuple[Kata, ...], slug: str) -> Kata:
    """The kata of that name; UsageError suggests the nearest name when there is none."""
    for kata in katas:
        if kata.slug == slug:
            return kata
    names = [kata.slug for kata in katas]
    near = difflib.get_close_matches(slug, names, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(names)}."
    raise UsageError(f"No kata is called {slug!r}. {hint}")


def read(path: Path) -> Kata:
    """The kata whose kata.toml is at `path`; CatalogError names the file and the key at fault."""
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogError(f"{path}: cannot be read as TOML: {error}") from error
    table = _Table(path, facts)
    forbidden = _Table(path, table.take("forbidden", dict, {}), "forbidden.")
    kata = Kata(
        slug=path.parent.name,
        root=path.parents[2],
        difficulty=table.take("difficulty", str),
        question=table.take("question", str),
        focus=table.take_strings("focus"),
        minutes=table.take("minutes", int),
        topics=table.take_strings("topics"),
        requires=table.take_strings("requires"),
        repeatable=table.take_strings("repeatable", ()),
        steady=table.take_strings("steady", ()),
        forbidden=Rules(
            imports=forbidden.take_strings("imports", ()),
            calls=forbidden.take_strings("calls", ()),
        ),
    )
    table.must_be_empty()
    forbidden.must_be_empty()
    if kata.difficulty not in DIFFICULTIES:
        raise CatalogError(f"{path}: difficulty must be one of {', '.join(DIFFICULTIES)}.")
    if not kata.slug.isidentifier():
        raise CatalogError(f"{path.parent}: the folder's name must be a Python identifier.")
    if not set(kata.steady) <= set(kata.repeatable):
        raise CatalogError(f"{path}: what is steady must be among what is repeatable.")
    if kata.minutes <= 0:
        raise CatalogError(f"{path}: minutes must be positive.")
    return kata


class _Table:
    """A TOML table that is used up key by key, so that a misspelt key cannot pass unseen."""

    def __init__(self, path: Path, facts: dict[str, Any], prefix: str = "") -> None:
        self._path, self._facts, self._prefix = path, dict(facts), prefix

    def take(self, key: str, kind: type, default: Any = None) -> Any:
        value = self._facts.pop(key, default)
        if value is None:
            raise CatalogError(f"{self._path}: the key {self._prefix}{key} is missing.")
        if not isinstance(value, kind) or isinstance(value, bool):
            name = {str: "text", int: "a whole number", dict: "a table", list: "a list"}[kind]
            raise CatalogError(f"{self._path}: {self._prefix}{key} must be {name}.")
        return value

    def take_strings(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        values = self.take(key, list, None if default is None else list(default))
        if not all(isinstance(value, str) for value in values):
            raise CatalogError(f"{self._path}: {self._prefix}{key} must be a list of texts.")
        return tuple(values)

    def must_be_empty(self) -> None:
        if self._facts:
            names = ", ".join(self._prefix + key for key in self._facts)
            raise CatalogError(f"{self._path}: unknown key {names}.")
