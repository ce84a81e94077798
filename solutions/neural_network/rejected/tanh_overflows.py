"""tanh is written with exp(z) and exp(-z), which gives NaN from z = 710 on; breaks "where x @ W1 + b1
or the logit is 1,000 in size, too".

verdict: wrong_answer
property: test_predict_proba_is_the_network_of_the_task
"""

import numpy as np


class NeuralNetwork:
    """One hidden layer and a sigmoid output, for labels 0 and 1."""

    def __init__(self, n_inputs, n_hidden, seed=0):
        self._rng = np.random.default_rng(seed)
        self._n_inputs = n_inputs
        self.params = {
            "W1": self._rng.normal(0.0, 1.0 / np.sqrt(n_inputs), size=(n_inputs, n_hidden)),
            "b1": np.zeros(n_hidden),
            "W2": self._rng.normal(0.0, 1.0 / np.sqrt(n_hidden), size=(n_hidden, 1)),
            "b2": np.zeros(1),
        }

    def predict_proba(self, X):
        _, logits = self._forward(self._rows(X))
        return _sigmoid(logits)

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)

    def loss(self, X, y):
        X = self._rows(X)
        y = self._labels(X, y)
        _, logits = self._forward(X)
        return float(np.logaddexp(0.0, np.where(y == 1, -logits, logits)).mean())

    def gradients(self, X, y):
        X = self._rows(X)
        return self._backward(X, self._labels(X, y))

    def fit(self, X, y, *, epochs=300, learning_rate=1.0, batch_size=16):
        X = self._rows(X)
        y = self._labels(X, y)
        if epochs < 0 or not learning_rate > 0 or batch_size < 1:
            raise ValueError("epochs >= 0, learning_rate > 0 and batch_size >= 1 are needed")
        for _ in range(epochs):
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
        hidden = _tanh(X @ self.params["W1"] + self.params["b1"])
        return hidden, (hidden @ self.params["W2"] + self.params["b2"])[:, 0]

    def _backward(self, X, y):
        """The derivatives of the mean loss, from the output back to the first layer."""
        hidden, logits = self._forward(X)
        by_logit = (_sigmoid(logits) - y)[:, np.newaxis] / len(X)
        by_hidden = by_logit @ self.params["W2"].T
        by_sum = by_hidden * (1.0 - hidden**2)
        return {
            "W1": X.T @ by_sum,
            "b1": by_sum.sum(axis=0),
            "W2": hidden.T @ by_logit,
            "b2": by_logit.sum(axis=0),
        }

    def _rows(self, X):
        X = np.array(X, dtype=np.float64)
        if X.ndim != 2 or X.shape[1] != self._n_inputs:
            raise ValueError(f"X must have the shape (n, {self._n_inputs}), not {X.shape}")
        if not np.isfinite(X).all():
            raise ValueError("X must not hold NaN or infinity")
        return X

    def _labels(self, X, y):
        y = np.array(y, dtype=np.float64)
        if y.shape != (len(X),):
            raise ValueError(f"y must have the shape ({len(X)},), not {y.shape}")
        if not np.isin(y, (0.0, 1.0)).all():
            raise ValueError("y must hold zeros and ones only")
        return y


def _sigmoid(logits):
    """1 / (1 + exp(-logits)) without an exponential that overflows."""
    small = np.exp(-np.abs(logits))
    return np.where(logits >= 0, 1.0, small) / (1.0 + small)


def _tanh(z):
    up, down = np.exp(z), np.exp(-z)
    return (up - down) / (up + down)
