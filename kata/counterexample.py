"""Writes values and calls as Python that a learner can paste; pure."""

from __future__ import annotations

import hashlib
import keyword
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kata import literal, wire
from kata.literal import expression
from kata.rejection import Scene, Step
from kata.request import MODULE

INLINE = 48
"""Characters that an argument may take up inside a call; a longer one gets a line of its own."""

ELEMENTS = 64
"""Elements of an array that are worth writing out; a larger one goes into a file."""

ITEMS = 400
"""The same of a list, and of the cells of a frame."""


@dataclass(frozen=True, slots=True)
class Script:
    """An example as Python: lines that prepare the arguments, then the calls."""

    names: tuple[str, ...]
    """What the calls use of the learner's module."""
    preparation: tuple[str, ...]
    calls: tuple[str, ...]
    arrays: dict[str, np.ndarray[Any, Any]]
    """What is too large to write out, by the name of the .npy file that the lines load."""
    answers: bool = True
    """Whether the last call has an answer to print; an attribute that is set has none."""

    def text(self) -> str:
        """What the learner reads; it needs NumPy as np before it, and pandas as pd if it has pd."""
        return "\n".join((*self.preparation, *self.calls))

    def program(self, title: str, submission: Path) -> str:
        """The same as a program that prints what the last call returns."""
        calls = list(self.calls)
        if calls and self.answers:
            name, equals, call = calls[-1].partition(" = ")
            assigned = equals and name.isidentifier()
            calls[-1] = f"print({call if assigned else calls[-1]})"
        plain = submission.stem.isidentifier() and not keyword.iskeyword(submission.stem)
        lines = [
            f'"""{title}"""',
            "",
            *([] if plain else ["import importlib.util"]),
            "import sys",
            "",
            *self._imports(),
            "",
            *(self._imported(submission) if plain else self._loaded(submission)),
            "",
            *self.preparation,
            *calls,
        ]
        return "\n".join(lines) + "\n"

    def _imported(self, submission: Path) -> list[str]:
        return [
            f"sys.path.insert(0, {str(submission.parent)!r})",
            f"from {submission.stem} import {', '.join(self.names)}",
        ]

    def _loaded(self, submission: Path) -> list[str]:
        """The same for a file whose name no import statement takes, such as my-answer.py."""
        return [
            f"spec = importlib.util.spec_from_file_location('submission', {str(submission)!r})",
            "module = sys.modules['submission'] = importlib.util.module_from_spec(spec)",
            "spec.loader.exec_module(module)",
            *(f"{name} = module.{name}" for name in self.names),
        ]

    def _imports(self) -> list[str]:
        """NumPy, which whoever tries things out wants at hand, and what else the lines need."""
        text = self.text()
        needed = {"import numpy as np"}
        needed.update(line for mark, line in literal.IMPORTS.items() if mark in text)
        return sorted(needed, key=lambda line: (line.startswith("from"), line))


def script(scene: Scene, folder: str) -> Script:
    """Write down the steps of an example; large arrays are loaded from `folder`."""
    return _Writer(scene, folder).write()


