"""What clean and featurize must satisfy, whichever way cells are parsed and rows are compared.

Clean customers are drawn first and then messed up in the ways of `messy_customers`, so that the
right answer is known from the start. The oracle for the features is their definition in fractions,
applied to the very rows that featurize was given.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, TypeAlias

import messy_customers as messy
import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st
from messy_customers import COLUMNS, DAYS, FIRST_DAY, LAST_DAY, NUMBERS, TEXTS, Customer, Value

from kata.grading import (
    Submission,
    budget,
    calls_within,
    close,
    example,
    given,
    raises,
    reject,
    require,
    unchanged,
)

Array: TypeAlias = np.ndarray[Any, Any]

EPS = float(np.finfo(float).eps)

Cell: TypeAlias = tuple[Any, Value]
"""A raw cell, and what it means."""

Reading: TypeAlias = tuple[str, list[Cell]]
"""Cells of the column that is named first."""


@dataclass(frozen=True)
class Mess:
    """A raw frame, and what each of its rows means."""

    raw: pd.DataFrame
    rows: list[Customer]

    def __repr__(self) -> str:
        """The frame, which is what there is to see."""
        return repr(self.raw)


# What an answer of clean says, and how it compares with what was expected.


def _absent(cell: object) -> bool:
    return (
        cell is None
        or cell is pd.NA
        or cell is pd.NaT
        or (isinstance(cell, float) and cell != cell)
    )


def _texts(column: pd.Series[Any]) -> list[Value]:
    if pd.api.types.infer_dtype(column, skipna=True) == "string":  # cell by cell takes seconds
        return list(column.astype(object).where(column.notna(), None).tolist())
    cells = [None if _absent(cell) else cell for cell in column.tolist()]
    for cell in cells:
        if cell is not None and not isinstance(cell, str):
            reject(f"{column.name} holds {cell!r}, which is not a str.", expected="str or missing")
    return cells


def _dates(column: pd.Series[Any]) -> list[Value]:
    dtype = column.dtype
    if not isinstance(dtype, np.dtype) or dtype.kind != "M":
        reject(f"{column.name} has the dtype {dtype}.", returned=str(dtype), expected="datetime64")
    missing, midnight = column.isna().tolist(), (column == column.dt.normalize()).tolist()
    for at, (nothing, whole) in enumerate(zip(missing, midnight, strict=True)):
        if not (nothing or whole):
            reject(f"{column.name} holds {column.iloc[at]}.", expected="days, that is midnights")
    dates = zip(missing, column.dt.date, strict=True)
    return [None if nothing else day for nothing, day in dates]


def _numbers(column: pd.Series[Any]) -> list[Value]:
    allowed = ("float64", "Float64", "int64", "Int64")
    if str(column.dtype) not in allowed:
        reject(
            f"{column.name} has the dtype {column.dtype}.",
            returned=str(column.dtype),
            expected=" or ".join(allowed),
        )
    numbers = column.to_numpy(dtype=float, na_value=np.nan).tolist()
    return [None if number != number else number for number in numbers]


def _flags(column: pd.Series[Any]) -> list[Value]:
    if str(column.dtype) not in ("boolean", "bool", "object"):
        reject(
            f"{column.name} has the dtype {column.dtype}.",
            returned=str(column.dtype),
            expected="boolean, bool, or object that holds True and False",
        )
    cells = [None if _absent(cell) else cell for cell in column.tolist()]
    for cell in cells:
        if cell is not None and not isinstance(cell, bool | np.bool_):
            reject(f"{column.name} holds {cell!r}.", expected="True, False or missing")
    return [None if cell is None else bool(cell) for cell in cells]


_READ: dict[str, Callable[[pd.Series[Any]], list[Value]]] = {
    **dict.fromkeys(TEXTS, _texts),
    **dict.fromkeys(DAYS, _dates),
    **dict.fromkeys(NUMBERS, _numbers),
    "active": _flags,
}


def data_frame(value: object, columns: Sequence[str], name: str) -> pd.DataFrame:
    """Check that the value is a frame with exactly these columns, in whatever order."""
    if not isinstance(value, pd.DataFrame):
        reject(f"{name} does not return a DataFrame.", returned=value, expected="a DataFrame")
    got = list(value.columns)
    missing = [column for column in columns if column not in got]
    extra = [column for column in got if column not in columns or got.count(column) > 1]
    if missing or extra:
        wrong = f"lacks the column {missing[0]!r}" if missing else f"has the column {extra[0]!r}"
        if not missing and extra[0] in columns:
            wrong += " twice"
        reject(
            f"The answer of {name} {wrong}.",
            returned=f"the columns {got}",
            expected=f"the columns {list(columns)}",
        )
    return value


def read(answer: object, columns: Sequence[str]) -> list[Customer]:
    """The rows of an answer of clean, after its columns and their types have been checked."""
    frame = data_frame(answer, columns, "clean")
    read_columns = [_READ[column](frame[column]) for column in columns]
    return [dict(zip(columns, row, strict=True)) for row in zip(*read_columns, strict=True)]


def alike(got: Value, want: Value) -> bool:
    """Whether two values are the same, numbers up to rounding.

    Reading the digits, rounding a factor such as 0.01 and multiplying by it are off by at most
    half a unit in the last place each, or one where the digits are read in a hurry.
    """
    if got is None or want is None:
        return got is want
    if isinstance(want, int | float) and not isinstance(want, bool):
        return isinstance(got, float) and abs(got - want) <= 4 * EPS * abs(want)
    return got == want


def shown(value: object) -> str:
    """A value as the learner knows it."""
    if value is None:
        return "missing"
    return str(value) if isinstance(value, dt.date) else repr(value)


def compare(got: list[Customer], want: list[Customer], raw: dict[Value, Customer]) -> None:
    """Check that two tables hold the same rows, in whatever order.

    `raw` holds the raw cells that a customer's row was made from, where that is known.
    """
    known = {row["customer_id"]: row for row in want if row["customer_id"] is not None}
    seen: set[Value] = set()
    for row in got:
        key = row["customer_id"]
        if key is None:
            continue
        if key not in known:
            reject(
                f"The answer has a customer {key!r}, whom raw does not have.",
                expected=f"customers {', '.join(map(repr, known)) or '(none)'}",
            )
        if key in seen:
            reject(f"The answer has several rows for the customer {key!r}.")
        seen.add(key)
        for column, value in known[key].items():
            if not alike(row[column], value):
                cell = raw.get(key, {}).get(column)
                cell = cell.item() if isinstance(cell, np.generic) else cell
                origin = f", where raw has {cell!r}" if cell is not None else ""
                reject(
                    f"{column} of the customer {key!r} is wrong{origin}.",
                    returned=shown(row[column]),
                    expected=shown(value),
                )
    for key in known:
        require(key in seen, f"The answer has no row for the customer {key!r}.")
    compare_strangers(
        [row for row in got if row["customer_id"] is None],
        [row for row in want if row["customer_id"] is None],
    )


def compare_strangers(got: list[Customer], want: list[Customer]) -> None:
    """Check that the rows without a customer_id are the same."""
    left = [*got]
    for row in want:
        match = next((other for other in left if _alike_rows(other, row)), None)
        if match is None:
            reject(
                f"{_count(want)} without a customer_id must stay; one of them is not there.",
                returned=f"{_count(got)}: {_rows(got)}",
                expected=f"among them: {_rows([row])}",
            )
        left.remove(match)
    if left:
        reject(
            f"{_count(want)} without a customer_id must stay; the answer has {len(got)}.",
            returned=_rows(got),
            expected=_rows(want),
        )


def _alike_rows(got: Customer, want: Customer) -> bool:
    return all(alike(got[column], value) for column, value in want.items())


def _count(rows: list[Customer]) -> str:
    return f"{len(rows)} row{'s' * (len(rows) != 1)}"


def _rows(rows: list[Customer]) -> str:
    texts = ([shown(value) for name, value in row.items() if name != "customer_id"] for row in rows)
    return "; ".join(map(", ".join, texts)) or "none"


def check(submission: Submission, mess: Mess) -> None:
    """Check that cleaning a raw frame gives back the customers that it was made from."""
    columns = [*mess.rows[0]]
    stay = messy.survivors(mess.rows)
    tidy = {_tidy(header): header for header in mess.raw.columns}
    raw = {
        mess.rows[at]["customer_id"]: {
            column: mess.raw[tidy[column]].iloc[at] for column in columns
        }
        for at in stay
    }
    got = read(submission.clean(mess.raw), columns)
    compare(got, [mess.rows[at] for at in stay], raw)


def _tidy(header: str) -> str:
    names = (name for name, headers in messy.HEADERS.items() if header in headers)
    return next(names, "")


def check_reading(submission: Submission, reading: Reading) -> None:
    """Check what clean makes of some cells of one column."""
    column, cells = reading
    ids = [f"C-{at}" for at in range(len(cells))]
    raw = {"customer_id": ids, column: [cell for cell, _ in cells]}
    rows: list[Customer] = [
        {"customer_id": key, column: value} for key, (_, value) in zip(ids, cells, strict=True)
    ]
    if column == "customer_id":
        raw["age"] = [34] * len(cells)
        rows = [{"customer_id": value, "age": 34} for _, value in cells]
    check(submission, Mess(pd.DataFrame(raw), rows))


# What is drawn.


def picker(draw: st.DrawFn) -> messy.Pick:
    """A Pick that Hypothesis decides."""

    def pick(options: Sequence[Any], /) -> Any:
        return draw(st.sampled_from(options))

    return pick


def days(first: dt.date = FIRST_DAY, last: dt.date = LAST_DAY) -> st.SearchStrategy[dt.date]:
    """Dates, many of them within the first twelve days of a month."""
    return st.one_of(
        st.dates(first, last),
        st.dates(first, last).map(lambda day: max(first, day.replace(day=1 + day.day % 12))),
    )


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "customer_id": st.builds(
        "{}{}".format, st.sampled_from(("C-", "K", "AB/")), st.integers(1, 9999)
    ),
    "city": st.sampled_from(
        ("Oslo", "New York", "São Paulo", "Rio De Janeiro", "Zürich", "Östersund")
    ),
    "plan": st.sampled_from(("basic", "standard", "premium")),
    "signed_up": days(),
    "last_seen": days(),
    "age": st.integers(18, 110),
    "monthly_fee": st.one_of(st.integers(0, 10_000), st.integers(0, 1_000_000)).map(
        lambda cents: cents / 100
    ),
    "discount": st.integers(0, 1000).map(lambda permille: permille / 1000),
    "data_gb": st.one_of(
        st.integers(0, 10_000_000).map(lambda megabytes: megabytes / 1000),
        st.integers(0, 100).map(lambda tenths: tenths / 10_000),
        st.integers(0, 100).map(lambda hundredths: hundredths / 100_000),
    ),
    "active": st.booleans(),
}
"""For each column the values that a clean customer can have."""

HUGE = "99999999999999999999"
"""A number outside the limits of each column, and too large for an int64 or a uint64 as well."""


@st.composite
def readings(draw: st.DrawFn, columns: Sequence[str], most: int = 10) -> Reading:
    """Texts for one of these columns: in every form, some of them of no form."""
    column = draw(st.sampled_from(columns))
    if column == "customer_id":
        most = 1
    pick = picker(draw)
    cells: list[Cell] = []
    for _ in range(draw(st.integers(1, most))):
        if column in messy.MISFITS and draw(st.integers(0, 3)) == 3:
            misfits = messy.MISFITS[column] + ((HUGE, f"-{HUGE}") if column in NUMBERS else ())
            misfit = messy.recase(pick(misfits), pick)
            cells.append((messy.pad(misfit, pick), None))
        else:
            value = draw(VALUES[column])
            cells.append((messy.spell(column, value, pick), value))
    return column, cells


@st.composite
def customers(draw: st.DrawFn, most: int) -> list[Customer]:
    """Rows with all ten columns, some values missing, some with the same customer_id or none."""
    ids = st.sampled_from((None, "C-1", "C-2", "C-3", "K4"))
    rows: list[Customer] = []
    for _ in range(draw(st.integers(1, most))):
        if rows and draw(st.integers(0, 4)) == 4:
            rows.append({**draw(st.sampled_from(rows))})  # exported twice
            continue
        values = {column: draw(VALUES[column]) for column in COLUMNS[1:]}
        lost = draw(st.sets(st.sampled_from(COLUMNS[1:]), max_size=3))
        rows.append({"customer_id": draw(ids), **values, **dict.fromkeys(lost)})
    return rows


@st.composite
def indices(draw: st.DrawFn, length: int) -> pd.Index[Any]:
    """An index of any sort: counting, counting down, with repeats, of text."""
    kind = draw(st.sampled_from(("counting", "down", "repeats", "text")))
    if kind == "down":
        return pd.Index(range(length, 0, -1))
    if kind == "repeats":
        return pd.Index([at // 2 % 2 for at in range(length)])
    if kind == "text":
        return pd.Index([f"row {at % 3}" for at in range(length)])
    return pd.RangeIndex(length)


@st.composite
def messes(draw: st.DrawFn, most: int = 8) -> Mess:
    """Customers with all ten columns, messed up in every way there is."""
    rows = draw(customers(most))
    pick = picker(draw)
    # Among rows without a customer_id, numbers that are equal are written alike: whether 7% times
    # 0.01 is the same as 0.07 is up to rounding, and so is then whether two rows are.
    memory: dict[tuple[str, Value], str] = {}

    def cell(row: Customer, column: str) -> str | None:
        value = row[column]
        if value is None and draw(st.booleans()):
            return None
        text = messy.spell(column, value, pick)
        if row["customer_id"] is None and column in NUMBERS:
            text = memory.setdefault((column, value), text)
        return text

    order = draw(st.permutations(COLUMNS))
    raw = pd.DataFrame(
        {pick(messy.HEADERS[column]): [cell(row, column) for row in rows] for column in order},
        dtype=draw(st.sampled_from((None, object))),
    )
    for header in sorted(draw(st.sets(st.sampled_from(messy.OTHER_HEADERS), max_size=2))):
        raw.insert(draw(st.integers(0, raw.shape[1])), header, pick((None, "see notes")))
    raw.index = draw(indices(len(raw)))
    # Where index and column share a name, `sort_values` and `groupby` ask which of them is meant.
    raw.index.name = draw(st.sampled_from((None, None, "customer_id", "last_seen", "row")))
    return Mess(raw, rows)


# The properties.

NOTHING = (None, np.nan, pd.NA, "", "-", " ? ", "N/A", "na", "NaN", "None", "NULL", "\u00a0")


@given(
    column=st.sampled_from(COLUMNS[1:]),
    cells=st.lists(st.sampled_from(NOTHING), max_size=4),
    dtype=st.sampled_from((None, object)),
    examples=7,
)
@example(column="age", cells=[], dtype=None)
@example(column="city", cells=["N/A", "na", " NaN", "None", "nULL", "?"], dtype=None)
@example(column="city", cells=["", "-", "\u00a0", None, np.nan, pd.NA], dtype=object)
@example(column="last_seen", cells=[], dtype=object)
@example(column="signed_up", cells=[], dtype=None)
@example(column="monthly_fee", cells=[], dtype=object)
@example(column="discount", cells=[], dtype=None)
@example(column="data_gb", cells=[], dtype=object)
@example(column="active", cells=[], dtype=None)
@example(column="active", cells=[], dtype=object)
@example(column="plan", cells=[None], dtype=None)
@example(column="active", cells=[None, "?"], dtype=None)
@example(column="monthly_fee", cells=[np.nan, np.nan], dtype=object)
@example(column="signed_up", cells=["n/a"], dtype=None)
@example(column="data_gb", cells=["-", " NULL"], dtype=None)
def test_every_column_has_its_type_even_when_all_is_missing(
    submission: Submission, column: str, cells: list[Any], dtype: Any
) -> None:
    """Every spelling of nothing is missing, and columns without a value keep their type."""
    raw = {"customer_id": [f"C-{at}" for at in range(len(cells))], column: cells}
    got = read(submission.clean(pd.DataFrame(raw, dtype=dtype)), ["customer_id", column])
    want: list[Customer] = [{"customer_id": key, column: None} for key in raw["customer_id"]]
    compare(got, want, {})


@st.composite
def headed(draw: st.DrawFn) -> tuple[pd.DataFrame, Customer]:
    """One customer in some of the ten columns, under any headers, among other columns."""
    columns = draw(st.sets(st.sampled_from(COLUMNS[1:]), max_size=5)) | {"customer_id"}
    order = draw(st.permutations(sorted(columns)))
    headers = {draw(st.sampled_from(messy.HEADERS[name])): ONE_CUSTOMER[name] for name in order}
    others = draw(st.sets(st.sampled_from(messy.OTHER_HEADERS), max_size=2))
    raw = pd.DataFrame({header: [cell] for header, cell in headers.items()})
    for header in sorted(others):
        raw.insert(draw(st.integers(0, raw.shape[1])), header, draw(st.sampled_from((None, "7"))))
    return raw, {name: ONE_CUSTOMER_READS[name] for name in order}


ONE_CUSTOMER = {
    "customer_id": "C-1",
    "city": "Oslo",
    "plan": "basic",
    "signed_up": "2020-02-29",
    "last_seen": "2024-05-06",
    "age": "34",
    "monthly_fee": "12.5",
    "discount": "0.25",
    "data_gb": "1.5",
    "active": "no",
}
ONE_CUSTOMER_READS: Customer = {
    **ONE_CUSTOMER,
    "signed_up": dt.date(2020, 2, 29),
    "last_seen": dt.date(2024, 5, 6),
    "age": 34,
    "monthly_fee": 12.5,
    "discount": 0.25,
    "data_gb": 1.5,
    "active": False,
}


@given(headed=headed(), examples=6)
@example(headed=(pd.DataFrame({"customer_id": ["C-1"]}), {"customer_id": "C-1"}))
@example(
    headed=(
        pd.DataFrame({" Monthly Fee ($)": ["9"], "Fax": [None], "CUSTOMER-ID": ["C-1"]}),
        {"customer_id": "C-1", "monthly_fee": 9.0},
    )
)
@example(
    headed=(
        pd.DataFrame({"Age group": ["30s"], "ID": ["7"], "_Customer__ID?": ["C-1"]}),
        {"customer_id": "C-1"},
    )
)
def test_columns_are_found_under_untidy_headers(
    submission: Submission, headed: tuple[pd.DataFrame, Customer]
) -> None:
    """The ten columns are found under any header, others go, and none is made up."""
    raw, customer = headed
    compare(read(submission.clean(raw), [*customer]), [customer], {})
    headers = [header for header in raw.columns if "customer" in header.lower()]
    with raises(ValueError, "raw has no column customer_id"):
        submission.clean(raw.drop(columns=headers))


@given(reading=readings(TEXTS), examples=10)
@example(reading=("customer_id", [(" c-0042\t", "C-0042")]))
@example(reading=("customer_id", [("ab/7", "AB/7")]))
# The whitespace within an id belongs to it: these are two customers.
@example(reading=("customer_id", [("a  1", "A  1"), ("a 1 ", "A 1")]))
@example(reading=("city", [("new   YORK", "New York"), ("\u00a0oslo\u00a0", "Oslo")]))
@example(reading=("city", [("são\u00a0paulo", "São Paulo")]))
@example(reading=("plan", [(" PREMUIM ", "premium"), ("gold", None), ("basic plan", None)]))
@example(reading=("plan", [("Pro", "premium"), ("std", "standard"), ("starter", "basic")]))
def test_texts_are_tidied_and_plans_are_looked_up(submission: Submission, reading: Reading) -> None:
    """Case and whitespace do not matter in texts, and a plan is what PLANS makes of it."""
    check_reading(submission, reading)


@given(reading=readings(DAYS), examples=8)
@example(reading=("signed_up", [("2023-04-05", dt.date(2023, 4, 5))]))
@example(reading=("signed_up", [("05.04.2023", dt.date(2023, 4, 5))]))
@example(reading=("last_seen", [("04/05/2023", dt.date(2023, 4, 5))]))
@example(reading=("last_seen", [("05 APR 2023", dt.date(2023, 4, 5))]))
@example(reading=("signed_up", [("2023-04-05", dt.date(2023, 4, 5)), ("31/12/2023", None)]))
@example(reading=("signed_up", [("29 Feb 2024", dt.date(2024, 2, 29)), ("29.02.2023", None)]))
@example(reading=("last_seen", [("2015-01-01", FIRST_DAY), ("2014-12-31", None)]))
@example(reading=("last_seen", [("31.12.2024", LAST_DAY), ("01/01/2025", None)]))
@example(reading=("signed_up", [("1900-01-01", None), ("9999-12-31", None)]))
@example(reading=("signed_up", [("2023", None), ("2023-04-05", dt.date(2023, 4, 5))]))
def test_dates_are_read_by_the_form_they_have(submission: Submission, reading: Reading) -> None:
    """Every form of a date is read, none is taken for another, and the limits hold."""
    check_reading(submission, reading)


@given(reading=readings(NUMBERS), examples=14)
@example(reading=("age", [("34", 34), ("34.0", 34), ("34.5", None)]))
@example(reading=("age", [("18", 18), ("110", 110), ("17", None), ("111", None)]))
@example(reading=("age", [("34", 34), (HUGE, None), (f"-{HUGE}", None), (f"{HUGE}.0", None)]))
@example(reading=("monthly_fee", [("$1,234.50", 1234.5), ("9.99 usd", 9.99), ("USD12", 12.0)]))
@example(reading=("monthly_fee", [("-5.00", None), ("10-20", None), ("10 or so", None)]))
@example(reading=("monthly_fee", [("10,000", 10_000.0), ("0", 0.0), ("10000.01", None)]))
@example(reading=("discount", [("15%", 0.15), ("0.15", 0.15), ("15", None), ("12.5 %", 0.125)]))
@example(reading=("discount", [("100%", 1.0), ("1", 1.0), ("1%", 0.01), ("101%", None)]))
@example(reading=("data_gb", [("1,500MB", 1.5), ("0.0015 TB", 0.0015 * 1000), ("1.5", 1.5)]))
@example(reading=("data_gb", [("10 TB", 10_000.0), ("10,001 gb", None), ("GB", None)]))
def test_numbers_lose_their_signs_and_units_and_keep_to_their_limits(
    submission: Submission, reading: Reading
) -> None:
    """Ages, fees, discounts and data are read with every sign and unit, within their limits."""
    check_reading(submission, reading)


@given(reading=readings(("active",)), examples=5)
@example(reading=("active", [("Yes", True), ("n", False), ("T ", True), ("0", False)]))
@example(reading=("active", [("off", False), ("ON", True), ("false", False)]))
@example(reading=("active", [("maybe", None), ("2", None), ("1", True)]))
@example(reading=("active", [("enabled", None), ("disabled", None), ("f", False)]))
def test_every_spelling_of_true_and_false_is_known(
    submission: Submission, reading: Reading
) -> None:
    """active is True or False for every published spelling, and missing for any other."""
    check_reading(submission, reading)


@st.composite
def with_values(draw: st.DrawFn) -> Reading:
    """Cells of one column that hold values instead of texts, some texts among them."""
    column = draw(st.sampled_from((*DAYS, *NUMBERS, "active")))
    pick = picker(draw)
    cells: list[Cell] = []
    for _ in range(draw(st.integers(1, 6))):
        value = draw(VALUES[column])
        kind = draw(st.sampled_from(("value", "value", "text", "nothing", "other")))
        cell: Any
        if kind == "text":
            cell = messy.spell(column, value, pick)
        elif kind == "nothing":
            cell, value = pick((None, np.nan, pd.NA)), None
        elif column in DAYS:
            cell = pd.Timestamp(value)
        elif column == "active":
            cell = pick((value, int(value), float(value)))
        elif kind == "other":
            cell, value = pick((-1, -0.5, 10_001, 1e9, 1e30)), None
        else:
            whole = value == int(value)
            cell = pick((int(value), float(value))) if whole else value
        cells.append((cell, value))
    return column, cells


@given(reading=with_values(), examples=12)
@example(reading=("age", [(34, 34), (17, None), (110, 110)]))
@example(reading=("age", [(34.0, 34), (None, None), (34.5, None)]))
@example(reading=("age", [("34", 34), (35, 35), (36.0, 36), ("?", None), (None, None)]))
@example(reading=("discount", [(0.15, 0.15), (1, 1.0), (15, None)]))
@example(reading=("discount", [("15%", 0.15), (0.15, 0.15)]))
@example(reading=("data_gb", [(0.00005, 0.00005), ("1 GB", 1.0)]))
@example(reading=("monthly_fee", [(9.99, 9.99), (-1.0, None), (10_000, 10_000.0)]))
@example(reading=("active", [(True, True), (False, False)]))
@example(reading=("active", [(1.0, True), (0.0, False), (None, None)]))
@example(reading=("active", [(1, True), (0, False)]))
@example(reading=("active", [(True, True), (False, False), (None, None)]))
@example(reading=("active", [(True, True), ("no", False), (0, False), (1.0, True)]))
@example(reading=("last_seen", [(pd.Timestamp("2023-04-05"), dt.date(2023, 4, 5))]))
@example(
    reading=(
        "signed_up",
        [
            (pd.Timestamp("2023-04-05"), dt.date(2023, 4, 5)),
            ("05.04.2023", dt.date(2023, 4, 5)),
            (pd.Timestamp("2014-12-31"), None),
        ],
    )
)
def test_values_among_the_texts_stand_for_themselves(
    submission: Submission, reading: Reading
) -> None:
    """Numbers, booleans and Timestamps stay what they are, also in one column with texts."""
    check_reading(submission, reading)


@st.composite
def versions(draw: st.DrawFn) -> Mess:
    """Several rows for few customers, with repeated or missing dates, and a fee of each row's."""
    few_days = st.sampled_from(
        (None, dt.date(2023, 4, 5), dt.date(2023, 5, 4), dt.date(2022, 12, 31))
    )
    pick = picker(draw)
    seen = draw(st.booleans())
    rows: list[Customer] = []
    written: list[dict[str, str]] = []
    for at in range(draw(st.integers(2, 8))):
        if rows and draw(st.integers(0, 3)) == 3:  # exported twice, alike to the last blank
            again = draw(st.integers(0, at - 1))
            rows.append(rows[again])
            written.append(written[again])
            continue
        row: Customer = {"customer_id": draw(st.sampled_from(("C-1", "C-2")))}
        if seen:
            row["last_seen"] = draw(few_days)
        row["monthly_fee"] = draw(st.sampled_from((float(at), float(at), None)))
        rows.append(row)
        written.append({column: messy.spell(column, value, pick) for column, value in row.items()})
    raw = pd.DataFrame(written)
    raw.index = draw(indices(len(raw)))
    return Mess(raw, rows)


