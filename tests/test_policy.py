"""What a submission may import and call, seen in its text and at run time."""

from __future__ import annotations

import ast

import pytest
from workbench import Kept

from kata import policy
from kata.policy import Rules
from kata.proxy import Submission
from kata.rejection import Rejected, SubmissionUnusable
from kata.verdict import Verdict

RULES = Rules(imports=("sklearn", "email"), calls=("numpy.linalg.lstsq",))

BREACHES = {
    "import": ("import sklearn", "sklearn"),
    "import of a part": ("import sklearn.cluster as c", "sklearn"),
    "from": ("from sklearn.cluster import KMeans", "sklearn"),
    "inside a function": ("def f():\n    import sklearn", "sklearn"),
    "in a branch that is never run": ("if False:\n    import sklearn", "sklearn"),
    "a call": ("import numpy as np\nnp.linalg.lstsq(1, 2)", "numpy.linalg.lstsq"),
    "a call by its module": (
        "import numpy.linalg\nnumpy.linalg.lstsq(1, 2)",
        "numpy.linalg.lstsq",
    ),
    "a call under another name": ("from numpy.linalg import lstsq as solve", "numpy.linalg.lstsq"),
    "a module under another name": (
        "from numpy import linalg as la\nla.lstsq(1, 2)",
        "numpy.linalg.lstsq",
    ),
    "before the import that names it": (
        "def f(): return np.linalg.lstsq\nimport numpy as np",
        "numpy.linalg.lstsq",
    ),
}


@pytest.mark.parametrize(("source", "name"), BREACHES.values(), ids=BREACHES)
def test_a_forbidden_name_is_seen_in_the_text(source: str, name: str) -> None:
    assert {breach.name for breach in policy.breaches(ast.parse(source), RULES)} == {name}


@pytest.mark.parametrize(
    "source",
    [
        "import sklearning",
        "import numpy as np\nnp.linalg.lstsq_",
        "lstsq = 3",
        "class linalg:\n    lstsq = 1\nlinalg.lstsq",
        "from . import sklearn",
        "# import sklearn",
    ],
)
def test_a_name_that_only_looks_alike_is_allowed(source: str) -> None:
    assert not policy.breaches(ast.parse(source), RULES)


def test_a_breach_tells_its_line() -> None:
    assert policy.breaches(ast.parse("\n\nimport sklearn"), RULES)[0].line == 3


def test_a_waived_name_is_allowed() -> None:
    assert RULES.without(frozenset({"sklearn"})) == Rules(("email",), RULES.calls, ("sklearn",))


def test_a_forbidden_import_is_shown_with_its_line_and_not_run(bench: Kept) -> None:
    with pytest.raises(SubmissionUnusable) as caught:
        Submission(bench("x = 1 / 0\nimport email\n")).echo(1)
    assert caught.value.verdict is Verdict.FORBIDDEN
    failure = caught.value.failure
    assert failure is not None
    assert failure.message == "email is not allowed here: the task is to write it yourself."
    assert failure.line is not None
    assert failure.line.text == "import email"


HIDDEN = {
    "an import": "import importlib\ndef echo(v): return importlib.import_module('em' + 'ail').x",
    "a call": "import numpy\ndef echo(v): return getattr(numpy.linalg, 'lst' + 'sq')(v, v)",
}


@pytest.mark.parametrize("source", HIDDEN.values(), ids=HIDDEN)
def test_a_forbidden_name_put_together_at_run_time_is_refused(bench: Kept, source: str) -> None:
    with pytest.raises(Rejected, match="is not allowed here") as caught:
        Submission(bench(source)).echo(1)
    assert caught.value.verdict is Verdict.FORBIDDEN
