"""Does one piece of work at a time in a forked child, so that its parent can go on beside it.

The child has at once all that the parent has loaded, and a sandbox that is ready; nothing that it
imports outlives it. The parent keeps to one thread, without which forking would not be safe.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn, TextIO, TypeAlias

from kata.fence import die_with
from kata.lanes import fork
from kata.sandbox import Sandbox

FAULT = 70
"""Exit status of a child that this project's own code has broken off."""

Work: TypeAlias = Callable[[Sandbox, TextIO], int]
"""Is given the sandbox and what to tell the parent with, and returns the child's exit status, 0 or
1."""


class Aside:
    """A sandbox, and the one child that may be using it."""

    def __init__(self, start: Callable[[], Sandbox], private: tuple[int, ...] = ()) -> None:
        """Get ready. `start` makes a sandbox, and another one where a child was broken off.

        `private` are descriptors that a child has no business with: a lock on one of them ends
        with this process, although a child that it has begun may outlive it.
        """
        self._start, self._private = start, private
        self._sandbox = start()
        self._child = 0
        self.ended: int | None = None
        """Can be read once the child has told all it will; None while there is none."""

    @property
    def running(self) -> bool:
        """Whether there is a child."""
        return self._child != 0

    def begin(self, work: Work) -> int:
        """Have a child do this from now on; return the descriptor that is also called `ended`."""
        _ = self._sandbox.level  # what it makes ready at first use is for every child
        gc.collect()
        gc.freeze()  # the child shares these objects' pages for as long as nobody collects them
        self.ended, theirs = os.pipe()
        parent = os.getpid()
        sys.stdout.flush()
        sys.stderr.flush()
        self._child = fork()
        if self._child == 0:
            self._become_child(work, theirs, parent)
        os.close(theirs)  # the child alone has it, so that it closes with the child
        return self.ended

    def _become_child(self, work: Work, told: int, parent: int) -> NoReturn:
        status = FAULT
        try:
            die_with(parent)
            for descriptor in self._private:
                os.close(descriptor)
            self._sandbox.inherit()
            with os.fdopen(told, "w", encoding="utf-8") as out:
                status = work(self._sandbox, out)
                sys.stdout.flush()  # before the parent hears that it is done, and prints as well
        except BrokenPipeError:
            pass  # the parent was killed, and nobody waits for this
        except BaseException:
            status = FAULT
            traceback.print_exc()
        finally:
            os._exit(status)

    def finish(self) -> tuple[int, str]:
        """Wait till the child has ended; return its exit status and what it told.

        The status is that of `os.waitstatus_to_exitcode`: negative for a signal.
        """
        assert self.ended is not None  # noqa: S101 it is for who has begun
        with os.fdopen(os.dup(self.ended), encoding="utf-8", errors="replace") as said:
            text = said.read()
        _, status = os.waitpid(self._child, 0)
        self._forget()
        exitcode = os.waitstatus_to_exitcode(status)
        if exitcode not in (0, 1):
            self._renew()
        return exitcode, text

    def stop(self) -> bool:
        """End the child; tell whether there was one."""
        was_running = self._kill()
        if was_running:
            self._renew()
        return was_running

    def close(self) -> None:
        """End everything."""
        self._kill()
        self._sandbox.close()

    def _kill(self) -> bool:
        if not self._child:
            return False
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)
        self._forget()
        return True

    def _forget(self) -> None:
        if self.ended is not None:
            os.close(self.ended)
        self._child, self.ended = 0, None

    def _renew(self) -> None:
        """Have another sandbox: who was broken off has left workers in this one."""
        self._sandbox.close()
        self._sandbox = self._start()