def version(key: str, seen: dt.date | None, fee: int | None) -> Customer:
    """A row of a customer, for the examples below."""
    return {"customer_id": key, "last_seen": seen, "monthly_fee": fee}


@given(mess=versions(), examples=10)
@example(
    mess=Mess(
        pd.DataFrame(
            {
                "customer_id": ["C-1", "c-1 ", "C-1"],
                "last_seen": ["05.04.2023", "04/07/2023", "2023-04-06"],
                "monthly_fee": [1, 2, 3],
            }
        ),
        [
            version("C-1", dt.date(2023, 4, 5), 1),
            version("C-1", dt.date(2023, 4, 7), 2),
            version("C-1", dt.date(2023, 4, 6), 3),
        ],
    )
)
@example(
    mess=Mess(
        pd.DataFrame(
            {
                "customer_id": ["C-1", "C-1", "C-1"],
                "last_seen": ["2023-04-05", "2023-04-05", "?"],
                "monthly_fee": [3, 2, 1],
            },
            index=[0, 0, 0],
        ),
        [
            version("C-1", dt.date(2023, 4, 5), 3),
            version("C-1", dt.date(2023, 4, 5), 2),
            version("C-1", None, 1),
        ],
    )
)
@example(
    mess=Mess(
        pd.DataFrame(
            {
                "customer_id": ["C-1", "C-1"],
                "last_seen": ["2023-04-06", "2023-04-05"],
                "monthly_fee": ["?", "9"],
            }
        ),
        [version("C-1", dt.date(2023, 4, 6), None), version("C-1", dt.date(2023, 4, 5), 9)],
    )
)
@example(
    mess=Mess(
        pd.DataFrame({"customer_id": ["C-1", "C-1"], "monthly_fee": [2, 1]}, index=[5, 4]),
        [{"customer_id": "C-1", "monthly_fee": 2}, {"customer_id": "C-1", "monthly_fee": 1}],
    )
)
# The lowest row is the one to stay, though it is alike to the first one, cell by cell.
@example(
    mess=Mess(
        pd.DataFrame(
            {
                "customer_id": ["C-1"] * 3,
                "last_seen": ["2023-04-05"] * 3,
                "monthly_fee": ["1", "2", "1"],
            }
        ),
        [version("C-1", dt.date(2023, 4, 5), fee) for fee in (1, 2, 1)],
    )
)
# Both were never seen, so the lower one stays.
@example(
    mess=Mess(
        pd.DataFrame({"customer_id": ["C-1"] * 2, "last_seen": ["?", None], "monthly_fee": [2, 1]}),
        [version("C-1", None, 2), version("C-1", None, 1)],
    )
)
def test_of_one_customers_rows_the_one_seen_last_stays(submission: Submission, mess: Mess) -> None:
    """Of a customer's rows the one seen last stays, whole; among equals the lowest in raw."""
    check(submission, mess)


