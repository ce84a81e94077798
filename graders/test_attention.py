"""What multi-head self-attention must satisfy: its formulas, token by token, and symmetries."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from strategies import vectors

from kata.grading import (
    Submission,
    array,
    budget,
    close,
    example,
    given,
    pair,
    raises,
    reject,
    require,
    same_answer,
    unchanged,
)

Array = np.ndarray[Any, Any]
EPS = float(np.finfo(float).eps)
LEAST = 1e-300
"""Numbers near the smallest float there is, 5e-324, have no relative accuracy any more."""


@dataclass(frozen=True)
class Case:
    """The arguments of one call; `causal` is None where the call leaves it out."""

    X: Array
    W_q: Array
    W_k: Array
    W_v: Array
    W_o: Array
    n_heads: int
    causal: bool | None = None
    real: Array | None = None

    @property
    def tokens(self) -> Array:
        """Whether a token is real, shape (B, T)."""
        return np.ones(self.X.shape[:2], dtype=bool) if self.real is None else self.real

    @property
    def allowed(self) -> Array:
        """Whether token i of sequence b may attend to token j, shape (B, T, T)."""
        both = self.tokens[:, :, np.newaxis] & self.tokens[:, np.newaxis, :]
        return both & np.tri(self.X.shape[1], dtype=bool) if self.causal else both

    def heads(self, X: Array, W: Array) -> Array:
        """X @ W, cut into equal blocks of columns, shape (B, H, T, width)."""
        B, T = X.shape[:2]
        blocks: Array = (X @ W).reshape(B, T, self.n_heads, -1).transpose(0, 2, 1, 3)
        return blocks


def ask(submission: Submission, case: Case) -> object:
    """What attention returns for these arguments, whatever it is."""
    options: dict[str, Any] = {"n_heads": case.n_heads}
    if case.causal is not None:
        options["causal"] = case.causal
    if case.real is not None:
        options["real"] = case.real
    return submission.attention(case.X, case.W_q, case.W_k, case.W_v, case.W_o, **options)


def call(submission: Submission, case: Case) -> tuple[Array, Array]:
    """The output and the weights for these arguments: finite numbers of the right shapes."""
    output, weights = pair(ask(submission, case), name="The answer")
    B, T = case.X.shape[:2]
    array(output, name="output", shape=(B, T, case.W_o.shape[1]), kind="number")
    array(weights, name="weights", shape=(B, case.n_heads, T, T), kind="number")
    return output, weights


def exact_weights(case: Case) -> Array:
    """The weights by the definition: the softmax of each token's allowed scores, one by one."""
    Q, K = case.heads(case.X, case.W_q), case.heads(case.X, case.W_k)
    B, H, T, width = Q.shape
    weights = np.zeros((B, H, T, T))
    for b, h, i in np.ndindex(B, H, T):
        tokens = np.flatnonzero(case.allowed[b, i])
        if len(tokens):
            scores = [float(Q[b, h, i] @ K[b, h, j]) / math.sqrt(width) for j in tokens]
            powers = [math.exp(score - max(scores)) for score in scores]
            weights[b, h, i, tokens] = [power / math.fsum(powers) for power in powers]
    return weights


def score_sizes(case: Case) -> Array:
    """The sums of the sizes of the terms that scores consist of, shape (B, H, T, T)."""
    X = np.abs(case.X)
    Q, K = case.heads(X, np.abs(case.W_q)), case.heads(X, np.abs(case.W_k))
    sums: Array = Q @ K.transpose(0, 1, 3, 2) / math.sqrt(Q.shape[3])
    return sums


def rounding(case: Case) -> Array:
    """The relative error that rounding explains in each row of weights, shape (B, H, T, 1).

    A score is a sum of d * d * d_k products of two tokens and two weights, in whatever order it is
    computed; it is off by at most eps/2 times the number of roundings on the way to each product,
    2 * d + d_k + 6 with the root, times the sum of the products' sizes (Higham, Accuracy and
    Stability, section 3.1). Half as much again comes from taking off the largest. A weight is a
    quotient of sums of exponentials, each of which is off by the factor exp(error of the score).
    """
    T, d = case.X.shape[1:]
    width = case.W_q.shape[1] // case.n_heads
    sizes = np.where(case.allowed[:, np.newaxis], score_sizes(case), 0).max(axis=3, keepdims=True)
    error: Array = np.expm1(2 * EPS * (2 * d + width + 8) * sizes) + 4 * (T + 4) * EPS
    return error


