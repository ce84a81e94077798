"""Claims about frames: what they carry, and that no bytes whatever do harm."""

from __future__ import annotations

import datetime as dt
import enum
import itertools
import json
import math
import os
import random
import socket
import struct
import subprocess
import sys
import threading
import tracemalloc
import zoneinfo
from collections import Counter, OrderedDict, defaultdict, namedtuple
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import hypothesis.extra.numpy as hnp
import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from pandas.testing import assert_frame_equal, assert_index_equal, assert_series_equal

from kata import wire
from kata.wire import Handle, Opaque, Unsupported, WireError

ROOT = Path(__file__).resolve().parent.parent
PREFIX = struct.Struct("<4sIQ")

# Examples are drawn from one seed, and how long one takes says more of the machine than of wire.
quickly = settings(
    derandomize=True,
    deadline=None,
    max_examples=80,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def kind(value: object) -> str:
    """What a parameter is called in the name of a test."""
    if isinstance(value, np.ndarray):
        return f"{value.dtype}{value.shape}"
    return type(value).__name__


def framed(value: object) -> tuple[bytes, bytearray]:
    """The header and body of the frame of a value, as they arrive."""
    segments = wire.encode(value)
    first = bytes(segments[0])
    body = bytearray(b"".join(segments[1:]))
    assert PREFIX.unpack(first[: PREFIX.size]) == (b"KWF1", len(first) - PREFIX.size, len(body))
    return first[PREFIX.size :], body


def there_and_back(value: object, *, copy: bool = True) -> Any:
    """What arrives of a value, after a check that it would be sent on as the same bytes."""
    header, body = framed(value)
    arrived = wire.decode(header, body, copy=copy)
    assert framed(arrived) == (header, body)
    return arrived


def identical(left: Any, right: Any) -> bool:
    """Whether two values agree in types, order and every bit."""
    if type(left) is not type(right):
        return False
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(identical, left, right))
    both = left, right
    if isinstance(left, dict):
        parts = [[*each.items()] for each in both]
    elif isinstance(left, np.ndarray):
        flags = [[each.flags.c_contiguous, each.flags.f_contiguous] for each in both]
        items = [each.tolist() if each.dtype.kind == "O" else each.tobytes() for each in both]
        parts = [[each.dtype.str, each.shape] for each in both]
        parts = [[*each] for each in zip(parts, flags, items, strict=True)]
    elif isinstance(left, np.generic):
        parts = [[each.dtype.str, each.tobytes()] for each in both]
    elif isinstance(left, float):
        parts = [[struct.pack(">d", each)] for each in both]
    elif isinstance(left, complex):
        parts = [[each.real, each.imag] for each in both]
    elif isinstance(left, dt.datetime | dt.time):
        parts = [[each.isoformat(), each.fold, each.tzinfo] for each in both]
    elif isinstance(left, Decimal):
        parts = [[str(each)] for each in both]
    else:
        return left is right or bool(left == right)
    return identical(*parts)


# What is carried


def nan(bits: int) -> float:
    value: float = struct.unpack(">d", struct.pack(">Q", bits))[0]
    return value


BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")

VALUES: list[Any] = [
    None,
    True,
    *(0, -1, 2**53, 2**53 + 1, -(2**53) - 1, -(2**64), 1 << 200_000),
    *(1.5, -0.0, 5e-324, math.inf, -math.inf, math.nan, nan(0xFFF8_0000_0000_0001)),
    *(1j, complex(-0.0, math.nan)),
    *("", "ü", "\0", "lone \ud800", "\ud83d\ude00", "x" * 5000, "\udc80ü" * 5000),
    *(b"", b"\0\xff", b"x" * 5000),
    *([], (), {}, set(), frozenset(), [[], ((),), {"a": {}}]),
    *([*range(100)], (0.5, -0.0, math.nan) * 10, [True] * 20, [2**63] * 20, ["a", "ü\ud800"] * 20),
    *(["\0"] * 20, [""] * 20, [None] * 20, [1, 1.0] * 20, [True, 1] * 20),
    {"b": 1, "a": 2, 3: None, 2.5: [], None: {}, (1, ("x", b"y")): 5, frozenset({1}): 6},
    {math.nan: 1},
    {i: float(i) for i in range(100)},
    {str(i): i for i in range(100)},
    *({1, 2, 3}, {"a", "b"}, frozenset({None, 2.5, "x" * 5000, b"y" * 5000, (1, 2)})),
    {tuple(range(50)), frozenset({frozenset({frozenset()})})},
    set(range(1000)),
    dt.date(2024, 2, 29),
    dt.time(1, 2, 3, 4),
    dt.time(1, tzinfo=dt.UTC, fold=1),
    dt.datetime(1, 1, 1),
    dt.datetime(2024, 1, 1, 1, 2, 3, 4, tzinfo=dt.UTC),
    dt.datetime(2024, 10, 27, 2, 30, tzinfo=BERLIN, fold=1),
    dt.datetime(2024, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=-3, microseconds=1), "X")),
    dt.timedelta(-1, 5, 7),
    *(Decimal("1.50"), Decimal("-0E-9"), Decimal("-Infinity"), Decimal("sNaN12")),
    *(np.float64(-0.0), np.float16(1.5), np.float32(np.nan), np.int8(-3), np.uint64(2**64 - 1)),
    *(np.bool_(True), np.complex64(1j), np.str_("ü\0"), np.bytes_(b"a\0"), np.str_("x" * 5000)),
    *(np.datetime64("2024-01-01T00", "h"), np.datetime64("NaT", "s"), np.timedelta64(5, "D")),
    *(Handle(7, "Model"), Handle(1, "method"), Opaque("generator", "<generator>")),
    *(pd.NaT, pd.NA, pd.Timestamp("2024-01-01"), pd.Timestamp("2024-10-27 03:30", tz=BERLIN)),
    *(pd.Timedelta("1D"), pd.Timedelta(1, "ns"), pd.Period("2024-01", "M"), pd.Interval(0, 1)),
]

ARRAYS: list[Any] = [
    np.array(3.5),
    np.arange(6).reshape(2, 3),
    np.asfortranarray(np.arange(24.0).reshape(2, 3, 4)),
    np.zeros((0, 3)),
    np.zeros((3, 0, 2), "i2", order="F"),
    np.zeros((1, 5), order="F"),
    np.array([1, 2], ">f8"),
    np.array(["a", "b\U0010ffff"], ">U3"),
    np.array(["a", "\ud800"]),
    np.zeros(0, "U5"),
    np.array([b"x", b"yz"]),
    np.array(["2024", "NaT"], "M8[D]"),
    np.array([1, 2], "M8[25s]"),
    np.array([1, 2], "m8[h]"),
    np.array([True, False]),
    np.array([[1, None], ["x", [2]]], object),
    np.asfortranarray(np.array([[1, None], ["x", [2]]], object)),
    np.array(None, object),
    np.zeros((0, 2), object),
    np.arange(10, dtype=np.longlong),
]