class _Writer:
    def __init__(self, scene: Scene, folder: str) -> None:
        self._scene, self._folder = scene, folder
        self._preparation: list[str] = []
        self._names: dict[int, str] = {}
        self._objects: dict[int, str] = {}
        self._arrays: dict[str, np.ndarray[Any, Any]] = {}
        self._taken: set[str] = set(scene.drawn)

    def write(self) -> Script:
        drawn = {id(value): name for name, value in self._scene.drawn.items()}
        uses: dict[int, int] = {}
        for step in self._steps():
            for value in (*step.args, *step.kwargs.values()):
                uses[id(value)] = uses.get(id(value), 0) + 1
        calls = []
        for step in self._steps():
            for parameter, value in self._scene.arguments(step).items():
                if id(value) not in self._names and self._deserves_a_name(value, uses[id(value)]):
                    stem = parameter if parameter.isidentifier() else "a"
                    self._name(value, drawn.get(id(value)) or self._free(stem))
            call = self._call(step)
            if step.refused and step is not self._scene.steps[-1]:
                calls.append("try:")
                calls.append(f"    {call}")
                calls.append("except Exception:")
                calls.append("    pass  # it is right to refuse that")
            else:
                calls.append(call)
        own = [step.name for step in self._steps() if step.owner == MODULE]
        names = tuple(dict.fromkeys(own))
        last = self._scene.steps[-1:]
        answers = not any(step.action == "set" for step in last)
        return Script(names, tuple(self._preparation), tuple(calls), self._arrays, answers)

    def _steps(self) -> list[Step]:
        """What led to the failure: not the calls of functions that raised, as they had to."""
        steps = self._scene.steps
        kept = [step for step in steps[:-1] if not (step.refused and step.owner == MODULE)]
        return [*kept, *steps[-1:]]

    def _deserves_a_name(self, value: Any, uses: int) -> bool:
        if value is None or isinstance(value, bool | int | float | str):
            return False
        return uses > 1 or _is_large(value) or len(expression(value)) > INLINE

    def _name(self, value: Any, name: str) -> None:
        self._names[id(value)] = name
        text = self._stored(value, name) if _is_large(value) else expression(value)
        self._preparation.append(f"{name} = {text}")

    def _stored(self, value: Any, name: str) -> str:
        """An expression for a large value, the bulk of which is loaded from files."""
        if isinstance(value, np.ndarray):
            return self._load(value, name)
        if isinstance(value, list):
            array = _as_array(value)
            return expression(value) if array is None else f"{self._load(array, name)}.tolist()"
        parts = [value] if value.ndim == 1 else [value.iloc[:, i] for i in range(value.shape[1])]
        columns = [self._column(part, f"{name}{i}") for i, part in enumerate(parts)]
        index = literal.indexed(value)
        if index and value.index.nlevels == 1:
            named = "" if value.index.name is None else f", name={expression(value.index.name)}"
            held = self._column(value.index, f"{name}_index")
            index = f", index=pd.Index({held}{named})"
        if value.ndim == 1:
            named = "" if value.name is None else f", name={expression(value.name)}"
            return f"pd.Series({columns[0]}{index}{named})"
        return literal.frame(value, columns, index)

    def _column(self, values: Any, name: str) -> str:
        """A column, or an index, of a large frame."""
        if isinstance(values.dtype, np.dtype) and values.dtype.kind != "O":
            return self._load(values.to_numpy(), name)
        if hasattr(values.array, "codes"):
            codes = self._load(np.asarray(values.array.codes), name)
            kinds, ordered = literal.column(values.array.categories), values.array.ordered
            return f"pd.Categorical.from_codes({codes}, categories={kinds}, ordered={ordered})"
        items = values.tolist()
        gaps = np.array([not isinstance(item, str) for item in items])
        texts = _as_array(["" if gap else item for gap, item in zip(gaps, items, strict=True)])
        missing = {repr(item) for item, gap in zip(items, gaps, strict=True) if gap}
        if texts is None or (not missing <= {"None"} and not missing <= {"nan"}):
            return literal.column(values)
        loaded = f"{self._load(texts, name)}.astype(object)"
        if missing:
            gap = "None" if missing == {"None"} else "np.nan"
            loaded = f"np.where({self._load(gaps, f'{name}_gaps')}, {gap}, {loaded})"
        if values.dtype == np.dtype(object):
            return literal.objects(loaded)
        return f"pd.array({loaded}, dtype={str(values.dtype)!r})"

    def _load(self, value: np.ndarray[Any, Any], name: str) -> str:
        # Named by content, so that the examples of two properties cannot mix.
        file = f"{name}-{hashlib.sha256(value.tobytes()).hexdigest()[:6]}.npy"
        self._arrays[file] = value
        return f'np.load("{self._folder}/{file}")'

    def _free(self, stem: str) -> str:
        name, count = stem, 1
        while name in self._taken:
            count += 1
            name = f"{stem}{count}"
        self._taken.add(name)
        return name

    def _call(self, step: Step) -> str:
        owner = "" if step.owner == MODULE else self._objects[step.owner] + "."
        if step.action == "get":
            return owner + step.name
        if step.action == "set":
            return f"{owner}{step.name} = {self._argument(step.args[0])}"
        arguments = [self._argument(value) for value in step.args]
        arguments += [f"{key}={self._argument(value)}" for key, value in step.kwargs.items()]
        call = f"{owner}{step.name}({', '.join(arguments)})"
        if step.made is not None and step.made not in self._objects:
            self._objects[step.made] = self._free("model")
            return f"{self._objects[step.made]} = {call}"
        return call

    def _argument(self, value: Any) -> str:
        return self._names.get(id(value)) or expression(value)


def _is_large(value: Any) -> bool:
    """Whether a value is better kept in a file than written out."""
    if isinstance(value, np.ndarray):
        return value.size > ELEMENTS and value.dtype.kind != "O"
    if isinstance(value, list):
        return len(value) > ITEMS
    # Series and DataFrames, and nothing else, have both.
    return hasattr(value, "iloc") and hasattr(value, "dtypes") and value.size > ITEMS


def _as_array(items: list[Any]) -> np.ndarray[Any, Any] | None:
    """An array whose tolist() is the list again, to the type and the bit; None where none is."""
    kinds = {type(item) for item in items}
    if len(kinds) != 1 or not kinds <= {int, float, bool, str}:
        return None
    try:
        array = np.array(items)
    except OverflowError:
        return None
    again = array.tolist()
    same = array.dtype.kind in "iufbU" and array.ndim == 1 and type(again[0]) in kinds
    return array if same and (again == items or float in kinds) else None


def brief(value: Any, width: int = 58, digits: int | None = None) -> str:
    """A value on one line of at most `width` characters, for a person to read.

    `digits` limits the significant digits of floats; None writes them out in full.
    """
    text = "".join(_pieces(value, digits))
    if len(text) <= width:
        return text
    shape = f" … shape {value.shape}" if isinstance(value, np.ndarray) else " …"
    return text[: width - len(shape)] + shape


def _pieces(value: Any, digits: int | None) -> Iterator[str]:
    if isinstance(value, wire.Opaque):
        yield value.text
    elif isinstance(value, np.ndarray):
        # More elements than fit on a line are never looked at.
        yield from _pieces(value.tolist() if value.size <= 200 else _head(value), digits)
    elif isinstance(value, np.generic):
        yield from _pieces(value.item(), digits)
    elif isinstance(value, list | tuple):
        left, right = "[]" if isinstance(value, list) else "()"
        yield left
        for number, item in enumerate(value[:100]):
            yield ", " if number else ""
            yield from _pieces(item, digits)
        yield ",)" if right == ")" and len(value) == 1 else right
    elif isinstance(value, float) and digits is not None:
        yield f"{value:.{digits}g}"
    else:
        try:
            yield repr(value)
        except ValueError:  # what Python says of an integer beyond sys.get_int_max_str_digits()
            yield "a number of too many digits to write out"


def _head(value: np.ndarray[Any, Any]) -> Any:
    return value[:20].tolist() if value.ndim == 1 else [row[:10].tolist() for row in value[:20]]
