"""From a save to the verdict of `kata watch`, less the seconds of the properties themselves.

    python benchmarks/watch.py [--kata echo] [--saves 9]

A copy of the repository is watched on a pty. An accepted answer is saved by a rename, as most
editors do, with a comment more each time; the clock stops when the verdict is on the screen. The
bar is 0.25 s for the median, on a machine that has a core to spare: the load is printed beside it.
`echo` is the small kata of the engine's own tests.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from terminals import Terminal, kata_command  # noqa: E402 it is found only now

from kata.journal import Journal  # noqa: E402 the formatter keeps it below the other

BAR = 0.25


ECHO = b"def echo(value):\n    return value\n"


def measure(root: Path, slug: str, answer: bytes, saves: int) -> list[tuple[float, float]]:
    """(seconds from save to verdict, seconds of the properties) of each save."""
    stub = root / f"exercises/{slug}/{slug}.py"
    found = []
    with Terminal(*kata_command("watch", slug), cwd=root, env={"CI": "true"}) as terminal:
        terminal.wait_for("q quit")
        for number in range(saves + 1):
            other = stub.with_suffix(".tmp")
            other.write_bytes(answer + b"#" * number + b"\n")
            saved = time.time()
            other.replace(stub)
            terminal.wait_for("properties hold")
            whole = terminal.read_at - saved
            terminal.wait_for("q quit")
            with Journal(root / ".kata") as journal:
                found.append((whole, journal.attempts(slug)[-1].seconds))
        terminal.type("q")
        terminal.end()
    return found[1:]  # the first has the fork server load what the kata asks for


def main() -> None:
    """Measure, print, and exit with 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kata", default="echo")
    parser.add_argument("--saves", type=int, default=9)
    options = parser.parse_args()
    small = options.kata == "echo"
    source = ROOT / "tests/repository" if small else ROOT
    answer = ECHO if small else (ROOT / f"solutions/{options.kata}/reference.py").read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("exercises", "graders"):
            shutil.copytree(source / name, Path(folder, name))
        shutil.copy(source / "conftest.py", folder)
        found = measure(Path(folder), options.kata, answer, options.saves)
    rest = [whole - properties for whole, properties in found]
    middle = statistics.median(rest)
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"kata watch {options.kata}, medians of {options.saves} saves, {load}")
    print(f"  save to verdict               {statistics.median(w for w, _ in found):6.3f} s")
    print(f"  the properties themselves     {statistics.median(p for _, p in found):6.3f} s")
    print(f"  the rest                      {middle:6.3f} s   (bar: {BAR} s)")
    print(f"  the rest, from least to most  {min(rest):6.3f} to {max(rest):.3f} s")
    sys.exit(middle > BAR)


if __name__ == "__main__":
    main()
