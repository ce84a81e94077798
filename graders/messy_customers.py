"""Clean customers, and the known ways in which the grader of messy_dataset makes a mess of them.

A clean customer is a dict from column to str, date, int, float, bool or None. `spell` writes one
of its values in one of the forms that the task publishes. All choices are made by a `Pick`, which
Hypothesis provides in the grader, and a seeded generator for the file that the learner gets:

    python graders/messy_customers.py

writes exercises/messy_dataset/customers.csv anew, the same to the last byte each time, and prints
the summary of it that the task states.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import statistics
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol, TypeAlias

Value: TypeAlias = str | dt.date | int | float | bool | None
Customer: TypeAlias = dict[str, Value]


class Pick(Protocol):
    """Chooses one of the options; the simpler ones stand first."""

    def __call__(self, options: Sequence[Any], /) -> Any:
        """One of the options."""
        ...


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
YES = ("yes", "y", "true", "t", "on", "1")
NO = ("no", "n", "false", "f", "off", "0")
MISSING = ("", "-", "?", "n/a", "na", "nan", "none", "null")
PADDING = ("", "", "", " ", "  ", "\t", "\u00a0")
DATES = ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d %b %Y")
FIRST_DAY, LAST_DAY = dt.date(2015, 1, 1), dt.date(2024, 12, 31)

TEXTS = ("customer_id", "city", "plan")
DAYS = ("signed_up", "last_seen")
NUMBERS = ("age", "monthly_fee", "discount", "data_gb")
COLUMNS = (*TEXTS, *DAYS, *NUMBERS, "active")

HEADERS = {
    "customer_id": ("Customer ID", " customer  id", "CUSTOMER-ID", "customer_id"),
    "city": ("City", "CITY ", "city", "_city_"),
    "plan": ("Plan", "plan", " PLAN:", "#Plan"),
    "signed_up": ("Signed Up", "signed-up", "Signed.up ", "signed_up"),
    "last_seen": ("Last Seen", "LAST SEEN", "(last) seen", "last_seen"),
    "age": ("Age", " age", "AGE?", "age"),
    "monthly_fee": ("Monthly Fee", "Monthly Fee ($)", "monthly\u00a0fee", "monthly_fee"),
    "discount": ("Discount", "Discount %", " DISCOUNT", "discount"),
    "data_gb": ("Data GB", "Data (GB)", "data/gb", "data_gb"),
    "active": ("Active", "Active?", "ACTIVE", "active"),
}
OTHER_HEADERS = ("Fax", "Age group", "Planned", "ID", "Active since", "Unnamed: 0")

MISFITS: dict[str, tuple[str, ...]] = {
    "plan": ("gold", "basic plan", "premium?", "pro-rata"),
    "signed_up": ("2023-02-30", "31.04.2023", "31/12/2023", "29 Feb 2023", "04/2023", "soon"),
    "age": ("unknown", "34-40", "34.5", "17", "111", "0", "-34", "999"),
    "monthly_fee": ("unknown", "10-20", "10 or so", "-5.00", "$-5", "10,000.01", "99999"),
    "discount": ("unknown", "5-10%", "15", "100.1%", "-5%", "1.5", "some %"),
    "data_gb": ("unknown", "1-2 GB", "5 apples", "-3 GB", "10.5 TB", "10,001", "GB"),
    "active": ("maybe", "2", "yes and no", "-1", "active"),
}
MISFITS["signed_up"] += ("2014-12-31", "2025-01-01", "1900-01-01", "9999-12-31")
MISFITS["last_seen"] = MISFITS["signed_up"]
"""Texts that fit no form of their column, or lie outside its limits: they count as missing."""


def plain(number: Decimal) -> str:
    """The digits of a number, neither in scientific notation nor with zeros at the end."""
    return format(number.normalize(), "f")


def pad(text: str, pick: Pick) -> str:
    """The text with whitespace around it, or none."""
    return f"{pick(PADDING)}{text}{pick(PADDING)}"


def recase(text: str, pick: Pick) -> str:
    """The text in upper, lower or mixed case."""
    change: Callable[[str], str] = pick((str, str.lower, str.upper, str.swapcase))
    return change(text)


def spell_missing(pick: Pick) -> str:
    """One of the texts that stand for a missing value."""
    return pad(recase(pick(MISSING), pick), pick)


def spell(column: str, value: Value, pick: Pick) -> str:
    """One of the published ways to write this value in this column, None among them."""
    if value is None:
        return spell_missing(pick)
    return pad(recase(_FORMS[column](value, pick), pick), pick)


def _city(value: Any, pick: Pick) -> str:
    return str(value).replace(" ", pick((" ", "  ", "\u00a0", " \t ")))


def _plan(value: Any, pick: Pick) -> str:
    return str(pick([text for text, plan in PLANS.items() if plan == value]))


def _date(value: Any, pick: Pick) -> str:
    return str(value.strftime(pick(DATES)))


def _age(value: Any, pick: Pick) -> str:
    return str(pick((f"{value}", f"{value}", f"{value}.0")))


def _fee(value: Any, pick: Pick) -> str:
    number = Decimal(repr(value))
    digits = pick((plain(number), f"{number:.2f}", f"{number:,.2f}"))
    return str(pick(("{}", "${}", "$ {}", "USD {}", "{} USD", "{}usd"))).format(digits)


def _discount(value: Any, pick: Pick) -> str:
    number = Decimal(repr(value))
    percent = plain(number * 100)
    return str(pick((f"{percent}%", f"{percent} %", plain(number))))


def _data(value: Any, pick: Pick) -> str:
    gigabytes = Decimal(repr(value))
    power, unit = pick(((0, "GB"), (3, "MB"), (-3, "TB"), (0, "")))
    number = gigabytes.scaleb(power)
    digits = pick((plain(number), f"{number.normalize():,f}"))
    return f"{digits}{pick((' ', ''))}{unit}".strip()


def _active(value: Any, pick: Pick) -> str:
    return str(pick(YES if value else NO))


_FORMS: dict[str, Callable[[Any, Pick], str]] = {
    "customer_id": lambda value, _: str(value),
    "city": _city,
    "plan": _plan,
    "signed_up": _date,
    "last_seen": _date,
    "age": _age,
    "monthly_fee": _fee,
    "discount": _discount,
    "data_gb": _data,
    "active": _active,
}


def survivors(rows: Sequence[Customer]) -> list[int]:
    """The positions of the rows that stay when duplicates go, by the wording of the task."""
    best: dict[Value, tuple[Any, int]] = {}
    strangers: dict[tuple[Value, ...], int] = {}
    for position, row in enumerate(rows):
        key = row["customer_id"]
        if key is None:
            strangers.setdefault(tuple(row.values()), position)
            continue
        claim = row.get("last_seen") or dt.date.min, position
        best[key] = max(best.get(key, claim), claim)
    return sorted([*(position for _, position in best.values()), *strangers.values()])


# The file that the learner gets.

SEED = 2024
CSV = Path(__file__).resolve().parent.parent / "exercises" / "messy_dataset" / "customers.csv"
CSV_HEADERS = {
    "customer_id": "Customer ID",
    "city": " CITY",
    "plan": "Plan ",
    "signed_up": "Signed-Up",
    "last_seen": "Last Seen",
    "age": "Age",
    "monthly_fee": "Monthly Fee ($)",
    "discount": "Discount",
    "data_gb": "Data (GB)",
    "active": "Active?",
}
CITIES = ("Lisbon", "New York", "São Paulo", "Cape Town", "Kyoto", "Zürich", "Oslo", "San José")


class Seeded:
    """Makes the same choices on each run, whatever the version of Python."""

    def __init__(self, seed: int) -> None:
        # `random` is what Python promises to keep from version to version; `choice` is not.
        self._random = random.Random(seed).random  # noqa: S311 nothing secret here

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1."""
        return int(self._random() * limit)

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._random() < probability

    def evenly(self, options: Sequence[Any], /) -> Any:
        """One of the options, each as likely as any other."""
        return options[self.below(len(options))]

    def by_habit(self, options: Sequence[Any], /) -> Any:
        """One of the options, the first one more often than not, as people have their ways."""
        return options[0] if self.chance(0.6) else self.evenly(options)

    def shuffled(self, items: Sequence[Any]) -> list[Any]:
        """The items in another order."""
        keys = [self._random() for _ in items]
        return [items[at] for at in sorted(range(len(items)), key=keys.__getitem__)]


