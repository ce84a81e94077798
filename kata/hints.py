"""The hints of a kata, one at a time; pure."""

from __future__ import annotations

import re

HEADING = re.compile(r"^## .*$", re.MULTILINE)


def parse(text: str) -> tuple[str, ...]:
    """The hints of a hints.md: what stands under each second-level heading, in their order."""
    parts = HEADING.split(text)[1:]
    return tuple(part.strip() for part in parts if part.strip())
