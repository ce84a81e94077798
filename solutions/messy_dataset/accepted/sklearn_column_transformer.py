"""The features come from scikit-learn: OneHotEncoder, MissingIndicator, SimpleImputer and
StandardScaler in a ColumnTransformer. clean writes every cell as text, whatever it was, and reads it.

uses: sklearn.compose sklearn.impute sklearn.pipeline sklearn.preprocessing scipy joblib threadpoolctl
"""

import re

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

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
FLAGS = dict.fromkeys("yes y true t on 1 1.0".split(), True) | dict.fromkeys(
    "no n false f off 0 0.0".split(), False
)
DIGITS = r"(-?[0-9,]*\.?[0-9]+(?:e-?[0-9]+)?)"
FORMS = {
    "age": (f"{DIGITS}()", 18, 110),
    "monthly_fee": (rf"(?:\$|usd)?\s*{DIGITS}\s*(?:usd)?()", 0, 10_000),
    "discount": (rf"{DIGITS}\s*(%?)", 0, 1),
    "data_gb": (rf"{DIGITS}\s*([mgt]b|)", 0, 10_000),
}
NOTHING = {"", "-", "?", "n/a", "na", "nan", "none", "null", "<na>", "nat"}
PER_UNIT = {"": 1.0, "%": 100.0, "gb": 1.0, "mb": 1000.0, "tb": 0.001}
NUMBERS = ["age", "monthly_fee", "discount", "data_gb", "tenure_days"]


def written(cell):
    """Return the small letters that stand for a cell, or None."""
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    text = str(cell).strip().lower()
    return None if text in NOTHING else text


def read(name, text):
    if name == "customer_id":
        return text.str.upper()
    if name == "city":
        return text.str.split().map(lambda parts: " ".join(map(str.capitalize, parts)), "ignore")
    if name in ("plan", "active"):
        return text.map(PLANS if name == "plan" else FLAGS).where(text.notna(), None)
    if name in ("signed_up", "last_seen"):
        separators = {"-": "%Y-%m-%d", ".": "%d.%m.%Y", "/": "%m/%d/%Y", " ": "%d %b %Y"}
        forms = text.str.extract(r"^\w+([-./ ])\w+\1\w+$")[0].map(separators)
        dates = pd.Series(pd.NaT, index=text.index, dtype="datetime64[us]")
        for form in separators.values():
            found = pd.to_datetime(text[forms == form], format=form, errors="coerce")
            dates[found.index] = found.astype(dates.dtype)
        return dates[dates.between("2015-01-01", "2024-12-31")].reindex(text.index)
    form, low, high = FORMS[name]
    parts = text.str.extract(f"^{form}$")
    numbers = pd.to_numeric(parts[0].str.replace(",", "")) / parts[1].map(PER_UNIT)
    wrong = (numbers < low) | (numbers > high) | ((numbers % 1 != 0) & (name == "age"))
    return numbers.mask(wrong).astype(float)


def clean(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the customers in raw, one row each, in tidy and typed columns."""
    known = {"customer_id", "city", "plan", "signed_up", "last_seen", "active", *FORMS}
    table = {}
    for header, cells in raw.items():
        name = re.sub("[^a-z0-9]+", "_", header.lower()).strip("_")
        if name in known:
            table[name] = read(name, pd.Series([*map(written, cells)], dtype="str"))
    if "customer_id" not in table:
        raise ValueError("without a customer_id nobody is a customer")
    table = pd.DataFrame(table)
    if "active" in table:
        table["active"] = table["active"].astype("boolean")
    if "last_seen" in table:
        table = table.iloc[np.argsort(table["last_seen"].fillna(pd.Timestamp(0)), kind="stable")]
    key = table["customer_id"]
    return table[~(key.duplicated("last") & key.notna() | key.isna() & table.duplicated())]


def capped(numbers):
    low, high = np.nanquantile(numbers, [0.25, 0.75], axis=0)
    return np.clip(numbers, low - 1.5 * (high - low), high + 1.5 * (high - low))


def featurize(cleaned: pd.DataFrame) -> pd.DataFrame:
    """Return 16 columns of numbers for the rows of a clean table."""
    plans = ["basic", "standard", "premium"]
    names = [
        *(f"plan_{plan}" for plan in plans),
        *NUMBERS,
        *(f"{name}_missing" for name in NUMBERS),
    ]
    table = cleaned[["plan", *NUMBERS[:4]]].assign(
        tenure_days=(pd.Timestamp("2024-12-31") - cleaned["signed_up"]).dt.days
    )
    table["plan"] = table["plan"].fillna("none").astype(object)
    steps = ColumnTransformer(
        [
            ("plans", OneHotEncoder(categories=[plans], handle_unknown="ignore"), ["plan"]),
            (
                "numbers",
                make_pipeline(
                    FunctionTransformer(capped),
                    SimpleImputer(strategy="median", keep_empty_features=True),
                    StandardScaler(),
                ),
                NUMBERS,
            ),
            ("gaps", MissingIndicator(features="all"), NUMBERS),
        ],
        sparse_threshold=0,
    )
    numbers = steps.fit_transform(table) if len(table) else np.empty((0, len(names)))
    features = pd.DataFrame(numbers, index=cleaned.index, columns=names)
    features["active"] = cleaned["active"].eq(True).fillna(False)
    features["active_missing"] = cleaned["active"].isna()
    features["weekend_signup"] = cleaned["signed_up"].dt.dayofweek.isin([5, 6])
    return features
