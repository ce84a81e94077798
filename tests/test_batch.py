"""Many submissions at once: who they are, what is kept, what one can do to the others."""

from __future__ import annotations

import contextlib
import csv
import functools
import json
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from workbench import ROOT, children, has_ended, kata

from kata import batch, cli, likeness, roster, submission
from kata.batch import Rules, Task
from kata.catalog import Kata
from kata.errors import CatalogError, SetupError, UsageError
from kata.fence import Level
from kata.gradebook import Gradebook, Record
from kata.proxy import Search
from kata.reports import gradebook as report
from kata.verdict import Failure, KataResult, PropertyResult, Verdict

RIGHT = "def echo(value):\n    return value\n"
WRONG = "def echo(value):\n    return 0\n"
ANSWERS = {
    "ada": RIGHT,
    "bob": WRONG,
    "dan": "def echo(value:\n",
    "eve": "import os\nos._exit(3)\n",
    "finn": "def echo(value):\n    raise NotImplementedError\n",
}
VERDICTS = {
    "ada": "accepted",
    "bob": "wrong_answer",
    "dan": "load_error",
    "eve": "load_error",
    "finn": "not_started",
    "gone": "load_error",
}


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A folder with a folder a person; one of them handed nothing in."""
    folder = tmp_path / "people"
    for name, text in ANSWERS.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "echo.py").write_text(text)
    (folder / "gone").mkdir()
    return folder


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def names(entries: tuple[roster.Entry, ...]) -> list[str]:
    return [entry.name for entry in entries]


# --- whose files -------------------------------------------------------------------------------


def test_a_folder_holds_a_folder_a_person_also_of_who_handed_nothing_in(people: Path) -> None:
    assert names(roster.find([str(people)], "echo")) == sorted(VERDICTS)


def test_a_pattern_files_and_one_persons_folder_name_the_same_people(people: Path) -> None:
    assert names(roster.find([f"{people}/*/echo.py"], "echo")) == sorted(ANSWERS)
    assert names(roster.find([str(people / "ada"), str(people / "bob/echo.py")], "echo")) == [
        "ada",
        "bob",
    ]


def test_a_folder_may_hold_a_file_a_person_and_another_name_is_found(tmp_path: Path) -> None:
    (tmp_path / "ada.py").write_text(RIGHT)
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob/my answer.py").write_text(RIGHT)
    (tmp_path / "notes.txt").touch()
    (tmp_path / ".git").mkdir()
    found = roster.find([str(tmp_path)], "echo")
    assert [(entry.name, entry.path.name) for entry in found] == [
        ("ada", "ada.py"),
        ("bob", "my answer.py"),
    ]


def test_what_a_mac_leaves_beside_a_file_is_no_second_answer(tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada/answer.py").write_text(RIGHT)
    (tmp_path / "ada/._answer.py").write_bytes(b"\0\5\x16\7")
    (entry,) = roster.find([str(tmp_path)], "echo")
    assert entry.path.name == "answer.py"


@contextlib.contextmanager
def as_somebody_else() -> Iterator[None]:
    """Without the rights of root, whom no mode of a file keeps out."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_folder_that_cannot_be_read_costs_its_person_alone() -> None:
    with tempfile.TemporaryDirectory() as name:
        people = Path(name)
        people.chmod(0o755)
        for person in ("ada", "bob"):
            (people / person).mkdir()
            (people / person / "echo.py").write_text(RIGHT)
        (people / "bob").chmod(0)
        with as_somebody_else():
            ada, bob = roster.find([name], "echo")
            assert submission.read(ada.path).text == RIGHT.encode()
            with pytest.raises(
                submission.Unreadable, match=r"echo\.py cannot be opened: Permission"
            ):
                submission.read(bob.path)
        (people / "bob").chmod(0o700)


def test_where_nobody_can_be_found_out_the_folder_is_named() -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name, "people").mkdir()
        Path(name).chmod(0)
        with as_somebody_else(), pytest.raises(UsageError, match="cannot be read: Permission"):
            roster.find([f"{name}/people"], "echo")
        Path(name).chmod(0o700)


