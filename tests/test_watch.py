"""`kata watch` on a real terminal, with real saves: what it grades, what it obeys, how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import termios
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from terminals import Terminal, kata_command
from workbench import children, has_ended

from kata import watch
from kata.aside import Aside
from kata.catalog import Kata
from kata.saves import TICK

RIGHT = "def echo(value):\n    return value\n"
WRONG = "def echo(value):\n    return 0\n"
PROMPT = "h hint   r replay   q quit"

Save = Callable[[Path, str], None]


def in_place(path: Path, text: str) -> None:
    """As nano, IDLE and VS Code save."""
    with path.open("r+") as file:
        file.truncate()
        file.write(text)


def by_rename(path: Path, text: str) -> None:
    """As JetBrains' editors, gedit and Kate save."""
    other = path.with_name(f".{path.name}.new")
    other.write_text(text)
    other.replace(path)


def with_a_backup(path: Path, text: str) -> None:
    """As Vim and Emacs save: the file is away for a moment."""
    backup = path.with_name(path.name + "~")
    path.rename(backup)
    path.write_text(text)
    backup.unlink()


SAVES = [in_place, by_rename, with_a_backup]


def stub(repository: Path) -> Path:
    return repository / "exercises/echo/echo.py"


@pytest.fixture
def watched(repository: Path) -> Iterator[Terminal]:
    """A terminal in which `echo` is watched, and its first verdict has been given."""
    with Terminal(*kata_command("watch", "echo"), cwd=repository) as terminal:
        terminal.wait_for("not started")
        terminal.wait_for(PROMPT)
        yield terminal


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_every_save_is_graded_however_the_editor_saves(
    watched: Terminal, repository: Path, save: Save
) -> None:
    for text, words in ((WRONG, "wrong answer"), (RIGHT, "All 3 properties"), (WRONG, "wrong a")):
        save(stub(repository), text)
        watched.wait_for(words)
        watched.wait_for(PROMPT)


def test_a_save_during_a_check_is_not_missed(watched: Terminal, repository: Path) -> None:
    by_rename(stub(repository), "import time\ndef echo(value):\n    time.sleep(1.9)\n")
    watched.wait_for("checking echo")
    by_rename(stub(repository), RIGHT)
    watched.wait_for("All 3 properties hold")
    watched.wait_for(PROMPT)
    # Its sandbox has been replaced, and the next check does not notice.
    by_rename(stub(repository), WRONG)
    watched.wait_for("wrong answer")


def test_a_save_in_place_right_after_a_verdict_is_one_save(
    watched: Terminal, repository: Path
) -> None:
    for number in range(8):
        in_place(stub(repository), RIGHT + "#" * number + "\n")
        assert "broken off" not in watched.wait_for("All 3 properties hold")
        assert "broken off" not in watched.wait_for(PROMPT)


def test_a_tick_that_was_on_its_way_when_the_file_was_emptied_is_not_time(echo: Kata) -> None:
    begun: list[object] = []
    checks = SimpleNamespace(ended=None, running=False, stop=lambda: False, begin=begun.append)
    echo.stub.write_text("")
    told, telling = os.pipe()
    os.write(telling, TICK)
    os.close(telling)
    with os.fdopen(told), pytest.raises(RuntimeError, match="has ended"):
        watch._loop(echo, lambda _: 0, cast(Aside, checks), told, {}, None, "", print)
    assert not begun


def test_a_file_that_is_gone_or_empty_for_good_gets_a_verdict(
    watched: Terminal, repository: Path
) -> None:
    stub(repository).unlink()
    watched.wait_for("There is no echo.py.")
    watched.wait_for(PROMPT)
    by_rename(stub(repository), RIGHT)
    watched.wait_for("All 3 properties hold")


def test_an_edited_grader_strategy_and_kata_toml_count_at_once(
    watched: Terminal, repository: Path
) -> None:
    by_rename(stub(repository), RIGHT)
    watched.wait_for("All 3 properties hold")
    watched.wait_for(PROMPT)
    grader = repository / "graders/test_echo.py"
    strategies = repository / "graders/echo_strategies.py"
    by_rename(strategies, "WORD = 'one'\n")
    watched.wait_for(PROMPT)
    text = grader.read_text().replace(
        "import pytest", "import pytest\nfrom echo_strategies import WORD"
    )
    by_rename(grader, text + '\n\ndef test_more(submission):\n    """More."""\n    reject(WORD)\n')
    watched.wait_for("why       one")
    watched.wait_for(PROMPT)
    by_rename(strategies, "WORD = 'another'\n")
    watched.wait_for("why       another")
    watched.wait_for(PROMPT)
    facts = repository / "exercises/echo/kata.toml"
    by_rename(facts, facts.read_text().replace('"email"', '"email", "json"'))
    watched.wait_for(PROMPT)
    by_rename(stub(repository), "import json\n" + RIGHT)
    watched.wait_for("forbidden")
    watched.wait_for(PROMPT)
    by_rename(facts, "minutes = ")
    watched.wait_for("kata: ")
    watched.wait_for(PROMPT)


def test_what_failed_last_is_tried_first(watched: Terminal, repository: Path) -> None:
    in_place(stub(repository), "def echo(value):\n    return value[:4]\n")
    watched.wait_for("echo([0, 0, 0, 0, 0])")
    watched.wait_for(PROMPT)
    in_place(stub(repository), "def echo(value):\n    return value if len(value) != 5 else 0\n")
    watched.wait_for("echo([0, 0, 0, 0, 0])")


