"""The process that forks workers: it has NumPy loaded, so a fresh worker costs milliseconds.

It runs none of the learner's code itself. The grader starts it with a bare environment and speaks
to it over its standard input, a socket: one JSON object a message, with descriptors attached.
When that socket closes, however the grader ended, it kills what it started and leaves.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import itertools
import json
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from kata import kernel, worker
from kata.fence import GREETING, Fence, Level, die_with
from kata.request import NO_ROOM

MESSAGE_LIMIT = 1 << 16
"""Bytes of a control message."""

TRACE_SECONDS = 0.5
"""How long a hanging worker may take to write down where it is; a busy machine may need it all."""

STEADY_SECONDS = 0.05
"""So long a trace has not grown when it is complete; on a busy machine others come in between."""

STRAY_SECONDS = 2.0
"""How long processes that a worker left behind are hunted: they can start others meanwhile."""

POLL_SECONDS = 0.002


class ForkServer:
    """Forks, kills and reaps workers at the word of the grader, and of the forks of the grader."""

    def __init__(self, control: socket.socket, root: str, level: Level) -> None:
        self._control = control
        self._root = root
        self._fence = Fence(level, root)
        self._equipment = worker.equip()
        self._traces: dict[int, int] = {}
        self._workers: dict[socket.socket, set[int]] = {control: set()}
        """Who may be spoken with, and which workers are theirs."""

    def run(self) -> None:
        """Serve until the grader hangs up; a fork of it that does takes its workers along."""
        poll = select.poll()
        try:
            while True:
                places = {control.fileno(): control for control in self._workers}
                for place in places:
                    poll.register(place, select.POLLIN)
                for place, _ in poll.poll():
                    control = places[place]
                    if self._serve(control):
                        continue
                    if control is self._control:
                        return
                    poll.unregister(place)
                    for pid in self._workers.pop(control):
                        self._stop(pid, 0.0, trace=False)
                    control.close()
        finally:
            for pid in list(self._traces):
                self._stop(pid, 0.0, trace=False)

    def _serve(self, control: socket.socket) -> bool:
        """Do what is asked next; tell whether anybody is still there."""
        try:
            message, descriptors, _, _ = socket.recv_fds(control, MESSAGE_LIMIT, 3)
            if not message:
                return False
            request = json.loads(message)
            workers = self._workers[control]
            match request["op"]:
                case "spawn":
                    reply = self._spawn(request, descriptors)
                    workers.update({reply["pid"]} if "pid" in reply else ())
                case "branch":
                    self._workers[socket.socket(fileno=descriptors[0])] = set()
                    reply = {}
                case _:
                    workers.discard(request["pid"])
                    reply = self._stop(request["pid"], request["grace"], trace=request["trace"])
            control.sendall(json.dumps(reply).encode())
        except ConnectionError:
            return False
        return True

    def _spawn(self, request: dict[str, Any], descriptors: list[int]) -> dict[str, Any]:
        channel, output, trace = descriptors
        for name in request["preload"]:
            importlib.import_module(name)
        parent = os.getpid()
        try:
            pid = os.fork()
        except OSError as error:
            for descriptor in descriptors:
                os.close(descriptor)
            return {"error": f"cannot start another process: {error.strerror}"}
        if pid == 0:
            self._become_worker(request, parent, channel, output, trace)
        os.close(channel)
        os.close(output)
        self._traces[pid] = trace
        return {"pid": pid}

    def _become_worker(
        self, request: dict[str, Any], parent: int, channel: int, output: int, trace: int
    ) -> NoReturn:
        status = 70  # EX_SOFTWARE: this process failed, not the learner's code
        try:
            os.setsid()
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(output, 1)
            os.dup2(output, 2)
            sys.path[:] = [entry for entry in sys.path if entry not in ("", self._root)]
            try:
                kept = self._fence.close(
                    request["folder"], request["memory"], request["output"], parent
                )
            except OSError as error:
                os.write(2, f"kata: the sandbox could not be closed: {error}\n".encode())
                raise
            _close_all_but(channel, trace, *kept)
            worker.serve(socket.socket(fileno=channel), trace, self._equipment)
            status = 0
        except MemoryError:
            # Not in the learner's code, where it is caught: what that keeps from one call to the
            # next takes all there is.
            status = NO_ROOM
        finally:
            os._exit(status)

    def _stop(self, pid: int, grace: float, *, trace: bool) -> dict[str, Any]:
        """Kill a worker with all its process group, and say how it ended."""
        descriptor = self._traces.pop(pid)
        if trace:
            os.kill(pid, signal.SIGUSR1)  # not reaped yet, so the number is still its own
            _wait_for_trace(pid, descriptor)
        _wait_until(lambda: _ended(pid), grace)
        _kill_group(pid)
        _, status, usage = os.wait4(pid, 0)
        os.close(descriptor)
        self._end_strays()
        return {
            "status": os.waitstatus_to_exitcode(status),
            "cpu_seconds": usage.ru_utime + usage.ru_stime,
        }

    def _end_strays(self) -> None:
        """End what left its worker's group and session: it has become a child of this process."""
        end = time.monotonic() + STRAY_SECONDS
        while time.monotonic() < end:
            strays = _children() - self._traces.keys()
            for pid in strays:
                os.kill(pid, signal.SIGKILL)
            for pid in strays:
                os.waitpid(pid, 0)
            if not strays:
                return


