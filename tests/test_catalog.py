"""What a kata.toml may say, and how a kata is found by its name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kata import catalog, repository
from kata.catalog import Kata
from kata.errors import CatalogError, UsageError

ROOT = Path(__file__).parent.parent


def test_the_five_paths_of_a_kata_share_its_slug(echo: Kata) -> None:
    assert echo.stub.name == "echo.py"
    assert echo.grader.name == "test_echo.py"
    assert echo.solutions.name == echo.folder.name == "echo"


def test_katas_stand_from_easy_to_hard() -> None:
    ranks = [catalog.DIFFICULTIES.index(kata.difficulty) for kata in catalog.find(ROOT)]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("kata", catalog.find(ROOT), ids=lambda kata: kata.slug)
def test_a_task_begins_with_its_question(kata: Kata) -> None:
    assert kata.stub.read_text().startswith(f'"""{kata.question}\n')


@pytest.mark.parametrize("kata", catalog.find(ROOT), ids=lambda kata: kata.slug)
def test_a_task_fits_a_terminal_of_80_columns(kata: Kata) -> None:
    # The question itself stands on a line of its own, however long it is.
    _, *lines = (ast.get_docstring(ast.parse(kata.stub.read_bytes())) or "").splitlines()
    assert [line for line in lines if len(line) > 80] == []


@pytest.mark.parametrize("kata", catalog.find(ROOT), ids=lambda kata: kata.slug)
def test_a_kata_has_hints_and_notes(kata: Kata) -> None:
    hints = (kata.folder / "hints.md").read_text()
    assert hints.count("## Hint ") >= 3
    notes = repository.solution(kata, "notes.md")
    for part in ("Approach", "Complexity", "Common mistakes", "Follow-up questions"):
        assert f"## {part}" in notes


@pytest.mark.parametrize("kata", catalog.find(ROOT), ids=lambda kata: kata.slug)
def test_an_accepted_answer_does_not_say_that_it_is_wrong(kata: Kata) -> None:
    for path in kata.solutions.glob("accepted/*.py"):
        assert "\nverdict: " not in path.read_text(), path


FAULTS = {
    "a missing key": ('difficulty = "Easy"\n', "", "the key difficulty is missing"),
    "a misspelt key": ("minutes", "minuets", "the key minutes is missing"),
    "an unknown key": ("minutes = 5", "minutes = 5\ncolour = 1", "unknown key colour"),
    "an unknown level": ('"Easy"', '"Hardest"', "difficulty must be one of Easy, Medium, Hard"),
    "text for a number": ("minutes = 5", 'minutes = "5"', "minutes must be a whole number"),
    "no minutes": ("minutes = 5", "minutes = 0", "minutes must be positive"),
    "numbers for texts": ('["Testing"]', "[1]", "focus must be a list of texts"),
    "no TOML": ("minutes = 5", "minutes 5", "cannot be read as TOML"),
    "steady alone": ("minutes = 5", 'minutes = 5\nsteady = ["echo"]', "among what is repeatable"),
    "an unknown key below": ("[forbidden]", "[forbidden]\nx = 1", "unknown key forbidden.x"),
}


@pytest.mark.parametrize(("old", "new", "message"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_kata_toml_is_named_with_its_fault(
    echo: Kata, old: str, new: str, message: str
) -> None:
    path = echo.folder / "kata.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(CatalogError) as caught:
        catalog.find(echo.root)
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)


def test_a_folder_name_that_cannot_be_imported_is_refused(echo: Kata) -> None:
    echo.folder.rename(echo.folder.with_name("not-a-name"))
    with pytest.raises(CatalogError, match="must be a Python identifier"):
        catalog.find(echo.root)


def test_a_repository_without_katas_says_so(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    with pytest.raises(CatalogError, match="holds no kata"):
        catalog.find(tmp_path)


def test_the_root_is_found_from_a_folder_below(echo: Kata) -> None:
    assert catalog.find_root(echo.folder) == echo.root


def test_outside_of_a_repository_there_is_no_root(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Change into your clone"):
        catalog.find_root(tmp_path)


def test_a_misspelt_name_gets_the_near_one(echo: Kata) -> None:
    with pytest.raises(UsageError, match=r"No kata is called 'ecko'\. Did you mean echo\?"):
        catalog.choose((echo,), "ecko")


def test_a_name_like_no_other_gets_the_list(echo: Kata) -> None:
    with pytest.raises(UsageError, match=r"There are: echo\."):
        catalog.choose((echo,), "zzz")
