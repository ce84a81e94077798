"""The kinds of interview that there are: facts, which every command loads for its options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One round of a preset: how long, and the difficulty of each kata in it."""

    name: str
    minutes: float
    difficulties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preset:
    """A kind of interview as companies hold it."""

    says: str
    parts: tuple[Part, ...]
    rest: float = 0.0
    """Minutes of break between two rounds."""

    @property
    def minutes(self) -> float:
        """Minutes of all rounds, breaks aside."""
        return sum(part.minutes for part in self.parts)


PRESETS: Mapping[str, Preset] = {
    "screen": Preset(
        "a first call: one Easy kata in 20 minutes",
        (Part("screen", 20, ("Easy",)),),
    ),
    "coding-round": Preset(
        "one Easy kata and one Medium in 45 minutes",
        (Part("coding round", 45, ("Easy", "Medium")),),
    ),
    "deep-dive": Preset(
        "one Hard kata in 60 minutes",
        (Part("deep dive", 60, ("Hard",)),),
    ),
    "full-loop": Preset(
        "a day on site: a coding round, a Medium kata and a deep dive, with breaks",
        (
            Part("coding round", 45, ("Easy", "Medium")),
            Part("second coding round", 45, ("Medium",)),
            Part("deep dive", 60, ("Hard",)),
        ),
        rest=10,
    ),
}
