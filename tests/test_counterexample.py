"""Values and calls as Python: what is written can be pasted, and gives the same again."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kata.counterexample import brief, expression, script
from kata.grading import same_answer
from kata.rejection import Scene, Step

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.just(math.nan)  # one of the many: a NaN's other bits have no name in Python
    | st.text(max_size=5)
    | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def pasted(text: str) -> Any:
    """What Python makes of the text, with NumPy at hand."""
    return eval(text, {"np": np})  # noqa: S307 this is what the text is for


@given(PLAIN)
def test_plain_data_can_be_pasted(value: object) -> None:
    same_answer(value, pasted(expression(value)), name="value", because="")


@given(
    hnp.arrays(
        st.sampled_from([np.float64, np.float32, np.int64, np.int8, np.uint16, np.bool_]),
        hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=3),
    )
)
def test_arrays_can_be_pasted_with_their_dtype_and_shape(value: np.ndarray[Any, Any]) -> None:
    again = pasted(expression(value))
    assert (again.dtype, again.shape) == (value.dtype, value.shape)
    np.testing.assert_array_equal(again, value)


def test_an_array_in_fortran_order_is_pasted_in_fortran_order() -> None:
    value = np.asfortranarray([[1.0, 2.0], [3.0, 4.0]])
    assert pasted(expression(value)).flags.f_contiguous
    assert not pasted(expression(value)).flags.c_contiguous


@pytest.mark.parametrize("value", [np.float64(1.5), np.int8(-3), np.float32("nan"), np.bool_(True)])
def test_numpy_scalars_keep_their_type(value: Any) -> None:
    again = pasted(expression(value))
    assert type(again) is type(value)
    assert again == value or math.isnan(value)


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
