"""The errors whose owner is the person at the terminal; imports nothing of kata.

A learner's mistake is never one of these: it becomes a verdict (see `verdict`).
"""


class UsageError(Exception):
    """The command cannot be carried out as given.

    The text says what is wrong, where, and what to do next. The command line
    prints it as one line and exits with status 2.
    """


class CatalogError(UsageError):
    """A kata's files are missing or contradict the layout; the text names the file."""


class SetupError(UsageError):
    """The machine lacks something that grading needs; the text says what to install or change."""
