"""The workflows: what they may do, and their shell steps run for real in a clone of a fork."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from workbench import CORE, KATAS, ROOT, lend

from kata import plan, sandbox
from kata.fence import Level

FOLDER = ROOT / ".github/workflows"
WORKFLOWS = {path.name: YAML(typ="safe").load(path) for path in sorted(FOLDER.glob("*.yml"))}
GRADE, VERIFY = WORKFLOWS["grade.yml"], WORKFLOWS["verify.yml"]

fenced = pytest.mark.skipif(
    sandbox.strongest() < Level.LANDLOCK, reason="grade.yml requires landlock, as a runner has it"
)


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, workflow in WORKFLOWS.items():
        for key, job in workflow["jobs"].items():
            yield f"{name}:{key}", job


def steps_using(action: str) -> list[dict[str, Any]]:
    return [
        step
        for _, job in jobs()
        for step in job["steps"]
        if step.get("uses", "").startswith(action)
    ]


def test_every_action_is_pinned_by_its_full_commit_and_says_which_version_that_is() -> None:
    lines = [
        line.strip()
        for path in FOLDER.glob("*.yml")
        for line in path.read_text().splitlines()
        if "uses:" in line
    ]
    assert len(lines) > 5
    for line in lines:
        assert re.fullmatch(r"uses: actions/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_one_action_is_one_version_everywhere() -> None:
    text = "".join(path.read_text() for path in FOLDER.glob("*.yml"))
    found = dict(re.findall(r"uses: (actions/[\w/-]+)@(\w+)", text))
    assert set(re.findall(r"uses: (actions/[\w/-]+)@(\w+)", text)) == set(found.items())


def test_every_job_may_read_the_code_at_most_and_ends_in_time() -> None:
    for name, job in jobs():
        assert job["permissions"] in ({}, {"contents": "read"}), name
        assert job["timeout-minutes"] <= 120, name
    for workflow in WORKFLOWS.values():
        assert workflow["permissions"] == {}


def test_no_workflow_knows_a_secret_or_keeps_the_token_in_the_clone() -> None:
    for path in FOLDER.glob("*.yml"):
        assert "secrets." not in path.read_text()
        assert "pull_request_target" not in path.read_text()
    for step in steps_using("actions/checkout@"):
        assert step["with"]["persist-credentials"] is False


def test_no_expression_is_pasted_into_a_shell() -> None:
    for name, job in jobs():
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), name


def test_whatever_make_is_asked_for_is_a_target() -> None:
    asked = {
        step["run"].removeprefix("make ")
        for _, job in jobs()
        for step in job["steps"]
        if step.get("run", "").startswith("make ")
    }
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text()))
    assert {"setup", "setup-dev", "test", "lint"} == asked <= targets


# --- the plan ----------------------------------------------------------------------------------


def test_katas_are_shared_out_by_how_long_they_took_changed_ones_first() -> None:
    slugs = [f"k{number}" for number in range(8)]
    taken = dict.fromkeys(slugs, 60.0) | {"k7": 230.0}
    shards = plan.split(slugs, ["k3"], taken)
    assert sorted(slug for shard in shards for slug in shard) == slugs
    assert len(shards) == 5
    assert ["k7"] in shards
    assert next(shard for shard in shards if "k3" in shard)[0] == "k3"


def test_a_small_catalog_needs_one_machine_and_a_huge_one_no_more_than_the_most() -> None:
    assert plan.split(["a", "b"], ["b"], {}) == [["b", "a"]]
    assert len(plan.split([f"k{n}" for n in range(500)], [], {})) == plan.SHARDS


@pytest.mark.parametrize(
    ("paths", "katas"),
    [
        (["exercises/a/a.py"], ["a"]),
        (["graders/test_b.py", "solutions/a/notes.md"], ["a", "b"]),
        (["README.md", "exercises/other/x"], []),
        (["kata/judge.py"], ["a", "b", "c"]),
        (["graders/strategies.py"], ["a", "b", "c"]),
        (["graders/trees.py"], ["a", "b", "c"]),
        (["graders/messy_customers.py"], ["a", "b", "c"]),
    ],
)
def test_what_is_proven_anew_is_what_a_change_can_have_touched(
    paths: list[str], katas: list[str]
) -> None:
    assert plan.to_verify(["a", "b", "c"], paths) == katas


def test_a_name_that_a_shell_would_read_otherwise_is_no_kata(tmp_path: Path) -> None:
    for name in ("a", "b; rm -rf", "$(c)", "d-e"):
        (tmp_path / "exercises" / name).mkdir(parents=True)
        (tmp_path / "exercises" / name / "kata.toml").touch()
    assert plan.katas(tmp_path) == ["a"]


def test_reports_that_cannot_be_read_do_not_stop_the_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_text('{"katas": [{"slug": "a", "seconds": 3}]}')
    (tmp_path / "b.json").write_text('{"katas": [{"slug": 1')
    (tmp_path / "c.json").write_text('{"katas": [{"slug": "c", "seconds": {}}]}')
    assert plan.seconds(sorted(tmp_path.glob("*.json"))) == {"a": 3.0}
    assert capsys.readouterr().err.count("is no report") == 2


@pytest.mark.parametrize("arguments", [[], ["grade"], ["grade", "a", "b"], ["prove"]])
def test_a_wrong_call_of_the_plan_has_status_2(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "kata.plan", *arguments]
    done = subprocess.run(command, cwd=ROOT, input="", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")


def test_the_plan_needs_nothing_that_has_to_be_installed() -> None:
    command = [sys.executable, "-I", "-S", "-c", "import sys; sys.path.insert(0, sys.argv[1])"]
    command[-1] += "; import kata.plan; print(*sys.modules)"
    done = subprocess.run([*command, ROOT], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded - {"kata", "sitecustomize", "__main__"} <= sys.stdlib_module_names


# --- the steps, for real -----------------------------------------------------------------------


@dataclass
class Runner:
    """As much of a runner as the shell steps see: files for outputs and summary, expressions."""

    clone: Path
    desk: Path
    matrix: Mapping[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    log: str = ""

    def run(self, job: Mapping[str, Any]) -> int:
        """Run the shell steps of a job, and return the status of the first that fails."""
        for step in job["steps"]:
            wanted = str(step.get("if", "true"))
            if "run" not in step or self._value(wanted) == "":
                continue
            output = self.desk / "output"
            output.write_text("")
            env = {
                **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
                **{name: self._value(text) for name, text in step.get("env", {}).items()},
                "CI": "true",
                "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(self.desk / "summary.md"),
            }
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=self.clone,
                env=env,
                capture_output=True,
                text=True,
                check=False,
            )
            self.log += done.stdout + done.stderr
            for line in output.read_text().splitlines():
                name, _, value = line.partition("=")
                self.outputs[f"steps.{step['id']}.outputs.{name}"] = value
            if done.returncode:
                return done.returncode
        return 0

    def _value(self, text: str) -> str:
        known = {**self.outputs, **{f"matrix.{key}": value for key, value in self.matrix.items()}}
        bare = text.removeprefix("${{ ").removesuffix(" }}")
        return known.get(bare, text)


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    command = ["git", "-C", str(folder), *who, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def kata_of(name: str) -> str:
    """The kata that a file of the project belongs to, if it belongs to one."""
    folder, *rest = Path(name).parts
    if folder in ("exercises", "solutions"):
        return rest[0]
    return Path(name).stem.removeprefix("test_") if folder == "graders" else ""


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare repository with what is in the working tree, as somebody's fork of it; five katas."""
    tree = tmp_path_factory.mktemp("tree")
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    others = {kata.slug for kata in KATAS} - CORE
    for name in listed.split("\0"):
        if name and kata_of(name) not in others and (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tree / name)
    git(tree, "init", "--quiet", "--initial-branch=main")
    git(tree, "add", "--all")
    git(tree, "commit", "--quiet", "--message=The katas")
    bare = tmp_path_factory.mktemp("fork") / "katas.git"
    git(tree, "clone", "--quiet", "--bare", ".", str(bare))
    git(bare, "config", "uploadpack.allowFilter", "true")
    return bare


