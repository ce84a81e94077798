"""Squeezes the whitespace within an id, so that two customers become one; breaks "any text; the answer
has it in upper case".

verdict: wrong_answer
property: test_texts_are_tidied_and_plans_are_looked_up
"""

import re

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

TEXTS = ["customer_id", "city", "plan"]
DATES = ["signed_up", "last_seen"]
LIMITS = {"age": (18, 110), "monthly_fee": (0, 10_000), "discount": (0, 1), "data_gb": (0, 10_000)}
COLUMNS = TEXTS + DATES + list(LIMITS) + ["active"]
MISSING = ["", "-", "?", "n/a", "na", "nan", "none", "null"]
SPACE = " \t\xa0"
W = "[ \t\xa0]*"
N = rf"(-?{W}(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?)"
NUMBER = {
    "age": rf"\A{N}()()\Z",
    "monthly_fee": rf"\A(?:(?:\$|usd){W}{N}|{N}{W}(?:usd)?)()\Z",
    "discount": rf"\A{N}(){W}(%?)\Z",
    "data_gb": rf"\A{N}(){W}(mb|gb|tb)?\Z",
}
DATE = (
    r"(?:([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"|([0-9]{2})\.([0-9]{2})\.([0-9]{4})"
    r"|([0-9]{2})/([0-9]{2})/([0-9]{4})"
    r"|([0-9]{2}) ([a-z]{3}) ([0-9]{4}))\Z"
)
DROP = str.maketrans("", "", "," + SPACE)
EXPONENT = {"%": "e-2", "mb": "e-3", "tb": "e3"}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTH = {name: f"{i:02d}" for i, name in enumerate(MONTHS, 1)}
ACTIVE = dict.fromkeys(["yes", "y", "true", "t", "on", "1"], True)
ACTIVE.update(dict.fromkeys(["no", "n", "false", "f", "off", "0"], False))


def _tidy(header):
    return re.sub("[^a-z0-9]+", "_", str(header).lower()).strip("_")


def _split(cells):
    """Texts, stripped and in small letters, and values: each missing where the other is."""
    if pd.api.types.is_string_dtype(cells.dtype) and cells.dtype != object:
        texts, values = cells.astype("str"), None
    else:
        cells = cells.astype(object)
        is_text = np.fromiter((isinstance(cell, str) for cell in cells), bool, len(cells))
        texts = cells.where(is_text, None).astype("str")
        values = cells.mask(is_text, None)
        values = None if values.isna().all() else values
    texts = texts.str.strip(SPACE).str.lower()
    return texts.mask(texts.isin(MISSING)), values


def _extract(texts, pattern, count):
    """Like str.extract, but quicker: a column of texts for each group, "" without a match."""
    find = re.compile(pattern).match
    nothing = ("",) * count
    rows = [nothing if m is None else m.groups("") for m in map(find, texts.fillna("?").tolist())]
    parts = list(zip(*rows)) if rows else [()] * count
    return [pd.Series(part, dtype=object) for part in parts]


def _city(texts):
    words = texts.str.replace(f"[{SPACE}]+", " ", regex=True).str.split(" ")
    return words.map(lambda ws: " ".join(w.capitalize() for w in ws), na_action="ignore")


def _number(name, texts, values):
    parts = _extract(texts, NUMBER[name], 3)
    digits = parts[0] + parts[1]
    exponent = parts[2].map(EXPONENT).fillna("").astype(object)
    numbers = [t.translate(DROP) for t in digits + exponent]
    numbers = pd.Series([float(t) if t else np.nan for t in numbers], dtype="float64")
    if values is not None:
        numbers = numbers.fillna(values.map(_value).astype("float64"))
    low, high = LIMITS[name]
    good = numbers.between(low, high)
    if name == "age":
        good &= numbers % 1 == 0
    return numbers.where(good)


def _value(cell):
    if isinstance(cell, (int, float, np.integer, np.floating)) and not isinstance(cell, bool):
        try:
            return float(cell)
        except OverflowError:
            return np.nan
    return np.nan


