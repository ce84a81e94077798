"""Starts workers, speaks with them under limits, and kills them; the trusted side of the fence.

A `Sandbox` owns one fork server. A `Worker` is one process that has one submission loaded. What a
worker sends is decoded as plain data and is otherwise not believed.
"""

from __future__ import annotations

import contextlib
import copy
import fcntl
import json
import math
import os
import re
import secrets
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from kata import bubblewrap, fence, kernel, processor, wire
from kata.errors import SetupError
from kata.fence import GREETING, Level
from kata.guard import NOTE, REFUSED_STATUS
from kata.processor import ProcessorClock
from kata.request import TEXT_LIMIT

ROOT = Path(__file__).resolve().parent.parent

BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); from kata.forkserver import main; "
    "main(sys.argv[1], *map(int, sys.argv[2:]))"
)

# Not inherited: what the learner's shell exports must not change a verdict, and its secrets are
# none of the submission's business. One hash seed, so that the order of a set of strings is the
# same on every run; one thread a library, so that processor time is comparable.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PATH": os.defpath,
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}

OTHER_HASH_SEED = {"PYTHONHASHSEED": "1"}

EXIT_GRACE_SECONDS = 0.2
"""How long a worker that has hung up may take to end by itself, so that its status is its own."""

RECEIVE_SECONDS = 2.0
"""How long a reply that has begun may take to arrive, whatever is left of the call's limit."""

FILLING_SHARE = 0.25
"""Of the limit on memory: a call that has so much of it when its time is up may be on its way to
use up all of it, which is then what is wrong with it."""

FILLING_SECONDS = 3.0
"""How long it is given to do that, as a multiple of the call's limit."""

STOLEN_SECONDS = 2.0
"""How much longer than its limit a call may take, as a multiple of it, for the processor time that
the host of a virtual machine has kept from the machine meanwhile."""

STOLEN_FRESH_SECONDS = 0.1
"""How old a reading of that time may be when a call begins: to read it takes as long as a call."""

SPIN_SECONDS = 0.0003
"""How long the grader looks for a reply before it goes to sleep over it."""

BRIEF_SECONDS = 0.0005
"""In so little time on the wall nobody waited long for a processor, and asking the kernel costs."""

LINGER_SECONDS = 0.001
"""How long a worker looks for the next request before it goes to sleep over it: about as long as
Hypothesis takes for an example."""

CROWDED_SECONDS = 0.001
"""Who waited this long for a processor since the last request has none to itself."""

CROWDED_REQUESTS = 100
"""After how many requests a process that had no processor to itself looks again."""

NOTE_LIMIT = 1 << 12
"""Bytes in which the note is looked for that says what a worker was ended for."""

CONTROL_SECONDS = 60.0
"""How long the fork server may take to answer; one that has been stopped never does."""

PRINTED_LIMIT = 1 << 16
"""Bytes of captured output that are kept."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may use."""

    memory: int = 1 << 30
    """Bytes beyond those of the interpreter with its libraries."""
    output: int = 4 << 20
    """Bytes that one call may print, and the size of any file it writes."""
    reply: int = 256 << 20
    """Bytes of an answer."""


class WorkerError(Exception):
    """A worker did not answer; `printed` is what it had printed until then."""

    def __init__(self, printed: str = "") -> None:
        super().__init__()
        self.printed = printed


class Overrun(WorkerError):
    """The time was up. `line` is where the learner's file was then, 0 when that is unknown."""

    def __init__(self, printed: str, line: int) -> None:
        super().__init__(printed)
        self.line = line


class Death(WorkerError):
    """The process ended. `status` is its exit code, or minus the signal that killed it."""

    def __init__(self, printed: str, status: int, line: int) -> None:
        super().__init__(printed)
        self.status, self.line = status, line


class Refusal(WorkerError):
    """The process did what no submission may do, and was ended for it. `text` says what it was."""

    def __init__(self, printed: str, text: str, line: int) -> None:
        super().__init__(printed)
        self.text, self.line = text, line


