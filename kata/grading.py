"""All that a grader imports: how a property is stated, and how an answer is examined.

A property is a function `test_...(submission, ...)` whose docstring is the sentence that the
learner reads when it does not hold. What `given` draws becomes keyword arguments. Checks look at
a value's type, shape, dtype and finiteness before its numbers, and every one of them raises
`Rejected` with a message of its own; a bare `assert` would be taken for a fault of the grader.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import inspect
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal, NoReturn

import hypothesis
import numpy as np
from hypothesis import assume
from hypothesis.database import ExampleDatabase
from hypothesis.errors import Flaky, Unsatisfiable
from hypothesis.internal.conjecture import providers
from hypothesis.strategies import SearchStrategy

from kata import wire
from kata.budget import DEATH_EXAMPLES, SHRINK_CALL_SECONDS, SHRINK_EXAMPLES, SHRINK_SECONDS
from kata.counterexample import brief
from kata.proxy import RemoteObject, Submission
from kata.rejection import Raised, Rejected, TimeUp, unsteady
from kata.stopwatch import budget, growth
from kata.verdict import Failure, Verdict

__all__ = [
    "Raised",
    "Rejected",
    "Submission",
    "array",
    "assume",
    "budget",
    "calls_within",
    "close",
    "example",
    "given",
    "growth",
    "number",
    "pair",
    "raises",
    "reject",
    "require",
    "same_answer",
    "unchanged",
]

Array = np.ndarray[Any, Any]
Property = Callable[..., None]

EXAMPLES = 50
"""Examples a property, unless it or the command line says otherwise."""

# Hypothesis mixes constants that it reads in loaded modules into what it draws. Which modules are
# loaded differs between `kata check`, pytest and its parallel workers, so the same seed would not
# find the same counterexample. There is no setting for it; a test holds this to its purpose.
providers._get_local_constants = lambda: providers._local_constants


def example(**arguments: Any) -> Callable[[Property], Property]:
    """Have these arguments tried first, before anything is drawn. Stands below `given`."""

    def decorate(test: Property) -> Property:
        # Decorators run from the bottom up; the examples are to run from the top down.
        vars(test)["kata_examples"] = [arguments, *vars(test).get("kata_examples", [])]
        return test

    return decorate


def given(
    *, examples: int = EXAMPLES, **strategies: SearchStrategy[Any]
) -> Callable[[Property], Callable[[Submission], None]]:
    """Draw a property's arguments from Hypothesis strategies, and search for a failing example.

    `examples` is how many to draw. The search is a function of the property's name and the seed
    of the command line alone.
    """

    def decorate(test: Property) -> Callable[[Submission], None]:
        @functools.wraps(test)
        def run(submission: Submission) -> None:
            _Hunt(test, submission).run(strategies, examples)

        # pytest reads the signature to find out which fixtures to bring.
        parameter = inspect.Parameter("submission", inspect.Parameter.POSITIONAL_OR_KEYWORD)
        vars(run)["__signature__"] = inspect.Signature([parameter])
        vars(run)["kata_searches"] = True
        return run

    return decorate


def calls_within(seconds: float) -> Callable[[Property], Property]:
    """Let each call of a property take this many seconds of wall time, instead of two."""

    def decorate(test: Property) -> Property:
        vars(test)["kata_call_seconds"] = seconds
        return test

    return decorate


class _Enough(BaseException):
    """Ends the search for a smaller example; not an Exception, so Hypothesis lets it through."""


class _Notebook(ExampleDatabase):
    """A database that Hypothesis writes its failing examples to, and finds `known` in."""

    def __init__(self, known: bytes | None = None) -> None:
        super().__init__()
        self._known = known
        self.open = False
        self.last: bytes | None = None
        """The choices that were written last while the notebook was open."""

    def save(self, _key: bytes, value: bytes) -> None:
        """Note an example; Hypothesis writes down the one, too, from which it is torn away."""
        if self.open:
            self.last = value

    def fetch(self, _key: bytes) -> Iterable[bytes]:
        """What is known, under the first key that is asked for."""
        known, self._known = self._known, None
        return () if known is None else (known,)

    def delete(self, key: bytes, value: bytes) -> None:
        """Forget nothing: an example that holds today may fail again tomorrow."""

    def move(self, src: bytes, dest: bytes, value: bytes) -> None:
        """Ignore that an example has been replaced by a smaller one."""


class _Hunt:
    """One search for the smallest example on which a property fails."""

    def __init__(self, test: Property, submission: Submission) -> None:
        self._test, self._submission = test, submission
        self._failure: Rejected | None = None
        self._tried = 0
        self._least_left = 0.0
        """Seconds of the property's that the search for a smaller example leaves alone."""
        self._end = 0.0
        self._notebook = _Notebook()

    def run(self, strategies: dict[str, SearchStrategy[Any]], examples: int) -> None:
        bench = self._submission._bench
        search, memory, name = bench.search, bench.memory, self._test.__name__
        known = memory.recall(name) if memory else None
        if known is not None:
            # As it was, without a search for a smaller one: it is the input the learner knows.
            with contextlib.suppress(Unsatisfiable):  # the property takes other arguments now
                self._hunt(strategies, [hypothesis.Phase.reuse], 1, known)
            bench.start_again()
        phases = [hypothesis.Phase.explicit] if search.curated else []
        phases.append(hypothesis.Phase.generate)
        phases += [hypothesis.Phase.shrink] if search.shrink else []
        try:
            self._hunt(strategies, phases, search.examples_of(examples))
        finally:
            if memory and self._notebook.last is not None:
                memory.keep(name, self._notebook.last)

    def _hunt(
        self,
        strategies: dict[str, SearchStrategy[Any]],
        phases: list[hypothesis.Phase],
        examples: int,
        known: bytes | None = None,
    ) -> None:
        seed = f"{self._test.__name__} {self._submission._bench.search.seed}".encode()
        self._notebook = _Notebook(known)

        def attempt(**drawn: Any) -> None:
            self._attempt(drawn)

        hunt = hypothesis.given(**strategies)(attempt)
        for arguments in reversed(vars(self._test).get("kata_examples", [])):
            hunt = hypothesis.example(**arguments)(hunt)
        hunt = hypothesis.seed(int.from_bytes(hashlib.sha256(seed).digest()[:8]))(hunt)
        hunt = hypothesis.settings(
            max_examples=examples,
            # Its deadline and its check for slowness go by the clock on the wall, and fail at
            # random on a busy machine; the explain phase costs half of the time of a failure.
            deadline=None,
            suppress_health_check=[hypothesis.HealthCheck.too_slow],
            phases=phases,
            database=self._notebook,
            report_multiple_bugs=False,
            verbosity=hypothesis.Verbosity.quiet,
            print_blob=False,
        )(hunt)
        try:
            hunt()
        except _Enough:
            assert self._failure is not None  # noqa: S101 _Enough is raised after a failure only
            raise self._failure from None
        except Flaky:
            if self._failure is None:
                raise  # it is the grader that is not steady
            raise unsteady(self._failure) from None

    def _attempt(self, drawn: dict[str, Any]) -> None:
        self._notebook.open = False
        bench = self._submission._bench
        if self._failure is not None:
            self._tried += 1 if bench.runs else DEATH_EXAMPLES
            if (
                self._tried > SHRINK_EXAMPLES
                or bench.seconds_left < self._least_left
                or time.monotonic() > self._end
            ):
                raise _Enough
        bench.start_example(drawn)
        try:
            self._test(self._submission, **drawn)
        except Rejected as error:
            if self._failure is None:
                self._least_left = bench.seconds_left - SHRINK_CALL_SECONDS
                self._end = time.monotonic() + SHRINK_SECONDS
            error.scene = bench.scene
            self._failure = error
            self._notebook.open = True
            raise
        except TimeUp:
            self._notebook.open = True
            raise


