"""The properties of the engine's own test kata."""

import hypothesis.strategies as st
import pytest

from kata.grading import example, given, reject, require, unchanged


@given(value=st.lists(st.integers(0, 9), max_size=5))
@example(value=[3, 1, 2])
def test_echo_returns_its_argument(submission, value):
    """echo(value) is value."""
    returned = submission.echo(value)
    require(
        returned == value, "It is something else.", returned=f"{returned!r}", expected=f"{value!r}"
    )


@given(value=st.lists(st.integers(0, 9), max_size=5))
def test_echo_leaves_its_argument_unchanged(submission, value):
    """echo does not change value."""
    submission.echo(value)
    unchanged(submission)


@pytest.mark.timeout(4)
def test_echo_takes_text(submission):
    """echo returns text as well."""
    if submission.echo("text") != "text":
        reject("It is not the text.")
