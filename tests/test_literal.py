"""Data as Python: what is written can be pasted, and makes the same again."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from hypothesis.extra import pandas as hpd

from kata.grading import same_answer
from kata.literal import expression

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.just(math.nan)  # one of the many: a NaN's other bits have no name in Python
    | st.text(max_size=5)
    | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def pasted(text: str) -> Any:
    """What Python makes of the text, with the libraries at hand."""
    return eval(text, {"np": np, "pd": pd, "datetime": dt})  # noqa: S307 this is what the text is for


def same(one: Any, other: Any) -> None:
    """Assert that two values are equal in type, order and every bit that matters."""
    assert type(one) is type(other)
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other, check_exact=True, check_freq=False)
        for label in one if one.columns.is_unique else []:
            same_items(one[label], other[label])
    elif isinstance(one, pd.Series):
        pd.testing.assert_series_equal(one, other, check_exact=True, check_freq=False)
        same_items(one, other)
    elif isinstance(one, pd.Index):
        pd.testing.assert_index_equal(one, other, exact=True)
    else:
        same_answer(one, other, name="value", because="")


def same_items(one: Any, other: Any) -> None:
    """Assert that a column of objects holds objects of the same types."""
    if one.dtype == np.dtype(object):
        assert list(map(type, one)) == list(map(type, other))


FRAMES = hpd.data_frames(
    columns=[
        hpd.column("whole", dtype=np.dtype(np.int64)),
        hpd.column("small", dtype=np.dtype(np.float32)),
        hpd.column("real", dtype=np.dtype(np.float64)),
        hpd.column("flag", dtype=np.dtype(bool)),
        hpd.column("when", dtype=np.dtype("datetime64[ns]")),
        hpd.column("span", dtype=np.dtype("timedelta64[ns]")),
        hpd.column("text", elements=st.text(max_size=3)),
    ],
    index=hpd.range_indexes(max_size=4) | hpd.indexes(dtype=np.dtype(np.int64), max_size=4),
)


@given(FRAMES)
def test_frames_can_be_pasted_with_all_their_types(value: pd.DataFrame) -> None:
    same(pasted(expression(value)), value)


@given(hpd.series(elements=PLAIN, dtype=np.dtype(object), index=hpd.range_indexes(max_size=4)))
def test_a_column_of_anything_can_be_pasted(value: Any) -> None:
    again = pasted(expression(value))
    assert (again.dtype, len(again.index)) == (value.dtype, len(value.index))
    same_answer(value.tolist(), again.tolist(), name="value", because="")


DAY = pd.Timestamp("2024-02-29 12:00:00.000000001")
OF_PANDAS = {
    "a moment": DAY,
    "a moment somewhere": DAY.tz_localize("Europe/Berlin"),
    "a duration": pd.Timedelta(5, "ns"),
    "no moment": pd.NaT,
    "nothing": pd.NA,
    "a period": pd.Period("2024-02", "M"),
    "an interval": pd.Interval(0, 1, closed="left"),
    "a date": dt.date(2024, 2, 29),
    "an empty frame": pd.DataFrame(),
    "rows without columns": pd.DataFrame(index=range(3)),
    "columns without rows": pd.DataFrame({"a": pd.Series(dtype="str"), "b": pd.Series(dtype="i4")}),
    "moments in seconds": pd.DataFrame({"t": np.array(["2024-01-01", "NaT"], "datetime64[s]")}),
    "moments somewhere": pd.Series([DAY, pd.NaT]).dt.tz_localize("UTC"),
    "texts with a gap": pd.Series(["x", None]),
    "nothing but gaps": pd.Series([None, None], dtype="str"),
    "objects": pd.Series(["x", None, float("nan"), 1, True, [1]], dtype=object),
    "texts as objects": pd.Series(["x", "y"], dtype=object),
    "nullable numbers": pd.Series([1, None], dtype="Int64"),
    "nullable truths": pd.Series([True, None], dtype="boolean"),
    "kinds": pd.Series(pd.Categorical(["b", None, "a"], ["b", "a", "c"], ordered=True)),
    "kinds that are numbers": pd.Series(pd.Categorical([2, 1], [2, 1])),
    "periods": pd.Series(pd.period_range("2024-01", periods=2, freq="M")),
    "intervals": pd.Series(pd.interval_range(0, 2)),
    "a named series": pd.Series([1.5], index=["a"], name=("x", 1)),
    "two columns of a name": pd.DataFrame([[1, "x"]], columns=["a", "a"]),
    "labels that are numbers": pd.DataFrame([[1, "x"]], columns=[1, 0]),
    "named labels": pd.DataFrame([[1, 2]], columns=pd.Index(["a", "b"], name="field")),
    "labels of two levels": pd.DataFrame(
        [[1, 2]], columns=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)])
    ),
    "an index of days": pd.DataFrame({"x": [1, 2]}, index=pd.date_range("2024-01-01", periods=2)),
    "a named index": pd.DataFrame({"x": [1]}, index=pd.Index(["r"], name="id")),
    "a stepped index": pd.DataFrame({"x": [1, 2]}, index=range(4, 0, -2)),
    "an index of two levels": pd.Series(
        [1, 2], index=pd.MultiIndex.from_tuples([("a", DAY), ("b", DAY)], names=["k", None])
    ),
    "an index": pd.Index([1.5, 2.5], name="i"),
}


@pytest.mark.parametrize("value", OF_PANDAS.values(), ids=OF_PANDAS)
def test_what_pandas_has_can_be_pasted(value: Any) -> None:
    again = pasted(expression(value))
    if value is pd.NaT or value is pd.NA:
        assert again is value
    elif hasattr(value, "dtypes") or isinstance(value, pd.Index):
        same(again, value)
    else:
        assert (type(again), again) == (type(value), value)


def test_a_frame_reads_as_one_would_write_it() -> None:
    table = pd.DataFrame({"id": [1, 2], "plan": ["x", None], "score": [0.5, float("nan")]})
    assert expression(table) == (
        "pd.DataFrame({'id': [1, 2], 'plan': ['x', np.nan], 'score': [0.5, np.nan]})"
    )


@given(PLAIN)
def test_plain_data_can_be_pasted(value: object) -> None:
    same_answer(value, pasted(expression(value)), name="value", because="")


@given(
    hnp.arrays(
        st.sampled_from([np.float64, np.float32, np.int64, np.int8, np.uint16, np.bool_]),
        hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=3),
    )
)
def test_arrays_can_be_pasted_with_their_dtype_and_shape(value: np.ndarray[Any, Any]) -> None:
    again = pasted(expression(value))
    assert (again.dtype, again.shape) == (value.dtype, value.shape)
    np.testing.assert_array_equal(again, value)


def test_an_array_in_fortran_order_is_pasted_in_fortran_order() -> None:
    value = np.asfortranarray([[1.0, 2.0], [3.0, 4.0]])
    assert pasted(expression(value)).flags.f_contiguous
    assert not pasted(expression(value)).flags.c_contiguous


@pytest.mark.parametrize("value", [np.float64(1.5), np.int8(-3), np.float32("nan"), np.bool_(True)])
def test_numpy_scalars_keep_their_type(value: Any) -> None:
    again = pasted(expression(value))
    assert type(again) is type(value)
    assert again == value or math.isnan(value)