def mixed(case: Case, weights: Array) -> Array:
    """What the output is with these weights: values mixed, heads side by side, times W_o."""
    B, T = case.X.shape[:2]
    heads = weights @ case.heads(case.X, case.W_v)
    output: Array = heads.transpose(0, 2, 1, 3).reshape(B, T, -1) @ case.W_o
    return output


def sizes(case: Case, weights: Array) -> Array:
    """The output with all numbers positive, which is what its rounding is in proportion to."""
    positive = replace(case, X=np.abs(case.X), W_v=np.abs(case.W_v), W_o=np.abs(case.W_o))
    return mixed(positive, weights)


def output_rounding(case: Case) -> Array:
    """How far rounding can put the output off: through the weights, and through its own sums."""
    weights = exact_weights(case)
    T, d = case.X.shape[1:]
    sums = EPS * (d + T + case.W_o.shape[0] + 4)
    within: Array = sizes(case, weights * (rounding(case) + sums)) + LEAST
    return within


def of_real_tokens(case: Case, output: Array, weights: Array) -> tuple[Array, Array]:
    """Output and weights with zeros in the rows of padding, which a property of its own checks."""
    tokens = case.tokens[:, :, np.newaxis]
    return np.where(tokens, output, 0), np.where(tokens[:, np.newaxis], weights, 0)


def check_weights(case: Case, output: Array, weights: Array) -> None:
    """Check the weights of real tokens against the definition, up to rounding."""
    _, weights = of_real_tokens(case, output, weights)
    expected = exact_weights(case)
    close(
        weights,
        expected,
        within=expected * rounding(case) + LEAST,
        name="weights",
        because="The softmax of the allowed scores is expected.",
    )


def check_mixed(case: Case, output: Array, weights: Array) -> None:
    """Check that the output of real tokens is what their own weights make of the values."""
    output, weights = of_real_tokens(case, output, weights)
    T, d = case.X.shape[1:]
    within = EPS * (d + T + case.W_o.shape[0] + 4) * sizes(case, np.abs(weights)) + LEAST
    close(
        output,
        mixed(case, weights),
        within=within,
        name="output",
        because="The heads weights @ V_h, side by side, times W_o are expected.",
    )


@st.composite
def cases(draw: st.DrawFn, most_tokens: int = 5, padded: bool | None = None) -> Case:
    """Small sequences with any widths; `padded` says whether `real` is given."""
    B, T, d = draw(st.integers(1, 3)), draw(st.integers(1, most_tokens)), draw(st.integers(1, 4))
    H, d_k, d_v = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    m = draw(st.integers(1, 3))
    shapes = [(B, T, d), (d, H * d_k), (d, H * d_k), (d, H * d_v), (H * d_v, m)]
    ends = np.cumsum([math.prod(shape) for shape in shapes])
    parts = np.split(draw(vectors(int(ends[-1]))), ends[:-1])
    X, W_q, W_k, W_v, W_o = (part.reshape(shape) for part, shape in zip(parts, shapes, strict=True))
    causal = draw(st.sampled_from([True, False, None]))
    real = None
    if draw(st.booleans()) if padded is None else padded:
        real = draw(masks(B, T))
    # Eighths of the numbers, so that weights are not all next to 0 or 1.
    return Case(X / 8, W_q, W_k, W_v, W_o, n_heads=H, causal=causal, real=real)


def masks(B: int, T: int) -> st.SearchStrategy[Array]:
    """Which tokens are real: three of four of them."""
    text = st.binary(min_size=B * T, max_size=B * T)
    return text.map(lambda cells: (np.frombuffer(cells, dtype=np.uint8) % 4 != 3).reshape(B, T))