@pytest.mark.parametrize("value", VALUES, ids=kind)
def test_a_value_arrives_as_it_was_sent(value: Any) -> None:
    assert identical(there_and_back(value), value)
    assert identical(there_and_back([value, (value,)]), [value, (value,)])


@pytest.mark.parametrize("array", ARRAYS, ids=kind)
@pytest.mark.parametrize("copy", [True, False])
def test_an_array_keeps_dtype_shape_order_and_bits(array: Any, copy: bool) -> None:
    assert identical(there_and_back(array, copy=copy), array)


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(2**80), 2**80),
    st.floats(),
    st.complex_numbers(allow_nan=False),
    st.text(st.characters(codec=None), max_size=8),
    st.binary(max_size=8),
    st.dates(),
    st.datetimes(),
    st.timedeltas(),
    st.decimals(allow_nan=False, places=3),
    hnp.from_dtype(np.dtype("f4")),
    hnp.from_dtype(np.dtype("M8[us]")),
)
dtypes = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(),
    hnp.unsigned_integer_dtypes(),
    hnp.floating_dtypes(sizes=(16, 32, 64)),
    hnp.complex_number_dtypes(sizes=(64, 128)),
    hnp.unicode_string_dtypes(max_len=4),
    hnp.byte_string_dtypes(max_len=4),
    hnp.datetime64_dtypes(),
    hnp.timedelta64_dtypes(),
)
arrays = st.builds(
    np.asarray,
    hnp.arrays(dtypes, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)),
    order=st.sampled_from("CF"),
)
keys = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4), st.binary(max_size=4)),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=3,
)
nested = st.recursive(
    scalars | arrays,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=2).map(lambda items: items * 10),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(keys, inner, max_size=4),
        st.sets(keys, max_size=4),
        st.frozensets(keys, max_size=4),
    ),
    max_leaves=12,
)


@quickly
@given(nested)
def test_any_nested_value_arrives_as_it_was_sent(value: Any) -> None:
    assert identical(there_and_back(value), value)


def typed(items: Any, dtype: Any) -> Any:
    """An array of pandas; untyped, for its stubs know it by many names."""
    return pd.array(items, dtype=dtype)


def mixed(rows: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "a": np.arange(rows) / 7,
            "b": np.arange(rows),
            "c": [f"x{row}" for row in range(rows)],
            "d": pd.date_range("2024", periods=rows),
            "e": np.arange(rows) % 2 == 0,
            "f": pd.Categorical(["u" if row % 2 else "v" for row in range(rows)]),
            "g": typed([None if row % 2 else row for row in range(rows)], "Int64"),
        }
    )


def times(unit: str) -> Any:
    return np.array([1, "NaT", -5], f"M8[{unit}]")


THINGS = [None, math.nan, pd.NaT, pd.NA, "x", 1, [1], {"a": 1}, np.float32(3), BERLIN.key, ()]

FRAMES = {
    "mixed": mixed(40),
    "empty": pd.DataFrame(),
    "no rows": pd.DataFrame({"a": [], "b": pd.array([], dtype="str")}),
    "no columns": pd.DataFrame(index=[3, 1, 2]),
    "objects": pd.DataFrame({"o": pd.Series(THINGS, dtype=object)}),
    "objects that are text": pd.DataFrame({"o": pd.Series(["a"] * 20, dtype=object)}),
    "text": pd.DataFrame({kind: typed(["a", None, "ü\0"] * 7, kind) for kind in ("str", "string")}),
    "categories": pd.DataFrame(
        {
            "unsorted": pd.Categorical([3, 1, None, 3], categories=[3, 1, 2], ordered=True),
            "times": pd.Categorical([pd.Timestamp("2024"), None] * 2),
            "intervals": pd.cut([1, 2, 3, 4], 2),
            "mixed": pd.Categorical(["a", 1, 2.5, None]),
            "complex": pd.Categorical([1j, 2, 1j, None]),
            "text": pd.Categorical(["b", "a", "b", None], categories=["b", "a"]),
        }
    ),
    "masked": pd.DataFrame(
        {
            kind: typed([1, None, 0], kind)
            for kind in (
                *("boolean", "Int8", "Int16", "Int32", "Int64"),
                *("UInt8", "UInt16", "UInt32", "UInt64", "Float32", "Float64"),
            )
        }
    ),
    "numbers": pd.DataFrame(
        {
            kind: np.array([1, 0, 3]).astype(kind)
            for kind in ("i1", "u8", "f2", "f4", "c8", "c16", ">i4")
        }
    ),
    "times": pd.DataFrame({unit: times(unit) for unit in ("s", "ms", "us", "ns")}),
    "zones": pd.DataFrame(
        {
            "name": pd.Series(times("ns")).dt.tz_localize("UTC").dt.tz_convert(BERLIN),
            "utc": pd.Series(times("s")).dt.tz_localize("UTC"),
            "offset": pd.Series(times("us")).dt.tz_localize(dt.timezone(dt.timedelta(hours=2))),
        }
    ),
    "durations": pd.DataFrame({"d": times("ms").astype("m8[ms]")}),
    "periods": pd.DataFrame({"p": pd.period_range("2024", periods=3, freq="M")}),
    "intervals": pd.DataFrame({"i": pd.interval_range(0, 3)}),
    "labels twice": pd.DataFrame(np.arange(6).reshape(2, 3), columns=["a", "a", 0]),
    "labels that are numbers": pd.DataFrame(np.arange(6, dtype="f4").reshape(2, 3)),
    "levels": pd.DataFrame(
        np.arange(12.0).reshape(4, 3),
        index=pd.MultiIndex.from_product([["b", "a"], [1, 2]], names=["x", None]),
        columns=pd.MultiIndex.from_tuples([("a", 1), ("b", 2), ("b", 1)]),
    ),
    "levels with gaps": pd.DataFrame(
        {"a": [1, 2]}, index=pd.MultiIndex.from_arrays([[1, math.nan], ["x", None]])
    ),
    "levels of columns": pd.DataFrame(
        [[1]], columns=pd.MultiIndex.from_tuples([("t", 1)], names=["n", None])
    ),
}

INDEXES: list[pd.Index[Any]] = [
    pd.RangeIndex(10, 4, -2, name=("t", 1)),
    pd.Index([0.5, math.nan]),
    pd.Index([True, False], name=0),
    pd.Index([None, ("a", 1)], dtype=object, tupleize_cols=False),
    pd.Index(["b", "a", None]),
    pd.Index(pd.array([1, None], dtype="Int64")),
    pd.CategoricalIndex(["a", "b", "a"], ordered=True),
    pd.DatetimeIndex(["2024-01-01", None]),
    pd.date_range("2024-03-30", periods=3, tz="Europe/Berlin", name="q"),
    pd.date_range("2024", periods=3, freq="B"),
    pd.date_range("2024", periods=3, freq="QE-JAN"),
    pd.date_range("2024", periods=3, freq="90min"),
    pd.timedelta_range("1h", periods=3, freq="90min"),
    pd.interval_range(0, 3, closed="both"),
    pd.period_range("2024", periods=3, freq="Q"),
    pd.MultiIndex.from_product(
        [
            pd.date_range("2024", periods=2, tz="UTC"),
            pd.Categorical(["a", "b"]),
        ]
    ),
]


