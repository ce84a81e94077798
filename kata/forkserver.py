"""The process that forks workers: it has NumPy loaded, so a fresh worker costs milliseconds.

It runs none of the learner's code itself. The grader starts it with a bare environment and speaks
to it over its standard input, a socket: one JSON object a message, with descriptors attached.
When that socket closes, however the grader ended, it kills what it started and leaves.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import resource
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from kata import worker

MESSAGE_LIMIT = 1 << 16
"""Bytes of a control message."""

TRACE_SECONDS = 0.5
"""How long a hanging worker may take to write down where it is; a busy machine may need it all."""

POLL_SECONDS = 0.002
PR_SET_PDEATHSIG = 1


class ForkServer:
    """Forks, kills and reaps workers at the grader's word."""

    def __init__(self, control: socket.socket, root: str) -> None:
        self._control = control
        self._root = root
        self._traces: dict[int, int] = {}

    def run(self) -> None:
        """Serve until the grader hangs up."""
        try:
            while True:
                message, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE_LIMIT, 3)
                if not message:
                    return
                request = json.loads(message)
                if request["op"] == "spawn":
                    reply = self._spawn(request, descriptors)
                else:
                    reply = self._stop(request["pid"], request["grace"], trace=request["trace"])
                self._control.sendall(json.dumps(reply).encode())
        finally:
            for pid in list(self._traces):
                self._stop(pid, 0.0, trace=False)

    def _spawn(self, request: dict[str, Any], descriptors: list[int]) -> dict[str, Any]:
        channel, output, trace = descriptors
        for name in request["preload"]:
            importlib.import_module(name)
        try:
            pid = os.fork()
        except OSError as error:
            for descriptor in descriptors:
                os.close(descriptor)
            return {"error": f"cannot start another process: {error.strerror}"}
        if pid == 0:
            self._become_worker(request, channel, output, trace)
        os.close(channel)
        os.close(output)
        self._traces[pid] = trace
        return {"pid": pid}

    def _become_worker(
        self, request: dict[str, Any], channel: int, output: int, trace: int
    ) -> NoReturn:
        status = 70  # EX_SOFTWARE: this process failed, not the learner's code
        try:
            os.setsid()
            _die_with(os.getppid())
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(output, 1)
            os.dup2(output, 2)
            for descriptor in range(3, max(channel, trace) + 8):
                if descriptor not in (channel, trace):
                    _close(descriptor)
            os.chdir(request["folder"])
            sys.path[:] = [entry for entry in sys.path if entry not in ("", self._root)]
            _limit(request["memory"], request["output"])
            worker.serve(socket.socket(fileno=channel), trace)
            status = 0
        finally:
            os._exit(status)

    def _stop(self, pid: int, grace: float, *, trace: bool) -> dict[str, Any]:
        """Kill a worker with all its process group, and say how it ended."""
        descriptor = self._traces.pop(pid)
        if trace:
            os.kill(pid, signal.SIGUSR1)  # not reaped yet, so the number is still its own
            _wait_until(lambda: _ended(pid) or os.fstat(descriptor).st_size > 0, TRACE_SECONDS)
        _wait_until(lambda: _ended(pid), grace)
        _kill_group(pid)
        _, status, usage = os.wait4(pid, 0)
        os.close(descriptor)
        return {
            "status": os.waitstatus_to_exitcode(status),
            "cpu_seconds": usage.ru_utime + usage.ru_stime,
        }


def _ended(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


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


def _close(descriptor: int) -> None:
    try:
        os.close(descriptor)
    except OSError:
        return  # it was not open


def _die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent ends. Linux only."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)  # the parent ended before the kernel was asked


def _limit(memory: int, output: int) -> None:
    """Limit this process: `memory` bytes more than it has, files of `output` bytes, no dumps."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    statm = Path("/proc/self/statm")
    if statm.exists():  # elsewhere the size cannot be read, and macOS does not enforce the limit
        pages = int(statm.read_text().split()[0])
        size = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def main(root: str, parent: int) -> None:
    """Serve on standard input; `root` is the folder that workers must not import from."""
    _die_with(parent)
    # NumPy itself loads these two only when they are asked for, which would be in every worker.
    for name in ("numpy", "numpy.random", "numpy.linalg"):
        importlib.import_module(name)
    # Workers share these objects' pages for as long as nobody collects them.
    gc.freeze()
    ForkServer(socket.socket(fileno=os.dup(0)), root).run()
