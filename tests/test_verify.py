"""What answers claim of themselves, and how grading bears it out or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kata import verify
from kata.catalog import Kata
from kata.errors import CatalogError
from kata.proxy import Search
from kata.sandbox import Sandbox
from kata.verdict import Verdict
from kata.verify import Claim

RIGHT = '"""Right."""\ndef echo(value):\n    return value\n'
FIRST = "test_echo_returns_its_argument"


@pytest.fixture
def proven(echo: Kata) -> Kata:
    """The kata with a reference, an accepted and a rejected answer."""
    for folder in ("accepted", "rejected"):
        (echo.solutions / folder).mkdir(parents=True)
    (echo.solutions / "reference.py").write_text(RIGHT)
    (echo.solutions / "accepted/by_library.py").write_text(
        '"""By way of a library.\n\nuses: email.mime\n"""\n'
        "import email.mime\ndef echo(value):\n    return value\n"
    )
    (echo.solutions / "rejected/zero.py").write_text(
        f'"""Zero.\n\nverdict: wrong_answer\nproperty: {FIRST}\n"""\n'
        "def echo(value):\n    return 0\n"
    )
    return echo


def test_claims_are_read_from_the_docstrings(proven: Kata) -> None:
    reference, accepted, rejected = verify.claims(proven)
    assert (reference.verdict, accepted.verdict) == (Verdict.ACCEPTED, Verdict.ACCEPTED)
    assert accepted.uses == {"email.mime"}
    assert (rejected.verdict, rejected.property) == (Verdict.WRONG_ANSWER, FIRST)


def test_what_is_claimed_is_so(sandbox: Sandbox, proven: Kata) -> None:
    for claim in verify.claims(proven):
        result = verify.grade(sandbox, proven, claim, Search(), Search(examples=2))
        assert not verify.refutation(claim, result)


@pytest.mark.parametrize(
    ("verdict", "name", "refutation"),
    [
        (Verdict.ACCEPTED, "", "the verdict is wrong_answer, not accepted"),
        (Verdict.WRONG_ANSWER, "test_echo_takes_butter", "there is no property test_echo_takes"),
        (
            Verdict.WRONG_ANSWER,
            "test_echo_leaves_its_argument_unchanged",
            "test_echo_leaves_its_argument_unchanged finds accepted",
        ),
    ],
)
def test_a_false_claim_is_refuted(
    sandbox: Sandbox, proven: Kata, verdict: Verdict, name: str, refutation: str
) -> None:
    claim = Claim(proven.solutions / "rejected/zero.py", verdict, name, frozenset())
    result = verify.grade(sandbox, proven, claim, Search())
    assert verify.refutation(claim, result).startswith(refutation)


def test_a_rejected_answer_that_claims_nothing_is_named(proven: Kata) -> None:
    path: Path = proven.solutions / "rejected/zero.py"
    path.write_text(RIGHT)
    with pytest.raises(CatalogError, match=r"zero\.py: its docstring must have the lines"):
        verify.claims(proven)


def test_an_answer_that_is_not_python_claims_in_comments(proven: Kata) -> None:
    path: Path = proven.solutions / "rejected/zero.py"
    path.write_text(f"# verdict: load_error\n# property: {FIRST}\ndef echo(value) return value\n")
    assert verify.claims(proven)[2].verdict is Verdict.LOAD_ERROR


def test_the_limit_of_a_property_is_that_of_its_marker(proven: Kata) -> None:
    limits = {test.__name__: limit for test, limit in verify.properties(proven)}
    assert limits == {
        FIRST: 10.0,
        "test_echo_leaves_its_argument_unchanged": 10.0,
        "test_echo_takes_text": 4.0,
    }
