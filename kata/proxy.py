"""What a grader holds in place of the learner's code.

Calls go to the worker as plain data, plain data comes back, and whatever goes wrong on the way
becomes the exception that carries its verdict. A `Bench` is one submission put up for grading; a
`Submission` is the face of it that graders see.
"""

from __future__ import annotations

import contextlib
import difflib
import signal
import weakref
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

from kata import wire
from kata.budget import CALL_SECONDS, COUNTING, LOAD_SECONDS, SHARE_AFTER_AN_OVERRUN
from kata.catalog import Kata
from kata.memory import Memory
from kata.policy import Rules
from kata.rejection import (
    Raised,
    Rejected,
    Sampled,
    Scene,
    Step,
    SubmissionUnusable,
    TimeUp,
)
from kata.request import METHOD, MODULE, NO_ROOM
from kata.sandbox import (
    Death,
    Flooded,
    Garbled,
    Overrun,
    Refusal,
    Reply,
    Sandbox,
    Worker,
    WorkerError,
)
from kata.submission import Source, Unreadable, read
from kata.verdict import Cost, Failure, SourceLine, Verdict

GLOBAL_RANDOMNESS = (
    "Your code uses the global random state, which its callers share; "
    "np.random.default_rng(seed) has a state of its own."
)


OUT_OF_MEMORY = (NO_ROOM, -signal.SIGKILL)
"""How a process ends for want of memory: as it says itself, or by a kill that is not ours and so is
the kernel's, or was ours because it took long to give back so much."""

CALLS_KEPT = 1000
"""Calls of a property from which those to be asked again are chosen."""

ANSWER_KEPT = 1 << 16
"""Bytes of an answer that is kept for that."""


@dataclass(frozen=True, slots=True)
class Search:
    """How far Hypothesis looks. The same search finds the same counterexample."""

    seed: int = 0
    examples: int | None = None
    """Examples a property; None leaves it to the property."""
    most: int | None = None
    """More examples than this are not drawn, whatever the property asks for."""
    curated: bool = True
    """Whether the examples that a grader spells out come first; they are the same for each seed."""
    shrink: bool = True
    """Whether to look for a smaller counterexample, and for the line that takes the time: both take
    longer than to find that something is wrong."""
    recheck: bool = True
    """Whether calls are asked again afterwards, where the kata promises equal answers. That is the
    engine's, and not what a property finds out."""
    memory: Path | None = None
    """The folder with what each property failed on last, to be tried first; one folder a kata."""

    def examples_of(self, own: int) -> int:
        """How many to draw for a property that asks for `own`."""
        wanted = self.examples or own
        return wanted if self.most is None else min(wanted, self.most)


@dataclass(frozen=True, slots=True)
class Call:
    """A call that went well, as `recheck` will ask it again."""

    step: Step
    """With copies of the arguments, which belong to the grader."""
    value: Any
    answer: bytes
    """The value as the wire writes it."""
    seconds: float


@dataclass(slots=True)
class Meter:
    """What the calls made while it runs cost, by the kernel's word, and what the worker counted."""

    kind: str = ""
    """What the worker is to count: "lines", "memory", "samples", or nothing."""
    seconds: float = 0.0
    """Processor time."""
    elapsed: float = 0.0
    """Wall time, less the time for which the worker waited for a processor."""
    tallies: list[dict[str, Any]] = field(default_factory=list)

    @property
    def pace(self) -> int:
        """How many seconds pass while one of a limit's does."""
        return COUNTING if self.kind in ("lines", "memory") else 1


