"""The archives for Gradescope and Classroom 50, unpacked and run as those services do."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest
from workbench import ROOT, kata, lend

from kata import bundle, catalog
from kata.fence import Level

HERE = Path(__file__).parent
RUNNER = {
    "CLASSROOM": "ml",
    "ASSIGNMENT": "kmeans",
    "ASSIGNMENT_TYPE": "individual",
    "OWNER": "ada",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://github.com/o/ml-kmeans-ada/commit/a1b2c3d",
    "RELEASE_URL": "https://github.com/o/ml-kmeans-ada/releases/tag/submit%2F2026",
}


def unpack(archive: bytes, folder: Path) -> None:
    """As unzip does, which keeps what may be executed."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        for info in packed.infolist():
            Path(packed.extract(info, folder)).chmod(info.external_attr >> 16)


def schema(name: str) -> object:
    return json.loads((HERE / "schemas" / name).read_text())


def test_no_archive_holds_a_solution_a_hint_or_a_stub() -> None:
    kmeans = catalog.choose(catalog.find(ROOT), "kmeans")
    for archive in (
        bundle.gradescope(kmeans, "visible", Level.SECCOMP),
        bundle.classroom50(kmeans, Level.SECCOMP),
    ):
        names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
        assert "kata/forkserver.py" in names
        assert "graders/test_kmeans.py" in names
        assert not [name for name in names if name.startswith(("solutions", "tests", ".kata"))]
        assert [name for name in names if name.startswith("exercises")] == [
            "exercises/kmeans/kata.toml"
        ]
    assert archive == bundle.classroom50(kmeans, Level.SECCOMP)


def test_gradescopes_archive_installs_itself_and_grades_a_submission(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Everything but apt: what it installs with that is there already.

    `make proof` has it install the packages; `make test` lends it those that are here.
    """
    done = kata(
        *("gradescope-zip", "kmeans", "--out", str(tmp_path / "autograder.zip")),
        *("--visibility", "after_due_date", "--require-sandbox", "none"),
    )
    assert (done.returncode, done.stderr) == (0, "")
    source = tmp_path / "source"
    unpack((tmp_path / "autograder.zip").read_bytes(), source)
    if pytestconfig.getoption("--whole"):
        subprocess.run(["bash", source / "setup.sh"], cwd="/", check=True, capture_output=True)
    else:
        lend(source, "learner")
    shutil.copy(source / "run_autograder", tmp_path)
    (tmp_path / "submission").mkdir()
    env = {**os.environ, "AUTOGRADER": str(tmp_path)}

    def results() -> dict[str, object]:
        subprocess.run(
            [tmp_path / "run_autograder"], cwd=tmp_path, env=env, check=True, capture_output=True
        )
        document: dict[str, object] = json.loads((tmp_path / "results/results.json").read_text())
        jsonschema.validate(document, schema("gradescope-results.schema.json"))  # type: ignore[arg-type]
        return document

    assert results()["output"] == "kmeans: load error, 0 of 14 hold."
    wrong = ROOT / "solutions/kmeans/rejected/as_many_clusters_as_rows_refused.py"
    shutil.copy(wrong, tmp_path / "submission/my answer.py")
    document = results()
    assert "kmeans: runtime error" in str(document["output"])
    assert document["visibility"] == "after_due_date"
    tests = document["tests"]
    assert isinstance(tests, list)
    assert 0 < sum(test["score"] for test in tests) < sum(test["max_score"] for test in tests) == 14


@pytest.mark.parametrize(
    ("place", "answer", "score"),
    [
        (".", "rejected/called_k_means.py", 0),
        ("exercises/kmeans", "rejected/as_many_clusters_as_rows_refused.py", None),
        (None, "", 0),
    ],
    ids=["at the top", "in its folder", "nowhere"],
)
def test_classroom50s_archive_grades_a_checkout(
    tmp_path: Path, place: str | None, answer: str, score: int | None
) -> None:
    done = kata("classroom50-zip", "kmeans", "--out", str(tmp_path / "bundle.zip"))
    assert (done.returncode, done.stderr) == (0, "")
    unpack((tmp_path / "bundle.zip").read_bytes(), tmp_path / "bundle")
    lend(tmp_path / "bundle", "learner")
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    if place is not None:
        (checkout / place).mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "solutions/kmeans" / answer, checkout / place / "kmeans.py")
    env = {"PATH": os.environ["PATH"], **RUNNER}
    script = tmp_path / "bundle/autograder.py"
    run = subprocess.run(
        [sys.executable, script], cwd=checkout, env=env, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    document = json.loads((checkout / "result.json").read_text())
    jsonschema.validate(document, schema("classroom50-result-v1.schema.json"))  # type: ignore[arg-type]
    assert document["max-score"] == 14
    assert (document["owner"], document["review"]) == ("ada", RUNNER["COMMIT_URL"])
    assert document["score"] == score if score is not None else 0 < document["score"] < 14


def test_without_what_the_runner_sets_nothing_is_graded_and_the_runner_is_told(
    tmp_path: Path,
) -> None:
    kmeans = catalog.choose(catalog.find(ROOT), "kmeans")
    unpack(bundle.classroom50(kmeans, Level.NONE), tmp_path)
    lend(tmp_path, "learner")
    command = [sys.executable, str(tmp_path / "autograder.py")]
    env = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "CLASSROOM, ASSIGNMENT, OWNER" in done.stderr


def test_an_archive_that_cannot_be_written_is_one_line_and_status_2(tmp_path: Path) -> None:
    done = kata("gradescope-zip", "kmeans", "--out", str(tmp_path / "no/such.zip"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "cannot be written" in done.stderr