def _date(texts, values):
    codes, different = pd.factorize(texts)  # there are few days
    parts = _extract(pd.Series(different, dtype="str"), DATE, 12)
    year = parts[0] + parts[5] + parts[8] + parts[11]
    month = parts[1] + parts[4] + parts[6] + parts[10].map(MONTH).fillna("").astype(object)
    day = parts[2] + parts[3] + parts[7] + parts[9]
    dates = pd.to_datetime(year + "-" + month + "-" + day, format="%Y-%m-%d", errors="coerce")
    dates = dates.astype("datetime64[us]").reindex(codes).reset_index(drop=True)
    if values is not None:
        dates = dates.fillna(pd.to_datetime(values.map(_in_limits)).astype("datetime64[us]"))
    return dates.where(dates.between(pd.Timestamp("2015-01-01"), pd.Timestamp("2024-12-31")))


def _in_limits(cell):
    if isinstance(cell, pd.Timestamp) and 2015 <= cell.year <= 2024:
        return cell
    return None


def _active(texts, values):
    answer = texts.map(ACTIVE).astype(object)
    if values is not None:
        found = [None if pd.isna(cell) else {1: True, 0: False}.get(cell) for cell in values]
        answer = answer.where(answer.notna(), pd.Series(found, dtype=object))
    return answer.astype("boolean")


def _newest(table):
    known = table["customer_id"].notna()
    named, nameless = table[known], table[~known]
    if "last_seen" in table:
        named = named.sort_values("last_seen", kind="stable", na_position="first")
    named = named.drop_duplicates("customer_id", keep="last")
    return pd.concat([named, nameless.drop_duplicates()]).sort_index()


def clean(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the customers in raw, one row each, in tidy and typed columns."""
    where = {_tidy(header): i for i, header in enumerate(raw.columns)}
    if "customer_id" not in where:
        raise ValueError("there is no customer_id")
    answer = {}
    for name in COLUMNS:
        if name not in where:
            continue
        cells = raw.iloc[:, where[name]].reset_index(drop=True)
        texts, values = _split(cells)
        if name == "customer_id":
            column = texts.str.replace(r"\s+", " ", regex=True).str.upper()
        elif name == "city":
            column = _city(texts).astype("str")
        elif name == "plan":
            column = texts.map(PLANS).astype("str")
        elif name in DATES:
            column = _date(texts, values)
        elif name == "active":
            column = _active(texts, values)
        else:
            column = _number(name, texts, values)
        answer[name] = column
    return _newest(pd.DataFrame(answer, index=range(len(raw)))).reset_index(drop=True)


def _scaled(values):
    """Clip, fill and standardise a float64 column."""
    present = values[~np.isnan(values)]
    if len(present) == 0:
        return np.zeros(len(values))
    q1, q3 = np.percentile(present, [25, 75])
    present = np.clip(present, q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1))
    filled = np.full(len(values), np.median(present))
    filled[~np.isnan(values)] = present
    if filled.min() == filled.max():
        return np.zeros(len(values))
    return (filled - filled.mean()) / filled.std()


def featurize(cleaned: pd.DataFrame) -> pd.DataFrame:
    """Return 16 columns of numbers for the rows of a clean table."""
    answer = {}
    for plan in ["basic", "standard", "premium"]:
        answer["plan_" + plan] = (cleaned["plan"] == plan).fillna(False).to_numpy(bool).astype(int)
    active = cleaned["active"].astype("boolean")
    answer["active"] = active.fillna(False).to_numpy(bool).astype(int)
    answer["active_missing"] = active.isna().to_numpy().astype(int)
    signed_up = pd.to_datetime(cleaned["signed_up"])
    answer["weekend_signup"] = (signed_up.dt.day_of_week >= 5).to_numpy().astype(int)
    columns = {name: cleaned[name] for name in LIMITS}
    columns["tenure_days"] = (pd.Timestamp("2024-12-31") - signed_up).dt.days
    for name, column in columns.items():
        values = column.astype("Float64").to_numpy(float, na_value=np.nan)
        answer[name] = _scaled(values)
        answer[name + "_missing"] = np.isnan(values).astype(int)
    return pd.DataFrame(answer, index=cleaned.index)
