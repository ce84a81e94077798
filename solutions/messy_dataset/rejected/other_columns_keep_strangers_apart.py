"""Drops the other columns, such as Fax, only after the duplicates; breaks "those that are alike in
every cell of the answer".

verdict: wrong_answer
property: test_rows_without_a_customer_id_stay_once_each
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
TEN = [
    "customer_id",
    "city",
    "plan",
    "signed_up",
    "last_seen",
    "age",
    "monthly_fee",
    "discount",
    "data_gb",
    "active",
]
NULLS = {"", "-", "?", "n/a", "na", "nan", "none", "null"}
NUM = r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
FORMS = {
    "age": (rf"^(?P<n>{NUM})(?P<u>)$", {"": ""}, 18, 110),
    "monthly_fee": (rf"^(?:(?:\$|usd)\s*(?P<a>{NUM})|(?P<b>{NUM})(?:\s*usd)?)$", None, 0, 10000),
    "discount": (rf"^(?P<n>{NUM})\s*(?P<u>%?)$", {"": "", "%": "e-2"}, 0, 1),
    "data_gb": (
        rf"^(?P<n>{NUM})\s*(?P<u>gb|mb|tb|)$",
        {"": "", "gb": "", "mb": "e-3", "tb": "e3"},
        0,
        10000,
    ),
}
TRUE = {"yes", "y", "true", "t", "on", "1"}
FALSE = {"no", "n", "false", "f", "off", "0"}


def _tidy(header):
    return re.sub(r"[^a-z0-9]+", "_", str(header).lower()).strip("_")


def _split(col):
    """Stripped texts (object, None where there is none) and all other cells (object, None likewise)."""
    cells = col.astype(object).to_numpy(dtype=object, na_value=None)
    cells = np.where(pd.isna(cells), None, cells)
    is_text = np.fromiter((isinstance(c, str) for c in cells), bool, len(cells))
    rest = pd.Series(np.where(is_text, None, cells), dtype=object)
    texts = np.where(is_text, cells, None)
    if not is_text.any():
        texts = pd.Series(texts, dtype=object)
        return texts, texts, rest
    texts = pd.Series(texts, dtype="str").str.strip()
    low = texts.str.lower()
    bad = low.isin(NULLS)
    return texts.mask(bad), low.mask(bad), rest


def _numbers(col, name):
    pattern, exponents, lo, hi = FORMS[name]
    if pd.api.types.is_numeric_dtype(col.dtype):
        out = col.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    else:
        _, low, rest = _split(col)
        out = pd.to_numeric(rest, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        if low.notna().any():
            full = re.compile(pattern).match
            hits = [full(v) if isinstance(v, str) else None for v in low]
            if exponents is None:
                digits = [m and (m["a"] or m["b"]).replace(",", "") for m in hits]
            else:
                digits = [m and m["n"].replace(",", "") + exponents[m["u"]] for m in hits]
            got = pd.to_numeric(pd.Series(digits, dtype=object), errors="coerce")
            got = got.to_numpy(dtype=float, na_value=np.nan)
            out = np.where(np.isnan(got), out, got)
    out = np.where((out >= lo) & (out <= hi), out, np.nan)
    if name == "age":
        out = np.where(out == np.floor(out), out, np.nan)
    return pd.Series(out + 0.0, dtype="float64")


def _dates(col):
    if pd.api.types.is_datetime64_any_dtype(col.dtype):
        out = pd.Series(col.to_numpy()).astype("datetime64[s]")
    else:
        _, low, rest = _split(col)
        out = pd.to_datetime(rest, errors="coerce").astype("datetime64[s]")
        if low.notna().any():
            for pattern, fmt in [
                (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "%Y-%m-%d"),
                (r"[0-9]{2}\.[0-9]{2}\.[0-9]{4}", "%d.%m.%Y"),
                (r"[0-9]{2}/[0-9]{2}/[0-9]{4}", "%m/%d/%Y"),
                (r"[0-9]{2} [a-z]{3} [0-9]{4}", "%d %b %Y"),
            ]:
                hit = low.str.fullmatch(pattern).fillna(False).to_numpy(dtype=bool)
                if hit.any():
                    got = pd.to_datetime(low[hit].astype(object), format=fmt, errors="coerce")
                    out[hit] = got.astype("datetime64[s]")
    ok = (out >= pd.Timestamp("2015-01-01")) & (out <= pd.Timestamp("2024-12-31"))
    return out.where(ok)


def _active(col):
    _, low, rest = _split(col)
    out = pd.Series(pd.array([pd.NA] * len(col), dtype="boolean"))
    out[low.isin(TRUE) | rest.isin([1])] = True
    out[low.isin(FALSE) | rest.isin([0])] = False
    return out


def _texts(col, name):
    texts, low, _ = _split(col)
    if not texts.notna().any():
        return pd.Series([None] * len(col), dtype="string")
    if name == "customer_id":
        return texts.str.upper().astype("string")
    if name == "plan":
        return low.map(PLANS).astype("string")
    out = low.str.replace(r"\s+", " ", regex=True)
    out = out.where(out.str.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)*").fillna(False))
    return out.str.title()


def clean(raw: pd.DataFrame) -> pd.DataFrame:
    where = {}
    for i, header in enumerate(raw.columns):
        where[_tidy(header)] = i
    if "customer_id" not in where:
        raise ValueError("no customer_id")
    data = {}
    for name in TEN:
        if name not in where:
            continue
        col = raw.iloc[:, where[name]].reset_index(drop=True)
        if name in FORMS:
            data[name] = _numbers(col, name)
        elif name in ("signed_up", "last_seen"):
            data[name] = _dates(col)
        elif name == "active":
            data[name] = _active(col)
        else:
            data[name] = _texts(col, name)
    out = pd.DataFrame(data)
    for header, i in where.items():
        if header not in TEN:
            out[header] = raw.iloc[:, i].astype(object).to_numpy()
    if "last_seen" in out:
        out = out.sort_values("last_seen", kind="stable", na_position="first")
    known = out["customer_id"].notna()
    drop = (known & out["customer_id"].duplicated(keep="last")) | (~known & out.duplicated())
    return out.loc[~drop, [c for c in TEN if c in out]].reset_index(drop=True)


def _scale(x):
    have = x[~np.isnan(x)]
    if have.size == 0:
        return np.zeros(len(x))
    q1, med, q3 = np.percentile(have, [25, 50, 75])
    med = np.median(np.clip(have, q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)))
    x = np.clip(x, q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1))
    x = np.where(np.isnan(x), med, x)
    if np.ptp(x) <= 8 * np.spacing(np.abs(x).max()):
        return np.zeros(len(x))
    x = x - x.mean()
    return x / np.sqrt((x * x).mean())


def featurize(cleaned: pd.DataFrame) -> pd.DataFrame:
    out = pd.DataFrame(index=cleaned.index.copy())
    plan = cleaned["plan"].astype(object)
    for p in ("basic", "standard", "premium"):
        out["plan_" + p] = np.array(
            [v == p if isinstance(v, str) else False for v in plan], dtype=np.int64
        )
    active = cleaned["active"].astype("boolean")
    out["active"] = active.fillna(False).to_numpy(dtype=bool).astype(np.int64)
    out["active_missing"] = active.isna().to_numpy().astype(np.int64)
    day = pd.to_datetime(pd.Series(cleaned["signed_up"].to_numpy()))
    out["weekend_signup"] = (day.dt.dayofweek >= 5).to_numpy().astype(np.int64)
    tenure = (pd.Timestamp("2024-12-31") - day).dt.days.to_numpy(dtype=float, na_value=np.nan)
    for name in ("age", "monthly_fee", "discount", "data_gb", "tenure_days"):
        x = (
            tenure
            if name == "tenure_days"
            else cleaned[name].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
        )
        out[name] = _scale(x)
        out[name + "_missing"] = np.isnan(x).astype(np.int64)
    return out
