"""The files of a new kata: whole, harmless until written, and not taken for written."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from workbench import ROOT, kata

from kata import catalog, scaffold
from kata.errors import UsageError
from kata.verify import claims, properties


@pytest.fixture
def laid_out(repository: Path) -> Path:
    (repository / "solutions").mkdir()
    # The strategies that graders share are the project's.
    shutil.copy(ROOT / "graders" / "strategies.py", repository / "graders")
    done = kata("new", "naive_bayes", "--difficulty", "Easy", cwd=repository)
    assert (done.returncode, done.stderr) == (0, "")
    return repository


def test_a_new_kata_is_one_at_once_and_not_started(laid_out: Path) -> None:
    done = kata("check", "naive_bayes", cwd=laid_out)
    assert done.returncode == 0
    assert "not started" in done.stdout
    kata_ = catalog.choose(catalog.find(laid_out), "naive_bayes")
    assert kata_.difficulty == "Easy"
    assert len(claims(kata_)) == 3


def test_its_grader_runs_and_accepts_a_first_answer(laid_out: Path) -> None:
    stub = laid_out / "exercises/naive_bayes/naive_bayes.py"
    stub.write_text("def naive_bayes(X):\n    return X.sum(axis=1)\n")
    done = kata("check", "naive_bayes", cwd=laid_out)
    assert done.returncode == 0, done.stdout
    assert "All 2 properties hold" in done.stdout
    assert len(properties(catalog.choose(catalog.find(laid_out), "naive_bayes"))) == 2


def test_what_is_not_written_yet_is_told_by_verify(laid_out: Path) -> None:
    done = kata("verify", "naive_bayes", cwd=laid_out)
    assert done.returncode == 2
    assert "naive_bayes is not written yet: " in done.stderr
    assert scaffold.MARK in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_every_file_says_what_to_write_in_it() -> None:
    texts = scaffold.files("naive_bayes", "Write naive Bayes.", "Medium")
    assert not [path for path, text in texts.items() if scaffold.MARK not in text]


def test_nothing_is_overwritten(laid_out: Path) -> None:
    notes = laid_out / "solutions/naive_bayes/notes.md"
    before = {path: path.read_text() for path in laid_out.rglob("*.py")}
    notes.write_text("mine")
    done = kata("new", "naive_bayes", cwd=laid_out)
    assert done.returncode == 2
    assert "exists already" in done.stderr
    assert notes.read_text() == "mine"
    assert {path: path.read_text() for path in before} == before


@pytest.mark.parametrize("name", ["Naive", "naive-bayes", "1nn", "class", "a/b", "", "../x"])
def test_a_name_that_no_module_can_have_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="cannot name a kata"):
        scaffold.files(name, "Write it.", "Easy")


@pytest.mark.parametrize("question", ["", "  ", 'Write "it".', "Write\nit.", "Write \\ it."])
def test_a_question_that_would_break_the_files_is_refused(question: str) -> None:
    with pytest.raises(UsageError, match="--question"):
        scaffold.files("echo", question, "Easy")


def test_where_solutions_are_put_away_the_way_back_is_told(repository: Path) -> None:
    assert not (repository / "solutions").exists()
    done = kata("new", "naive_bayes", cwd=repository)
    assert done.returncode == 2
    assert "make author" in done.stderr
    assert not (repository / "exercises/naive_bayes").exists()


def test_the_files_are_formatted_as_the_project_is(laid_out: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--check", "--line-length=100", str(laid_out)],
        check=True,
    )
