"""Times the learner's code against a grader's own definition, both in workers; never by itself.

The definition is a function of the grader's. Its source goes to a worker of its own, made like the
learner's, and the two take turns on the same arguments. A lap has arguments of its own, so that an
answer kept from the last one is of no use. See docs/budgets.md.
"""

from __future__ import annotations

import contextlib
import inspect
import itertools
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from kata import cost
from kata.complexity import Complexity, Unclear, agrees
from kata.policy import Rules
from kata.proxy import Bench, Meter, Submission
from kata.rejection import Rejected, Sampled, Scene, SubmissionUnusable, TimeUp
from kata.submission import Source
from kata.verdict import Cost, Failure, SourceLine, Verdict, milliseconds

Definition = Callable[..., object]
Arguments = tuple[Any, ...]

PREAMBLE = """\
from __future__ import annotations
import itertools
import math
from collections import defaultdict
import numpy as np
"""
"""What a definition may use beside its arguments."""

DEFINITION_SECONDS = 20.0
"""A definition that takes longer is a fault of the grader's."""

MOST_STILL = 10
"""So many runs in a row cannot all have lost their processor time to the host of a machine."""


def budget(
    submission: Submission,
    call: Callable[..., object],
    *,
    definition: Definition,
    on: Callable[[np.random.Generator], Arguments],
    times: float,
    usual: float,
) -> None:
    """Have call(submission, *arguments) take at most `times` the processor time of the definition.

    `on` draws the arguments of a lap, all laps equally hard; the definition is called with them
    too. `usual` is what the definition took, in seconds, where the budget was set: it only serves
    to tell the learner how fast this machine is.
    """
    bench = submission._bench
    theirs: list[float] = []
    passed: list[float] = []
    ours: list[float] = []
    with _put_up(definition, bench) as plain:
        for lap in itertools.count():
            arguments = on(np.random.default_rng(lap))
            ours.append(_define(plain, definition, arguments))
            if not cost.is_calm(theirs, ours, times):
                try:
                    meter = _timed(bench, call, arguments)
                except TimeUp as error:
                    _say_budget(error, times * min(ours))
                    raise
                theirs.append(meter.seconds)
                passed.append(meter.elapsed)
            if cost.is_settled(theirs, ours, times):
                break
    allowed = times * min(ours)
    found = Cost("time", min(theirs), allowed, factor=min(ours) / usual)
    bench.costs.append(found)
    if found.is_over:
        _over(
            bench,
            f"It took {found.words}. {_multiple(times)} what a plain definition takes here is "
            "allowed, in processor time.",
            _profile(bench, call, arguments),
        )
    if min(passed) > cost.IDLE_FACTOR * allowed + cost.IDLE_SECONDS:
        bench.costs[-1] = Cost("time", min(passed), allowed, factor=found.factor)
        _over(
            bench,
            f"{milliseconds(min(passed))} went by, of {milliseconds(allowed)} that are "
            f"allowed, though the processor was busy for {milliseconds(min(theirs))} only.",
            (None, "Does it sleep, or wait for another thread or process?"),
        )


