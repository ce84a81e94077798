"""Writes values and calls as Python that a learner can paste; pure."""

from __future__ import annotations

import hashlib
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kata import wire
from kata.rejection import Scene, Step
from kata.request import MODULE

INLINE = 48
"""Characters that an argument may take up inside a call; a longer one gets a line of its own."""

ELEMENTS = 64
"""Elements of an array that are worth writing out; a larger one goes into a file."""


@dataclass(frozen=True, slots=True)
class Script:
    """An example as Python: lines that prepare the arguments, then the calls."""

    names: tuple[str, ...]
    """What the calls use of the learner's module."""
    preparation: tuple[str, ...]
    calls: tuple[str, ...]
    arrays: dict[str, np.ndarray[Any, Any]]
    """What is too large to write out, by the name of the .npy file that the lines load."""

    def text(self) -> str:
        """What the learner reads; it needs no more than `import numpy as np` before it."""
        return "\n".join((*self.preparation, *self.calls))

    def program(self, title: str, submission: Path) -> str:
        """The same as a program that prints what the last call returns."""
        calls = list(self.calls)
        if calls:
            name, equals, call = calls[-1].partition(" = ")
            plain = equals and name.isidentifier()
            calls[-1] = f"print({call if plain else calls[-1]})"
        lines = [
            f'"""{title}"""',
            "",
            "import sys",
            "",
            "import numpy as np",
            "",
            f"sys.path.insert(0, {str(submission.parent)!r})",
            f"from {submission.stem} import {', '.join(self.names)}",
            "",
            *self.preparation,
            *calls,
        ]
        return "\n".join(lines) + "\n"


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
        for step in self._scene.steps:
            for value in (*step.args, *step.kwargs.values()):
                uses[id(value)] = uses.get(id(value), 0) + 1
        calls = []
        for step in self._scene.steps:
            for parameter, value in self._scene.arguments(step).items():
                if id(value) not in self._names and self._deserves_a_name(value, uses[id(value)]):
                    stem = parameter if parameter.isidentifier() else "a"
                    self._name(value, drawn.get(id(value)) or self._free(stem))
            calls.append(self._call(step))
        own = [step.name for step in self._scene.steps if step.owner == MODULE]
        names = tuple(dict.fromkeys(own))
        return Script(names, tuple(self._preparation), tuple(calls), self._arrays)

    def _deserves_a_name(self, value: Any, uses: int) -> bool:
        if value is None or isinstance(value, bool | int | float | str):
            return False
        return uses > 1 or len(expression(value)) > INLINE

    def _name(self, value: Any, name: str) -> None:
        self._names[id(value)] = name
        if isinstance(value, np.ndarray) and value.size > ELEMENTS:
            # Named by content, so that the examples of two properties cannot mix.
            file = f"{name}-{hashlib.sha256(value.tobytes()).hexdigest()[:6]}.npy"
            self._arrays[file] = value
            self._preparation.append(f'{name} = np.load("{self._folder}/{file}")')
        else:
            self._preparation.append(f"{name} = {expression(value)}")

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


def expression(value: Any) -> str:
    """A Python expression for plain data, with NumPy known as np and pandas as pd."""
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, np.generic):
        return f"np.{value.dtype.name}({expression(value.item())})"
    if isinstance(value, float) and not math.isfinite(value):
        return "np.nan" if math.isnan(value) else ("np.inf" if value > 0 else "-np.inf")
    if isinstance(value, list):
        return f"[{', '.join(map(expression, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(expression, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{expression(k)}: {expression(v)}" for k, v in value.items()) + "}"
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(value, pandas.DataFrame | pandas.Series):
        return _frame(value)
    return repr(value)


def _array(value: np.ndarray[Any, Any]) -> str:
    if value.size == 0:
        text = f"np.empty({value.shape}, dtype={_dtype(value.dtype)})"
    elif value.dtype in (np.dtype(np.float64), np.dtype(np.int64), np.dtype(np.bool_)):
        text = f"np.array({expression(value.tolist())})"
    else:
        text = f"np.array({expression(value.tolist())}, dtype={_dtype(value.dtype)})"
    fortran = value.flags.f_contiguous and not value.flags.c_contiguous
    return f"np.asfortranarray({text})" if fortran else text


def _dtype(dtype: np.dtype[Any]) -> str:
    return f"np.{dtype.name}" if hasattr(np, dtype.name) else repr(dtype.str)


def _frame(value: Any) -> str:
    name = type(value).__name__
    data = value.to_dict("list") if name == "DataFrame" else value.tolist()
    index = "" if value.index.equals(type(value.index)(range(len(value)))) else value.index.tolist()
    return f"pd.{name}({expression(data)}{f', index={expression(index)}' if index else ''})"


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
        yield repr(value)


def _head(value: np.ndarray[Any, Any]) -> Any:
    return value[:20].tolist() if value.ndim == 1 else [row[:10].tolist() for row in value[:20]]