def _children() -> set[int]:
    """The children of this process; none where the kernel neither adopts nor tells (not Linux)."""
    found: set[int] = set()
    if not kernel.LINUX:
        return found
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # the thread has ended
            found.update(map(int, (task / "children").read_text().split()))
    return found


def _ended(pid: int) -> bool:
    # Without it, as on macOS before Python 3.13, all of the grace is waited for.
    if not hasattr(os, "waitid"):
        return False
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _wait_for_trace(pid: int, descriptor: int) -> None:
    """Wait until the process has written where it is, which the interpreter does bit by bit.

    It does not say when it is done, so what does not grow any more is taken for the whole.
    """
    size, since = 0, time.monotonic()

    def is_written() -> bool:
        nonlocal size, since
        now, before = time.monotonic(), size
        size = os.fstat(descriptor).st_size
        if size != before:
            since = now
        return _ended(pid) or (size > 0 and now - since > STEADY_SECONDS)

    _wait_until(is_written, TRACE_SECONDS)


def _wait_until(condition: Any, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(POLL_SECONDS)


def _kill_group(pid: int) -> None:
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue  # no group yet, or none any more; macOS says "not permitted" of a zombie


def _hang_up(control: socket.socket) -> None:
    """Have the server find that the grader has gone; for SIGTERM, since SIGKILL cannot be caught.

    It raises nothing: what it interrupts may be the clearing away itself, for when the grader is
    killed, its signal comes on top of the closed socket.
    """
    with contextlib.suppress(OSError):  # the other end is closed already
        control.shutdown(socket.SHUT_RDWR)


def _close_all_but(*kept: int) -> None:
    """Close every descriptor except these, and standard input and output."""
    places = [2, *sorted(kept), os.sysconf("SC_OPEN_MAX")]
    for low, high in itertools.pairwise(places):
        if high > low + 1:  # of an empty range, os.closerange would close everything
            os.closerange(low + 1, high)


def main(root: str, parent: int, level: int) -> None:
    """Serve on standard input; `root` is the folder that workers must not import from.

    `parent` is the grader's number, 0 where that has no meaning, in Bubblewrap's world.
    """
    control = socket.socket(fileno=os.dup(0))
    signal.signal(signal.SIGTERM, lambda *_: _hang_up(control))
    if parent:
        die_with(parent, signal.SIGTERM)
    kernel.hide()
    if kernel.LINUX:
        # Whose parent ends becomes a child of this process, however far it has gone.
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    # NumPy itself loads these two only when they are asked for, which would be in every worker.
    for name in ("numpy", "numpy.random", "numpy.linalg"):
        importlib.import_module(name)
    server = ForkServer(control, root, Level(level))
    os.write(0, GREETING)
    # Workers share these objects' pages for as long as nobody collects them.
    gc.freeze()
    server.run()