def growth(
    submission: Submission,
    call: Callable[..., object],
    *,
    definition: Definition,
    on: Callable[[int, np.random.Generator], Arguments],
    start: int,
    law: str,
    size: str = "n",
    worse: float = 1.0,
) -> None:
    """Have the cost of call(submission, *arguments) grow no faster than that of the definition.

    `on` draws arguments of a size: `start`, twice and four times as much. `law` is how the
    definition's cost grows, in which `size` is the name of what is varied. The bar lies halfway to
    the next class of complexity, which is `worse` powers of it away. Executed lines and memory are
    counted at smaller sizes first, since they have no noise.
    """
    bench = submission._bench
    known = Complexity.parse(law)
    bound = known.power(size) + worse / 2
    # Other arguments than any lap's: an answer that keeps what it computed would have the first
    # lap of one size for nothing, and seem to grow.
    ladder = [on(start * f // 4, _rng(cost.BURST_LAPS)) for f in (1, 2, 4)]
    _grow_counts(bench, call, ladder, known, size, bound)
    sizes = [start, 2 * start, 4 * start]
    theirs: list[list[float]] = [[], [], []]
    ours: list[list[float]] = [[], [], []]
    grows = 0.0
    with _put_up(definition, bench) as plain:
        for lap in itertools.count():
            for place, n in enumerate(sizes):
                arguments = on(n, _rng(lap))
                ours[place].append(_define(plain, definition, arguments))
                theirs[place].append(_timed(bench, call, arguments).seconds)
            grows = cost.measured_power(theirs, ours, known.power(size))
            if cost.is_growth_settled(theirs, grows, bound, worse):
                break
    found = Cost("growth", grows, bound, size=size)
    bench.costs.append(found)
    if found.is_over:
        _over_growth(bench, "Its processor time grows", found, known, call, arguments)
    _compare_with_statement(bench, found, size)


def _rng(lap: int) -> np.random.Generator:
    return np.random.default_rng(lap)


def _grow_counts(
    bench: Bench,
    call: Callable[..., object],
    ladder: list[Arguments],
    known: Complexity,
    size: str,
    bound: float,
) -> None:
    """Check the growth of executed lines and of the memory's peak, as far as these say anything."""
    # Once without counting: what is imported on first use has nothing to do with n.
    _run(bench, call, ladder[0])
    for kind, least, together, what in (
        ("lines", cost.LINES_THAT_COUNT, sum, "The number of lines that it executes grows"),
        ("memory", cost.BYTES_THAT_COUNT, max, "The memory that it takes grows"),
    ):
        counts: list[int] = []
        for arguments in ladder:
            tallies = _run(bench, call, arguments, Meter(kind)).tallies
            # The property may make several calls; and a worker may send no tally.
            counts.append(together([_natural(tally.get("count")) for tally in tallies] or [0]))
        found = cost.counted_growth(kind, counts, least, bound)
        if found is None:
            continue
        found = Cost(kind, found.spent, bound, size=size)
        bench.costs.append(found)
        if found.is_over:
            _over_growth(bench, what, found, known, call, ladder[-1])


def _natural(said: object) -> int:
    """A count as the worker says it: anything else than a natural number is no count."""
    return said if isinstance(said, int) and not isinstance(said, bool) and said > 0 else 0


@contextlib.contextmanager
def _put_up(definition: Definition, bench: Bench) -> Iterator[Bench]:
    """A bench for the definition, on which it runs as the learner's code does on its own."""
    text = PREAMBLE + textwrap.dedent(inspect.getsource(definition))
    source = Source(Path(inspect.getfile(definition)), text.encode())
    plain = Bench(bench.sandbox, bench.kata, source, Rules(), bench.preload, bench.search)
    plain.start_property(DEFINITION_SECONDS * cost.MOST_LAPS, DEFINITION_SECONDS)
    try:
        yield plain
    finally:
        plain.close()


def _define(plain: Bench, definition: Definition, arguments: Arguments) -> float:
    """Seconds of processor time that the definition takes; its failures are the grader's own."""
    name = definition.__name__
    try:
        return _timed(plain, lambda it, *given: getattr(it, name)(*given), arguments).seconds
    except (Rejected, TimeUp, SubmissionUnusable) as error:
        raise RuntimeError(f"the definition {name} failed: {error}") from None


def _timed(bench: Bench, call: Callable[..., object], arguments: Arguments) -> Meter:
    """Make the call, again where the kernel counted no processor time for it.

    On a virtual machine Linux takes what the host has stolen off the time of whatever runs next,
    which may leave nothing of a short run. As the least of all laps it would decide the verdict.
    """
    for _ in range(MOST_STILL):
        meter = _run(bench, call, arguments)
        if meter.seconds > 0:
            return meter
    raise RuntimeError(f"{MOST_STILL} runs in a row took no processor time; is a call made at all?")


def _run(
    bench: Bench, call: Callable[..., object], arguments: Arguments, meter: Meter | None = None
) -> Meter:
    """Make the call with a meter running."""
    bench.examples += 1
    bench.scene = Scene(parameters=bench.parameters)
    bench.meter = meter = meter or Meter()
    try:
        call(Submission(bench), *arguments)
    finally:
        bench.meter = None
    return meter


def _profile(
    bench: Bench, call: Callable[..., object], arguments: Arguments
) -> tuple[SourceLine | None, str]:
    """The line of the learner's that takes the time, found in a run of its own, and what to say.

    As with a smaller counterexample, a search that is not to `shrink` goes without.
    """
    if not bench.search.shrink:
        return None, ""
    meter = Meter("samples")
    try:
        with contextlib.suppress(Sampled):
            _run(bench, call, arguments, meter)
    except (Rejected, TimeUp) as error:
        return (error.failure.line, "The line above is where it was when the time was up.")
    seen: dict[int, int] = {}
    for tally in meter.tallies:
        pairs = tally.get("samples")
        for pair in pairs if isinstance(pairs, list) else []:
            if isinstance(pair, list) and len(pair) == 2:
                seen[_natural(pair[0])] = seen.get(_natural(pair[0]), 0) + _natural(pair[1])
    if not sum(seen.values()):
        return None, ""
    number = max(seen, key=lambda at: seen[at])
    part = seen[number] / sum(seen.values())
    text = bench.source.line(number)
    if not text:
        return None, ""
    line = SourceLine(bench.source.path.name, number, text)
    return line, f"The line above takes {part:.0%} of the time."


def _over(
    bench: Bench,
    message: str,
    where: tuple[SourceLine | None, str],
    verdict: Verdict = Verdict.TIME_LIMIT_EXCEEDED,
) -> NoReturn:
    error = TimeUp(Failure(message, line=where[0], advice=where[1]))
    error.verdict, error.scene = verdict, bench.scene
    raise error


def _over_growth(
    bench: Bench,
    what: str,
    found: Cost,
    known: Complexity,
    call: Callable[..., object],
    arguments: Arguments,
) -> NoReturn:
    message = (
        f"{what} like {found.size}^{found.spent:.2f}; less than {found.size}^{found.allowed:.2f} "
        f"is allowed, since {known.text} is enough."
    )
    memory = found.kind == "memory"
    verdict = Verdict.MEMORY_LIMIT_EXCEEDED if memory else Verdict.TIME_LIMIT_EXCEEDED
    where = (None, "") if memory else _profile(bench, call, arguments)
    _over(bench, message, where, verdict)


def _say_budget(error: TimeUp, allowed: float) -> None:
    """Add to the message of a call that was cut off what it was allowed."""
    failure = error.failure
    message = f"{failure.message} Its budget here is {milliseconds(allowed)}."
    error.failure = Failure(
        message, line=failure.line, printed=failure.printed, advice=failure.advice
    )


def _multiple(times: float) -> str:
    return f"{times:g} times"


def _compare_with_statement(bench: Bench, found: Cost, size: str) -> None:
    """Remark on whether the complexity that the learner states is what was measured."""
    if not bench.stated:
        return
    try:
        stated = Complexity.parse(bench.stated)
    except Unclear as unclear:
        bench.remarks[f"Your COMPLEXITY cannot be read. {unclear}"] = None
        return
    claimed = stated.power(size)
    measured = f"the processor time grows like {size}^{found.spent:.1f} here"
    if agrees(claimed, found.spent):
        remark = f"Your COMPLEXITY {stated.text} agrees with the measurement: {measured}."
    else:
        remark = (
            f"Your COMPLEXITY {stated.text} says {size}^{claimed:g}, but {measured}. "
            "Which part of the code did you count differently?"
        )
    bench.remarks[remark] = None
