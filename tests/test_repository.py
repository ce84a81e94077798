"""Hidden solutions, pristine stubs, versions that come back: in real git repositories."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from workbench import ROOT, kata

from kata import catalog, repository
from kata.catalog import Kata
from kata.journal import Journal
from kata.program import file_name
from kata.reports.terminal import LABEL, WIDTH

RIGHT = "def echo(value):\n    return value\n"
WRONG = "def echo(value):\n    return 0\n"


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture
def clone(repository: Path, tmp_path: Path) -> Path:
    """A learner's clone of a repository whose kata `echo` has solutions."""
    solutions = repository / "solutions/echo"
    solutions.mkdir(parents=True)
    (solutions / "reference.py").write_text(RIGHT)
    (solutions / "notes.md").write_text("# Notes on echo\n")
    (repository / ".gitignore").write_text(".kata/\n__pycache__/\nexercises/*/replay_*.py\n")
    git(repository, "init", "--quiet", "--initial-branch=main")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "the katas")
    git(tmp_path, "clone", "--quiet", str(repository), "clone")
    return tmp_path / "clone"


def stub(clone: Path) -> Path:
    return clone / "exercises/echo/echo.py"


def the_kata(clone: Path) -> Kata:
    return catalog.find(clone)[0]


def at_home(**more: str) -> dict[str, str]:
    """The environment of a learner's own machine, whatever runs these tests."""
    return {**{key: value for key, value in os.environ.items() if key != "CI"}, **more}


def test_the_first_check_puts_solutions_away_and_says_so_in_one_line(clone: Path) -> None:
    first, second = (kata("check", cwd=clone, env=at_home()) for _ in range(2))
    assert (first.returncode, first.stderr.count("\n")) == (0, 1)
    assert first.stderr.startswith("solutions/ is put away")
    assert len(first.stderr) <= 80  # a line of a terminal
    assert not (clone / "solutions").exists()
    assert (second.returncode, second.stderr) == (0, "")
    assert not git(clone, "status", "--porcelain")


def test_solutions_stay_in_ci(clone: Path) -> None:
    assert not kata("check", cwd=clone, env=at_home(CI="true")).stderr
    assert (clone / "solutions/echo/reference.py").exists()


@pytest.mark.parametrize("name", ["reference.py", "accepted_new.py"])
def test_solutions_with_local_changes_stay(clone: Path, name: str) -> None:
    (clone / "solutions/echo" / name).write_text("changed = True\n")
    assert not kata("check", cwd=clone, env=at_home()).stderr
    assert (clone / "solutions/echo" / name).read_text() == "changed = True\n"


def test_a_contributors_clone_gets_them_back_and_keeps_them(clone: Path) -> None:
    kata("check", cwd=clone, env=at_home())
    done = kata("author", cwd=clone)
    assert done.stdout.startswith("This clone is a contributor's")
    assert (clone / "solutions/echo/reference.py").read_text() == RIGHT
    assert not kata("check", cwd=clone, env=at_home()).stderr
    assert (clone / "solutions/echo/reference.py").exists()


def test_a_sparse_checkout_of_the_learners_own_is_left_alone(clone: Path) -> None:
    git(clone, "sparse-checkout", "set", "--no-cone", "/*")
    assert not kata("check", cwd=clone, env=at_home()).stderr
    assert (clone / "solutions").exists()


def test_without_git_everything_but_hiding_works(clone: Path) -> None:
    subprocess.run(["rm", "-rf", ".git"], cwd=clone, check=True)
    stub(clone).write_text(RIGHT)
    done = kata("check", cwd=clone, env=at_home())
    assert done.returncode == 0
    assert done.stderr.startswith("solutions/ stays in sight: this is no git clone")
    assert done.stderr.count("\n") == 1
    assert "# Notes on echo" in kata("reveal", "echo", cwd=clone).stdout


def test_hidden_solutions_are_in_reach_of_the_proof_and_only_there(clone: Path) -> None:
    repository.hide_solutions(clone)
    with repository.with_solutions(clone, [the_kata(clone)]) as (found,):
        assert (found.solutions / "reference.py").read_text() == RIGHT
    assert not found.solutions.exists()
    assert not (clone / "solutions").exists()