def reject(message: str, *, returned: object = None, expected: object = None) -> NoReturn:
    """Say that the answer is wrong.

    `message` is a sentence; text among `returned` and `expected` stands as it is, other values
    are shown in short.
    """
    raise Rejected(
        Verdict.WRONG_ANSWER, Failure(message, returned=_shown(returned), expected=_shown(expected))
    )


def _shown(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else brief(value)


def require(
    holds: object, message: str, *, returned: object = None, expected: object = None
) -> None:
    """Reject the answer unless `holds`; the other arguments are those of `reject`."""
    if not holds:
        reject(message, returned=returned, expected=expected)


def pair(value: object, *, name: str) -> tuple[Any, Any]:
    """Check that the value is a tuple of two, and return it."""
    if not isinstance(value, tuple):
        reject(f"{name} is {_kind(value)}, not a tuple.", returned=value, expected="a tuple of two")
    if len(value) != 2:
        reject(f"{name} has {len(value)} parts, not two.", returned=value)
    return value[0], value[1]


KINDS = {"float": "f", "integer": "iu", "number": "fiu", "bool": "b"}


def array(
    value: object,
    *,
    name: str,
    shape: tuple[int | None, ...],
    kind: Literal["float", "integer", "number", "bool"],
    dtype: type[np.generic] | None = None,
) -> Array:
    """Check that the value is an array of this shape and kind, and finite; return it.

    None in `shape` stands for any length. `dtype` asks for that very type.
    """
    wanted = f"a NumPy array of shape {_shape(shape)}, {np.dtype(dtype).name if dtype else kind}"
    if not isinstance(value, np.ndarray):
        reject(f"{name} is {_kind(value)}, not a NumPy array.", returned=value, expected=wanted)
    if len(value.shape) != len(shape) or any(
        want not in (None, length) for want, length in zip(shape, value.shape, strict=True)
    ):
        reject(
            f"{name} has the shape {value.shape}, not {_shape(shape)}.",
            returned=value,
            expected=wanted,
        )
    if value.dtype.kind not in KINDS[kind] or (dtype and value.dtype != dtype):
        reject(f"{name} has the dtype {value.dtype}.", returned=value, expected=wanted)
    if not np.all(np.isfinite(value)):
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(value))[0])
        index = ", ".join(map(str, where))
        reject(
            f"{name}[{index}] is {value[where]}: every value must be finite.",
            returned=value,
            expected=wanted,
        )
    return value


