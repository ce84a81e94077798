"""Takes max_age from the time of the event in 64 bits, where a long one wraps into the future and
nothing joins; breaks "max_age is None or a pd.Timedelta of at least 0".

verdict: wrong_answer
property: test_a_row_older_than_max_age_does_not_join
"""

import numpy as np
import pandas as pd


def point_in_time_join(events, features, *, max_age=None):
    need = {"entity", "time"}
    if not need <= set(events.columns) or not need <= set(features.columns):
        raise ValueError("both frames need entity and time")
    if max_age is not None and max_age < pd.Timedelta(0):
        raise ValueError("negative max_age")
    ne, nf = len(events), len(features)
    code = pd.factorize(pd.concat([features["entity"], events["entity"]], ignore_index=True))[0]
    when = np.concatenate(
        [features["time"].to_numpy().astype("M8[ns]"), events["time"].to_numpy().astype("M8[ns]")]
    )
    ok = (code >= 0) & ~np.isnat(when)
    is_event = np.arange(nf + ne) >= nf
    rows = np.flatnonzero(ok)
    # by entity, time, features first, position (rows is ascending and features come first, lexsort is stable)
    rows = rows[np.lexsort((when[rows].view("i8"), code[rows]))]
    c = code[rows]
    last = (
        np.maximum.accumulate(np.where(is_event[rows], -1, np.arange(len(rows))))
        if len(rows)
        else rows
    )
    pick = np.full(ne, -1, dtype=np.int64)
    at = np.flatnonzero(is_event[rows] & (last >= 0))
    at = at[c[last[at]] == c[at]]
    pick[rows[at] - nf] = rows[last[at]]
    if max_age is not None:
        has = np.flatnonzero(pick >= 0)
        oldest = when[nf + has].view("i8") - max_age.as_unit("ns").value
        pick[has[when[pick[has]].view("i8") < oldest]] = -1

    out = events.copy()
    missing = pick < 0
    for name in features.columns:
        if name == "entity":
            continue
        column = features[name].reset_index(drop=True)
        taken = column.reindex(pd.Index(np.where(missing, -1, pick)))
        taken.index = out.index
        out["feature_time" if name == "time" else name] = taken.array
    return out
