"""SiLU units, einsum, and gradients that are added up from those of single rows; batches in reverse."""

import random

import numpy as np


def sigmoid(z):
    return 0.5 * (1.0 + np.tanh(0.5 * z))


class NeuralNetwork:
    def __init__(self, n_inputs, n_hidden, seed=0):
        self.n_inputs = n_inputs
        source = random.Random(seed)
        gauss = lambda *shape: np.array(  # noqa: E731
            [source.gauss(0.0, 1.0) for _ in range(int(np.prod(shape)))]
        ).reshape(shape)
        self.params = {
            "b2": np.zeros(1),
            "W2": gauss(n_hidden, 1) / n_hidden**0.5,
            "b1": np.zeros(n_hidden),
            "W1": gauss(n_inputs, n_hidden) * 1.5 / n_inputs**0.5,
        }
        self.state = source.getstate()

    def _check_X(self, X):
        X = np.asarray(X)
        if X.ndim != 2 or X.shape[1] != self.n_inputs or not np.all(np.isfinite(X)):
            raise ValueError("X")
        return X * 1.0

    def _check(self, X, y):
        X, y = self._check_X(X), np.asarray(y)
        if y.shape != (len(X),) or not set(np.unique(y).tolist()) <= {0, 1}:
            raise ValueError("y")
        return X, y * 1.0

    def _layers(self, X):
        z = np.einsum("nd,dh->nh", X, self.params["W1"]) + self.params["b1"]
        s = sigmoid(z)
        logit = np.einsum("nh,ho->n", z * s, self.params["W2"]) + self.params["b2"]
        return z, s, logit

    def predict_proba(self, X):
        return sigmoid(self._layers(self._check_X(X))[2])

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(np.uint8)

    def loss(self, X, y):
        X, y = self._check(X, y)
        wrong = self._layers(X)[2] * (1 - 2 * y)
        return float(np.logaddexp(wrong, 0).sum() / len(y))

    def gradients(self, X, y):
        X, y = self._check(X, y)
        z, s, logit = self._layers(X)
        error = sigmoid(logit) - y
        slope = s * (1 + z * (1 - s))
        back = error[:, None] * self.params["W2"][:, 0] * slope
        return {
            "W1": np.einsum("nd,nh->dh", X, back) / len(y),
            "b1": back.mean(0),
            "W2": np.einsum("nh,n->h", z * s, error)[:, None] / len(y),
            "b2": np.array([error.mean()]),
        }

    def fit(self, X, y, *, epochs=300, learning_rate=1.0, batch_size=16):
        X, y = self._check(X, y)
        if epochs < 0 or learning_rate <= 0 or batch_size < 1:
            raise ValueError("options")
        for _ in range(epochs):
            rows = np.arange(len(X))[::-1]
            for k in range(-(-len(X) // batch_size)):
                some = rows[k * batch_size : (k + 1) * batch_size]
                for key, slope in self.gradients(X[some], y[some]).items():
                    self.params[key] = self.params[key] - learning_rate * slope
        return self
