"""What each property of one kata failed on last, as files; knows nothing of what it keeps.

The bytes are Hypothesis's own notation for the choices that make up an example. They belong to
the property and not to a version of the learner's file: what broke the last version is the first
thing to try on the next. An entry stays when the property holds again, for the mistake may return.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path

CHECK_BYTES = 8
"""Bytes of a digest that stand before the choices."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The entries in one folder, which need not exist. A folder out of reach remembers nothing."""

    folder: Path

    def recall(self, prop: str) -> bytes | None:
        """The choices on which the property of this name failed last; None where it never did."""
        try:
            text = self._file(prop).read_bytes()
        except OSError:
            return None
        # Half an entry, left by a process that was killed, is none: Hypothesis stumbles over it.
        check, choices = text[:CHECK_BYTES], text[CHECK_BYTES:]
        return choices if check == _check(choices) else None

    def keep(self, prop: str, choices: bytes) -> None:
        """Put these choices in the place of what was kept for the property."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._file(prop).write_bytes(_check(choices) + choices)

    def _file(self, prop: str) -> Path:
        return self.folder / f"{hashlib.sha256(prop.encode()).hexdigest()[:16]}.choices"


def _check(choices: bytes) -> bytes:
    return hashlib.sha256(choices).digest()[:CHECK_BYTES]
