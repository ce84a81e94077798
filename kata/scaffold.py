"""The files of a new kata, each saying what must be written in it. Makes texts; writes no file.

A line that still says what to write holds the mark, and `make verify` refuses a kata with one.
"""

from __future__ import annotations

import keyword
import re
from pathlib import Path
from string import Template

from kata.catalog import Kata
from kata.errors import UsageError

MARK = "WRITE:"
"""Stands before what whoever adds the kata is to write in the place of that line."""

STUB = '''\
"""$question

WRITE: the task, as an interviewer would state it. What is given (shapes, types, ranges), what is
WRITE: wanted, and one call that shows it:

    answer = $slug(X)

What is graded
--------------
* WRITE: one entry for each property of the grader, and nothing that no property checks. State the
  undefined cases, the ties, the errors, whether equal calls get equal answers.
* X is left unchanged.
* Cost. WRITE: the size, and the multiple of plain NumPy's processor time; or leave it out.

What is allowed
---------------
WRITE: which libraries, and which not (they stand in kata.toml as well).

Each call may take 2 seconds.
"""

import numpy as np


def $slug(X: np.ndarray) -> np.ndarray:
    """WRITE: what is returned, with its shape."""
    raise NotImplementedError
'''

FACTS = """\
# WRITE: check each of these, then take this line away.
difficulty = "$difficulty"
question = "$question"
# What the kata practises, in two or three phrases as in the README's table.
focus = ["Algorithm Understanding"]
# A candidate's time for it, 15 to 60.
minutes = $minutes
# One at least word for word from exercises/topics.toml; others as you like.
topics = ["vectorisation"]
# Loaded before the submission, so that importing them costs nothing.
requires = ["numpy"]
# Functions that give exactly equal answers to equal calls, if the task promises that.
repeatable = ["$slug"]

[forbidden]
# Libraries that have the answer ready.
imports = ["sklearn", "scipy", "torch"]
"""

HINTS = """\
## Hint 1
WRITE: a nudge: the question to ask oneself first.

## Hint 2
WRITE: the idea, in words.

## Hint 3
WRITE: an outline of the steps, without a line of the code.
"""

GRADER = '''\
"""WRITE: what every correct answer to $slug satisfies, whatever its route."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import matrices

from kata.grading import Submission, array, example, given, unchanged

Array = np.ndarray[Any, Any]


def answer(submission: Submission, X: Array) -> Array:
    """The answer for X, checked for type, shape and finiteness."""
    return array(submission.$slug(X), name="The answer", shape=(len(X),), kind="float")


@given(X=matrices(st.integers(1, 8), st.integers(1, 3)))
@example(X=np.array([[1.0]]))
def test_the_answer_has_the_promised_shape_and_type(submission: Submission, X: Array) -> None:
    """WRITE: the claim, as the sentence that a learner reads when it does not hold."""
    answer(submission, X)


@given(X=matrices(st.integers(1, 8), st.integers(1, 3)))
def test_X_is_left_unchanged(submission: Submission, X: Array) -> None:
    """$slug does not change X."""
    answer(submission, X)
    unchanged(submission)


# WRITE: the properties that carry the kata: a definition written out, with its tolerance derived
# beside it, or a relation between answers. CONTRIBUTING.md, "Writing properties", has the rules.
'''

REFERENCE = '''\
"""WRITE: one good answer, commented where a reader would ask why."""

import numpy as np


def $slug(X):
    raise NotImplementedError
'''

NOTES = """\
# $title: notes

## Approach
WRITE: the route of the reference, with the source of a formula or method.

## Complexity
WRITE: time and memory, in the sizes that the task names.

## Common mistakes
- WRITE: those in rejected/, a line each.

## Follow-up questions
**WRITE: a question that an interviewer asks next?**
WRITE: a model answer, in two or three sentences.

**WRITE: another one?**
WRITE: its answer.
"""

ACCEPTED = '''\
"""WRITE: another right answer, by another route; rename this file after it. Three at least, by
somebody who has seen the task and nothing of the grader. One that wraps a forbidden library has the
line:

uses: sklearn
"""
'''

REJECTED = '''\
"""WRITE: one realistic mistake in an otherwise right answer, and the promise that it breaks; rename
this file after it. Twelve at least, and one for each property that nothing else is caught by.

verdict: wrong_answer
property: test_the_answer_has_the_promised_shape_and_type
"""
'''

MINUTES = {"Easy": 20, "Medium": 35, "Hard": 50}


def files(slug: str, question: str, difficulty: str) -> dict[Path, str]:
    """The text of each file of the new kata, by its path below the repository's root.

    Raises UsageError for a name or a question that no kata can have.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", slug) or keyword.iskeyword(slug):
        raise UsageError(
            f"{slug!r} cannot name a kata: take small letters, digits and underscores, as a Python "
            "module would."
        )
    if not question.strip() or re.search(r'["\\\n]', question):
        raise UsageError("--question must be one sentence, without quotation marks.")
    facts = {
        "slug": slug,
        "title": slug.replace("_", " ").capitalize(),
        "question": question.strip(),
        "difficulty": difficulty,
        "minutes": str(MINUTES[difficulty]),
    }
    exercise, solution = Path("exercises", slug), Path("solutions", slug)
    texts = {
        exercise / f"{slug}.py": STUB,
        exercise / "kata.toml": FACTS,
        exercise / "hints.md": HINTS,
        Path("graders", f"test_{slug}.py"): GRADER,
        solution / "reference.py": REFERENCE,
        solution / "notes.md": NOTES,
        solution / "accepted" / "another_route.py": ACCEPTED,
        solution / "rejected" / "a_mistake.py": REJECTED,
    }
    return {path: Template(text).substitute(facts) for path, text in texts.items()}


def unwritten(kata: Kata) -> list[str]:
    """The lines of a kata's files that still say what to write, each with path and number."""
    paths = [kata.grader, *kata.folder.rglob("*"), *kata.solutions.rglob("*")]
    found = []
    for path in sorted(path for path in paths if path.suffix in {".py", ".toml", ".md"}):
        lines = path.read_text(encoding="utf-8").splitlines()
        found += [
            f"{path}:{number}: {line.strip()}"
            for number, line in enumerate(lines, 1)
            if MARK in line
        ]
    return found
