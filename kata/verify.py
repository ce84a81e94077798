"""The proof of a grader: what its accepted and rejected answers claim, and what grading says."""

from __future__ import annotations

import ast
import functools
import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kata.budget import PROPERTY_SECONDS
from kata.catalog import Kata
from kata.errors import CatalogError
from kata.judge import judge
from kata.proxy import Search, set_up
from kata.recall import Recall, heard
from kata.sandbox import Sandbox
from kata.verdict import KataResult, Verdict

Property = Callable[..., Any]
"""A test function of a grader."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What an answer under solutions/ says of itself, in its docstring."""

    path: Path
    verdict: Verdict
    property: str
    """The property that must find this verdict; empty for an answer that must be accepted."""
    uses: frozenset[str]
    """Dotted names that it may import although the task forbids them: it stands for the field.

    Those that it does import are among them, so that workers can have them loaded beforehand.
    """


def claims(kata: Kata) -> tuple[Claim, ...]:
    """All answers of a kata: the reference, accepted/ and rejected/, each with what it claims.

    Raises CatalogError for a docstring that lacks a line or names what does not exist.
    """
    accepted = [kata.solutions / "reference.py", *_files(kata, "accepted")]
    return (
        *(Claim(path, Verdict.ACCEPTED, "", _uses(path)) for path in accepted),
        *(_rejected(path) for path in _files(kata, "rejected")),
    )


def _files(kata: Kata, folder: str) -> list[Path]:
    return sorted((kata.solutions / folder).glob("*.py"))


def _rejected(path: Path) -> Claim:
    fields = _fields(path)
    try:
        verdict, name = Verdict(fields["verdict"]), fields["property"]
    except (KeyError, ValueError) as error:
        raise CatalogError(
            f'{path}: its docstring must have the lines "verdict: ..." and "property: test_..."; '
            f"{error} is missing or no verdict."
        ) from error
    return Claim(path, verdict, name, frozenset())


def _uses(path: Path) -> frozenset[str]:
    named = frozenset(_fields(path).get("uses", "").split())
    if not named:
        return named
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imported.add(node.module)
    return named | {one for one in imported if any(f"{one}.".startswith(f"{n}.") for n in named)}


def _fields(path: Path) -> dict[str, str]:
    """The lines "name: value" that end a file's docstring."""
    # These files are the project's own, so the parser may see them here. One that is not Python
    # on purpose says what it claims in comments on top.
    text = path.read_text(encoding="utf-8")
    try:
        docstring = ast.get_docstring(ast.parse(text)) or ""
    except SyntaxError:
        docstring = "\n".join(line[2:] for line in text.splitlines() if line.startswith("# "))
    pairs = (line.partition(": ") for line in docstring.splitlines())
    return {name: value.strip() for name, colon, value in pairs if colon and name.isidentifier()}


def properties(kata: Kata) -> list[tuple[Property, float]]:
    """The properties of a kata's grader, in its order, each with its limit in seconds."""
    folder = str(kata.grader.parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)  # for the strategies that graders share
    name = f"kata_grader_{kata.slug}"
    spec = importlib.util.spec_from_file_location(name, kata.grader)
    if spec is None or spec.loader is None:
        raise CatalogError(f"{kata.grader} cannot be imported.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return [(test, _limit(test)) for key, test in vars(module).items() if key.startswith("test_")]


@functools.cache
def _loaded(kata: Kata) -> list[tuple[Property, float]]:
    """The properties, the same functions each time, so that they can be recalled."""
    return properties(kata)


def _limit(test: Property) -> float:
    for mark in getattr(test, "pytestmark", []):
        if mark.name == "timeout":
            return float(mark.args[0] if mark.args else mark.kwargs["timeout"])
    return PROPERTY_SECONDS


def grade(
    sandbox: Sandbox,
    kata: Kata,
    claim: Claim,
    search: Search,
    elsewhere: Search | None = None,
    *,
    alone: bool = False,
    again: bool = False,
    recall: Recall | None = None,
) -> KataResult:
    """Grade one answer in this process, without pytest, on all properties.

    `elsewhere` is the search of the properties that the claim does not name, where it shall be
    another one; with `alone` they are not tried at all. With `again`, for a further seed, only
    properties that search are tried: the others are the same from every seed; and one worker
    serves them all, since the first seed has shown that the answer keeps nothing between them.
    `recall` saves drawing the examples of a search that an earlier answer has held for.
    """
    bench = heard(set_up(sandbox, kata, claim.path, search, claim.uses))
    bench.one_worker, bench.ahead = again, not alone
    results = []
    try:
        for test, limit in properties(kata) if recall is None else _loaded(kata):
            if alone and claim.property not in ("", test.__name__):
                continue
            if again and not vars(test).get("kata_searches"):
                continue
            chosen = elsewhere if elsewhere and test.__name__ != claim.property else search
            bench.search = replace(chosen, recheck=chosen.recheck and not again)
            result = recall.judge(test, bench, limit) if recall else judge(test, bench, limit)[0]
            results.append(result)
    finally:
        bench.close()  # its workers would wait for as long as the sandbox lives
    if not results:
        raise CatalogError(
            f"{claim.path} names {claim.property}, which {kata.grader} does not have."
        )
    return KataResult(kata.slug, str(claim.path), tuple(results))


def refutation(claim: Claim, result: KataResult) -> str:
    """In which way the result contradicts the claim; empty when it bears it out."""
    found = {prop.name: prop for prop in result.properties}
    if claim.property and claim.property not in found:
        return f"there is no property {claim.property}"
    failing = {name: prop.verdict.value for name, prop in found.items() if prop.verdict.fails}
    if result.verdict is not claim.verdict:
        first = next((prop for prop in result.properties if prop.failure), None)
        why = f": {first.failure.message}" if first and first.failure else ""
        return f"the verdict is {result.verdict}, not {claim.verdict}; {failing}{why}"
    if claim.property and found[claim.property].verdict is not claim.verdict:
        return f"{claim.property} finds {found[claim.property].verdict}; {failing}"
    return ""
