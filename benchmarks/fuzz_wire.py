"""Feeds `wire.decode` whatever a coverage-guided fuzzer comes up with; it may raise WireError only.

An optional tool, with a dependency that nothing else here has:

    .venv/bin/uv pip install --python .venv/bin/python atheris
    .venv/bin/python benchmarks/fuzz_wire.py -max_total_time=300

All other arguments are libFuzzer's. What decodes must encode to the same bytes again.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import atheris
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

with atheris.instrument_imports(include=["kata.wire"]):
    from kata import wire

PREFIX = 16
SPLIT = b"\n\0\n"
"""Between header and body: no header that is worth anything holds it."""

LIMIT = 1 << 24


def try_one(data: bytes) -> None:
    """Decode one frame, and encode again what came of it."""
    header, _, body = data.partition(SPLIT)
    try:
        value = wire.decode(header, bytearray(body), limit=LIMIT)
    except wire.WireError:
        return
    segments = wire.encode(value)
    again = bytes(segments[0])[PREFIX:]
    rest = bytearray(b"".join(segments[1:]))
    second = b"".join(wire.encode(wire.decode(again, rest, limit=2 * LIMIT)))
    if second != b"".join(segments):
        raise AssertionError(f"not the same bytes again: {header!r} {body!r}")


def seeds() -> list[bytes]:
    """Frames of each kind of value, to begin with."""
    values: list[object] = [
        None,
        [1, 2.5, True, "text", b"bytes", 1 << 80, 3j],
        {"a": (1, 2), "b": {3, 4}, 5: frozenset({"x"})},
        np.arange(12.0).reshape(3, 4),
        np.array(["a", "bc"]),
        np.float32(1.5),
        np.array([1, 2], dtype="M8[s]"),
        [
            dt.date(2020, 1, 2),
            dt.time(3, 4),
            dt.datetime(2020, 1, 2, tzinfo=dt.UTC),
            dt.timedelta(1),
        ],
        Decimal("1.50"),
        wire.Handle(7, "Model"),
        wire.Opaque("Model", "<Model>"),
        list(range(40)),
        ["text"] * 40,
    ]
    frames = []
    for value in values:
        segments = wire.encode(value)
        frames.append(bytes(segments[0])[PREFIX:] + SPLIT + b"".join(segments[1:]))
    return frames


def main() -> None:
    """Fuzz until libFuzzer's arguments, a failure or Ctrl-C end it."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, frame in enumerate(seeds()):
            (Path(corpus) / str(number)).write_bytes(frame)
        atheris.Setup([*sys.argv, corpus], try_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
