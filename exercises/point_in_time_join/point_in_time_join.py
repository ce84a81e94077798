"""Write a function to join features to events as they were known at the time.

A model learns from events, each with a time and a label. Its features change
over time. For a fair training set each event must see the features as they
were then: the latest row before it, and never one from its future.

    training = point_in_time_join(events, features, max_age=pd.Timedelta("7D"))

What is given
-------------
events and features are DataFrames. Both have the columns entity and time, and
any others, at times none. Those are called by a single word such as label or
score; no name is in both frames, and none is index. The rows are in any order,
with any index, which may have any name, that of a column too, and in which the
same label may stand more than once. Either frame may have no rows, with the
dtypes as below.

    entity     int64, or strings (object or str), of the same dtype in both
               frames; strings may be missing (None or NaN)
    time       datetime64 of the unit s, ms, us or ns, without a time zone, from
               1900 to 2190; the unit may differ between the two frames; may be
               missing (NaT)
    others     int64 (at most 2**53 in size), float64 or strings; floats and
               strings may be missing

What is graded
--------------
* Rows. The answer has one row for each row of events, in the same order and
  with the same index.
* Columns. The answer has the columns of events, with their values; the columns
  of features other than entity and time, under their names; and feature_time,
  a datetime64 of any unit. No other; their order is up to you.
* Which row joins. Of the rows of features with the event's entity and a time
  not later than the event's, the one with the latest time joins; one with
  exactly the event's time counts. Where several have that time, it is the one
  farthest down in features. That one row gives all the features: where a value
  is missing in it, it is missing in the answer, even if an older row has one.
  feature_time is its time.
* max_age is None or a pd.Timedelta from 0 to 106,751 days, as many as
  nanoseconds can count. Given, no row joins that is older than the event by
  more than max_age; one that is older by exactly max_age may. It stands for no
  limit when it is left out.
* No row. An event without such a row stays, with all feature columns and
  feature_time missing.
* Missing keys. An event whose entity or time is missing stays too, and nothing
  joins to it. A row of features whose entity or time is missing joins nowhere:
  a missing entity is not the same as another missing one.
* Values are as in the frame they come from. Apart from feature_time no dtype
  is graded: int64 may become float64 or Int64, as it must where something is
  missing. Missing is NaN, None, NaT or pd.NA.
* Errors. ValueError when either frame lacks entity or time, and when max_age
  is less than 0.
* The arguments are left unchanged. No answer depends on what was called
  before. The caller may overwrite what is returned, and call again.
* Cost. 200,000 events with 800,000 rows of features, of 2,000 integer
  entities, take at most 30 times the processor time of sorting the 800,000
  rows by time (features.sort_values("time")). Do not search all rows for each
  event, nor join each event with all rows of its entity.

What is allowed
---------------
NumPy, pandas, all of it, and the standard library. Not allowed are other
libraries of data frames and databases.

Each call may take 2 seconds, that with 1,000,000 rows 12.
"""

import pandas as pd


def point_in_time_join(
    events: pd.DataFrame, features: pd.DataFrame, *, max_age: pd.Timedelta | None = None
) -> pd.DataFrame:
    """Return events with the features that each could know at its time, and feature_time."""
    raise NotImplementedError
