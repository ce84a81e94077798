"""Plain Python parsers, called once for each different cell: a column has far fewer of those than
rows. Dates are datetime64[s], texts are object, active is object, and rows keep the order of raw.
"""

import datetime as dt
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
NOTHING = {"", "-", "?", "n/a", "na", "nan", "none", "null"}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
WRITTEN = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)"), (1, 2, 3)),
    (re.compile(r"(\d\d)\.(\d\d)\.(\d{4})"), (3, 2, 1)),
    (re.compile(r"(\d\d)/(\d\d)/(\d{4})"), (3, 1, 2)),
    (re.compile(rf"(\d\d) ({'|'.join(MONTHS)}) (\d{{4}})"), (3, 2, 1)),
)
NUMBER = re.compile(r"-?[\d,]*\.?\d+")
UNITS = {
    "age": {"": 1},
    "monthly_fee": {"": 1, "$": 1, "usd": 1},
    "discount": {"": 1, "%": 100},
    "data_gb": {"": 1, "gb": 1, "mb": 1e3, "tb": 1e-3},
}
LIMITS = {"age": (18, 110), "monthly_fee": (0, 1e4), "discount": (0, 1), "data_gb": (0, 1e4)}


def number_in(name, cell):
    if isinstance(cell, str):
        signs, numbers = NUMBER.sub(" ", cell).split(), NUMBER.findall(cell)
        unit = signs[0] if signs else ""
        in_front = name == "monthly_fee" and cell.startswith(unit)
        if len(signs) > 1 or len(numbers) != 1 or unit not in UNITS[name]:
            return np.nan
        if unit and not (in_front or cell.endswith(unit)) or unit == "$" and not in_front:
            return np.nan
        try:
            cell = float(numbers[0].replace(",", "")) / UNITS[name][unit]
        except ValueError:
            return np.nan
    low, high = LIMITS[name]
    inside = low <= cell <= high and (name != "age" or cell == int(cell))
    return float(cell) if inside else np.nan


def date_in(_, cell):
    if isinstance(cell, str):
        for form, (year, month, day) in WRITTEN:
            if found := form.fullmatch(cell):
                part = found.group(month)
                month = MONTHS.index(part) + 1 if part in MONTHS else int(part)
                try:
                    cell = dt.date(int(found[year]), month, int(found[day]))
                except ValueError:
                    return None
                break
        else:
            return None
    else:
        cell = cell.date()
    return cell if 2015 <= cell.year <= 2024 else None


def flag_in(_, cell):
    if isinstance(cell, str):
        if cell in ("yes", "y", "true", "t", "on", "1"):
            return True
        return False if cell in ("no", "n", "false", "f", "off", "0") else None
    return bool(cell) if cell in (0, 1) else None


PARSERS = {
    "customer_id": lambda _, cell: cell.upper(),
    "city": lambda _, cell: " ".join(map(str.capitalize, cell.split())),
    "plan": lambda _, cell: PLANS.get(cell),
    **dict.fromkeys(("signed_up", "last_seen"), date_in),
    **dict.fromkeys(LIMITS, number_in),
    "active": flag_in,
}
TYPES = {date_in: "datetime64[s]", number_in: "float64"}


def parsed(name, cells):
    """Return what a list of raw cells says, each different one looked at once."""
    parser, known = PARSERS[name], {}
    answer = []
    for cell in cells:
        key = type(cell), cell
        if key not in known:
            text = cell.strip().lower() if isinstance(cell, str) else cell
            nothing = text in NOTHING if isinstance(text, str) else pd.isna(text)
            known[key] = None if nothing else parser(name, text)
        answer.append(known[key])
    return pd.Series(answer, dtype=TYPES.get(parser, object))


def clean(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the customers in raw, one row each, in tidy and typed columns."""
    columns = {}
    for position, header in enumerate(raw.columns):
        name = "_".join(re.findall("[a-z0-9]+", header.lower()))
        if name in PARSERS:
            columns[name] = parsed(name, raw.iloc[:, position].tolist())
    if "customer_id" not in columns:
        raise ValueError("customer_id is missing")
    table = pd.DataFrame(columns)
    key = columns["customer_id"].tolist()
    seen = columns.get("last_seen", pd.Series(pd.NaT, table.index)).astype("int64").tolist()
    latest = {}
    for at, (customer, day) in enumerate(zip(key, seen)):
        if customer is not None and day >= seen[latest.get(customer, at)]:
            latest[customer] = at
    known = pd.Series([customer is not None for customer in key], dtype=bool)
    nobody = table[~known].drop_duplicates().index
    return table.loc[sorted([*latest.values(), *nobody])]


def featurize(cleaned: pd.DataFrame) -> pd.DataFrame:
    """Return 16 columns of numbers for the rows of a clean table."""
    n = len(cleaned)
    out = {}
    for plan in ("basic", "standard", "premium"):
        out["plan_" + plan] = np.fromiter((cell == plan for cell in cleaned["plan"]), bool, n)
    active = cleaned["active"].tolist()
    out["active"] = np.fromiter((cell is True for cell in active), bool, n)
    out["active_missing"] = np.fromiter((cell is None for cell in active), bool, n)
    day = cleaned["signed_up"].to_numpy()
    known = ~np.isnat(day)
    # The first of January 1970 was a Thursday.
    out["weekend_signup"] = known & ((day.astype("datetime64[D]").astype("int64") + 3) % 7 >= 5)
    tenure = (np.datetime64("2024-12-31") - day) / np.timedelta64(1, "D")
    numbers = {name: cleaned[name].to_numpy(float) for name in LIMITS} | {"tenure_days": tenure}
    for name, column in numbers.items():
        missing = np.isnan(column)
        out[name + "_missing"] = missing.astype("int8")
        there = column[~missing]
        if there.size:
            q1, q3 = np.percentile(there, [25, 75])
            there = np.clip(there, q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1))
            column = column.copy()
            column[~missing] = there
            column[missing] = np.median(there)
            off = column - column.mean()
            out[name] = off / off.std() if np.ptp(column) else np.zeros(n)
        else:
            out[name] = np.zeros(n)
    return pd.DataFrame(out, index=cleaned.index)
