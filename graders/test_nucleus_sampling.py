"""What sampling from logits must satisfy: the very distribution, and draws that follow it.

The tests of the draws hold for every sample size, not in a limit, so their error rate is known.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import INTEGER_DTYPES, vectors

from kata.grading import (
    Submission,
    array,
    assume,
    budget,
    example,
    given,
    raises,
    reject,
    require,
    same_answer,
    unchanged,
)

Array = np.ndarray[Any, Any]

SEEDS = st.one_of(st.integers(0, 3), st.integers(0, 2**32 - 1))
RELATIVE = 1e-8
"""The relative error that the task allows. Logits of 1e4 over a temperature of 1e-3 are rounded by
1e7 * eps / 2 = 1e-9; the largest, or the logarithm of the sum, by as much again, and so is their
difference, whose error is the relative error of the exponential. The sums add V * eps."""
VANISHING = 1e-300
"""Below this a token that stays may have probability 0, so near the smallest float there is."""
GAP = 1e-6
"""No sum of a beginning is nearer to top_p than this, so that its rounding decides nothing."""
DRAWS = 20_000
MISTAKE = 1e-9
"""The probability with which independent draws are taken for wrong ones, in one example at most.
A search has fewer than a hundred, so it fails for no reason with less than 1e-7."""


@dataclass(frozen=True)
class Wish:
    """Logits, and the options of a call, some of which may be left out."""

    logits: Array
    options: dict[str, Any]


def wish(logits: list[float] | Array, **options: Any) -> Wish:
    """These logits and these options."""
    return Wish(np.asarray(logits), options)


def beginnings(it: Wish) -> tuple[list[int], list[float]]:
    """The order of the tokens that steps 1 and 2 leave, and the sums of its beginnings."""
    logits = [float(logit) for logit in it.logits]
    order = sorted(range(len(logits)), key=lambda token: (-logits[token], token))
    order = order[: it.options.get("top_k")]
    temperature = it.options.get("temperature", 1.0)
    if temperature == 0:
        order = order[:1]
        return order, [1.0]
    powers = [math.exp((logits[token] - logits[order[0]]) / temperature) for token in order]
    total = math.fsum(powers)
    # Their rounding, of the size of V * eps, is far below GAP.
    return order, [beginning / total for beginning in itertools.accumulate(powers)]


def exact(it: Wish) -> tuple[Array, list[int]]:
    """The distribution by the definition, and the tokens that stay."""
    order, sums = beginnings(it)
    top_p = it.options.get("top_p", 1.0)
    if top_p < 1:
        order = order[: 1 + next(i for i, total in enumerate(sums) if total >= top_p)]
    p = np.zeros(len(it.logits))
    if it.options.get("temperature", 1.0) == 0:
        p[order] = 1.0
        return p, order
    temperature = it.options.get("temperature", 1.0)
    top = float(it.logits[order[0]])
    powers = [math.exp((float(it.logits[token]) - top) / temperature) for token in order]
    total = math.fsum(powers)
    p[order] = [power / total for power in powers]
    return p, order


def is_clear(it: Wish) -> bool:
    """Whether no sum of a beginning is so near to top_p that rounding decides."""
    top_p = it.options.get("top_p", 1.0)
    return top_p == 1 or all(abs(total - top_p) > 2 * GAP for total in beginnings(it)[1])


def ask(submission: Submission, it: Wish) -> Array:
    """The probabilities for these arguments, checked for type and shape."""
    return array(
        submission.probabilities(it.logits, **it.options),
        name="probabilities(...)",
        shape=it.logits.shape,
        kind="float",
        dtype=np.float64,
    )


def draw_tokens(submission: Submission, it: Wish, size: int, **seed: int) -> Array:
    """A sample, checked for type and shape, and for numbers that name tokens."""
    tokens = array(
        submission.sample(it.logits, size, **it.options, **seed),
        name="sample(...)",
        shape=(size,),
        kind="integer",
    )
    last = len(it.logits) - 1
    if not np.all((tokens >= 0) & (tokens <= last)):
        reject(f"Tokens must lie between 0 and {last}.", returned=tokens)
    return tokens


def check_distribution(it: Wish, p: Array) -> None:
    """Check first which tokens stay, then with which probability."""
    expected, stay = exact(it)
    away = [token for token in range(len(p)) if token not in stay or expected[token] == 0]
    for token in away:
        if p[token] != 0:
            reject(
                f"Token {token} has the probability {p[token]:.4g}, but it must be exactly 0: "
                f"it does not stay.",
                returned=p,
                expected=expected,
            )
    for token in stay:
        if p[token] <= 0 and expected[token] > VANISHING:
            reject(
                f"Token {token} stays, so its probability must be above 0.",
                returned=p,
                expected=expected,
            )
    wrong = np.flatnonzero(np.abs(p - expected) > RELATIVE * expected + VANISHING)
    if len(wrong):
        token = int(wrong[0])
        reject(
            f"Token {token} has the probability {p[token]:.8g} instead of {expected[token]:.8g}.",
            returned=p,
            expected=expected,
        )


def check_with_temperature(submission: Submission, it: Wish) -> None:
    """Check a call that states its temperature: one property is enough for what it is if not."""
    it = Wish(it.logits, {"temperature": 1.0, **it.options})
    check_distribution(it, ask(submission, it))


def logits_of(draw: st.DrawFn, most: int = 7, least: int = 1) -> Array:
    """Logits, of which some are equal and some, at times, ban a token."""
    logits = draw(vectors(draw(st.integers(least, most)))) / draw(st.sampled_from([1.0, 4.0]))
    banned = draw(st.lists(st.integers(0, len(logits) - 1), max_size=1))
    if len(logits) > 1:
        logits[banned] = -np.inf
    return logits


TEMPERATURES: st.SearchStrategy[float] = st.sampled_from([0.5, 1, 2.0, 0.1, 4, 0.03, 100.0])
TOP_P: st.SearchStrategy[float] = st.sampled_from([0.9, 0.5, 0.3, 0.01, 0.77, 0.99, 1, 1.0])


@st.composite
def wishes(draw: st.DrawFn, *names: str) -> Wish:
    """Logits with the named options, each of which may be left out."""
    logits = logits_of(draw)
    ways: dict[str, st.SearchStrategy[Any]] = {
        "temperature": TEMPERATURES,
        "top_k": st.sampled_from([None, *range(1, len(logits) + 3)]),
        "top_p": TOP_P,
    }
    options = {name: draw(ways[name]) for name in names if draw(st.integers(0, 3))}
    it = Wish(logits, options)
    assume(is_clear(it))
    return it


FOUR = [0.0, 2.0, 1.0, -1.0]
EVEN = [1.0, 1.0, 1.0, 1.0]
# More than a sort by insertion is used for, so that an unstable one shows.
MANY_EQUAL = [float(i % 3) for i in range(40)]
# The only token's number is more than an integer of two bytes can hold, signed or not.
LAST_OF_MANY = np.full(70_000, -math.inf)
LAST_OF_MANY[-1] = 0.0
BANNED = [0.0, -math.inf, 1.0, -math.inf]
# As near as logits may be, at the size where a float is coarsest: 2**-19 is 1.9e-6. The larger come
# last, so that who takes them for equal takes the wrong ones.
CLOSE = [9999.0, 9999.0 + 2.0**-19, -3.0, 9999.0 + 2.0**-18]


@st.composite
def close_together(draw: st.DrawFn, *names: str) -> Wish:
    """Large logits that hardly differ, some of them equal, and the named options."""
    it = draw(wishes(*names))
    # Steps of 2**-19 or more, which floats of this size hold exactly.
    logits = draw(st.sampled_from([9999.0, -9999.0, 100.0])) + it.logits * 2.0**-14
    it = Wish(logits, it.options)
    assume(is_clear(it))
    return it


@given(it=wishes("temperature"), examples=35)
@example(it=wish(FOUR))
@example(it=wish(FOUR, temperature=0.5))
@example(it=wish(FOUR, temperature=2))
@example(it=wish(BANNED, temperature=2.0))
def test_temperature_divides_the_logits(submission: Submission, it: Wish) -> None:
    """Without top-k and top-p, the answer is softmax(logits / temperature), by default with 1."""
    check_distribution(it, ask(submission, it))


@given(
    it=st.one_of(*[wishes("temperature", "top_k")] * 3, close_together("temperature", "top_k")),
    examples=40,
)
@example(it=wish(FOUR, top_k=2))
@example(it=wish(FOUR, top_k=1))
@example(it=wish(FOUR, top_k=9))
@example(it=wish(EVEN, top_k=2))
@example(it=wish([0.0, 1.0, 1.0, 2.0], top_k=2))
@example(it=wish([0.0, 1.0, 1.0, 2.0], top_k=3, temperature=2.0))
@example(it=wish(BANNED, top_k=3))
@example(it=wish(MANY_EQUAL, top_k=5))
@example(it=wish(MANY_EQUAL, top_k=20))
@example(it=wish(LAST_OF_MANY, top_k=1))
@example(it=wish(CLOSE, top_k=1))
@example(it=wish(CLOSE, top_k=2, temperature=0.5))
def test_top_k_leaves_just_the_k_largest_logits(submission: Submission, it: Wish) -> None:
    """Just the top_k tokens with the largest logits stay; of equal ones the lower number first."""
    check_with_temperature(submission, it)


@st.composite
def near_a_bar(draw: st.DrawFn) -> Wish:
    """A top_p just above or just below the sum of a beginning, 1e-5 or less away from it."""
    logits = logits_of(draw, least=2)
    # At times one token is nearly certain, so that a top_p next to 1 has a rare one to take away.
    logits[draw(st.integers(0, len(logits) - 1))] += draw(st.sampled_from([0.0, 0.0, 13.0]))
    options = {"temperature": draw(TEMPERATURES)} if draw(st.booleans()) else {}
    sums = beginnings(Wish(logits, options))[1]
    top_p = draw(st.sampled_from(sums)) + draw(st.sampled_from([1e-5, -1e-5, 3e-6, -3e-6]))
    assume(0 < top_p < 1)
    it = Wish(logits, {**options, "top_p": top_p})
    assume(is_clear(it))
    return it


@given(it=st.one_of(wishes("temperature", "top_p"), near_a_bar()), examples=35)
@example(it=wish(FOUR, top_p=0.5))
@example(it=wish(FOUR, top_p=0.7))
@example(it=wish(FOUR, top_p=0.01))
@example(it=wish(EVEN, top_p=0.6))
@example(it=wish(EVEN, top_p=0.3))
@example(it=wish(EVEN, top_p=0.49999))
@example(it=wish(EVEN, top_p=0.50001))
@example(it=wish([-30.0, 0.0, -40.0], top_p=1.0))
@example(it=wish([-30.0, 0.0, -40.0], top_p=1))
@example(it=wish([0.0, 3.0, 1.0, 2.0], top_p=0.9, temperature=2.0))
@example(it=wish(BANNED, top_p=0.5))
@example(it=wish(MANY_EQUAL, top_p=0.503))
# The rarer token has 2e-6 or 1e-5 of all, so that a top_p which is nearly 1 takes it away.
@example(it=wish([0.0, math.log(5e5)], top_p=1 - 5e-6))
@example(it=wish([0.0, math.log(1e5)], top_p=0.9999))
@example(it=wish(CLOSE, top_p=0.3))
def test_top_p_leaves_the_shortest_beginning_that_reaches_it(
    submission: Submission, it: Wish
) -> None:
    """The fewest likeliest tokens whose probabilities sum to top_p or more stay, with new sums."""
    check_with_temperature(submission, it)


@given(it=wishes("temperature", "top_k", "top_p"), examples=35)
@example(it=wish(FOUR, top_k=2, top_p=0.7))
@example(it=wish(EVEN, top_k=3, top_p=0.6))
@example(it=wish([0.0, 0.5, 0.25, 0.125, -0.5], temperature=0.5, top_k=4, top_p=0.8))
@example(it=wish([1.0, 1.0, 1.0, 1.0, 1.0], top_k=4, top_p=0.55))
def test_the_steps_come_in_their_order(submission: Submission, it: Wish) -> None:
    """Temperature, then top-k, then top-p of what top-k has left, which sums to 1 again."""
    check_with_temperature(submission, it)


@st.composite
def greedy(draw: st.DrawFn) -> Wish:
    """Temperature 0, often with several tokens at the top, and any other options."""
    it = draw(wishes("top_k", "top_p"))
    logits = it.logits.copy()
    logits[draw(st.integers(0, len(logits) - 1))] = logits.max()
    return Wish(logits, {**it.options, "temperature": draw(st.sampled_from([0, 0.0]))})


@given(it=greedy(), seed=SEEDS, examples=30)
@example(it=wish(FOUR, temperature=0.0), seed=0)
@example(it=wish([0.0, 3.0, 3.0], temperature=0), seed=0)
@example(it=wish([0.0, 3.0, 3.0], temperature=0.0, top_k=2, top_p=0.9), seed=1)
@example(it=wish(CLOSE, temperature=0), seed=0)
def test_temperature_0_takes_the_first_of_the_largest_logits(
    submission: Submission, it: Wish, seed: int
) -> None:
    """With temperature 0 the largest logit has probability 1, the first one where several tie."""
    check_distribution(it, ask(submission, it))
    tokens = draw_tokens(submission, it, 20, seed=seed)
    best = int(it.logits.argmax())
    require(
        np.all(tokens == best),
        f"With temperature 0 every draw must be token {best}.",
        returned=tokens,
    )


@st.composite
def huge(draw: st.DrawFn) -> Wish:
    """Logits of up to 8,000, temperatures down to 1e-3 and up to 1e3."""
    it = draw(wishes("top_k"))
    logits = it.logits * draw(st.sampled_from([1000.0, -1000.0, 100.0]))
    logits[np.isinf(logits)] = -np.inf
    options = {**it.options, "temperature": draw(st.sampled_from([1.0, 1e-3, 0.5, 1e3, 30.0]))}
    if draw(st.booleans()):
        options["top_p"] = draw(TOP_P)
    it = Wish(logits, options)
    assume(np.isfinite(logits).any() and is_clear(it))
    return it


@given(it=huge(), examples=35)
@example(it=wish([1000.0, 1001.0, 999.0]))
@example(it=wish([-1000.0, -1001.0, -999.0]))
@example(it=wish([-8000.0, 8000.0], temperature=0.001))
@example(it=wish([8000.0, 8000.0, 7999.999], temperature=0.001))
@example(it=wish([1000.0, 1000.25, -8000.0], top_k=2))
@example(it=wish([1000.0, 1000.25, -8000.0], top_p=0.9))
@example(it=wish([-1000.0, 1000.0, -500.0], temperature=1000.0))
# No number stands for -inf: ten times the largest logit, negative, would still be drawn at times.
@example(it=wish(BANNED, temperature=1000.0))
@example(it=wish([-10_000.0, -math.inf, -9_000.0], temperature=1000.0))
def test_no_logit_and_no_temperature_is_too_large(submission: Submission, it: Wish) -> None:
    """Logits of 10**4 and temperatures of 10**-3 overflow nothing and give no NaN."""
    check_with_temperature(submission, it)


@st.composite
def of_integers(draw: st.DrawFn) -> Wish:
    """Logits of an integer type, whose differences overflow the narrow ones."""
    narrow = np.iinfo(draw(st.sampled_from(INTEGER_DTYPES)))
    low, high = max(narrow.min, -10_000), min(narrow.max, 10_000)
    # The ends are drawn more often: the lowest number of int8 has no negative.
    cell = st.one_of(st.integers(max(low, -1000), min(high, 1000)), st.sampled_from([low, high]))
    # No two alike: ties are another property's business.
    cells = draw(st.lists(cell, min_size=1, max_size=6, unique=True))
    options = {"temperature": draw(st.sampled_from([1, 20.0, 100]))}
    if draw(st.booleans()):
        options["top_k"] = draw(st.integers(1, 4))
    if draw(st.booleans()):
        options["top_p"] = draw(TOP_P)
    it = Wish(np.array(cells).astype(narrow.dtype), options)
    assume(is_clear(it))
    return it


@given(it=of_integers(), examples=35)
@example(it=wish(np.array([127, -128, 100], dtype=np.int8), temperature=50))
@example(it=wish(np.array([3, 250, 249, 0], dtype=np.uint8), top_k=2))
@example(it=wish(np.array([0, 1, 2]), temperature=2))
@example(it=wish(np.array([-128, 5, 4], dtype=np.int8), top_k=1))
@example(it=wish(np.array([4, 5, -128], dtype=np.int8), temperature=4, top_p=0.5))
@example(it=wish(np.array([-1, 0], dtype=np.int8), temperature=100))
def test_integer_logits_are_the_same_as_floats(submission: Submission, it: Wish) -> None:
    """Logits of any integer type give the probabilities of the same floats."""
    check_with_temperature(submission, it)
    twin = {"int8": "uint8", "uint8": "int8"}.get(it.logits.dtype.name)
    if twin:
        # The same bytes, which are other numbers: who remembers answers must tell them apart.
        same_bytes = Wish(it.logits.view(twin), it.options)
        assume(is_clear(same_bytes))
        check_with_temperature(submission, same_bytes)


@st.composite
def vocabularies(draw: st.DrawFn) -> Wish:
    """As many tokens as a language model has, one of them as likely as all others, the last banned.

    Running sums of so many rare tokens, in numbers of few digits, do not come to 1.
    """
    V = draw(st.sampled_from([1000, 5000, 20_000, 70_000]))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    logits = rng.integers(0, draw(st.integers(1, 4)), size=V) / 4
    logits[rng.integers(V)] = math.log(V) + draw(st.sampled_from([0.0, 1.0]))
    logits[[0, -1]] = -math.inf
    return Wish(logits, {})


RARE = np.zeros(18_000)
RARE[0], RARE[-1] = 11.0, -math.inf


@given(
    it=st.one_of(*[wishes("temperature", "top_k", "top_p")] * 4, vocabularies()),
    size=st.sampled_from([0, 1, 7, 200, DRAWS]),
    seed=SEEDS,
    examples=35,
)
@example(it=wish(FOUR), size=5, seed=0)
@example(it=wish(FOUR), size=0, seed=0)
@example(it=wish([0.0]), size=3, seed=1)
@example(it=wish(EVEN, top_k=1), size=200, seed=2)
@example(it=wish(BANNED), size=200, seed=3)
@example(it=wish([0.0, 1.0, 0.25, 0.5], top_p=0.5), size=200, seed=4)
# Running sums in float32 fall short of 1 by as much as ten of 20,000 draws.
@example(it=wish(RARE), size=DRAWS, seed=0)
@example(it=wish(LAST_OF_MANY), size=7, seed=0)
def test_only_tokens_that_stay_are_drawn(
    submission: Submission, it: Wish, size: int, seed: int
) -> None:
    """sample returns `size` whole numbers, of tokens that have a probability above 0."""
    tokens = draw_tokens(submission, it, size, seed=seed)
    p, _ = exact(it)
    for token in np.unique(tokens):
        if p[token] == 0:
            reject(
                f"Token {int(token)} was drawn, but its probability is 0.",
                returned=tokens,
                expected=f"tokens with a probability above 0: {np.flatnonzero(p).tolist()}",
            )


def divergences(shares: Array, p: Array) -> Array:
    """Kullback and Leibler's divergences of two coins each with these probabilities of heads."""
    total = np.zeros(len(p))
    with np.errstate(divide="ignore", invalid="ignore"):
        for a, b in ((shares, p), (1 - shares, 1 - p)):
            total += np.where(a > 0, a * np.log(a / b), 0.0)
    return total