def push(fork: Path, desk: Path, files: dict[str, str], branch: str) -> None:
    """Commit files on a branch of the fork, as its owner would."""
    work = desk / "work"
    git(desk, "clone", "--quiet", str(fork), str(work))
    git(work, "switch", "--quiet", "--create", branch)
    for name, text in files.items():
        (work / name).write_text(text)
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--allow-empty", "--message=My answers")
    git(work, "push", "--quiet", "origin", branch)


def check_out(fork: Path, desk: Path, job: Mapping[str, Any], branch: str) -> Path:
    """A clone as actions/checkout makes it: shallow, partial, sparse."""
    step = next(
        each for each in job["steps"] if each.get("uses", "").startswith("actions/checkout")
    )
    clone = desk / "clone"
    patterns = step["with"].get("sparse-checkout", "/*").split()
    depth = step["with"]["fetch-depth"]  # 0 is all of the history
    git(
        desk,
        *("clone", "--quiet", "--no-checkout", "--filter=blob:none", "--branch", branch),
        *([f"--depth={depth}"] if depth else []),
        *(fork.as_uri(), str(clone)),
    )
    git(clone, "sparse-checkout", "set", "--no-cone", *patterns)
    git(clone, "checkout", "--quiet")
    lend(clone)
    return clone


def answer(slug: str, name: str) -> dict[str, str]:
    text = (ROOT / f"solutions/{slug}/{name}").read_text()
    return {f"exercises/{slug}/{slug}.py": text}


