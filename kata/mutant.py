"""Mutants: a reference answer with one small mistake put in; pure, text in and text out.

The mistakes are those of mutmut's operators, used as a library: functions from one libcst node to
others. Not cosmic-ray's, although they are meant for such use: it requires yattag, which comes as
a source only, and `make setup-dev` installs nothing but wheels with their hashes. mutmut's runner
is not used, for a mutant is a submission, and the sandbox grades it.
"""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass
from typing import Any

from kata.errors import SetupError


@dataclass(frozen=True, slots=True)
class Identity:
    """What a mutant is called, so that it is recognised after an edit elsewhere in the file."""

    operator: str
    """The name of mutmut's function, without "operator_"."""
    before: str
    """The lines that differ, as they are in the reference, without indentation around them."""
    after: str
    occurrence: int = 1
    """Which one it is among those that share all of the above, from the top, counted from 1."""

    def __str__(self) -> str:
        ordinal = f" (occurrence {self.occurrence})" if self.occurrence > 1 else ""
        return f"{self.operator}: {self.before!r} -> {self.after!r}{ordinal}"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake put into a file: what it is called, where it is, and the whole text."""

    identity: Identity
    line: int
    text: str


def mutants(source: str) -> tuple[Mutant, ...]:
    """All mutants of a file, from top to bottom, no two of them alike.

    What does not parse is left out. Raises SetupError where mutmut is not installed.
    """
    seen, found = {_squeezed(source)}, []
    for operator, text in _mutations(source):
        squeezed = _squeezed(text)
        if squeezed not in seen and _parses(text):
            seen.add(squeezed)
            found.append((operator, text, *_difference(source, text)))
    counts: Counter[tuple[str, str, str]] = Counter()
    mutants = []
    for operator, text, line, before, after in sorted(found, key=lambda one: one[2]):
        counts[operator, before, after] += 1
        identity = Identity(operator, before, after, counts[operator, before, after])
        mutants.append(Mutant(identity, line, text))
    return tuple(mutants)


def _mutations(source: str) -> list[tuple[str, str]]:
    """The name of the operator and the new text, for each thing that an operator can do.

    Left alone are annotations, which nothing runs, and what stands after `raise`: no task grades
    the text of an error.
    """
    try:
        import libcst  # noqa: PLC0415 learners do not have it
        import libcst.metadata  # noqa: PLC0415
        from mutmut.mutation.mutators import mutation_operators  # noqa: PLC0415
    except ImportError:
        raise SetupError(
            "Mutants need mutmut, which is not installed here. Run make setup-dev, then again."
        ) from None

    wrapper = libcst.MetadataWrapper(libcst.parse_module(source), unsafe_skip_copy=True)
    spans = wrapper.resolve(libcst.metadata.ByteSpanPositionProvider)
    module, text = wrapper.module, source.encode()
    found: list[tuple[str, str]] = []

    class Walk(libcst.CSTVisitor):
        def on_visit(self, node: libcst.CSTNode) -> bool:
            if isinstance(node, libcst.Raise | libcst.Annotation):
                return False
            for kind, operator in mutation_operators:
                if isinstance(node, kind):
                    name = operator.__name__.removeprefix("operator_")
                    found.extend((name, self.replace(node, other)) for other in operator(node))
            return True

        def replace(self, node: libcst.CSTNode, other: libcst.CSTNode) -> str:
            # A hundred times as fast as `deep_replace`, where a span is what it should be.
            span = spans.get(node)
            old, new = (module.code_for_node(_bare(one)) for one in (node, other))
            if span is not None:
                before, rest = text[: span.start], text[span.start :]
                if rest[: span.length] == old.encode():
                    return (before + new.encode() + rest[span.length :]).decode()
            mutated = module.deep_replace(node, other)
            return mutated.code if isinstance(mutated, libcst.Module) else source

    module.visit(Walk())
    return found


def _bare(node: Any) -> Any:
    """The node without the parentheses around it, which its span leaves out as well."""
    return node.with_changes(lpar=(), rpar=()) if getattr(node, "lpar", ()) else node


def _squeezed(text: str) -> str:
    """The text without its spaces: operators differ in how many they put where."""
    return "".join(text.split())


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _difference(source: str, text: str) -> tuple[int, str, str]:
    """The number of the first line that differs, and the lines before and after."""
    old, new = source.splitlines(), text.splitlines()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    changed = (lines[start : len(lines) - end] for lines in (old, new))
    before, after = ("\n".join(lines).strip() for lines in changed)
    return start + 1, before, after
