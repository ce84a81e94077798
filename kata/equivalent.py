"""The mutants of a reference that no input can tell from it, as `equivalent.toml` lists them.

The file has one table a mutant, with its identity and the reason that makes it equivalent:

    [[mutant]]
    operator = "number"
    before = "for _ in range(300):"
    after = "for _ in range(301):"
    occurrence = 1      # which of several alike; 1 where it is left out
    reason = "No input that is graded needs more than 300 moves."
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from kata.errors import CatalogError
from kata.mutant import Identity

KEYS = {"operator": str, "before": str, "after": str, "occurrence": int, "reason": str}


def read(path: Path) -> dict[Identity, str]:
    """The listed mutants with their reasons; none where there is no such file.

    Raises CatalogError for an entry that lacks a key, has another one, or comes twice.
    """
    if not path.exists():
        return {}
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogError(f"{path}: cannot be read as TOML: {error}") from error
    entries = facts.pop("mutant", [])
    if facts or not isinstance(entries, list):
        raise CatalogError(f"{path}: must consist of tables [[mutant]] alone.")
    listed: dict[Identity, str] = {}
    for number, entry in enumerate(entries, 1):
        identity, reason = _entry(f"{path}: [[mutant]] number {number}", entry)
        if identity in listed:
            raise CatalogError(f"{path}: {identity} is listed twice.")
        listed[identity] = reason
    return listed


def _entry(where: str, entry: Any) -> tuple[Identity, str]:
    facts = {"occurrence": 1, **entry} if isinstance(entry, dict) else {}
    if set(facts) != set(KEYS):
        raise CatalogError(f"{where} must have the keys {', '.join(KEYS)}, and no other.")
    for key, kind in KEYS.items():
        if not isinstance(facts[key], kind):
            raise CatalogError(f"{where}: {key} must be {'text' if kind is str else 'a number'}.")
    reason = " ".join(facts.pop("reason").split())
    if len(reason.split()) < 4:
        raise CatalogError(f"{where}: the reason must say why no input tells the mutant apart.")
    return Identity(**facts), reason


def complaints(
    listed: Collection[Identity], made: Collection[Identity], killed: Collection[Identity]
) -> list[str]:
    """What is wrong with a list, given the mutants that there are and those a property killed."""
    stale = (each for each in listed if each not in made)
    caught = (each for each in listed if each in killed)
    return [
        *(f"equivalent.toml lists what is no mutant any more: {each}" for each in stale),
        *(f"equivalent.toml lists a mutant that is killed: {each}" for each in caught),
    ]
