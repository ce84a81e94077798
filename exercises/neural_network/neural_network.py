"""Implement a simple neural network with backpropagation for a binary classification task.

Write the class `NeuralNetwork` below: one hidden layer, one output, trained
by plain gradient descent on the binary cross-entropy.

    net = NeuralNetwork(n_inputs=2, n_hidden=32, seed=0).fit(X, y)
    net.predict_proba(X_new)  # float64 array of shape (m,)
    net.predict(X_new)        # integer array of shape (m,), zeros and ones

For a row x, and with the parameters W1, b1, W2 and b2, it computes

    hidden = activation(x @ W1 + b1)
    logit = hidden @ W2 + b2
    p = 1 / (1 + exp(-logit))     # the probability of class 1

The activation is your choice among tanh, sigmoid, ReLU, leaky ReLU (with a
slope of at most 0.1), ELU (with alpha = 1), GELU (by erf, or by its formula
with tanh), SiLU and softplus. It is the same for all hidden units and in all
methods.

What is graded
--------------
* Arguments. X is a float64 or integer array of shape (n, n_inputs), y an
  array of n zeros and ones of shape (n,), of type bool, float64 or integer;
  n >= 1. Integer types are as narrow as int8 and uint8. n_inputs >= 1,
  n_hidden >= 1 and 0 <= seed < 2**32 are ints.
* Parameters. `params` is a dict of four float64 arrays: "W1" of shape
  (n_inputs, n_hidden), "b1" of (n_hidden,), "W2" of (n_hidden, 1) and "b2"
  of (1,). It can be read at any time. It can also be set, to a dict of four
  such arrays; all methods, `fit` too, then go on from these numbers.
* Initial parameters. No two hidden units start alike: W1[:, j] together with
  b1[j] is different for each j. Another seed gives another W1.
* Probabilities. `predict_proba(X)` returns p for each row, up to the rounding
  of float64 arithmetic, where x @ W1 + b1 or the logit is 1,000 in size, too.
  `predict(X)` returns 1 where predict_proba(X) >= 0.5, else 0, in any integer
  type. (A logit a little below 0 has a probability that is rounded to 0.5.)
* Loss. `loss(X, y)` is a float, the mean over the rows of

      -y * log(p) - (1 - y) * log(1 - p)

  up to rounding and without any clipping: it is still right where logits are
  as large as 1,000 and p itself is rounded to 0 or 1.
* Gradients. `gradients(X, y)` returns the derivatives of that mean loss, a
  dict with the keys, shapes and types of `params`. They are compared with
  central differences, and they hold where logits or x @ W1 + b1 are 1,000 in
  size, too. A kink has no derivative: no x @ W1 + b1 is 0 where gradients are
  graded.
* Cost. The gradients of 30,000 weights on 512 rows take at most 12 times the
  processor time of plain NumPy. A loop over the rows is quick enough; a loop
  over rows and units is not, and far less so a loss per weight. One call may
  take 2 s, `fit` with its defaults on 128 rows 12 s.
* Training. `fit` starts from the present params, and returns the network. It
  makes one step for each batch,

      params[key] -= learning_rate * gradients(X_batch, y_batch)[key]

  and nothing else: no momentum, no decay, no penalty, no early stop. An epoch
  uses every row once, in batches of batch_size rows, the last of which holds
  what is left. The order of the rows is yours, shuffled or not. So, with
  batch_size >= n, an epoch is one step along the gradient of all rows, and
  epochs=0 changes nothing.
* Learning. With n_hidden=32, the defaults of `fit` and every seed, the trained
  network predicts at least 95 % of its 128 training rows correctly on each of
  these (normal noise of standard deviation 0.2 on every coordinate, classes
  of equal size, rows in random order, t uniform):
    - XOR: around the four corners (+-4, +-4); class 1 where the signs differ;
    - moons: class 0 at (4 cos t - 2, 4 sin t - 1), class 1 at
      (2 - 4 cos t, 1 - 4 sin t), with 0 <= t <= pi;
    - circles: class 0 at radius 4, class 1 at radius 1.6 around the origin.
  All the activations above manage that when the initial weights into a unit
  have a standard deviation of 1 / sqrt(number of its inputs), or up to three
  times more or less. With a hundredth of that, most do not.
* Determinism. Networks made with the same arguments and trained by the same
  calls are exactly equal, whatever the global random generators and other
  networks did in between. Networks share no state, but for arrays that a
  caller sets as params of several: whether those are copied is up to you.
* Side effects. Only `fit` and setting `params` change a network. X and y are
  left unchanged.
* Errors. ValueError is raised
    - by all five methods when X is not of shape (n, n_inputs), or holds a NaN
      or an infinity;
    - by `loss`, `gradients` and `fit` when y is not of shape (n,), or holds
      anything but zeros and ones;
    - by `fit` when epochs < 0, learning_rate <= 0 or batch_size < 1.
  A `fit` that raises leaves params as they were.

What is allowed
---------------
NumPy. Not allowed are scikit-learn, SciPy and libraries that differentiate
for you: PyTorch, TensorFlow, Keras, JAX, autograd.
"""

import numpy as np


class NeuralNetwork:
    """One hidden layer and a sigmoid output, for labels 0 and 1."""

    params: dict[str, np.ndarray]

    def __init__(self, n_inputs: int, n_hidden: int, seed: int = 0) -> None:
        raise NotImplementedError

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """Return the probability of class 1 for each row, shape (n,)."""
        raise NotImplementedError

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return the class, 0 or 1, of each row, shape (n,)."""
        raise NotImplementedError

    def loss(self, X: np.ndarray, y: np.ndarray) -> float:
        """Return the mean binary cross-entropy over the rows."""
        raise NotImplementedError

    def gradients(self, X: np.ndarray, y: np.ndarray) -> dict[str, np.ndarray]:
        """Return the derivatives of loss(X, y) by each of the params."""
        raise NotImplementedError

    def fit(
        self,
        X: np.ndarray,
        y: np.ndarray,
        *,
        epochs: int = 300,
        learning_rate: float = 1.0,
        batch_size: int = 16,
    ) -> "NeuralNetwork":
        """Train by gradient descent in batches, and return the network."""
        raise NotImplementedError
