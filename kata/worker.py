"""Runs the learner's code, in a child process of its own.

Of kata it imports only modules that import nothing of kata themselves: `wire` and `request` to
talk, `policy` and `guard` for what is forbidden, `submission` to recognise an untouched stub,
`tally` to count what a call does. Nothing here is trusted: the code it runs can change all of it.
The grader believes no more of a reply than that it is plain data.
"""

from __future__ import annotations

import ast
import contextlib
import faulthandler
import functools
import io
import linecache
import marshal
import os
import random
import signal
import socket
import sys
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kata import guard, policy, submission, tally, wire
from kata.request import FIRST_OBJECT, METHOD, MODULE, TEXT_LIMIT

REQUEST_LIMIT = 1 << 30
"""Bytes of a request: the grader is trusted, so this only catches a torn stream."""


class _Refused(Exception):
    """The request asks for something that the learner's file does not have."""

    def __init__(self, kind: str, text: str, line: int = 0) -> None:
        super().__init__(text)
        self.kind, self.line = kind, line


class _GlobalGenerators:
    """The global random generators, seeded alike in each worker, and watched.

    Code that draws from them unseeded gives different answers to equal calls, for they move on,
    and does so in the same way on every run. Each is watched by a twin that draws along with it:
    they agree until something else has drawn from the global one, or has seeded it.
    """

    SEED = 20_000

    def __init__(self) -> None:
        self._twins = [(random.random, random.Random(self.SEED).random)]  # noqa: S311 no secrets here
        numpy = sys.modules.get("numpy")
        if numpy is not None:
            numpy.random.seed(self.SEED)
            twin = numpy.random.RandomState(self.SEED)
            self._twins.append((numpy.random.random_sample, twin.random_sample))

    def start(self) -> None:
        """Begin in a worker; Python gives each forked process a new state of its own generator."""
        random.seed(self.SEED)

    def used(self) -> bool:
        """Whether one of them has been used by anybody else; stays True from then on."""
        apart = [draw() != twin() for draw, twin in self._twins]  # all draw, to keep in step
        return any(apart)


@dataclass(frozen=True, slots=True)
class Equipment:
    """What is the same for all workers, made once by the process that forks them.

    Whatever a worker makes or touches for the first time costs it a page of memory of its own.
    """

    generators: _GlobalGenerators
    engine: tuple[str, ...]
    """The modules of what runs a submission, which is not to be found by their names."""


def equip() -> Equipment:
    """Make ready for forking workers."""
    engine = tuple(name for name in sys.modules if name.partition(".")[0] == "kata")
    return Equipment(_GlobalGenerators(), engine)


