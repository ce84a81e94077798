"""Writes data as Python expressions that make the same data again; pure.

NumPy is np in them, and pandas is pd. What a list alone would make of the right type stands as a
list; anything else says its type.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

IMPORTS = {
    "np.": "import numpy as np",
    "pd.": "import pandas as pd",
    "datetime.": "import datetime",
    "Decimal(": "from decimal import Decimal",
    "zoneinfo.": "import zoneinfo",
}
"""What expressions may need, by what they contain then."""


def expression(value: Any) -> str:
    """A Python expression for plain data, arrays, and the objects of pandas."""
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, np.generic):
        return _scalar(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "np.nan" if math.isnan(value) else ("np.inf" if value > 0 else "-np.inf")
    if isinstance(value, list):
        return _list(value)
    if isinstance(value, tuple):
        return f"({', '.join(map(expression, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{expression(k)}: {expression(v)}" for k, v in value.items()) + "}"
    # A value of pandas can only be here where pandas has been loaded.
    if type(value).__module__.partition(".")[0] == "pandas" and (pd := sys.modules.get("pandas")):
        return _of_pandas(value, pd)
    return repr(value)


def _list(values: Sequence[Any]) -> str:
    return f"[{', '.join(map(expression, values))}]"


def _scalar(value: np.generic) -> str:
    if isinstance(value, np.datetime64 | np.timedelta64):
        return f"np.{type(value).__name__}({_time(value)!r}, {np.datetime_data(value.dtype)[0]!r})"
    return f"np.{value.dtype.name}({expression(value.item())})"


def _time(value: Any) -> str | int:
    """What NumPy makes the same moment or duration of; NaT for none."""
    if np.isnat(value):
        return "NaT"
    return str(value) if isinstance(value, np.datetime64) else int(value.astype(np.int64))


def _array(value: np.ndarray[Any, Any]) -> str:
    if value.size == 0:
        text = f"np.empty({value.shape}, dtype={_dtype(value.dtype)})"
    elif value.dtype.kind in "mM":
        # Texts for both: a list of numbers and "NaT" would be none of durations.
        times = np.reshape([str(_time(one)) for one in value.ravel()], value.shape)
        text = f"np.array({expression(times.tolist())}, dtype={value.dtype.name!r})"
    elif value.dtype in (np.dtype(np.float64), np.dtype(np.int64), np.dtype(np.bool_)):
        text = f"np.array({expression(value.tolist())})"
    else:
        text = f"np.array({expression(value.tolist())}, dtype={_dtype(value.dtype)})"
    fortran = value.flags.f_contiguous and not value.flags.c_contiguous
    return f"np.asfortranarray({text})" if fortran else text


def _dtype(dtype: np.dtype[Any]) -> str:
    if dtype == np.dtype(object):
        return "object"
    return f"np.{dtype.name}" if hasattr(np, dtype.name) else repr(dtype.str)


def _of_pandas(value: Any, pd: Any) -> str:
    if value is pd.NaT:
        return "pd.NaT"
    if value is pd.NA:
        return "pd.NA"
    if isinstance(value, pd.DataFrame):
        columns = [column(value.iloc[:, i]) for i in range(value.shape[1])]
        return frame(value, columns, indexed(value))
    if isinstance(value, pd.Series):
        named = "" if value.name is None else f", name={expression(value.name)}"
        return f"pd.Series({column(value)}{indexed(value)}{named})"
    if isinstance(value, pd.Index):
        return _index(value, pd)
    if isinstance(value, pd.api.extensions.ExtensionArray):
        return _typed(value, pd)
    return f"pd.{value!r}"  # Timestamp, Timedelta, Period, Interval


def frame(value: Any, columns: Sequence[str], index: str) -> str:
    """A DataFrame whose columns are these expressions, with an argument for the index or none."""
    labels = value.columns
    if labels.is_unique and labels.nlevels == 1:
        inner = ", ".join(
            f"{expression(label)}: {text}" for label, text in zip(labels, columns, strict=True)
        )
        text = f"pd.DataFrame({{{inner}}}{index})"
        plain = labels.name is None and (_inferred(list(labels), labels) or labels.empty)
        return text if plain else f"{text}.set_axis({expression(labels)}, axis=1)"
    inner = ", ".join(f"{number}: {text}" for number, text in enumerate(columns))
    return f"pd.DataFrame({{{inner}}}{index}).set_axis({expression(labels)}, axis=1)"


def column(values: Any) -> str:
    """What a Series or a plain Index holds: a list where that makes the same type."""
    items = values.tolist()
    if _inferred(items, values):
        return _list(items)
    pd = sys.modules["pandas"]
    return _array(values.to_numpy()) if _is_plain(values.dtype) else _typed(values.array, pd)


def _is_plain(dtype: Any) -> bool:
    return isinstance(dtype, np.dtype) and dtype.kind != "O"


def _inferred(items: list[Any], values: Any) -> bool:
    """Whether pandas makes the same of the list alone."""
    if not items or values.dtype.kind in "mM":
        return False  # a list of moments is longer to read than an array of them
    made = type(values)(items)
    if made.dtype != values.dtype:
        return False
    return values.dtype.kind != "O" or all(
        type(a) is type(b) for a, b in zip(items, made.tolist(), strict=True)
    )


def _typed(values: Any, pd: Any) -> str:
    """An array of pandas, with its type said."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        kinds = values.categories
        plain = _inferred(kinds.tolist(), kinds)
        ordered = ", ordered=True" if values.ordered else ""
        return (
            f"pd.Categorical({_list(values.tolist())}, "
            f"categories={_list(kinds.tolist()) if plain else expression(kinds)}{ordered})"
        )
    items = values.tolist()
    if str(values.dtype) == "object":
        return objects(_list(items), tuples=any(isinstance(item, tuple) for item in items))
    return f"pd.array({_list(items)}, dtype={str(values.dtype)!r})"


def objects(items: str, *, tuples: bool = False) -> str:
    """A column of objects: of arrays pandas would make texts again, where they hold only texts."""
    return f"pd.Index({items}, dtype=object{', tupleize_cols=False' if tuples else ''})"


def indexed(value: Any) -> str:
    """The argument for an index that is not counted from 0; nothing for one that is."""
    index = value.index
    counted = type(index).__name__ == "RangeIndex" and (index.start, index.step) == (0, 1)
    if counted and index.name is None:
        # Without columns, nothing else says how many rows there are.
        bare = value.ndim == 2 and value.shape[1] == 0 and len(index)
        return f", index=range({len(index)})" if bare else ""
    if type(index).__name__ == "Index" and index.name is None and _inferred(index.tolist(), index):
        return f", index={_list(index.tolist())}"
    return f", index={expression(index)}"


def _index(index: Any, pd: Any) -> str:
    named = "" if index.name is None else f", name={expression(index.name)}"
    if isinstance(index, pd.RangeIndex):
        return f"pd.RangeIndex({index.start}, {index.stop}, {index.step}{named})"
    if isinstance(index, pd.MultiIndex):
        levels = ", ".join(expression(index.get_level_values(i)) for i in range(index.nlevels))
        names = expression(list(index.names))
        return f"pd.MultiIndex.from_arrays([{levels}], names={names})"
    return f"pd.Index({column(index)}{named})"