def surprise(counts: Array, p: Array) -> tuple[int, bool]:
    """The cell that fits p worst, and whether independent draws go so far astray only by MISTAKE.

    The share of n independent draws that fall into a cell of probability p reaches or exceeds q > p
    with a probability of at most exp(-n * divergence(q, p)), and likewise below p (Chernoff's
    bound, in Hoeffding's form; it holds for every n). With two sides and len(p) cells, a divergence
    of log(2 * len(p) / MISTAKE) / n is exceeded anywhere with at most the probability MISTAKE.
    The relative error of p that the task allows adds n * p * 1e-8 or so, which `1` covers.
    """
    n = int(counts.sum())
    # 1 - 1e-16 or so may stand for a certain token.
    strange = n * divergences(counts / n, np.clip(p, 0.0, 1.0))
    worst = int(np.argmax(strange))
    return worst, bool(strange[worst] > math.log(2 * len(p) / MISTAKE) + 1)


@st.composite
def spread_out(draw: st.DrawFn) -> Wish:
    """Logits of which at least two tokens stay, with a probability of 0.2 or more each."""
    it = draw(wishes("temperature", "top_k", "top_p"))
    if (exact(it)[0] >= 0.2).sum() >= 2:
        return it
    # Most are not like that, and to do without those would be to draw for long. Put two tokens
    # before the others, of which there are seven at most: 7 * exp(-1.75) is 1.2, so that the second
    # of the two has 0.26 or more.
    behind = it.logits - it.logits.max() - 1.75
    leading = [0.0, draw(st.sampled_from([0.0, -0.25]))]
    temperature, top_k = it.options.get("temperature", 1.0), it.options.get("top_k")
    logits = np.roll([*leading, *behind], draw(st.integers(0, len(behind) + 1))) * temperature
    return Wish(logits, {"temperature": temperature, "top_k": top_k and max(top_k, 2)})


