"""`kata` as a command: what it prints, the JSON document, and how it exits."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from workbench import ROOT, has_ended, kata

RIGHT = "def echo(value):\n    return value\n"
WRONG = "def echo(value):\n    return 0\n"


def stub(repository: Path) -> Path:
    return repository / "exercises/echo/echo.py"


def test_nothing_started_is_no_failure_and_says_what_to_do(repository: Path) -> None:
    done = kata("check", cwd=repository)
    assert done.returncode == 0
    assert "  echo  Easy      5 min  not started" in done.stdout
    assert "Next: open exercises/echo/echo.py" in done.stdout


def test_an_accepted_answer_exits_with_0(repository: Path) -> None:
    stub(repository).write_text(RIGHT)
    done = kata("check", "echo", cwd=repository)
    assert (done.returncode, done.stderr) == (0, "")
    assert "All 3 properties hold" in done.stdout


def test_a_wrong_answer_exits_with_1(repository: Path) -> None:
    stub(repository).write_text(WRONG)
    assert kata("check", cwd=repository).returncode == 1


def test_an_exception_that_no_file_could_hold_is_a_verdict_in_every_format(
    repository: Path,
) -> None:
    stub(repository).write_text('def echo(value):\n    raise ValueError("\\ud800")\n')
    formats = ("json", "junit", "github", "gradescope", "exercism")
    files = [part for name in formats for part in ("--write", f"{name}=found.{name}")]
    done = kata("check", "echo", *files, cwd=repository)
    assert (done.returncode, done.stderr) == (1, "")
    for name in formats:
        assert "\ufffd" in (repository / f"found.{name}").read_text()


def test_a_file_that_cannot_be_read_is_no_version_to_come_back_to(repository: Path) -> None:
    stub(repository).write_text(RIGHT + "#" * (1 << 20))
    assert kata("check", "echo", cwd=repository).returncode == 1
    told = kata("attempts", "echo", cwd=repository).stdout
    assert "No version of echo has been graded yet" in told


def test_what_to_mend_is_named_from_the_root_of_the_clone_wherever_that_is(
    repository: Path, tmp_path: Path
) -> None:
    stub(repository).write_text(WRONG)
    clone = tmp_path / "exercises/clone"
    clone.parent.mkdir()
    repository.rename(clone)
    assert "Next: mend exercises/echo/echo.py" in kata("check", "echo", cwd=clone).stdout


def test_a_fault_of_the_grader_exits_with_2(repository: Path) -> None:
    stub(repository).write_text(RIGHT)
    grader = repository / "graders/test_echo.py"
    grader.write_text(grader.read_text() + "\n\ndef test_x(submission):\n    assert False\n")
    done = kata("check", "echo", cwd=repository)
    assert done.returncode == 2
    assert "The grader itself failed, so this says nothing about your code" in done.stdout


def test_a_grader_that_cannot_be_imported_exits_with_2(repository: Path) -> None:
    stub(repository).write_text(RIGHT)
    (repository / "graders/test_echo.py").write_text("import no_such_module\n")
    done = kata("check", "echo", cwd=repository)
    assert done.returncode == 2
    assert "no_such_module" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "ecko"], "kata: No kata is called 'ecko'. Did you mean echo?\n"),
        (["check", "--fil"], "kata: No such option '--fil'. Did you mean '--file'?"),
        (["check", "--examples", "0"], "kata: Invalid value for '--examples'"),
        (["chek"], "kata: No such command 'chek'."),
        (["hint"], "kata: Which kata? For example: make hint EX=kmeans\n"),
        (["restore"], "kata: Which kata? For example: .venv/bin/kata restore kmeans 3\n"),
        (["check", "exercises/ecko/ecko.py"], "kata: No kata is called 'ecko'. Did you mean echo?"),
        (["next", "echo"], "kata: Got unexpected extra argument (echo). See .venv/bin/kata"),
        (["completion"], "kata: Missing argument '{bash|zsh|fish}'. Choose from: bash, zsh, fish."),
        (["check", "--file", "x.py"], "kata: --file needs the name of one kata"),
        (["check", "echo", "--file", "x.py"], "kata: There is no file x.py.\n"),
        *(
            (["mock", "echo", "--minutes", minutes], "kata: An interview takes more than 0 and at")
            for minutes in ("nan", "inf", "0", "-1")
        ),
    ],
)
def test_a_usage_error_is_one_line_and_exits_with_2(
    repository: Path, arguments: list[str], message: str
) -> None:
    done = kata(*arguments, cwd=repository)
    assert done.returncode == 2
    assert done.stderr.startswith(message)
    assert done.stderr.count("\n") == 1
    assert not done.stdout
    assert not (repository / "mock").exists()


@pytest.mark.parametrize("command", ["check", "status", "next"])
def test_a_full_disk_is_told_in_one_line(repository: Path, command: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kata", command],
            cwd=repository,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    said = "kata: What there is to say cannot be written: no space is left on the device.\n"
    assert (done.returncode, done.stderr) == (2, said)


@pytest.mark.parametrize("path", ["exercises/echo/echo.py", "exercises/echo/", "./exercises/echo"])
def test_a_path_that_the_shell_has_completed_names_the_kata(repository: Path, path: str) -> None:
    (repository / "exercises/echo/hints.md").write_text("## Hint 1\nLook.\n")
    assert kata("hint", path, cwd=repository).stdout.startswith("Hint 1 of 1\n\nLook.\n")


def test_a_missing_grader_is_named(repository: Path) -> None:
    (repository / "graders/test_echo.py").unlink()
    done = kata("check", cwd=repository)
    assert done.returncode == 2
    assert done.stderr.startswith("kata: echo has no grader: ")


def test_a_grader_without_a_property_is_named(repository: Path) -> None:
    (repository / "graders/test_echo.py").write_text("")
    done = kata("check", cwd=repository)
    assert done.returncode == 2
    assert "states no property" in done.stderr


def test_a_grader_that_cannot_be_imported_does_not_keep_others_from_their_katas(
    repository: Path,
) -> None:
    stub(repository).write_text(RIGHT)
    other = repository / "exercises/other"
    shutil.copytree(repository / "exercises/echo", other)
    (other / "echo.py").rename(other / "other.py")
    (repository / "graders/test_other.py").write_text("import no_such_module\n")
    done = kata("check", cwd=repository)
    assert done.returncode == 2
    assert "no_such_module" in done.stdout
    assert "All 3 properties hold" in done.stdout


def large_descendants(process: int, size: int) -> list[int]:
    """The processes below this one that have at least `size` bytes in memory."""
    parents, pages = {}, {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):  # it may end meanwhile
            parents[int(entry.name)] = int(
                (entry / "stat").read_text().rpartition(")")[2].split()[1]
            )
            pages[int(entry.name)] = int((entry / "statm").read_text().split()[1])

    def descends(pid: int) -> bool:
        return pid == process or (pid in parents and descends(parents[pid]))

    page = os.sysconf("SC_PAGE_SIZE")
    return [pid for pid, count in pages.items() if count * page >= size and descends(pid)]


def test_ctrl_c_ends_it_without_a_verdict_and_leaves_no_process(repository: Path) -> None:
    # A worker can write nothing and be called nothing: that it is at work shows in its size.
    stub(repository).write_text(
        "import time\ndef echo(value):\n    held = b'x' * (400 << 20); time.sleep(3600)\n"
    )
    command = [sys.executable, "-m", "kata", "check", "echo"]
    process = subprocess.Popen(command, cwd=repository, stdout=subprocess.PIPE, text=True)
    while not (named := large_descendants(process.pid, 400 << 20)):
        assert process.poll() is None
    worker = named[0]
    process.send_signal(signal.SIGINT)
    text, _ = process.communicate()
    assert process.returncode == 1
    assert "accepted" not in text
    assert has_ended(worker)


def test_outside_of_a_clone_it_says_where_to_go(tmp_path: Path) -> None:
    done = kata("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "Change into your clone" in done.stderr


def test_it_works_from_a_folder_below_the_root(repository: Path) -> None:
    assert kata("check", "echo", cwd=repository / "exercises/echo").returncode == 0


@pytest.mark.parametrize(
    "source", [RIGHT, WRONG, "1 / 0", None], ids=["right", "wrong", "load", "stub"]
)
def test_the_json_document_keeps_its_schema(repository: Path, source: str | None) -> None:
    if source is not None:
        stub(repository).write_text(source)
    document = json.loads(kata("check", "--format", "json", cwd=repository).stdout)
    jsonschema.validate(document, json.loads((ROOT / "docs/check.schema.json").read_text()))
    assert document["format"] == 1


def test_the_json_document_tells_what_the_text_tells(repository: Path) -> None:
    stub(repository).write_text(WRONG)
    document = json.loads(kata("check", "echo", "--format", "json", cwd=repository).stdout)
    found = document["katas"][0]["properties"][0]
    assert found["name"] == "test_echo_returns_its_argument"
    assert found["sentence"] == "echo(value) is value."
    assert found["verdict"] == "wrong_answer"
    assert found["counterexample"]["call"] == "echo([3, 1, 2])"
    assert found["counterexample"]["returned"] == "0"


def test_the_same_code_gets_the_same_document_twice(repository: Path) -> None:
    stub(repository).write_text("def echo(value):\n    return value[:4]\n")

    def document() -> object:
        text = kata("check", "echo", "--format", "json", cwd=repository).stdout
        found = json.loads(text)["katas"][0]
        return [{**prop, "seconds": 0} for prop in found["properties"]]

    assert document() == document()


def test_the_seed_and_the_examples_can_be_chosen(repository: Path) -> None:
    stub(repository).write_text(RIGHT)

    def examples(*options: str) -> list[int]:
        text = kata("check", "echo", "--format", "json", *options, cwd=repository).stdout
        return [prop["examples"] for prop in json.loads(text)["katas"][0]["properties"]]

    assert examples("--seed", "5", "--examples", "7") == [8, 7, 0]


def test_the_program_beside_a_failure_shows_it(repository: Path) -> None:
    stub(repository).write_text(WRONG)
    text = kata("check", "echo", "--format", "json", cwd=repository).stdout
    program = json.loads(text)["katas"][0]["properties"][0]["counterexample"]["program"]
    done = subprocess.run(
        [sys.executable, program], cwd=repository, capture_output=True, text=True, check=True
    )
    assert done.stdout == "0\n"


def test_the_program_goes_away_when_the_property_holds(repository: Path) -> None:
    stub(repository).write_text(WRONG)
    kata("check", "echo", cwd=repository)
    assert list((repository / ".kata/echo").glob("*.py"))
    stub(repository).write_text(RIGHT)
    kata("check", "echo", cwd=repository)
    assert not list((repository / ".kata/echo").glob("*.py"))


def test_a_repository_that_cannot_be_written_to_is_graded_all_the_same(repository: Path) -> None:
    stub(repository).write_text(WRONG)
    (repository / ".kata").write_text("in the way")
    done = kata("check", "echo", cwd=repository)
    assert done.returncode == 1
    assert "wrong answer" in done.stdout


def test_graders_of_katas_not_begun_are_not_loaded(repository: Path) -> None:
    """With dozens of katas that would take longer than to grade the few that have been begun."""
    for name in ("call", "cry"):
        folder = repository / "exercises" / name
        shutil.copytree(repository / "exercises/echo", folder)
        (folder / "echo.py").rename(folder / f"{name}.py")
        (repository / f"graders/test_{name}.py").write_text(
            "raise ImportError('loaded')\n\ndef test_one(submission):\n"
            '    """It\n    holds.\n\n    And more."""\n'
        )
    (repository / "exercises/cry/cry.py").write_text("def cry(value): return value\n")
    (repository / "exercises/echo/echo.py").write_text("def echo(value): return value\n")
    done = kata("check", "--format", "json", cwd=repository)
    found = {one["slug"]: one for one in json.loads(done.stdout)["katas"]}
    verdicts = {slug: one["verdict"] for slug, one in found.items()}
    assert verdicts == {"echo": "accepted", "call": "not_started", "cry": "grader_error"}
    [stated] = found["call"]["properties"]
    assert (stated["name"], stated["sentence"]) == ("test_one", "It holds.")
    # Loaded when it is asked for.
    assert "ImportError: loaded" in kata("check", "call", cwd=repository).stdout


def test_a_pipe_and_no_color_and_a_dumb_terminal_get_plain_text(repository: Path) -> None:
    assert "\x1b" not in kata("check", cwd=repository).stdout


@pytest.mark.parametrize(
    ("setting", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
    ids=["terminal", "NO_COLOR", "dumb"],
)
def test_colour_is_for_terminals_that_want_it(
    repository: Path, setting: dict[str, str], coloured: bool
) -> None:
    ours, theirs = os.openpty()
    env = {**os.environ, "TERM": "xterm", **setting}
    if "NO_COLOR" not in setting:
        env.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "kata", "check"]
    subprocess.run(command, cwd=repository, env=env, stdout=theirs, check=True)
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        text = terminal.read(1 << 16) or b""
    assert (b"\x1b[" in text) == coloured
    assert b"not started" in text


def test_it_is_installed_as_a_command() -> None:
    command = Path(sys.executable).with_name("kata")
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("kata, version ")


def test_help_tells_what_the_exit_statuses_mean() -> None:
    assert "exit status is 0" in kata("check", "--help").stdout
