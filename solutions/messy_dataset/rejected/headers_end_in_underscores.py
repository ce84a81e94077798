"""Drops underscores at the start of a header alone: "Monthly Fee ($)" becomes monthly_fee_,
which is none of the ten, so the column is gone.

verdict: wrong_answer
property: test_columns_are_found_under_untidy_headers
"""

import numpy as np
import pandas as pd

PLANS = {
    "basic": "basic",
    "basc": "basic",
    "bsic": "basic",
    "starter": "basic",
    "standard": "standard",
    "standart": "standard",
    "std": "standard",
    "premium": "premium",
    "premuim": "premium",
    "prem": "premium",
    "pro": "premium",
}
MISSING = ["", "-", "?", "n/a", "na", "nan", "none", "null"]
DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d %b %Y"]
FIRST_DAY, LAST_DAY = pd.Timestamp("2015-01-01"), pd.Timestamp("2024-12-31")
BOOLEANS = {text: True for text in ("yes", "y", "true", "t", "on", "1")} | {
    text: False for text in ("no", "n", "false", "f", "off", "0")
}
GIGABYTES = {"mb": 0.001, "gb": 1.0, "tb": 1000.0}
NUMBER = r"(?P<number>-?[\d,]*\.?\d+)"


def clean(raw):
    names = raw.columns.str.lower().str.replace(r"[^a-z0-9]+", "_", regex=True).str.lstrip("_")
    if "customer_id" not in names:
        raise ValueError("there is no column customer_id")
    columns = {
        name: PARSERS[name](raw.iloc[:, position].reset_index(drop=True))
        for position, name in enumerate(names)
        if name in PARSERS
    }
    return _without_duplicates(pd.DataFrame(columns))


def _without_duplicates(frame):
    known = frame[frame["customer_id"].notna()]
    strangers = frame[frame["customer_id"].isna()]
    if "last_seen" in frame:
        known = known.sort_values("last_seen", kind="stable", na_position="first")
    known = known.drop_duplicates("customer_id", keep="last")
    return pd.concat([known, strangers.drop_duplicates()], ignore_index=True)


def _texts(column):
    """The texts of a column without what stands for missing; NaN for every other cell."""
    if column.dtype == object:
        column = pd.Series(
            [cell if isinstance(cell, str) else None for cell in column], dtype="str"
        )
    elif not (isinstance(column.dtype, pd.StringDtype | pd.CategoricalDtype)):
        return pd.Series(np.nan, index=column.index, dtype="str")
    texts = column.astype("str").str.strip()
    return texts.mask(texts.str.lower().isin(MISSING))


def customer_id(column):
    return _texts(column).str.upper()


def city(column):
    return _texts(column).str.replace(r"\s+", " ", regex=True).str.title()


def plan(column):
    return _texts(column).str.lower().map(PLANS).astype("str")


def date(column):
    if pd.api.types.is_datetime64_dtype(column.dtype):
        dates = column
    else:
        texts = _texts(column)
        dates = pd.Series(pd.NaT, index=column.index, dtype="datetime64[us]")
        for format_ in DATE_FORMATS:
            dates = dates.fillna(pd.to_datetime(texts, format=format_, errors="coerce"))
        if column.dtype == object:
            stamps = [cell if isinstance(cell, pd.Timestamp) else pd.NaT for cell in column]
            dates = dates.fillna(pd.Series(stamps, dtype=dates.dtype))
    return dates.where(dates.between(FIRST_DAY, LAST_DAY))


def _number(column, pattern, scale, low, high):
    """The numbers in a column: a text has to match the pattern, whose unit `scale` looks up."""
    if pd.api.types.is_numeric_dtype(column.dtype):
        numbers = column.astype("float64")
    else:
        texts = _texts(column)
        found = texts.str.lower().str.extract(f"^{pattern}$")
        digits = found["number"].str.replace(",", "", regex=False)
        numbers = pd.to_numeric(digits, errors="coerce").astype("float64")
        if scale:
            numbers = numbers * found["unit"].map(scale).astype("float64").fillna(1.0)
        if column.dtype == object:
            values = pd.to_numeric(column.where(texts.isna()), errors="coerce")
            numbers = numbers.fillna(values.astype("float64"))
    return numbers.where(numbers.between(low, high))


def age(column):
    ages = _number(column, NUMBER, None, 18, 110)
    return ages.where(ages % 1 == 0)


def monthly_fee(column):
    return _number(column, rf"(?:\$\s*|usd\s*)?{NUMBER}(?:\s*usd)?", None, 0, 10_000)


def discount(column):
    return _number(column, rf"{NUMBER}\s*(?P<unit>%)?", {"%": 0.01}, 0, 1)


def data_gb(column):
    return _number(column, rf"{NUMBER}\s*(?P<unit>[mgt]b)?", GIGABYTES, 0, 10_000)


def active(column):
    if pd.api.types.is_bool_dtype(column.dtype) and column.dtype != object:
        return column.astype("boolean")
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column.map({1: True, 0: False}).astype("boolean")
    flags = _texts(column).str.lower().map(BOOLEANS)
    if column.dtype == object:
        values = [cell if isinstance(cell, bool | int | float) else None for cell in column]
        flags = flags.astype(object).fillna(
            pd.Series(values, dtype=object).map({1: True, 0: False})
        )
    return flags.astype("boolean")


PARSERS = {
    "customer_id": customer_id,
    "city": city,
    "plan": plan,
    "signed_up": date,
    "last_seen": date,
    "age": age,
    "monthly_fee": monthly_fee,
    "discount": discount,
    "data_gb": data_gb,
    "active": active,
}


def featurize(cleaned):
    features = {}
    for name in ("basic", "standard", "premium"):
        features[f"plan_{name}"] = (cleaned["plan"] == name).fillna(False).astype("int64")
    features["active"] = cleaned["active"].astype("boolean").fillna(False).astype("int64")
    features["active_missing"] = cleaned["active"].isna().astype("int64")
    features["weekend_signup"] = (cleaned["signed_up"].dt.dayofweek >= 5).astype("int64")
    numbers = cleaned[["age", "monthly_fee", "discount", "data_gb"]].astype("float64")
    numbers["tenure_days"] = (LAST_DAY - cleaned["signed_up"]).dt.days
    flags = numbers.isna().astype("int64").add_suffix("_missing")
    return pd.concat([pd.DataFrame(features), flags, _scaled(numbers)], axis=1)


def _scaled(numbers):
    first, third = numbers.quantile(0.25), numbers.quantile(0.75)
    reach = 1.5 * (third - first)
    clipped = numbers.clip(first - reach, third + reach, axis=1)
    filled = clipped.fillna(clipped.median()).fillna(0.0)
    scaled = (filled - filled.mean()) / filled.std(ddof=0)
    scaled.loc[:, filled.nunique() < 2] = 0.0
    return scaled