def noise(seed: int, B: int, T: int, d: int, H: int, d_k: int, d_v: int, m: int) -> Case:
    """A case of normal noise, whose scores are of size 1 or so."""
    rng = np.random.default_rng(seed)
    shapes = [(d, H * d_k), (d, H * d_k), (d, H * d_v), (H * d_v, m)]
    W_q, W_k, W_v, W_o = (rng.normal(size=shape) / math.sqrt(shape[0]) for shape in shapes)
    return Case(rng.normal(size=(B, T, d)), W_q, W_k, W_v, W_o, n_heads=H)


ONE_HEAD = Case(
    X=np.array([[[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]]),
    W_q=np.array([[1.0, 0.0], [0.0, 2.0]]),
    W_k=np.array([[0.0, 1.0], [1.0, 0.5]]),
    W_v=np.array([[1.0, 0.0], [0.0, 1.0]]),
    W_o=np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]]),
    n_heads=1,
)
# Two heads of width 1, so that heads, widths and tokens cannot be mistaken for each other.
TWO_HEADS = replace(ONE_HEAD, n_heads=2, W_v=np.array([[1.0, 0.0, 2.0, 0.0], [0.0, 1.0, 0.0, 3.0]]))
TWO_HEADS = replace(TWO_HEADS, W_o=np.array([[1.0], [10.0], [100.0], [1000.0]]))
CAUSAL = replace(TWO_HEADS, causal=True)
PADDED_AT_THE_END = replace(TWO_HEADS, real=np.array([[True, True, False]]))
PADDED_AT_THE_START = replace(CAUSAL, real=np.array([[False, True, True]]))
ALL_PADDING = replace(TWO_HEADS, real=np.array([[False, False, False]]))
SEVERAL = replace(noise(0, B=3, T=4, d=5, H=2, d_k=3, d_v=2, m=6), causal=True)
MANY_TOKENS = noise(1, B=2, T=40, d=4, H=2, d_k=3, d_v=2, m=3)
# More rows than answers that work in blocks take at once, most often 64 or 128. The last ten alone
# are no padding: who lets tokens see their neighbours only is another property's business.
IN_BLOCKS = replace(
    noise(2, B=1, T=130, d=2, H=1, d_k=1, d_v=1, m=1),
    causal=True,
    real=np.arange(130)[np.newaxis] >= 120,
)


@given(case=cases(), examples=30)
@example(case=ONE_HEAD)
@example(case=PADDED_AT_THE_END)
@example(case=SEVERAL)
@example(case=ALL_PADDING)
def test_output_and_weights_have_the_promised_shapes_and_types(
    submission: Submission, case: Case
) -> None:
    """The answer is (output, weights): float64 of shapes (B, T, m) and (B, H, T, T)."""
    for name, table in zip(("output", "weights"), call(submission, case), strict=True):
        array(table, name=name, shape=table.shape, kind="float", dtype=np.float64)


@given(case=cases(), examples=30)
@example(case=CAUSAL)
@example(case=PADDED_AT_THE_END)
@example(case=PADDED_AT_THE_START)
@example(case=replace(MANY_TOKENS, causal=True))
def test_masked_weights_are_exactly_zero(submission: Submission, case: Case) -> None:
    """Where a real token i may not attend to token j, the weight is exactly 0."""
    _, weights = of_real_tokens(case, *call(submission, case))
    allowed = np.broadcast_to(case.allowed[:, np.newaxis], weights.shape)
    wrong = np.argwhere(~allowed & (weights != 0))
    if len(wrong):
        b, h, i, j = (int(place) for place in wrong[0])
        real = bool(case.tokens[b, j])
        why = f"token {j} comes after token {i}" if real else f"token {j} is padding"
        reject(
            f"weights[{b}, {h}, {i}, {j}] is {weights[b, h, i, j]:.4g}, though {why}.",
            returned=weights[b, h],
            expected="exactly 0 wherever token i may not attend to token j",
        )


