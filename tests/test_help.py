"""What `--help` teaches, and what a shell completes: every example is one that works."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from workbench import ROOT, kata

from kata.cli import main
from kata.examples import EXAMPLES

KATA = Path(sys.executable).with_name("kata")
TARGETS = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
LINES = [line for lines in EXAMPLES.values() for line, _ in lines]


def test_every_command_has_an_example_and_every_example_a_command() -> None:
    assert EXAMPLES.keys() == main.commands.keys()


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("make ")])
def test_an_example_with_make_is_a_target_that_runs_that_command(line: str) -> None:
    words = shlex.split(line)
    assert words[1] in TARGETS
    done = subprocess.run(
        ["make", "--dry-run", *words[1:]], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert re.search(r"kata/bootstrap\.py --check (learner|report|dev) ", done.stdout)
    [run] = [text for text in done.stdout.splitlines() if text.startswith(".venv/bin/kata ")]
    name, *rest = run.split()[1:]
    assert line in [example for example, _ in EXAMPLES[name]]
    main.commands[name].make_context(name, rest)


@pytest.mark.parametrize("line", [line for line in LINES if "kata " in line and "make" not in line])
def test_an_example_with_kata_is_taken_by_the_command_line(line: str) -> None:
    found = re.search(r"kata ([^)|\"]+)", line)
    assert found
    name, *rest = shlex.split(found[1])
    main.commands[name].make_context(name, rest)


@pytest.mark.parametrize("command", sorted(EXAMPLES))
def test_help_shows_the_examples_as_they_are_typed(command: str) -> None:
    shown = kata(command, "--help").stdout
    for line, does in EXAMPLES[command]:
        assert f"    {line}\n" in shown
        assert does in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_the_first_help_shows_a_day_of_practice_and_every_sentence_whole() -> None:
    shown = kata("--help").stdout
    assert "make next " in shown
    assert "..." not in shown.partition("Commands:")[2]
    assert max(map(len, shown.splitlines())) <= 80


# --- Completion --------------------------------------------------------------------------------


def completed(shell: str, *words: str, cwd: Path) -> str:
    """What click answers to the shell that asks for the last of these words."""
    env = {**os.environ, "_KATA_COMPLETE": f"{shell}_complete"}
    env |= {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    if shell == "fish":
        env["COMP_CWORD"] = words[-1]
    return subprocess.run(
        [KATA], cwd=cwd, env=env, capture_output=True, text=True, check=False
    ).stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("command", ["check", "watch", "hint", "reset", "verify"])
def test_the_names_of_katas_are_completed(shell: str, command: str) -> None:
    answer = completed(shell, "kata", command, "km", cwd=ROOT)
    assert "kmeans" in answer
    assert "recommender" not in answer


def test_a_kata_that_has_been_named_is_not_offered_again() -> None:
    answer = completed("bash", "kata", "check", "kmeans", "", cwd=ROOT)
    assert "recommender" in answer
    assert "kmeans" not in answer


def test_outside_of_a_clone_nothing_is_completed_and_nothing_complains(tmp_path: Path) -> None:
    assert completed("bash", "kata", "check", "", cwd=tmp_path).strip() == ""


def interactive(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(shell), reason=f"there is no {shell} here")


@interactive("bash")
def test_bash_completes_a_command_that_is_typed_with_its_path() -> None:
    script = f"""
        eval "$({KATA} completion bash)"
        complete -p kata
        COMP_WORDS=({KATA} check lin) COMP_CWORD=2
        _kata_completion {KATA} lin check
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "linear_regression"


@interactive("zsh")
def test_zsh_takes_the_script() -> None:
    script = f"""
        autoload -U compinit && compinit -u -D
        eval "$({KATA} completion zsh)"
        print $_comps[kata]
    """
    done = subprocess.run(
        ["zsh", "-f", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "_kata_completion\n"


@interactive("fish")
def test_fish_completes_names(tmp_path: Path) -> None:
    script = f"""
        {KATA} completion fish | source
        complete -C "kata check lin"
    """
    env = {**os.environ, "PATH": f"{KATA.parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    done = subprocess.run(
        ["fish", "--no-config", "-c", script],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("linear_regression\t")


def test_another_shell_is_named_and_refused() -> None:
    done = kata("completion", "tcsh")
    assert done.returncode == 2
    assert done.stderr.startswith("kata: Invalid value for '{bash|zsh|fish}'")
