"""Shows how far a long command has come, and tables; needs rich, which learners do not have."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kata.errors import SetupError

if TYPE_CHECKING:
    from kata.proof import Tick  # which needs what only contributors have installed

try:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.table import Table
except ImportError:
    raise SetupError(
        "This command needs rich, which is not installed here. Run make setup-dev, then again."
    ) from None


@contextlib.contextmanager
def shown() -> Iterator[Tick]:
    """A bar on standard error, where that is a terminal, and the function that moves it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(
        *columns,
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        task = progress.add_task("starting", total=None)

        def tick(what: str, done: int, total: int) -> None:
            progress.update(task, description=what, completed=done, total=total)

        yield tick


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table on standard output."""
    sheet = Table(box=None, pad_edge=False)
    for number, column in enumerate(columns):
        sheet.add_column(column, justify="right" if number else "left", no_wrap=not number)
    for cells in rows:
        sheet.add_row(*cells)
    Console().print(sheet)
