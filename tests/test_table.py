"""The README's table: that it is made from kata.toml, and that a stale one is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbench import kata

from kata.catalog import Kata
from kata.errors import CatalogError
from kata.reports import table

PAGE = f"# Katas\n\n{table.BEGIN}old\n{table.END}\nMore.\n"


def test_the_projects_own_table_is_up_to_date() -> None:
    done = kata("table", "--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_table_has_the_facts_of_each_kata_and_the_rest_of_the_page_stays(echo: Kata) -> None:
    page = table.replace_in(PAGE, [echo])
    facts = (
        echo.difficulty,
        echo.question,
        ", ".join(echo.focus),
        "[`echo`](exercises/echo/echo.py)",
    )
    assert f"| {' | '.join(facts)} |\n{table.END}\nMore.\n" in page
    assert page.startswith(f"# Katas\n\n{table.BEGIN}| difficulty |")
    assert "old" not in page
    assert table.replace_in(page, [echo]) == page


@pytest.mark.parametrize(
    "page",
    ["", table.BEGIN, table.END, f"{table.END}{table.BEGIN}", PAGE + table.BEGIN, PAGE + table.END],
)
def test_a_page_without_a_single_place_for_the_table_is_refused(page: str, echo: Kata) -> None:
    with pytest.raises(CatalogError, match="once"):
        table.replace_in(page, [echo])


def test_a_stale_table_is_told_left_alone_and_made_anew_on_demand(repository: Path) -> None:
    page = repository / "README.md"
    page.write_text(PAGE)
    stale = kata("table", "--check", cwd=repository)
    assert stale.returncode == 1
    assert stale.stderr == "The table of katas in README.md is stale. Run make table.\n"
    assert page.read_text() == PAGE
    assert kata("table", cwd=repository).returncode == 0
    assert "exercises/echo/echo.py" in page.read_text()
    assert kata("table", "--check", cwd=repository).returncode == 0


def test_a_repository_without_a_readme_is_one_line_and_status_2(repository: Path) -> None:
    done = kata("table", cwd=repository)
    assert done.returncode == 2
    assert done.stderr.startswith("kata: ")
    assert len(done.stderr.splitlines()) == 1
