"""The proof of one kata: what has to hold of its files, and whether it does.

The claims of the answers, mutants of the reference, and properties that nothing else makes
superfluous. Grading is the pool's; what it found is kept by the ledger; the rest is counting.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kata import agreement, equivalent, mutant, runs, scaffold, verify
from kata.catalog import Kata
from kata.errors import CatalogError
from kata.ledger import Ledger
from kata.mutant import Mutant
from kata.pool import Finding, Job, Pool, Try
from kata.proxy import Search
from kata.runs import Runs, Used
from kata.verdict import KataResult, Verdict
from kata.verify import Claim

QUICK = Search(examples=1, shrink=False, recheck=False)
"""The first look: the curated examples, and one that is drawn. Asking calls again would take
longer than all of that, and tells few mutants apart."""

FULL = Search(shrink=False)
"""As far as a learner's own answer is searched, less the search for a smaller counterexample."""

OWN = (QUICK, replace(FULL, recheck=False))
"""What a property finds out by itself, quickly and in full."""

SLOW = (Verdict.TIME_LIMIT_EXCEEDED, Verdict.MEMORY_LIMIT_EXCEEDED)
"""What an answer is rejected with for its speed, or for its memory."""

CHUNK = 12
"""Mutants that are looked at together when one will do."""

Tick = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

Graded = tuple[Job, tuple[Finding, ...]]

Told = tuple[str, Finding]
"""A finding, with the name of the answer's file."""


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no property catches and that is not listed as equivalent."""

    line: int
    mutant: mutant.Identity


@dataclass(frozen=True, slots=True)
class PropertyProof:
    """One property: how much it tries, and what it alone catches."""

    name: str
    examples: int
    """Examples that it tries on the reference."""
    sole: str
    """A rejected answer or a mutant that no other property catches; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a bar on the cost is from the answers on either side of it, in shares of the bar."""

    name: str
    """The property's."""
    accepted: float
    """The largest share that a run of an answer to accept has used."""
    slowest: str
    """That answer's file."""
    rejected: float | None
    """The least share that an answer has used which is to be rejected for its speed; None where
    every such answer was cut off, and where there is none."""
    fastest: str
    """That answer's file; empty where there is none."""
    is_ratio: bool
    """Whether times are compared, one with the other; else it is powers of n."""

    @property
    def gap(self) -> float | None:
        """How many times as long the fastest takes as the slowest, where both were measured."""
        return self.rejected / self.accepted if self.rejected and self.is_ratio else None


@dataclass(frozen=True, slots=True)
class Proof:
    """What has been found out about one kata."""

    slug: str
    properties: tuple[PropertyProof, ...]
    accepted: int
    """Answers that must be accepted, the reference among them."""
    rejected: int
    runs: int
    """How often one of the answers to accept was graded, each time from another seed."""
    false_rejections: int
    mutants: int
    killed: int
    equivalent: int
    survivors: tuple[Survivor, ...]
    complaints: tuple[str, ...]
    """What does not hold, in sentences; survivors and redundant properties are not repeated."""
    margins: tuple[Margin, ...]
    """One for each property that states a bar on the cost."""
    known: Runs | None
    """What may be kept of the runs; None where an answer was rejected in one of them."""
    seconds: float
    """What grading took, all processes together, whether now or at an earlier time."""
    fresh: int
    """Verdicts on mutants that were reached in this run."""
    fresh_seconds: float
    """How long those took on the wall."""

    @property
    def redundant(self) -> tuple[str, ...]:
        """The properties without which everything else would still be caught."""
        return tuple(one.name for one in self.properties if not one.sole)

    @property
    def holds(self) -> bool:
        """Whether there is nothing to mend."""
        return not (self.complaints or self.survivors or self.redundant)