def graded(fork: Path, desk: Path, files: dict[str, str]) -> tuple[int, Runner]:
    """Push files to the fork, and run grade.yml on them; its worst status, and the last runner."""
    push(fork, desk, files, desk.name)
    plan_job, grade_job = GRADE["jobs"]["plan"], GRADE["jobs"]["grade"]
    runner = Runner(check_out(fork, desk, plan_job, desk.name), desk)
    assert runner.run(plan_job) == 0, runner.log
    shards = json.loads(runner.outputs["steps.split.outputs.shards"])
    worst = 0
    for shard in shards:
        runner = Runner(runner.clone, desk, matrix={"shard": shard})
        worst = max(worst, runner.run(grade_job))
    return worst, runner


@fenced
def test_a_fork_on_which_nothing_is_started_is_green(fork: Path, tmp_path: Path) -> None:
    status, runner = graded(fork, tmp_path, {})
    assert status == 0, runner.log
    assert "Nothing is started yet" in (tmp_path / "summary.md").read_text()
    assert not (runner.clone / "solutions").exists()
    assert (runner.clone / "graders").is_dir()


@fenced
def test_an_attempt_that_fails_is_red_and_is_shown_where_it_fails(
    fork: Path, tmp_path: Path
) -> None:
    files = answer("kmeans", "rejected/called_k_means.py")
    files |= answer("linear_regression", "reference.py")
    status, runner = graded(fork, tmp_path, files)
    assert status == 1, runner.log
    # The katas with changes came first.
    assert runner.matrix["shard"].split()[:2] == ["kmeans", "linear_regression"]
    annotated = [line for line in runner.log.splitlines() if line.startswith("::error ")]
    assert len(annotated) == 1
    assert annotated[0].startswith("::error file=exercises/kmeans/kmeans.py,")
    summary = (tmp_path / "summary.md").read_text()
    assert "1 of 5 katas accepted" in summary
    report = json.loads((runner.clone / "out/report.json").read_text())
    assert report["exit_status"] == 1
    suites = ET.parse(runner.clone / "out/junit.xml").getroot()  # noqa: S314 our own document
    assert {suite.get("name") for suite in suites} == {kata["slug"] for kata in report["katas"]}
    # What was measured shares the work out the next time.
    assert set(plan.seconds([runner.clone / "out/report.json"])) == set(plan.katas(runner.clone))


def to_prove(fork: Path, desk: Path) -> Runner:
    """A runner of the job that proves, after a push onto main to what is on the desk's branch."""
    runner = Runner(check_out(fork, desk, VERIFY["jobs"]["prove"], desk.name), desk)
    event = "github.event_name == 'push' && github.event.before || 'HEAD^1'"
    runner.outputs[event] = git(fork, "rev-parse", "main").strip()
    return runner


def test_what_any_commit_of_a_push_can_have_broken_is_proven(fork: Path, tmp_path: Path) -> None:
    push(fork, tmp_path, {"graders/test_kmeans.py": "# Changed.\n"}, tmp_path.name)
    git(tmp_path / "work", "commit", "--quiet", "--allow-empty", "--message=Another")
    git(tmp_path / "work", "push", "--quiet", "origin", tmp_path.name)
    job = VERIFY["jobs"]["prove"]
    runner = to_prove(fork, tmp_path)
    # The proof itself would take minutes: a command that tells what it was called with.
    (runner.clone / ".venv/bin/kata").write_text("#!/bin/sh\necho kata $*\n")
    assert runner.run(job) == 0, runner.log
    assert runner.log.splitlines()[-1] == "kata verify kmeans"


def test_nothing_is_proven_after_a_change_to_a_page(fork: Path, tmp_path: Path) -> None:
    push(fork, tmp_path, {"README.md": "Changed.\n"}, tmp_path.name)
    job = VERIFY["jobs"]["prove"]
    runner = to_prove(fork, tmp_path)
    (runner.clone / ".venv/bin/kata").unlink()
    assert runner.run(job) == 0, runner.log
    assert runner.outputs["steps.changes.outputs.katas"] == ""