def test_the_property_that_failed_before_is_told_before_the_others_are_tried(
    watched: Terminal, repository: Path
) -> None:
    grader = repository / "graders/test_echo.py"
    last = (
        'def test_last(submission):\n    """Last."""\n    require(submission.echo(7) == 7, "No.")\n'
    )
    drawn = last.replace("(submission)", "(submission, value)").replace("7", "value")
    given = "\n\n@given(value=st.integers(0, 9))\n"
    # Eight seconds until a call on a list is given up, for a machine that is busy elsewhere.
    patient = grader.read_text().replace("@given", "@calls_within(8)\n@given")
    patient = patient.replace("import example", "import calls_within, example")
    by_rename(grader, patient + given + drawn)
    watched.wait_for(PROMPT)
    by_rename(stub(repository), "def echo(value):\n    return 0 if value == 8 else value\n")
    watched.wait_for("So far: wrong answer. Last.")
    watched.wait_for(PROMPT)
    slow = "import time\ndef echo(value):\n    if isinstance(value, list): time.sleep(9)\n"
    by_rename(stub(repository), slow + "    return value if isinstance(value, str) else 0\n")
    # The lists come first in the grader; and no other property fails that another process could be
    # done with sooner.
    watched.wait_for("So far: wrong answer. Last.")


def test_checks_of_a_watched_kata_are_recorded(watched: Terminal, repository: Path) -> None:
    by_rename(stub(repository), RIGHT)
    watched.wait_for("All 3 properties")
    watched.wait_for(PROMPT)
    done = subprocess.run(
        kata_command("attempts", "echo"), cwd=repository, capture_output=True, text=True, check=True
    )
    assert "accepted, 3 of 3 hold" in done.stdout


def test_one_key_each_gives_a_hint_replays_and_quits(watched: Terminal, repository: Path) -> None:
    (repository / "exercises/echo/hints.md").write_text("## Hint 1\nLook.\n")
    watched.type("h")
    watched.wait_for("Hint 1 of 1")
    watched.wait_for(PROMPT)
    by_rename(stub(repository), "def echo(value):\n    print('here I am')\n    return 0\n")
    watched.wait_for("wrong answer")
    watched.wait_for(PROMPT)
    watched.type("R")
    watched.wait_for("replay_echo.py:")
    watched.wait_for("here I am")
    watched.wait_for(PROMPT)
    watched.type("q")
    watched.wait_for("echo is no longer watched.")
    assert watched.end() == 0


def test_ctrl_c_in_a_replay_ends_that_and_watching_goes_on(
    watched: Terminal, repository: Path
) -> None:
    loop = "    print('here I am')\n    while sys.stdin.isatty(): pass\n"
    by_rename(stub(repository), f"import sys\ndef echo(value):\n{loop}    return 0\n")
    watched.wait_for("wrong answer")
    watched.wait_for(PROMPT)
    watched.type("r")
    watched.wait_for("here I am")
    watched.type("\x03")
    said = watched.wait_for(PROMPT)
    assert "KeyboardInterrupt" in said
    assert "Aborted" not in said
    by_rename(stub(repository), "def echo(value):\n    return value\n")
    watched.wait_for("accepted")
    watched.wait_for(PROMPT)
    watched.type("q")
    watched.wait_for("echo is no longer watched.")
    assert watched.end() == 0


def test_ctrl_c_reaches_nobody_who_is_still_starting(watched: Terminal) -> None:
    # Who is told by the terminal before it has begun to ignore that would say so in a traceback.
    group = os.getpgid(watched.process.pid)
    started = children(watched.process.pid)
    assert len(started) == 2  # the fork server, and who watches the folders
    assert group not in map(os.getpgid, started)


@pytest.mark.parametrize("busy", [False, True], ids=["waiting", "checking"])
def test_ctrl_c_ends_it_cleanly(watched: Terminal, repository: Path, busy: bool) -> None:
    if busy:
        by_rename(stub(repository), "def echo(value):\n    while True: pass\n")
        watched.wait_for("checking echo")
    started = children(watched.process.pid)
    assert len(started) == 2 + busy  # the fork server, who watches the folders, and the check
    watched.type("\x03")
    said = watched.wait_for("echo is no longer watched.")
    assert watched.end() == 0
    assert "Traceback" not in said
    assert all(map(has_ended, started))
    # The terminal is as it was: lines, with an echo.
    assert termios.tcgetattr(watched.theirs)[3] == watched.modes[3]


def test_who_watches_the_folders_ends_with_a_watch_that_was_killed(
    watched: Terminal,
) -> None:
    started = children(watched.process.pid)
    watched.process.send_signal(signal.SIGKILL)
    watched.process.wait()
    assert all(map(has_ended, started))


def test_without_a_keyboard_it_watches_all_the_same(repository: Path) -> None:
    process = subprocess.Popen(
        kata_command("watch", "echo"),
        cwd=repository,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    lines = iter(process.stdout)
    assert any("Ctrl-C quits" in line for line in lines)
    by_rename(stub(repository), RIGHT)
    assert any("All 3 properties hold" in line for line in lines)
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode == 0


def test_a_kata_that_is_not_there_is_one_line(repository: Path) -> None:
    done = subprocess.run(
        kata_command("watch", "ecko"), cwd=repository, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "kata: No kata is called 'ecko'. Did you mean echo?\n"
