"""Plain pandas: one helper for each kind of column, regular expressions on whole columns, a stable
sort by last_seen and drop_duplicates.
"""

import re

import pandas as pd

PLANS = {
    **dict.fromkeys(["basic", "basc", "bsic", "starter"], "basic"),
    **dict.fromkeys(["standard", "standart", "std"], "standard"),
    **dict.fromkeys(["premium", "premuim", "prem", "pro"], "premium"),
}
BLANKS = {"", "-", "?", "n/a", "na", "nan", "none", "null"}
NUMBER = r"(?P<number>-?\d+(?:\.\d+)?)"
FORMS = {
    "age": NUMBER,
    "monthly_fee": rf"(?:(?:\$|usd)\s*)?{NUMBER}|{NUMBER.replace('number', 'front')}\s*usd",
    "discount": rf"{NUMBER}\s*(?P<unit>%?)",
    "data_gb": rf"{NUMBER}\s*(?P<unit>mb|gb|tb|)",
}
LIMITS = {"age": (18, 110), "monthly_fee": (0, 1e4), "discount": (0, 1), "data_gb": (0, 1e4)}
DIVISORS = {"%": 100, "mb": 1000, "gb": 1, "tb": 0.001, "": 1}
ACTIVE = {
    **dict.fromkeys(["yes", "y", "true", "t", "on", "1"], True),
    **dict.fromkeys(["no", "n", "false", "f", "off", "0"], False),
}
DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d %b %Y"]
SCALED = ["age", "monthly_fee", "discount", "data_gb", "tenure_days"]


def lowered(column):
    """Return the stripped texts of a column in small letters, None for any other cell."""
    cells = [cell.strip().lower() if isinstance(cell, str) else None for cell in column]
    return pd.Series([None if cell in BLANKS else cell for cell in cells], dtype=object)


def values(column):
    """Return the cells of a column that are no texts."""
    column = column.astype(object)
    return column.mask(column.map(lambda cell: isinstance(cell, str)).astype(bool), None)


def to_number(column, name):
    text = lowered(column).str.replace(",", "").str.replace(r"^(\D*-)\s+", r"\1", regex=True)
    found = text.str.extract(f"^(?:{FORMS[name]})$")
    number = found["number"].fillna(found["front"]) if "front" in found else found["number"]
    number = pd.to_numeric(number).astype(float)
    if "unit" in found:
        number = number / found["unit"].map(DIVISORS).astype(float)
    number = number.fillna(pd.to_numeric(values(column), errors="coerce").astype(float))
    number = number.where(number.between(*LIMITS[name]))
    return number.where(number % 1 == 0) if name == "age" else number


def to_date(column):
    text = lowered(column)
    date = pd.to_datetime(values(column), errors="coerce").astype("datetime64[s]")
    for form in DATE_FORMATS:
        parsed = pd.to_datetime(text, format=form, errors="coerce")
        date = date.fillna(parsed.astype("datetime64[s]"))
    return date.where(date.between("2015-01-01", "2024-12-31"))


def to_active(column):
    known = {True: True, False: False}
    return lowered(column).map(ACTIVE).fillna(values(column).map(known)).astype("boolean")


def clean(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the customers in raw, one row each, in tidy and typed columns."""
    tidy = {re.sub("[^a-z0-9]+", "_", str(name).lower()).strip("_"): name for name in raw.columns}
    if "customer_id" not in tidy:
        raise ValueError("raw has no column customer_id")
    answer = {}
    for name, header in tidy.items():
        column = raw[header].reset_index(drop=True)
        if name == "customer_id":
            answer[name] = lowered(column).str.upper().astype(object)
        elif name == "city":
            words = lowered(column).str.split()
            city = [
                " ".join(w.capitalize() for w in cell) if isinstance(cell, list) else None
                for cell in words
            ]
            answer[name] = pd.Series(city, dtype=object)
        elif name == "plan":
            answer[name] = lowered(column).map(PLANS).astype(object)
        elif name in ("signed_up", "last_seen"):
            answer[name] = to_date(column)
        elif name in FORMS:
            answer[name] = to_number(column, name)
        elif name == "active":
            answer[name] = to_active(column)
    answer = pd.DataFrame(answer)
    if "last_seen" in answer:
        answer = answer.sort_values("last_seen", kind="stable", na_position="first")
    known = answer["customer_id"].notna()
    same_customer = known & answer["customer_id"].duplicated(keep="last")
    alike = ~known & answer.duplicated()
    return answer[~same_customer & ~alike].sort_index()


def featurize(cleaned: pd.DataFrame) -> pd.DataFrame:
    """Return 16 columns of numbers for the rows of a clean table."""
    features = pd.DataFrame(index=cleaned.index)
    for plan in ("basic", "standard", "premium"):
        features[f"plan_{plan}"] = cleaned["plan"].eq(plan).fillna(False).astype(int)
    active = cleaned["active"].astype("boolean")
    features["active"] = active.fillna(False).astype(int)
    features["active_missing"] = active.isna().astype(int)
    features["weekend_signup"] = (cleaned["signed_up"].dt.day_of_week >= 5).astype(int)
    tenure = (pd.Timestamp("2024-12-31") - cleaned["signed_up"]).dt.days
    for name in SCALED:
        value = (tenure if name == "tenure_days" else cleaned[name]).astype("Float64")
        value = pd.Series(value.to_numpy(float, na_value=float("nan")), cleaned.index)
        features[f"{name}_missing"] = value.isna().astype(int)
        q1, q3 = value.quantile(0.25), value.quantile(0.75)
        value = value.clip(q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1))
        value = value.fillna(value.median()).fillna(0.0)
        spread = value.std(ddof=0)
        constant = not spread > 1e-12 * value.abs().max()
        features[name] = 0.0 if constant else (value - value.mean()) / spread
    return features
