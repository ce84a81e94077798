"""Gives active no type where there is nothing to read; breaks "This goes for every raw: without
rows".

verdict: wrong_answer
property: test_every_column_has_its_type_even_when_all_is_missing
"""

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
# What one of the unit is in that of the answer; any other unit, or none, is the answer's.
GIGABYTES = {"mb": 0.001, "tb": 1000.0}
PERCENT = {"%": 0.01}
NUMBER = r"(?P<number>-?[0-9,]*\.?[0-9]+)"


def clean(raw):
    names = raw.columns.str.lower().str.replace(r"[^a-z0-9]+", "_", regex=True).str.strip("_")
    if "customer_id" not in names:
        raise ValueError("there is no column customer_id")
    # A fresh index: that of raw may have repeats, and its order is what breaks ties.
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
        # Stable, so that rows seen on the same day stay in the order of the file.
        known = known.sort_values("last_seen", kind="stable", na_position="first")
    known = known.drop_duplicates("customer_id", keep="last")
    return pd.concat([known, strangers.drop_duplicates()])


def _texts(column):
    """The texts of a column without what stands for missing; NaN for every other cell."""
    # First without the other cells, since astype would make texts of them, too.
    texts = pd.Series([cell if isinstance(cell, str) else None for cell in column.tolist()]).astype(
        "str"
    )
    texts = texts.str.strip()
    return texts.mask(texts.str.lower().isin(MISSING))


def _customer_id(column):
    return _texts(column).str.upper()


def _city(column):
    return _texts(column).str.replace(r"\s+", " ", regex=True).str.title()


def _plan(column):
    return _texts(column).str.lower().map(PLANS).astype("str")


def _date(column):
    stamps = [cell if isinstance(cell, pd.Timestamp) else pd.NaT for cell in column.tolist()]
    dates = pd.Series(stamps, dtype="datetime64[us]")
    # The format is told from the text: guessing would take 04/05 for the fifth of April in one
    # row and for the fourth of May in the next.
    texts = _texts(column)
    for format_ in DATE_FORMATS:
        dates = dates.fillna(pd.to_datetime(texts, format=format_, errors="coerce"))
    return dates.where(dates.between(FIRST_DAY, LAST_DAY))


def _number(column, pattern, scale, low, high):
    """The numbers in a column: a text has to match the pattern, whose unit `scale` looks up."""
    if pd.api.types.is_numeric_dtype(column.dtype):
        numbers = column  # the same as below, without a look at each cell
    else:
        texts = _texts(column)
        found = texts.str.lower().str.extract(f"^{pattern}$")
        numbers = pd.to_numeric(found["number"].str.replace(",", ""))
        if scale:
            numbers = numbers * found["unit"].map(scale).fillna(1.0)
        # What is no text is a number already.
        numbers = numbers.fillna(pd.to_numeric(column.where(texts.isna()), errors="coerce"))
    return numbers.where(numbers.between(low, high)).astype("float64")


def _age(column):
    ages = _number(column, NUMBER, None, 18, 110)
    return ages.where(ages % 1 == 0)


def _monthly_fee(column):
    return _number(column, rf"(?:\$\s*|usd\s*)?{NUMBER}(?:\s*usd)?", None, 0, 10_000)


def _discount(column):
    return _number(column, rf"{NUMBER}\s*(?P<unit>%)?", PERCENT, 0, 1)


def _data_gb(column):
    return _number(column, rf"{NUMBER}\s*(?P<unit>[mgt]b)?", GIGABYTES, 0, 10_000)


def _active(column):
    if column.empty:
        return column
    texts = _texts(column).str.lower().map(BOOLEANS)
    # True equals 1 and 1.0, so this knows all values. A dtype would tell them apart.
    values = [{1: True, 0: False}.get(cell) for cell in column.tolist()]
    return pd.Series(values, dtype="boolean").fillna(texts.astype("boolean"))


PARSERS = {
    "customer_id": _customer_id,
    "city": _city,
    "plan": _plan,
    "signed_up": _date,
    "last_seen": _date,
    "age": _age,
    "monthly_fee": _monthly_fee,
    "discount": _discount,
    "data_gb": _data_gb,
    "active": _active,
}


def featurize(cleaned):
    features = {}
    # The plans are listed, not found: a frame without premium customers has the column as well.
    for name in ("basic", "standard", "premium"):
        features[f"plan_{name}"] = cleaned["plan"] == name
    features["active"] = cleaned["active"].fillna(False)
    features["active_missing"] = cleaned["active"].isna()
    # A missing day counts as no day of the week.
    features["weekend_signup"] = cleaned["signed_up"].dt.dayofweek >= 5
    numbers = cleaned[["age", "monthly_fee", "discount", "data_gb"]]
    numbers["tenure_days"] = (LAST_DAY - cleaned["signed_up"]).dt.days
    flags = numbers.isna().add_suffix("_missing")
    return pd.concat([pd.DataFrame(features), flags, _scaled(numbers)], axis=1)


def _scaled(numbers):
    first, third = numbers.quantile(0.25), numbers.quantile(0.75)
    reach = 1.5 * (third - first)
    clipped = numbers.clip(first - reach, third + reach, axis=1)
    filled = clipped.fillna(clipped.median())
    scaled = (filled - filled.mean()) / filled.std(ddof=0)
    # Not std() == 0: the mean of equal numbers may be rounded, and then it is a little more.
    # A column without any number is NaN until here.
    scaled.loc[:, filled.nunique() < 2] = 0.0
    return scaled