@given(it=spread_out(), seed=SEEDS, examples=10)
@example(it=wish(FOUR, temperature=2.0), seed=0)
@example(it=wish(FOUR, top_k=3), seed=1)
# 32 of 20,000 draws are the last token's: too few for the pairs to show that it is never drawn.
@example(it=wish([0.0, 0.0, -5.75]), seed=0)
@example(it=wish([0.0, 0.5, 0.25, 1.0, 0.75], top_p=0.7), seed=2)
@example(it=wish([1.0, 0.0, 1.0, -math.inf, 0.5], temperature=0.5, top_k=4, top_p=0.9), seed=3)
def test_the_draws_follow_the_probabilities(submission: Submission, it: Wish, seed: int) -> None:
    """Of 20,000 draws each token has the share that its probability says, as far as chance goes."""
    tokens = draw_tokens(submission, it, DRAWS, seed=seed)
    p, _ = exact(it)
    counts = np.bincount(tokens, minlength=len(p))
    token, is_wrong = surprise(counts, p)
    if is_wrong:
        reject(
            f"Of {DRAWS} draws {int(counts[token])} are token {token}, where its probability of "
            f"{p[token]:.4g} makes {DRAWS * p[token]:.0f} likely. Independent draws are so far off "
            "less than once in a thousand million calls.",
            returned=f"counts {counts.tolist()}",
            expected=f"about {np.round(DRAWS * p).astype(int).tolist()}",
        )