@st.composite
def strangers(draw: st.DrawFn) -> Mess:
    """Rows of which many have no customer_id, and which have few values in two columns.

    What stands in other columns is not in the answer, so it keeps no rows apart.
    """
    pick = picker(draw)
    rows: list[Customer] = [
        {
            "customer_id": draw(st.sampled_from((None, None, None, "C-1"))),
            "city": draw(st.sampled_from(("Oslo", "New York", None))),
            "age": draw(st.sampled_from((34, 35, None))),
        }
        for _ in range(draw(st.integers(1, 6)))
    ]
    raw = pd.DataFrame(
        {column: [messy.spell(column, row[column], pick) for row in rows] for column in rows[0]}
    )
    for header in draw(st.lists(st.sampled_from(messy.OTHER_HEADERS), max_size=1)):
        raw[header] = draw(st.permutations(range(len(raw))))
    raw.index = draw(indices(len(raw)))
    return Mess(raw, rows)


@given(mess=strangers(), examples=10)
@example(
    mess=Mess(
        pd.DataFrame({"customer_id": ["?", None], "city": ["Oslo", "Kyoto"], "age": ["34", "34"]}),
        [
            {"customer_id": None, "city": "Oslo", "age": 34},
            {"customer_id": None, "city": "Kyoto", "age": 34},
        ],
    )
)
@example(
    mess=Mess(
        pd.DataFrame({"customer_id": ["", "-"], "city": ["OSLO ", "oslo"], "age": ["?", "17"]}),
        [{"customer_id": None, "city": "Oslo", "age": None}] * 2,
    )
)
@example(
    mess=Mess(
        pd.DataFrame({**ONE_CUSTOMER, "customer_id": None, "active": ["no", "yes"]}),
        [{**ONE_CUSTOMER_READS, "customer_id": None, "active": active} for active in (False, True)],
    )
)
@example(
    mess=Mess(
        pd.DataFrame({"customer_id": ["", "?"], "age": ["30", "30.0"], "Fax": ["2", "3"]}),
        [{"customer_id": None, "age": 30}] * 2,
    )
)
@example(
    mess=Mess(
        pd.DataFrame({"customer_id": ["C-1", "?"], "city": ["Oslo"] * 2, "age": ["34"] * 2}),
        [
            {"customer_id": "C-1", "city": "Oslo", "age": 34},
            {"customer_id": None, "city": "Oslo", "age": 34},
        ],
    )
)
@example(
    mess=Mess(
        pd.DataFrame({"customer_id": ["C-1", "C-2"], "city": ["Oslo"] * 2, "age": ["34"] * 2}),
        [
            {"customer_id": "C-1", "city": "Oslo", "age": 34},
            {"customer_id": "C-2", "city": "Oslo", "age": 34},
        ],
    )
)
def test_rows_without_a_customer_id_stay_once_each(submission: Submission, mess: Mess) -> None:
    """Rows without a customer_id stay, but of those that are alike when clean only one."""
    check(submission, mess)


