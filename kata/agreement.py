"""Whether a kata's stub, reference and hints agree; reads texts and runs nothing."""

from __future__ import annotations

import ast
from pathlib import Path

from kata.catalog import Kata
from kata.errors import CatalogError

HINTS = 3
"""Hints that a kata has at least, from nudge to outline."""

TRIVIAL = 12
"""A line of fewer characters than this says nothing of the solution: `return self`, `else:`."""

Signatures = dict[str, str]
"""Each function, class and method by its dotted name, with its parameters as text."""


def complaints(kata: Kata) -> list[str]:
    """What does not agree, one sentence each."""
    stub, reference = _text(kata.stub), _text(kata.solutions / "reference.py")
    return [
        *_signatures_differ(stub, reference),
        *_hints_fail(_text(kata.folder / "hints.md"), reference),
    ]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CatalogError(f"{path} cannot be read: {error.strerror}.") from error


def signatures(text: str) -> Signatures:
    """The functions, classes and methods that a file defines, without annotations.

    Private ones are left out, dunders are not.
    """
    found: Signatures = {}
    _collect(ast.parse(text).body, "", found)
    return found


def _collect(body: list[ast.stmt], prefix: str, found: Signatures) -> None:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if node.name.startswith("_") and not node.name.endswith("__"):
            continue
        name = prefix + node.name
        if isinstance(node, ast.ClassDef):
            found[name] = "class"
            _collect(node.body, f"{name}.", found)
            continue
        for argument in ast.walk(node.args):
            if isinstance(argument, ast.arg):
                argument.annotation = None
        kind = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
        # `unparse` writes the kinds of the parameters as / and *, and their defaults.
        found[name] = f"{kind} {node.name}({ast.unparse(node.args)})"


def _signatures_differ(stub: str, reference: str) -> list[str]:
    asked, given = signatures(stub), signatures(reference)
    return [
        *(
            f"the stub has {asked[name]}, the reference {given.get(name, 'nothing of that name')}"
            for name in asked
            if asked[name] != given.get(name)
        ),
        *(
            f"the reference has {name}, which the stub lacks and which is not private"
            for name in given
            if name not in asked
        ),
    ]


def _hints_fail(hints: str, reference: str) -> list[str]:
    parts = [part.partition("\n")[2].strip() for part in f"\n{hints}".split("\n## ")[1:]]
    found = []
    if len(parts) < HINTS:
        found.append(f"hints.md has {len(parts)} hints, not {HINTS} or more")
    if not all(parts):
        found.append("a hint in hints.md is empty")
    spaced = " ".join(hints.split())
    found.extend(
        f"hints.md gives away a line of the reference: {line}"
        for line in _telling_lines(reference)
        if line in spaced
    )
    return found


def _telling_lines(reference: str) -> list[str]:
    """The lines of code that would give the solution away, spaced singly."""
    tree = ast.parse(reference)
    # What the stub gives away itself, and what is no code.
    idle = {
        number
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr | ast.Import | ast.ImportFrom)
        and (not isinstance(node, ast.Expr) or isinstance(node.value, ast.Constant))
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = (
        " ".join(line.split())
        for number, line in enumerate(reference.splitlines(), 1)
        if number not in idle and not line.lstrip().startswith(("#", "def ", "class "))
    )
    return [line for line in dict.fromkeys(lines) if len(line) >= TRIVIAL]
