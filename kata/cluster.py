"""An executor that is many machines: dask.distributed behind concurrent.futures."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from typing import Any

from kata.errors import SetupError

CONNECT_SECONDS = 10


@contextlib.contextmanager
def connected(address: str) -> Iterator[tuple[Callable[[], Executor], int]]:
    """What gives the executor of the scheduler at `address`, and how much runs there at once.

    It is one and the same executor: the scheduler itself replaces a worker that ends. Raises
    SetupError when dask is not installed, nobody answers, or there is no worker.
    """
    try:
        from distributed import Client  # noqa: PLC0415 an extra, which most do without
    except ImportError:
        raise SetupError(
            "--scheduler needs dask's distributed. Install it into .venv: "
            '.venv/bin/python -m pip install "distributed", or make setup-dev'
        ) from None
    _hush()
    try:
        make: Any = Client  # it is not typed
        client = make(address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError, TimeoutError) as error:
        raise SetupError(
            f"No scheduler answers at {address}. Start one with: dask scheduler "
            "(docs/instructors.md)"
        ) from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise SetupError(
                f"The scheduler at {address} has no worker. Start some with: "
                f"dask worker {address} --nthreads 1 (docs/instructors.md)"
            )
        # Not pure: two people's equal files are two submissions.
        executor: Executor = client.get_executor(pure=False)
        yield lambda: executor, threads


def _hush() -> None:
    """Leave it to us to say in one line what went wrong: distributed logs pages of tracebacks."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)