@given(mess=messes(), examples=8)
@example(
    mess=Mess(
        pd.DataFrame(
            {"customer_id": ["C-1", "C-2", " c-1"], "age": [34, "35", "36.0"]},
            index=["b", "a", "a"],
        ),
        [
            {"customer_id": "C-1", "age": 34},
            {"customer_id": "C-2", "age": 35},
            {"customer_id": "C-1", "age": 36},
        ],
    )
)
# An index may have a name, be it that of a column.
@example(
    mess=Mess(
        pd.DataFrame(
            {"customer_id": ["C-1", "c-1"], "last_seen": ["2023-04-05", "2023-04-04"]},
            index=pd.Index([1, 0], name="last_seen"),
        ),
        [
            {"customer_id": "C-1", "last_seen": dt.date(2023, 4, 5)},
            {"customer_id": "C-1", "last_seen": dt.date(2023, 4, 4)},
        ],
    )
)
@example(
    mess=Mess(
        pd.DataFrame(
            {"customer_id": ["C-1", "?"], "age": ["34", "35"]},
            index=pd.Index([1, 1], name="customer_id"),
        ),
        [{"customer_id": "C-1", "age": 34}, {"customer_id": None, "age": 35}],
    )
)
# Nobody promised that dates agree with each other.
@example(
    mess=Mess(
        pd.DataFrame(
            {"customer_id": ["C-1"], "signed_up": ["2023-04-05"], "last_seen": ["2023-04-04"]}
        ),
        [
            {
                "customer_id": "C-1",
                "signed_up": dt.date(2023, 4, 5),
                "last_seen": dt.date(2023, 4, 4),
            }
        ],
    )
)
def test_a_messed_up_frame_comes_out_clean(submission: Submission, mess: Mess) -> None:
    """From a frame with every kind of mess at once the customers come back."""
    check(submission, mess)


