"""What interviews ask about, as exercises/topics.toml lists it; reads one file and judges none."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kata.errors import CatalogError

FILE = Path("exercises/topics.toml")
"""Below the repository's root."""


@dataclass(frozen=True, slots=True)
class Area:
    """One area of interviews, and the topics in it that a kata can be about."""

    name: str
    topics: tuple[str, ...]


def read(root: Path) -> tuple[Area, ...]:
    """The areas, in the order of the file. Raises CatalogError for a file that cannot be used."""
    path = root / FILE
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
        areas = tuple(Area(entry["name"], tuple(entry["topics"])) for entry in facts["area"])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogError(f"{path}: cannot be read as TOML: {error}") from error
    except (KeyError, TypeError) as error:
        raise CatalogError(f"{path}: each [[area]] must have a name and topics.") from error
    topics = [topic for area in areas for topic in area.topics]
    twice = next((topic for topic in topics if topics.count(topic) > 1), None)
    if twice is not None:
        raise CatalogError(f"{path}: the topic {twice!r} stands there twice.")
    return areas
