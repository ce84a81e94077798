"""Counts what one call of the learner's code does; runs in the child, imports nothing of kata.

Lines executed and the peak of memory are the same on every run, which no clock is. Only lines of
the learner's own file count. The grader takes these numbers for what they are: the word of a
process that is not trusted. They can show that code is slow, and never excuse it.
"""

from __future__ import annotations

import collections
import signal
import sys
import tracemalloc
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

SAMPLE_SECONDS = 0.001
"""Processor time between two looks at where the code is; the kernel may round it up."""


ENOUGH = 1000
"""Looks that make a profile; code that takes longer for its call is interrupted then."""


class Enough(BaseException):
    """A call has been looked at often enough, and was left; `tally` is what was seen."""

    def __init__(self) -> None:
        super().__init__()
        self.tally: dict[str, Any] = {}


def tallied(kind: str, filename: str, call: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    """Make the call; return its value, and the tally of this kind: "lines", "memory" or "samples".

    Never two at once: what tracing lines allocates would be traced as memory, which takes about
    twice as long as the one after the other.
    """
    return {"lines": _count_lines, "memory": _find_peak}.get(kind, _sample)(filename, call)


def _count_lines(filename: str, call: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    lines = _Lines(filename)
    lines.start()
    try:
        value = call()
    finally:
        lines.stop()
    return value, {"count": lines.total}


def _find_peak(_filename: str, call: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    tracemalloc.start()
    try:
        value = call()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return value, {"count": peak}


if sys.version_info >= (3, 12):

    class _Lines:
        """How many lines of one file are executed between start and stop."""

        def __init__(self, filename: str) -> None:
            self._filename, self.total = filename, 0

        def start(self) -> None:
            watch, tool = sys.monitoring, sys.monitoring.PROFILER_ID
            watch.use_tool_id(tool, "kata")
            watch.register_callback(tool, watch.events.LINE, self._line)
            watch.set_events(tool, watch.events.LINE)
            watch.restart_events()

        def stop(self) -> None:
            sys.monitoring.set_events(sys.monitoring.PROFILER_ID, 0)
            sys.monitoring.free_tool_id(sys.monitoring.PROFILER_ID)

        def _line(self, code: CodeType, _number: int) -> Any:
            if code.co_filename != self._filename:
                return sys.monitoring.DISABLE
            self.total += 1
            return None

else:

    class _Lines:
        """How many lines of one file are executed between start and stop."""

        def __init__(self, filename: str) -> None:
            self._filename, self.total = filename, 0

        def start(self) -> None:
            sys.settrace(self._enter)

        def stop(self) -> None:
            sys.settrace(None)

        def _enter(self, frame: FrameType, _event: str, _argument: Any) -> Any:
            return self._line if frame.f_code.co_filename == self._filename else None

        def _line(self, _frame: FrameType, event: str, _argument: Any) -> Any:
            if event == "line":
                self.total += 1
            return self._line


START, STOP = _Lines.start.__code__, _Lines.stop.__code__
"""What the guard knows the engine's own tracing by, when it has forbidden it to all others."""


def _sample(filename: str, call: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    """Look every millisecond at which line of the file is at work, or has called what is."""
    seen: collections.Counter[int] = collections.Counter()
    looks = 0

    def look(_number: int, frame: FrameType | None) -> None:
        nonlocal looks
        looks += 1
        if looks == ENOUGH:
            # Once: code that catches it all the same is left alone from then on.
            signal.setitimer(signal.ITIMER_PROF, 0.0)
            raise Enough
        while frame is not None and frame.f_code.co_filename != filename:
            frame = frame.f_back
        if frame is not None:
            seen[frame.f_lineno] += 1

    def tally() -> dict[str, Any]:
        return {"samples": [list(pair) for pair in seen.most_common(20)]}

    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, SAMPLE_SECONDS, SAMPLE_SECONDS)
    try:
        value = call()
    except Enough as enough:
        enough.tally = tally()
        raise
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)
    return value, tally()
