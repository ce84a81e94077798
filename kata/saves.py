"""Tells of saved files: a process that writes one byte whenever there may be something to see.

    python -m kata.saves FOLDER...

It runs apart from whoever grades, because watchfiles works with threads and a process that has
threads must not fork. The folders are watched and not the files in them: an editor that saves by
a rename puts another file there. It reads nothing and decides nothing.
"""

from __future__ import annotations

import contextlib
import os
import sys

import watchfiles

CHANGE, TICK = b"c", b"t"

TICK_SECONDS = 1.0
"""A tick comes so often anyway, for file systems that report no changes, as some mounts do not."""

STEP_MILLISECONDS, DEBOUNCE_MILLISECONDS = 10, 100
"""Changes so close together are one, as when an editor empties a file and then writes it."""


def main(folders: list[str]) -> None:
    """Write CHANGE or TICK to standard output until nobody is there to read it."""
    parent = os.getppid()
    changes = watchfiles.watch(
        *folders,
        watch_filter=None,
        step=STEP_MILLISECONDS,
        debounce=DEBOUNCE_MILLISECONDS,
        rust_timeout=int(TICK_SECONDS * 1000),
        yield_on_timeout=True,
        recursive=False,
    )
    with contextlib.suppress(BrokenPipeError):
        for change in changes:
            if os.getppid() != parent:
                return
            os.write(1, CHANGE if change else TICK)


if __name__ == "__main__":
    main(sys.argv[1:])