def assert_frames_alike(left: pd.DataFrame, right: pd.DataFrame) -> None:
    assert_frame_equal(
        left,
        right,
        check_exact=True,
        check_index_type="exact",  # type: ignore[arg-type]  # as the stubs of pandas omit
        check_column_type="exact",  # type: ignore[arg-type]
        check_freq=True,
    )
    assert [str(dtype) for dtype in left.dtypes] == [str(dtype) for dtype in right.dtypes]


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize("copy", [True, False])
def test_a_frame_arrives_as_it_was_sent(name: str, copy: bool) -> None:
    assert_frames_alike(there_and_back(FRAMES[name], copy=copy), FRAMES[name])


@pytest.mark.parametrize("index", INDEXES, ids=kind)
def test_an_index_arrives_as_it_was_sent(index: pd.Index[Any]) -> None:
    arrived = there_and_back(index)
    assert_index_equal(arrived, index, exact="equiv", check_exact=True)
    assert type(arrived) is type(index)
    assert getattr(arrived, "freq", None) == getattr(index, "freq", None)
    series = pd.Series(np.arange(len(index)), index=index, name=index.name)
    assert_series_equal(there_and_back(series), series, check_freq=True)


def test_missing_values_are_told_apart() -> None:
    arrived = there_and_back(FRAMES["objects"])["o"].tolist()
    assert arrived[0] is None
    assert math.isnan(arrived[1])
    assert arrived[2] is pd.NaT
    assert arrived[3] is pd.NA


def columns_of(rows: int) -> st.SearchStrategy[Any]:
    """Columns of one length, of all kinds of dtypes."""

    def filled(elements: st.SearchStrategy[Any], dtype: str) -> st.SearchStrategy[Any]:
        lists = st.lists(st.none() | elements, min_size=rows, max_size=rows)
        return lists.map(lambda items: typed(items, dtype))

    text = st.text(max_size=3)
    ticks = st.integers(-(2**40), 2**40)
    plain = hnp.arrays(
        st.sampled_from(["?", "i1", "u2", "i8", "f2", "f4", "f8", "c16", "M8[s]", "m8[us]"]), rows
    )
    return st.one_of(
        plain,
        filled(text, "str"),
        filled(text, "string"),
        filled(st.booleans(), "boolean"),
        filled(st.integers(0, 255), "UInt8"),
        filled(st.floats(allow_nan=False, width=32), "Float32"),
        filled(ticks, "Int64").map(lambda column: column.to_numpy("i8", na_value=0).view("M8[us]")),
        filled(ticks, "datetime64[ms, Asia/Kathmandu]"),
        filled(text | st.integers(0, 9), "category"),
        st.lists(scalars, min_size=rows, max_size=rows).map(
            lambda items: pd.Series(np.fromiter(items, object, rows), dtype=object)
        ),
    )


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    rows = draw(st.integers(0, 20))
    columns = draw(st.lists(columns_of(rows), max_size=4))
    labels = draw(st.lists(keys, min_size=len(columns), max_size=len(columns)))
    frame = pd.DataFrame(dict(enumerate(columns)), index=range(rows))
    frame.columns = pd.Index(labels, dtype=object, tupleize_cols=False)
    if draw(st.booleans()):
        frame.index = pd.Index(draw(columns_of(rows).filter(lambda c: c.dtype != np.float16)))
    return frame


@settings(quickly, max_examples=50)
@given(frames())
def test_any_frame_arrives_as_it_was_sent(frame: pd.DataFrame) -> None:
    assert_frames_alike(there_and_back(frame), frame)


def test_importing_wire_does_not_import_pandas() -> None:
    script = "import sys, kata.wire; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


def test_the_order_of_a_set_does_not_depend_on_the_hash_secret() -> None:
    script = (
        "from kata import wire; import sys;"
        "value = [set('abcdef'), {('a', 1), 'b', None, b'c', frozenset('xyz')}, {1, *'abc'}];"
        "sys.stdout.buffer.write(b''.join(wire.encode(value)))"
    )
    sent = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": secret},
        ).stdout
        for secret in ("0", "1", "2")
    }
    assert len(sent) == 1


# Memory


@pytest.mark.parametrize("array", ARRAYS, ids=kind)
def test_a_decoded_array_owns_its_memory_and_can_be_written(array: Any) -> None:
    flags = there_and_back(array).flags
    assert flags.owndata
    assert flags.writeable
    assert flags.aligned


def test_without_copying_arrays_are_disjoint_views_that_can_be_written() -> None:
    header, body = framed([np.arange(3), np.zeros((2, 2)), np.arange(5, dtype="u1")])
    first, second, third = wire.decode(header, body, copy=False)
    for array in (first, second, third):
        assert np.shares_memory(array, np.frombuffer(body, np.uint8))
        array[...] = 7
        assert (array == 7).all()
    assert not np.shares_memory(first, second)
    assert not np.shares_memory(second, third)


@pytest.mark.parametrize("shift", range(8))
def test_arrays_are_aligned_wherever_the_body_lies(shift: int) -> None:
    header, body = framed([np.arange(3.0), np.arange(3, dtype="c16")])
    moved = bytearray(shift) + body
    arrays = wire.decode(header, memoryview(moved)[shift:], copy=False)
    assert all(array.flags.aligned for array in arrays)


def test_a_body_that_cannot_be_written_is_copied() -> None:
    header, body = framed(np.arange(3))
    assert wire.decode(header, memoryview(bytes(body)), copy=False).flags.writeable


def test_contiguous_arrays_are_sent_from_where_they_lie() -> None:
    for array in (np.arange(6.0), np.zeros((2, 3), order="F"), np.zeros(3, "M8[s]")):
        _, segment = wire.encode(array)
        assert np.shares_memory(np.frombuffer(segment, np.uint8), array)
    frame = pd.DataFrame({"a": np.arange(1000.0)})
    assert np.shares_memory(np.frombuffer(wire.encode(frame)[-1], np.uint8), frame["a"].to_numpy())


def test_comparing_a_frame_takes_no_copy_of_it() -> None:
    segments = wire.encode(np.arange(1 << 20))
    header, body = bytes(segments[0])[PREFIX.size :], bytearray(segments[1])
    with peak_memory() as peak:
        assert wire.same(segments, header, body)
    assert peak[0] < 1 << 20


