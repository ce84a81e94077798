"""What answers claim of themselves, and how grading bears it out or not."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from workbench import children, has_ended, kata

from kata import agreement, equivalent, ledger, mutant, repository, runs, verify
from kata import pool as pools
from kata.catalog import Kata
from kata.errors import CatalogError
from kata.fence import Level
from kata.pool import Finding, Job, Pool, Try
from kata.proof import Proof, margins, mutant_job, prove, used
from kata.proxy import Search
from kata.recall import Recall
from kata.reports import strength
from kata.sandbox import Sandbox
from kata.sandboxes import Sandboxes
from kata.verdict import Cost, Verdict
from kata.verify import Claim

RIGHT = '"""Right."""\ndef echo(value):\n    return value\n'
FIRST = "test_echo_returns_its_argument"


@pytest.fixture
def proven(echo: Kata) -> Kata:
    """The kata with a reference, an accepted and a rejected answer."""
    for folder in ("accepted", "rejected"):
        (echo.solutions / folder).mkdir(parents=True)
    (echo.solutions / "reference.py").write_text(RIGHT)
    (echo.solutions / "accepted/by_library.py").write_text(
        '"""By way of a library.\n\nuses: email.mime\n"""\n'
        "import email.mime\ndef echo(value):\n    return value\n"
    )
    (echo.solutions / "rejected/zero.py").write_text(
        f'"""Zero.\n\nverdict: wrong_answer\nproperty: {FIRST}\n"""\n'
        "def echo(value):\n    return 0\n"
    )
    return echo


def test_claims_are_read_from_the_docstrings(proven: Kata) -> None:
    reference, accepted, rejected = verify.claims(proven)
    assert (reference.verdict, accepted.verdict) == (Verdict.ACCEPTED, Verdict.ACCEPTED)
    assert accepted.uses == {"email.mime"}
    assert (rejected.verdict, rejected.property) == (Verdict.WRONG_ANSWER, FIRST)


def test_what_an_answer_imports_of_a_library_that_it_uses_is_known(proven: Kata) -> None:
    path: Path = proven.solutions / "accepted/by_library.py"
    path.write_text(
        '"""By way of a library.\n\nuses: email xml.dom\n"""\n'
        "import json.decoder\nfrom email.mime import text\nimport emailing, xml.sax\n"
    )
    assert verify.claims(proven)[1].uses == {"email", "email.mime", "xml.dom"}


def test_what_an_answer_wraps_is_loaded_where_no_other_kata_pays_for_it(proven: Kata) -> None:
    with Sandboxes() as sandboxes:
        plain = sandboxes.fit(proven)
        assert sandboxes.fit(proven) is plain
        assert sandboxes.fit(proven, frozenset({"email"})) is not plain
        # Nearly all need NumPy, few need pandas: not whether anything is needed tells them apart.
        numpy = sandboxes.fit(replace(proven, requires=("numpy",)))
        assert numpy is not sandboxes.fit(replace(proven, requires=("numpy", "pandas")))


@pytest.mark.parametrize("again", [False, True])
def test_a_graded_answer_leaves_no_worker_behind(proven: Kata, again: bool) -> None:
    with Sandbox(level=Level.NONE) as sandbox:
        for claim in verify.claims(proven):
            verify.grade(sandbox, proven, claim, Search(examples=4), again=again)
        assert children(sandbox._process.pid) == []


@pytest.mark.parametrize("again", [False, True])
def test_only_for_a_further_seed_does_one_worker_serve_all_properties(
    sandbox: Sandbox, proven: Kata, again: bool
) -> None:
    path: Path = proven.solutions / "accepted/by_library.py"
    path.write_text(
        '"""Counts.\n\nuses: email\n"""\nn = []\ndef echo(value):\n'
        "    n.append(1)\n    if len(n) > 6: value.append(1)\n    return value\n"
    )
    # Two properties that search, four examples each and a curated one.
    result = verify.grade(
        sandbox, proven, verify.claims(proven)[1], Search(examples=4), again=again
    )
    fails = [one.name for one in result.properties if one.verdict.fails]
    assert fails == (["test_echo_leaves_its_argument_unchanged"] if again else [])


def test_what_is_claimed_is_so(sandbox: Sandbox, proven: Kata) -> None:
    for claim in verify.claims(proven):
        result = verify.grade(sandbox, proven, claim, Search(), Search(examples=2))
        assert not verify.refutation(claim, result)


@pytest.mark.parametrize(
    ("verdict", "name", "refutation"),
    [
        (Verdict.ACCEPTED, "", "the verdict is wrong_answer, not accepted"),
        (Verdict.WRONG_ANSWER, "test_echo_takes_butter", "there is no property test_echo_takes"),
        (
            Verdict.WRONG_ANSWER,
            "test_echo_leaves_its_argument_unchanged",
            "test_echo_leaves_its_argument_unchanged finds accepted",
        ),
    ],
)
def test_a_false_claim_is_refuted(
    sandbox: Sandbox, proven: Kata, verdict: Verdict, name: str, refutation: str
) -> None:
    claim = Claim(proven.solutions / "rejected/zero.py", verdict, name, frozenset())
    result = verify.grade(sandbox, proven, claim, Search())
    assert verify.refutation(claim, result).startswith(refutation)


def test_a_rejected_answer_that_claims_nothing_is_named(proven: Kata) -> None:
    path: Path = proven.solutions / "rejected/zero.py"
    path.write_text(RIGHT)
    with pytest.raises(CatalogError, match=r"zero\.py: its docstring must have the lines"):
        verify.claims(proven)


def test_an_answer_that_is_not_python_claims_in_comments(proven: Kata) -> None:
    path: Path = proven.solutions / "rejected/zero.py"
    path.write_text(f"# verdict: load_error\n# property: {FIRST}\ndef echo(value) return value\n")
    assert verify.claims(proven)[2].verdict is Verdict.LOAD_ERROR


def test_the_limit_of_a_property_is_that_of_its_marker(proven: Kata) -> None:
    limits = {test.__name__: limit for test, limit in verify.properties(proven)}
    assert limits == {
        FIRST: 10.0,
        "test_echo_leaves_its_argument_unchanged": 10.0,
        "test_echo_takes_text": 4.0,
    }


LOOSE = '"""Cuts what is long."""\ndef echo(value):\n    size = 10\n    return value[:size]\n'
CHANGES = '"""Adds to what it is given.\n\nverdict: wrong_answer\nproperty: {}\n"""\n' + (
    "def echo(value):\n    if isinstance(value, str):\n        return value\n"
    "    copied = list(value)\n    value.append(1)\n    return copied\n"
)
NO_TEXT = (
    '"""Takes lists only.\n\nverdict: runtime_error\nproperty: test_echo_takes_text\n"""\n'
    + ("def echo(value):\n    return [] + value\n")
)
HINTS = "## Hint 1\nThink.\n\n## Hint 2\nThink more.\n\n## Hint 3\nGive back what you got.\n"
EQUIVALENT = """
[[mutant]]
operator = "{0}"
before = "size = 10"
after = "size = {1}"
reason = "Nothing that is graded is as long as that."
"""


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """One process that grades."""
    with Pool(1) as pool:
        yield pool


@pytest.fixture
def complete(proven: Kata) -> Kata:
    """A kata whose proof holds, but for two survivors: mutants that no property can tell apart."""
    (proven.solutions / "reference.py").write_text(LOOSE)
    name = "test_echo_leaves_its_argument_unchanged"
    (proven.solutions / "rejected/changes.py").write_text(CHANGES.format(name))
    (proven.solutions / "rejected/no_text.py").write_text(NO_TEXT)
    (proven.folder / "hints.md").write_text(HINTS)
    zero = proven.solutions / "rejected/zero.py"
    # Right for text, so that the property that it names is the only one to catch it.
    zero.write_text(zero.read_text().replace("return 0", "return value if value == 'text' else 0"))
    return proven


def tell(_what: str, _done: int, _total: int) -> None:
    """Tell nobody how far the proof has come."""


def test_a_proof_counts_names_survivors_and_what_each_property_alone_catches(
    pool: Pool, complete: Kata
) -> None:
    proof = prove(complete, pool, None, 2, tell)
    assert (proof.complaints, proof.redundant) == ((), ())
    assert (proof.accepted, proof.rejected) == (2, 3)
    assert (proof.runs, proof.false_rejections) == (4, 0)
    assert {one.mutant.after for one in proof.survivors} == {"size = 11", "size = None"}
    assert (proof.mutants, proof.killed, proof.equivalent) == (2, 0, 0)
    assert not proof.holds
    soles = {one.name: one.sole for one in proof.properties}
    assert soles["test_echo_takes_text"] == "rejected/no_text.py"


QUICK_ENOUGH = '''

from kata.grading import budget


def work(value):
    for i in range(2000):
        i + i


def test_echo_is_quick(submission):
    """echo takes at most 100 times as long as an addition 2,000 times over."""
    draw = lambda rng: ([int(rng.integers(9))] * 100,)
    call = lambda submission, value: submission.echo(value)
    budget(submission, call, definition=work, on=draw, times=100, usual=0.0002)
'''
SLOW = (
    '"""Slow.\n\nverdict: time_limit_exceeded\nproperty: test_echo_is_quick\n"""\n'
    "def echo(value):\n    if len(value) == 100:\n"
    "        sum(i * i for i in range(2_000_000))\n    return value\n"
)


def test_a_proof_tells_how_far_a_bar_on_the_cost_is_from_the_answers_on_either_side(
    pool: Pool, complete: Kata
) -> None:
    with complete.grader.open("a") as grader:
        grader.write(QUICK_ENOUGH)
    (complete.solutions / "reference.py").write_text(RIGHT)
    (complete.solutions / "rejected/slow.py").write_text(SLOW)
    proof = prove(complete, pool, None, 1, tell)
    assert proof.complaints == ()
    [margin] = proof.margins
    assert margin.name == "test_echo_is_quick"
    assert margin.slowest in ("reference.py", "by_library.py")
    assert margin.fastest == "slow.py"
    assert margin.rejected is not None
    assert margin.gap is not None
    assert margin.accepted < 0.5 < 1 < margin.rejected
    assert margin.gap == pytest.approx(margin.rejected / margin.accepted)
    # Known from before, it is told all the same.
    assert prove(complete, pool, None, 1, tell).margins == proof.margins
    page, terminal = strength.page([proof], ""), strength.bars([proof])
    assert f"| echo: echo is quick | {margin.accepted:.2f}, {margin.slowest} | " in page
    assert f"  rejected  {margin.rejected:.2f}, slow.py; " in terminal


def told(file: str, *costs: Cost) -> tuple[str, Finding]:
    return file, Finding("test_quick", Verdict.ACCEPTED, 1, 0.0, costs=costs)


def test_a_margin_is_that_of_the_slowest_right_and_the_fastest_slow_answer() -> None:
    runs = [
        told("quick.py", Cost("growth", 0.9, 1.5), Cost("memory", 1.0, 2.0)),
        told("steep.py", Cost("growth", 1.2, 1.5)),
        told("none.py"),
    ]
    right = [one for run in runs for one in used(run)]
    # Over one bar, within the other; the latter is none that it is rejected by.
    slow = [
        told("cut_off.py"),
        told("square.py", Cost("growth", 0.3, 1.5), Cost("memory", 3.0, 2.0)),
        told("cubic.py", Cost("growth", 3.0, 1.5)),
    ]
    [margin] = margins(["test_quick", "test_right"], right, slow)
    assert (margin.slowest, margin.fastest) == ("steep.py", "square.py")
    assert margin.accepted == pytest.approx(0.8)
    assert margin.rejected == pytest.approx(1.5)
    assert margin.gap is None  # of powers there is no ratio
    [cut_off] = margins(["test_quick"], right, slow[:1])
    assert (cut_off.rejected, cut_off.fastest) == (None, "cut_off.py")
    [alone] = margins(["test_quick"], right, [])
    assert (alone.rejected, alone.fastest) == (None, "")


def test_runs_from_more_seeds_count_for_as_long_as_they_are_known(
    pool: Pool, complete: Kata
) -> None:
    assert prove(complete, pool, None, 3, tell).runs == 6
    assert prove(complete, pool, None, 1, tell).runs == 6
    (complete.solutions / "reference.py").write_text(LOOSE.replace("10", "12"))
    assert prove(complete, pool, None, 1, tell).runs == 2


def test_runs_that_are_published_count_until_an_answer_or_a_library_changes(
    pool: Pool, complete: Kata
) -> None:
    with complete.grader.open("a") as grader:
        grader.write(QUICK_ENOUGH)
    (complete.solutions / "rejected/slow.py").write_text(SLOW)
    first = prove(complete, pool, None, 3, tell)
    assert first.known is not None
    (complete.root / runs.FILE).parent.mkdir()
    (complete.root / runs.FILE).write_text(runs.text({"echo": first.known, "gone": first.known}))

    def graded(times: int | None, seeds: int) -> tuple[int, Proof]:
        shutil.rmtree(complete.root / ledger.FOLDER)
        told: list[int] = []

        def tick(what: str, _done: int, total: int) -> None:
            if "accepted" in what:
                told.append(total)

        proof = prove(complete, pool, times, seeds, tick)
        return told[0], proof

    graded_here, proof = graded(8, 20)
    assert (graded_here, proof.runs) == (2 * 2, 8)  # two answers, from the seeds 0 and 3
    assert proof.known is not None
    assert proof.known.seeds == 4
    # What the other runs used and took is told as well.
    assert proof.margins[0].accepted >= first.known.used[0].share
    assert proof.known.seconds > first.known.seconds * 2 / 3
    # Who asks for seeds has them, whatever is published.
    assert graded(None, 2)[0] == 2 * 2
    assert graded(None, 2)[1].runs == 6
    assert graded(2, 20)[0] == 2
    assert graded(2, 20)[1].runs == 6
    lock = complete.root / "requirements-dev.txt"
    lock.write_text("scikit-learn==1\n")
    assert graded(2, 20)[1].runs == 2
    lock.unlink()
    assert graded(2, 20)[1].runs == 6
    (complete.solutions / "reference.py").write_text(LOOSE.replace("10", "12"))
    assert graded(8, 20)[0] == 8
    assert graded(2, 20)[1].runs == 2


def test_runs_in_which_an_answer_was_rejected_are_not_kept(pool: Pool, complete: Kata) -> None:
    (complete.solutions / "accepted/zero.py").write_text('"""No."""\ndef echo(value): return 0\n')
    proof = prove(complete, pool, None, 2, tell)
    assert (proof.runs, proof.false_rejections, proof.known) == (6, 2, None)


@pytest.mark.parametrize("text", ["{", "[]", '{"echo": {}}', '{"echo": {"key": "k", "seeds": 2}}'])
def test_a_file_of_runs_that_cannot_be_read_is_named_with_the_remedy(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / runs.FILE).write_text(text)
    with pytest.raises(CatalogError, match=r"grader-runs\.json cannot be read: .* remove it"):
        runs.read(tmp_path, "echo", "k")


def test_what_only_asking_again_finds_is_not_what_another_property_catches(
    pool: Pool, complete: Kata
) -> None:
    name = "test_equal_calls_get_equal_answers"
    complete.grader.write_text(
        complete.grader.read_text()
        + '\n\ndef test_echo_of_a_number_is_one(submission):\n    """A number stays one."""\n'
        "    assert isinstance(submission.echo(7), int)\n"
        f'\n\ndef {name}(submission):\n    """Equal calls get equal answers."""\n'
        "    assert submission.echo(8) == submission.echo(8)\n"
    )
    (complete.solutions / "rejected/moves.py").write_text(
        f'"""Moves on.\n\nverdict: grader_error\nproperty: {name}\n"""\nimport time\n'
        "def echo(value):\n    return time.time_ns() if value in (7, 8) else value\n"
    )
    asked_again = replace(complete, repeatable=("echo",))
    soles = {one.name: one.sole for one in prove(asked_again, pool, None, 1, tell).properties}
    assert soles[name] == "rejected/moves.py"


@pytest.mark.parametrize(
    ("repeatable", "verdict"), [((), Verdict.ACCEPTED), (("echo",), Verdict.WRONG_ANSWER)]
)
def test_a_mutant_is_asked_again_what_a_task_promises_equal_answers_to(
    pool: Pool, complete: Kata, repeatable: tuple[str, ...], verdict: Verdict
) -> None:
    name = "test_echo_of_a_number_is_one"
    complete.grader.write_text(
        complete.grader.read_text()
        + f'\n\ndef {name}(submission):\n    """A number stays one."""\n'
        "    assert isinstance(submission.echo(7), int)\n"
    )
    late = "import time\ndef echo(value):\n    return time.time_ns() if value == 7 else value\n"
    job = mutant_job(replace(complete, repeatable=repeatable), [name], late)
    ((_, findings),) = pool.grade([job])
    assert findings[-1].verdict is verdict


def test_what_was_graded_is_not_graded_again_until_the_grader_changes(
    pool: Pool, complete: Kata
) -> None:
    first = prove(complete, pool, None, 1, tell)
    again = prove(complete, pool, None, 1, tell)
    assert (first.fresh, again.fresh) == (2, 0)
    assert again.survivors == first.survivors
    complete.grader.write_text(complete.grader.read_text() + "\n# Changed.\n")
    assert prove(complete, pool, None, 1, tell).fresh == 2


def test_the_examples_of_a_seed_are_drawn_once_for_all_answers_and_then_let_go(
    complete: Kata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = tmp_path / "drawn"
    complete.grader.write_text(
        "from pathlib import Path\n"
        "import hypothesis.strategies as st\nfrom kata.grading import given, require\n"
        "def note(value):\n"
        f"    with Path({str(drawn)!r}).open('a') as file:\n        file.write('.')\n"
        "    return value\n"
        "@given(value=st.integers(0, 9**9).map(note))\n"
        "def test_echo_returns_its_argument(submission, value):\n"
        '    """echo(value) is value."""\n'
        "    require(submission.echo(value) == value, 'It is something else.')\n"
    )
    right = b"def echo(value):\n    return value\n"

    def job(seed: int) -> Job:
        tries = (Try("test_echo_returns_its_argument", Search(seed)),)
        return Job(complete, complete.stub, right, tries, again=True)

    with Pool(2) as two:
        ((_, (once,)),) = two.grade([job(1)])
        single = len(drawn.read_text())
        assert (once.verdict, once.examples <= single) == (Verdict.ACCEPTED, True)
        assert len(list(two.grade([job(2)] * 4 + [job(3)] * 3))) == 7
    assert len(drawn.read_text()) < 4 * single  # and not 1 + 7 times as many
    with Sandboxes() as sandboxes:
        monkeypatch.setattr(pools, "_sandboxes", sandboxes)
        monkeypatch.setattr(pools, "_recall", Recall())
        pools._grade_all((job(4), job(4)))
        assert not pools._recall._examples


def test_a_survivor_that_is_listed_with_a_reason_is_equivalent(pool: Pool, complete: Kata) -> None:
    listed = EQUIVALENT.format("number", 11) + EQUIVALENT.format("assignment", "None")
    (complete.solutions / "equivalent.toml").write_text(listed)
    proof = prove(complete, pool, 3, 1, tell)
    assert proof.holds
    assert (proof.equivalent, proof.runs) == (2, 4)


def test_an_entry_that_names_no_mutant_or_one_that_is_killed_is_refuted(
    pool: Pool, complete: Kata
) -> None:
    (complete.solutions / "reference.py").write_text(LOOSE.replace("[:size]", "[: size - 10 or 9]"))
    killed = EQUIVALENT.format("assignment", "None")
    (complete.solutions / "equivalent.toml").write_text(killed + EQUIVALENT.format("number", 77))
    complaints = prove(complete, pool, None, 1, tell).complaints
    assert len(complaints) == 2
    assert "no mutant any more: number: 'size = 10' -> 'size = 77'" in complaints[0]
    assert "is killed: assignment: 'size = 10' -> 'size = None'" in complaints[1]


def test_a_reference_and_a_stub_that_are_not_what_they_should_be_are_refuted(
    pool: Pool, complete: Kata
) -> None:
    (complete.solutions / "reference.py").write_text("def echo(value, more=1):\n    return 0\n")
    complete.stub.write_text("def echo(value):\n    return value\n")
    found = "\n".join(prove(complete, pool, None, 1, tell).complaints)
    assert "the stub has def echo(value), the reference def echo(value, more=1)" in found
    assert "the stub: the verdict is accepted, not not_started" in found
    assert "reference.py is rejected in 1 of 1 runs; seed 0: the verdict is wrong_answer" in found


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[mutant]]\noperator = 'number'\n", "must have the keys"),
        (EQUIVALENT.format("number", 11) * 2, "listed twice"),
        (EQUIVALENT.format("number", 11) + "more = 1\n", "must have the keys"),
        (EQUIVALENT.format("number", 11).replace("is as long as that", ""), "reason must say why"),
        ("mutant = 3\n", "must consist of tables"),
        ("[[mutant]\n", "cannot be read as TOML"),
    ],
)
def test_a_list_of_equivalents_that_is_not_well_formed_is_refused(
    tmp_path: Path, text: str, complaint: str
) -> None:
    path = tmp_path / "equivalent.toml"
    path.write_text(text.replace("Nothing that is graded .", "None."))
    with pytest.raises(CatalogError, match=complaint):
        equivalent.read(path)


def test_mutants_are_told_apart_and_recognised_after_an_edit_elsewhere() -> None:
    source = "def f(x):\n    return x + 1\n\n\ndef g(x):\n    return x + 1\n"
    made = mutant.mutants(source)
    assert len({one.text for one in made}) == len(made)
    assert [one.line for one in made] == [2, 2, 6, 6]
    moved = mutant.mutants(f"# More.\n\n{source}")
    assert [one.identity for one in moved] == [one.identity for one in made]
    assert {one.identity.occurrence for one in made} == {1, 2}


def test_the_texts_of_errors_are_not_mutated() -> None:
    assert not mutant.mutants("def f(x):\n    raise ValueError(f'{x + 1} is wrong' + 'so')\n")


@pytest.mark.parametrize(
    ("stub", "reference", "hints", "complaint"),
    [
        ("def f(a, /): ...", "def f(a): ...", HINTS, "the stub has def f(a, /)"),
        ("def f(a: int = 1): ...", "def f(a=1): ...", HINTS, ""),
        ("class A:\n def f(self): ...", "class A:\n def g(self): ...", HINTS, "nothing of that"),
        ("def f(a): ...", "def f(a): ...\ndef _g(): ...", HINTS, ""),
        ("def f(a): ...", "def f(a): ...\ndef g(): ...", HINTS, "the reference has g"),
        ("def f(a): ...", "def f(a): ...", "## Hint 1\nOne.\n", "hints.md has 1 hints"),
        ("def f(a): ...", "def f(a):\n  return a * 3 + 17", HINTS + "return a * 3 + 17", "gives"),
    ],
)
def test_stub_reference_and_hints_have_to_agree(
    complete: Kata, stub: str, reference: str, hints: str, complaint: str
) -> None:
    complete.stub.write_text(stub)
    (complete.solutions / "reference.py").write_text(reference)
    (complete.folder / "hints.md").write_text(hints)
    found = agreement.complaints(complete)
    assert len(found) == bool(complaint) or complaint == "nothing of that"
    assert complaint in "".join(found)


def test_the_ledger_depends_on_every_module_that_grading_loads() -> None:
    code = "import sys, kata.pool; print(*(m for m in sys.modules if m.startswith('kata.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.removeprefix("kata.") for name in done.stdout.split()}
    assert loaded - {"errors"} <= set(ledger.ENGINE)


def test_the_processes_of_a_pool_end_when_their_parent_is_killed() -> None:
    code = (
        "import os, signal; from kata.pool import Pool; pool = Pool(1); "
        "print(pool._executor.submit(os.getpid).result(), flush=True); "
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        assert parent.wait() == -signal.SIGKILL
    assert has_ended(child)


def test_the_command_reports_publishes_and_exits_with_1_for_a_survivor(complete: Kata) -> None:
    (complete.root / "docs").mkdir()
    arguments = ("verify", "--seeds", "1", "--processes", "1", "--json", "found.json", "--publish")
    done = kata(*arguments, cwd=complete.root)
    assert done.returncode == 1, done.stderr
    assert "survivor: reference.py:3  number: 'size = 10' -> 'size = 11'" in done.stdout
    found = json.loads((complete.root / "found.json").read_text())
    assert found["katas"][0]["mutants"] == 2
    page = (complete.root / "docs/grader-strength.md").read_text()
    assert "| echo | 3 |" in page
    assert "0 of 2" in page
    assert "about commit" not in page  # it is in none
    assert json.loads((complete.root / "docs/grader-runs.json").read_text())["echo"]["seeds"] == 1


def test_a_published_page_names_the_commit_that_it_is_about(tmp_path: Path) -> None:
    assert repository.commit(tmp_path) == ""
    author = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    (tmp_path / "file").write_text("one")
    for arguments in (["init"], ["add", "file"], [*author, "commit", "-m", "one", "--no-gpg-sign"]):
        repository.git(tmp_path, *arguments)
    known = repository.commit(tmp_path)
    assert known == repository.git(tmp_path, "rev-parse", "--short", "HEAD").decode().strip()
    assert f"It is about commit {known}: " in strength.page([], known)
    (tmp_path / "file").write_text("two")
    assert repository.commit(tmp_path) == f"{known}-dirty"


@pytest.mark.parametrize("arguments", [["ecko"], ["echo", "--publish"], ["--seeds", "0"]])
def test_a_wrong_command_is_one_line_and_status_2(repository: Path, arguments: list[str]) -> None:
    done = kata("verify", *arguments, cwd=repository)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_where_the_solutions_are_put_away_a_proof_says_how_to_have_them_back(
    proven: Kata,
) -> None:
    (proven.root / "solutions").rename(proven.root / "put away")
    done = kata("verify", "echo", cwd=proven.root)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "Run make author first" in done.stderr
