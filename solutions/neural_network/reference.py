"""A network with one layer of tanh units, and the gradient by the chain rule from the back."""

import numpy as np


class NeuralNetwork:
    """One hidden layer and a sigmoid output, for labels 0 and 1."""

    def __init__(self, n_inputs, n_hidden, seed=0):
        # A generator of its own, which also shuffles in fit: nobody else can disturb it.
        self._rng = np.random.default_rng(seed)
        self._n_inputs = n_inputs
        # Random, so that the units differ: equal ones get equal gradients and stay equal. Scaled,
        # so that a sum over many inputs does not end up where tanh is flat.
        self.params = {
            "W1": self._rng.normal(size=(n_inputs, n_hidden)) / np.sqrt(n_inputs),
            "b1": np.zeros(n_hidden),
            "W2": self._rng.normal(size=(n_hidden, 1)) / np.sqrt(n_hidden),
            "b2": np.zeros(1),
        }

    def predict_proba(self, X):
        self._check_rows(X)
        _, logits = self._forward(X)
        return _sigmoid(logits)

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)

    def loss(self, X, y):
        self._check(X, y)
        _, logits = self._forward(X)
        # -log(p) is log(1 + exp(-logit)), and -log(1 - p) is log(1 + exp(logit)). Taken from the
        # logit nothing is lost; p itself is rounded to 1 from a logit of 37 on.
        return float(np.logaddexp(0.0, np.where(y == 1, -logits, logits)).mean())

    def gradients(self, X, y):
        self._check(X, y)
        return self._backward(X, y)

    def fit(self, X, y, *, epochs=300, learning_rate=1.0, batch_size=16):
        self._check(X, y)
        if epochs < 0 or learning_rate <= 0 or batch_size < 1:
            raise ValueError("epochs >= 0, learning_rate > 0 and batch_size >= 1 are needed")
        for _ in range(epochs):
            # One permutation for both, or the rows would lose their labels.
            order = self._rng.permutation(len(X))
            for start in range(0, len(X), batch_size):
                batch = order[start : start + batch_size]
                gradients = self._backward(X[batch], y[batch])
                self.params = {
                    key: value - learning_rate * gradients[key]
                    for key, value in self.params.items()
                }
        return self

    def _forward(self, X):
        """The hidden units, shape (n, n_hidden), and the logits, shape (n,)."""
        hidden = np.tanh(X @ self.params["W1"] + self.params["b1"])
        # (n,) rather than (n, 1): minus y of shape (n,) the latter would broadcast to (n, n).
        return hidden, (hidden @ self.params["W2"] + self.params["b2"])[:, 0]

    def _backward(self, X, y):
        """The derivatives of the mean loss, from the output back to the first layer."""
        hidden, logits = self._forward(X)
        # The derivatives of log and sigmoid cancel but for p - y, which nothing can divide by zero.
        # The n of the mean goes in here once and for all.
        by_logit = (_sigmoid(logits) - y)[:, np.newaxis] / len(X)
        by_hidden = by_logit @ self.params["W2"].T
        by_sum = by_hidden * (1.0 - hidden**2)
        return {
            "W1": X.T @ by_sum,
            "b1": by_sum.sum(axis=0),
            "W2": hidden.T @ by_logit,
            "b2": by_logit.sum(axis=0),
        }

    def _check_rows(self, X):
        if X.ndim != 2 or X.shape[1] != self._n_inputs:
            raise ValueError(f"X must have the shape (n, {self._n_inputs}), not {X.shape}")
        if not np.isfinite(X).all():
            raise ValueError("X must not hold NaN or infinity")

    def _check(self, X, y):
        # Integers may stay as they are: all that is computed with them has a float beside it.
        self._check_rows(X)
        if y.shape != (len(X),):
            raise ValueError(f"y must have the shape ({len(X)},), not {y.shape}")
        if not np.isin(y, (0, 1)).all():
            raise ValueError("y must hold zeros and ones only")


def _sigmoid(logits):
    """1 / (1 + exp(-logits)) without an exponential that overflows."""
    small = np.exp(-np.abs(logits))
    return np.where(logits >= 0, 1.0, small) / (1.0 + small)