class peak_memory:  # noqa: N801 used like a function
    """A list with the peak of bytes allocated in the block, once it has ended."""

    def __enter__(self) -> list[int]:
        self.peak = [0]
        tracemalloc.start()
        return self.peak

    def __exit__(self, *_: object) -> None:
        self.peak[0] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()


# Telling whether a call has changed its arguments


def changed(value: object, change: Callable[[Any], object]) -> bool:
    header, body = framed(value)
    arrived = wire.decode(header, body)
    change(arrived)
    return not wire.same(wire.encode(arrived), header, body)


@pytest.mark.parametrize("value", [*VALUES, *ARRAYS, *FRAMES.values(), *INDEXES], ids=kind)
def test_what_was_left_alone_is_the_same(value: Any) -> None:
    assert not changed(value, lambda _: None)


@pytest.mark.parametrize(
    ("value", "change"),
    [
        (np.zeros(100), lambda x: x.__setitem__(99, -0.0)),
        (np.zeros(100, "u1"), lambda x: x.__setitem__(99, 1)),
        (np.zeros((2, 3)), lambda x: x.resize((3, 2), refcheck=False)),
        (np.arange(2), lambda x: x.resize(3, refcheck=False)),
        (np.array([[1, None]], object), lambda x: x.__setitem__((0, 1), 0)),
        ([1, 2], lambda x: x.append(3)),
        ([1.0] * 50, lambda x: x.__setitem__(49, 1)),
        (["a", "b"], lambda x: x.reverse()),
        ({"a": 1, "b": 2}, lambda x: x.update(a=x.pop("a"))),
        ({"a": [1]}, lambda x: x["a"].clear()),
        ({1, 2}, lambda x: x.discard(1)),
        (mixed(5), lambda x: x.pop("a")),
        (mixed(5), lambda x: x.__setitem__("c", x["c"].str.upper())),
        (mixed(5), lambda x: x.__setitem__("e", x["e"].astype(object))),
        (mixed(5), lambda x: setattr(x.columns, "name", "n")),
        (mixed(5), lambda x: x.__setitem__("b", x["b"].to_numpy()[::-1])),
        (pd.Series([1, 2]), lambda x: x.__setitem__(1, 1)),
    ],
)
def test_a_change_of_an_argument_is_seen(value: object, change: Callable[[Any], object]) -> None:
    assert changed(value, change)


def test_a_frame_is_not_the_same_as_the_beginning_of_another() -> None:
    segments = wire.encode(np.arange(10))
    header, body = framed(np.arange(10))
    assert wire.same(segments, header, body)
    assert not wire.same(segments, header, body[:-8])
    assert not wire.same(segments, header, body + bytes(8))
    assert not wire.same(segments[:1], header, body)


# What is not carried


class Liar:
    __class__ = list  # type: ignore[assignment]


class Rewriter(list[int]):
    def __iter__(self) -> Iterator[int]:
        return iter([7])

    def __len__(self) -> int:
        return 1

    def copy(self) -> Any:
        return "no list"


class Text(str):
    def __str__(self) -> str:
        return "other"


class Clockwork(dt.tzinfo):
    """A time zone of its own."""


class Colour(enum.IntEnum):
    RED = 1


class Matrix(np.ndarray[Any, Any]):
    pass


class Table(pd.DataFrame):
    pass


Point = namedtuple("Point", "x y")


def ordered() -> OrderedDict[str, int]:
    value = OrderedDict(a=1, b=2)
    value.move_to_end("a")
    return value


@pytest.mark.parametrize(
    ("value", "carried"),
    [
        (Rewriter([1, 2]), [1, 2]),
        (Text("x"), "x"),
        (Colour.RED, 1),
        (Point(1, [2]), (1, [2])),
        (ordered(), {"b": 2, "a": 1}),
        (defaultdict(list, a=[1]), {"a": [1]}),
        (Counter("aab"), {"a": 2, "b": 1}),
        ({Text("k"): Text("v")}, {"k": "v"}),
        (type("F", (float,), {"__float__": lambda _: 7.0})(0.5), 0.5),
        (type("S", (set,), {"__iter__": lambda _: iter([7])})({1}), {1}),
    ],
    ids=kind,
)
def test_a_subclass_is_carried_as_what_it_derives_from(value: Any, carried: Any) -> None:
    header, body = framed(value)
    assert identical(wire.decode(header, body), carried)


def generator() -> Iterator[int]:
    yield 1


def deep(levels: int) -> Any:
    value: Any = 0
    for _ in range(levels):
        value = [value]
    return value


def cycle() -> list[Any]:
    value: list[Any] = []
    value += [value, value]
    return value


def laughs() -> Any:
    value: Any = "ha"
    for _ in range(40):
        value = [value, value]
    return value