@given(mess=messes(most=5), examples=5)
@example(
    mess=Mess(
        pd.DataFrame({"customer_id": ["C-1", None, None], "data_gb": ["0.05 MB", "2TB", "?"]}), []
    )
)
@example(mess=Mess(pd.DataFrame({"customer_id": ["C-1"], "discount": ["1%"]}), []))
@example(mess=Mess(pd.DataFrame({"customer_id": ["C-1", "C-2"], "active": ["yes", "?"]}), []))
@example(mess=Mess(pd.DataFrame({"customer_id": ["C-1"], "signed_up": ["04/05/2023"]}), []))
@example(mess=Mess(pd.DataFrame({"customer_id": [None], "plan": [None], "age": ["34"]}), []))
@example(mess=Mess(pd.DataFrame({"customer_id": [], "last_seen": [], "city": []}), []))
def test_cleaning_twice_changes_nothing(submission: Submission, mess: Mess) -> None:
    """clean takes its own answer, and gives the same rows again."""
    columns = [_tidy(header) for header in mess.raw.columns if _tidy(header)]
    once = submission.clean(mess.raw)
    want = read(once, columns)
    compare(read(submission.clean(once), columns), want, {row["customer_id"]: row for row in want})


@cache
def shipped() -> Mess:
    """The file as pandas reads it. Its text is made anew, for a learner may have edited theirs."""
    return Mess(pd.read_csv(io.StringIO(messy.text_of_the_file())), messy.shipped()[1])