class Session:
    """The learner's module and the objects made from it, for the life of one worker."""

    def __init__(self, notes: int, engine: tuple[str, ...]) -> None:
        self.filename = ""
        self._notes, self._engine = notes, engine
        self._objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._next = FIRST_OBJECT
        self._tally: dict[str, Any] | None = None

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Carry out one request and describe the outcome; no exception leaves this method."""
        recursion_limit = sys.getrecursionlimit()
        try:
            self._tally = None
            return {"value": self._carry_out(request), "tally": self._tally}
        except tally.Enough as enough:
            return {"raised": self._describe(enough), "tally": enough.tally}
        except BaseException as error:
            # The boundary of the process: SystemExit and KeyboardInterrupt come from the
            # learner's code too, and each is reported as what it is.
            return {"raised": self._describe(error)}
        finally:
            sys.setrecursionlimit(recursion_limit)
            with contextlib.suppress(OSError, ValueError, AttributeError):
                # The learner may have closed or replaced it, or filled it to its limit.
                sys.stdout.flush()

    def _carry_out(self, request: dict[str, Any]) -> Any:
        for number in request["release"]:
            self._numbers.pop(id(self._objects.pop(number, None)), None)
        if request["op"] == "read":
            return self._read(request)
        if request["op"] == "load":
            return self._load(request)
        owner = self._objects[request["on"]]
        name = request["name"]
        if request["op"] == "set":
            setattr(owner, name, *request["args"])
            return None
        if request["on"] == MODULE and not hasattr(owner, name):
            own = [key for key, value in vars(owner).items() if _made_by(value, owner)]
            raise _Refused("missing", ", ".join(own))
        found = getattr(owner, name)
        if request["op"] == "get":
            return wire.Handle(METHOD, "method") if callable(found) else found
        if not callable(found):
            raise _Refused("uncallable", type(found).__name__)
        call = functools.partial(found, *request["args"], **request["kwargs"])
        if request.get("tally"):
            made, self._tally = tally.tallied(request["tally"], self.filename, call)
        else:
            made = call()
        if isinstance(found, type):
            self._number(made)
        # A model stays here, although it may be a dict or a list as well, which could be carried.
        if id(made) in self._numbers and self._is_own(type(made)):
            return wire.Handle(self._number(made), type(made).__name__)
        return made

    def _read(self, request: dict[str, Any]) -> dict[str, Any]:
        """What the text of the submission says, before any of it is run."""
        self.filename = request["filename"]
        tree = ast.parse(request["source"], self.filename)
        if submission.is_unfinished(tree):
            return {"unfinished": True}
        uses = tuple(request["uses"])
        rules = policy.Rules(tuple(request["imports"]), tuple(request["calls"]), uses)
        for breach in policy.breaches(tree, rules):
            raise _Refused("forbidden", policy.refusal(breach.name), breach.line)
        parameters = {
            node.name: [argument.arg for argument in node.args.args if argument.arg != "self"]
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
        }
        return {
            "unfinished": False,
            "parameters": parameters,
            "complexity": submission.stated_complexity(tree),
            "code": marshal.dumps(compile(tree, self.filename, "exec", dont_inherit=True)),
        }

    def _load(self, request: dict[str, Any]) -> None:
        """Run what a worker has read; the code is by that worker, which had run nothing yet."""
        self.filename = request["filename"]
        uses = tuple(request["uses"])
        rules = policy.Rules(tuple(request["imports"]), tuple(request["calls"]), uses)
        policy.install(rules)
        # So that tracebacks show lines of a file that this process is not allowed to read. No time
        # of change, so that nobody looks whether it is still there.
        text = request["source"].decode("utf-8-sig", "replace")
        lines = [f"{line}\n" for line in submission.LINE_END.split(text)]
        linecache.cache[self.filename] = (len(text), None, lines, self.filename)
        module = types.ModuleType(request["module"])
        module.__file__ = self.filename
        # Known by name, since dataclasses and typing look a class's module up there.
        sys.modules[module.__name__] = module
        self._objects[MODULE] = module
        code = marshal.loads(request["code"])  # noqa: S302 a worker made it, as said in the docstring
        for name in self._engine:
            sys.modules.pop(name, None)  # what runs the submission is not to be found by its name
        counters = (tally.START, tally.STOP)
        guard.install(request["folder"], self.filename, rules.imports, uses, self._notes, counters)
        exec(code, vars(module))  # noqa: S102 running the learner's code is what this process is for

    def opaque(self, value: Any) -> wire.Handle | wire.Opaque:
        """Stand in for a value that is not plain data: an object of the learner's stays here."""
        kind = type(value)
        if id(value) in self._numbers or self._is_own(kind):
            return wire.Handle(self._number(value), kind.__name__)
        name = kind.__qualname__
        if kind.__module__ not in ("builtins", "__main__"):
            name = f"{kind.__module__}.{name}"
        try:
            text = repr(value)
        except Exception as error:  # a repr of the learner's own may raise anything
            text = f"<{name} whose repr raises {type(error).__name__}>"
        return wire.Opaque(name, text[:200])

    def _is_own(self, kind: type) -> bool:
        """Whether a class is the learner's."""
        return bool(kind.__module__ == self._objects[MODULE].__name__)

    def _number(self, value: Any) -> int:
        number = self._numbers.get(id(value))
        if number is None:
            number = self._next
            self._next += 1
            self._objects[number] = value
            self._numbers[id(value)] = number
        return number

    def _describe(self, error: BaseException) -> dict[str, Any]:
        kind = _kind(error)
        line, function, own = 0, "", False
        trace = error.__traceback__
        while trace is not None:
            own = trace.tb_frame.f_code.co_filename == self.filename
            if own:
                line, function = trace.tb_lineno, trace.tb_frame.f_code.co_name
            trace = trace.tb_next
        if kind == "unfinished" and not own:
            kind = "exception"  # of a library that cannot do what it was asked for
        if isinstance(error, _Refused):
            line = error.line
        elif isinstance(error, SyntaxError) and error.filename == self.filename:
            line = error.lineno or 0
        try:
            text = error.msg if isinstance(error, SyntaxError) else str(error)
        except Exception:  # a __str__ of the learner's own may raise anything
            text = ""
        return {
            "kind": kind,
            "type": type(error).__name__,
            "bases": [
                base.__name__ for base in type(error).__mro__ if base.__module__ == "builtins"
            ],
            "text": str(text)[:TEXT_LIMIT],
            "line": line,
            "function": function,
        }


