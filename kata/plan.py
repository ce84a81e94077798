"""Plans jobs of CI: which katas, and on how many machines; runs before anything is installed.

    git diff --name-only BASE HEAD | python3 -m kata.plan grade REPORTS    shards=[...]
    git diff --name-only BASE HEAD | python3 -m kata.plan verify           katas=...

Run at the repository's root. It reads the names of changed files, and how long the katas took
according to the JSON reports of earlier runs, and prints a line for $GITHUB_OUTPUT. It imports
nothing but the standard library, and looks into no file of a learner's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

USUAL_SECONDS = 15.0
"""What a kata is thought to take that was never graded."""

SHARD_SECONDS = 120.0
"""Grading that is worth a machine of its own; to set one up takes about half a minute."""

SHARDS = 10
"""Machines at most."""

SHARED = ("kata/", "requirements", "pyproject.toml")
"""Beginnings of paths that every grader depends on."""

GRADERS = "graders/"
GRADER = GRADERS + "test_"
"""Beginnings of what graders may share, and of what is one kata's alone."""


def katas(root: Path) -> list[str]:
    """The names of all katas below `root`; only identifiers, for they end up in a shell."""
    names = (path.parent.name for path in (root / "exercises").glob("*/kata.toml"))
    return sorted(name for name in names if name.isidentifier() and name.isascii())


def changed(slugs: Sequence[str], paths: Iterable[str]) -> list[str]:
    """The katas to which any of these files belongs."""
    touched = set()
    for path in paths:
        folder, _, rest = path.partition("/")
        if folder in ("exercises", "solutions"):
            touched.add(rest.partition("/")[0])
        elif folder == "graders":
            touched.add(rest.removeprefix("test_").removesuffix(".py"))
    return [slug for slug in slugs if slug in touched]


def to_verify(slugs: Sequence[str], paths: Sequence[str]) -> list[str]:
    """The katas whose proof may have changed: all, when the engine or what graders share has."""
    shared = [path for path in paths if path.startswith(GRADERS) and not path.startswith(GRADER)]
    if shared or any(path.startswith(SHARED) for path in paths):
        return list(slugs)
    return changed(slugs, paths)


def seconds(reports: Iterable[Path]) -> dict[str, float]:
    """How long each kata took, by reports that `kata check --format json` wrote.

    They only help to share out the work, so what cannot be read is passed over.
    """
    found: dict[str, float] = {}
    for path in reports:
        try:
            for kata in json.loads(path.read_text(encoding="utf-8"))["katas"]:
                found[str(kata["slug"])] = float(kata["seconds"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            print(f"{path} is no report: {error!r}", file=sys.stderr)
    return found


def split(
    slugs: Sequence[str], first: Sequence[str], taken: Mapping[str, float]
) -> list[list[str]]:
    """Share the katas out so that the machines take about equally long; `first` come first.

    The longest go to the machine that has least to do so far: never more than a third longer than
    the best there is.
    """
    costs = {slug: taken.get(slug, USUAL_SECONDS) for slug in slugs}
    count = min(SHARDS, len(costs), max(1, round(sum(costs.values()) / SHARD_SECONDS)))
    shards: list[list[str]] = [[] for _ in range(count)]
    for slug in sorted(costs, key=lambda slug: (-costs[slug], slug)):
        min(shards, key=lambda shard: sum(costs[other] for other in shard)).append(slug)
    return [sorted(shard, key=lambda slug: (slug not in first, slug)) for shard in shards]


def main(arguments: Sequence[str]) -> int:
    """Print the plan; 2 for a wrong command or a folder without katas."""
    paths = sys.stdin.read().splitlines()
    slugs = katas(Path())
    if not slugs:
        print("No katas here: run this at the root of the repository.", file=sys.stderr)
        return 2
    match arguments:
        case ["grade", reports]:
            shards = split(slugs, changed(slugs, paths), seconds(Path(reports).rglob("*.json")))
            print(f"shards={json.dumps([' '.join(shard) for shard in shards])}")
        case ["verify"]:
            print(f"katas={' '.join(to_verify(slugs, paths))}")
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