def test_the_file_that_is_shipped_comes_out_as_stated(submission: Submission) -> None:
    """The answer for customers.csv is the one that the task sums up."""
    mess = shipped()
    want = [mess.rows[at] for at in messy.survivors(mess.rows)]
    got = read(submission.clean(mess.raw), COLUMNS)
    found = messy.summary(got)
    for name, number in messy.summary(want).items():
        # A sum of n positive numbers is off by n roundings of it, and by those of its terms.
        if abs(found[name] - number) > (len(want) + 4) * EPS * number:
            reject(f"For customers.csv {name} must be {number:.10g}, not {found[name]:.10g}.")
    compare(got, want, {})


# What featurize makes of the rows.

PLAN_COLUMNS = ("plan_basic", "plan_standard", "plan_premium")
SCALED = ("age", "monthly_fee", "discount", "data_gb", "tenure_days")
FEATURES = (
    *PLAN_COLUMNS,
    "active",
    "active_missing",
    "weekend_signup",
    *SCALED,
    *(f"{name}_missing" for name in SCALED),
)


CLOSE, SMALL = (9999.984375, 10_000.0), (2.0**-29, 2.0**-30)
"""Numbers that are not equal, though they are close to each other, or to 0."""

POOL: dict[str, list[Any]] = {
    "plan": ["basic", "standard", "premium", None],
    "signed_up": [
        None,
        *(
            pd.Timestamp(2024, 12, 30) - pd.Timedelta(days=n)
            for n in (0, 1, 2, 31, 366, 1500, 3600)
        ),
    ],
    "age": [None, 20, 30, 31, 33, 36, 40, 41, 100],
    "monthly_fee": [None, 19.99, 0.125, 1.0, 2.5, 9.5, 10.0, 12.25, 500.0, 9000.0, *CLOSE],
    "discount": [None, 0.15, 0.125, 0.25, 0.375, 0.5, 0.875],
    "data_gb": [None, 0.1, 0.125, 0.5, 1.0, 1.5, 2.0, 4.0, 8.0, 900.0, 9999.5, *SMALL],
    "active": [True, False, None],
}
"""Values of which tables are put together for featurize.

All that may stand beside another number is a multiple of 2**-30: quartiles and bounds of those are
exact. Else it would be up to rounding whether a column of equal numbers and an outlier is constant
once the outlier has moved.
"""

INEXACT = {"monthly_fee": 19.99, "discount": 0.15, "data_gb": 0.1}
"""These only stand in columns of equal numbers, whose mean is rounded for many lengths."""

Picks: TypeAlias = dict[str, list[Any]]
"""Values from the pool for some columns; the others are missing throughout."""


@lru_cache(maxsize=1)
def pool(submission: Submission) -> pd.DataFrame:
    """What clean makes of all values of the pool: featurize is given them with these dtypes."""
    length = max(map(len, POOL.values()))
    cells = {name: [*values, *[None] * (length - len(values))] for name, values in POOL.items()}
    ids = [f"C-{at}" for at in range(length)]
    blank = [None] * length
    raw = pd.DataFrame({"customer_id": ids, "city": blank, "last_seen": blank, **cells})
    return data_frame(submission.clean(raw), COLUMNS, "clean")


