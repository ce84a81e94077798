"""Reports in the formats of other programs: golden-formats/ holds them, schemas/ judges them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
import xmlschema
from workbench import kata

from kata import cli
from kata.errors import UsageError
from kata.reports import classroom50, exercism, github, gradescope, junit
from kata.reports import json as plain
from kata.verdict import Failure, KataResult, PropertyResult, Report, SourceLine, Verdict

HERE = Path(__file__).parent
ROOT = Path("/home/ada/katas")
NOW = dt.datetime(2026, 6, 1, 14, 33, 11, tzinfo=dt.UTC)

HOSTILE = (
    "100% sure\r\n::error file=x.py,line=1::planted\n::set-env name=A::b\n##[error]planted\n"
    "```\n</details><script>alert(1)</script>\n\x1b[31mred\x00 &amp; ]]>\n"
)

WRONG = Failure(
    "No point has the label 1, though X has 3 distinct rows.",
    call="kmeans(np.array([[0.0], [1.0], [9.0]]), 2)",
    returned="labels = [0, 0, 0]",
    expected="every label from 0 to 1",
    line=SourceLine("kmeans.py", 6, "def kmeans(X, k, *, max_iter=300, seed=0):"),
    printed=HOSTILE,
    advice="Where does a cluster lose its last point?",
)
RAISED = Failure(
    f"kmeans raised ValueError: {HOSTILE}",
    call="kmeans(np.array([[0.0]]), 1)",
    line=SourceLine("kmeans.py", 9, 'raise ValueError("100%, no: never")'),
)
BROKEN = Failure(
    "The file cannot be loaded: invalid syntax.", line=SourceLine("a.py", 2, "def f(:")
)
FAULT = Failure(
    "The grader itself failed, so this says nothing about your code: AssertionError",
    line=SourceLine("test_recommender.py", 40, "assert False"),
    advice="Please report it, with your file and this message.",
)


def prop(
    name: str, verdict: Verdict, failure: Failure | None = None, **more: Any
) -> PropertyResult:
    sentence = f"{name.replace('_', ' ').capitalize()}, up to rounding | and `more`."
    return PropertyResult(f"test_{name}", sentence, verdict, 53, 0.25, failure=failure, **more)


def result(slug: str, *properties: PropertyResult) -> KataResult:
    return KataResult(slug, str(ROOT / f"exercises/{slug}/{slug}.py"), properties)


MIXED = result(
    "kmeans",
    prop("shapes_are_right", Verdict.ACCEPTED),
    prop("no_cluster_is_empty", Verdict.WRONG_ANSWER, WRONG, program=".kata/kmeans/no.py"),
    prop("the_seed_decides", Verdict.RUNTIME_ERROR, RAISED, remarks=("Use a generator: 50%.",)),
)
ALL = Report(
    (
        result("linear_regression", prop("it_fits", Verdict.ACCEPTED)),
        MIXED,
        result("messy_dataset", prop("it_cleans", Verdict.NOT_STARTED)),
        result(
            "neural_network",
            prop("it_learns", Verdict.LOAD_ERROR, BROKEN),
            prop("it_stops", Verdict.LOAD_ERROR, BROKEN),
        ),
        result("recommender", prop("it_ranks", Verdict.GRADER_ERROR, FAULT)),
    )
)
RUNNER = {
    "CLASSROOM": "ml",
    "ASSIGNMENT": "kmeans",
    "ASSIGNMENT_TYPE": "individual",
    "OWNER": "ada",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://github.com/o/ml-kmeans-ada/commit/a1b2c3d",
    "RELEASE_URL": "https://github.com/o/ml-kmeans-ada/releases/tag/submit%2F2026",
    "REVIEW_URL": "https://github.com/o/ml-kmeans-ada/compare/0...a1b2c3d",
}


def in_class(report: Report) -> str:
    return classroom50.render(report, classroom50.Submission.of(RUNNER), NOW)


RENDERED: dict[str, Callable[[], str]] = {
    "junit.xml": lambda: junit.render(ALL),
    "report.json": lambda: plain.render(ALL),
    "github-annotations.txt": lambda: github.annotated(ALL, ROOT),
    "github-summary.md": lambda: github.summary(ALL),
    "gradescope.json": lambda: gradescope.render(ALL, "after_due_date"),
    "exercism.json": lambda: exercism.render(MIXED),
    "exercism-error.json": lambda: exercism.render(ALL.katas[3]),
    "classroom50.json": lambda: in_class(ALL),
}


@pytest.mark.parametrize("name", RENDERED)
def test_the_format_is_as_it_was(name: str, pytestconfig: pytest.Config) -> None:
    text, golden = RENDERED[name](), HERE / "golden-formats" / name
    if pytestconfig.getoption("--update-golden"):
        golden.write_text(text, encoding="utf-8", newline="")
    assert text.encode() == golden.read_bytes()


REPORTS = [
    ALL,
    Report((MIXED,)),
    *(Report((each,)) for each in ALL.katas),
    Report(()),
]


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: "+".join(k.slug for k in r.katas))
def test_junit_keeps_jenkinss_schema(report: Report) -> None:
    xmlschema.XMLSchema(HERE / "schemas/junit-10.xsd").validate(junit.render(report))


def schema(name: str) -> Any:
    return json.loads((HERE / "schemas" / name).read_text())


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: "+".join(k.slug for k in r.katas))
def test_classroom50_keeps_its_published_schema_and_its_sums(report: Report) -> None:
    document = json.loads(in_class(report))
    jsonschema.validate(document, schema("classroom50-result-v1.schema.json"))
    assert document["score"] == sum(test["score"] for test in document["tests"])
    assert document["score"] <= document["max-score"] == len(document["tests"])


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: "+".join(k.slug for k in r.katas))
@pytest.mark.parametrize("visibility", gradescope.VISIBILITIES)
def test_gradescope_keeps_what_its_page_says(report: Report, visibility: str) -> None:
    document = json.loads(gradescope.render(report, visibility))
    jsonschema.validate(document, schema("gradescope-results.schema.json"))


@pytest.mark.parametrize("found", ALL.katas, ids=lambda found: found.slug)
def test_exercism_keeps_what_its_page_says(found: KataResult) -> None:
    document = json.loads(exercism.render(found))
    jsonschema.validate(document, schema("exercism-results-v3.schema.json"))


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("exercism-results-v3.example.json", "exercism-results-v3.schema.json"),
        ("gradescope-results.example.json", "gradescope-results.schema.json"),
    ],
)
def test_the_schemas_of_our_own_take_the_published_examples(name: str, of: str) -> None:
    jsonschema.validate(schema(name), schema(of))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**schema(name), "tests": [{"status": "good"}]}, schema(of))


def test_every_annotation_is_one_line_on_the_learners_own_line_or_on_the_grader() -> None:
    lines = github.annotated(ALL, ROOT).splitlines()
    heads = [line.partition("title=")[0] for line in lines]
    assert heads == [
        "::error file=exercises/kmeans/kmeans.py,line=6,",
        "::error file=exercises/neural_network/neural_network.py,",
        "::error file=graders/test_recommender.py,line=40,",
        "::error file=exercises/kmeans/kmeans.py,line=9,",
        "::notice file=exercises/kmeans/kmeans.py,",
    ]
    assert "title=kmeans%3A wrong answer::" in lines[0]
    assert "100%25 sure%0D%0A::error" in lines[3]


def test_githubs_limit_on_annotations_is_kept_and_said() -> None:
    many = [prop(f"claim_{n}", Verdict.WRONG_ANSWER, Failure(f"{n} is wrong.")) for n in range(30)]
    report = Report((result("kmeans", *many), result("recommender", *many[:1])))
    lines = github.annotated(report, ROOT).splitlines()
    assert sum(line.startswith("::error ") for line in lines) == 10
    assert "recommender" in lines[1]
    assert lines[-1] == "21 more failures are in the summary of this job."


def test_a_summary_stays_below_githubs_limit_and_says_what_it_left_out() -> None:
    loud = replace(WRONG, call="é" * 2_000, printed="`" * 2_000)
    many = [
        prop(f"claim_{n}", Verdict.WRONG_ANSWER, replace(loud, message=str(n))) for n in range(400)
    ]
    text = github.summary(Report((result("kmeans", *many),)))
    assert 900_000 < len(text.encode()) < 1 << 20
    assert text.endswith("do not fit here: see the log.\n")


def test_what_a_learner_prints_stays_inside_its_fence_in_the_summary() -> None:
    text = github.summary(Report((MIXED,)))
    outside = re.sub(r"(?ms)^(`{3,})\w+\n.*?^\1$", "", text)
    assert "planted" in text
    assert "planted" not in outside
    assert "<script>" not in outside


def test_the_log_tells_the_runner_to_obey_nothing_until_the_token_comes_back() -> None:
    lines = github.fenced(HOSTILE, "f00d").splitlines()
    assert (lines[0], lines[-1]) == ("::stop-commands::f00d", "::f00d::")
    assert lines.count("::f00d::") == 1


def test_partial_credit_is_by_property_and_a_fault_of_the_grader_costs_nothing() -> None:
    document = json.loads(gradescope.render(ALL, "hidden"))
    scores = [(test.get("score"), test.get("max_score")) for test in document["tests"]]
    assert scores == [(1, 1), (1, 1), (0, 1), (0, 1), (0, 1), (0, 1), (0, 1), (None, None)]
    assert "costs you nothing" in document["output"]


def test_a_file_that_cannot_be_loaded_is_told_at_once_whatever_is_hidden() -> None:
    document = json.loads(gradescope.render(Report(ALL.katas[3:]), "after_due_date"))
    assert [test["visibility"] for test in document["tests"]] == [
        "visible",
        "visible",
        "after_due_date",
    ]


def test_no_format_names_a_file_or_a_program_that_its_reader_does_not_have() -> None:
    lines = "\n".join(f"print({number})" for number in range(20))
    call = f'X = np.load(".kata/kmeans/X-4e4325.npy")\n{lines}\nkmeans(X, 2)'
    failing = prop("x", Verdict.WRONG_ANSWER, replace(WRONG, call=call), program=".kata/x.py")
    report = Report((result("kmeans", failing),))
    for text in (
        junit.render(report),
        github.annotated(report, ROOT),
        github.summary(report),
        gradescope.render(report, "visible"),
        exercism.render(report.katas[0]),
        in_class(report),
    ):
        assert "is a value too large to show" in text
        assert ".npy" not in text
        assert "below" not in text


def test_long_output_is_cut_as_exercism_wants_it() -> None:
    loud = prop("it_is_loud", Verdict.WRONG_ANSWER, replace(WRONG, printed="x" * 501))
    document = json.loads(exercism.render(result("kmeans", loud)))
    output = document["tests"][0]["output"]
    assert len(output) == 500
    assert output.endswith("Output was truncated. Please limit to 500 chars")


def test_outside_of_classroom_50_the_missing_variables_are_named() -> None:
    with pytest.raises(UsageError, match="environment: OWNER, SUBMISSION_TAG "):
        classroom50.Submission.of({**RUNNER, "OWNER": "", "SUBMISSION_TAG": ""})


def test_the_command_line_offers_gradescopes_visibilities_and_writes_every_format(
    repository: Path,
) -> None:
    option = next(each for each in cli.check.params if each.name == "visibility")
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == gradescope.VISIBILITIES
    (repository / "exercises/echo/echo.py").write_text(
        "def echo(value):\n    print('::error::planted')\n    return 0\n"
    )
    page = repository / "summary.md"
    env = {**RUNNER, "PATH": "/usr/bin:/bin", "GITHUB_STEP_SUMMARY": str(page)}
    options = [f"--write={name}={name}.out" for name in cli.FORMATS]
    done = kata("check", "echo", "--format", "github", *options, cwd=repository, env=env)
    assert (done.returncode, done.stderr) == (1, "")
    fence, *inside = done.stdout.splitlines()
    token = fence.removeprefix("::stop-commands::")
    assert len(token) == 32
    log, annotations = (
        inside[: inside.index(f"::{token}::")],
        inside[inside.index(f"::{token}::") :],
    )
    assert any("planted" in line for line in log)
    assert annotations[1].startswith("::error file=exercises/echo/echo.py,line=1,title=echo%3A wr")
    assert not any(line.startswith("::error::") for line in annotations)
    assert "0 of 1 katas accepted" in page.read_text()
    for name in cli.FORMATS:
        assert (repository / f"{name}.out").stat().st_size
    for name in ("json", "gradescope", "exercism", "classroom50"):
        json.loads((repository / f"{name}.out").read_text())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--write", "junit"], "kata: --write junit: say FORMAT=FILE"),
        (["--write", "xml=a.xml"], "kata: --write xml=a.xml: say FORMAT=FILE, with a format of"),
        (["--write", "junit=no/such/a.xml"], "kata: --write junit=no/such/a.xml: there is no "),
        (["--write", "junit=exercises"], "kata: exercises cannot be written: Is a directory."),
        (["--format", "classroom50"], "kata: --format classroom50 needs what Classroom 50's"),
    ],
)
def test_what_cannot_be_written_is_one_line_and_status_2(
    repository: Path, arguments: list[str], message: str
) -> None:
    done = kata("check", *arguments, cwd=repository, env={"PATH": "/usr/bin:/bin"})
    assert done.returncode == 2
    assert done.stderr.startswith(message)
    assert done.stderr.count("\n") == 1
