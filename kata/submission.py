"""Finds a learner's file, reads it, and tells whether it has been started; imports nothing of kata.

The worker uses `is_unfinished` too, since only there may hostile text meet the parser.
"""

from __future__ import annotations

import ast
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

LINE_END = re.compile("\r\n|\r|\n")
"""What ends a line of Python; str.splitlines breaks lines at form feeds and others, too."""

SIZE_LIMIT = 1 << 20
"""Bytes that a submission may have: thirty times what any task here needs."""


class Unreadable(Exception):
    """The file cannot be taken as a submission; the text says why, for the learner."""


@dataclass(frozen=True, slots=True)
class Source:
    """A learner's file as it was when it was read."""

    path: Path
    text: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes, as hexadecimal digits."""
        return hashlib.sha256(self.text).hexdigest()

    @property
    def lines(self) -> list[str]:
        """The lines as Python counts them."""
        return LINE_END.split(self.text.decode("utf-8-sig", errors="replace"))

    def line(self, number: int) -> str:
        """Line `number`, counted from 1, without its indentation; empty when there is none."""
        lines = self.lines
        return lines[number - 1].strip() if 1 <= number <= len(lines) else ""


def read(path: Path) -> Source:
    """Read a submission; raise Unreadable for what is not a text file of a sensible size."""
    name = path.name
    try:
        # O_NONBLOCK: opening a named pipe would otherwise wait for a writer for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except FileNotFoundError:
        raise Unreadable(f"There is no {name}.") from None
    except OSError as error:
        raise Unreadable(f"{name} cannot be opened: {error.strerror}.") from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        kind = "a folder" if stat.S_ISDIR(mode) else "not a regular file"
        raise Unreadable(f"{name} is {kind}; it must be a Python file.")
    with os.fdopen(descriptor, "rb") as file:
        # Read one byte more than allowed: the size on record may lie, or change meanwhile.
        text = file.read(SIZE_LIMIT + 1)
    if len(text) > SIZE_LIMIT:
        raise Unreadable(f"{name} is larger than {SIZE_LIMIT >> 20} MiB.")
    return Source(path, text)


def is_unfinished(tree: ast.Module) -> bool:
    """Whether every function in the tree still is what the stub has: NotImplementedError.

    A docstring may stand before it. A file without any function is not a stub.
    """
    functions = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return bool(functions) and all(_only_raises(function) for function in functions)


def stated_complexity(tree: ast.Module) -> str:
    """The text that a line COMPLEXITY = "..." gives; empty when there is none."""
    for node in tree.body:
        match node:
            case ast.Assign(
                targets=[ast.Name(id="COMPLEXITY")], value=ast.Constant(value=str(text))
            ):
                return text[:1000]
    return ""


def _only_raises(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    body = function.body
    if ast.get_docstring(function, clean=False) is not None:
        body = body[1:]
    if len(body) != 1 or not isinstance(body[0], ast.Raise):
        return False
    raised = body[0].exc
    if isinstance(raised, ast.Call):
        raised = raised.func
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
