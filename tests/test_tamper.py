"""Broken and hostile submissions, and that the real grader of kmeans judges each of them rightly.

tamper/manifest.toml says what each one does. `--tamper-all` grades them on all properties with as
many examples as learners get, and each of them as an ordinary user too; otherwise with a few, and
only so far as the verdict is open. `--tamper-level none` does so without the system's sandbox.
`make test` tries every third of them, `make proof` (`--whole`) them all.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import site
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tampering
import workbench
from tampering import Case
from workbench import has_ended

from kata import catalog
from kata.catalog import Kata
from kata.judge import judge
from kata.proxy import Search, set_up
from kata.sandbox import Sandbox
from kata.verdict import Verdict
from kata.verify import properties

CASES = tampering.cases()

NOBODY = 65534


@pytest.fixture(scope="module")
def mark() -> str:
    """A word that no other run of these tests has."""
    return secrets.token_hex(8)


@pytest.fixture(scope="module")
def box(
    mark: str, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[Sandbox]:
    """A sandbox for all the submissions, so that one can spoil it for the next."""
    level = tampering.level(pytestconfig.getoption("--tamper-level"))
    with tampering.marked_sandbox(mark, tmp_path_factory.getbasetemp(), level) as sandbox:
        yield sandbox


def copied(folder: Path) -> Path:
    """A repository with all that kmeans needs, which may be spoilt."""
    for part in ("exercises/kmeans", "graders"):
        shutil.copytree(tampering.ROOT / part, folder / part)
    shutil.copytree(workbench.SOLUTIONS / "kmeans", folder / "solutions/kmeans")
    shutil.copy(tampering.ROOT / "conftest.py", folder)
    return folder


@pytest.fixture(scope="module")
def kmeans(tmp_path_factory: pytest.TempPathFactory) -> Kata:
    """The kata, in a repository of its own."""
    (kata,) = catalog.find(copied(tmp_path_factory.mktemp("repository")))
    properties(kata)  # Python writes the bytecode of the grader now, and no submission does later
    return kata


def left_behind() -> list[str]:
    """Files by the names that the submissions use, wherever they might leave them."""
    folders = ("/", "/tmp", "/dev/shm", Path.home(), site.getusersitepackages())  # noqa: S108 looked into, not written to
    places = [Path(folder) for folder in folders if Path(folder).is_dir()]
    return sorted(str(path) for place in places for path in place.glob(f"*{tampering.LEFT}*"))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case, id=f"{case.group}-{case.name}", marks=[pytest.mark.whole] if number % 3 else []
        )
        for number, case in enumerate(CASES)
    ],
)
def test_the_verdict_is_right_and_nothing_stays_behind(
    case: Case,
    box: Sandbox,
    mark: str,
    kmeans: Kata,
    tmp_path: Path,
    pytestconfig: pytest.Config,
) -> None:
    user = Path(site.getusersitepackages())
    before, left = tampering.traces(kmeans.root, user), left_behind()
    box.level  # noqa: B018 asking waits until the fork server, or what is around it, runs
    standing = tampering.marked_processes(mark)
    path = case.write(tmp_path, kmeans)
    thorough = pytestconfig.getoption("--tamper-all")
    results = tampering.grade(box, kmeans, case, path, thorough=thorough)
    found = tampering.verdict(results)
    said = [f"{r.name}: {r.verdict}: {r.failure and r.failure.message}" for r in results]
    assert found in case.right, "\n".join([case.does, *said])

    assert tampering.traces(kmeans.root, user) == before
    assert left_behind() == left
    others = tampering.marked_processes(mark) - standing
    assert all(has_ended(pid) for pid in others)

    # And whoever is graded next is judged as if nothing had been.
    search = Search(examples=1, curated=False)
    bench = set_up(box, kmeans, kmeans.solutions / "reference.py", search)
    bench.ahead = False
    test, limit = properties(kmeans)[0]
    assert judge(test, bench, limit)[0].verdict is Verdict.ACCEPTED
    bench.close()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may read; pytest's own are shut again whenever a pytest starts."""
    with tempfile.TemporaryDirectory(prefix="kata-tests-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(os.geteuid() != 0, reason="the tests run as an ordinary user anyway")
@pytest.mark.parametrize("group", sorted({case.group for case in CASES}))
def test_the_verdict_is_right_for_an_ordinary_user_too(
    group: str, open_folder: Path, pytestconfig: pytest.Config
) -> None:
    """Who runs it may decide what a process can do to others."""
    chosen = {case.name: case for case in CASES if case.group == group}
    if not pytestconfig.getoption("--tamper-all"):
        chosen = {name: case for name, case in chosen.items() if name in SAMPLE}
    if not chosen:
        pytest.skip("who runs them matters for none of this group; --tamper-all tries them too")
    level = pytestconfig.getoption("--tamper-level")
    root = copied(open_folder / "repository")
    work = open_folder / "work"
    work.mkdir()
    work.chmod(0o777)
    python = python_for_all(open_folder)
    command = [python, tampering.__file__, str(root), str(work), level, *chosen]
    done = subprocess.run(
        command,
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        cwd=work,
        env={"PATH": os.defpath, "PYTHONPATH": str(tampering.ROOT), "HOME": str(work)},
        capture_output=True,
        text=True,
        check=False,
    )
    found = dict(json.loads(line) for line in done.stdout.splitlines())
    assert set(found) == set(chosen), done.stderr
    assert not {name: said for name, said in found.items() if said not in chosen[name].right}


def python_for_all(folder: Path) -> str:
    """A Python of this version, with the same libraries, that an ordinary user may run."""
    bare = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    for real in (os.path.realpath(sys.executable), bare):
        places = [Path(real), *Path(real).parents]
        if Path(real).exists() and all(place.stat().st_mode & 0o001 for place in places):
            break
    else:
        pytest.skip("no Python of this version that everybody may run")
    home = folder / "python"
    subprocess.run([real, "-m", "venv", "--without-pip", home], check=True)
    (packages,) = home.glob("lib/*/site-packages")
    for package in Path(np.__file__).parent.parent.iterdir():
        if not package.name.endswith(".pth"):
            (packages / package.name).symlink_to(package)
    return str(home / "bin" / "python")


# What depends on rights: signals, limits, other processes, and files that others may not read.
SAMPLE = frozenset(
    {
        *("kills_its_parent", "stops_its_parent_by_pidfd", "kills_every_group", "raises_sigkill"),
        *("25_children", "double_fork", "fork_exec_itself", "600_threads", "shared_memory"),
        *("memory_of_the_parent", "limits_of_the_parent", "pins_the_parent", "swallows_refusals"),
        *("drops_a_conftest", "drops_a_pth", "walks_quietly", "opens_the_solution_by_dir_fd"),
    }
)


def test_the_corpus_is_complete() -> None:
    files = {path.stem for path in (tampering.CORPUS / "submissions").rglob("*.py")}
    assert files == {case.name for case in CASES if not case.build} - {"correct"} | {"correct"}
    assert len({case.name for case in CASES}) == len(CASES) >= 100
    assert all(case.right for case in CASES)
