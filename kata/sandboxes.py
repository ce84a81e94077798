"""A sandbox for each kind of libraries that workers find loaded, made when it is first asked for.

A worker is a fork, and takes the longer to start the more its fork server has loaded. So what a few
answers wrap is kept away from all the others.
"""

from __future__ import annotations

from types import TracebackType
from typing import Self

from kata.catalog import Kata
from kata.sandbox import Sandbox


class Sandboxes:
    """The sandboxes of one process. A context manager: leaving it ends them all."""

    def __init__(self) -> None:
        self._made: dict[tuple[tuple[str, ...], bool], Sandbox] = {}

    def fit(self, kata: Kata, uses: frozenset[str] = frozenset()) -> Sandbox:
        """The sandbox for answers to a kata, or for one that uses the named libraries as well."""
        kind = kata.requires, bool(uses)
        if kind not in self._made:
            self._made[kind] = Sandbox()
        return self._made[kind]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for sandbox in self._made.values():
            sandbox.close()
