"""Implement multi-head self-attention with causal and padding masks in NumPy.

Write `attention` below: the scaled dot-product attention of the transformer,
for a batch of sequences of tokens.

    output, weights = attention(
        X, W_q, W_k, W_v, W_o, n_heads=4, causal=True, real=real
    )

With H = n_heads, queries Q = X @ W_q, keys K = X @ W_k and values V = X @ W_v,
head h uses the h-th of H equal blocks of columns of each: Q's columns
h * d_k to (h + 1) * d_k - 1 are Q_h, and likewise K_h and V_h (whose width is
d_v). For sequence b and head h

    scores  = Q_h @ K_h.T / sqrt(d_k)             # shape (T, T)
    weights = softmax of each row of scores, over the allowed tokens only
    head    = weights @ V_h                       # shape (T, d_v)

and the output is the heads side by side, head 0 first, times W_o.

What is graded
--------------
* Shapes and types. All arrays but `real` are float64. X has the shape
  (B, T, d); W_q and W_k have (d, H * d_k), W_v has (d, H * d_v) and W_o has
  (H * d_v, m). All of B, T, d, H, d_k, d_v, m are at least 1, and any two of
  them may differ: H need not divide d. `real` is None or an array of bool of
  shape (B, T). The answer is a tuple of two float64 arrays: `output` of shape
  (B, T, m), and `weights` of shape (B, H, T, T), where weights[b, h, i, j]
  says how much token i of sequence b takes from token j.
* Masks. real[b, j] is False where token j is padding; None means that all
  tokens are real. Token i may attend to token j if both are real and, with
  causal=True, j <= i. Padding may be anywhere in a sequence, also at its
  start, and may fill it. weights[b, h, i, j] is exactly 0 wherever i may not
  attend to j.
* Rows. Each row of weights of a real token holds numbers >= 0 which sum to 1
  up to rounding. A token that is padding attends to nothing: its row of
  weights is exactly 0 throughout, and so is its row of the output.
* Values. The weights and the output are those of the formulas above, up to the
  rounding of float64 arithmetic, in whatever order it is done: a score of
  10**9 has an error of 10**-7 or more, and its weights have as large a one.
  The output is what the weights that you return make of the values, up to the
  rounding of that step alone.
* Padding does not matter. What X holds for a token that is padding (always
  finite numbers) changes the weights and the output of no other token, and
  neither does more padding at the end of the sequences, both up to rounding.
* No look-ahead. With causal=True the first i tokens of a sequence get the same
  output, up to rounding, whatever comes after them.
* Order of tokens. Without the causal mask, permuting the tokens of a sequence
  together with their entries of `real` permutes its output alike, up to
  rounding. Sequences of a batch do not influence each other.
* Stability. The numbers in X and the weights W are 0 or between 10**-6 and
  10**4 in size. Scores, and the sums of the sizes of the terms that they
  consist of, are at most 10**9, masked or not. Nothing in the answer is ever a
  NaN or an infinity.
* Determinism. Equal calls give exactly equal answers. The caller may overwrite
  what is returned, and call again.
* Errors. ValueError when n_heads < 1; when X does not have three dimensions or
  one of the W does not have two; when the number of columns of W_q, W_k or W_v
  is no multiple of n_heads, or W_q and W_k differ in it; when W_q, W_k or W_v
  does not have d rows or W_o does not have H * d_v; and when `real` does not
  have the shape (B, T).
* Arguments are left unchanged.
* Cost. 4 sequences of 96 tokens with 4 heads, d = 32 and the causal mask take
  at most 15 times the processor time of plain NumPy that loops over sequences
  and heads; so visit no pair of tokens in Python.

What is allowed
---------------
NumPy. Not allowed are SciPy and libraries that bring a softmax or an
attention: PyTorch, TensorFlow, Keras, JAX, scikit-learn.

Each call may take 2 seconds.
"""

import numpy as np


def attention(
    X: np.ndarray,
    W_q: np.ndarray,
    W_k: np.ndarray,
    W_v: np.ndarray,
    W_o: np.ndarray,
    *,
    n_heads: int,
    causal: bool = False,
    real: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return (output of shape (B, T, m), weights of shape (B, n_heads, T, T))."""
    raise NotImplementedError
