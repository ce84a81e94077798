"""Trees that are made of dictionaries, and the rows that reach their nodes; graders share it.

An inner node has the keys feature, threshold, left and right; a row x goes to the left when
x[feature] <= threshold. A node without a feature is a leaf. What a leaf says is up to the grader.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from kata.grading import reject, require

Array = np.ndarray[Any, Any]
Tree = dict[str, Any]


def real(value: object, *, name: str) -> float:
    """Check that the value is a finite number, Python's or NumPy's, and return it."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        reject(f"{name} is not a number.", returned=value, expected="a number")
    require(np.isfinite(value), f"{name} is {value}: it must be finite.", returned=value)
    return float(value)


def whole(value: object, *, name: str) -> int:
    """Check that the value is an integer, Python's or NumPy's, and return it."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        reject(f"{name} is not an integer.", returned=value, expected="an integer")
    return int(value)


def check_form(node: object, d: int, leaf: str, kind: Callable[..., object], path: str) -> None:
    """Check that this node and all below it make a tree for d features.

    `leaf` is the key that a leaf must have, `kind` checks what stands there (`real` or `whole`),
    `path` is how the learner gets at the node.
    """
    if not isinstance(node, dict):
        reject(f"{path} is not a dictionary.", returned=node, expected="a node, which is a dict")
    if "feature" not in node:
        require(leaf in node, f"{path} has neither a feature nor a {leaf}.", returned=node)
        kind(node[leaf], name=f'{path}["{leaf}"]')
        return
    missing = [key for key in ("threshold", "left", "right") if key not in node]
    require(not missing, f"{path} has a feature but not: {', '.join(missing)}.", returned=node)
    feature = whole(node["feature"], name=f'{path}["feature"]')
    require(0 <= feature < d, f'{path}["feature"] is not from 0 to {d - 1}.', returned=node)
    real(node["threshold"], name=f'{path}["threshold"]')
    for side in ("left", "right"):
        check_form(node[side], d, leaf, kind, f'{path}["{side}"]')


def without_own_keys(node: Tree, leaf: str) -> Tree:
    """The node and all below it with the keys of the task alone: others may hold anything."""
    if "feature" not in node:
        return {leaf: node[leaf]}
    sides = {side: without_own_keys(node[side], leaf) for side in ("left", "right")}
    return {"feature": node["feature"], "threshold": node["threshold"], **sides}


def goes_left(node: Tree, X: Array) -> Array:
    """Which rows an inner node sends to the left."""
    left: Array = X[:, int(node["feature"])].astype(float) <= float(node["threshold"])
    return left


@dataclass(frozen=True, slots=True)
class Place:
    """A node of a tree, and the numbers of the rows that reach it."""

    node: Tree
    rows: Array
    depth: int
    path: str

    @property
    def is_leaf(self) -> bool:
        """Whether nothing is below."""
        return "feature" not in self.node

    @property
    def split(self) -> str:
        """What an inner node does, in words."""
        return f"feature {self.node['feature']}, threshold {float(self.node['threshold'])!r}"


def places(tree: Tree, X: Array, path: str = "tree") -> list[Place]:
    """All nodes that rows of X reach, the root first, level by level."""
    found = [Place(tree, np.arange(len(X)), 0, path)]
    for place in found:  # it grows while we look
        if place.is_leaf:
            continue
        left = goes_left(place.node, X[place.rows])
        for side, rows in (("left", place.rows[left]), ("right", place.rows[~left])):
            if len(rows):
                below = f'{place.path}["{side}"]'
                found.append(Place(place.node[side], rows, place.depth + 1, below))
    return found


def thresholds(values: Array) -> tuple[Array, Array]:
    """An order of these values, and the places in it after which a different value follows."""
    order = np.argsort(values, kind="stable")
    ordered = values[order].astype(float)
    return order, np.flatnonzero(ordered[1:] > ordered[:-1])


@st.composite
def neighbours(draw: st.DrawFn, least: int = 2) -> Array:
    """Matrices whose numbers are a few steps of float64 from each other."""
    n, d = draw(st.integers(least, 8)), draw(st.integers(1, 2))
    base = draw(st.sampled_from([1.0, -1.0, 3.0, 1e-5, 999_999.0, -0.1]))
    steps = np.frombuffer(draw(st.binary(min_size=n * d, max_size=n * d)), dtype=np.uint8) % 6
    X: Array = base + steps.reshape(n, d) * np.spacing(base)
    return X


@st.composite
def narrow_integers(draw: st.DrawFn, dtypes: tuple[type[np.integer[Any]], ...]) -> Array:
    """Matrices of one of these types, with numbers whose sums overflow the narrow ones."""
    narrow = np.iinfo(draw(st.sampled_from(dtypes)))
    low, high = max(narrow.min, -(10**6)), min(narrow.max, 10**6)
    n, d = draw(st.integers(2, 10)), draw(st.integers(1, 3))
    numbers = st.one_of(st.integers(low, high), st.sampled_from([high, high - 1, low, low + 1]))
    cells = draw(st.lists(numbers, min_size=n * d, max_size=n * d))
    X: Array = np.array(cells).reshape(n, d).astype(narrow.dtype)
    return X