def all_alike(V: int) -> Wish:
    """So many tokens, one as likely as the other: each pair of them is rare."""
    return wish(np.zeros(V))


@given(
    it=st.one_of(spread_out(), spread_out(), st.builds(all_alike, st.integers(100, 1000))),
    seed=SEEDS,
    examples=10,
)
@example(it=wish([0.0, 0.0]), seed=0)
# Two draws in 10,000 are the same rare pair at times, but hardly ten: draws that come again do so.
@example(it=all_alike(300), seed=0)
@example(it=all_alike(1000), seed=1)
@example(it=wish(FOUR, temperature=2.0), seed=1)
@example(it=wish(FOUR, top_k=3, top_p=0.99), seed=2)
def test_each_draw_is_independent_of_the_one_before(
    submission: Submission, it: Wish, seed: int
) -> None:
    """Pairs of successive draws occur as often as the product of their probabilities says."""
    tokens = draw_tokens(submission, it, DRAWS, seed=seed)
    p, _ = exact(it)
    V = len(p)
    first, second = tokens[0::2].astype(int), tokens[1::2].astype(int)
    counts = np.bincount(first * V + second, minlength=V * V)
    odds = np.outer(p, p).ravel()
    cell, is_wrong = surprise(counts, odds)
    if is_wrong:
        reject(
            f"Of {len(first)} pairs of successive draws {int(counts[cell])} are tokens "
            f"{cell // V} and {cell % V}, where {len(first) * odds[cell]:.0f} are likely: "
            "are the draws independent of each other?",
            returned=f"{tokens[:12].tolist()} and so on",
        )


