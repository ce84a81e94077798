"""pytest itself on graders: the same verdicts, alone, in parallel, and with its own options."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from workbench import kata


def run_pytest(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "graders", *arguments]
    # A root of its own, or it would first clear away what earlier runs of these tests have left.
    env = {**os.environ, "PYTEST_DEBUG_TEMPROOT": str(repository.parent)}
    return subprocess.run(
        command, cwd=repository, env=env, capture_output=True, text=True, check=False
    )


def submit(repository: Path, source: str) -> None:
    (repository / "exercises/echo/echo.py").write_text(source)


def test_an_untouched_stub_is_skipped(repository: Path) -> None:
    done = run_pytest(repository)
    assert done.returncode == 0
    assert "3 skipped" in done.stdout


def test_a_right_answer_passes(repository: Path) -> None:
    submit(repository, "def echo(value):\n    return value\n")
    assert "3 passed" in run_pytest(repository).stdout


def test_a_wrong_answer_fails_with_the_learners_message_and_no_traceback(repository: Path) -> None:
    submit(repository, "def echo(value):\n    return 0\n")
    done = run_pytest(repository)
    assert done.returncode == 1
    assert "2 failed, 1 passed" in done.stdout
    assert "    call      echo([3, 1, 2])" in done.stdout
    assert "Traceback" not in done.stdout
    assert "site-packages" not in done.stdout


def test_k_chooses_properties(repository: Path) -> None:
    submit(repository, "def echo(value):\n    return 0\n")
    assert "1 failed, 2 deselected" in run_pytest(repository, "-k", "takes_text").stdout


def test_parallel_workers_reach_the_same_verdicts(repository: Path) -> None:
    submit(repository, "def echo(value):\n    value.append(1)\n    return value\n")

    def failures(*arguments: str) -> list[str]:
        lines = run_pytest(repository, "-rf", *arguments).stdout.splitlines()
        return sorted(line.partition(" - ")[0] for line in lines if line.startswith("FAILED"))

    assert failures("-n", "2") == failures()
    assert len(failures()) == 3


def test_junit_tells_the_verdict_and_the_message(repository: Path) -> None:
    submit(repository, "def echo(value):\n    return 0\n")
    run_pytest(repository, "--junitxml", "report.xml")
    case = next(ET.parse(repository / "report.xml").iter("testcase"))  # noqa: S314 see above
    assert [
        found.get("value") for found in case.iter("property") if found.get("name") == "verdict"
    ] == ["wrong_answer"]
    failure = case.find("failure")
    assert failure is not None
    assert "echo([3, 1, 2])" in (failure.text or "")


def test_another_file_can_be_graded(repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "answer.py"
    other.write_text("def echo(value):\n    return value\n")
    assert "3 passed" in run_pytest(repository, f"--kata-submission={other}").stdout


def test_the_timeout_marker_limits_the_worker_and_hypothesis_does_not_replay_it(
    repository: Path,
) -> None:
    """pytest-timeout's own alarm would be taken for a counterexample and replayed without one."""
    submit(
        repository,
        "import time\ndef echo(value):\n    time.sleep(3600)\n",
    )
    grader = repository / "graders/test_echo.py"
    text = grader.read_text().replace("@given", "@pytest.mark.timeout(0.5)\n@given", 1)
    grader.write_text(text)
    done = run_pytest(repository, "-k", "returns_its_argument")
    assert "echo was still at work when the property's 0.5 s were up." in done.stdout
    # Each call that hangs costs a worker; more than one would be Hypothesis's replay.
    found = kata("check", "echo", "--format", "json", cwd=repository).stdout
    properties = json.loads(found)["katas"][0]["properties"]
    (limited,) = [each for each in properties if each["budget"] == 0.5]
    assert limited["examples"] == 1


def test_the_timeout_option_limits_the_worker_too(repository: Path) -> None:
    submit(repository, "import time\ndef echo(value):\n    time.sleep(3600)\n")
    done = run_pytest(repository, "-k", "leaves_its", "--timeout", "0.5")
    assert "echo was still at work when the property's 0.5 s were up." in done.stdout


def test_a_test_that_is_no_grader_keeps_the_timeout_of_its_own(repository: Path) -> None:
    (repository / "test_other.py").write_text(
        "import pytest, time\n@pytest.mark.timeout(0.2)\ndef test_slow():\n    time.sleep(60)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "test_other.py"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Failed: Timeout (>0.2s) from pytest-timeout." in done.stdout


def test_a_property_that_asks_for_more_than_submission_is_the_graders_fault(
    repository: Path,
) -> None:
    submit(repository, "def echo(value):\n    return value\n")
    grader = repository / "graders/test_echo.py"
    grader.write_text(grader.read_text() + "\n\ndef test_x(submission, tmp_path):\n    pass\n")
    assert "test_x must take submission, and besides only" in run_pytest(repository).stdout


def test_a_faulty_kata_toml_is_one_line(repository: Path) -> None:
    (repository / "exercises/echo/kata.toml").write_text("minutes = 5\n")
    done = run_pytest(repository)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "the key difficulty is missing" in done.stderr
    assert "Traceback" not in done.stderr
