"""The numbers that grader and worker agree on; imports nothing of kata."""

MODULE = 0
"""The learner's module."""

METHOD = 1
"""Whatever can be called but is no object worth keeping: it is asked for again by its name."""

FIRST_OBJECT = 2
"""Objects are numbered upwards from here."""

NO_ROOM = 71
"""The exit status of a worker that has no memory left to take in a request or to send a reply."""

TEXT_LIMIT = 2_000
"""Characters of each text about an exception that are worth sending, or are read."""