UNSUPPORTED = {
    "a generator": (generator(), "result: cannot carry an object of type generator"),
    "inside containers": ([0, {"a": generator()}], "result[1]['a']: cannot carry"),
    "a key": ({Opaque: 1}, "result key <type>: cannot carry"),
    "an element": ({("a", Opaque)}, "result{...}[1]: cannot carry"),
    "a liar": ([Liar()], "result[0]: cannot carry an object of type Liar"),
    "an array's subclass": (np.zeros(2).view(Matrix), "cannot carry an object of type Matrix"),
    "a masked array": (np.ma.masked_array([1]), "result: cannot carry"),
    "a frame's subclass": (Table({"a": [1]}), "cannot carry an object of type Table"),
    "records": (np.zeros(2, "i4,f8"), "cannot carry an object of type ndarray"),
    "longdouble": ((np.zeros(2, np.longdouble),), "result[0]: cannot carry"),
    "text of width 0": (np.ndarray((2,), "U0"), "result: cannot carry"),
    "object array": (np.array([1, generator()], object), "result[1]: cannot carry"),
    "a column": (
        pd.DataFrame({"a": [1], "x": pd.arrays.SparseArray([1])}),
        "result column 'x': cannot carry dtype Sparse[int64, 0]",
    ),
    "a column of longdouble": (
        pd.DataFrame({0: np.zeros(2, np.longdouble)}), "result column 0: cannot carry dtype"),
    "in a column": (
        pd.DataFrame({"x": pd.Series([1, Liar()], dtype=object)}),
        "result column 'x'[1]: cannot carry an object of type Liar",
    ),
    "in an index": (
        {"k": pd.Series([1], index=[Liar()])},
        "result['k'] index[0]: cannot carry an object of type Liar",
    ),
    "a frequency": (
        pd.date_range("2024", periods=3, freq=pd.DateOffset(months=1)),
        "result: cannot carry the frequency",
    ),
    "a time zone": (dt.datetime(2024, 1, 1, tzinfo=Clockwork()),  # type: ignore[abstract]
        "time zone of type Clockwork"),
    "too deep": (deep(65), "nested more than 64 levels deep"),
    "a cycle": (cycle(), "or contains itself"),
    "doubling": (laughs(), "too many values"),
    "a broadcast array": (np.broadcast_to(0.0, (10**6, 10**6)), "larger than"),
    "a broadcast object array": (np.broadcast_to(np.array(None), (10**6, 10**6)), "larger than"),
    "an empty array of enormous width": (np.zeros((0, 2**40)), "larger than"),
    "an enormous range": (pd.RangeIndex(2**50), "larger than"),
    "an array shared often": ([np.zeros(1 << 20)] * 100, "larger than"),
    "an integer": (1 << (4 * 65536 + 1), "hex digits"),
    "a Decimal": (Decimal("1E+999999"), "Decimal"),
    "keys": ({(i, i): 0 for i in range(40_000)}, "too many keys"),
    "equal hashes": ({i * (2**61 - 1) for i in range(1, 100)}, "one hash"),
    "NaN keys": ({math.nan: 1, float("nan"): 2}, "NaN"),
    "repeated labels": (
        pd.MultiIndex([[1, 1]], [[0, 1]], verify_integrity=False), "not distinct labels"),
    "failing methods": ({type("K", (), {"__hash__": iter([1]).__next__})()}, "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_what_cannot_be_carried_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    value, message = UNSUPPORTED[name]
    monkeypatch.setattr(wire, "MAX_NODES", 100_000)  # two million take a while to count
    with pytest.raises(Unsupported) as caught:
        wire.encode(value, name="result")
    assert message in str(caught.value)
    assert str(caught.value) == f"{caught.value.path}: {caught.value.reason}"
    assert caught.value.path.startswith("result")


def test_the_hook_has_records_carried_in_place_of_values() -> None:
    asked: list[object] = []

    def opaque(value: object) -> Handle | Opaque | None:
        asked.append(value)
        return Handle(5, "Liar") if type(value) is Liar else Opaque("array", "x" * 500)

    value = [Liar(), np.zeros(2).view(Matrix), 1]
    segments = wire.encode(value, opaque=opaque)
    arrived = wire.decode(bytes(segments[0])[PREFIX.size :], bytearray())
    assert arrived == [Handle(5, "Liar"), Opaque("array", "x" * 200), 1]
    assert asked == value[:2]


def test_the_hook_may_decline_and_is_not_asked_about_keys() -> None:
    with pytest.raises(Unsupported, match=r"value\[0\]: cannot carry"):
        wire.encode([Liar()], opaque=lambda _: None)
    for value in ({Liar(): 1}, {Liar()}):
        with pytest.raises(Unsupported):
            wire.encode(value, opaque=lambda _: Opaque("Liar", ""))


def test_a_header_that_grows_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MAX_HEADER", 1000)
    with pytest.raises(Unsupported, match="too many values"):
        wire.encode(["x" * 50, b"y" * 50] * 20)


def test_a_lack_of_memory_is_not_blamed_on_the_value() -> None:
    def opaque(_: object) -> None:
        raise MemoryError

    with pytest.raises(MemoryError):
        wire.encode([Liar()], opaque=opaque)


@pytest.mark.parametrize("levels", [63, 64])
def test_what_is_just_not_too_deep_arrives(levels: int) -> None:
    assert there_and_back(deep(levels)) == deep(levels)


# Hostile frames


def array(dtype: object, shape: object, order: object = "C", *more: object) -> list[Any]:
    return ["array", dtype, shape, order, *more]


def index(*labels: object) -> list[Any]:
    return ["index", None, None, array("|O", [len(labels)], "C", ["*", *labels])]


def rows(count: int) -> list[Any]:
    return ["range", 0, count, 1, None]


def column(node: object, length: int = 2) -> list[Any]:
    """A frame of one column."""
    return ["frame", index("x"), rows(length), node]


def int64(*values: int) -> bytes:
    return struct.pack(f"<{len(values)}q", *values)


def colliding(count: int) -> bytes:
    """64-bit integers, unsorted, that pandas' hash sends to one place."""
    lows = []
    for high in range(count):
        low = high ^ 12345
        for _ in range(4):
            low = ((high ^ 12345) ^ (low << 11)) & 0xFFFF_FFFF
        lows.append((high << 33) | low)
    random.Random(0).shuffle(lows)  # noqa: S311 the same on every run
    return int64(*lows)


EMPTY = array("|b1", [0])
TWO = array("<i8", [2])
DEEP = 100_000
INVALID_JSON = ["", "[", "nul", "1 2", "NaN", "[Infinity]", "{}", '{"a":1}', "[1,]", "'x'", '"\n"']

ATTACKS: dict[str, tuple[object, bytes]] = {
    **{f"JSON {text!r}": (text.encode(), b"") for text in INVALID_JSON},
    "not UTF-8": (b'"\xff"', b""),
    "lists nested without end": (b"[" * DEEP, b""),
    "lists nested deeply": (b"[" * DEEP + b"]" * DEEP, b""),
    "objects nested deeply": (b'{"a":' * DEEP, b""),
    "values nested too deep": (b'["list",["*",' * 65 + b"0" + b"]]" * 65, b""),
    "an integer of a million digits": (b"1" * 10**6, b""),
    "a negative integer of 18 digits": (b"-" + b"9" * 18, b""),
    "a hex integer that is too long": (["int", "0x" + "f" * 65537], b""),
    "a hex integer with underscores": (["int", "0x1_0"], b""),
    "a header that is too long": (b" " * (wire.MAX_HEADER + 1), b""),
    "more values than allowed": (b"[" + b"0," * wire.MAX_NODES + b"0]", b""),
    "an unknown tag": (["pickle", "gASVAAAAAAA="], b""),
    "a tag that is no text": ([["list"], ["*"]], b""),
    "an attribute for a tag": (["__init__", 1], b""),
    "no tag": ([], b""),
    "too few fields": (["list"], b""),
    "too many fields": (["list", ["*"], 1], b""),
    "a sequence that is no list": (["list", 3], b""),
    "a sequence of unknown kind": (["list", ["<c16", 1]], bytes(16)),
    "bytes that nothing takes": (None, b"x"),
    "a buffer past the end": (array("<f8", [2]), bytes(15)),
    "a buffer longer than memory": (array("<f8", [2**50]), bytes(8)),
    "one buffer taken twice": (["list", ["*", array("<f8", [2]), array("<f8", [2])]], bytes(16)),
    "overlapping buffers": (["list", ["*", array("|u1", [60]), TWO]], bytes(60 + 16)),
    "padding that is not zero": (["list", ["*", array("|u1", [1]), array("|u1", [1])]], b"x" * 65),
    "a negative dimension": (array("<f8", [-1]), b""),
    "two negative dimensions": (array("<f8", [-1, -1]), bytes(8)),
    "a dimension that is a float": (array("<f8", [1.0]), bytes(8)),
    "a dimension that is a boolean": (array("<f8", [True]), bytes(8)),
    "a shape that overflows to nothing": (array("<f8", [2**32, 2**32]), b""),
    "a shape that overflows to one item": (array("|u1", [2**33, 2**33, 2**33]), b"x"),
    "an empty shape with an enormous side": (array("<f8", [0, 2**40]), b""),
    "an empty shape that overflows": (array("<f8", [0, 2**52, 2**52]), b""),
    "an empty object shape with an enormous side": (
        array("|O", [0, 2**40], "C", ["*"]), b""),
    "65 dimensions": (array("|u1", [1] * 65), b"x"),
    "a million dimensions": (array("|u1", [10**15] * 10**6), b""),
    "an unknown order": (array("|u1", [1], "A"), b"x"),
    "objects as raw memory": (array("|O", [1]), bytes(8)),
    "objects of another number": (array("|O", [3], "C", ["*", 1]), b""),
    "records of objects": (array("|V8", [1]), bytes(8)),
    "records by description": (array([["f", "|O"]], [1]), bytes(8)),
    "a dtype that is code": (array("O,O", [1]), bytes(16)),
    "a dtype by another name": (array("float64", [1]), bytes(8)),
    "longdouble": (array("<f16", [1]), b"\xff" * 16),
    "text of width 0": (array("<U0", [2**40]), b""),
    "text of enormous width": (array("<U999999999", [0]), b""),
    "bytes of enormous width": (array("|S999999999", [0, 1000]), b""),
    "times in an unknown unit": (array("<M8[fortnights]", [1]), bytes(8)),
    "times of enormous step": (array("<M8[9999999999s]", [1]), bytes(8)),
    "booleans that are neither": (array("|b1", [2]), b"\x01\x02"),
    "a character beyond Unicode": (array("<U1", [1]), b"\xff\xff\x11\x00"),
    "a swapped character beyond Unicode": (array(">U1", [1]), b"\x00\x11\x00\x00"),
    "a scalar that is neither true nor false": (["scalar", "|b1", "02"], b""),
    "a scalar that is too long": (["scalar", "<i8", "00" * 16], b""),
    "a scalar object": (["scalar", "|O", "00" * 8], b""),
    "a float of nine bytes": (["float", "00" * 9], b""),
    "a complex of texts": (["complex", "1", "2"], b""),
    "text that is not UTF-8": (["str", 2], b"\xff\xff"),
    "text longer than the body": (["str", 2**40], b""),
    "fewer texts than announced": (["list", ["str", 3, 1]], b"\0"),
    "no texts": (["list", ["str", 0, 0]], b""),
    "booleans in a sequence that are neither": (["list", ["|b1", 1]], b"\x07"),
    "more numbers than there are": (["list", ["<i8", 2**40]], bytes(8)),
    "a Decimal that is enormous": (["decimal", "1E+999999999"], b""),
    "a Decimal that is long": (["decimal", "1" * 10**6], b""),
    "a date that is none": (["date", "2024-02-30"], b""),
    "a fold that is none": (["datetime", "2024-01-01", 2, None], b""),
    "a duration that overflows": (["timedelta", 10**15, 0, 0], b""),
    "an offset of two days": (["time", "00:00", 0, [2 * 86_400_000_000]], b""),
    "a zone up the tree": (["datetime", "2024-01-01", 0, "../../etc/passwd"], b""),
    "a zone at the root": (["datetime", "2024-01-01", 0, "/etc/passwd"], b""),
    "a zone that is a directory": (["datetime", "2024-01-01", 0, "America"], b""),
    "a zone that is another file": (["datetime", "2024-01-01", 0, "tzdata.zi"], b""),
    "a zone with a null": (["datetime", "2024-01-01", 0, "UTC\0"], b""),
    "a zone with a surrogate": (["datetime", "2024-01-01", 0, "\ud800"], b""),
    "a key that cannot be hashed": (["dict", ["*", ["list", ["*"]]], ["*", 1]], b""),
    "an array as a key": (["set", ["*", EMPTY]], b""),
    "more keys than values": (["dict", ["*", 1, 2], ["*", 1]], b""),
    "a repeated key": (["dict", ["*", "a", "a"], ["*", 1, 2]], b""),
    "a key repeated as another type": (["dict", ["*", 1, True], ["*", 1, 2]], b""),
    "a repeated element": (["frozenset", ["*", 1, 1.0]], b""),
    "two NaN keys": (["dict", ["*", *[["float", "7ff8000000000000"]] * 2], ["*", 1, 2]], b""),
    "more keys than are hashed quickly": (["set", ["<i8", 32_769]], int64(*range(32_769))),
    "more keys in all": (
        ["list", ["*", *[["set", ["<i8", 20_000]]] * 3]], int64(*range(20_000)) * 3),
    "integers of one hash": (
        ["set", ["*", *[["int", hex(i * (2**61 - 1))] for i in range(1, 1000)]]], b""),
    "floats of one hash": (
        ["set", ["*", *[float(2**exponent) for exponent in range(0, 61 * 17, 61)]]], b""),
    "a record's text that is not cut": (["opaque", "x", "y" * 201], b""),
    "a handle that is no number": (["handle", "1", "x"], b""),
    "a frame without columns for its labels": (["frame", index("x"), rows(2)], b""),
    "a frame with a list for an index": (["frame", ["list", ["*"]], rows(0)], b""),
    "a column that is too short": (column(TWO, 3), int64(1, 2)),
    "a column of two dimensions": (column(array("<i8", [2, 1])), int64(1, 2)),
    "a column of fixed text": (column(array("<U1", [2])), bytes(8)),
    "a column in days": (column(array("<M8[D]", [2])), int64(1, 2)),
    "a column that is no column": (column(["list", ["*", 1, 2]]), b""),
    "a column of text that holds numbers": (column(["text", "NaN", None, ["*", 1, 2]]), b""),
    "a mask that is too long": (
        column(["text", "NaN", array("|b1", [3]), ["*", "a", "b"]]), b"\1\1\0"),
    "a longer mask than numbers": (
        column(["masked", TWO, array("|b1", [3])]), int64(1, 2) + bytes(48) + b"\1\0\0"),
    "a mask of integers": (
        column(["masked", TWO, array("|i1", [2])]), int64(1, 2) + bytes(48) + b"\1\0"),
    "a column of text that misses something else": (
        column(["text", "None", None, ["*", "a", "b"]]), b""),
    "a mask that is a sequence": (column(["masked", TWO, ["*", True, False]]), int64(1, 2)),
    "codes that are fractions": (
        column(["categorical", False, index("u"), array("<f2", [2])]), bytes(4)),
    "masked complex numbers": (column(["masked", array("<c8", [2]), array("|b1", [2])]), bytes(66)),
    "masked half floats": (column(["masked", array("<f2", [2]), array("|b1", [2])]), bytes(66)),
    "a code past the categories": (
        column(["categorical", False, index("u", "v"), array("|i1", [2])]), b"\0\2"),
    "a code of minus two": (
        column(["categorical", False, index("u", "v"), array("|i1", [2])]), b"\0\xfe"),
    "unsigned codes": (column(["categorical", False, index("u"), array("|u1", [2])]), b"\0\0"),
    "repeated categories": (
        column(["categorical", False, index("u", "u"), array("|i1", [2])]), b"\0\0"),
    "categories that have levels": (
        column(["categorical", False, ["multi", ["*", 0, 1], *[rows(1), array("|i1", [1])] * 2],
                array("|i1", [2])]), bytes(64 + 64 + 2)),
    "a category that is missing": (
        column(["categorical", False, index("u", ["NaT"]), array("|i1", [2])]), b"\0\0"),
    "an order that is no boolean": (
        column(["categorical", 1, index("u", "v"), array("|i1", [2])]), b"\0\0"),
    "categories that collide": (
        column(["categorical", False, ["index", None, None, array("<i8", [40_000])],
                array("|i1", [2])]), colliding(40_000) + b"\0\0"),
    "levels that collide": (
        ["multi", ["*", None], ["index", None, None, array("<i8", [40_000])], array("|i1", [2])],
        colliding(40_000) + b"\0\0"),
    "levels of different lengths": (
        ["multi", ["*", None, None], rows(2), array("|i1", [2]), rows(2), array("|i1", [1])],
        b"\0\0" + bytes(62) + b"\0"),
    "no levels": (["multi", ["*"]], b""),
    "a level without codes": (["multi", ["*", None], rows(2)], b""),
    "more levels than names": (["multi", ["*"], rows(2), array("|i1", [1])], b"\0"),
    "a name that cannot be hashed": (["series", ["list", ["*"]], rows(0), EMPTY], b""),
    "a range of enormous length": (rows(2**52), b""),
    "a range too long to count": (["range", 0, ["int", hex(2**200)], 1, None], b""),
    "a range that stands still": (["range", 0, 1, 0, None], b""),
    "a frequency that does not fit": (["index", None, "D", array("<M8[s]", [2])], int64(0, 5)),
    "a frequency of numbers": (["index", None, "D", TWO], int64(0, 1)),
    "a frequency that is none": (["index", None, "nonsense", array("<M8[s]", [2])], int64(0, 1)),
    "a frequency of many digits": (
        ["index", None, "9" * 100 + "D", array("<M8[s]", [2])], int64(0, 1)),
    "a frequency that takes long to check": (
        ["index", None, "cbh", array("<M8[s]", [200_000])], int64(*range(200_000))),
    "zoned numbers": (column(["zoned", "UTC", TWO]), int64(1, 2)),
    "zoned times without a known zone": (
        column(["zoned", "../UTC", array("<M8[s]", [2])]), int64(1, 2)),
    "periods of no frequency": (column(["periods", "", TWO]), int64(1, 2)),
    "periods by unsigned numbers": (column(["periods", "D", array("<u8", [2])]), int64(1, 2)),
    "a period beyond all numbers": (["period", ["int", hex(2**100)], "D"], b""),
    "intervals of unequal numbers": (column(["intervals", "left", rows(1), rows(2)]), b""),
    "an interval that ends before it starts": (["interval", 2, 1, "left"], b""),
    "an interval closed somehow": (["interval", 1, 2, "somehow"], b""),
    "a timestamp that is none": (["timestamp", "2024", None], b""),
    "a timestamp beyond its zone": (
        ["timestamp", ["scalar", "<M8[s]", "ff" * 7 + "7f"], "Europe/Berlin"], b""),
    "a duration in years": (["duration", ["scalar", "<m8[Y]", "01" + "00" * 7]], b""),
    "half floats as an index": (["index", None, None, array("<f2", [1])], b"\0\0"),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("copy", [True, False])
def test_a_hostile_frame_is_refused_at_little_cost(name: str, copy: bool) -> None:
    header, body = ATTACKS[name]
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    content = bytearray(body)
    with peak_memory() as peak, pytest.raises(WireError) as caught:
        wire.decode(text, content, copy=copy)
    assert caught.type is WireError
    # What is built before the refusal may exceed what was sent, but in proportion.
    assert peak[0] < (16 << 20) + 16 * (len(text) + len(body))
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("limit", [1 << 16, 1 << 22])
@pytest.mark.parametrize(
    ("header", "body"),
    [
        (array("<f8", [1 << 20]), bytes(8 << 20)),
        (["list", ["<f8", 1 << 20]], bytes(8 << 20)),
        (["list", ["str", 1 << 20, (3 << 20) - 1]], b"ab\0" * (1 << 20)),
        (["str", 9 << 20], b"a" * ((9 << 20) - 4) + "\U0001f600".encode()),
        (["list", ["*", *[["list", ["*"]]] * 200_000]], b""),
        (["list", ["*", *[["frame", rows(0), rows(0)]] * 10_000]], b""),
        (["frame", rows(10_000), rows(0), *[EMPTY] * 10_000], b""),
    ],
)
def test_decoding_allocates_no_more_than_its_limit(limit: int, header: Any, body: bytes) -> None:
    text = json.dumps(header).encode()
    content = bytearray(body)
    with peak_memory() as peak, pytest.raises(WireError):
        wire.decode(text, content, limit=limit)
    assert peak[0] <= limit + (1 << 16)


def test_hashing_the_keys_that_are_admitted_takes_no_secret() -> None:
    """32,768 integers are the most that a frame admits, however they are spread."""
    keys = [1 << 40 | i << 17 for i in range(32_768)]
    assert there_and_back(set(keys)) == set(keys)


@pytest.mark.parametrize("value", [VALUES, ARRAYS, FRAMES["mixed"], FRAMES["levels"]])
def test_no_truncated_frame_decodes(value: Any) -> None:
    header, body = framed(value)
    for end in itertools.chain(range(min(len(header), 300)), [len(header) - 1]):
        with pytest.raises(WireError):
            wire.decode(header[:end], body)
    for end in {*range(0, len(body), 97), len(body) - 1}:
        with pytest.raises(WireError):
            wire.decode(header, body[:end])


def survives(header: bytes, body: bytes) -> None:
    """Decode a frame that may be malformed, and send on what comes out."""
    try:
        value = wire.decode(header, bytearray(body), limit=1 << 26)
    except WireError:
        return
    try:
        wire.encode(value)
    except Unsupported:
        return


@pytest.mark.filterwarnings("ignore")  # pandas has opinions on some of what comes out
@pytest.mark.parametrize(
    "value", [FRAMES["mixed"], FRAMES["zones"], FRAMES["levels"], VALUES[40:], ARRAYS[:8]], ids=kind
)
def test_no_flipped_bit_does_harm(value: Any) -> None:
    whole = framed(value)
    bits = [(part, bit) for part in (0, 1) for bit in range(8 * len(whole[part]))]
    for part, bit in random.Random(0).sample(bits, 200):  # noqa: S311 the same on every run
        flipped = [bytearray(each) for each in whole]
        flipped[part][bit // 8] ^= 1 << bit % 8
        survives(bytes(flipped[0]), bytes(flipped[1]))


@quickly
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_no_random_bytes_do_harm(header: bytes, body: bytes) -> None:
    survives(header, body)


def parts_of(node: Any) -> Iterator[Any]:
    yield node
    if isinstance(node, list):
        for part in node:
            yield from parts_of(part)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", range(4))
def test_no_frame_put_together_from_parts_of_others_does_harm(seed: int) -> None:
    parts = [
        json.dumps(part)
        for value in [*VALUES[10:], *ARRAYS, *FRAMES.values(), *INDEXES]
        for part in parts_of(json.loads(framed(value)[0].decode("utf-8", "surrogatepass")))
    ]
    parts = sorted(part for part in parts if len(part) < 400)
    parts += ["-1", "3", "70", "1099511627776"] * 50
    chance = random.Random(seed)  # noqa: S311 the same on every run
    for _ in range(500):
        node = json.loads(chance.choice(parts))
        for _ in range(chance.randint(1, 3)):
            if lists := [part for part in parts_of(node) if isinstance(part, list) and part]:
                chosen = chance.choice(lists)
                chosen[chance.randrange(len(chosen))] = json.loads(chance.choice(parts))
        body = chance.randbytes(chance.randrange(300)) if chance.random() < 0.5 else bytes(256)
        survives(json.dumps(node).encode(), body)


# Sockets


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    left, right = socket.socketpair()
    with left, right:
        yield left, right


Pair = tuple[socket.socket, socket.socket]


@pytest.mark.parametrize("value", [None, mixed(40), [np.arange(3)] * 2000, np.zeros(1 << 20)])
@pytest.mark.parametrize("deadline", [None, math.inf])
def test_frames_pass_through_a_socket(pair: Pair, value: Any, deadline: float | None) -> None:
    left, right = pair
    limit = None if deadline is None else 1e9
    segments = wire.encode(value)

    def send_twice() -> None:
        for _ in range(2):
            wire.send_frame(left, segments, deadline=limit)

    sender = threading.Thread(target=send_twice)
    sender.start()
    for _ in range(2):
        assert wire.same(segments, *wire.recv_frame(right, limit=1 << 24, deadline=limit))
    sender.join()


class Trickle(socket.socket):
    """A socket that takes and gives one byte at a time, at one second each."""

    now = 0.0

    def recv_into(self, buffer: Any, *_: Any) -> int:
        self.now += 1
        return super().recv_into(memoryview(buffer)[:1])

    def sendmsg(self, buffers: Any, *_: Any) -> int:
        self.now += 1
        return super().sendmsg([memoryview(buffers[0])[:1]])


@pytest.fixture
def trickle(pair: Pair) -> Iterator[tuple[Trickle, socket.socket]]:
    left, right = pair
    with Trickle(fileno=left.detach()) as slow:
        yield slow, right


def test_bytes_that_trickle_in_do_not_put_the_deadline_off(trickle: Any) -> None:
    slow, right = trickle
    wire.send_frame(right, wire.encode("x" * 500))
    with pytest.raises(TimeoutError):
        wire.recv_frame(slow, limit=1 << 20, clock=lambda: slow.now, deadline=100)
    assert slow.now == 100


def test_bytes_that_trickle_out_do_not_put_the_deadline_off(trickle: Any) -> None:
    slow, _ = trickle
    with pytest.raises(TimeoutError):
        wire.send_frame(slow, wire.encode("x" * 500), clock=lambda: slow.now, deadline=50)
    assert slow.now == 50


def test_a_frame_may_arrive_and_leave_one_byte_at_a_time(trickle: Any) -> None:
    slow, right = trickle
    segments = wire.encode([np.arange(5), "a", np.arange(3)])
    wire.send_frame(right, segments)
    assert wire.same(segments, *wire.recv_frame(slow, limit=1 << 20))
    wire.send_frame(slow, segments)
    assert wire.same(segments, *wire.recv_frame(right, limit=1 << 20))


def test_a_deadline_in_the_past_is_missed_at_once(pair: Pair) -> None:
    left, right = pair
    wire.send_frame(left, wire.encode(1))
    with pytest.raises(TimeoutError):
        wire.recv_frame(right, limit=100, clock=lambda: 5.0, deadline=5.0)
    with pytest.raises(TimeoutError):
        wire.send_frame(left, wire.encode(1), clock=lambda: 5.0, deadline=5.0)
    assert wire.decode(*wire.recv_frame(right, limit=100)) == 1


def test_silence_and_a_full_socket_end_in_a_timeout(pair: Pair) -> None:
    left, right = pair
    with pytest.raises(TimeoutError):
        wire.recv_frame(left, limit=100, clock=lambda: 0.0, deadline=0.001)
    with pytest.raises(TimeoutError):
        wire.send_frame(right, [bytes(1 << 24)], clock=lambda: 0.0, deadline=0.001)


def test_a_look_without_sleep_finds_what_is_there_and_gives_up_on_what_is_not(pair: Pair) -> None:
    left, right = pair
    assert not wire.arrives_within(right, 0.0)
    left.sendall(b"x")
    assert wire.arrives_within(right, 0.0)


@pytest.mark.parametrize("sent", [0, 1, 15, 16, 20, 40])
def test_a_stream_that_ends_is_told(pair: Pair, sent: int) -> None:
    left, right = pair
    left.sendall(b"".join(wire.encode(np.arange(5)))[:sent])
    left.close()
    with pytest.raises(EOFError):
        wire.recv_frame(right, limit=1 << 20)


def test_sending_to_one_who_has_hung_up_is_told(pair: Pair) -> None:
    left, right = pair
    right.close()
    with pytest.raises(EOFError):
        wire.send_frame(left, wire.encode(1))


def test_a_peer_that_hung_up_without_listening_is_told(pair: Pair) -> None:
    left, right = pair
    wire.send_frame(left, wire.encode(1))
    right.close()
    with pytest.raises(EOFError):
        wire.recv_frame(left, limit=100)


@pytest.mark.parametrize(
    "prefix",
    [
        PREFIX.pack(b"PK\3\4", 4, 0),
        PREFIX.pack(b"KWF1", wire.MAX_HEADER + 1, 0),
        PREFIX.pack(b"KWF1", 2**32 - 1, 0),
        PREFIX.pack(b"KWF1", 4, 2**64 - 1),
        PREFIX.pack(b"KWF1", 4, 2**40),
        PREFIX.pack(b"KWF1", 4, (1 << 30) - 3),
    ],
)
def test_a_frame_is_refused_before_memory_is_taken_for_it(pair: Pair, prefix: bytes) -> None:
    left, right = pair
    left.sendall(prefix)
    with peak_memory() as peak, pytest.raises(WireError):
        wire.recv_frame(right, limit=1 << 30)
    assert peak[0] < 1 << 16
