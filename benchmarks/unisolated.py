"""Runs a kata's properties with the answer in this very process, and prints the seconds they took.

For benchmarks/feedback.py: what grading would cost if it did not isolate anything. Not for grading.
A budget is measured on workers in any case: properties that do not search run as in a check.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from typing import Any

from kata import catalog, verify
from kata.budget import CALL_SECONDS
from kata.catalog import Kata
from kata.proxy import Bench, RemoteObject, Search, Submission, set_up
from kata.rejection import Raised, Step
from kata.request import FIRST_OBJECT, METHOD
from kata.sandbox import Sandbox
from kata.verdict import Failure
from kata.wire import Handle


class NearBench(Bench):
    """A bench that calls the answer directly; objects are numbered as a worker does."""

    def take(self, module: Any) -> None:
        """Use this module as the answer."""
        self.objects: list[Any] = [module, None]  # its place in the list is an object's number

    def ask(self, step: Step) -> Any:
        """Carry out a step here and now."""
        owner = self.objects[step.owner]
        if step.action == "set":
            return setattr(owner, step.name, step.args[0])
        found = getattr(owner, step.name)
        if step.action == "get":
            if not callable(found):
                return found
            self.scene.steps.append(step)  # RemoteObject takes it off again
            return Handle(METHOD, "method")
        try:
            made = found(*step.args, **step.kwargs)
        except Exception as error:
            bases = tuple(base.__name__ for base in type(error).__mro__)
            raise Raised(Failure(str(error)), bases) from None
        if isinstance(found, type):
            self.objects.append(made)
        for number, kept in enumerate(self.objects):
            if number >= FIRST_OBJECT and kept is made:
                return RemoteObject(self, Handle(number, type(made).__name__))
        return made


def main() -> None:
    """Time the properties of the kata named on the command line, on its reference."""
    root = Path(__file__).resolve().parent.parent
    kata = catalog.choose(catalog.find(root), sys.argv[1])
    spec = importlib.util.spec_from_file_location(kata.slug, kata.solutions / "reference.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{kata.slug} has no reference that can be imported.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    tests = verify.properties(kata)
    with Sandbox(folders=[kata.folder.parent]) as sandbox:
        measured = set_up(sandbox, kata, kata.solutions / "reference.py", Search())
        print(_seconds(kata, module, tests, measured))
        measured.close()


def _seconds(
    kata: Kata, module: Any, tests: list[tuple[verify.Property, float]], measured: Bench
) -> float:
    started = time.perf_counter()
    for test, limit in tests:
        if not vars(test).get("kata_searches"):
            measured.start_property(limit, vars(test).get("kata_call_seconds", CALL_SECONDS))
            test(Submission(measured))
            continue
        # No sandbox, no source: a near bench asks neither for a worker nor for a line.
        bench = NearBench(None, kata, None, kata.forbidden)  # type: ignore[arg-type]  # as said
        bench.take(module)
        bench.start_property(limit)
        test(Submission(bench))
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