def shipped() -> tuple[list[dict[str, str]], list[Customer]]:
    """The rows of the learner's file as they are written, and what each of them says."""
    seeded = Seeded(SEED)
    customers = [_customer(f"C-{number:04d}", seeded) for number in range(1, 361)]
    rows = [*customers]
    for customer in customers:
        if seeded.chance(0.08):  # the same customer some time before, or seen on the same day
            older = {**customer, "city": seeded.evenly(CITIES), "monthly_fee": _price(seeded)}
            if seeded.chance(0.7):
                older["last_seen"] = _day(seeded, dt.date(2022, 1, 1), LAST_DAY)
            rows.append(older)
    rows += [{**_customer("", seeded), "customer_id": None} for _ in range(9)]
    written = [_written(row, seeded) for row in rows]
    # Some rows were exported twice, with other whitespace.
    for raw, row in [*written[:300:25], *written[-6:]]:
        written.append(({name: pad(raw[name].strip(" "), seeded.evenly) for name in raw}, row))
    written = seeded.shuffled(written)
    return [raw for raw, _ in written], [row for _, row in written]


def _customer(key: str, seeded: Seeded) -> Customer:
    signed_up = _day(seeded, FIRST_DAY, dt.date(2023, 12, 31))
    data = seeded.below(60_000) / 1000
    return {
        "customer_id": key,
        "city": seeded.evenly(CITIES),
        "plan": seeded.evenly(("basic", "basic", "standard", "standard", "premium")),
        "signed_up": signed_up,
        "last_seen": _day(seeded, max(signed_up, dt.date(2022, 1, 1)), LAST_DAY),
        "age": 18 + seeded.below(30) + seeded.below(40),
        "monthly_fee": _price(seeded),
        "discount": seeded.evenly((0.0, 0.0, 0.05, 0.1, 0.125, 0.15, 0.2, 0.5)),
        "data_gb": round(data * 100, 1) if seeded.chance(0.03) else data,
        "active": seeded.chance(0.7),
    }


