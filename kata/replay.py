"""Which counterexample to replay, as a program beside the learner's file; runs nothing itself."""

from __future__ import annotations

import ast
from pathlib import Path

from kata import outline
from kata.catalog import Kata
from kata.errors import UsageError
from kata.program import file_name
from kata.versions import replace_file

SECONDS = 10
"""Processor time of a replay. A check gives a call two; who reads what they have printed takes
none, nor does a debugger that waits."""


def place(kata: Kata, records: Path) -> Path:
    """Copy a failing example from `records` beside the learner's file; return the copy.

    It is that of the first property that failed, as a check shows it. Raises UsageError when
    there is none.
    """
    programs = [
        records / file_name(kata.slug, name, own=True) for name, _ in outline.properties(kata)
    ]
    failing = [program for program in programs if program.exists()]
    if not failing:
        raise UsageError(
            f"{kata.slug} has no failing input to run again: its last check met none, or did not "
            f"get so far. make check EX={kata.slug} says what it is."
        )
    copy = kata.folder / f"replay_{kata.slug}.py"
    replace_file(copy, failing[0].read_bytes())
    return copy


def title(program: Path) -> str:
    """What the program shows, as its first lines say it."""
    return ast.get_docstring(ast.parse(program.read_text(encoding="utf-8"))) or ""


def debugger(kata: Kata, program: Path) -> list[str]:
    """Arguments to Python that run the program up to the first line of what it calls last."""
    tree = ast.parse(program.read_text(encoding="utf-8"))
    imported = [
        alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == kata.slug
        for alias in node.names
    ]
    line = _first_line(kata, imported, tree)
    return ["-m", "pdb", "-c", f"break {kata.stub}:{line}", "-c", "continue", str(program)]


def _first_line(kata: Kata, imported: list[str], program: ast.Module) -> int:
    """The line of the learner's file where what the program calls last begins to do something."""
    called = [
        name
        for node in ast.walk(program)
        if isinstance(node, ast.Call)
        and (name := getattr(node.func, "attr", None) or getattr(node.func, "id", None))
    ]
    try:
        learners = ast.parse(kata.stub.read_bytes())
    except (OSError, SyntaxError, ValueError) as error:
        raise UsageError(f"{kata.stub} cannot be read as Python: {error}") from error
    functions = {
        node.name: node
        for node in ast.walk(learners)
        if isinstance(node, ast.FunctionDef) and (node.name in called or node.name in imported)
    }
    for name in (*reversed(called), "__init__"):
        if name in functions:
            body = functions[name].body
            documented = ast.get_docstring(functions[name]) is not None and len(body) > 1
            return body[1 if documented else 0].lineno
    raise UsageError(f"{kata.stub} does not define what the counterexample calls.")