def prove(kata: Kata, pool: Pool, times: int | None, seeds: int, tick: Tick) -> Proof:
    """Prove one kata; `times` is how often its answers are graded in all, `seeds` how often each.

    Both are the least: runs that are known from before count as well. Those that the project's
    file of runs has are not made again to reach so many `times`; to reach the `seeds` they are.

    Raises CatalogError where the files of the kata are not such that a proof can begin.
    """
    if not kata.grader.is_file():
        raise CatalogError(f"{kata.slug} has no grader: {kata.grader} is missing.")
    if blanks := scaffold.unwritten(kata):
        raise CatalogError(
            f"{kata.slug} is not written yet: {len(blanks)} lines still say what is missing. "
            f"The first is {blanks[0]}"
        )
    bench = _Desk(kata, pool, tick)
    claims = verify.claims(kata)
    right = [claim for claim in claims if claim.verdict is Verdict.ACCEPTED]
    wrong = [claim for claim in claims if claim.verdict is not Verdict.ACCEPTED]
    listed = equivalent.read(kata.solutions / "equivalent.toml")
    made = mutant.mutants(right[0].path.read_text(encoding="utf-8"))

    complaints = agreement.complaints(kata)
    complaints += bench.stub()
    counted = runs.read(kata.root, kata.slug, bench.key(right))
    here = bench.seeds(right, times, seeds, counted.seeds)
    before = bench.seconds
    examples, false, refuted = bench.accepted(right, here)
    complaints += refuted
    elsewhere = set(range(counted.seeds)).difference(here)
    if elsewhere:
        bench.seconds += counted.seconds * len(elsewhere) / counted.seeds
        bench.right += counted.used
    tried = len(elsewhere) + len(here)
    known = Runs(counted.key, tried, bench.seconds - before, runs.most(bench.right))
    matrix, refuted = bench.rejected(wrong)
    complaints += refuted

    started, fresh = time.monotonic(), bench.fresh
    killers = bench.mutants(made)
    fresh, fresh_seconds = bench.fresh - fresh, time.monotonic() - started
    killed = {one.identity for one, killer in killers.items() if killer}
    identities = {one.identity for one in made}
    complaints += equivalent.complaints(list(listed), identities, killed)
    survivors = tuple(
        Survivor(one.line, one.identity)
        for one in made
        if one.identity not in killed and one.identity not in listed
    )
    sole = bench.sole(wrong, matrix, killers)
    return Proof(
        slug=kata.slug,
        properties=tuple(
            PropertyProof(name, examples.get(name, 0), sole.get(name, "")) for name in bench.names
        ),
        accepted=len(right),
        rejected=len(wrong),
        runs=len(right) * tried,
        false_rejections=false,
        mutants=len(made),
        killed=len(killed),
        equivalent=len((identities - killed) & listed.keys()),
        survivors=survivors,
        complaints=tuple(complaints),
        margins=tuple(margins(bench.names, bench.right, bench.slow)),
        known=None if false else known,
        seconds=bench.seconds,
        fresh=fresh,
        fresh_seconds=fresh_seconds,
    )


def used(told: Told) -> Iterator[Used]:
    """What a run of an answer to accept has used of the bars on the cost."""
    file, finding = told
    for cost in finding.costs:
        yield Used(finding.property, cost.share, file, is_ratio=cost.kind == "time")


def margins(names: Iterable[str], right: Iterable[Used], slow: Sequence[Told]) -> Iterator[Margin]:
    """The margin of each property that has measured costs of right answers.

    Of a slow answer what is over the bar counts: it may be within another one, on its memory say.
    """
    dearest = {one.property: one for one in runs.most(right)}
    for name in names:
        over = [
            (cost.share, file)
            for file, finding in slow
            for cost in finding.costs
            if finding.property == name and cost.is_over
        ]
        within = dearest.get(name)
        if within is None:
            continue
        least, fastest = min(over, default=(None, ""))
        if not fastest:
            fastest = next((file for file, finding in slow if finding.property == name), "")
        yield Margin(name, within.share, within.file, least, fastest, within.is_ratio)


def mutant_job(
    kata: Kata, names: Iterable[str], text: str, searches: Sequence[Search] = (QUICK, FULL)
) -> Job:
    """The job of looking for one property that catches a mutant with this text."""
    tries = tuple(Try(name, search) for search in searches for name in names)
    path = kata.solutions / "reference.py"
    return Job(kata, path, text.encode(), tries, most=1)