def test_the_solution_is_shown_after_acceptance_or_to_who_gives_up(clone: Path) -> None:
    kata("check", cwd=clone, env=at_home())
    refused = kata("reveal", "echo", cwd=clone)
    assert refused.returncode == 2
    assert "GIVE_UP=1" in refused.stderr
    assert RIGHT in kata("reveal", "echo", "--give-up", cwd=clone).stdout
    stub(clone).write_text(RIGHT)
    kata("check", cwd=clone, env=at_home())
    shown = kata("reveal", "echo", cwd=clone)
    assert "# Notes on echo" in shown.stdout
    with Journal(clone / ".kata") as journal:
        assert [event.kind.value for event in journal.events("echo")] == ["give_up", "reveal"]


def test_hints_come_one_at_a_time_and_are_remembered(clone: Path) -> None:
    (clone / "exercises/echo/hints.md").write_text("## Hint 1\nLook.\n\n## Hint 2\nReturn it.\n")
    texts = [kata("hint", "echo", cwd=clone).stdout for _ in range(3)]
    assert "Look." in texts[0]
    assert "Return it." not in texts[0]
    assert "Return it." in texts[1]
    assert "These are all" in texts[2]


def test_a_reset_brings_the_newest_committed_stub_back_and_loses_nothing(clone: Path) -> None:
    shipped = stub(clone).read_bytes()
    newer = shipped.replace(b'"""', b'"""Better worded. ', 1)
    for text in (newer, RIGHT.encode(), b"not python ("):
        stub(clone).write_bytes(text)
        git(clone, "commit", "--quiet", "-am", "a version")
    stub(clone).write_text("never graded = ")
    done = kata("reset", "echo", cwd=clone)
    assert stub(clone).read_bytes() == newer
    kept = done.stdout.split()[-1]
    assert "put aside, never graded" in kata("attempts", "echo", cwd=clone).stdout
    assert kata("restore", "echo", kept, cwd=clone).returncode == 0
    assert stub(clone).read_text() == "never graded = "


def test_every_graded_version_can_be_brought_back_by_its_number(clone: Path) -> None:
    for text in (WRONG, RIGHT):
        stub(clone).write_text(text)
        kata("check", "echo", cwd=clone, env=at_home())
    listed = kata("attempts", "echo", cwd=clone).stdout
    assert "wrong answer, " in listed
    assert "accepted, 3 of 3 hold" in listed
    assert kata("restore", "echo", "1", cwd=clone).returncode == 0
    assert stub(clone).read_text() == WRONG
    missing = kata("restore", "echo", "3", cwd=clone)
    assert (missing.returncode, missing.stderr.count("\n")) == (2, 1)


def test_a_version_is_listed_once_with_its_checks_and_whether_it_is_the_present_one(
    clone: Path,
) -> None:
    for text in (WRONG, WRONG, RIGHT, WRONG, "def echo(value):\n    return 1\n"):
        stub(clone).write_text(text)
        kata("check", "echo", cwd=clone, env=at_home())
    stub(clone).write_text(WRONG)
    listed = kata("attempts", "echo", cwd=clone).stdout.splitlines()
    told = [line.split("  ", 3)[-1] for line in listed[:-1]]
    assert len(told) == 3
    assert "3 of 3 hold" in told[0]
    assert told[1].endswith("; 3 checks; as it is now")
    assert "checks" not in told[0] + told[2]


def test_a_stub_that_was_deleted_comes_back_by_a_reset_that_says_so(clone: Path) -> None:
    stub(clone).unlink()
    assert kata("reset", "echo", cwd=clone).stdout.endswith("is there again, as the stub.\n")
    assert stub(clone).exists()
    assert kata("reset", "echo", cwd=clone).stdout.endswith("is the stub already.\n")


def test_a_clone_without_a_stub_in_its_history_is_told_so(clone: Path) -> None:
    git(clone, "checkout", "--quiet", "--orphan", "squashed")
    stub(clone).write_text(RIGHT)
    git(clone, "commit", "--quiet", "-am", "only answers")
    done = kata("reset", "echo", cwd=clone)
    assert done.returncode == 2
    assert "No committed version of exercises/echo/echo.py is a stub" in done.stderr
    assert stub(clone).read_text() == RIGHT


