"""What a submission may import and call; runs in the child process, imports nothing of kata.

Two nets, since each misses what the other sees. The syntax tree shows what the file asks for,
with its line, even where it is never reached. The hooks in the worker see names that were
put together at run time.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Rules:
    """What one kata forbids, as dotted names; "sklearn" covers everything below sklearn."""

    imports: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()

    def without(self, waived: frozenset[str]) -> Rules:
        """The same rules, less those that forbid a name given (for answers that wrap a library)."""
        return Rules(
            tuple(rule for rule in self.imports if not any(_covers((rule,), n) for n in waived)),
            tuple(rule for rule in self.calls if not any(_covers((rule,), n) for n in waived)),
        )


@dataclass(frozen=True, slots=True)
class Breach:
    """A forbidden name that the source asks for, and the line that does."""

    name: str
    line: int


class Forbidden(ImportError):
    """Raised inside the learner's code when it reaches for something the task forbids.

    An ImportError, so that code which tries a library and falls back on its own goes on.
    """


def refusal(name: str) -> str:
    """What the learner reads about a forbidden name."""
    return f"{name} is not allowed here: the task is to write it yourself."


def breaches(tree: ast.Module, rules: Rules) -> list[Breach]:
    """Every forbidden import or call that the syntax shows, in the order of the lines."""
    found = [
        Breach(rule, line)
        for name, line in _names_asked_for(tree)
        if (rule := _covers((*rules.imports, *rules.calls), name))
    ]
    return sorted(found, key=lambda breach: breach.line)


def _names_asked_for(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield (dotted name, line) of all imports, and of attributes read through them."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                known[alias.asname or top] = alias.name if alias.asname else top
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                yield f"{node.module}.{alias.name}", node.lineno
    # A second walk, for `ast.walk` may reach a use before the import that names it.
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            name = _dotted(node, known)
            if name:
                yield name, node.lineno


def _dotted(node: ast.expr, known: dict[str, str]) -> str | None:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in known:
        return None
    return ".".join([known[node.id], *reversed(parts)])


def install(rules: Rules) -> None:
    """Make this process refuse the forbidden imports and calls from now on, for good."""
    if rules.imports:
        for name in list(sys.modules):
            if _covers(rules.imports, name):
                del sys.modules[name]  # some library had loaded it: it must be looked for again
        # Before all other finders. Not the audit event alone, which importlib does not raise; but
        # that one too, since the list of finders can be changed by the code it guards against.
        sys.meta_path.insert(0, _Refuser(rules.imports))
        sys.addaudithook(
            lambda event, args: _check(rules.imports, args[0]) if event == "import" else None
        )
    for call in rules.calls:
        module_name, _, attribute = call.rpartition(".")
        try:
            module = importlib.import_module(module_name)
        except ModuleNotFoundError:
            continue  # nothing to guard: what is not installed cannot be called
        if hasattr(module, attribute):
            setattr(module, attribute, _refuse(call))


def _covers(rules: tuple[str, ...], name: str) -> str:
    """The rule that forbids a dotted name; empty when none does."""
    return next((rule for rule in rules if name == rule or name.startswith(rule + ".")), "")


def _check(rules: tuple[str, ...], name: str) -> None:
    rule = _covers(rules, name)
    if rule:
        raise Forbidden(refusal(rule))


class _Refuser:
    """A finder that finds nothing, and refuses to look for what is forbidden."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        self._rules = rules

    def find_spec(self, name: str, _path: object, _target: object = None) -> None:
        """Raise Forbidden for a forbidden module; leave the others to the next finder."""
        _check(self._rules, name)


def _refuse(name: str) -> Callable[..., NoReturn]:
    def refused(*_args: object, **_kwargs: object) -> NoReturn:
        raise Forbidden(refusal(name))

    return refused
