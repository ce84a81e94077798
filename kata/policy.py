"""What a submission may import and call; runs in the child process, imports nothing of kata.

Two nets, since each misses what the other sees. The syntax tree shows what the file asks for,
with its line, even where it is never reached. At run time names that were put together are seen:
the finder and the stand-ins here tell the audit hook of `guard`, which ends the process.
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
    uses: tuple[str, ...] = ()
    """What is allowed for once, whether a task forbids it or `guard` does."""

    def without(self, waived: frozenset[str]) -> Rules:
        """The same rules, less those that forbid a name given (for answers that wrap a library)."""
        return Rules(
            tuple(rule for rule in self.imports if not any(_covers((rule,), n) for n in waived)),
            tuple(rule for rule in self.calls if not any(_covers((rule,), n) for n in waived)),
            tuple(sorted({*self.uses, *waived})),
        )


@dataclass(frozen=True, slots=True)
class Breach:
    """A forbidden name that the source asks for, and the line that does."""

    name: str
    line: int


class Forbidden(ImportError):
    """Raised in a library that reaches for something the task forbids.

    An ImportError, so that one which tries another library and can do without it goes on. The
    learner's own code gets no exception to catch: `guard` ends the process.
    """


NATIVE = (
    *("_ctypes", "_dbm", "_gdbm", "_interpreters", "_posixshmem", "_posixsubprocess"),
    *("_testcapi", "_testinternalcapi", "_xxsubinterpreters", "ctypes", "readline"),
)
"""Modules that reach past Python into memory, other processes and files, unseen by audit hooks."""

MACHINERY = ("kata",)

FRAMES = frozenset({"ag_frame", "cr_frame", "f_back", "gi_frame", "tb_frame"})
"""Attributes that lead from the learner's code to the code that runs it."""


def refusal(name: str) -> str:
    """What the learner reads about a forbidden name."""
    if _covers(NATIVE, name):
        return f"{name} is not allowed here: a submission is to be plain Python."
    if name in FRAMES or _covers(MACHINERY, name):
        return f"{name} is not allowed here: a submission must leave alone what runs it."
    return f"{name} is not allowed here: the task is to write it yourself."


def breaches(tree: ast.Module, rules: Rules) -> list[Breach]:
    """Every forbidden import or call that the syntax shows, in the order of the lines."""
    forbidden = (*rules.imports, *rules.calls, *(n for n in NATIVE if n not in rules.uses))
    found = [
        Breach(rule, line)
        for name, line in _names_asked_for(tree)
        if (rule := _covers((*forbidden, *MACHINERY), name))
    ]
    found += [
        Breach(node.attr, node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in FRAMES
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
        # To look through all modules would make this process own the pages of all their names.
        if any(rule in sys.modules for rule in rules.imports):
            for name in list(sys.modules):
                if _covers(rules.imports, name):
                    del sys.modules[name]  # a library had loaded it: it must be looked for again
        # Before all other finders, for importlib raises no audit event. Whoever takes it off that
        # list meets `guard` when the library's files are opened.
        sys.meta_path.insert(0, _Refuser(rules.imports))
    for call in rules.calls:
        module_name, _, attribute = call.rpartition(".")
        try:
            module = importlib.import_module(module_name)
        except ModuleNotFoundError:
            continue  # nothing to guard: what is not installed cannot be called
        original = getattr(module, attribute, None)
        if original is None:
            continue
        # Also where the package has it from, and wherever else it is imported. Under its own name
        # alone: to look at all names takes milliseconds, and each worker does this.
        refused, package = _refuse(call), call.partition(".")[0]
        for name, other in list(sys.modules.items()):
            if name.partition(".")[0] == package and vars(other).get(attribute) is original:
                setattr(other, attribute, refused)


def _covers(rules: tuple[str, ...], name: str) -> str:
    """The rule that forbids a dotted name; empty when none does."""
    return next((rule for rule in rules if name == rule or name.startswith(rule + ".")), "")


def _check(rules: tuple[str, ...], name: str) -> None:
    rule = _covers(rules, name)
    if rule:
        sys.audit("import", name, None, None, None, None)
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
        sys.audit("kata.name", refusal(name))
        raise Forbidden(refusal(name))

    return refused