@given(case=cases(), examples=30)
@example(case=ONE_HEAD)
@example(case=CAUSAL)
@example(case=PADDED_AT_THE_START)
@example(case=ALL_PADDING)
@example(case=MANY_TOKENS)
def test_rows_of_real_tokens_sum_to_one_and_those_of_padding_are_zero(
    submission: Submission, case: Case
) -> None:
    """A real token's weights are >= 0 and sum to 1; padding has zeros for weights and output."""
    output, weights = call(submission, case)
    require(np.all(weights >= 0), "A weight is negative.", returned=weights)
    real = np.broadcast_to(case.tokens[:, np.newaxis], weights.shape[:3])
    T = case.X.shape[1]
    close(
        weights.sum(axis=3),
        real.astype(float),
        # T quotients of a number by the sum of T numbers, rounded at every step; or exponentials
        # of score - log(sum), where the rounding of the logarithm is that of a score.
        within=np.where(real, (2 * T + 2) * EPS + rounding(case)[..., 0], 0.0),
        name="weights.sum(axis=3)",
        because="Rows of real tokens sum to 1, rows of padding to 0.",
    )
    require(
        not output[~case.tokens].any(),
        "A token of padding has an output other than 0.",
        returned=output,
        expected=f"zeros in the rows where real is False: {case.real}",
    )


@given(case=cases(), examples=30)
@example(case=ONE_HEAD)
@example(case=TWO_HEADS)
@example(case=CAUSAL)
@example(case=PADDED_AT_THE_END)
@example(case=SEVERAL)
# The scores of one head are much larger than those of the other.
@example(case=replace(TWO_HEADS, W_q=TWO_HEADS.W_q * [1.0, 3000.0]))
@example(case=IN_BLOCKS)
@example(case=replace(IN_BLOCKS, causal=False))
def test_the_weights_are_the_softmax_of_the_allowed_scores(
    submission: Submission, case: Case
) -> None:
    """The weights are the softmax of Q_h @ K_h.T / sqrt(d_k) over the allowed tokens."""
    check_weights(case, *call(submission, case))


@given(case=cases(), examples=30)
@example(case=ONE_HEAD)
@example(case=TWO_HEADS)
@example(case=PADDED_AT_THE_START)
@example(case=SEVERAL)
def test_the_output_mixes_the_values_by_the_weights(submission: Submission, case: Case) -> None:
    """The output is each head's weights @ V_h, the heads side by side, times W_o."""
    check_mixed(case, *call(submission, case))


def within_bounds(case: Case, other: Array) -> Array:
    """Other numbers for X, halved until the scores are at most as large as the task says."""
    while score_sizes(replace(case, X=np.maximum(np.abs(case.X), np.abs(other)))).max() > 1e9:
        other = other / 2
    return other


@st.composite
def with_other_padding(draw: st.DrawFn) -> tuple[Case, Array, int]:
    """A case with padding, what its padding may hold instead, and how much to add at the end."""
    case = draw(cases(padded=True))
    other = draw(vectors(case.X.size)).reshape(case.X.shape)
    other = other * draw(st.sampled_from([1.0, 1000.0]))
    return case, within_bounds(case, other), draw(st.integers(0, 2))


# All scores are the same large number, so that each allowed token has the same weight.
NEGATIVE = Case(
    X=np.full((1, 3, 1), 100.0),
    W_q=np.array([[-1000.0]]),
    W_k=np.array([[100.0]]),
    W_v=np.array([[1.0]]),
    W_o=np.array([[1.0]]),
    n_heads=1,
    real=np.array([[True, True, False]]),
)


@given(change=with_other_padding(), examples=30)
@example(change=(PADDED_AT_THE_END, np.full((1, 3, 2), 7.0), 0))
@example(change=(PADDED_AT_THE_END, np.full((1, 3, 2), 1000.0), 1))
@example(change=(PADDED_AT_THE_START, np.full((1, 3, 2), 1000.0), 2))
@example(
    change=(replace(CAUSAL, real=np.array([[True, False, True]])), np.full((1, 3, 2), -7.0), 0)
)
# The padding's score is 2e9 above the others.
@example(change=(NEGATIVE, np.full((1, 3, 1), -100.0), 0))
def test_what_padding_holds_does_not_matter(
    submission: Submission, change: tuple[Case, Array, int]
) -> None:
    """Other numbers in the padding, and more padding at the end, change no other token's answer."""
    case, other, more = change
    T = case.X.shape[1]
    real = case.tokens[:, :, np.newaxis]
    plain = replace(case, X=np.where(real, case.X, 0.0))
    X = np.concatenate([np.where(real, case.X, other), other[:, [0] * more]], axis=1)
    changed = replace(case, X=X, real=np.pad(case.tokens, ((0, 0), (0, more))))
    before = of_real_tokens(plain, *call(submission, plain))
    after = of_real_tokens(changed, *call(submission, changed))
    bounds = output_rounding(plain), exact_weights(plain) * rounding(plain) + LEAST
    because = "Only the padding is different from a call in which it holds zeros."
    for i, name in enumerate(("output", "weights")):
        now = after[i][:, :T] if i == 0 else after[i][:, :, :T, :T]
        close(now, before[i], within=2 * bounds[i], name=name, because=because)