class Garbled(WorkerError):
    """What arrived is not a reply to the request that was sent; `detail` says in which way."""

    def __init__(self, printed: str, detail: str) -> None:
        super().__init__(printed)
        self.detail = detail


class Flooded(WorkerError):
    """The call printed more than the limit."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker says of one request."""

    value: Any
    raised: dict[str, Any] | None
    changed: dict[str, Any] | None
    """The arguments as they are after the call, where they are not what they were before."""
    drew_globally: bool
    printed: str
    seconds: float
    """How long the request took, by the worker's clock (see `_Clock`)."""
    tally: dict[str, Any] | None = None
    """What the worker says it counted during the call, where it was asked to."""


class _Clock:
    """Wall time less the time for which a process waited for a processor, in seconds.

    On a busy machine a limit on wall time alone condemns code that is merely not being run. Code
    that sleeps, or waits for a lock, is not waiting for a processor, so its time does count.
    Where the kernel does not tell (Linux does, in /proc/<pid>/schedstat), this is wall time.
    """

    def __init__(self, pid: int) -> None:
        try:
            self._file = os.open(f"/proc/{pid}/schedstat", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self._file = -1
        self.waited = 0.0

    @property
    def tells(self) -> bool:
        """Whether the kernel says how long the process waited."""
        return self._file >= 0

    def __call__(self) -> float:
        if self._file >= 0:
            with contextlib.suppress(OSError):  # the process has ended, so it waits no longer
                # Nanoseconds on a processor, nanoseconds waiting for one, number of turns.
                self.waited = int(os.pread(self._file, 100, 0).split()[1]) / 1e9
        return time.monotonic() - self.waited

    def close(self) -> None:
        """Let go of the kernel's file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


class _Looking:
    """How long a process may look for what it waits for, where it has a processor to itself.

    Looking instead of sleeping saves a quarter of the time of a check, and takes the processor
    from those who need it on a busy machine. So it is given up where the process had to wait for
    one, and where the kernel does not tell.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds, self._waited, self._left = seconds, 0.0, 0

    def __call__(self, clock: _Clock) -> float:
        waited, self._waited = clock.waited - self._waited, clock.waited
        if waited > CROWDED_SECONDS or not clock.tells:
            self._left = CROWDED_REQUESTS
        if self._left:
            self._left -= 1
            return 0.0
        return self._seconds


class Worker:
    """One child process with one submission. It is used up once a request has failed."""

    def __init__(
        self,
        sandbox: Sandbox,
        number: int,
        pid: int,
        channel: socket.socket,
        output: BinaryIO,
        trace: BinaryIO,
    ) -> None:
        # What the fork server calls it, and what it is called out here.
        self._sandbox, self._number, self._pid = sandbox, number, pid
        self._channel, self._output, self._trace = channel, output, trace
        self._filename = self._ticket = ""
        self._late = False
        """Whether the time is up, and only the limit on memory is still being waited for."""
        self._started = self._starved = self._stolen = self._posted = self._seconds = 0.0
        self._clock, self._statm = _Clock(pid), Path(f"/proc/{pid}/statm")
        self._looking = _Looking(LINGER_SECONDS)
        self.processor_seconds = ProcessorClock(pid)
        self.alive = True

    def request(self, message: dict[str, Any], seconds: float, *, timed: bool = False) -> Reply:
        """Send one request and wait for the reply for at most `seconds` of the worker's clock.

        Raises a WorkerError when there is no proper reply; the worker is dead then.
        """
        self.post(message, seconds, timed=timed)
        return self.reply()

    def post(self, message: dict[str, Any], seconds: float, *, timed: bool = False) -> None:
        """Send one request, whose reply is to be asked for next; its time begins to run.

        After a timed one the worker sleeps, since looking for the next takes processor time.
        """
        self._filename = message.get("filename", self._filename)
        # Unguessable, so that a reply written in advance cannot pass for the answer.
        self._ticket, self._seconds, self._late = secrets.token_hex(8), seconds, False
        self._started, self._starved = self._clock(), self._sandbox.starved()
        self._posted = time.monotonic()
        self._stolen = self._sandbox.stolen_before(self._posted)
        linger = 0.0 if timed else self._looking(self._clock)
        segments = wire.encode({**message, "id": self._ticket, "linger": linger})
        deadline = self._started + seconds
        with self._watched():
            wire.send_frame(self._channel, segments, clock=self._clock, deadline=deadline)

    def reply(self) -> Reply:
        """Wait for the reply to what has been posted."""
        deadline = self._started + self._seconds
        with self._watched():
            left = self._wait_for_reply(deadline)
            # On the wall's clock from here on: it is cheaper to read, and a reply that has begun
            # is a matter of milliseconds.
            header, body = wire.recv_frame(
                self._channel,
                limit=self._sandbox.limits.reply,
                deadline=time.monotonic() + max(left, RECEIVE_SECONDS),
            )
            reply = _checked(wire.decode(header, body, copy=False), self._ticket)
            if self._late and (reply["raised"] or {}).get("kind") != "memory":
                raise TimeoutError
        if os.fstat(self._output.fileno()).st_size >= self._sandbox.limits.output:
            self._end(0.0)
            raise Flooded(self._printed())
        taken = time.monotonic() - self._posted
        if taken > BRIEF_SECONDS:
            # Not the hours that a laptop slept meanwhile, nor what the grader waited for a
            # processor while the reply lay there: many calls would pay for that with their
            # property's limit.
            starved = self._sandbox.starved() - self._starved
            taken = min(max(self._clock() - self._started - starved, 0.0), self._seconds)
        return Reply(**reply, printed=self._printed(), seconds=taken)

    @contextlib.contextmanager
    def _watched(self) -> Iterator[None]:
        """End the worker when it does not answer, and say in a WorkerError how it failed."""
        try:
            yield
        except TimeoutError:
            self._end(0.0, trace=True)
            raise Overrun(self._printed(), self._line()) from None
        except (EOFError, ConnectionError):
            status = self._end(EXIT_GRACE_SECONDS)
            if status == REFUSED_STATUS:
                raise Refusal(self._printed(), *self._note()) from None
            raise Death(self._printed(), status, self._line()) from None
        except wire.WireError as error:
            self._end(0.0)
            raise Garbled(self._printed(), str(error)) from None

    def _wait_for_reply(self, deadline: float) -> float:
        """Wait for the first byte; return the seconds that are left then.

        Raises TimeoutError when the worker's clock has passed the deadline.
        """
        spin = self._sandbox.spin()
        if spin and wire.arrives_within(self._channel, spin):
            return self._seconds  # all but a trifle
        poll = select.poll()
        poll.register(self._channel, select.POLLIN)
        granted = 0.0
        spent: float | None = None
        while True:
            left = deadline - self._clock()
            if left <= 0:
                # The grader, too, may have been stopped, or the laptop asleep: a reply that has
                # come meanwhile counts.
                if poll.poll(0):
                    return 0.0
                stolen = min(processor.stolen() - self._stolen, STOLEN_SECONDS * self._seconds)
                if stolen > granted:
                    # Which core it was taken from the kernel does not say: it may have been ours.
                    deadline += stolen - granted
                    granted = stolen
                    continue
                if self._late or not self._is_filling():
                    raise TimeoutError
                # Pages are cleared before they are had, which takes seconds on some machines.
                self._late = True
                deadline += FILLING_SECONDS * self._seconds
                continue
            # Time on the wall runs faster than the worker's clock, so one wait may not be enough.
            if poll.poll(max(left * 1000, 1)):
                return max(deadline - self._clock(), 0.0)
            # It may be threads of the submission's own that it waits for a processor for. One alone
            # cannot have used more than all the time it has been granted.
            if spent is None:
                spent = self.processor_seconds()
            elif self.processor_seconds() - spent > (deadline - self._started) * processor.cores():
                raise TimeoutError

    def _is_filling(self) -> bool:
        """Whether the process has much memory of its own; False where the kernel does not tell."""
        try:
            _, resident, shared, *_ = map(int, self._statm.read_text().split())
        except OSError:
            return False
        own = (resident - shared) * os.sysconf("SC_PAGE_SIZE")
        return own >= FILLING_SHARE * self._sandbox.limits.memory

    def close(self) -> None:
        """End the process and everything it started. Closing twice is harmless."""
        if self.alive:
            self._end(0.0)

    def _end(self, grace: float, *, trace: bool = False) -> int:
        self.alive = False
        self._channel.close()
        self._clock.close()
        return self._sandbox.stop(self._number, grace, trace=trace)

    def _printed(self) -> str:
        descriptor = self._output.fileno()
        size = os.fstat(descriptor).st_size
        if not size:
            return ""
        text = os.pread(descriptor, PRINTED_LIMIT, 0).decode("utf-8", errors="replace")
        os.ftruncate(descriptor, 0)
        return text

    def _note(self) -> tuple[str, int]:
        """What the worker was ended for, and the line; see `guard`."""
        descriptor = self._trace.fileno()
        end = os.fstat(descriptor).st_size
        tail = os.pread(descriptor, NOTE_LIMIT, max(end - NOTE_LIMIT, 0))
        last = tail.rpartition(NOTE)[2].decode("utf-8", errors="replace")
        found = re.fullmatch(r"(\d{1,9}): (.+)\n", last)
        if not found:
            return "It did what is not allowed here.", 0
        return wire.legible(found[2]), int(found[1])

    def _line(self) -> int:
        """The line of the learner's file that the interpreter wrote down, 0 when there is none."""
        text = os.pread(self._trace.fileno(), PRINTED_LIMIT, 0).decode("utf-8", errors="replace")
        # As faulthandler writes it, which knows ASCII only.
        name = self._filename.encode("ascii", "backslashreplace").decode("ascii")
        found = re.search(rf'File "{re.escape(name)}", line (\d{{1,9}}) ', text)
        return int(found[1]) if found else 0


def _checked(reply: Any, ticket: str) -> dict[str, Any]:
    """The fields of a well-formed reply to the request with this ticket; WireError otherwise."""
    if not isinstance(reply, dict) or reply.pop("id", None) != ticket:
        raise wire.WireError("the frame does not answer the request")
    reply.setdefault("value", None)
    raised = reply.setdefault("raised", None)
    if raised is not None:
        kinds = {"kind": str, "type": str, "bases": list, "text": str, "line": int, "function": str}
        if not isinstance(raised, dict) or {k: type(v) for k, v in raised.items()} != kinds:
            raise wire.WireError("the frame describes an exception in an unknown way")
        # It will be part of a message, whose lines are broken again and again.
        texts = {k: wire.legible(v[:TEXT_LIMIT]) for k, v in raised.items() if type(v) is str}
        bases = [
            wire.legible(v[:TEXT_LIMIT]) for v in raised["bases"][:TEXT_LIMIT] if type(v) is str
        ]
        reply["raised"] = {**raised, **texts, "bases": bases}
    if not isinstance(reply.setdefault("tally", None), dict | None):
        raise wire.WireError("the frame counts in an unknown way")
    if set(reply) != {"value", "raised", "changed", "drew_globally", "tally"}:
        raise wire.WireError("the frame has other fields than a reply")
    if not isinstance(reply["changed"], dict | None):
        raise wire.WireError("the frame lists changed arguments in an unknown way")
    return reply


class Sandbox:
    """A fork server and the workers it made. A context manager: leaving it ends them all.

    `level` is how much of the operating system's own fencing there has to be, None for as much as
    the machine has. `folders` are what workers may be started in where the level shows them nothing
    else. Raises SetupError when the machine does not have the level.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        level: Level | None = None,
        folders: Sequence[Path] = (),
    ) -> None:
        self.limits = limits or Limits()
        if level is not None and (reason := lack(level)):
            raise SetupError(
                f"The sandbox level {level} is not to be had here: {reason}. "
                "kata doctor tells which is."
            )
        kernel.hide()  # a worker is a process of the same user
        self._folders, self._first = tuple(folders), 0
        # Whether Bubblewrap works shows when it is used: to try it beforehand takes as long again.
        self._trying = level is None and bubblewrap.program() is not None
        if level is None:
            level = Level.BUBBLEWRAP if self._trying else fence.strongest()
        self._other: Sandbox | None = None
        self._start(level, ENVIRONMENT)

    def _start(self, level: Level, environment: dict[str, str]) -> None:
        self._level = level
        self._own_clock, self._looking = _Clock(os.getpid()), _Looking(SPIN_SECONDS)
        self._stolen, self._stolen_read = 0.0, -math.inf
        self._control, theirs = socket.socketpair()
        self._control.settimeout(CONTROL_SECONDS)
        self._complaints, self._info = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        outer, parent, info = level is Level.BUBBLEWRAP, os.getpid(), self._info.fileno()
        # -I would make Python ignore PYTHONHASHSEED; -s and -P keep out the user's
        # site-packages and the current folder, and the environment is ours.
        command = [sys.executable, "-s", "-P", "-c", BOOT, str(ROOT)]
        if outer:
            command = [*bubblewrap.command(ROOT, self._folders, info), *command]
        with theirs:
            self._process = subprocess.Popen(
                [*command, str(0 if outer else parent), str(int(level))],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=self._complaints,
                env=environment,
                cwd="/",
                pass_fds=(info,) if outer else (),
                start_new_session=True,  # so that Ctrl-C reaches the grader alone
            )
        self._greeted = False

    @property
    def level(self) -> Level:
        """How much of the operating system's own fencing there is around the workers."""
        self._greet()
        return self._level

    def _greet(self) -> None:
        """Wait until the fork server runs; where Bubblewrap cannot run it, go on without."""
        if self._greeted:
            return
        with contextlib.suppress(OSError):
            self._greeted = self._control.recv(1) == GREETING
        if not self._greeted and self._trying:
            self._trying = False
            self.close()
            self._start(fence.strongest(), ENVIRONMENT)
            self._greet()

    def other(self) -> Sandbox:
        """One whose workers have another hash seed; it is made when it is first asked for."""
        if self._other is None:
            other = copy.copy(self)
            other._first, other._trying = 0, False
            other._start(self.level, {**ENVIRONMENT, **OTHER_HASH_SEED})
            self._other = other
        return self._other

    def branch(self) -> Sandbox:
        """The same fork server over a line of its own, for a fork of this process.

        The fork is to `take_over` what it got, and this process to `let_go` of it.
        """
        ours, theirs = socket.socketpair()
        ours.settimeout(CONTROL_SECONDS)
        with theirs:
            self._ask({"op": "branch"}, [theirs.fileno()])
        other = copy.copy(self)
        other._control, other._own_clock = ours, _Clock(os.getpid())
        other._other = None
        return other

    def take_over(self, trunk: Sandbox) -> None:
        """Go on with a branch in the fork that it was made for; `trunk` is whose branch it is."""
        trunk.let_go()  # the fork server ends when nobody holds that line any more
        self.inherit()

    def let_go(self) -> None:
        """Close this line to the fork server, and nothing else."""
        self._own_clock.close()
        self._control.close()
        if self._other is not None:
            self._other.let_go()

    def inherit(self) -> None:
        """Go on in a fork of the process that made the sandbox, which must not use it meanwhile."""
        self._own_clock.close()
        self._own_clock = _Clock(os.getpid())
        if self._other is not None:
            self._other.inherit()

    def starved(self) -> float:
        """Seconds for which the grader has waited for a processor since it began."""
        self._own_clock()
        return self._own_clock.waited

    def spin(self) -> float:
        """Seconds for which the grader may look for a reply, as of when it last `starved`."""
        return self._looking(self._own_clock)

    def stolen_before(self, now: float) -> float:
        """What the host has stolen, read at most `STOLEN_FRESH_SECONDS` before `now`."""
        if now - self._stolen_read > STOLEN_FRESH_SECONDS:
            self._stolen, self._stolen_read = processor.stolen(), now
        return self._stolen

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def spawn(self, folder: Path, preload: tuple[str, ...] = ()) -> Worker:
        """Start a worker whose current folder is `folder`, with the named libraries loaded.

        Raises SetupError when no process can be had.
        """
        ours, theirs = socket.socketpair()
        output, trace = _scratch(), _scratch()
        message = {
            "op": "spawn",
            "folder": str(folder),
            "preload": list(preload),
            "memory": self.limits.memory,
            "output": self.limits.output,
        }
        with theirs:
            reply = self._ask(message, [theirs.fileno(), output.fileno(), trace.fileno()])
        if "error" in reply:
            raise SetupError(f"The sandbox {reply['error']}. Close some programs and try again.")
        pid = self._number_here(reply["pid"])
        return Worker(self, reply["pid"], pid, ours, output, trace)

    def _number_here(self, number: int) -> int:
        """What the worker is called out here that the fork server calls `number`."""
        if self._level is not Level.BUBBLEWRAP:
            return number
        if not self._first:
            # Written before the fork server began, and that has answered.
            told = os.pread(self._info.fileno(), 1 << 16, 0)
            self._first = bubblewrap.first_process(told.decode())
        return bubblewrap.number_here(self._first, number)

    def stop(self, pid: int, grace: float, *, trace: bool = False) -> int:
        """End the worker `pid`; return its exit code, or minus the signal that killed it."""
        reply = self._ask({"op": "stop", "pid": pid, "grace": grace, "trace": trace}, [])
        return int(reply["status"])

    def close(self) -> None:
        """End the fork server and all its workers."""
        if self._other is not None:
            self._other.close()
            self._other = None
        self._own_clock.close()
        self._control.close()
        try:
            self._process.wait(CONTROL_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._complaints.close()
        self._info.close()

    def _ask(self, message: dict[str, Any], descriptors: list[int]) -> dict[str, Any]:
        self._greet()
        try:
            socket.send_fds(self._control, [json.dumps(message).encode()], descriptors)
            answer = self._control.recv(1 << 16)
        except TimeoutError:
            self._process.kill()
            answer = b""
        except OSError:
            answer = b""
        if not answer:
            status = self._process.wait()
            ended = signal.strsignal(-status) if status < 0 else f"exit status {status}"
            self._complaints.seek(0)
            complaint = self._complaints.read().decode(errors="replace").strip()
            last = complaint.splitlines()[-1] if complaint else ""
            raise SetupError(f"The process that starts workers ended ({ended}). {last}".strip())
        reply: dict[str, Any] = json.loads(answer)
        return reply


def strongest() -> Level:
    """The highest level that this machine has."""
    return fence.strongest() if lack(Level.BUBBLEWRAP) else Level.BUBBLEWRAP


def lack(level: Level) -> str:
    """Why this machine does not have the level; empty when it does."""
    if level is Level.BUBBLEWRAP:
        return bubblewrap.trouble(ROOT, ENVIRONMENT)
    if level <= fence.strongest():
        return ""
    if fence.strongest() is Level.SECCOMP:
        return "the kernel has no Landlock, or it is switched off"
    return "the kernel takes no seccomp filter, or its processor is not known to kata"


def _scratch() -> BinaryIO:
    """A nameless file that ends with its last descriptor, written to at its end only."""
    file = tempfile.TemporaryFile()
    # Append, so that a worker goes on at the new end after the grader has emptied the file.
    fcntl.fcntl(file, fcntl.F_SETFL, os.O_APPEND)
    return file
