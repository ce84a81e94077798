"""Complexities as people write them, "O(n * k * d)": read without running them; pure."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

LENGTH_LIMIT = 120
"""Characters of a complexity: more would be a program."""

EXAMPLE = 'COMPLEXITY = "O(n * log(n))"'


class Unclear(Exception):
    """The text is no complexity; the message says what may stand there."""

    def __init__(self) -> None:
        super().__init__(
            f"It takes names, numbers, +, *, ** and log, as in {EXAMPLE}, and is no more than "
            f"{LENGTH_LIMIT} characters long."
        )


@dataclass(frozen=True, slots=True)
class Complexity:
    """A law such as n * k * log(n), as it was written."""

    text: str
    _tree: ast.expr

    @classmethod
    def parse(cls, text: str) -> Complexity:
        """Read a law, with or without the O( ) around it; Unclear when it is none."""
        inner = re.fullmatch(r"\s*(?:O\((.*)\)|(.*))\s*", text)
        if inner is None or not text.isascii() or len(text) > LENGTH_LIMIT:
            raise Unclear
        law = inner[1] if inner[1] is not None else inner[2]
        try:
            tree = ast.parse(law.strip(), mode="eval").body
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            raise Unclear from None
        _power(tree, "")  # all of it is of a kind that is known, or Unclear is raised
        return cls(f"O({law.strip()})", tree)

    def power(self, name: str) -> float:
        """The power with which the law grows in this name, all others fixed; a log counts as 0."""
        return _power(self._tree, name)


def _power(node: ast.expr, name: str) -> float:
    match node:
        case ast.Name(id=found):
            return 1.0 if found == name else 0.0
        case ast.Constant(value=int() | float()):
            return 0.0
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _power(left, name) + _power(right, name)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return max(_power(left, name), _power(right, name))
        case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=int() | float() as to)):
            return _power(left, name) * to
        case ast.Call(func=ast.Name(id="log"), args=[inner], keywords=[]):
            _power(inner, name)
            return 0.0
        case _:
            raise Unclear
