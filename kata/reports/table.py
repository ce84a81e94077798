"""The README's table of katas, made from the catalog. Text in, text out."""

from __future__ import annotations

from collections.abc import Iterable

from kata.catalog import Kata
from kata.errors import CatalogError

BEGIN = "<!-- katas: made by `make table` -->\n"
END = "<!-- end of katas -->\n"


def render(katas: Iterable[Kata]) -> str:
    """One row a kata, in the order given, with the facts of its kata.toml."""
    rows = [
        ("difficulty", "question", "focus area", "kata"),
        ("---",) * 4,
        *(
            (
                kata.difficulty,
                kata.question,
                ", ".join(kata.focus),
                f"[`{kata.slug}`](exercises/{kata.slug}/{kata.slug}.py)",
            )
            for kata in katas
        ),
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def replace_in(page: str, katas: Iterable[Kata]) -> str:
    """The page with its table made anew, between the two markers that it must have.

    Raises CatalogError when it does not have both of them, once each and in their order.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end or BEGIN in after or END in before + after:
        raise CatalogError(
            f"README.md must have the line {BEGIN.strip()} once and {END.strip()} below it once."
        )
    return f"{before}{begin}{render(katas)}{end}{after}"
