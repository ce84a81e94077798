"""The pages made of every kata.toml: what they hold, and that a stale one is noticed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from workbench import ROOT, kata

from kata import catalog, syllabus
from kata.catalog import Kata
from kata.errors import CatalogError
from kata.reports import table, topics

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


def test_every_kata_names_a_topic_of_interviews() -> None:
    known = {topic for area in syllabus.read(ROOT) for topic in area.topics}
    assert not [each.slug for each in catalog.find(ROOT) if not known & set(each.topics)]


def test_the_page_of_topics_shows_what_has_a_kata_and_what_is_missing(echo: Kata) -> None:
    areas = [syllabus.Area("Sound", ("echoes", "silence")), syllabus.Area("Noise", ("thunder",))]
    page = topics.render(areas, [replace(echo, topics=("echoes", "a topic of its own"))])
    assert "1 of 3 topics have a kata." in page
    assert "| Sound | 1 of 2 | silence |" in page
    assert "| Noise | 0 of 1 | thunder |" in page
    assert f"| echoes | [`echo`](../exercises/echo/echo.py) ({echo.difficulty}) |" in page
    assert "| silence | none yet |" in page


def test_a_stale_page_of_topics_is_told_and_made_anew_on_demand(repository: Path) -> None:
    (repository / "README.md").write_text(PAGE)
    (repository / syllabus.FILE).write_text('[[area]]\nname = "Noise"\ntopics = ["thunder"]\n')
    assert kata("table", cwd=repository).returncode == 0
    page = repository / "docs/topics.md"
    assert "| thunder | none yet |" in page.read_text()
    page.write_text("old")
    stale = kata("table", "--check", cwd=repository)
    assert (stale.returncode, stale.stderr) == (1, "docs/topics.md is stale. Run make table.\n")
    assert page.read_text() == "old"


@pytest.mark.parametrize(
    "text",
    [
        "area = 3",
        "[[area]]\ntopics = []",
        "[[area]",
        '[[area]]\nname = "A"\ntopics = ["x", "x"]',
        '[[area]]\nname = "A"\ntopics = ["x"]\n[[area]]\nname = "B"\ntopics = ["x"]',
    ],
)
def test_a_list_of_topics_that_cannot_be_used_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / syllabus.FILE).write_text(text)
    with pytest.raises(CatalogError, match=r"topics\.toml"):
        syllabus.read(tmp_path)
