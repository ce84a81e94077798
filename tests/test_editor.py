"""The settings for VS Code and for Codespaces: that what they name exists and means something."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from workbench import ROOT

from kata.cli import main

GOLDEN = Path(__file__).parent / "golden"


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / name).read_text(encoding="utf-8"))
    return found


TASKS = read(".vscode/tasks.json")["tasks"]


def commands(*arguments: str) -> list[str]:
    """The lines over `kata` that make would run."""
    told = subprocess.run(
        ["make", "--dry-run", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [line for line in told.stdout.splitlines() if line.startswith(".venv/bin/kata ")]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: str(task["label"]))
def test_every_task_runs_a_kata_command_that_takes_its_arguments(task: dict[str, Any]) -> None:
    assert task["command"] == "make"
    arguments = [argument.replace("${fileDirnameBasename}", "kmeans") for argument in task["args"]]
    assert "${" not in " ".join(arguments)
    [line] = commands(*arguments)
    name, *rest = line.split()[1:]
    assert name == arguments[0]
    main.commands[name].make_context(name, rest[:])
    assert ("kmeans" in rest) == ("this one" in task["label"])


def test_there_is_a_task_for_each_part_of_the_loop() -> None:
    targets = {task["args"][0] for task in TASKS}
    assert {"check", "watch", "replay", "hint", "next", "status"} <= targets


@pytest.mark.parametrize("name", ["exception", "crash", "wrong_value"])
def test_the_problem_matcher_finds_the_learners_line(name: str) -> None:
    text = (GOLDEN / f"{name}.txt").read_text()
    for task in TASKS:
        if task["problemMatcher"]:
            pattern = task["problemMatcher"]["pattern"]
            [found] = re.findall(pattern["regexp"], text, re.MULTILINE)
            assert found[pattern["file"] - 1].endswith(".py")
            assert int(found[pattern["line"] - 1]) > 0
            assert found[pattern["message"] - 1]


def test_the_task_that_watches_knows_when_a_check_begins_and_ends() -> None:
    [task] = [task for task in TASKS if task.get("isBackground")]
    background = task["problemMatcher"]["background"]
    assert re.search(background["beginsPattern"], "14:05:59  checking kmeans ...")
    assert re.search(background["endsPattern"], "h hint   r replay   q quit")
    assert re.search(background["endsPattern"], "Ctrl-C quits")


def test_solutions_are_out_of_the_editors_search_and_suggestions() -> None:
    settings = read(".vscode/settings.json")
    assert settings["search.exclude"]["solutions"] is True
    assert "solutions" in settings["python.analysis.exclude"]
    assert settings["python.testing.pytestArgs"] == ["graders"]


def test_the_recommended_extensions_are_those_of_the_container() -> None:
    container = read(".devcontainer/devcontainer.json")
    recommended = read(".vscode/extensions.json")["recommendations"]
    assert container["customizations"]["vscode"]["extensions"] == recommended


def test_the_container_sets_itself_up_by_make_with_a_python_that_is_supported() -> None:
    container = read(".devcontainer/devcontainer.json")
    for key in ("postCreateCommand", "postAttachCommand"):
        program, target = container[key].split()
        assert program == "make"
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
    version = re.fullmatch(r"mcr\.microsoft\.com/devcontainers/python:3\.(\d+)", container["image"])
    assert version
    assert 11 <= int(version[1]) <= 13


def test_the_settings_are_kept_by_git() -> None:
    names = [".vscode/tasks.json", ".vscode/settings.json", ".devcontainer/devcontainer.json"]
    ignored = subprocess.run(
        ["git", "check-ignore", "--no-index", *names], cwd=ROOT, capture_output=True, check=False
    )
    assert ignored.stdout == b""