def test_a_link_in_a_circle_costs_its_person_alone(tmp_path: Path, settled: Rules) -> None:
    people = tmp_path / "people"
    people.mkdir()
    (people / "ada.py").symlink_to("ada.py")
    (people / "bob.py").write_text(RIGHT)
    ada, bob = roster.find([str(people)], "echo")
    assert isinstance(batch.read_in(ada, settled), Record)
    assert not isinstance(batch.read_in(bob, settled), Record)


def test_one_file_is_one_submission_and_two_people_of_one_name_are_told_apart(
    tmp_path: Path,
) -> None:
    for term in ("spring", "autumn"):
        (tmp_path / term / "ada").mkdir(parents=True)
        (tmp_path / term / "ada/echo.py").write_text(RIGHT)
    spring, autumn = str(tmp_path / "spring"), str(tmp_path / "autumn")
    assert names(roster.find([spring, spring], "echo")) == ["ada"]
    assert names(roster.find([spring, autumn], "echo")) == [
        f"{spring}/ada/echo.py",
        f"{autumn}/ada/echo.py",
    ]


def test_a_name_that_is_no_text_is_told_apart_and_can_be_written_down(tmp_path: Path) -> None:
    for name in (b"ad\xe9.py", b"ad\xe8.py"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(RIGHT)
    found = names(roster.find([str(tmp_path)], "echo"))
    assert found == ["ad\\xe8", "ad\\xe9"]


@pytest.mark.parametrize("argument", ["no/such", "no/*.py"])
def test_what_is_not_there_is_named(argument: str) -> None:
    with pytest.raises(UsageError, match="There is no file or folder no/"):
        roster.find([argument], "echo")


def test_an_empty_folder_is_told_what_to_hold(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no submission: a folder a person with echo\.py"):
        roster.find([str(tmp_path)], "echo")


def test_a_link_out_of_the_folder_is_not_read(tmp_path: Path, settled: Rules) -> None:
    (tmp_path / "secret").write_text("password = 1\n")
    (tmp_path / "people/mallory").mkdir(parents=True)
    (tmp_path / "people/mallory/echo.py").symlink_to(tmp_path / "secret")
    (entry,) = roster.find([str(tmp_path / "people")], "echo")
    record = batch.read_in(entry, settled)
    assert isinstance(record, Record)
    assert record.result.verdict is Verdict.LOAD_ERROR
    assert "a link out of the folder" in str(record.result.properties[0].failure)


# --- what is kept ------------------------------------------------------------------------------


@pytest.fixture
def settled(echo: Kata) -> Rules:
    """The rules of a batch for the kata `echo`."""
    return batch.rules(echo, Search(shrink=False), None, Level.NONE)


def record(name: str, verdict: Verdict = Verdict.WRONG_ANSWER, digest: str = "d1") -> Record:
    failure = None if verdict is Verdict.ACCEPTED else Failure("It is 0 \ud800.", printed="é\n")
    prop = PropertyResult("test_a", "A holds.", verdict, 5, 0.25, failure=failure)
    return Record(name, digest, KataResult("echo", f"/x/{name}/echo.py", (prop,)), (1, 2, 3))


def test_a_record_survives_the_file(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    one, other = record("ada", Verdict.ACCEPTED), record("bob")
    with Gradebook(path, "c") as book:
        for each in (one, other, one):
            book.append(each)
    with Gradebook(path, "c") as book:
        found = list(book.records())
    assert found[0] == one
    assert [each.key for each in found] == [("ada", "d1"), ("bob", "d1")]


@pytest.mark.parametrize("length", [1, 9, 40, 200])
def test_a_torn_last_line_is_removed_and_nothing_else(tmp_path: Path, length: int) -> None:
    path = tmp_path / "r.jsonl"
    with Gradebook(path, "c") as book:
        book.append(record("ada"))
        whole = path.read_bytes()
        book.append(record("bob"))
    text = path.read_bytes()
    path.write_bytes(text[: len(whole) + length])
    with Gradebook(path, "c") as book:
        assert book.known == {("ada", "d1")}
        book.append(record("bob"))
    assert path.read_bytes() == text


def test_a_last_line_that_lacks_only_its_end_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    with Gradebook(path, "c") as book:
        book.append(record("ada"))
    text = path.read_bytes()
    path.write_bytes(text[:-1])
    with Gradebook(path, "c") as book:
        assert book.known == {("ada", "d1")}
    assert path.read_bytes() == text


def test_the_first_line_may_be_torn_too(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'{"for')
    with Gradebook(path, "c") as book:
        assert not book.known
    assert path.read_bytes() == b""


@pytest.mark.parametrize("text", ["my notes", "my notes\n", '{"a": 1}\n', "[]\n", '{"format": 9'])
def test_another_file_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "notes"
    path.write_text(text)
    if text.startswith('{"format"'):
        Gradebook(path, "c").__exit__(None, None, None)
        return
    with pytest.raises(UsageError, match=r"Name another\s+file with --out"):
        Gradebook(path, "c")
    assert path.read_text() == text


def test_results_of_another_grader_are_not_mixed_in(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    with Gradebook(path, "c") as book:
        book.append(record("ada"))
    with pytest.raises(UsageError, match="not comparable"):
        Gradebook(path, "d")


def test_two_runs_do_not_write_to_one_file(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    with Gradebook(path, "c"), pytest.raises(UsageError, match="another kata grade"):
        Gradebook(path, "c")


# --- how alike ---------------------------------------------------------------------------------

KMEANS = (ROOT / "solutions/kmeans/reference.py").read_bytes()


def test_names_comments_annotations_and_layout_make_no_difference() -> None:
    disguised = KMEANS.replace(b"centroids", b"middles").replace(b"labels", b"names")
    disguised = b"# Mine alone.\nimport os\n" + disguised.replace(b" -> int:", b":")
    assert likeness.shape(disguised) == likeness.shape(KMEANS)


def test_answers_by_other_routes_are_not_alike_and_disguised_copies_are() -> None:
    answers = sorted((ROOT / "solutions/kmeans/accepted").glob("*.py"))
    shapes = {path.stem: likeness.shape(path.read_bytes()) for path in answers}
    assert len(shapes) > 5
    assert likeness.groups(shapes) == []
    edited = KMEANS.replace(b"max_iter", b"most").replace(
        b"    return", b"    done = 1\n    return", 1
    )
    shapes |= {"copy": likeness.shape(edited), "original": likeness.shape(KMEANS)}
    (group,) = likeness.groups(shapes)
    assert group.names == ("copy", "original")
    assert likeness.ALIKE <= group.least < 1


@pytest.mark.parametrize(
    "text",
    [b"def f(:", b"x = 1\n", b"\x00", b"(" * 100_000, b"x = 1\n" * 40_000, b"\xff\xfe"],
    ids=["broken", "short", "null", "deep", "long", "binary"],
)
def test_what_has_no_shape_is_like_nothing(text: bytes) -> None:
    assert likeness.shape(text) == ()
    assert likeness.groups({"a": (), "b": ()}) == []


# --- the summary -------------------------------------------------------------------------------


def test_a_name_is_no_formula_and_steers_no_terminal() -> None:
    counted = report.tally([record("=cmd|' /C calc'!A0"), record("\x1b[2Jbob")])
    text = report.table(counted, [])
    assert [row[0] for row in csv.reader(text.splitlines())][1:] == [
        "�[2Jbob",
        "'=cmd|' /C calc'!A0",
    ]
    groups = [likeness.Group(("\x1b[2Jbob", "x" * 200), 0.95)]
    assert "\x1b" not in report.summary("echo", counted, groups)


def test_what_was_never_tried_says_nothing_about_what_to_teach() -> None:
    found = [record("a"), record("b", Verdict.ACCEPTED), record("c", Verdict.LOAD_ERROR)]
    text = report.summary("echo", report.tally(found), [])
    assert "3 submissions, 1 accepted" in text
    assert "  1 of 2        A holds." in text


def test_grading_a_class_needs_nothing_that_only_contributors_have() -> None:
    code = "import sys, kata.batch, kata.cluster, kata.progress, kata.reports.gradebook"
    code += "; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"libcst", "mutmut", "sklearn", "distributed", "dask"} & set(done.stdout.split())


# --- one process -------------------------------------------------------------------------------


def task(name: str, text: str, settled: Rules, people: Path) -> Task:
    (people / name).mkdir(exist_ok=True)
    (people / name / "echo.py").write_text(text)
    made = batch.read_in(roster.Entry(name, people / name / "echo.py"), settled)
    assert isinstance(made, Task)
    return made


def test_an_answer_after_every_kind_of_wrong_one_is_graded_like_a_first(
    settled: Rules, people: Path
) -> None:
    for name, text in (*ANSWERS.items(), ("hangs", "def echo(value):\n    while True: pass\n")):
        found = batch.grade(task(name, text, settled, people)).result
        assert found.verdict.value == VERDICTS.get(name, "time_limit_exceeded")
        assert batch.grade(task("right", RIGHT, settled, people)).result.verdict == "accepted"


def test_a_sandbox_whose_process_has_ended_is_replaced(settled: Rules, people: Path) -> None:
    right = task("ada", RIGHT, settled, people)
    batch.grade(right)
    (sandbox,) = (each for (root, _), each in batch._sandboxes.items() if root == settled.kata.root)
    sandbox._process.kill()
    sandbox._process.wait()
    assert batch.grade(right).result.verdict is Verdict.ACCEPTED


def test_a_machine_with_another_grader_is_refused(settled: Rules, people: Path) -> None:
    ours = task("ada", RIGHT, settled, people)
    settled.kata.grader.write_text(settled.kata.grader.read_text() + "\n# Changed.\n")
    with pytest.raises(SetupError, match="has another version of kata"):
        batch.grade(ours)


def test_a_grader_that_cannot_be_used_stops_it_before_anything_is_graded(echo: Kata) -> None:
    echo.grader.write_text("import no_such_module\n")
    with pytest.raises(CatalogError, match="cannot be imported: ModuleNotFoundError"):
        batch.rules(echo, Search(), None, Level.NONE)


# --- many processes ----------------------------------------------------------------------------


def deadly(task: Task) -> Record:
    """Stands for a grader that some submissions bring down, as no submission is known to."""
    if b"poison" in task.source.text:
        os._exit(9)
    if b"bug" in task.source.text:
        raise RuntimeError("a bug")
    return Record(task.name, task.source.digest, KataResult("echo", "", (GOOD,)))


GOOD = PropertyResult("test_a", "A holds.", Verdict.ACCEPTED)


def test_what_brings_its_process_down_costs_no_other_submission_its_result(
    settled: Rules, people: Path, tmp_path: Path
) -> None:
    for number in range(12):
        task(f"p{number:02}", RIGHT, settled, people)
    task("mallory", "poison", settled, people)
    task("max", "bug", settled, people)
    engine, slots = batch.processes(2)
    entries = roster.find([str(people)], "echo")
    with Gradebook(tmp_path / "r.jsonl", settled.context) as book:
        told: list[tuple[str, int, int]] = []
        current = batch.take_up(
            entries, settled, book, engine, slots, lambda *each: told.append(each), deadly
        )
        found = {each.name: each.result for each in book.records()}
    assert len(current) == len(found) == len(entries) == len(told)
    assert told[-1] == ("echo", len(entries), len(entries))
    faults = {name for name, result in found.items() if result.verdict is Verdict.GRADER_ERROR}
    assert faults == {"mallory", "max"}
    assert "a bug" in str(found["max"].properties[0].failure)


def test_a_pool_that_breaks_between_two_submissions_costs_neither_its_result(
    settled: Rules, people: Path
) -> None:
    """A process may end before the pool knows: it refuses the next submission then."""
    made = []

    class Breaks(ThreadPoolExecutor):
        def submit(self, work: Any, *given: Any) -> Future[Any]:  # type: ignore[override]
            made.append(self)
            if len(made) in (2, 5):
                raise BrokenExecutor("A process in the pool was ended.")
            return super().submit(work, *given)

    kept: list[Record] = []
    tasks = [task(f"p{number}", RIGHT, settled, people) for number in range(6)]
    batch.run(tasks, lambda: Breaks(1), 2, kept.append, deadly)
    assert sorted(each.name for each in kept) == [f"p{number}" for number in range(6)]
    assert all(each.result.verdict is Verdict.ACCEPTED for each in kept)
    assert len(set(map(id, made))) > 1


def test_a_scheduler_that_goes_away_is_no_fault_of_a_submission(
    settled: Rules, people: Path
) -> None:
    class Gone(ThreadPoolExecutor):
        def submit(self, *_: object, **__: object) -> Future[object]:  # type: ignore[override]
            future: Future[object] = Future()
            future.cancel()
            future.set_running_or_notify_cancel()
            return future

    kept: list[Record] = []
    with pytest.raises(SetupError, match="The scheduler is gone"):
        batch.run([task("ada", RIGHT, settled, people)], Gone, 1, kept.append)
    assert not kept


def test_tasks_are_taken_as_there_is_room_however_many_there_are(
    settled: Rules, people: Path
) -> None:
    right = task("ada", RIGHT, settled, people)
    taken = kept = most = 0

    def endless() -> Iterator[Task]:
        nonlocal taken, most
        for _ in range(200):
            taken += 1
            most = max(most, taken - kept)
            yield right

    def keep(_: Record) -> None:
        nonlocal kept
        kept += 1

    engine, slots = batch.processes(2)
    batch.run(endless(), engine, slots, keep, deadly)
    assert kept == 200
    assert most <= 2 * slots


# --- the command -------------------------------------------------------------------------------


def test_everybody_gets_a_line_and_the_summary_says_what_most_of_them_miss(
    repository: Path, people: Path
) -> None:
    done = kata("grade", str(people), "--kata", "echo", "--out", "r.jsonl", cwd=repository)
    assert (done.returncode, done.stderr) == (0, "")
    assert {each["name"]: each["verdict"] for each in lines(repository / "r.jsonl")} == VERDICTS
    assert "echo: 6 submissions, 1 accepted" in done.stdout
    assert "  1 of 2        echo(value) is value." in done.stdout
    assert "6 graded now, 0 before: r.jsonl and r.csv" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    with (repository / "r.csv").open(newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert {name: row["verdict"] for name, row in rows.items()} == VERDICTS
    assert rows["bob"]["held"] == "1"
    assert rows["bob"]["test_echo_takes_text"] == "wrong_answer"


def test_the_table_says_what_is_wrong_and_the_summary_what_was_passed_over(
    repository: Path, tmp_path: Path
) -> None:
    people = tmp_path / "flat"
    (people / "cy").mkdir(parents=True)
    (people / "ada.py").write_text(RIGHT)
    (people / "bob.py").write_text("def echo(value:\n")
    for other in ("dan.ipynb", "eve.txt", ".hidden", "ada.md"):
        (people / other).write_text("")
    command = ("grade", str(people), "--kata", "echo", "--out", str(people / "cy/../r.jsonl"))
    kata(*command, cwd=repository)
    done = kata(*command, cwd=repository)  # its own results lie beside the answers by now
    assert "only .py files are graded: ada.md, dan.ipynb, eve.txt\n" in done.stdout
    with (people / "r.csv").open(newline="") as file:
        why = {row["name"]: row["why"] for row in csv.DictReader(file)}
    assert why["ada"] == ""
    assert why["bob"].startswith("bob.py is not valid Python: ")
    assert why["cy"] == "There is no echo.py."


def test_ctrl_c_says_at_once_that_it_is_stopping() -> None:
    told: list[str] = []

    def keep(_: Record) -> None:
        raise KeyboardInterrupt

    engine, slots = batch.processes(1)
    with pytest.raises(KeyboardInterrupt):
        batch.run([record("ada")], engine, slots, keep, stopping=lambda: told.append("stopping"))
    assert told == ["stopping"]


def test_started_again_it_grades_what_is_missing_or_new_and_changes_no_line(
    repository: Path, people: Path
) -> None:
    command = ("grade", str(people), "--kata", "echo", "--out", "r.jsonl")
    kata(*command, cwd=repository)
    before = (repository / "r.jsonl").read_bytes()
    (people / "bob/echo.py").write_text(RIGHT)
    done = kata(*command, cwd=repository)
    assert "echo: 6 submissions, 2 accepted" in done.stdout
    assert "1 graded now, 5 before" in done.stdout
    after = (repository / "r.jsonl").read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == 7


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["people", "--kata", "ecko"], "No kata is called 'ecko'. Did you mean echo?"),
        (["nobody", "--kata", "echo"], "There is no file or folder nobody."),
        (["people", "--kata", "echo", "--sandbox", "none"], "The sandbox level on "),
        (["people"], "Which kata? For example: .venv/bin/kata grade submissions/ --kata kmeans"),
        (["--kata", "echo"], "Missing argument 'SUBMISSIONS...'."),
        (["people", "--kata", "echo", "--out", "a.csv"], "a.csv is where the CSV would go"),
    ],
)
def test_a_wrong_command_is_one_line_and_status_2(
    repository: Path, people: Path, options: list[str], message: str
) -> None:
    (repository / "people").symlink_to(people)
    done = kata("grade", "--out", "r.jsonl", *options, cwd=repository)
    assert done.returncode == 2
    assert done.stderr.startswith(f"kata: {message}")
    assert done.stderr.count("\n") == 1


def test_below_the_level_it_says_how_to_go_on_and_then_goes_on(
    repository: Path, people: Path
) -> None:
    command = ["grade", str(people / "ada"), "--kata", "echo", "--out", "r.jsonl"]
    command += ["--sandbox", "none"]
    refused = kata(*command, cwd=repository)
    assert "To go on all the same: --require-sandbox none" in refused.stderr
    assert not (repository / "r.jsonl").exists()
    done = kata(*command, "--require-sandbox", "none", cwd=repository)
    assert "1 submission, 1 accepted" in done.stdout


def test_a_terminal_is_shown_how_far_it_has_come(repository: Path, people: Path) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "kata", "grade", str(people), "--kata", "echo"]
    command += ["--out", "r.jsonl", "--processes", "1"]
    env = {**os.environ, "TERM": "xterm"}
    process = subprocess.Popen(command, cwd=repository, env=env, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # how Linux says that nobody writes any more
        while part := os.read(ours, 1 << 16):
            shown += part
    os.close(ours)
    assert process.wait() == 0
    assert b"6/6" in shown
    assert b"echo: 6 submissions, 1 accepted" in shown


def started(repository: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kata", "grade", *options]
    return subprocess.Popen(
        command,
        cwd=repository,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_until(process: subprocess.Popen[str], condition: Callable[[], bool]) -> None:
    """Look again whenever a twentieth of a second has passed, until it is so or has ended."""
    with os.fdopen(os.pidfd_open(process.pid)) as ended:
        while not condition():
            assert not select.select([ended], [], [], 0.05)[0], process.communicate()


def has_lines(path: Path, least: int) -> bool:
    return path.exists() and path.read_bytes().count(b"\n") >= least


def below(process: int) -> list[int]:
    """All processes that descend from this one."""
    found = [process]
    for pid in found:
        for entry in Path(f"/proc/{pid}/task").glob("*/children"):
            found += map(int, entry.read_text().split())
    return found[1:]


def test_killed_again_and_again_it_loses_no_result_and_doubles_none(
    repository: Path, people: Path
) -> None:
    for number in range(8):
        (people / f"p{number}").mkdir()
        (people / f"p{number}/echo.py").write_text(RIGHT)
    everybody = {*VERDICTS, *(f"p{number}" for number in range(8))}
    out = repository / "r.jsonl"
    options = (str(people), "--kata", "echo", "--out", "r.jsonl", "--processes", "2")
    kept = b""
    for least in (1, 4, 9):
        process = started(repository, *options)
        wait_until(process, functools.partial(has_lines, out, least))
        others = below(process.pid)
        process.kill()
        process.communicate()
        assert all(map(has_ended, others))
        assert out.read_bytes().startswith(kept)
        # As if the power had gone while a line was written.
        kept = out.read_bytes()[: out.read_bytes().rfind(b"\n") + 1]
        with out.open("ab") as file:
            file.write(kept.splitlines()[0][:70])
    done = kata("grade", *options, cwd=repository)
    assert done.returncode == 0, done.stderr
    assert out.read_bytes().startswith(kept)
    found = [str(each["name"]) for each in lines(out)]
    assert len(found) == len(set(found))
    assert set(found) == everybody


def test_ctrl_c_says_that_the_same_command_goes_on(repository: Path, people: Path) -> None:
    options = (str(people), "--kata", "echo", "--out", "r.jsonl", "--processes", "1")
    process = started(repository, *options)
    out = repository / "r.jsonl"
    wait_until(process, functools.partial(has_lines, out, 1))
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 2
    assert said.startswith("kata: Stopped after ")
    assert said.endswith("The same command goes on from there.\n")
    found = [each["name"] for each in lines(out)]
    assert len(found) == len(set(found)) < len(VERDICTS)


def test_ctrl_c_reaches_no_process_that_is_still_starting(repository: Path, people: Path) -> None:
    process = started(repository, str(people), "--kata", "echo", "--out", "r.jsonl")
    starting: list[int] = []

    def begun() -> bool:
        for pid in children(process.pid):
            with contextlib.suppress(FileNotFoundError):  # it has ended meanwhile
                if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    starting.append(pid)
        return bool(starting)

    try:
        wait_until(process, begun)
        status = Path(f"/proc/{starting[0]}/status").read_text()
    finally:
        process.kill()
        process.communicate()
    masks = [int(mask, 16) for mask in re.findall(r"Sig(?:Blk|Ign):\t(\w+)", status)]
    assert len(masks) == 2
    assert (masks[0] | masks[1]) >> (signal.SIGINT - 1) & 1


# --- more machines than one --------------------------------------------------------------------


def test_a_scheduler_that_does_not_answer_is_one_line_and_status_2(
    repository: Path,
    people: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # In this process, so that it need not be waited for as long as a user would.
    monkeypatch.setattr("kata.cluster.CONNECT_SECONDS", 0.2)
    monkeypatch.chdir(repository)
    options = ["--kata", "echo", "--out", "r.jsonl", "--scheduler", "tcp://127.0.0.1:1"]
    with pytest.raises(SystemExit) as ended:
        cli.main(["grade", str(people), *options], prog_name="kata")
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("kata: No scheduler answers")
    assert said.count("\n") == 1


def test_a_worker_of_the_cluster_that_is_killed_costs_no_result(
    repository: Path, people: Path, tmp_path: Path
) -> None:
    for number in range(20):
        (people / f"p{number}").mkdir()
        (people / f"p{number}/echo.py").write_text(RIGHT)
    everybody = {*VERDICTS, *(f"p{number}" for number in range(20))}
    told = tmp_path / "scheduler.json"
    with ExitStack() as stack:

        def run(*command: str) -> subprocess.Popen[bytes]:
            module = [sys.executable, "-m", "distributed.cli." + command[0], *command[1:]]
            process = subprocess.Popen(
                module, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        loopback = ("--host", "127.0.0.1")
        scheduler = run(
            *("dask_scheduler", *loopback, "--port", "0", "--no-dashboard"),
            *("--scheduler-file", str(told)),
        )
        with os.fdopen(os.pidfd_open(scheduler.pid)) as ended:
            while not (told.exists() and told.read_text().endswith("}")):
                assert not select.select([ended], [], [], 0.05)[0]
        address = json.loads(told.read_text())["address"]
        workers = [
            run(
                "dask_worker", address, *loopback, "--nthreads", "1", "--no-nanny", "--no-dashboard"
            )
            for _ in range(2)
        ]
        from distributed import Client  # noqa: PLC0415 an extra

        with Client(address) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(2, timeout=120)
        options = (str(people), "--kata", "echo", "--out", "r.jsonl", "--scheduler", address)
        process = started(repository, *options)
        out = repository / "r.jsonl"
        wait_until(process, functools.partial(has_lines, out, 3))
        workers[0].kill()
        text, said = process.communicate()
        assert process.returncode == 0, said
        assert "26 graded now" in text
    found = lines(out)
    assert len({(each["name"], each["digest"]) for each in found}) == len(found)
    assert {each["name"] for each in found} == everybody
