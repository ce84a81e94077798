"""From how many seeds the answers of a kata were accepted, kept with the project.

A thousand runs of every kata take hours, and what .kata/verify/ knows stays in the clone where it
was found out. One entry a kata holds for as long as its key is asked for: the digest of the
answers and of all that an outcome depends on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kata.errors import CatalogError

FILE = "docs/grader-runs.json"


@dataclass(frozen=True, slots=True)
class Used:
    """How much of a bar on the cost an answer to accept has used in one run."""

    property: str
    share: float
    """1 is the bar itself."""
    file: str
    is_ratio: bool
    """Whether times are compared, one with the other; else it is powers of n."""


@dataclass(frozen=True, slots=True)
class Runs:
    """What is known of runs from the seeds 0, 1, ... in which no answer was rejected."""

    key: str
    seeds: int = 0
    seconds: float = 0.0
    """What they took, all processes together."""
    used: tuple[Used, ...] = ()
    """For each property that states a bar the run that used most of it."""


def read(root: Path, slug: str, key: str) -> Runs:
    """What is known of a kata whose answers and grader have this key; it may be nothing.

    Raises CatalogError for a file that is not what `text` makes.
    """
    path = root / FILE
    if not path.exists():
        return Runs(key)
    try:
        plain = json.loads(path.read_text(encoding="utf-8")).get(slug, {"key": ""})
        if plain["key"] != key:
            return Runs(key)
        used = tuple(Used(**one) for one in plain.pop("used"))
        return Runs(**plain, used=used)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CatalogError(
            f"{path} cannot be read: {error!r}. Take it from git again, or remove it: then its "
            "runs are to be made anew."
        ) from None


def text(known: Mapping[str, Runs]) -> str:
    """The file, in which the katas have their order by name."""
    plain = {slug: asdict(runs) for slug, runs in sorted(known.items())}
    return json.dumps(plain, indent=1) + "\n"


def most(used: Iterable[Used]) -> tuple[Used, ...]:
    """For each property the one that has used most of its bar."""
    found: dict[str, Used] = {}
    for one in used:
        if one.property not in found or one.share > found[one.property].share:
            found[one.property] = one
    return tuple(found.values())
