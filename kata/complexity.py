"""Complexities as people write and say them, "O(n * k * d)": read without running them; pure."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

LENGTH_LIMIT = 120
"""Characters of a complexity: more would be a program."""

EXAMPLE = 'COMPLEXITY = "O(n * log(n))"'

AGREEMENT = 0.5
"""A claim this close to the measured power is right: the next class lies as far again."""

WORDS = re.compile(r"\b(?:time|space|memory|in|complexity|extra|is)\b|[:=]")
SIGNS = {"^": "**", "²": "**2", "³": "**3", "·": "*", "\N{MULTIPLICATION SIGN}": "*"}


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
        if inner is None or not (text.isascii() and text.isprintable()) or len(text) > LENGTH_LIMIT:
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

    @property
    def names(self) -> frozenset[str]:
        """The sizes that the law speaks of."""
        found = {node.id for node in ast.walk(self._tree) if isinstance(node, ast.Name)}
        return frozenset(found - {"log"})


def agrees(claimed: float, measured: float) -> bool:
    """Whether a claimed power of a size is what was measured, as far as a measurement can tell."""
    return abs(claimed - measured) <= AGREEMENT


def heard(text: str) -> tuple[Complexity, Complexity | None]:
    """The complexities in time and, where it is said, in space, as one says them in a line.

    "O(n k), O(n)" and "n log n time; n^2 space" are understood. Unclear is raised otherwise.
    """
    if len(text) > LENGTH_LIMIT:
        raise Unclear
    for sign, written in SIGNS.items():
        text = text.replace(sign, written)
    parts = [
        part for part in (WORDS.sub(" ", each).strip() for each in _apart(text.lower())) if part
    ]
    if not 1 <= len(parts) <= 2:
        raise Unclear
    laws = [Complexity.parse(_explicit(part)) for part in parts]
    return laws[0], laws[1] if len(laws) == 2 else None


def _apart(text: str) -> list[str]:
    """The parts between commas, semicolons and "and", those in parentheses aside."""
    parts, depth = [""], 0
    for piece in re.findall(r"\band\b|.", text, re.DOTALL):
        depth += (piece == "(") - (piece == ")")
        if depth == 0 and piece in (",", ";", "and"):
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _explicit(text: str) -> str:
    """The law with the signs that people leave out: n log n is n * log(n)."""
    inner = re.fullmatch(r"o\s*\((.*)\)", text)
    law = inner[1] if inner else text
    law = re.sub(r"\blog2?\s+(\w+)", r"log(\1)", law)
    law = re.sub(r"\blog2\(", "log(", law)
    law = re.sub(r"(?<![\w.])(\d+)(?=[a-z])", r"\1*", law)
    # A blank between two factors is a product; `log(` is a call.
    return re.sub(r"(?<=[\w)])\s+(?=[\w(])", " * ", law.strip())


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