EVENLY = 6
"""So many seeds in a row whose counts are what is expected are not taken for chance.

The count of a token of probability p among n draws is any given number with a probability of at
most 0.4 / sqrt(n p (1 - p)) or so; p is between 0.2 and 0.8 here, so that it is one of the four
nearest to n p with 4 * 0.4 / sqrt(20,000 * 0.16) = 0.03. Six times in a row that makes 1e-9."""


@given(it=spread_out(), seed=st.integers(0, 10**6), examples=3)
@example(it=wish(FOUR, temperature=2.0), seed=0)
@example(it=wish([0.0, 0.0]), seed=10)
def test_the_counts_scatter_as_chance_does(submission: Submission, it: Wish, seed: int) -> None:
    """Counts differ from seed to seed and from what is expected, as those of real draws do."""
    p, _ = exact(it)
    token = int(np.argmin(np.abs(p - 0.5)))
    seen = []
    for more in range(EVENLY):
        tokens = draw_tokens(submission, it, DRAWS, seed=seed + more)
        seen.append(int((tokens == token).sum()))
        if abs(seen[-1] - DRAWS * p[token]) > 1.5:
            return
    reject(
        f"With {EVENLY} seeds token {token} was drawn just as often as its probability of "
        f"{p[token]:.6g} says. Independent draws do not come out so evenly.",
        returned=f"{seen} of {DRAWS} draws",
    )