class _Desk:
    """Where the jobs of one kata are made out, and their findings come back to."""

    def __init__(self, kata: Kata, pool: Pool, tick: Tick) -> None:
        self._kata, self._pool, self._tick = kata, pool, tick
        self._ledger = Ledger(kata)
        self.names = tuple(test.__name__ for test, _ in verify.properties(kata))
        if not self.names:
            raise CatalogError(f"{kata.grader} states no property: it has no test function.")
        self.fresh = 0
        self.seconds = 0.0
        self.right: list[Used] = []
        self.slow: list[Told] = []

    def _tries(self, search: Search) -> tuple[Try, ...]:
        return tuple(Try(name, search) for name in self.names)

    def _run(self, what: str, jobs: Sequence[Job]) -> Iterator[Graded]:
        """Each job with its findings: those that are known, then the others as they come in."""
        label = f"{self._kata.slug}: {what}"
        known = {job: self._ledger.recall(job) for job in jobs}
        done = 0
        self._tick(label, done, len(jobs))
        missing = [job for job, findings in known.items() if findings is None]
        recalled = [(job, findings) for job, findings in known.items() if findings is not None]
        for fresh, graded in ((False, recalled), (True, self._pool.grade(missing))):
            for job, findings in graded:
                if fresh:
                    self._ledger.note(job, findings)
                    self.fresh += 1
                self.seconds += sum(finding.seconds for finding in findings)
                done += 1
                self._tick(label, done, len(jobs))
                yield job, findings

    def _job(self, claim: Claim, tries: tuple[Try, ...], *, again: bool = False) -> Job:
        text = claim.path.read_bytes()
        return Job(self._kata, claim.path, text, tries, claim.uses, again=again)

    def stub(self) -> list[str]:
        """What is wrong with the stub: it has to count as not started."""
        claim = Claim(self._kata.stub, Verdict.NOT_STARTED, "", frozenset())
        jobs = [self._job(claim, self._tries(QUICK))]
        return [
            f"the stub: {refutation}"
            for _, findings in self._run("stub", jobs)
            if (refutation := self._refutation(claim, findings))
        ]

    def _accepted_job(self, claim: Claim, seed: int) -> Job:
        return self._job(claim, self._tries(Search(seed)), again=seed > 0)

    def key(self, claims: Sequence[Claim]) -> str:
        """The digest of these answers, and of what the outcome of grading them depends on."""
        return self._ledger.digest(self._accepted_job(claim, 0) for claim in claims)

    def seeds(
        self, claims: Sequence[Claim], times: int | None, least: int, counted: int
    ) -> Sequence[int]:
        """From which seeds these answers are to be graded here.

        The first one always, to know what is tried; then `least` of them, or if there shall be
        so many `times`, what is missing after the `counted` ones. Beyond that, seeds from which
        all of them have been graded before.
        """
        if times is None:
            asked = list(range(least))
        else:
            asked = [0, *range(max(counted, 1), -(-times // len(claims)))]
        further = itertools.takewhile(
            lambda seed: all(self._ledger.recall(self._accepted_job(one, seed)) for one in claims),
            itertools.count(max(counted, asked[-1] + 1)),
        )
        return asked + list(further)

    def accepted(
        self, claims: Sequence[Claim], seeds: Sequence[int]
    ) -> tuple[dict[str, int], int, list[str]]:
        """Grade answers that must be accepted, from each seed.

        Return the examples of each property on the reference, how often an answer was rejected,
        and the first rejection of each answer in words.
        """
        jobs = {
            self._accepted_job(claim, seed): (claim, seed) for seed in seeds for claim in claims
        }
        examples: dict[str, int] = {}
        rejections: dict[str, list[str]] = {}
        for job, findings in self._run("accepted answers", list(jobs)):
            claim, seed = jobs[job]
            if claim is claims[0] and seed == 0:
                examples = {finding.property: finding.examples for finding in findings}
            self.right += [one for each in findings for one in used((claim.path.name, each))]
            refutation = self._refutation(claim, findings)
            if refutation:
                rejections.setdefault(claim.path.name, []).append(f"seed {seed}: {refutation}")
        words = [
            f"{name} is rejected in {len(found)} of {len(seeds)} runs; {found[0]}"
            for name, found in sorted(rejections.items())
        ]
        return examples, sum(map(len, rejections.values())), words

    def rejected(self, claims: Sequence[Claim]) -> tuple[dict[str, set[str]], list[str]]:
        """Grade answers that must be rejected: in full on the property that they name.

        Return the properties that fail for each of them, and what contradicts their claims.
        """
        jobs = {
            self._job(claim, tuple(Try(name, _search(claim, name)) for name in self.names)): claim
            for claim in claims
        }
        matrix, words = {}, {}
        for job, findings in self._run("rejected answers", list(jobs)):
            claim = jobs[job]
            matrix[claim.path.name] = _failing(findings)
            if claim.verdict in SLOW:
                named = (one for one in findings if one.property == claim.property)
                self.slow += [(claim.path.name, finding) for finding in named]
            refutation = self._refutation(claim, findings)
            if refutation:
                words[claim.path.name] = f"rejected/{claim.path.name}: {refutation}"
        return dict(sorted(matrix.items())), [words[name] for name in sorted(words)]

    def mutants(self, made: Iterable[Mutant]) -> dict[Mutant, str]:
        """The property that catches each mutant first; empty for one that survives."""
        jobs = {mutant_job(self._kata, self.names, one.text): one for one in made}
        killers = {}
        for job, findings in self._run("mutants", list(jobs)):
            killers[jobs[job]] = next(iter(_failing(findings)), "")
        return killers

    def sole(
        self, wrong: Sequence[Claim], matrix: dict[str, set[str]], killers: dict[Mutant, str]
    ) -> dict[str, str]:
        """For each property that has one, something that no other property catches."""
        found: dict[str, str] = {}
        for name in self.names:
            alone = [claim for claim in wrong if matrix[claim.path.name] == {name}]
            found.update(self._sole_answer(name, alone) or self._sole_mutant(name, killers))
        return found

    def _sole_answer(self, name: str, claims: Sequence[Claim]) -> dict[str, str]:
        """The same for one property and the answers that, looked at quickly, it alone catches."""
        for claim in claims:
            job = replace(self._job(claim, self._tries(OWN[1])), most=2, lead=name)
            for _, findings in self._run(f"what only {name} catches", [job]):
                if _failing(findings) == {name}:
                    return {name: f"rejected/{claim.path.name}"}
        return {}

    def _sole_mutant(self, name: str, killers: dict[Mutant, str]) -> dict[str, str]:
        """The same for one property and mutants; those that it caught first come first."""
        candidates = sorted(
            (one for one, killer in killers.items() if killer),
            key=lambda one: (killers[one] != name, one.line),
        )
        for start in range(0, len(candidates), CHUNK):
            jobs = {
                replace(mutant_job(self._kata, self.names, one.text, OWN), most=2, lead=name): one
                for one in candidates[start : start + CHUNK]
            }
            alone = [
                jobs[job]
                for job, findings in self._run(f"what only {name} catches", list(jobs))
                if _failing(findings) == {name}
            ]
            if alone:
                one = min(alone, key=lambda one: one.line)
                return {name: f"line {one.line}, {one.identity}"}
        return {}

    def _refutation(self, claim: Claim, findings: tuple[Finding, ...]) -> str:
        results = tuple(finding.as_result() for finding in findings)
        return verify.refutation(claim, KataResult(self._kata.slug, str(claim.path), results))


def _search(claim: Claim, name: str) -> Search:
    """A claim is held to what a learner would see; what else fails is looked at quickly."""
    return Search() if name == claim.property else QUICK


def _failing(findings: Iterable[Finding]) -> set[str]:
    return {finding.property for finding in findings if finding.verdict.fails}
