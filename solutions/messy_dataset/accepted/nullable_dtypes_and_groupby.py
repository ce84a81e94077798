"""Nullable dtypes throughout, Int64 ages, one regular expression for all numbers, and the latest
row of a customer by the rank of its day; columns come out in the order of the alphabet.
"""

import re

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
QUANTITY = (
    r"(?P<before>\$|usd)?\s*(?P<digits>-?\d[\d,]*(?:\.\d+)?|-?\.\d+)\s*(?P<unit>usd|%|[mgt]b)?"
)
TOP = {"age": 110, "monthly_fee": 10_000, "discount": 1, "data_gb": 10_000}
UNITS = {
    "age": {},
    "monthly_fee": {"usd": 1},
    "discount": {"%": 100},
    "data_gb": {"mb": 1000, "gb": 1, "tb": 0.001},
}


def words(cells):
    """Return the texts among the cells in small letters, whatever is missing or no text as NA."""
    texts = cells.map(lambda cell: cell if isinstance(cell, str) else pd.NA).astype("string")
    texts = texts.str.strip().str.lower()
    return texts.replace(["", "-", "?", "n/a", "na", "nan", "none", "null"], pd.NA)


def others(cells):
    """Return the cells that are no texts."""
    return cells.astype(object).where(cells.map(lambda cell: not isinstance(cell, str)), None)


def quantity(cells, name):
    parts = words(cells).str.extract(f"^(?:{QUANTITY})$")
    number = pd.to_numeric(parts["digits"].str.replace(",", ""), errors="coerce").astype("Float64")
    factor = parts["unit"].map(UNITS[name]).astype("Float64")
    number = number / factor.where(parts["unit"].notna(), 1)
    if name == "monthly_fee":
        number = number.mask((parts["before"].notna() & parts["unit"].notna()).astype(bool))
    else:
        number = number.mask(parts["before"].notna())
    values = pd.to_numeric(others(cells), errors="coerce").astype("Float64")
    number = number.fillna(values)
    bottom = 18 if name == "age" else 0
    number = number.mask(~number.between(bottom, TOP[name]).fillna(False))
    if name == "age":
        return number.mask((number % 1 != 0).fillna(True)).astype("Int64")
    return number


def day(cells):
    texts = words(cells)
    found = pd.to_datetime(others(cells), errors="coerce").astype("datetime64[ns]")
    for form, pattern in (
        ("%Y-%m-%d", r"\d{4}-\d\d-\d\d"),
        ("%d.%m.%Y", r"\d\d\.\d\d\.\d{4}"),
        ("%m/%d/%Y", r"\d\d/\d\d/\d{4}"),
        ("%d %b %Y", r"\d\d [a-z]{3} \d{4}"),
    ):
        mine = texts.where(texts.str.fullmatch(pattern).fillna(False))
        stamps = pd.to_datetime(mine, format=form, errors="coerce")
        found = found.fillna(stamps.where(stamps.dt.year.between(2015, 2024)).astype(found.dtype))
    return found.where(found.dt.year.between(2015, 2024))


def flag(cells):
    meaning = dict.fromkeys(["yes", "y", "true", "t", "on", "1"], True)
    meaning |= dict.fromkeys(["no", "n", "false", "f", "off", "0"], False)
    said = words(cells).map(meaning).astype("boolean")
    values = others(cells).map(lambda cell: {0: False, 1: True}.get(cell))
    return said.fillna(values.astype("boolean"))


def clean(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the customers in raw, one row each, in tidy and typed columns."""
    table = raw.set_axis(range(len(raw)))
    table.columns = [re.sub("[^a-z0-9]+", " ", name.lower()).strip() for name in raw.columns]
    if "customer id" not in table.columns:
        raise ValueError("raw lacks customer_id")
    parse = {
        "customer id": lambda cells: words(cells).str.upper(),
        "city": lambda cells: words(cells).str.split().str.join(" ").str.title(),
        "plan": lambda cells: words(cells).map(PLANS).astype("string"),
        "signed up": day,
        "last seen": day,
        "age": lambda cells: quantity(cells, "age"),
        "monthly fee": lambda cells: quantity(cells, "monthly_fee"),
        "discount": lambda cells: quantity(cells, "discount"),
        "data gb": lambda cells: quantity(cells, "data_gb"),
        "active": flag,
    }
    names = sorted(set(parse) & set(table.columns))
    answer = pd.DataFrame({name.replace(" ", "_"): parse[name](table[name]) for name in names})
    answer["_row"] = range(len(answer))
    days = answer["last_seen"] if "last_seen" in answer else pd.Series(pd.NaT, answer.index)
    answer["_day"] = days.rank(method="dense").fillna(0.0) * len(answer) + answer["_row"]
    latest = answer.groupby("customer_id")["_day"].transform("max")
    mine = answer["customer_id"].notna() & (answer["_day"] == latest).fillna(False)
    facts = [name for name in answer if not name.startswith("_")]
    free = answer["customer_id"].isna() & ~answer.duplicated(subset=facts)
    return answer.loc[mine | free, facts].iloc[::-1]


def featurize(cleaned: pd.DataFrame) -> pd.DataFrame:
    """Return 16 columns of numbers for the rows of a clean table."""
    listed = pd.Categorical(cleaned["plan"], categories=["basic", "standard", "premium"])
    dummies = pd.get_dummies(pd.Series(listed, cleaned.index), prefix="plan", dtype="UInt8")
    answer = dummies.assign(
        active=cleaned["active"].fillna(False).astype("UInt8"),
        active_missing=cleaned["active"].isna(),
        weekend_signup=cleaned["signed_up"].dt.day_name().isin(["Saturday", "Sunday"]),
    )
    since = (pd.Timestamp(2024, 12, 31) - cleaned["signed_up"]).dt.total_seconds() / 86_400
    for name in (*TOP, "tenure_days"):
        numbers = (since if name == "tenure_days" else cleaned[name]).astype("Float64")
        answer[name + "_missing"] = numbers.isna()
        present = numbers.dropna()
        if present.empty:
            answer[name] = 0.0
            continue
        first, third = present.quantile([0.25, 0.75])
        fence = (third - first) * 3 / 2
        capped = present.mask(present < first - fence, first - fence)
        capped = capped.mask(present > third + fence, third + fence)
        whole = capped.reindex(cleaned.index).fillna(capped.median()).astype("float64")
        if whole.min() == whole.max():
            answer[name] = 0.0
        else:
            centred = whole - whole.mean()
            answer[name] = centred / (centred**2).mean() ** 0.5
    return answer
