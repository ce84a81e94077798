"""What a grader tests, as its text says: imports nothing of kata but catalog, loads no grader."""

from __future__ import annotations

import ast

from kata.catalog import Kata


def properties(kata: Kata) -> list[tuple[str, str]]:
    """Names and docstrings of a grader's properties, in its order.

    Empty where the grader cannot be read or parsed: whoever imports it says what is wrong.
    """
    try:
        tree = ast.parse(kata.grader.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return []
    return [
        (node.name, ast.get_docstring(node) or "")
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