@st.composite
def with_another_end(draw: st.DrawFn) -> tuple[Case, int, Array]:
    """A causal case, how many first tokens to keep, and what may come after them instead."""
    case = replace(draw(cases(most_tokens=6)), causal=True)
    keep = draw(st.integers(1, case.X.shape[1]))
    other = draw(vectors(case.X.size)).reshape(case.X.shape)
    return case, keep, within_bounds(case, other * draw(st.sampled_from([2.0, 1000.0])))


@given(change=with_another_end(), cut=st.booleans(), examples=30)
@example(change=(CAUSAL, 1, np.full((1, 3, 2), 5.0)), cut=False)
@example(change=(CAUSAL, 2, np.full((1, 3, 2), 5.0)), cut=True)
# The score of what comes after is the same as the others, or 2e9 above.
@example(
    change=(replace(NEGATIVE, causal=True, real=None), 2, np.full((1, 3, 1), -100.0)), cut=False
)
@example(change=(replace(MANY_TOKENS, causal=True), 35, np.full((2, 40, 4), 3.0)), cut=False)
@example(change=(replace(MANY_TOKENS, causal=True), 35, np.full((2, 40, 4), 3.0)), cut=True)
def test_no_token_looks_ahead(
    submission: Submission, change: tuple[Case, int, Array], cut: bool
) -> None:
    """With the causal mask the first tokens have the same output, whatever comes after them."""
    case, keep, other = change
    first = call(submission, case)[0]
    X = np.concatenate([case.X[:, :keep], other[:, keep:]], axis=1)
    changed = replace(case, X=X)
    if cut:
        real = None if case.real is None else case.real[:, :keep]
        changed = replace(case, X=X[:, :keep], real=real)
    second = call(submission, changed)[0]
    close(
        second[:, :keep],
        first[:, :keep],
        within=2 * output_rounding(case)[:, :keep],
        name="output",
        because=f"Only what comes after the first {keep} tokens is different from the first call.",
    )


@st.composite
def with_an_order(draw: st.DrawFn) -> tuple[Case, list[int]]:
    """A case without the causal mask, and another order of its tokens."""
    case = replace(draw(cases(most_tokens=6)), causal=draw(st.sampled_from([False, None])))
    return case, draw(st.permutations(range(case.X.shape[1])))


@given(change=with_an_order(), examples=30)
@example(change=(TWO_HEADS, [2, 0, 1]))
@example(change=(PADDED_AT_THE_END, [2, 0, 1]))
@example(change=(MANY_TOKENS, [*range(20, 40), *range(20)]))
def test_permuted_tokens_have_permuted_outputs(
    submission: Submission, change: tuple[Case, list[int]]
) -> None:
    """Without the causal mask, permuting the tokens permutes the output alike."""
    case, order = change
    first = call(submission, case)[0]
    real = None if case.real is None else case.real[:, order]
    second = call(submission, replace(case, X=case.X[:, order], real=real))[0]
    close(
        second,
        first[:, order],
        within=2 * output_rounding(case)[:, order],
        name="output",
        because=f"It is expected in the order {order} of the first call's.",
    )


@st.composite
def of_different_sizes(draw: st.DrawFn) -> Case:
    """Several sequences, of which one holds numbers much larger than the others."""
    case = draw(cases())
    B = len(case.X)
    X = np.concatenate([case.X, case.X[:1]]) if B == 1 else case.X.copy()
    X[draw(st.integers(0, len(X) - 1))] *= 100.0
    real = case.real
    if real is not None and B == 1:
        real = np.concatenate([real, np.ones_like(real)])
    return replace(case, X=X, real=real)