def _price(seeded: Seeded) -> float:
    cents = seeded.evenly((999, 999, 1999, 1999, 2499, 4999)) + 50 * seeded.below(4)
    return float(cents * 50 if seeded.chance(0.03) else cents) / 100


def _day(seeded: Seeded, first: dt.date, last: dt.date) -> dt.date:
    return first + dt.timedelta(days=seeded.below((last - first).days + 1))


def _written(row: Customer, seeded: Seeded) -> tuple[dict[str, str], Customer]:
    """A row as it stands in the file, and what can still be read from it."""
    raw: dict[str, str] = {}
    means: Customer = {}
    for column, value in row.items():
        means[column] = value
        if column != "customer_id" and seeded.chance(0.05):
            means[column] = None
            raw[column] = spell_missing(seeded.evenly)
        elif column in MISFITS and seeded.chance(0.03):
            means[column] = None
            raw[column] = pad(seeded.evenly(MISFITS[column]), seeded.by_habit)
        else:
            pick = seeded.evenly if column in ("plan", "active", "data_gb") else seeded.by_habit
            raw[column] = spell(column, value, pick)
    return raw, means


def text_of_the_file() -> str:
    """The learner's file."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*CSV_HEADERS.values(), "Fax"])
    for raw in shipped()[0]:
        writer.writerow([*(raw[column] for column in CSV_HEADERS), ""])
    return file.getvalue()


def summary(rows: Sequence[Customer]) -> dict[str, float]:
    """What the task states about the cleaned file."""

    def present(column: str) -> list[Any]:
        return [row[column] for row in rows if row[column] is not None]

    def missing(column: str) -> int:
        return len(rows) - len(present(column))

    plans = present("plan")
    return {
        "the number of rows": len(rows),
        "the number of rows without a customer_id": missing("customer_id"),
        "the number of rows without an age": missing("age"),
        "the number of rows without signed_up": missing("signed_up"),
        "the number of rows on basic": plans.count("basic"),
        "the number of rows on standard": plans.count("standard"),
        "the number of rows on premium": plans.count("premium"),
        "the number of active rows": present("active").count(True),
        "the median age": statistics.median(present("age") or [0]),
        "the sum of the monthly fees": sum(present("monthly_fee")),
        "the sum of data_gb": sum(present("data_gb")),
    }


def main() -> None:
    """Write the file and print its summary."""
    CSV.write_bytes(text_of_the_file().encode())
    rows = shipped()[1]
    print(f"{len(rows)} rows in {CSV}")
    for name, number in summary([rows[at] for at in survivors(rows)]).items():
        print(f"{name}: {number:.10g}")


if __name__ == "__main__":
    main()
