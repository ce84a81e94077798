"""Values and calls as Python: what is written can be pasted, and gives the same again."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from test_literal import same

from kata.counterexample import ITEMS, brief, script
from kata.rejection import Scene, Step


def test_short_arguments_stand_in_the_call() -> None:
    scene = Scene({}, [Step("call", 0, "f", (np.array([1.0]), 2), {"k": "text"})])
    assert script(scene, "folder").text() == "f(np.array([1.0]), 2, k='text')"


def test_a_long_argument_gets_a_line_and_its_parameters_name() -> None:
    value = np.arange(20.0)
    scene = Scene({}, [Step("call", 0, "f", (value,))], {"f": ["points"]})
    assert script(scene, "folder").text().splitlines()[1] == "f(points)"
    assert script(scene, "folder").preparation[0].startswith("points = np.array([0.0, 1.0, ")


def test_a_drawn_argument_keeps_the_name_it_was_drawn_under() -> None:
    value = np.arange(20.0)
    scene = Scene({"X": value}, [Step("call", 0, "f", (value,))], {"f": ["points"]})
    assert script(scene, "folder").calls == ("f(X)",)


def test_an_argument_used_twice_is_written_once() -> None:
    value = np.array([1.0])
    scene = Scene({}, [Step("call", 0, "f", (value,)), Step("call", 0, "g", (value,))])
    assert script(scene, "folder").text() == "a = np.array([1.0])\nf(a)\ng(a)"


def test_objects_get_names_and_their_methods_are_called_on_them() -> None:
    scene = Scene(
        {},
        [
            Step("call", 0, "Model", made=2),
            Step("call", 2, "fit", (1,), made=2),
            Step("get", 2, "coef_"),
            Step("set", 2, "params", ({"w": 1},)),
            Step("call", 0, "Model", made=3),
        ],
    )
    assert script(scene, "folder").text().splitlines() == [
        "model = Model()",
        "model.fit(1)",
        "model.coef_",
        "model.params = {'w': 1}",
        "model2 = Model()",
    ]


def test_what_was_rightly_refused_before_does_not_stop_the_program() -> None:
    scene = Scene(
        {},
        [
            Step("call", 0, "f", (1,), refused=True),
            Step("call", 0, "Model", made=2),
            Step("call", 2, "fit", (1,), refused=True),
            Step("call", 2, "fit", (2,), refused=True),
        ],
    )
    assert script(scene, "folder").text().splitlines() == [
        "model = Model()",
        "try:",
        "    model.fit(1)",
        "except Exception:",
        "    pass  # it is right to refuse that",
        "model.fit(2)",
    ]


def test_a_large_array_goes_into_a_file_named_by_its_content() -> None:
    value = np.arange(1000.0)
    written = script(Scene({}, [Step("call", 0, "f", (value,), {})], {"f": ["X"]}), "folder")
    (name,) = written.arrays
    assert written.preparation == (f'X = np.load("folder/{name}")',)
    other = script(Scene({}, [Step("call", 0, "f", (value + 1,), {})], {"f": ["X"]}), "folder")
    assert list(other.arrays) != [name]


def test_the_program_prints_what_the_last_call_returns() -> None:
    scene = Scene({}, [Step("call", 0, "Model", made=2), Step("call", 2, "fit", (1,), made=2)])
    text = script(scene, "folder").program("title", Path("/x/answer.py"))
    assert text.endswith("from answer import Model\n\nmodel = Model()\nprint(model.fit(1))\n")


def test_a_program_that_ends_in_setting_an_attribute_runs(tmp_path: Path) -> None:
    (tmp_path / "answer.py").write_text("class Model: pass\n")
    scene = Scene({}, [Step("call", 0, "Model", made=2), Step("set", 2, "params", (1,))])
    text = script(scene, "folder").program("title", tmp_path / "answer.py")
    assert text.endswith("\nmodel = Model()\nmodel.params = 1\n")
    subprocess.run([sys.executable, "-c", text], check=True)


@pytest.mark.parametrize("name", ["my-answer.py", "01.py", "class.py"])
def test_a_program_runs_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("def f(value):\n    return value + 1\n")
    text = script(Scene({}, [Step("call", 0, "f", (1,))]), "folder").program("t", tmp_path / name)
    done = subprocess.run([sys.executable, "-c", text], check=True, capture_output=True, text=True)
    assert done.stdout == "2\n"


MANY = ITEMS + 100
LARGE = {
    "a list of numbers": [0.1, float("nan"), float("inf")] * MANY,
    "a list of texts": ["", "a\0", "\u00e9"] * MANY,
    "a list of both": [1, "x"] * MANY,
    "a list of huge numbers": [2**70] * MANY,
    "a frame": pd.DataFrame(
        {
            "when": pd.date_range("2024-01-01", periods=MANY, freq="h").as_unit("ns"),
            "zoned": pd.date_range("2024-01-01", periods=MANY, freq="h", tz="Europe/Berlin"),
            "kind": pd.Categorical(["b", "a", None, "b", "a"] * (MANY // 5), ["b", "a", "c"]),
            "text": ["x", None] * (MANY // 2),
            "mixed": pd.Series(["x", None, 1, 2.5, float("nan")] * (MANY // 5), dtype=object),
            "gaps": pd.Series(["x", None] * (MANY // 2), dtype=object),
            "count": pd.array([1, None] * (MANY // 2), dtype="Int64"),
            "small": np.arange(MANY, dtype=np.int8),
        },
        index=pd.Index([f"row {i}" for i in range(MANY)], name="id"),
    ),
    "a series": pd.Series(range(MANY), index=range(MANY, 0, -1), name="n"),
    "a frame of two levels": pd.DataFrame(
        {"x": range(MANY)}, index=[["a"] * MANY, list(range(MANY))]
    ),
}


@pytest.mark.parametrize("value", LARGE.values(), ids=LARGE)
def test_a_large_value_is_loaded_from_files_and_is_the_same(tmp_path: Path, value: Any) -> None:
    scene = Scene({}, [Step("call", 0, "f", (value,), {})], {"f": ["X"]})
    written = script(scene, str(tmp_path))
    for name, array in written.arrays.items():
        np.save(tmp_path / name, array, allow_pickle=False)
    names: dict[str, Any] = {"np": np, "pd": pd}
    exec("\n".join(written.preparation), names)  # noqa: S102 this is what the text is for
    same(names["X"], value)


def test_what_is_large_is_not_written_out() -> None:
    rows = 100_000
    frame = pd.DataFrame({"n": range(rows), "s": ["text"] * rows, "t": pd.Timestamp("2024-01-01")})
    scene = Scene({}, [Step("call", 0, "f", (frame, ["id"] * rows), {})])
    assert len(script(scene, "folder").text()) < 500


def test_a_program_with_a_frame_runs_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "answer.py").write_text("def f(table, day): return table.dtypes.to_dict(), day\n")
    table = pd.DataFrame({"when": [pd.Timestamp("2024-01-01", tz="UTC")], "n": [1]})
    scene = Scene({}, [Step("call", 0, "f", (table, dt.date(2024, 1, 1)))])
    program = script(scene, "folder").program("title", tmp_path / "answer.py")
    (tmp_path / "program.py").write_text(program)
    printed = subprocess.run(
        [sys.executable, tmp_path / "program.py"], capture_output=True, text=True, check=True
    ).stdout
    assert printed.strip().endswith("'n': dtype('int64')}, datetime.date(2024, 1, 1))")
    assert "UTC" in printed


def test_a_long_value_is_cut_and_tells_its_shape() -> None:
    text = brief(np.arange(10**6).reshape(1000, 1000))
    assert len(text) == 58
    assert text.endswith("… shape (1000, 1000)")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ((1,), "(1,)"),
        ([1.5, None], "[1.5, None]"),
        (np.float64(0.1), "0.1"),
        ({"a": 1}, "{'a': 1}"),
    ],
)
def test_a_short_value_is_shown_whole(value: object, text: str) -> None:
    assert brief(value) == text
