"""Runs one property against one submission, and says what became of it."""

from __future__ import annotations

import inspect
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from kata.budget import CALL_SECONDS
from kata.counterexample import Script, script
from kata.proxy import Bench, Submission
from kata.recheck import recheck
from kata.rejection import Rejected, SubmissionUnusable, TimeUp
from kata.verdict import Failure, PropertyResult, SourceLine, Verdict

RECORDS = ".kata"
"""The folder below the repository's root where failing examples are kept, one folder a kata."""


def sentence(test: Callable[..., Any]) -> str:
    """The claim that a property makes: the first paragraph of its docstring, on one line."""
    return claim(test.__name__, test.__doc__)


def claim(name: str, docstring: str | None) -> str:
    """The same for a property of which only the text has been read."""
    paragraph = inspect.cleandoc(docstring or "").partition("\n\n")[0]
    return " ".join(paragraph.split()) or name.replace("_", " ")


def judge(
    test: Callable[[Submission], Any], bench: Bench, limit: float
) -> tuple[PropertyResult, Script | None]:
    """Try one property within `limit` seconds; return the result, and the failing example.

    What the learner's code does is a verdict, and so is a fault of the grader. Only
    KeyboardInterrupt and its like are let through.
    """
    started = time.perf_counter()
    bench.start_property(limit, vars(test).get("kata_call_seconds", CALL_SECONDS))
    verdict, failure, example = Verdict.ACCEPTED, None, None
    try:
        bench.load()
        test(Submission(bench))
        recheck(bench)
    except (Rejected, TimeUp, SubmissionUnusable) as error:
        verdict = error.verdict
        if error.failure is not None:
            example = script(error.scene, f"{RECORDS}/{bench.kata.slug}")
            failure = _complete(error.failure, example, error, bench)
    except Exception as error:
        verdict, failure = Verdict.GRADER_ERROR, _grader_fault(error, bench.kata.grader)
    finally:
        bench.end_property()
    result = PropertyResult(
        name=test.__name__,
        sentence=sentence(test),
        verdict=verdict,
        examples=bench.examples,
        seconds=time.perf_counter() - started,
        limit=limit,
        failure=failure,
        remarks=tuple(bench.remarks),
        costs=tuple(bench.costs),
    )
    return result, example


def _complete(
    failure: Failure, example: Script, error: Rejected | TimeUp | SubmissionUnusable, bench: Bench
) -> Failure:
    """Add what only the scene knows: the call, the prints, and the function's first line."""
    printed = "".join(step.printed for step in error.scene.steps)
    line = failure.line
    if line is None and error.scene.steps:
        line = _definition(bench, error.scene.steps[-1].name)
    return replace(
        failure,
        call=failure.call or example.text(),
        printed=failure.printed or printed,
        line=line,
    )


def _definition(bench: Bench, name: str) -> SourceLine | None:
    """The line that defines a function or class of this name. Text only: nothing is parsed."""
    for number, text in enumerate(bench.source.lines, 1):
        stripped = text.strip()
        if stripped.startswith((f"def {name}(", f"class {name}(", f"class {name}:")):
            return SourceLine(bench.source.path.name, number, stripped)
    return None


def _grader_fault(error: Exception, grader: Path) -> Failure:
    """Describe an exception that is the grader's own, for whoever keeps the grader."""
    here = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).parent == grader.parent
    ]
    line = None
    if here:
        line = SourceLine(Path(here[-1].filename).name, here[-1].lineno or 0, here[-1].line or "")
    text = "".join(traceback.format_exception_only(error)).strip().splitlines()[0]
    return Failure(
        f"The grader itself failed, so this says nothing about your code: {text}",
        line=line,
        advice="Please report it, with your file and this message.",
    )
