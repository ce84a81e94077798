"""What the program of a counterexample is called; imports nothing of kata."""

from __future__ import annotations

import hashlib

NAME_LENGTH = 42
"""Characters of a kata's name and a program's together, for which a terminal 80 wide has room
beside the command that runs it."""


def file_name(slug: str, prop: str, *, own: bool) -> str:
    """A short name that no other property has: its first words, and a digest of all.

    `own` tells the failures of the learner's own file from those of another that was graded.
    """
    end = f"-{hashlib.sha256(prop.encode()).hexdigest()[:4]}.py"
    begin = "" if own else "file-"
    words = "_".join(prop.removeprefix("test_").split("_")[:3])
    room = NAME_LENGTH - len(slug) - len(begin) - len(end)
    return f"{begin}{words[: max(min(room, 20), 0)]}{end}"