def cleaned_rows(submission: Submission, picks: Picks, order: Sequence[int]) -> pd.DataFrame:
    """A table as clean answers it, with these values, and the index of rows in another order."""
    frame = pool(submission)
    read_pool = {name: _READ[name](frame[name]) for name in POOL}
    n = len(next(iter(picks.values())))
    columns = {}
    for name in COLUMNS:
        wanted = picks.get(name, [None] * n)
        if name not in POOL:
            places = list(range(n))
        else:
            places = [_place(read_pool[name], value, name) for value in wanted]
        columns[name] = frame[name].iloc[places].array
    index = pd.Index([order[at] for at in range(n)])
    return pd.DataFrame(columns, index=index)


def _place(cells: list[Value], value: Any, column: str) -> int:
    meant = value.date() if isinstance(value, pd.Timestamp) else value
    place = next((at for at, cell in enumerate(cells) if alike(cell, meant)), None)
    if place is None:
        reject(f"clean loses {shown(meant)} in a column {column} of values and missing cells.")
    return place


@st.composite
def picked(draw: st.DrawFn) -> tuple[Picks, list[int]]:
    """Values for a table of a few rows, and an order of its rows."""
    n = draw(st.integers(1, 10))
    picks: Picks = {}
    for name, choices in POOL.items():
        exact = [value for value in choices if value != INEXACT.get(name)]
        kind = draw(st.sampled_from(("any", "present", "alike", "none")))
        if kind == "any":
            picks[name] = draw(st.lists(st.sampled_from(exact), min_size=n, max_size=n))
        elif kind == "present":
            there = [value for value in exact if value is not None]
            picks[name] = draw(st.lists(st.sampled_from(there), min_size=n, max_size=n))
        elif kind == "alike":
            one = draw(st.sampled_from([value for value in choices if value is not None]))
            picks[name] = draw(st.lists(st.sampled_from((one, None)), min_size=n, max_size=n))
        else:
            picks[name] = [None] * n
    return picks, list(draw(st.permutations(range(n))))


def features_of(submission: Submission, cleaned: pd.DataFrame) -> dict[str, list[float]]:
    """The columns of features, after their types, index and completeness have been checked."""
    frame = data_frame(submission.featurize(cleaned), FEATURES, "featurize")
    if not frame.index.equals(cleaned.index):
        reject(
            "The features do not have the index of the rows that were given.",
            returned=str(frame.index.tolist()),
            expected=str(cleaned.index.tolist()),
        )
    found: dict[str, list[float]] = {}
    for name in FEATURES:
        column = frame[name]
        if not (
            pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_complex_dtype(column)
        ):
            reject(
                f"The feature {name} has the dtype {column.dtype}.",
                expected="a bool, integer or float dtype",
            )
        cells = column.tolist()
        for at, cell in enumerate(cells):
            if _absent(cell) or not math.isfinite(cell):
                reject(f"The feature {name} of row {at} is {cell}.", expected="a finite number")
        found[name] = [float(cell) for cell in cells]
    return found


def check_flags(rows: list[Customer], found: dict[str, list[float]]) -> None:
    """Check the features that are 0 or 1."""
    for at, row in enumerate(rows):
        day = row["signed_up"]
        # Each with the column that it is made from.
        wanted = {name: ("plan", row["plan"] == name[len("plan_") :]) for name in PLAN_COLUMNS}
        wanted["active"] = "active", row["active"] is True
        wanted["weekend_signup"] = "signed_up", isinstance(day, dt.date) and day.weekday() >= 5
        for name in ("age", "monthly_fee", "discount", "data_gb", "active"):
            wanted[f"{name}_missing"] = name, row[name] is None
        wanted["tenure_days_missing"] = "signed_up", day is None
        for feature, (source, flag) in wanted.items():
            if found[feature][at] != flag:
                reject(
                    f"{feature} of row {at}, counted from 0, is wrong: its {source} is "
                    f"{shown(row[source])}.",
                    returned=f"{found[feature][at]:g}",
                    expected=str(int(flag)),
                )


def values(rows: list[Customer], name: str) -> list[Fraction | None]:
    """The numbers that a feature is scaled from."""
    if name != "tenure_days":
        return [None if row[name] is None else Fraction(row[name]) for row in rows]  # type: ignore[arg-type]  # these columns hold numbers
    signed_up: list[Any] = [row["signed_up"] for row in rows]
    return [None if day is None else Fraction((LAST_DAY - day).days) for day in signed_up]


