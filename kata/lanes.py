"""Divides work among this process and forks of it, each taking what is next; knows no work itself.

A fork has at once all that this process has loaded, and what it finds out comes back as bytes. One
that ends early loses nothing: what it had taken and not finished is done here in the end.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import struct
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import NoReturn

PLACE = struct.Struct("<H")
"""A piece of work, as the queue holds it and as a fork reports that it is done."""

MOST = 2000
"""Pieces of work: a pipe takes as many without anybody reading."""

Send = Callable[[bytes], None]


def divide(
    count: int,
    work: Callable[[int], None],
    forks: int,
    become: Callable[[int, Send], None],
    heard: Callable[[bytes], None],
) -> None:
    """Do the pieces of work from 0 to `count` - 1: the first here, the others in forks as well.

    In a fork, `become(number, send)` comes first; what it gives to `send`, which must be longer
    than a PLACE, then reaches `heard` here. This process must have one thread only.
    """
    assert count <= MOST  # noqa: S101 all graders together have no such number of properties
    queue, filled = os.pipe()
    os.write(filled, b"".join(PLACE.pack(place) for place in range(count)))
    os.close(filled)
    # Taken before there is a fork that could: what a fork finds out is heard only when this process
    # is done with something of its own.
    place = os.read(queue, PLACE.size)
    gc.collect()
    gc.freeze()  # the forks share these objects' pages for as long as nobody collects them
    lanes: dict[Connection, int] = {}
    missing = set(range(count))

    def listen(lane: Connection, *, wait: bool) -> None:
        with contextlib.suppress(EOFError):
            while wait or lane.poll():
                message = lane.recv_bytes()
                if len(message) == PLACE.size:
                    missing.discard(PLACE.unpack(message)[0])
                else:
                    heard(message)

    try:
        for number in range(forks):
            ours, theirs = os.pipe()
            pid = fork()
            if pid == 0:
                _become(number, queue, Connection(theirs, readable=False), work, become)
            os.close(theirs)
            lanes[Connection(ours, writable=False)] = pid
        while place:
            index = PLACE.unpack(place)[0]
            work(index)
            missing.discard(index)
            for lane in lanes:
                listen(lane, wait=False)
            place = os.read(queue, PLACE.size)
        for lane in lanes:
            listen(lane, wait=True)
    finally:
        gc.unfreeze()
        os.close(queue)
        for lane, pid in lanes.items():
            lane.close()
            os.kill(pid, signal.SIGKILL)  # it has nothing more to do, or is not to do it
            os.waitpid(pid, 0)
    for index in sorted(missing):
        work(index)


def fork() -> int:
    """Fork this process; the child ignores Ctrl-C, for which its parent is to end it.

    What Python runs around a fork would swallow a KeyboardInterrupt, so it waits till after that.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    return pid


def _become(
    number: int,
    queue: int,
    lane: Connection,
    work: Callable[[int], None],
    become: Callable[[int, Send], None],
) -> NoReturn:
    try:
        become(number, lane.send_bytes)
        while place := os.read(queue, PLACE.size):
            work(PLACE.unpack(place)[0])
            lane.send_bytes(place)
    except BrokenPipeError:
        pass  # the first process was killed
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)  # how it ended shows in what it has not reported
