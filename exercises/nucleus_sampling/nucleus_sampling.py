"""Implement temperature, top-k and nucleus (top-p) sampling from a language model's logits.

Write the two functions below. `probabilities` says with which probability each
token of the vocabulary is drawn next, `sample` draws tokens from just that
distribution.

    p = probabilities(logits, temperature=0.8, top_k=50, top_p=0.95)  # (V,)
    tokens = sample(logits, 1000, temperature=0.8, top_k=50, top_p=0.95, seed=7)

The distribution is made in these steps, in this order:

1. Temperature: p = softmax(logits / temperature).
2. Top-k: only the top_k tokens with the largest logits stay. p is divided by
   its sum, so that it sums to 1 again.
3. Top-p: the tokens that are left are put in order, the largest logit first.
   The shortest beginning of this order whose probabilities sum to at least
   top_p stays; there is always at least one token in it. p is divided by its
   sum once more.

Of equal logits, the token with the lower number comes first, in both steps.

What is graded
--------------
* Arguments. logits is a float64 or integer array (of any NumPy integer type)
  of shape (V,), V >= 1, with numbers of at most 10**4 in size, or -inf for a
  token that is never to be drawn: its probability is 0, whatever the other
  arguments. At least one logit is finite. temperature is 0 or between 10**-3
  and 10**3; it, and top_p, are floats or ints. Two logits are equal, or differ
  by at least 10**-6. top_k is an int or None; None and any number above V mean
  that all tokens stay. size is an int, and seed an int with 0 <= seed < 2**32.
* Probabilities. `probabilities` returns a float64 array of shape (V,) with the
  numbers of the definition above; a relative error of 10**-8 is allowed.
* Support. Exactly the tokens that stay, and have a finite logit, have a
  probability above 0; all others have exactly 0. A token that stays with a
  probability below 10**-300 may have 0 as well. With top_p = 1 step 3 takes
  nothing away. With top_p < 1, no sum of a beginning is nearer to top_p than
  10**-6 in anything that is graded, so that rounding decides nothing.
* Temperature 0 means the limit: the token with the largest logit has
  probability 1, the one with the lowest number where several are equal.
* Large numbers. Nothing overflows and nothing becomes NaN, whatever the
  logits and the temperature.
* Draws. `sample` returns an array of `size` tokens of any integer type, shape
  (size,): independent draws from the distribution that `probabilities` gives
  for the same arguments. size = 0 gives an empty array. Three things are
  tested with 20,000 draws: how often each token occurs; how often each pair of
  tokens occurs as draw 2 * i and draw 2 * i + 1; and that the counts scatter
  from seed to seed, instead of being always what is expected. Independent
  draws fail the whole grading with a probability below 10**-6. No token of
  probability 0 is ever drawn.
* Determinism. Equal calls give exactly equal answers, whatever was called
  before and whatever the state of the global random generators. The caller may
  overwrite what is returned, and call again. Two different seeds give
  different sequences of 200 draws where two tokens or more have a probability
  of at least 0.2 each. The default seed is 0.
* Errors. Both functions raise ValueError when temperature < 0, when top_k < 1,
  when top_p <= 0 or top_p > 1, when logits is not of shape (V,) with V >= 1,
  when it holds a NaN or +inf, and when all of it is -inf; `sample` also when
  size < 0. This holds for temperature 0 as well.
* Arguments are left unchanged.
* Cost. 20,000 draws from 20,000 tokens take at most 20 times the processor
  time of plain NumPy that sorts once and then looks all draws up in the sums
  by bisection; so do not visit all tokens for each draw.

What is allowed
---------------
NumPy. Not allowed are SciPy, PyTorch, TensorFlow, JAX, transformers and
scikit-learn.

Each call may take 2 seconds.
"""

import numpy as np


def probabilities(
    logits: np.ndarray,
    *,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float = 1.0,
) -> np.ndarray:
    """Return the probability of each token, shape (V,)."""
    raise NotImplementedError


def sample(
    logits: np.ndarray,
    size: int,
    *,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float = 1.0,
    seed: int = 0,
) -> np.ndarray:
    """Return `size` independent draws of a token's number, shape (size,)."""
    raise NotImplementedError