@given(
    it=spread_out(),
    other=wishes("temperature", "top_p"),
    seed=SEEDS,
    # One bit, or all up to one: seeds are cut to some of their bits, or to a rest by 2**31 - 1.
    flip=st.integers(0, 31).flatmap(lambda bit: st.sampled_from([1 << bit, (2 << bit) - 1])),
    examples=12,
)
@example(it=wish(FOUR, temperature=2.0), other=wish([0.0, 1.0]), seed=0, flip=1)
@example(it=wish(EVEN), other=wish(FOUR), seed=7, flip=2**16)
@example(it=wish(EVEN), other=wish(FOUR), seed=2**32 - 1, flip=2**31)
@example(it=wish(EVEN), other=wish(FOUR), seed=0, flip=2**31 - 1)
@example(it=wish(EVEN), other=wish(FOUR), seed=0, flip=2**32 - 1)
@example(it=wish(EVEN), other=wish(FOUR), seed=0, flip=10**9)
# 1 and 2**32 - 1, which is -1 in an integer of four bytes.
@example(it=wish(EVEN), other=wish(FOUR), seed=1, flip=2**32 - 2)
def test_the_seed_decides_and_nothing_else(
    submission: Submission, it: Wish, other: Wish, seed: int, flip: int
) -> None:
    """Equal calls draw the same tokens, other seeds others; without a seed it is 0."""
    first = draw_tokens(submission, it, 200, seed=seed)
    draw_tokens(submission, other, 9, seed=seed)
    p = ask(submission, it)
    second = draw_tokens(submission, it, 200, seed=seed)
    because = "Only the arguments may decide."
    same_answer(first, second, name="sample(...)", because=because)
    same_answer(p, ask(submission, it), name="probabilities(...)", because=because)
    # Two tokens have 0.2 or more, so two draws agree with 0.68 at most: 1e-33 for 200 of them.
    changed = draw_tokens(submission, it, 200, seed=seed ^ flip)
    require(
        not np.array_equal(first, changed),
        f"The seeds {seed} and {seed ^ flip} draw the very same 200 tokens.",
        returned=f"{first[:12].tolist()} and so on, twice",
    )
    default = draw_tokens(submission, it, 200)
    because = "The default of seed is 0."
    same_answer(draw_tokens(submission, it, 200, seed=0), default, name="sample", because=because)


