"""Grades one file at a time in a forked child, so that the clock can go on beside it.

As in `watch`, a child has all that grading needs at once, and nothing that it imports outlives it.
The parent keeps to one thread, without which forking would not be safe.
"""

from __future__ import annotations

import base64
import gc
import importlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self

from kata.catalog import Kata
from kata.check import grade, warm_up
from kata.errors import UsageError
from kata.fence import die_with
from kata.lanes import fork
from kata.proxy import Search
from kata.sandbox import Sandbox
from kata.verdict import KataResult, PropertyResult


class BrokenOff(UsageError):
    """A check came to no verdict; the text says why. The file is untouched."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A graded file: what was found, and the bytes that were looked at."""

    result: KataResult
    text: bytes


class Examiner:
    """Grades files of some katas, one at a time. A context manager: leaving it ends everything."""

    def __init__(
        self,
        root: Path,
        katas: tuple[Kata, ...],
        start: Callable[[], Sandbox],
        private: tuple[int, ...] = (),
        processes: int = 1,
    ) -> None:
        """Get ready. `start` makes a sandbox, and another one where a check was broken off.

        So many `processes` share the properties of a check.

        `private` are descriptors that a check has no business with: a lock on one of them ends
        with this process, although a check that it has begun may outlive it.
        """
        self._root, self._start, self._private = root, start, private
        self._processes = processes
        self._sandbox = start()
        self._child = self._ended = 0
        for name in sorted({"numpy"}.union(*(kata.requires for kata in katas))):
            importlib.import_module(name)
        warm_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()
        self._sandbox.close()

    def begin(self, kata: Kata, file: Path) -> int:
        """Grade `file` from now on; return a descriptor that can be read when that is done."""
        _ = self._sandbox.level  # what it makes ready at first use is for every child
        gc.collect()
        gc.freeze()  # the child shares these objects' pages for as long as nobody collects them
        self._ended, theirs = os.pipe()
        parent = os.getpid()
        sys.stdout.flush()
        sys.stderr.flush()
        self._child = fork()
        if self._child == 0:
            self._become_check(kata, file, theirs, parent)
        os.close(theirs)  # the child alone has it, so that it closes with the child
        return self._ended

    def _become_check(self, kata: Kata, file: Path, told: int, parent: int) -> NoReturn:
        try:
            die_with(parent)
            for descriptor in self._private:
                os.close(descriptor)
            self._sandbox.inherit()
            with os.fdopen(told, "w", encoding="utf-8") as out:
                json.dump(self._graded(kata, file), out)
        except BrokenPipeError:
            pass  # the parent was killed, and nobody waits for the verdict
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)

    def _graded(self, kata: Kata, file: Path) -> dict[str, Any]:
        """What the child tells: the result and the bytes, or what was wrong, as JSON types."""
        texts: list[bytes] = []
        try:
            # Nothing is remembered from earlier checks: the verdict depends on the code alone.
            report = grade(
                self._root,
                (kata,),
                self._sandbox,
                Search(),
                file,
                keep=lambda _result, text: texts.append(text),
                processes=self._processes,
            )
        except UsageError as error:
            return {"error": str(error)}
        [result] = report.katas
        return {
            "slug": result.slug,
            "file": result.file,
            "properties": [prop.to_plain() for prop in result.properties],
            "text": base64.b64encode(texts[0]).decode("ascii"),
        }

    def finish(self) -> Marked:
        """What grading has found, once the descriptor can be read. Raises BrokenOff for nothing."""
        with os.fdopen(os.dup(self._ended), encoding="utf-8") as said:
            text = said.read()
        self._end(renew=not text)
        if not text:
            raise BrokenOff("The check ended without a verdict. Please report it, and try again.")
        document = json.loads(text)
        if "error" in document:
            raise BrokenOff(document["error"])
        properties = tuple(PropertyResult.from_plain(each) for each in document["properties"])
        result = KataResult(document["slug"], document["file"], properties)
        return Marked(result, base64.b64decode(document["text"]))

    def stop(self) -> None:
        """End the check that is running."""
        self._end(renew=True)

    def _end(self, *, renew: bool = False) -> None:
        if not self._child:
            return
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)
        os.close(self._ended)
        self._child = self._ended = 0
        if renew:
            self._sandbox.close()  # who was ended has left workers in it
            self._sandbox = self._start()