@dataclass(slots=True)
class Bench:
    """One submission, the workers that run it, and what is known about it so far."""

    sandbox: Sandbox
    kata: Kata
    source: Source
    rules: Rules
    preload: tuple[str, ...] = ()
    """Libraries that workers find loaded; those of kata.toml, and those an answer may wrap."""
    search: Search = field(default_factory=Search)
    call_seconds: float = CALL_SECONDS
    scene: Scene = field(default_factory=Scene)
    examples: int = 0
    remarks: dict[str, None] = field(default_factory=dict)
    """Advice for the learner; a dict for its order."""
    costs: list[Cost] = field(default_factory=list)
    """What the property has measured against a budget."""
    meter: Meter | None = None
    """Runs while calls are timed."""
    stated: str = ""
    """The complexity that the learner claims."""
    repeatable: frozenset[str] = frozenset()
    """Functions whose calls are kept, to be asked again."""
    calls: list[Call] = field(default_factory=list)
    parameters: dict[str, list[str]] = field(default_factory=dict)
    """What the learner calls the parameters of each function; only good for naming things."""
    one_worker: bool = False
    """Whether every property asks the same worker: it takes half the time, and says nothing of what
    an answer keeps from one property to the next."""
    put_off: list[Call] | None = None
    """Where calls are not asked again now, those that are to be asked again later."""
    elsewhere: bool = False
    """Whether workers are started where a set of strings has another order."""
    spoils: bool = False
    """Whether answers are overwritten once they have been sent, as their owner may do."""
    ahead: bool = True
    """Whether the next property's worker is started while this one's is asked, which only helps
    where a processor has nothing to do."""
    _limit: float = LOAD_SECONDS
    _left: float = LOAD_SECONDS
    """Seconds that the property's calls may still take."""
    _worker: Worker | None = None
    _spare: Worker | None = None
    """The worker for the property after this one, which may still be loading."""
    _code: bytes | None = None
    """The submission's code object, once a worker has read the text."""
    _unusable: SubmissionUnusable | None = None
    _overran: bool = False
    _released: list[int] = field(default_factory=list)
    _methods: set[tuple[str, str]] = field(default_factory=set)
    """(class, attribute) of what has been found to be a method, so that it is asked but once."""
    _proxies: weakref.WeakValueDictionary[int, RemoteObject] = field(
        default_factory=weakref.WeakValueDictionary
    )

    def start_property(self, limit: float, call_seconds: float = CALL_SECONDS) -> None:
        """Have a fresh worker from now on, and let the property's `limit` seconds begin to run."""
        self._limit = limit
        self.call_seconds = call_seconds
        if self._overran:
            self.call_seconds *= SHARE_AFTER_AN_OVERRUN
        self.start_again()

    def start_again(self) -> None:
        """Be as if the property had only begun: what follows depends on nothing before."""
        self.end_property()
        self._left = self._limit
        rechecked = self.kata.repeatable if self.search.recheck else ()
        self.repeatable, self.calls = frozenset(rechecked), []
        self.examples, self.remarks, self.scene = 0, {}, Scene(parameters=self.parameters)
        self.costs, self.meter = [], None

    def start_example(self, drawn: dict[str, Any]) -> None:
        """Forget what the last example asked, and note what this one has drawn."""
        self.examples += 1
        self.scene = Scene(drawn, parameters=self.parameters)

    @property
    def memory(self) -> Memory | None:
        """What this kata's properties failed on last, where the search is to begin with that."""
        folder = self.search.memory
        return None if folder is None else Memory(folder / self.kata.slug)

    @property
    def runs(self) -> bool:
        """Whether there is a worker that can be asked."""
        return self._worker is not None and self._worker.alive

    @property
    def seconds_left(self) -> float:
        """What the property's calls may still take."""
        return self._left

    def end_property(self) -> None:
        """End the worker, if there is one, unless it is to serve all properties."""
        if not self.one_worker:
            self.end_worker()

    def end_worker(self) -> None:
        """End the worker, if there is one: the next call has one that has answered nothing yet."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def close(self) -> None:
        """End all that was started. The bench can be used again."""
        for worker in (self._worker, self._spare):
            if worker is not None:
                worker.close()
        self._worker = self._spare = None

    def load(self) -> Worker:
        """The worker with the submission loaded; SubmissionUnusable when it cannot be."""
        if self._unusable is not None:
            raise SubmissionUnusable(self._unusable.verdict, self._unusable.failure)
        if self._worker is not None and self.runs:
            return self._worker
        # A new list: a proxy of the worker before may go later, and its number is another object's
        # here.
        self._released = []
        self._proxies.clear()
        try:
            spare = None if self.elsewhere else self._spare
            self._worker = worker = spare or self._spawn()
            if spare is None:
                if self._code is None:
                    worker.post(self._request("read"), LOAD_SECONDS)
                    self._take_in(worker.reply())
                worker.post(self._request("load"), LOAD_SECONDS)
            else:
                self._spare = None
            reply = worker.reply()
        except WorkerError as error:
            failure = self._explain(error, "Importing your file", LOAD_SECONDS, shared=False)
            verdict = {
                Verdict.TIME_LIMIT_EXCEEDED: Verdict.TIME_LIMIT_EXCEEDED,
                Verdict.MEMORY_LIMIT_EXCEEDED: Verdict.MEMORY_LIMIT_EXCEEDED,
                Verdict.FORBIDDEN: Verdict.FORBIDDEN,
            }.get(_verdict(error), Verdict.LOAD_ERROR)
            self._give_up(verdict, failure)
        if reply.raised is not None:
            self._give_up(*self._load_failure(reply.raised, reply.printed))
        if self.one_worker or self.elsewhere or not self.ahead:
            return worker
        # The next property's worker gets ready while this property's calls go on. If it fails so
        # early, there is none yet, and the next property will see for itself.
        with contextlib.suppress(WorkerError):
            spare = self._spawn()
            spare.post(self._request("load"), LOAD_SECONDS)
            self._spare = spare
        return worker

    def _spawn(self) -> Worker:
        sandbox = self.sandbox.other() if self.elsewhere else self.sandbox
        return sandbox.spawn(self.kata.folder, self.preload)

    def _request(self, op: str) -> dict[str, Any]:
        """What has a worker read the submission, or run what one has read."""
        return {
            "op": op,
            "release": [],
            "source": self.source.text,
            "filename": str(self.source.path),
            "module": self.kata.slug,
            "imports": list(self.rules.imports),
            "calls": list(self.rules.calls),
            "uses": list(self.rules.uses),
            "folder": str(self.kata.folder),
            "code": self._code or b"",
        }

    def _take_in(self, reply: Reply) -> None:
        """Keep what the first worker says of the text, none of which it has run: that is believed.

        The code is never looked at here. Workers run it, as they would run the text.
        """
        if reply.raised is not None:
            self._give_up(*self._load_failure(reply.raised, reply.printed))
        if reply.value == {"unfinished": True}:
            self._give_up(Verdict.NOT_STARTED, None)
        self.parameters, self.stated = _names(reply.value), _stated(reply.value)
        self._code = reply.value["code"]

    def ask(self, step: Step) -> Any:
        """Have the worker carry out one step, and return what came back."""
        worker = self.load()
        self.scene.steps.append(step)
        what = {"get": "Reading ", "set": "Setting "}.get(step.action, "") + step.name
        meter = self.meter
        pace = 1 if meter is None else meter.pace
        seconds = min(self.call_seconds, self._left) * pace
        if seconds <= 0:
            self._time_up(f"The property's {self._limit:g} s were used up before it was settled.")
        request = {
            "op": step.action,
            "release": self._released[:],
            "on": step.owner,
            "name": step.name,
            "args": step.args,
            "kwargs": step.kwargs,
        }
        if self.spoils:
            request["spoil"] = True
        if meter is not None and step.action == "call":
            request["tally"] = meter.kind
        try:
            before = worker.processor_seconds() if meter is not None else 0.0
            reply = worker.request(request, seconds, timed=meter is not None)
        except Overrun as error:
            shared = seconds < self.call_seconds * pace
            failure = self._explain(error, what, seconds, shared=shared)
            self._time_up("", failure, error.printed)
        except WorkerError as error:
            self._note(printed=error.printed)
            raise self._reject(_verdict(error), self._explain(error, what, seconds)) from None
        self._released.clear()
        self._left -= reply.seconds / pace
        if meter is not None:
            meter.seconds += worker.processor_seconds() - before
            meter.elapsed += reply.seconds
            meter.tallies += [reply.tally] if reply.tally else []
        self._note(reply)
        if reply.raised is not None:
            self.scene.steps[-1] = replace(self.scene.steps[-1], refused=True)
            raise self._raised(reply.raised, what, step.owner)
        if step.name in self.repeatable and len(self.calls) < CALLS_KEPT:
            self._keep(step, reply)
        return self._received(reply.value)

    def _keep(self, step: Step, reply: Reply) -> None:
        """Keep a call that can be asked again: one of data, for data."""
        try:
            answer = b"".join(wire.encode(reply.value))
            step = replace(step, args=deepcopy(step.args), kwargs=deepcopy(step.kwargs))
        except wire.WireError:
            return
        if len(answer) <= ANSWER_KEPT and not isinstance(reply.value, wire.Handle):
            self.calls.append(Call(step, deepcopy(reply.value), answer, reply.seconds))

    def _received(self, value: Any) -> Any:
        """The same value with proxies in place of the records that stand for objects."""
        if not isinstance(value, wire.Handle) or value.id == METHOD:
            return value
        self.scene.steps[-1] = replace(self.scene.steps[-1], made=value.id)
        proxy = self._proxies.get(value.id)
        if proxy is None:
            proxy = self._proxies[value.id] = RemoteObject(self, value)
            # The worker lets go of the object with the next request after the last proxy is gone.
            weakref.finalize(proxy, self._released.append, value.id)
        return proxy

    def _note(self, reply: Reply | None = None, printed: str = "") -> None:
        step = self.scene.steps[-1]
        if reply is None:
            self.scene.steps[-1] = replace(step, printed=printed)
            return
        self.scene.steps[-1] = replace(step, changed=reply.changed, printed=reply.printed)
        if reply.drew_globally:
            self.remarks[GLOBAL_RANDOMNESS] = None

    def _time_up(self, message: str, failure: Failure | None = None, printed: str = "") -> NoReturn:
        self._overran = True
        self._note(printed=printed)
        error = TimeUp(failure or Failure(message))
        error.scene = self.scene
        raise error

    def _reject(self, verdict: Verdict, failure: Failure) -> Rejected:
        error = Rejected(verdict, failure)
        error.scene = self.scene
        return error

    def _give_up(self, verdict: Verdict, failure: Failure | None) -> NoReturn:
        self.close()
        self._unusable = SubmissionUnusable(verdict, failure)
        raise self._unusable

    def _line(self, number: int) -> SourceLine | None:
        text = self.source.line(number)
        return SourceLine(self.source.path.name, number, text) if text else None

    def _explain(
        self, error: WorkerError, what: str, seconds: float, *, shared: bool = False
    ) -> Failure:
        """Say in the learner's terms why there is no reply.

        `shared` is whether the seconds were what the property's other calls had left.
        """
        line = 0
        advice = ""
        match error:
            case Overrun() if shared:
                message = f"{what} was still at work when the property's {self._limit:g} s were up."
                line = error.line
                advice = "All calls of a property share its time: what makes yours take so long?"
            case Overrun():
                message = f"{what} had not come back after {round(seconds, 2):g} s."
                line = error.line
                if self.meter is not None and self.meter.pace != 1:
                    message += f" It was counted, and had {self.meter.pace:g} times as long."
                where = "The line above is where it was then: does that loop end for this input?"
                advice = where if line else "Does it end for this input?"
            case Death(status=status) if status in OUT_OF_MEMORY:
                limit = self.sandbox.limits.memory / (1 << 30)
                message = f"{what} found no room left in the {limit:g} GiB of memory it may use."
                advice = "Does your code keep something from each call, and never let go of it?"
            case Death(status=status) if status >= 0:
                message = f"{what} ended the whole Python process with exit status {status}."
                advice = "Return the answer instead of leaving with os._exit."
            case Death(status=status, line=line):
                name = signal.strsignal(-status) or f"signal {-status}"
                message = f"{what} crashed the Python process: {name.lower()}."
            case Refusal(text=message, line=line):
                pass
            case Flooded():
                limit = self.sandbox.limits.output >> 20
                message = f"{what} printed more than {limit} MiB."
                advice = "Take the print out of the loop."
            case Garbled():
                message = f"{what} sent no proper answer: {error.detail}."
            case _:
                raise AssertionError(error)
        return Failure(message, line=self._line(line), printed=error.printed, advice=advice)

    def _raised(self, raised: dict[str, Any], what: str, owner: int) -> BaseException:
        """The exception for what the worker says was raised."""
        kind, text, name = raised["kind"], raised["text"], raised["type"]
        said = f"{name}: {text}" if text else name
        line = self._line(raised["line"])
        verdict, advice = Verdict.RUNTIME_ERROR, ""
        match kind:
            case "missing":
                near = difflib.get_close_matches(what, text.split(", "), n=1)
                defines = f"It defines {text}." if text else "It defines nothing."
                message = f"{self.source.path.name} has no {what}. {defines}"
                advice = f"Rename {near[0]} to {what}." if near else f"Define {what} as asked."
                return self._unusable_as(Verdict.LOAD_ERROR, Failure(message, advice=advice))
            case "sampled" if self.meter is not None and self.meter.kind == "samples":
                return Sampled()
            case "uncallable":
                message = f"{what} is of type {text}, so it cannot be called."
                verdict = Verdict.LOAD_ERROR if owner == MODULE else verdict
            case "exit":
                message = f"{what} called sys.exit({text})."
                advice = "Return the answer, or raise the error that the task names."
            case "memory":
                limit = self.sandbox.limits.memory / (1 << 30)
                detail = f" ({text})" if text else ""
                message = f"{what} wanted more than the {limit:g} GiB of memory it may use{detail}."
                verdict = Verdict.MEMORY_LIMIT_EXCEEDED
            case "forbidden":
                message, verdict = text, Verdict.FORBIDDEN
            case "unfinished":
                message = f"{what} is not written yet: it raises NotImplementedError."
            case "unsupported":
                message = f"{what} returned something that cannot be compared: {text}."
                verdict = Verdict.WRONG_ANSWER
            case _:
                message = f"{what} raised {said}" + ("" if said.endswith(".") else ".")
        failure = Failure(message, line=line, advice=advice)
        if verdict is not Verdict.RUNTIME_ERROR:
            return self._reject(verdict, failure)
        error = Raised(failure, tuple(str(base) for base in raised["bases"]))
        error.scene = self.scene
        return error

    def _unusable_as(self, verdict: Verdict, failure: Failure) -> SubmissionUnusable:
        self._unusable = SubmissionUnusable(verdict, failure)
        return self._unusable

    def _load_failure(self, raised: dict[str, Any], printed: str) -> tuple[Verdict, Failure]:
        name, text, file = raised["type"], raised["text"], self.source.path.name
        verdict, advice = Verdict.LOAD_ERROR, ""
        match raised["kind"]:
            case "forbidden":
                verdict, message = Verdict.FORBIDDEN, text
            case "memory":
                message = f"Importing {file} wanted more memory than it may use."
                verdict = Verdict.MEMORY_LIMIT_EXCEEDED
            case "exit":
                message = f"Importing {file} called sys.exit({text})."
                advice = 'Put what shall run only as a script under  if __name__ == "__main__":'
            case _ if name in ("SyntaxError", "IndentationError", "TabError"):
                message = f"{file} is not valid Python: {text}."
                advice = _encoding_advice(self.source.text)
            case _:
                message = f"Importing {file} raised {name}: {text}".rstrip(": ") + "."
        line = self._line(raised["line"])
        return verdict, Failure(message, line=line, printed=printed, advice=advice)


def _names(loaded: Any) -> dict[str, list[str]]:
    """The parameters that a worker says it found, as far as they are identifiers."""
    said = loaded.get("parameters") if isinstance(loaded, dict) else None
    if not isinstance(said, dict):
        return {}
    return {
        function: [str(name) for name in names if str(name).isidentifier()]
        for function, names in said.items()
        if isinstance(function, str) and isinstance(names, list)
    }


def _stated(loaded: Any) -> str:
    """The complexity that a worker says the file states; no more than a text is made of it here."""
    said = loaded.get("complexity") if isinstance(loaded, dict) else None
    return said if isinstance(said, str) else ""


def _encoding_advice(text: bytes) -> str:
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "It is saved as UTF-16: save it as UTF-8."
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return "It is not UTF-8 text: save it as UTF-8."
    return ""


def _verdict(error: WorkerError) -> Verdict:
    if isinstance(error, Overrun):
        return Verdict.TIME_LIMIT_EXCEEDED
    if isinstance(error, Refusal):
        return Verdict.FORBIDDEN
    if isinstance(error, Death) and error.status in OUT_OF_MEMORY:
        return Verdict.MEMORY_LIMIT_EXCEEDED
    return Verdict.RUNTIME_ERROR


def set_up(
    sandbox: Sandbox, kata: Kata, path: Path, search: Search, waived: frozenset[str] = frozenset()
) -> Bench:
    """Put the file at `path` up for grading; `waived` names what it may use although forbidden.

    A file that cannot be read makes a bench on which every property finds a load error.
    """
    rules, preload = kata.forbidden.without(waived), (*kata.requires, *sorted(waived))
    try:
        source = read(path)
    except Unreadable as error:
        unusable = SubmissionUnusable(Verdict.LOAD_ERROR, Failure(str(error)))
        return Bench(sandbox, kata, Source(path, b""), rules, preload, search, _unusable=unusable)
    return Bench(sandbox, kata, source, rules, preload, search)


class Submission:
    """The learner's module, as graders see it: `submission.kmeans(X, k)` runs in the worker."""

    __slots__ = ("_bench",)

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def __getattr__(self, name: str) -> RemoteFunction:
        """The function or class of this name; it is looked for when it is called."""
        if name.startswith("_"):
            raise AttributeError(name)
        return RemoteFunction(self._bench, name)


