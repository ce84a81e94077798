"""How alike two files are when names, comments and layout are left out; pure.

A file's shape is the set of short runs of nodes of its syntax tree, in the manner of MOSS. It is
only made of text that a worker has parsed before, since a parser can be made to crash.
"""

from __future__ import annotations

import ast
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

RUN = 8
"""Nodes of a run: shorter ones are in every program, longer ones miss every small edit."""

LEAST = 30
"""Runs that a shape must have; two files of a few lines are alike by chance."""

ALIKE = 0.9
"""The part of all their runs that two shapes must share to be called near-identical."""

LONGEST = 200_000
"""Bytes of a file that are worth a shape."""

BUCKETS = 4096
COARSE = 0.8
"""Shapes are compared in these buckets first, and in full where that comes close."""

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Files of which each is near-identical to another one of them."""

    names: tuple[str, ...]
    least: float
    """The least alike two of those that were found to be near-identical, from ALIKE to 1."""


def shape(text: bytes) -> Shape:
    """The runs of a file as sorted numbers; empty when it is not Python, too long or too short."""
    if len(text) > LONGEST:
        return ()
    try:
        nodes = list(_nodes(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    runs = {
        zlib.crc32(" ".join(nodes[start : start + RUN]).encode("utf-8", "replace"))
        for start in range(len(nodes) - RUN + 1)
    }
    return tuple(sorted(runs)) if len(runs) >= LEAST else ()


def _nodes(node: ast.AST) -> Iterator[str]:
    """The nodes as words, in order. Names that the writer chose are left out."""
    match node:
        case ast.Load() | ast.Store() | ast.Del() | ast.Import() | ast.ImportFrom():
            return
        case ast.Expr(value=ast.Constant(value=str())):
            return  # a docstring, or a comment in the form of one
        case ast.AnnAssign(target=target, value=value):
            yield "Assign"
            for part in (target, value):
                if part is not None:
                    yield from _nodes(part)
            return
        case ast.arg():
            yield "arg"
            return
        case ast.Constant(value=value):
            yield f"Constant:{value!r:.40}"
        case ast.Attribute(attr=name, value=ast.Name(id=owner)) if owner != "self":
            yield f"Attribute:{name}"
        case _:
            yield type(node).__name__
    for name, field in ast.iter_fields(node):
        if name == "returns":
            continue  # an annotation
        for child in field if isinstance(field, list) else [field]:
            if isinstance(child, ast.AST):
                yield from _nodes(child)


def groups(shapes: Mapping[str, Shape]) -> list[Group]:
    """The files that are near-identical, the largest group first."""
    same: dict[Shape, list[str]] = {}
    for name, one in shapes.items():
        if one:
            same.setdefault(one, []).append(name)
    kinds = list(same)
    leader = list(range(len(kinds)))
    least = [1.0] * len(kinds)

    def lead(number: int) -> int:
        while leader[number] != number:
            number = leader[number]
        return number

    for left, right in _candidates(kinds):
        score = _shared(kinds[left], kinds[right])
        if score >= ALIKE:
            first, second = sorted((lead(left), lead(right)))
            leader[second] = first
            least[first] = min(least[first], least[second], score)
    found: dict[int, list[str]] = {}
    for number, kind in enumerate(kinds):
        found.setdefault(lead(number), []).extend(same[kind])
    made = [
        Group(tuple(sorted(names)), least[number])
        for number, names in found.items()
        if len(names) > 1
    ]
    return sorted(made, key=lambda group: (-len(group.names), group.names))


def _shared(one: Shape, other: Shape) -> float:
    common = len(set(one) & set(other))
    return common / (len(one) + len(other) - common)


def _candidates(kinds: Sequence[Shape]) -> Iterator[tuple[int, int]]:
    """Pairs that share most of their buckets: a thousand files in a fraction of a second."""
    table = np.zeros((len(kinds), BUCKETS), dtype=np.float32)
    for row, kind in enumerate(kinds):
        table[row, np.array(kind, dtype=np.int64) % BUCKETS] = 1
    sizes = table.sum(axis=1)
    for row in range(len(kinds)):
        common = table[row + 1 :] @ table[row]
        alike = common / (sizes[row] + sizes[row + 1 :] - common)
        for offset in np.flatnonzero(alike >= COARSE):
            yield row, row + 1 + int(offset)