def number(value: object, *, name: str) -> float:
    """Check that the value is a finite float, Python's or NumPy's, and return it."""
    if not isinstance(value, float | np.floating):
        reject(f"{name} is {_kind(value)}, not a float.", returned=value, expected="a float")
    if not np.isfinite(value):
        reject(f"{name} is {value}: it must be finite.", returned=value)
    return float(value)


def _kind(value: object) -> str:
    """The type of a value with its article, as the learner knows it."""
    if value is None:
        return "None"
    if isinstance(value, wire.Opaque):
        name = value.type_name
    elif isinstance(value, RemoteObject):
        name = value._handle.type_name
    elif isinstance(value, np.generic):
        name = f"NumPy {type(value).__name__}"
    elif isinstance(value, np.ndarray):
        name = f"NumPy array of shape {value.shape}"
    else:
        name = type(value).__name__
    return f"{'an' if name[:1] in tuple('aeiouAEIOU') else 'a'} {name}"


def _shape(shape: tuple[int | None, ...]) -> str:
    lengths = ", ".join("any" if length is None else str(length) for length in shape)
    return f"({lengths},)" if len(shape) == 1 else f"({lengths})"


def close(
    returned: Array | float,
    expected: Array | float,
    *,
    within: Array | float,
    name: str,
    because: str = "",
) -> None:
    """Check that returned and expected, equal in shape, differ by at most `within` everywhere.

    `because` says in a sentence why this value is the expected one.
    """
    got, want = np.asarray(returned), np.asarray(expected)
    excess = np.abs(got - want) - within
    # Written so that a NaN counts as too far away.
    if np.all(excess <= 0):
        return
    worst = np.unravel_index(int(np.argmax(np.nan_to_num(excess, nan=np.inf))), excess.shape)
    index = f"[{', '.join(str(int(i)) for i in worst)}]" if worst else ""
    off = float(np.abs(got - want)[worst])
    allowed = float(np.broadcast_to(within, excess.shape)[worst])
    message = f"{name}{index} is off by {off:.2g}; rounding explains {allowed:.1g}."
    left, right = _told_apart(got, want)
    reject(f"{message} {because}".rstrip(), returned=left, expected=right)


def _told_apart(got: Array, want: Array) -> tuple[str, str]:
    """Both values in as few digits as still show a difference."""
    for digits in (4, 8, 12):
        left, right = brief(got, digits=digits), brief(want, digits=digits)
        if left != right:
            return left, right
    return brief(got), brief(want)


@contextlib.contextmanager
def raises(error: type[Exception], when: str) -> Iterator[None]:
    """Check that the call inside raises this built-in exception, or one derived from it.

    `when` completes the sentence "must raise ValueError when ...".
    """
    name = error.__name__
    try:
        yield
    except Raised as raised:
        if name in raised.bases:
            return
        failure = raised.failure
        wrong = Rejected(
            Verdict.WRONG_ANSWER,
            Failure(f"{failure.message} It must raise {name} when {when}.", line=failure.line),
        )
        raise wrong from None
    reject(
        f"It must raise {name} when {when}.", returned="an answer", expected=f"raise {name}(...)"
    )


def unchanged(submission: Submission) -> None:
    """Check that no call of this example so far has changed its arguments."""
    scene = submission._bench.scene
    for step in scene.steps:
        if step.changed is None:
            continue
        before, after = scene.arguments(step), scene.arguments(replace(step, **step.changed))
        for key, was in before.items():
            now = after.get(key, was)
            if _bytes(was) != _bytes(now):
                reject(f"{step.name} changed its argument {key}.", returned=now, expected=was)
        reject(f"{step.name} changed one of its arguments.")


def _bytes(value: object) -> bytes:
    """The value as the wire writes it: equal for equal values, to the last bit."""
    return b"".join(wire.encode(value))


def same_answer(first: object, second: object, *, name: str, because: str) -> None:
    """Check that two answers are equal to the last bit: type, shape, dtype and every value."""
    try:
        same = _bytes(first) == _bytes(second)
    except wire.Unsupported:
        reject(
            f"{name} is or holds an object that cannot be compared.",
            returned=second,
            expected="plain data: numbers, texts, lists, arrays and the like",
        )
    if not same:
        reject(
            f"{name} differs between two equal calls. {because}".rstrip(),
            returned=second,
            expected=first,
        )
