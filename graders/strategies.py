"""Hypothesis strategies that the graders share.

Numbers are multiples of 1/8 between -8 and 8, half of them whole: floats hold them exactly, they
read well in a counterexample, and sums and products of a few of them are exact, so that no
tolerance has to cover the data.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

Array = np.ndarray[Any, Any]

INTEGER_DTYPES = (np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32)


def _outwards(most: int) -> list[int]:
    """0, 1, -1, 2, -2 and so on: Hypothesis shrinks towards what comes first."""
    return [0, *(sign * size for size in range(1, most + 1) for sign in (1, -1))]


# A whole matrix is drawn as one string of bytes, which is twenty times as fast as a list of
# numbers. This says which number a byte stands for.
_WHOLE = [float(number) for number in _outwards(8)]
_EIGHTHS = [number / 8 for number in _outwards(64)]
_NUMBERS = np.resize([*_WHOLE, *_EIGHTHS, *_WHOLE * 7], 256)
_SMALL_WHOLE = np.resize([float(number) for number in _outwards(1)], 256)


def eighths() -> st.SearchStrategy[float]:
    """One such number."""
    return st.sampled_from(_EIGHTHS)


def _cells(count: int, table: Array) -> st.SearchStrategy[Array]:
    size = st.binary(min_size=count, max_size=count)
    return size.map(lambda text: table[np.frombuffer(text, dtype=np.uint8)])


def vectors(length: int) -> st.SearchStrategy[Array]:
    """Float vectors of this length."""
    return _cells(length, _NUMBERS)


@st.composite
def matrices(
    draw: st.DrawFn, rows: st.SearchStrategy[int], columns: st.SearchStrategy[int]
) -> Array:
    """Float matrices of the drawn size, in C or Fortran order."""
    n, d = draw(rows), draw(columns)
    matrix = draw(vectors(n * d)).reshape(n, d)
    return np.asfortranarray(matrix) if draw(st.booleans()) else matrix


def signs(n: int, d: int) -> st.SearchStrategy[Array]:
    """Float matrices of shape (n, d) that hold only -1, 0 and 1."""
    return _cells(n * d, _SMALL_WHOLE).map(lambda cells: cells.reshape(n, d))