@given(it=wishes("temperature", "top_k", "top_p"), examples=25)
@example(it=wish(FOUR, top_k=2, top_p=0.5))
@example(it=wish(FOUR, temperature=0))
def test_logits_are_left_unchanged(submission: Submission, it: Wish) -> None:
    """Neither function changes its arguments."""
    ask(submission, it)
    draw_tokens(submission, it, 3)
    unchanged(submission)


@given(it=wishes(), bad=st.sampled_from([math.nan, math.inf]), at=st.integers(0, 9), examples=15)
@example(it=wish(FOUR), bad=math.nan, at=0)
@example(it=wish([3.0, 2.0, 1.0]), bad=math.nan, at=2)
@example(it=wish(FOUR), bad=math.inf, at=1)
def test_impossible_arguments_are_refused(
    submission: Submission, it: Wish, bad: float, at: int
) -> None:
    """Both functions raise ValueError for options out of range and logits that say nothing."""
    logits = np.where(np.isfinite(it.logits), it.logits, 0.0)
    broken = logits.copy()
    broken[at % len(logits)] = bad
    wrong: dict[str, tuple[Array, dict[str, Any]]] = {
        "temperature is negative": (logits, {"temperature": -0.5}),
        "top_k is 0": (logits, {"top_k": 0}),
        "top_k is negative": (logits, {"top_k": -2}),
        "top_p is 0": (logits, {"top_p": 0.0}),
        "top_p is negative": (logits, {"top_p": -0.5}),
        "top_p is greater than 1": (logits, {"top_p": 1.25}),
        "top_k is 0 and temperature too": (logits, {"top_k": 0, "temperature": 0}),
        "top_p is 0 and temperature too": (logits, {"top_p": 0.0, "temperature": 0}),
        "logits is empty": (logits[:0], {}),
        "logits has two dimensions": (logits[np.newaxis], {}),
        f"logits holds {bad}": (broken, {}),
        f"logits holds {bad} and temperature is 0": (broken, {"temperature": 0}),
        f"logits holds {bad}, with top-k and top-p": (broken, {"top_k": 1, "top_p": 0.5}),
        "all logits are -inf": (np.full(len(logits), -np.inf), {}),
        "all logits are -inf and temperature is 0": (
            np.full(len(logits), -np.inf),
            {"temperature": 0},
        ),
    }
    for when, (values, options) in wrong.items():
        with raises(ValueError, when):
            submission.probabilities(values, **options)
        with raises(ValueError, when):
            submission.sample(values, 3, **options)
        with raises(ValueError, f"{when}, and size is 0"):
            submission.sample(values, 0, **options)
    with raises(ValueError, "size is negative"):
        submission.sample(logits, -1)