def _kind(error: BaseException) -> str:
    if isinstance(error, _Refused):
        return error.kind
    for kinds, name in (
        (SystemExit, "exit"),
        (MemoryError, "memory"),
        (policy.Forbidden, "forbidden"),
        (NotImplementedError, "unfinished"),
        (tally.Enough, "sampled"),
        (wire.Unsupported, "unsupported"),
    ):
        if isinstance(error, kinds):
            return name
    return "exception"


def _made_by(value: Any, module: types.ModuleType) -> bool:
    return callable(value) and getattr(value, "__module__", None) == module.__name__


def serve(channel: socket.socket, trace_descriptor: int, equipment: Equipment) -> None:
    """Answer requests until the grader hangs up."""
    # On SIGUSR1 the interpreter writes where it is, even from inside one long C call: that is
    # how the grader can show the line of an endless loop before it kills the process.
    faulthandler.register(signal.SIGUSR1, file=trace_descriptor, all_threads=False)
    faulthandler.enable(file=trace_descriptor, all_threads=False)
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        stream = io.TextIOWrapper(
            io.FileIO(descriptor, "w", closefd=False),
            encoding="utf-8",
            errors="backslashreplace",
            write_through=True,
        )
        setattr(sys, name, stream)
    sys.stdin = Path(os.devnull).open(encoding="utf-8")
    session, generators = Session(trace_descriptor, equipment.engine), equipment.generators
    generators.start()
    while True:
        try:
            header, body = wire.recv_frame(channel, limit=REQUEST_LIMIT)
        except EOFError:
            return
        request = wire.decode(header, body, copy=True)
        reply = session.answer(request)
        reply["id"] = request["id"]
        reply["drew_globally"] = generators.used() and request["op"] == "call"
        reply["changed"] = _changed(request, header, body)
        linger = request["linger"]
        wire.send_frame(channel, _encoded(reply, session))
        if "spoil" in request:
            # Whatever cannot be overwritten stays as it is, for a caller too.
            with contextlib.suppress(Exception):
                _spoil(reply.get("value"))
        del request, reply  # or the last object would live on while the next request is awaited
        wire.arrives_within(channel, linger)


def _changed(request: dict[str, Any], header: bytes, body: memoryview) -> dict[str, Any] | None:
    """The arguments as they are now, where they are not what was received any more."""
    arguments: dict[str, Any] = {key: request[key] for key in ("args", "kwargs") if key in request}
    try:
        # Equal values encode to equal bytes, so what was received is the copy to compare with.
        if wire.same(wire.encode(request), header, body):
            return None
        wire.encode(arguments)
    except wire.WireError:
        return {}  # something was put into them that cannot be carried
    return arguments


def _spoil(value: Any) -> None:
    """Overwrite an answer in place, as its caller may: who has kept it has something else now."""
    kind = type(value)
    if kind in (list, dict, tuple):
        parts = list(value.values() if kind is dict else value)
        if kind is not tuple:
            value.clear()  # before its parts, one of which may be the value itself
        for part in parts:
            _spoil(part)
    elif kind in (set, bytearray):
        value.clear()
    elif kind.__name__ == "ndarray" and kind.__module__ == "numpy":
        _spoil_array(value)
    elif kind.__name__ in ("Series", "DataFrame") and kind.__module__.startswith("pandas"):
        value.index = ["overwritten"] * len(value)


def _spoil_array(array: Any) -> None:
    if not array.flags.writeable:
        return
    match array.dtype.kind:
        case "b" | "i" | "u":
            array[...] = ~array
        case "f" | "c":
            array.fill(float("nan"))
        case "m" | "M":
            array.fill("NaT")
        case "U" | "S" | "O":
            array.fill("")


def _encoded(reply: dict[str, Any], session: Session) -> Any:
    try:
        return wire.encode(reply, opaque=session.opaque)
    except (wire.WireError, MemoryError) as error:
        raised = session._describe(error)
        return wire.encode({**reply, "changed": None, "raised": raised, "value": None})
