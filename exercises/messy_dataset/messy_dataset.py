"""Clean and preprocess a given messy dataset using Pandas.

A subscription service keeps its customers in CSV files that many hands have
typed; customers.csv, beside this file, is one of them. Write two functions:

    raw = pd.read_csv("customers.csv")
    cleaned = clean(raw)            # typed columns, one row a customer
    features = featurize(cleaned)   # numbers that a model can learn from

clean: what is graded
---------------------
* Columns. A header is tidied by lowering its case, replacing each run of
  characters other than a-z and 0-9 by one underscore, and dropping the
  underscores at its ends: " Monthly Fee ($)" is monthly_fee. These ten count:

      customer_id, city, plan               texts
      signed_up, last_seen                  dates
      age, monthly_fee, discount, data_gb   numbers
      active                                true or false

  raw has customer_id and any of the other nine, in any order, and may have
  other columns, such as Fax. The answer has those of the ten that raw has,
  under their tidy names, and no other. No two headers have the same tidy
  name. ValueError when there is no customer_id.
* Types. Texts are str, in a column of any dtype that holds them. Dates are
  datetime64 of any unit, without a time zone. Numbers are float64, Float64,
  int64 or Int64. active is boolean, bool, or object with True and False. This
  goes for every raw: without rows, with one, and where all cells of a column
  are missing. Missing is NaN, None, NaT or pd.NA, as suits the dtype.
* Forms. In raw, texts stand in columns of dtype str or object. Letter case,
  and whitespace at the ends (space, tab, no-break space), never matter.

      customer_id   any text; the answer has it in upper case
      city          words of letters, and raw has no other cities; in the
                    answer each word is a capital followed by small letters,
                    and one space stands between words
      plan          a key of PLANS below; the answer has its value
      signed_up and last_seen
                    2015-01-01 to 2024-12-31; the fifth of April is written
                    2023-04-05, 05.04.2023, 04/05/2023 or 05 Apr 2023
      age           18 to 110, a whole number: 34 or 34.0
      monthly_fee   0 to 10,000; $ before it, USD before or behind it, or
                    neither: 1234.5, $1,234.50, USD 1,234.50, 9.99 usd
      discount      0 to 1, or a percentage of that: 0.15, 15%, 12.5 %
      data_gb       0 to 10,000 gigabytes: 1.5, 1.5 GB, 1,500MB, 0.0015 TB;
                    1 TB is 1,000 GB or 1,000,000 MB
      active        yes, y, true, t, on or 1; no, n, false, f, off or 0

  Numbers have digits, a decimal point and a minus sign where they need them,
  and commas between thousands if the writer liked them. Whitespace between a
  number and its sign or unit is optional.
* Values. Instead of a text a raw cell may hold the value: an int or float in
  a column of numbers, in the unit of the answer; True, False, 1, 0, 1.0 or
  0.0 in active; a pd.Timestamp at midnight in a column of dates. One column
  can mix such cells with texts.
* Missing. A cell of the answer is missing where the raw one is NaN, None, NaT
  or pd.NA; where it reads "", "-", "?", "n/a", "na", "nan", "none" or "null";
  where it has none of the forms of its column ("unknown", "10-20", "5 apples",
  "2023" or "2023-02-30" or "31/12/2023" as a date, 34.5 as an age); and where
  the value is outside the limits, which are inclusive.
* Duplicates are sought among clean rows. Of the rows with the same
  customer_id one stays, as it is: the one with the latest last_seen. Any date
  beats a missing one, and among equals the row farthest down in raw wins (so
  it does where raw has no last_seen). Rows without a customer_id may be
  anybody's: they all stay, except that one stays of those that are alike in
  every cell of the answer, missing ones included.
* Twice is once. clean takes its own answer: clean(clean(raw)) has the same
  rows as clean(raw).
* Order. The order of rows and columns and the index of the answer are up to
  you. raw may have any index, with repeats as well, and the index any name,
  also that of a column.
* Cost. Cleaning 200,000 rows of five columns takes at most 20 times the
  processor time of .str.strip().str.lower() on three of them, and no raw is
  longer. Any other call may take 2 seconds. Operations on whole columns
  achieve that; iterrows, apply(axis=1) and a Python function for each row do
  not.

The answer for customers.csv has 369 rows: 9 without a customer_id, 28 without
an age, 26 without signed_up; 140 on basic, 127 on standard, 68 on premium; 234
active. Its median age is 54, its monthly fees sum to 12,973.08, and its data
to 47,599.164 GB.

featurize: what is graded
-------------------------
* Rows. It is given a table with the columns and dtypes of an answer of clean
  that has all ten, each cell of which clean has answered somewhere; from none
  to 1,000 rows, in any order, with any index that has no repeats, whatever its
  name. Its answer has a row for each, in that order and with that index.
* Columns. These 16 and no other, whatever the rows are and also without any;
  each of a bool, integer or float dtype, and without a missing value:

      plan_basic, plan_standard, plan_premium
          1 in the column of the row's plan, else 0; all 0 where it is missing
      active, active_missing
          1 where active is true, else 0; 1 where it is missing, else 0
      weekend_signup
          1 where signed_up is a Saturday or a Sunday, else 0
      age, monthly_fee, discount, data_gb, tenure_days
          scaled as below; tenure_days is the number of days from signed_up to
          2024-12-31
      age_missing, monthly_fee_missing, discount_missing, data_gb_missing,
      tenure_days_missing
          1 where the value is missing, else 0

* Scaling. Each of the five columns goes through these steps by itself:
  1. Outliers. Let Q1 and Q3 be the quartiles of the values that are present,
     interpolated linearly (the default of pandas and NumPy). Values below
     Q1 - 1.5 * (Q3 - Q1) or above Q3 + 1.5 * (Q3 - Q1) move to that bound.
  2. Missing values become the median of those present, or 0 without any.
  3. Subtract the mean, and divide by the population standard deviation
     (ddof=0). Where all values are equal by now, they become 0; mind that a
     standard deviation which ought to be 0 may come out a little larger.

Both functions
--------------
* Numbers are compared up to the rounding of float64 arithmetic.
* Arguments are left unchanged. No answer depends on what was called before.

What is allowed
---------------
NumPy, pandas and the standard library. Not allowed are scikit-learn and other
libraries of data frames or of data cleaning. Texts that only resemble the
forms above (2023-4-5, 1e3, 5K, 1,23) are not graded.
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


def clean(raw: pd.DataFrame) -> pd.DataFrame:
    """Return the customers in raw, one row each, in tidy and typed columns."""
    raise NotImplementedError


def featurize(cleaned: pd.DataFrame) -> pd.DataFrame:
    """Return 16 columns of numbers for the rows of a clean table."""
    raise NotImplementedError