FAR_APART = replace(SEVERAL, X=SEVERAL.X * np.array([1.0, 100.0, 0.01])[:, None, None])


@given(case=of_different_sizes(), examples=30)
@example(case=FAR_APART)
@example(case=replace(FAR_APART, causal=False))
def test_sequences_do_not_influence_each_other(submission: Submission, case: Case) -> None:
    """Each sequence of a batch gets the output that it gets alone."""
    together = call(submission, case)[0]
    within = output_rounding(case)
    for b in range(len(case.X)):
        real = None if case.real is None else case.real[b : b + 1]
        alone = call(submission, replace(case, X=case.X[b : b + 1], real=real))[0]
        close(
            together[b],
            alone[0],
            within=2 * within[b],
            name=f"output[{b}]",
            because=f"It is expected as for sequence {b} alone.",
        )


@st.composite
def steep(draw: st.DrawFn) -> Case:
    """One sequence and one head of one column, whose scores are large, of either sign, up to 1e9.

    What else there may be is the business of other properties, with large scores where need be.
    """
    case = draw(cases(padded=False))
    d_v = case.W_v.shape[1] // case.n_heads
    case = Case(
        X=case.X[:1],
        W_q=case.W_q[:, :1],
        W_k=case.W_k[:, :1],
        W_v=case.W_v[:, :d_v],
        W_o=case.W_o[:d_v],
        n_heads=1,
    )
    largest = float(score_sizes(case).max())
    # The weights carry the size, half each; a power of two keeps the numbers exact.
    factor = 10.0 ** draw(st.integers(1, 9))
    scale = 2.0 ** math.floor(math.log2(factor / largest) / 2) if largest else 1.0
    scale = min(scale, 1024.0)
    return replace(case, W_q=case.W_q * scale, W_k=case.W_k * scale)


ONE_COLUMN = replace(ONE_HEAD, W_q=ONE_HEAD.W_q[:, :1], W_k=ONE_HEAD.W_k[:, :1])


@given(case=steep(), examples=30)
@example(case=replace(ONE_COLUMN, X=ONE_COLUMN.X * 100))
@example(case=replace(ONE_COLUMN, X=ONE_COLUMN.X * 10_000))
@example(case=NEGATIVE)
@example(case=replace(NEGATIVE, causal=True))
@example(case=replace(NEGATIVE, W_q=np.array([[300.0]])))
@example(case=replace(NEGATIVE, X=np.array([[[100.0], [-90.0], [80.0]]]), W_q=np.array([[300.0]])))
def test_scores_of_any_size_give_finite_weights(submission: Submission, case: Case) -> None:
    """Scores as large as 10**9, of either sign, give the same formulas and nothing infinite."""
    output, weights = call(submission, case)
    check_weights(case, output, weights)
    check_mixed(case, output, weights)


@given(case=cases(), other=cases(), examples=25)
@example(case=SEVERAL, other=TWO_HEADS)
@example(case=CAUSAL, other=PADDED_AT_THE_END)
def test_equal_calls_give_equal_answers(submission: Submission, case: Case, other: Case) -> None:
    """Equal calls give exactly equal answers, whatever was called in between."""
    first = call(submission, case)
    call(submission, other)
    second = call(submission, case)
    because = "Only the arguments may decide."
    same_answer(first[0], second[0], name="output", because=because)
    same_answer(first[1], second[1], name="weights", because=because)


@given(case=cases(), examples=25)
@example(case=PADDED_AT_THE_END)
@example(case=CAUSAL)
def test_arguments_are_left_unchanged(submission: Submission, case: Case) -> None:
    """attention changes none of its arguments."""
    call(submission, case)
    unchanged(submission)