def quantile(ordered: list[Fraction], share: Fraction) -> Fraction:
    """The quantile of sorted numbers, interpolated linearly between its neighbours."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def scaled(numbers: list[Fraction | None]) -> tuple[list[float], list[float]]:
    """The feature made from these numbers, exact but for a last rounding, and its tolerance.

    Any formula may be used for the spread. The one that cancels most, the mean of the squares less
    the square of the mean, has an error of n + 2 roundings of the largest square, that is of
    (n + 2) * eps * (largest / spread)**2 in relation to the spread's square, and the numerator one
    of (n + 2) * eps * largest / spread. A factor of 4 is for the constants.
    """
    present = sorted(number for number in numbers if number is not None)
    if not present:
        return [0.0] * len(numbers), [0.0] * len(numbers)
    first, third = quantile(present, Fraction(1, 4)), quantile(present, Fraction(3, 4))
    reach = Fraction(3, 2) * (third - first)
    low, high = first - reach, third + reach
    middle = quantile(present, Fraction(1, 2))
    full = [middle if number is None else min(max(number, low), high) for number in numbers]
    n, largest = len(full), max(map(abs, full))
    if len(set(full)) == 1:
        # Subtracting a mean that is a rounded sum of n equal numbers leaves this much.
        return [0.0] * n, [(n + 2) * EPS * float(largest)] * n
    mean = sum(full, Fraction(0)) / n
    spread = math.sqrt(sum(((number - mean) ** 2 for number in full), Fraction(0)) / n)
    answer = [float(number - mean) / spread for number in full]
    relative = float(largest) / spread
    within = [4 * (n + 2) * EPS * (1 + relative) ** 2 * (1 + abs(z)) for z in answer]
    return answer, within


def in_order(**picks: list[Any]) -> tuple[Picks, list[int]]:
    """A table whose index counts down, for the examples below."""
    n = len(next(iter(picks.values())))
    return picks, list(range(n))[::-1]


@given(table=picked(), name=st.sampled_from((None, "row", "plan", "age")), examples=7)
@example(table=in_order(plan=["basic", None, "premium"], active=[True, False, None]), name=None)
@example(table=in_order(plan=["standard"], active=[None]), name="active")
@example(
    table=in_order(signed_up=[pd.Timestamp(2024, *day) for day in ((12, 28), (12, 29), (11, 29))]),
    name=None,
)
@example(table=in_order(signed_up=[pd.Timestamp(2024, 12, 29), None]), name=None)
@example(table=in_order(plan=[]), name=None)
def test_features_have_a_row_for_each_row_with_plans_and_flags(
    submission: Submission, table: tuple[Picks, list[int]], name: str | None
) -> None:
    """featurize gives 16 columns and the rows it was given, with the plans and flags right."""
    cleaned = cleaned_rows(submission, *table).rename_axis(name)
    check_flags(read(cleaned, COLUMNS), features_of(submission, cleaned))


@given(table=picked(), examples=12)
@example(table=in_order(age=[30, 40, 31], monthly_fee=[1.0, 2.5, 12.25]))
@example(table=in_order(age=[30, 40], discount=[0.5, None], data_gb=[1.0, 1.0]))
@example(table=in_order(age=[20, 30, None, 100], data_gb=[1.0, None, None, 2.0]))
@example(table=in_order(data_gb=[0.5, 1.0, 1.5, 2.0, 4.0, 9999.5, None]))
@example(table=in_order(data_gb=[900.0, 900.0, 9999.5, 900.0, 0.125, None, None, None, None]))
@example(table=in_order(monthly_fee=[9.5, 9.5, 9.5, 9.5, 500.0, None], discount=[0.5] * 6))
@example(table=in_order(monthly_fee=[19.99] * 3, data_gb=[0.1] * 3, discount=[0.15] * 3))
@example(table=in_order(monthly_fee=[19.99, None, 19.99, 19.99, 19.99, 19.99, 19.99]))
@example(table=in_order(signed_up=[pd.Timestamp(2024, 12, day) for day in (30, 29, 28)]))
@example(table=in_order(age=[33], data_gb=[0.1]))
@example(table=in_order(monthly_fee=[*CLOSE, *CLOSE], data_gb=[*SMALL, *SMALL]))
def test_numbers_are_clipped_filled_and_scaled(
    submission: Submission, table: tuple[Picks, list[int]]
) -> None:
    """Numbers are clipped to the bounds, filled with the median, and scaled, in this order."""
    cleaned = cleaned_rows(submission, *table)
    rows = read(cleaned, COLUMNS)
    found = features_of(submission, cleaned)
    for name in SCALED:
        numbers = values(rows, name)
        want, within = scaled(numbers)
        source = ", ".join("missing" if x is None else f"{float(x):g}" for x in numbers)
        close(
            np.array(found[name]),
            np.array(want),
            within=np.array(within),
            name=name,
            because=f"It is made from {source}.",
        )


@given(mess=messes(most=4), table=picked(), examples=2)
@example(
    mess=Mess(pd.DataFrame({" Customer ID": [" c-1 ", "?"], "Age": ["34", "?"]}, index=[7, 7]), []),
    table=in_order(age=[20, None, 100], active=[True, None, False], plan=["basic", None, "basic"]),
)
def test_arguments_are_left_unchanged(
    submission: Submission, mess: Mess, table: tuple[Picks, list[int]]
) -> None:
    """clean does not change raw, and featurize does not change its argument."""
    submission.clean(mess.raw)
    submission.featurize(cleaned_rows(submission, *table))
    unchanged(submission)


LARGE = 200_000


@cache
def large() -> tuple[pd.DataFrame, pd.DataFrame, Array]:
    """A raw frame with two rows for each of many customers, the rows that stay, and where.

    The rows that stay have the answer's customer_id for an index.
    """
    rng = np.random.default_rng(7)
    customer = rng.permutation(LARGE) // 2
    back = rng.integers(800, size=LARGE)
    seen = [LAST_DAY - dt.timedelta(days=days) for days in range(800)]
    spelled = np.array([[day.strftime(form) for form in messy.DATES] for day in seen])
    plan = rng.integers(4, size=LARGE)
    age = rng.integers(18, 111, size=LARGE).astype(float)
    raw = pd.DataFrame(
        {
            "Customer ID": [f" c-{number:06d}" for number in customer.tolist()],
            "Plan": np.array(("Basic", " std", "PREMIUM ", "?"))[plan],
            "Last seen": spelled[back, rng.integers(4, size=LARGE)],
            "age": age,
        }
    )
    rows = {
        "plan": np.array(("basic", "standard", "premium", None), dtype=object)[plan],
        "last_seen": np.array(seen, dtype="datetime64[s]")[back],
        "age": age,
    }
    # By customer, then by day, then by position: the latter of two rows is the one to stay.
    stay = np.lexsort((np.arange(LARGE), -back, customer))[1::2]
    ids = [f"C-{number:06d}" for number in customer[stay].tolist()]
    return raw, pd.DataFrame(rows).iloc[stay].set_axis(ids), stay


def tidied(raw: pd.DataFrame) -> int:
    """What the budget is a multiple of: the least that every answer does to three columns."""
    texts = [raw[name].str.strip().str.lower() for name in ("Customer ID", "Plan", "Last seen")]
    return sum(len(column) for column in texts)


@pytest.mark.timeout(90)
@calls_within(12)
def test_200_000_rows_are_cleaned_in_time(submission: Submission) -> None:
    """200,000 rows take at most 20 times as long as tidying the texts of three columns."""
    # Of the answers under solutions/, the slowest accepted one takes 10 times as long, and the
    # fastest that visits row after row 37 times.
    wants: list[pd.DataFrame] = []

    def drawn(rng: np.random.Generator) -> tuple[pd.DataFrame]:
        raw, want, stay = large()
        # New ones, so that no lap is like another.
        fees = rng.integers(100, 200_000, size=LARGE) / 100
        wants.append(want.assign(monthly_fee=fees[stay]))
        return (raw.assign(monthly_fee=fees),)

    budget(
        submission,
        lambda answer, raw: check_large(answer.clean(raw), wants[-1]),
        definition=tidied,
        on=drawn,
        times=20,
        usual=0.2,
    )


def check_large(answer: object, want: pd.DataFrame) -> None:
    got = data_frame(answer, ["customer_id", *want.columns], "clean")
    ids = _texts(got["customer_id"])
    hint = "The other properties show the same with fewer rows."
    if len(ids) != len(want) or set(ids) != set(want.index):
        reject(f"The customers are not the {len(want)} of raw, once each. {hint}")
    got = got.set_axis(ids).loc[want.index]
    for column in want.columns:
        cells, values = _READ[column](got[column]), _READ[column](want[column])
        if cells == values:
            continue  # the usual case, and a quick one
        for key, cell, value in zip(want.index, cells, values, strict=True):
            if not alike(cell, value):
                reject(
                    f"{column} of the customer {key!r} is wrong. {hint}",
                    returned=shown(cell),
                    expected=shown(value),
                )