def by_bisection(logits: Array, size: int, seed: int) -> Array:
    """What the budget is a multiple of: one sort, and all draws looked up in the sums."""
    order = np.argsort(-logits, kind="stable")
    powers = np.exp(logits[order] - logits.max())
    sums = np.cumsum(powers / powers.sum())
    kept = sums[: np.searchsorted(sums, 0.95) + 1]
    found = np.searchsorted(kept, np.random.default_rng(seed).random(size) * kept[-1], side="right")
    tokens: Array = order[found]
    return tokens


def drawn(submission: Submission, logits: Array, size: int, seed: int) -> None:
    """The call that is timed. Its answer must at least look like one."""
    draw_tokens(submission, wish(logits, top_p=0.95), size, seed=seed)


def test_20_000_draws_take_at_most_20_times_as_long_as_bisection(submission: Submission) -> None:
    """20,000 draws from 20,000 tokens take at most 20 times as long as plain NumPy."""
    # Of the answers under solutions/, the slowest accepted one (plain Python) takes 8.5 times as
    # long, the one that compares each draw with all sums 31 times.
    budget(
        submission,
        drawn,
        definition=by_bisection,
        on=lambda rng: (rng.normal(size=20_000), DRAWS, int(rng.integers(10**6))),
        times=20,
        usual=0.007,
    )
