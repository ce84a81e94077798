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


def judged(bench: Bench, steady: tuple[str, ...] = ()) -> Verdict:
    """The verdict on a property that is content with whatever comes."""
    bench.kata = replace(bench.kata, repeatable=("echo",), steady=steady)
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
    "kept by its input": "kept = {}\ndef echo(v): return kept.setdefault(str(v), str(v))",
    "kept, and handed out as a copy": (
        "kept = {}\ndef echo(v): return list(kept.setdefault(str(v), v * 2))"
    ),
    "kept, and not to be written to": (
        "import numpy as np\nkept = np.arange(9)\nkept.flags.writeable = False\n"
        "def echo(v): return kept"
    ),
    "its argument": "def echo(v): return v",
}


@pytest.mark.parametrize("source", STEADY.values(), ids=STEADY)
def test_an_answer_that_depends_on_the_arguments_is_right(bench: Kept, source: str) -> None:
    assert judged(bench(source)) is Verdict.ACCEPTED


HANDED_OUT = {
    "a list": "v * 2",
    "lists in a tuple": "(v, {'v': v})",
    "a set": "{1, 2}",
    "a bytearray": "bytearray(b'ab')",
    "whole numbers": "np.arange(3, dtype=np.uint8)",
    "truth values": "np.array([True, False])",
    "floats": "np.arange(3.0)",
    "complex numbers": "np.array([1j])",
    "texts": "np.array(['a', 'b'])",
    "objects": "np.array(['a', 1], dtype=object)",
    "dates": "np.array(['2024-01-01'], dtype='datetime64[D]')",
    "a view": "np.arange(8)[::2]",
    "a series": "pd.Series([1, 2])",
    "a frame": "pd.DataFrame({'a': [1, 2]})",
}


@pytest.mark.parametrize("made", HANDED_OUT.values(), ids=HANDED_OUT)
def test_an_answer_is_the_callers_to_overwrite(bench: Kept, made: str) -> None:
    library = "pandas as pd" if "pd." in made else "numpy as np"
    source = (
        f"import {library}\nkept = {{}}\ndef make(v): return {made}\n"
        "def echo(v):\n    if str(v) not in kept:\n        kept[str(v)] = make(v)\n"
        "    return kept[str(v)]\n"
    )
    handed_out = bench(source)
    assert judged(handed_out) is Verdict.WRONG_ANSWER
    assert (
        judged(bench(source.replace("return kept[str(v)]", "return make(v)"))) is Verdict.ACCEPTED
    )


BY_A_SET = "def echo(v): return list({chr(97 + n) for n in range(9)})"


def test_the_order_of_a_set_of_strings_is_no_answer_where_a_seed_is_to_decide(bench: Kept) -> None:
    assert judged(bench(BY_A_SET), steady=("echo",)) is Verdict.WRONG_ANSWER
    in_order = BY_A_SET.replace("list", "sorted")
    assert judged(bench(in_order), steady=("echo",)) is Verdict.ACCEPTED


def test_the_order_of_a_set_of_strings_may_show_elsewhere(bench: Kept) -> None:
    assert judged(bench(BY_A_SET)) is Verdict.ACCEPTED


def test_functions_that_promise_nothing_are_not_asked_again(bench: Kept) -> None:
    kept = bench(UNSTEADY["numbered"])
    assert judge(answers, kept, 5.0)[0].verdict is Verdict.ACCEPTED