@given(case=cases(), few=st.integers(-2, 0), examples=20)
@example(case=PADDED_AT_THE_END, few=0)
@example(case=SEVERAL, few=-1)
def test_arguments_that_do_not_fit_are_refused(
    submission: Submission, case: Case, few: int
) -> None:
    """attention raises ValueError for shapes that do not fit each other or the heads."""
    H = case.n_heads
    d = case.X.shape[2]
    B, T = case.X.shape[:2]

    def column(W: Array) -> Array:
        return np.column_stack([W, W[:, 0]])

    wrong = {
        "n_heads is less than 1": replace(case, n_heads=few),
        "X has two dimensions": replace(case, X=case.X[0]),
        "X has four dimensions": replace(case, X=case.X[np.newaxis]),
        "W_q has one dimension": replace(case, W_q=case.W_q[:, 0]),
        "W_v has three dimensions": replace(case, W_v=case.W_v[np.newaxis]),
        "W_o has one dimension": replace(case, W_o=case.W_o[:, 0]),
        "W_q has a row too many": replace(case, W_q=np.ones((d + 1, case.W_q.shape[1]))),
        "W_k has a row too many": replace(case, W_k=np.ones((d + 1, case.W_k.shape[1]))),
        "W_v has a row too many": replace(case, W_v=np.ones((d + 1, case.W_v.shape[1]))),
        "W_o has a row too many": replace(case, W_o=np.vstack([case.W_o, case.W_o[:1]])),
        "W_k has other columns than W_q": replace(case, W_k=np.hstack([case.W_k, case.W_k])),
        "real has a token too many": replace(case, real=np.ones((B, T + 1), dtype=bool)),
        "real has a sequence too many": replace(case, real=np.ones((B + 1, T), dtype=bool)),
        "real has one dimension": replace(case, real=np.ones(T, dtype=bool)),
        "real has three dimensions": replace(case, real=np.ones((B, T, 1), dtype=bool)),
    }
    if H > 1:
        uneven = replace(case, W_q=column(case.W_q), W_k=column(case.W_k))
        wrong["the columns of W_q and W_k are no multiple of n_heads"] = uneven
        tall = np.vstack([case.W_o, case.W_o[:1]])
        wrong["the columns of W_v are no multiple of n_heads"] = replace(
            case, W_v=column(case.W_v), W_o=tall
        )
    if B > 1:
        wrong["real holds one sequence for all"] = replace(case, real=np.ones((1, T), dtype=bool))
    if T > 1:
        wrong["real holds one token for all"] = replace(case, real=np.ones((B, 1), dtype=bool))
    for when, arguments in wrong.items():
        with raises(ValueError, when):
            ask(submission, arguments)


def per_head(X: Array, W_q: Array, W_k: Array, W_v: Array, W_o: Array, n_heads: int) -> Array:
    """What the budget is a multiple of: causal attention in loops over sequences and heads."""
    T = X.shape[1]
    heads = []
    future = np.triu(np.ones((T, T), dtype=bool), 1)
    for x in X:
        Q, K, V = (np.split(x @ W, n_heads, axis=1) for W in (W_q, W_k, W_v))
        row = []
        for q, k, v in zip(Q, K, V, strict=True):
            scores = np.where(future, -np.inf, q @ k.T / math.sqrt(q.shape[1]))
            powers = np.exp(scores - scores.max(axis=1, keepdims=True))
            row.append(powers / powers.sum(axis=1, keepdims=True) @ v)
        heads.append(np.concatenate(row, axis=1))
    return np.stack(heads) @ W_o


def long_sequences(rng: np.random.Generator) -> tuple[Array, Array, Array, Array, Array, int]:
    """4 sequences of 96 tokens with 4 heads of width 8."""
    W_q, W_k, W_v, W_o = rng.normal(size=(4, 32, 32)) / 6
    return rng.normal(size=(4, 96, 32)), W_q, W_k, W_v, W_o, 4


def attended(
    submission: Submission, X: Array, W_q: Array, W_k: Array, W_v: Array, W_o: Array, n_heads: int
) -> None:
    """The call that is timed. Its answer must at least look like one."""
    call(submission, Case(X, W_q, W_k, W_v, W_o, n_heads, causal=True))


def test_96_tokens_take_at_most_15_times_as_long_as_plain_numpy(submission: Submission) -> None:
    """4 sequences of 96 tokens take at most 15 times as long as plain NumPy, head by head."""
    # Of the answers under solutions/, the slowest accepted one takes 3.1 times as long, the one
    # that visits every pair of tokens in Python 180 times.
    budget(
        submission,
        attended,
        definition=per_head,
        on=long_sequences,
        times=15,
        usual=0.004,
    )
