"""Grades one file at a time in a forked child, so that the clock can go on beside it."""

from __future__ import annotations

import base64
import importlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from kata.aside import Aside
from kata.catalog import Kata
from kata.check import grade, warm_up
from kata.errors import UsageError
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
    seconds: float
    """What that took on the clock."""


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
        """Get ready. So many `processes` share the properties of a check.

        What `start` makes and which descriptors are `private`, `Aside` says.
        """
        self._root, self._processes = root, processes
        self._aside = Aside(start, private)
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
        self._aside.close()

    def begin(self, kata: Kata, file: Path) -> int:
        """Grade `file` from now on; return a descriptor that can be read when that is done."""

        def work(sandbox: Sandbox, out: TextIO) -> int:
            json.dump(self._graded(sandbox, kata, file), out)
            return 0

        return self._aside.begin(work)

    def _graded(self, sandbox: Sandbox, kata: Kata, file: Path) -> dict[str, Any]:
        """What the child tells: the result and the bytes, or what was wrong, as JSON types."""
        texts: list[bytes] = []
        took: dict[str, float] = {}
        try:
            # Nothing is remembered from earlier checks: the verdict depends on the code alone.
            report = grade(
                self._root,
                (kata,),
                sandbox,
                Search(),
                file,
                keep=lambda _result, text: texts.append(text),
                took=took.__setitem__,
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
            "seconds": took[result.slug],
        }

    def finish(self) -> Marked:
        """What grading has found, once the descriptor can be read. Raises BrokenOff for nothing."""
        status, text = self._aside.finish()
        if status:
            raise BrokenOff("The check ended without a verdict. Please report it, and try again.")
        document = json.loads(text)
        if "error" in document:
            raise BrokenOff(document["error"])
        properties = tuple(PropertyResult.from_plain(each) for each in document["properties"])
        result = KataResult(document["slug"], document["file"], properties)
        return Marked(result, base64.b64decode(document["text"]), document["seconds"])

    def stop(self) -> None:
        """End the check that is running."""
        self._aside.stop()
