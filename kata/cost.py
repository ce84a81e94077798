"""Decides from measured seconds and counts whether code keeps to its budget; pure.

Processor time errs to one side: a cold cache or a busy neighbour makes a run dearer, nothing makes
it cheaper than it is. So the least of several runs stands for the cost, one cheap run proves that
code can be cheap, and only what was dear each time is over the budget.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from kata.verdict import Cost

LEAST_LAPS = 3
"""The least of so many runs is taken; the definition's and the learner's take turns."""

MOST_LAPS = 9
"""So many where the measurement lies near the bar."""

BURST_SECONDS, BURST_LAPS = 0.5, 30
"""What is over its bar is believed after runs that took so many seconds together, or after so many
laps. A few runs of milliseconds may all fall into one burst of a neighbour's: one made three in a
row twelve times as dear, and a right answer seemed to grow like n^2.67."""

NEAR = (0.7, 1.5)
"""Shares of the budget between which a verdict waits for more laps."""

FAR = 2.0
"""So many times the budget, twice in a row, need no third run: an answer that keeps within 0.7 of
it would have to be made three times as dear by its neighbours, and twice."""

HOPELESS, HOPELESS_SECONDS = 4.0, 1.0
"""So many times the budget, and so many seconds beside, need no second run: what a first call has
to import or to make ready takes no second."""

CALM = 0.5
"""Up to this share of the budget one run is proof; only the definition is run on."""

CLEAR, CLEAR_SECONDS = 0.33, 0.1
"""Up to this share of the budget one run of each is enough, where the definition takes so many
seconds. One of milliseconds may be three times as dear the first time; those of three katas that
take 0.07 to 0.5 s were 1.0 to 1.44 times as dear as their least."""

NEAR_POWER = 0.25
"""Growth this close to its bar, in powers of n, waits for more laps."""

LONG_SECONDS, LONG_POWER = 2.0, 0.4
"""Growth so far below its bar, in powers of n, needs no further laps after runs of so many seconds
together: what makes a run of milliseconds several times as dear is a trifle beside them, and three
laps of them might take the property's time."""

LINES_THAT_COUNT = 5_000
"""Fewer executed lines say nothing about the cost: the time is spent in C."""

BYTES_THAT_COUNT = 4 << 20
"""Less memory than this is not worth a verdict."""

IDLE_FACTOR, IDLE_SECONDS = 3.0, 0.25
"""Wall time, less the waiting for a processor, may be this many times the budget and this much
more: a backstop against sleeping, and against work that is done where no clock of ours looks."""


def share(theirs: Sequence[float], ours: Sequence[float], times: float) -> float:
    """The part of the budget that is used: the budget is `times` the definition's cost."""
    return min(theirs) / (times * min(ours))


def is_calm(theirs: Sequence[float], ours: Sequence[float], times: float) -> bool:
    """Whether the learner's code need not be run again, since it was cheap once."""
    return bool(theirs) and share(theirs, ours, times) <= CALM


def is_settled(theirs: Sequence[float], ours: Sequence[float], times: float) -> bool:
    """Whether more laps would hardly change the verdict.

    With fewer laps of the definition the budget is, if anything, too wide: what is over it
    stays over it.
    """
    used = share(theirs, ours, times)
    if used <= CLEAR and min(ours) >= CLEAR_SECONDS:
        return True
    if len(ours) < LEAST_LAPS:
        is_over = (used > FAR and len(theirs) >= 2) or (
            used > HOPELESS and min(theirs) > HOPELESS_SECONDS
        )
    else:
        is_over = used >= NEAR[1] and len(theirs) >= LEAST_LAPS
        if used <= NEAR[0] or (len(ours) >= MOST_LAPS and used <= 1):
            return True
    return (is_over or len(ours) >= MOST_LAPS) and _outlasts_a_burst(len(ours), sum(theirs))


def _outlasts_a_burst(laps: int, seconds: float) -> bool:
    return seconds >= BURST_SECONDS or laps >= BURST_LAPS


def is_growth_settled(
    theirs: Sequence[Sequence[float]], grows: float, bound: float, worse: float
) -> bool:
    """Whether more laps at each size would hardly change the verdict on growth.

    `theirs` are the learner's runs at each size, `grows` the power they show, `bound` the bar,
    and `worse` how many powers of n the next class of complexity is away.
    """
    laps, seconds = len(theirs[0]), sum(map(sum, theirs))
    beyond = (grows - bound) / worse
    if beyond <= -NEAR_POWER and laps >= LEAST_LAPS:
        return True
    if beyond <= -LONG_POWER and seconds >= LONG_SECONDS:
        return True
    if laps < LEAST_LAPS or (abs(beyond) < NEAR_POWER and laps < MOST_LAPS):
        return False
    return beyond <= 0 or _outlasts_a_burst(laps, seconds)


def power(costs: Sequence[float]) -> float:
    """The power with which costs grow that were measured at n, 2n and 4n: a least-squares line."""
    return math.log2(max(costs[2], 1e-9) / max(costs[0], 1e-9)) / 2


def measured_power(
    theirs: Sequence[Sequence[float]], ours: Sequence[Sequence[float]], known: float
) -> float:
    """The power with which the learner's cost grows, from lists of runs for each size.

    Seen in two ways, of which the smaller counts: on its own, and as what it has beyond the
    definition's, which grows with the power `known`. Caches and memory make both dearer as they
    grow, which the first would hold against the learner; what a call costs in any case makes the
    definition look flat at small sizes, which the second would.
    """
    mine, plain = [min(runs) for runs in theirs], [min(runs) for runs in ours]
    return min(power(mine), known + power([a / b for a, b in zip(mine, plain, strict=True)]))


def counted_growth(kind: str, counts: Sequence[float], least: float, bound: float) -> Cost | None:
    """The growth of a count without noise; None when it is too small to say anything."""
    if counts[2] < least:
        return None
    return Cost(kind, round(power(counts), 2), bound)
