"""Which answers show, in a fresh process, that they depend on more than the arguments."""

from __future__ import annotations

from dataclasses import replace

import pytest
from workbench import Kept

from kata.judge import judge
from kata.proxy import Bench, Submission
from kata.verdict import Verdict


def answers(submission: Submission) -> None:
    """It answers."""
    for n in range(20):
        submission.echo([n])


def judged(bench: Bench) -> Verdict:
    """The verdict on a property that is content with whatever comes."""
    bench.kata = replace(bench.kata, repeatable=("echo",))
    return judge(answers, bench, 5.0)[0].verdict


UNSTEADY = {
    "kept, and drawn from the system": (
        "import os\nkept = {}\ndef echo(v): return kept.setdefault(str(v), os.urandom(8))"
    ),
    "numbered": "seen = []\ndef echo(v): seen.append(v); return len(seen)",
    "the process": "import os\ndef echo(v): return os.getpid()",
    "an error after a while": (
        "seen = []\ndef echo(v):\n    seen.append(v)\n    return 1 / (v[0] + len(seen) - 20)"
    ),
}


@pytest.mark.parametrize("source", UNSTEADY.values(), ids=UNSTEADY)
def test_an_answer_that_depends_on_the_process_is_wrong(bench: Kept, source: str) -> None:
    assert judged(bench(source)) is Verdict.WRONG_ANSWER


STEADY = {
    "data": "def echo(v): return v",
    "what cannot be carried": "def echo(v): return print",
    "an object of its own": "class Thing: pass\ndef echo(v): return Thing()",
    "kept by its input": "kept = {}\ndef echo(v): return kept.setdefault(str(v), v * 2)",
}


@pytest.mark.parametrize("source", STEADY.values(), ids=STEADY)
def test_an_answer_that_depends_on_the_arguments_is_right(bench: Kept, source: str) -> None:
    assert judged(bench(source)) is Verdict.ACCEPTED


def test_functions_that_promise_nothing_are_not_asked_again(bench: Kept) -> None:
    kept = bench(UNSTEADY["numbered"])
    assert judge(answers, kept, 5.0)[0].verdict is Verdict.ACCEPTED