def test_a_journal_that_cannot_be_written_costs_no_verdict(clone: Path) -> None:
    stub(clone).write_text(RIGHT)
    (clone / ".kata").write_text("in the way")
    done = kata("check", "echo", cwd=clone, env=at_home(CI="true"))
    assert done.returncode == 0
    assert "All 3 properties hold" in done.stdout
    assert done.stderr.startswith("kata: this check was not recorded: ")


def test_the_last_counterexample_runs_beside_the_learners_file(clone: Path) -> None:
    stub(clone).write_text('def echo(value):\n    """Echo."""\n    print("here")\n    return 0\n')
    kata("check", "echo", cwd=clone, env=at_home())
    done = kata("replay", "echo", cwd=clone)
    assert done.returncode == 0
    assert done.stdout.startswith("here")
    assert not git(clone, "status", "--porcelain", "--", "exercises/echo/replay_echo.py")


def test_what_is_replayed_is_what_the_check_shows_first(clone: Path) -> None:
    stub(clone).write_text("def echo(value):\n    raise KeyError(value)\n")
    shown = kata("check", "echo", cwd=clone, env=at_home()).stdout
    program = re.search(r"\.kata/echo/\S+", shown)
    assert program is not None
    failing = [path.name for path in (clone / ".kata/echo").glob("*.py")]
    assert len(failing) > 1
    done = kata("replay", "echo", cwd=clone)
    replayed = clone / "exercises/echo/replay_echo.py"
    assert replayed.read_text() == (clone / program[0]).read_text()
    sentence = shown.splitlines()[4].strip()
    assert sentence in " ".join(done.stderr.split())


def test_another_file_that_is_graded_leaves_the_replay_as_it_was(clone: Path) -> None:
    stub(clone).write_text("def echo(value):\n    return 'mine'\n")
    kata("check", "echo", cwd=clone, env=at_home())
    other = clone / "other.py"
    other.write_text("def echo(value):\n    return 'theirs'\n")
    shown = kata("check", "echo", "--file", str(other), cwd=clone, env=at_home()).stdout
    assert kata("replay", "echo", cwd=clone).stdout == "mine\n"
    program = re.search(r"next +\S+ (\S+)", shown)
    assert program is not None
    done = subprocess.run(
        [sys.executable, program[1]], cwd=clone, capture_output=True, text=True, check=True
    )
    assert done.stdout == "theirs\n"


@pytest.mark.whole  # it takes the ten seconds that a replay has
def test_a_replay_of_an_endless_loop_is_stopped(clone: Path) -> None:
    stub(clone).write_text("def echo(value):\n    while True: pass\n")
    kata("check", "echo", cwd=clone, env=at_home())
    done = kata("replay", "echo", cwd=clone)
    assert done.returncode == 128 + signal.SIGXCPU
    assert "does a loop in it end?" in done.stderr


@pytest.mark.parametrize("own", [True, False])
def test_the_command_that_runs_a_counterexample_fits_a_terminal_80_wide(own: bool) -> None:
    for each in catalog.find(ROOT):
        name = file_name(each.slug, "test_" + "x" * 80, own=own)
        line = f"    {'next':<{LABEL}}.venv/bin/python .kata/{each.slug}/{name}"
        assert len(line) <= WIDTH, line


def test_the_debugger_stops_at_the_first_line_with_that_input(clone: Path) -> None:
    stub(clone).write_text('def echo(value):\n    """Echo."""\n    shown = value\n    return 0\n')
    kata("check", "echo", cwd=clone, env=at_home())
    done = subprocess.run(
        [*kata_command("replay", "echo", "--pdb")],
        cwd=clone,
        input="p 'stopped at', value\nq\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert "-> shown = value" in done.stdout
    assert "('stopped at', " in done.stdout


def kata_command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "kata", *arguments]


def test_replay_without_a_counterexample_says_what_finds_one(clone: Path) -> None:
    done = kata("replay", "echo", cwd=clone)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "make check EX=echo says what it is" in done.stderr


def test_the_board_and_the_advice_follow_what_was_done(clone: Path) -> None:
    assert "not started" in kata("status", cwd=clone).stdout
    assert "new to you" in kata("next", cwd=clone).stdout
    stub(clone).write_text(WRONG)
    kata("check", cwd=clone, env=at_home())
    board = kata("status", cwd=clone).stdout
    assert "wrong answer" in board
    assert max(map(len, board.splitlines())) <= 80
    assert "begun it and not finished" in kata("next", cwd=clone).stdout