class RemoteFunction:
    """A function, class or method in the worker. Calling it returns plain data or a proxy.

    Raises Raised for an exception in the learner's code, Rejected for another failure of the
    call, and TimeUp when it takes too long.
    """

    __slots__ = ("_bench", "_name", "_owner")

    def __init__(self, bench: Bench, name: str, owner: RemoteObject | None = None) -> None:
        self._bench, self._name = bench, name
        # The proxy rather than its number: the object must live as long as its method is held.
        self._owner = owner

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in the worker."""
        owner = MODULE if self._owner is None else self._owner._handle.id
        return self._bench.ask(Step("call", owner, self._name, args, kwargs))


class RemoteObject:
    """An object of the learner's, which stays in the worker; the proxy goes where it goes.

    Attributes are read and set in the worker. Two proxies are equal when they stand for the
    same object.
    """

    __slots__ = ("__weakref__", "_bench", "_handle")

    _bench: Bench
    _handle: wire.Handle

    def __init__(self, bench: Bench, handle: wire.Handle) -> None:
        object.__setattr__(self, "_bench", bench)
        object.__setattr__(self, "_handle", handle)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        method = (self._handle.type_name, name)
        if method not in self._bench._methods:
            found = self._bench.ask(Step("get", self._handle.id, name))
            if not isinstance(found, wire.Handle):
                return found
            # Reading the method was only a means to call it: the call is what is worth telling.
            self._bench.scene.steps.pop()
            self._bench._methods.add(method)
        return RemoteFunction(self._bench, name, self)

    def __setattr__(self, name: str, value: Any) -> None:
        self._bench.ask(Step("set", self._handle.id, name, (value,)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RemoteObject) and self._handle.id == other._handle.id

    def __hash__(self) -> int:
        return hash(self._handle.id)

    def __repr__(self) -> str:
        return f"<{self._handle.type_name} object>"
